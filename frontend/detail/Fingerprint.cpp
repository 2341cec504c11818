#include "detail/Fingerprint.h"

namespace dlc::detail {

namespace {

/// Everything is preceded by its length or its kind, so that no two recordings
/// share their bytes.
class Printer {
public:
  template <typename Nodes>
  Fingerprint of(const Nodes &region, const std::vector<ArgumentInfo> &info) {
    number(info.size());
    for (const ArgumentInfo &argument : info) {
      number(argument.donatedTo);
      number(argument.isInvariant);
    }
    this->region(region);
    return std::move(out);
  }

private:
  void number(int64_t value) {
    // Most are small.
    if (value >= 0 && value < 255) {
      out.push_back(char(value));
      return;
    }
    out.push_back(char(255));
    raw(value);
  }
  template <typename T> void raw(T value) { addTo(out, value); }
  void text(std::string_view text) {
    number(text.size());
    out.append(text.begin(), text.end());
  }
  /// The compiler's own text, which stays where it is.
  void literal(const char *text) { raw(text); }
  void numbers(const std::vector<int64_t> &values) {
    number(values.size());
    for (int64_t value : values)
      number(value);
  }
  void type(const Type &type) {
    number(int64_t(type.element));
    numbers(type.shape);
  }

  /// Of a Region or a Piece.
  template <typename Nodes> void region(const Nodes &region) {
    NodeTable numbers;
    uint64_t next = 0;
    number(region.arguments.size());
    for (const auto &argument : region.arguments) {
      numbers.insert(&*argument, next++);
      type(argument->type);
    }
    number(region.ops.size());
    for (const auto &node : region.ops) {
      numbers.insert(&*node, next++);
      op(*node, numbers);
    }
    number(region.results.size());
    for (const Ref &result : region.results)
      number(numbers[result.get()]);
  }

  void op(const Node &node, const NodeTable &numbers) {
    literal(node.op);
    number(node.index);
    type(node.type);
    number(node.types.size());
    for (const Type &each : node.types)
      type(each);
    number(node.operands.size());
    for (const Ref &operand : node.operands)
      number(numbers[operand.get()]);
    number(node.attributes.size());
    for (const Attribute &attribute : node.attributes) {
      literal(attribute.name);
      number(attribute.value.index());
      std::visit([&](const auto &value) { this->attribute(value); },
                 attribute.value);
    }
    number(node.regions.size());
    for (const Region &each : node.regions)
      region(each);
    if (!mayFault(node))
      return;
    // A fault names the line.
    text(node.path ? *node.path : "");
    text(node.where.file_name());
    number(node.where.line());
    number(node.where.column());
  }

  void attribute(int64_t value) { number(value); }
  void attribute(const std::vector<int64_t> &values) { numbers(values); }
  void attribute(double value) { raw(value); }
  void attribute(const std::string &value) { text(value); }
  void attribute(const Enum &value) {
    literal(value.kind);
    literal(value.value);
  }
  void attribute(const Segments &segments) {
    number(segments.sizes.size());
    for (size_t size : segments.sizes)
      number(size);
  }
  void attribute(Unit) {}
  void attribute(const Splat &splat) {
    number(splat.value.isReal + 2 * splat.value.isBool);
    raw(splat.value.real);
    raw(splat.value.whole);
  }
  void attribute(const Elements &elements) { numbers(elements.values); }

  Fingerprint out;
};

} // namespace

Fingerprint fingerprint(const Region &region,
                        const std::vector<ArgumentInfo> &info) {
  return Printer().of(region, info);
}

Fingerprint fingerprint(const Piece &piece) { return Printer().of(piece, {}); }

} // namespace dlc::detail
