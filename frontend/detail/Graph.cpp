#include "detail/Graph.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace dlc::detail {

Region Piece::region() const {
  Region region;
  region.arguments.assign(arguments.begin(), arguments.end());
  region.ops.assign(ops.begin(), ops.end());
  region.results.assign(results.begin(), results.end());
  return region;
}

Region collect(std::vector<Ref> results,
               const std::function<bool(const Node &)> &isArgument) {
  Region region;
  walk(
      results, isArgument,
      [&](Node &node) { region.arguments.push_back(&node); },
      [&](Node &node) { region.ops.push_back(&node); });
  region.results = std::move(results);
  return region;
}

namespace {

void writeQuoted(std::string &out, std::string_view text) {
  out += '"';
  for (unsigned char c : text) {
    char escaped[4];
    if (c >= ' ' && c != '"' && c != '\\' && c < 127) {
      out += char(c);
    } else {
      std::snprintf(escaped, sizeof escaped, "\\%02X", c);
      out += escaped;
    }
  }
  out += '"';
}

void writeFloat(std::string &out, DType type, double value) {
  char text[40];
  auto halves = [&](auto half) {
    if (std::isfinite(float(half)))
      std::snprintf(text, sizeof text, "%.8e", double(float(half)));
    else
      std::snprintf(text, sizeof text, "0x%04X", unsigned(half.bits));
  };
  if (type == DType::bf16) {
    halves(BFloat16(value));
  } else if (type == DType::f16) {
    halves(Float16(value));
  } else if (type == DType::f32) {
    float single = static_cast<float>(value);
    uint32_t bits;
    std::memcpy(&bits, &single, sizeof bits);
    if (std::isfinite(single))
      std::snprintf(text, sizeof text, "%.8e", double(single));
    else
      std::snprintf(text, sizeof text, "0x%08X", unsigned(bits));
  } else {
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    if (std::isfinite(value))
      std::snprintf(text, sizeof text, "%.16e", value);
    else
      std::snprintf(text, sizeof text, "0x%016llX", (unsigned long long)bits);
  }
  out += text;
}

/// The text of a constant's value. Wraps as `fillSplat` does.
void writeSplat(std::string &out, const Type &type, Scalar value) {
  if (type.count() == 0) {
    out += "dense<> : ";
    out += type.str();
    return;
  }
  out += "dense<";
  Type one{type.element, {}};
  alignas(8) char memory[8];
  fillSplat(one, value, memory);
  auto whole = [&]<typename T>(T number) {
    std::memcpy(&number, memory, sizeof number);
    out += std::to_string(number);
  };
  switch (type.element) {
  case DType::f32:
  case DType::f64:
  case DType::bf16:
  case DType::f16:
    writeFloat(out, type.element,
               value.isReal ? value.real : double(value.whole));
    break;
  case DType::i32:
    whole(int32_t());
    break;
  case DType::i64:
    whole(int64_t());
    break;
  case DType::u8:
    whole(uint8_t());
    break;
  case DType::i8:
    whole(int8_t());
    break;
  case DType::u32:
    whole(uint32_t());
    break;
  case DType::boolean:
    out += memory[0] ? "true" : "false";
    break;
  }
  out += "> : ";
  out += type.str();
}

template <typename Range, typename Each>
void writeList(std::string &out, const Range &range, Each each) {
  bool first = true;
  for (const auto &item : range) {
    if (!std::exchange(first, false))
      out += ", ";
    each(item);
  }
}

class Writer {
public:
  explicit Writer(bool asKey) : asKey(asKey) {}

  std::string function(const Region &region,
                       const std::vector<ArgumentInfo> &info) {
    out = "func.func @main(";
    Names names;
    for (size_t i = 0; i < region.arguments.size(); ++i) {
      if (i)
        out += ", ";
      const Node *node = region.arguments[i].get();
      out += names[node] = newArgument();
      out += ": " + node->type.str();
      if (i < info.size())
        argumentInfo(info[i]);
    }
    out += ") -> (";
    writeList(out, region.results,
              [&](const Ref &result) { out += result->type.str(); });
    out += ") {\n";
    ops(region, names);
    out += "  func.return";
    values(region.results, names);
    if (!region.results.empty()) {
      out += " : ";
      types(region.results);
    }
    out += "\n}\n";
    return std::move(out);
  }

private:
  using Names = std::unordered_map<const Node *, std::string>;

  std::string newArgument() { return "%arg" + std::to_string(argumentCount++); }

  void argumentInfo(const ArgumentInfo &info) {
    std::string text;
    // Names do not change the code.
    if (!info.name.empty() && !asKey) {
      text = "dlc.name = ";
      writeQuoted(text, info.name);
    }
    if (info.donatedTo >= 0)
      text += (text.empty() ? "" : ", ") + std::string("dlc.donate = ") +
              std::to_string(info.donatedTo) + " : i64";
    if (info.isInvariant)
      text += (text.empty() ? "" : ", ") + std::string("dlc.invariant");
    if (!text.empty())
      out += " {" + text + "}";
  }

