#include "abi/Program.h"

#include <iterator>

namespace dlc::runtime {

namespace {

struct ElementInfo {
  std::string_view name;
  int64_t bytes;
};

/// In the order of ElementType.
constexpr ElementInfo elementInfos[] = {
    {"f32", 4},  {"f64", 8}, {"i32", 4}, {"i64", 8},  {"ui8", 1},
    {"ui32", 4}, {"i1", 1},  {"i8", 1},  {"bf16", 2}, {"f16", 2}};

} // namespace

int64_t byteSize(ElementType type) {
  return elementInfos[static_cast<size_t>(type)].bytes;
}

std::string_view name(ElementType type) {
  return elementInfos[static_cast<size_t>(type)].name;
}

Expected<ElementType> parseElementType(std::string_view name) {
  for (size_t i = 0; i < std::size(elementInfos); ++i)
    if (elementInfos[i].name == name)
      return static_cast<ElementType>(i);
  return Error{
      "unknown element type '" + std::string(name) +
      "': expected f32, f64, bf16, f16, i8, i32, i64, ui8, ui32 or i1"};
}

int64_t TensorType::count() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

std::string TensorType::str() const {
  std::string text = "tensor<";
  for (int64_t size : shape)
    text += std::to_string(size) + "x";
  return text.append(name(element)) + ">";
}

Expected<int64_t> findFunction(const Program &program, std::string_view name) {
  const std::vector<Function> &functions = program.functions;
  if (name.empty() && functions.size() == 1)
    return 0;
  std::string known;
  for (size_t i = 0; i < functions.size(); ++i) {
    if (!name.empty() && functions[i].name == name)
      return static_cast<int64_t>(i);
    known += (known.empty() ? "" : ", ") + functions[i].name;
  }
  if (known.empty())
    known = "none";
  if (name.empty())
    return Error{"one of the program's functions must be named; it has: " +
                 known};
  return Error{"the program has no function '" + std::string(name) +
               "'; it has: " + known};
}

} // namespace dlc::runtime
