#include "detail/Fingerprint.h"

#include "detail/Scratch.h"

#include <cstring>

namespace dlc::detail {

namespace {

/// The nodes of one region, numbered: an open hash table.
class Numbers {
public:
  explicit Numbers(size_t count) {
    size_t size = 8;
    while (size < 2 * count)
      size *= 2;
    slots.resize(size);
  }

  void add(const Node *node) {
    Slot &slot = find(node);
    slot = {node, next++};
  }
  int64_t operator[](const Node *node) { return find(node).number; }

private:
  struct Slot {
    const Node *node = nullptr;
    int64_t number = -1;
  };

  Slot &find(const Node *node) {
    size_t mask = slots.size() - 1;
    size_t i = (reinterpret_cast<uintptr_t>(node) >> 4) * 0x9E3779B97F4A7C15u;
    for (i = (i >> 32) & mask; slots[i].node && slots[i].node != node;)
      i = (i + 1) & mask;
    return slots[i];
  }

  Scratch scratch;
  std::pmr::vector<Slot> slots{scratch.memory()};
  int64_t next = 0;
};

/// Everything is preceded by its length or its kind, so that no two recordings
/// share their bytes.
class Fingerprint {
public:
  std::string of(const Region &region, const std::vector<ArgumentInfo> &info) {
    out.reserve(256);
    number(info.size());
    for (const ArgumentInfo &argument : info)
      number(argument.donatedTo);
    this->region(region);
    return std::move(out);
  }

private:
  void number(int64_t value) {
    // Most are small.
    if (value >= 0 && value < 255) {
      out += char(value);
      return;
    }
    out += char(255);
    raw(value);
  }
  template <typename T> void raw(T value) {
    out.append(reinterpret_cast<const char *>(&value), sizeof value);
  }
  void text(std::string_view text) {
    number(text.size());
    out += text;
  }
  void numbers(const std::vector<int64_t> &values) {
    number(values.size());
    for (int64_t value : values)
      number(value);
  }
  void type(const Type &type) {
    number(int64_t(type.element));
    numbers(type.shape);
  }

  void region(const Region &region) {
    Numbers numbers(region.arguments.size() + region.ops.size());
    number(region.arguments.size());
    for (const Ref &argument : region.arguments) {
      numbers.add(argument.get());
      type(argument->type);
    }
    number(region.ops.size());
    for (const Ref &node : region.ops) {
      numbers.add(node.get());
      op(*node, numbers);
    }
    number(region.results.size());
    for (const Ref &result : region.results)
      number(numbers[result.get()]);
  }

  void op(const Node &node, Numbers &numbers) {
    text(node.op);
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
      text(attribute.name);
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
    text(value.kind);
    text(value.value);
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

  std::string out;
};

} // namespace

std::string fingerprint(const Region &region,
                        const std::vector<ArgumentInfo> &info) {
  return Fingerprint().of(region, info);
}

} // namespace dlc::detail