  void values(std::span<const Ref> nodes, const Names &names) {
    const char *separator = " ";
    for (const Ref &node : nodes) {
      out += separator + names.at(node.get());
      separator = ", ";
    }
  }

  void types(std::span<const Ref> nodes) {
    writeList(out, nodes, [&](const Ref &node) { out += node->type.str(); });
  }

  void ops(const Region &region, Names &names) {
    for (const Ref &node : region.ops) {
      if (node->isProjection()) {
        names[node.get()] = names.at(node->operands[0].get()) + "#" +
                            std::to_string(node->index);
        continue;
      }
      std::string name = "%" + std::to_string(valueCount++);
      out += "  " + name;
      if (!node->types.empty())
        out += ":" + std::to_string(node->types.size());
      out += " = \"dlc.";
      out += node->op;
      out += "\"(";
      writeList(out, node->operands,
                [&](const Ref &operand) { out += names.at(operand.get()); });
      out += ")";
      attributes(*node);
      for (size_t i = 0; i < node->regions.size(); ++i) {
        out += i ? ", {\n" : " ({\n";
        body(node->regions[i]);
        out += "  }";
      }
      if (!node->regions.empty())
        out += ")";
      out += " : (";
      types(node->operands);
      out += ") -> ";
      if (node->types.empty()) {
        out += node->type.str();
      } else {
        out += "(";
        writeList(out, node->types, [&](const Type &t) { out += t.str(); });
        out += ")";
      }
      if (!asKey || mayFault(*node))
        location(*node);
      out += "\n";
      names[node.get()] = std::move(name);
    }
  }

  void body(const Region &region) {
    out += "  ^bb0(";
    Names names;
    writeList(out, region.arguments, [&](const Ref &argument) {
      out += names[argument.get()] = newArgument();
      out += ": " + argument->type.str();
    });
    out += "):\n";
    ops(region, names);
    out += "  \"dlc.yield\"(";
    writeList(out, region.results,
              [&](const Ref &result) { out += names.at(result.get()); });
    out += ") : (";
    types(region.results);
    out += ") -> ()\n";
  }

  void attributes(const Node &node) {
    if (node.attributes.empty())
      return;
    out += " <{";
    writeList(out, node.attributes, [&](const Attribute &attribute) {
      out += attribute.name;
      if (std::holds_alternative<Unit>(attribute.value))
        return;
      out += " = ";
      std::visit([&](const auto &value) { attributeValue(node, value); },
                 attribute.value);
    });
    out += "}>";
  }

  void attributeValue(const Node &, int64_t value) {
    out += std::to_string(value) + " : i64";
  }
  void attributeValue(const Node &, const std::vector<int64_t> &values) {
    out += values.empty() ? "array<i64" : "array<i64: ";
    writeList(out, values, [&](int64_t v) { out += std::to_string(v); });
    out += ">";
  }
  void attributeValue(const Node &, double value) {
    writeFloat(out, DType::f64, value);
    out += " : f64";
  }
  void attributeValue(const Node &, const std::string &text) {
    writeQuoted(out, text);
  }
  void attributeValue(const Node &, const Enum &value) {
    out += "#dlc<" + std::string(value.kind) + " " + value.value + ">";
  }
  void attributeValue(const Node &, const Segments &segments) {
    out += "array<i32: ";
    writeList(out, segments.sizes, [&](size_t n) { out += std::to_string(n); });
    out += ">";
  }
  void attributeValue(const Node &, Unit) {}
  void attributeValue(const Node &node, const Splat &splat) {
    writeSplat(out, node.type, splat.value);
  }
  void attributeValue(const Node &node, const Elements &elements) {
    out += "dense<[";
    writeList(out, elements.values,
              [&](int64_t v) { out += std::to_string(v); });
    out += "]> : " + node.type.str();
  }

  void location(const Node &node) {
    out += " loc(";
    if (node.path) {
      writeQuoted(out, *node.path);
      out += "(";
    }
    writeQuoted(out, node.where.file_name());
    out += ":" + std::to_string(node.where.line()) + ":" +
           std::to_string(node.where.column());
    out += node.path ? "))" : ")";
  }

  bool asKey;
  std::string out;
  size_t argumentCount = 0, valueCount = 0;
};

} // namespace

bool mayFault(const Node &node) {
  auto is = [&](const char *name) { return isNamed(node.op, name); };
  if (is("divide") || is("remainder"))
    return !isFloat(node.type.element);
  return is("softmax_cross_entropy") || is("nll") || is("embedding") ||
         is("check_index") || is("assert_finite") || is("while") || is("print");
}

std::string write(const Region &region, const std::vector<ArgumentInfo> &info,
                  bool asKey) {
  return Writer(asKey).function(region, info);
}

} // namespace dlc::detail
