#include "ptx-sim/Decode.h"

#include <algorithm>

namespace dlc::ptxsim {

Words::Words(std::string_view name) {
  for (bool isFirst = true; !name.empty(); isFirst = false) {
    size_t dot = std::min(name.find('.'), name.size());
    if (isFirst)
      first = name.substr(0, dot);
    else
      words.push_back(name.substr(0, dot));
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
}

bool Words::take(std::string_view word) {
  auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end())
    return false;
  words.erase(found);
  return true;
}

Type Words::takeType() {
  for (auto word = words.begin(); word != words.end(); ++word)
    if (Type type = parseType(*word); type != Type::none) {
      words.erase(word);
      return type;
    }
  return Type::none;
}

int Words::takeOneOf(std::initializer_list<std::string_view> names) {
  int number = 0;
  for (std::string_view name : names) {
    if (take(name))
      return number;
    ++number;
  }
  return -1;
}

bool Words::nameFloat() const {
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return isFloat(parseType(word));
  });
}

void takeRounding(Instruction &instruction, Words &words) {
  static constexpr Rounding modes[] = {Rounding::nearest, Rounding::zero,
                                       Rounding::down, Rounding::up};
  if (int mode = words.takeOneOf({"rn", "rz", "rm", "rp"}); mode >= 0)
    instruction.rounding = modes[mode];
}

static Decoders makeDecoders() {
  Decoders decoders;
  addIntegerDecoders(decoders);
  addBitDecoders(decoders);
  addFloatDecoders(decoders);
  addCompareDecoders(decoders);
  addConvertDecoders(decoders);
  addMemoryDecoders(decoders);
  addControlDecoders(decoders);
  addMatrixDecoders(decoders);
  return decoders;
}

/// How many operands a computing instruction may have.
static bool hasKnownCount(std::string_view opcode, const Instruction &i) {
  static constexpr std::string_view unary[] = {
      "not", "cnot",  "popc", "clz", "brev", "bfind", "abs",  "neg",  "sqrt",
      "rcp", "rsqrt", "sin",  "cos", "lg2",  "ex2",   "tanh", "testp"};
  static constexpr std::string_view ternary[] = {"fma",  "mad", "selp", "slct",
                                                 "prmt", "shf", "bfe"};
  auto isIn = [&](const auto &names) {
    return std::find(std::begin(names), std::end(names), opcode) !=
           std::end(names);
  };
  size_t count = i.operands.size();
  if (opcode == "cvt")
    return count == (laneType(i.valueType) == i.valueType ? 2 : 3);
  if (opcode == "set" || opcode == "setp")
    return count == (i.logic == Logic::none ? 3 : 4);
  if (opcode == "lop3" || opcode == "bfi")
    return count == 5;
  return count == (isIn(unary) ? 2 : isIn(ternary) ? 4 : 3);
}

Status decode(Instruction &instruction) {
  static const Decoders decoders = makeDecoders();
  Words words(instruction.name);
  auto decoder = decoders.end();
  if (words.nameFloat())
    decoder = decoders.find(std::string(words.opcode()) + " float");
  if (decoder == decoders.end())
    decoder = decoders.find(words.opcode());
  if (decoder == decoders.end() || !decoder->second(instruction, words) ||
      !words.empty())
    return Error{"unknown instruction '" + instruction.name + "'"};
  if (instruction.kind == Kind::compute &&
      !hasKnownCount(words.opcode(), instruction))
    return Error{"'" + instruction.name + "' has " +
                 std::to_string(instruction.operands.size()) + " operands"};
  return {};
}

} // namespace dlc::ptxsim
