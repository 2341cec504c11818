#include "dlc/Tree.h"

#include "detail/Node.h"

namespace dlc {

Mode::operator int64_t() const {
  for (auto *r = detail::Recording::current(); r; r = r->outer)
    r->modes.emplace_back(value, *value);
  return *value;
}

std::string Visitor::path() const {
  std::string text;
  for (const Name *name = innermost; name; name = name->outer) {
    if (name->text.empty())
      continue;
    text.insert(0, text.empty() ? "" : ".");
    text.insert(0, name->text);
  }
  return text;
}

const Tensor &NamedTensors::operator[](std::string_view name) const {
  for (const auto &[key, tensor] : items)
    if (key == name)
      return tensor;
  throw Error("there is no tensor named '" + std::string(name) + "'");
}

bool Leaf::isParameter() const {
  return !isBuffer && tensor->defined() && isFloat(tensor->dtype());
}

namespace {

class Collector : public Visitor {
public:
  std::vector<Leaf> leaves;

private:
  void leaf(Tensor &tensor) override {
    leaves.push_back({&tensor, path(), isBuffer()});
  }
};

} // namespace

std::vector<Leaf> leaves(TreeRef tree) {
  Collector collector;
  tree.visit(collector);
  return std::move(collector.leaves);
}

std::vector<Leaf> parameters(TreeRef tree) {
  std::vector<Leaf> all = leaves(tree);
  std::erase_if(all, [](const Leaf &leaf) { return !leaf.isParameter(); });
  return all;
}

} // namespace dlc
