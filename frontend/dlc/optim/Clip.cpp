#include <dlc/optim/Clip.h>

#include <cmath>

namespace dlc::optim {
namespace {

void check(const char *name, double limit, Loc where) {
  if (!(limit > 0) || !std::isfinite(limit))
    throw Error("[" + std::string(name) +
                    "] the limit must be finite and positive, got " +
                    std::to_string(limit),
                where);
}

} // namespace

Tensor globalNorm(TreeRef tree, Loc where) {
  std::vector<Leaf> leaves = parameters(tree);
  if (leaves.empty())
    throw Error("[globalNorm] the tree has no parameters", where);
  Scope call("globalNorm", where);
  Scope library = Scope::library();
  DType type = leaves[0].tensor->dtype();
  Tensor squares = zeros({}, type);
  for (const Leaf &leaf : leaves)
    squares = squares + sum(square(*leaf.tensor)).astype(type);
  return sqrt(squares);
}

Tensor clipByGlobalNorm(TreeRef gradients, double limit, Loc where) {
  check("clipByGlobalNorm", limit, where);
  Scope call("clipByGlobalNorm", where);
  Scope library = Scope::library();
  Tensor norm = globalNorm(gradients);
  Tensor factor = minimum(limit / (norm + 1e-6), 1);
  for (const Leaf &leaf : parameters(gradients))
    *leaf.tensor = *leaf.tensor * factor.astype(leaf.tensor->dtype());
  return norm;
}

void clipByValue(TreeRef gradients, double limit, Loc where) {
  check("clipByValue", limit, where);
  Scope call("clipByValue", where);
  Scope library = Scope::library();
  for (const Leaf &leaf : parameters(gradients))
    *leaf.tensor = maximum(minimum(*leaf.tensor, limit), -limit);
}

} // namespace dlc::optim
