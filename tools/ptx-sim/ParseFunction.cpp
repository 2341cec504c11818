#include "ptx-sim/ControlFlow.h"
#include "ptx-sim/Decode.h"
#include "ptx-sim/ParserState.h"

#include <charconv>

namespace dlc::ptxsim {

/// No function of ours has anywhere near as many.
constexpr int64_t maxRegisters = 1 << 20;

namespace {
struct SpecialName {
  std::string_view name;
  Special special;
};
constexpr SpecialName specialNames[] = {
    {"%tid.x", Special::tidX},
    {"%tid.y", Special::tidY},
    {"%tid.z", Special::tidZ},
    {"%ntid.x", Special::ntidX},
    {"%ntid.y", Special::ntidY},
    {"%ntid.z", Special::ntidZ},
    {"%ctaid.x", Special::ctaidX},
    {"%ctaid.y", Special::ctaidY},
    {"%ctaid.z", Special::ctaidZ},
    {"%nctaid.x", Special::nctaidX},
    {"%nctaid.y", Special::nctaidY},
    {"%nctaid.z", Special::nctaidZ},
    {"%laneid", Special::laneid},
    {"%warpid", Special::warpid},
    {"%nwarpid", Special::nwarpid},
    {"%smid", Special::smid},
    {"%nsmid", Special::nsmid},
    {"%gridid", Special::gridid},
    {"%clock", Special::clock},
    {"%clock64", Special::clock64},
    {"%lanemask_eq", Special::lanemaskEq},
    {"%lanemask_lt", Special::lanemaskLt},
    {"%lanemask_le", Special::lanemaskLe},
    {"%lanemask_gt", Special::lanemaskGt},
    {"%lanemask_ge", Special::lanemaskGe},
    {"%dynamic_smem_size", Special::dynamicSharedSize},
    {"%total_smem_size", Special::totalSharedSize},
};
} // namespace

void Parser::body() {
  current->isDefined = true;
  labels.clear();
  targets.clear();
  position = {};
  expect("{");
  size_t depth = scopes.size();
  while (!failed()) {
    if (accept("{")) {
      scopes.emplace_back();
    } else if (accept("}")) {
      if (scopes.size() == depth)
        break;
      scopes.pop_back();
    } else if (peek().kind == Token::Kind::end) {
      fail("the body of '" + current->name + "' does not end");
    } else {
      statement();
    }
  }
  if (failed())
    return;
  resolveLabels();
  if (!failed())
    rankBlocks(*current);
}

/// .reg .b32 %r<58>; or .reg .pred p, q;
void Parser::registers() {
  std::string_view word = next().text;
  Type type = word.starts_with('.') ? parseType(word.substr(1)) : Type::none;
  if (type == Type::none)
    return fail("expected a type, found '" + std::string(word) + "'");
  do {
    std::string name(next().text);
    auto first = static_cast<uint32_t>(current->registers.size());
    int64_t count = 1;
    if (accept("<")) {
      count = number();
      expect(">");
      if (count < 0 || count + first > maxRegisters)
        return fail("too many registers");
      scopes.back().ranges[name] = {first, static_cast<uint32_t>(count)};
    } else {
      scopes.back().registers[name] = first;
    }
    current->registers.resize(first + count, {name, type});
    current->masks.resize(first + count, ~uint64_t(0) >> (64 - bitsOf(type)));
  } while (accept(","));
  expect(";");
}

void Parser::statement() {
  if (accept(".reg"))
    return registers();
  if (accept(".param"))
    return variables(Space::param);
  if (accept(".local"))
    return variables(Space::local);
  if (accept(".shared"))
    return variables(Space::shared);
  if (peek().is(".loc"))
    return location();
  if (accept(".pragma"))
    return skipLine();
  if (peek().kind == Token::Kind::word && peek(1).is(":")) {
    int line = peek().line;
    std::string label(next().text);
    next();
    if (accept(".branchtargets")) {
      Operand &list = targets[label];
      list.kind = Operand::Kind::vector;
      do {
        Operand target;
        target.kind = Operand::Kind::label;
        target.text = next().text;
        list.parts.push_back(target);
      } while (accept(","));
      return expect(";");
    }
    if (!labels.emplace(label, current->code.size()).second)
      failAt(line, "the label '" + label + "' is defined twice");
    return;
  }
  instruction();
}

void Parser::instruction() {
  Instruction made;
  made.position = position;
  made.position.line = peek().line;
  if (accept("@")) {
    made.guardNegated = accept("!");
    auto guard = findRegister(next().text);
    if (!guard)
      return failAt(made.position.line, "the guard is no register");
    made.guard = static_cast<int>(guard->index);
  }
  const Token &name = next();
  if (name.kind != Token::Kind::word || name.text.starts_with('.') ||
      name.text.starts_with('%'))
    return failAt(name.line, "expected an instruction, found '" +
                                 std::string(name.text) + "'");
  made.name = name.text;
  bool isCall = Words(made.name).opcode() == "call";
  if (isCall)
    callOperands(made);
  else if (!peek().is(";"))
    do
      made.operands.push_back(operand());
    while (accept(","));
  expect(";");
  if (failed())
    return;
  if (Status status = decode(made); !status.ok())
    return failAt(made.position.line, status.message());
  checkOperands(made);
  current->code.push_back(std::move(made));
}

/// call (results), function, (arguments); each list may be absent.
void Parser::callOperands(Instruction &instruction) {
  Operand results, callee, arguments;
  results.kind = arguments.kind = Operand::Kind::vector;
  if (peek().is("(")) {
    results = list("(", ")");
    expect(",");
  }
  callee.kind = Operand::Kind::function;
  callee.text = next().text;
  const auto &functions = module->functions;
  for (size_t i = 0; i < functions.size(); ++i)
    if (functions[i]->name == callee.text)
      callee.index = static_cast<uint32_t>(i) + 1;
  if (callee.index == 0)
    return fail("the function '" + callee.text + "' is not known");
  --callee.index;
  if (accept(","))
    arguments = list("(", ")");
  instruction.operands = {callee, results, arguments};
}

Operand Parser::list(std::string_view open, std::string_view close) {
  Operand made;
  made.kind = Operand::Kind::vector;
  expect(open);
  while (!failed() && !peek().is(close)) {
    made.parts.push_back(simpleOperand());
    if (!accept(","))
      break;
  }
  expect(close);
  return made;
}

Operand Parser::operand() {
  if (peek().is("{"))
    return list("{", "}");
  if (accept("[")) {
    Operand made;
    made.kind = Operand::Kind::memory;
    Operand base = simpleOperand();
    if (base.kind == Operand::Kind::immediate)
      made.bits = base.bits;
    else
      made.parts.push_back(base);
    if (accept("+"))
      made.bits += static_cast<uint64_t>(number());
    else if (peek().is("-"))
      made.bits += static_cast<uint64_t>(number());
    expect("]");
    return made;
  }
  Operand made = simpleOperand();
  if (accept("|"))
    made.parts.push_back(simpleOperand());
  return made;
}

Operand Parser::simpleOperand() {
  Operand made;
  if (accept("!")) {
    made = simpleOperand();
    made.negated = true;
    return made;
  }
  if (peek().is("-")) {
    made.kind = Operand::Kind::immediate;
    made.bits = static_cast<uint64_t>(number());
    return made;
  }
  const Token &token = next();
  if (token.kind != Token::Kind::word) {
    failAt(token.line,
           "expected an operand, found '" + std::string(token.text) + "'");
    return made;
  }
  return named(token.text);
}

Operand Parser::named(std::string_view word) {
  Operand made;
  made.text = word;
  if (auto found = findRegister(word))
    return *found;
  if (word == "_") {
    made.kind = Operand::Kind::sink;
    return made;
  }
  for (const SpecialName &entry : specialNames)
    if (entry.name == word) {
      made.kind = Operand::Kind::special;
      made.special = entry.special;
      return made;
    }
  if (auto bits = parseNumber(word)) {
    made.kind = Operand::Kind::immediate;
    made.bits = *bits;
    return made;
  }
  if ((made.variable = findVariable(word))) {
    made.kind = Operand::Kind::variable;
    return made;
  }
  if (word.starts_with('%')) {
    fail("unknown register '" + std::string(word) + "'");
    return made;
  }
  // A label may come later.
  made.kind = Operand::Kind::label;
  return made;
}

std::optional<Operand> Parser::findRegister(std::string_view word) const {
  size_t digits = word.size();
  while (digits > 0 && word[digits - 1] >= '0' && word[digits - 1] <= '9')
    --digits;
  uint32_t number = 0;
  bool isNumbered =
      digits < word.size() &&
      std::from_chars(word.data() + digits, word.data() + word.size(), number)
              .ec == std::errc();
  Operand made;
  made.kind = Operand::Kind::reg;
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    if (auto found = scope->registers.find(word);
        found != scope->registers.end()) {
      made.index = found->second;
      return made;
    }
    auto range = isNumbered ? scope->ranges.find(word.substr(0, digits))
                            : scope->ranges.end();
    if (range != scope->ranges.end() && number < range->second.second) {
      made.index = range->second.first + number;
      return made;
    }
  }
  return std::nullopt;
}

const Variable *Parser::findVariable(std::string_view word) const {
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope)
    if (auto found = scope->variables.find(word);
        found != scope->variables.end())
      return found->second;
  return nullptr;
}

void Parser::checkOperands(Instruction &i) {
  size_t number = 0;
  for (const Operand &operand : i.operands) {
    bool isDestination = number++ < static_cast<size_t>(i.destinations);
    bool isMemory = operand.kind == Operand::Kind::memory;
    bool takesMemory = i.kind == Kind::load || i.kind == Kind::store ||
                       i.kind == Kind::atomic || i.kind == Kind::copyAsync ||
                       i.kind == Kind::loadMatrix ||
                       i.kind == Kind::storeMatrix || i.kind == Kind::nothing;
    if (isMemory && !takesMemory)
      return failAt(i.position.line, "'" + i.name + "' takes no address");
    bool writable = operand.kind == Operand::Kind::reg ||
                    operand.kind == Operand::Kind::vector ||
                    operand.kind == Operand::Kind::sink;
    if (isDestination && !writable)
      return failAt(i.position.line,
                    "the first operand of '" + i.name + "' is no register");
  }
  auto mustBe = [&](size_t which, Operand::Kind kind, const char *what) {
    if (!failed() && i.operands[which].kind != kind)
      failAt(i.position.line, "operand " + std::to_string(which + 1) + " of '" +
                                  i.name + "' must be " + what);
  };
  switch (i.kind) {
  case Kind::load:
  case Kind::loadMatrix:
    return mustBe(1, Operand::Kind::memory, "an address");
  case Kind::store:
  case Kind::storeMatrix:
    return mustBe(0, Operand::Kind::memory, "an address");
  case Kind::atomic:
    return mustBe(i.reducesOnly ? 0 : 1, Operand::Kind::memory, "an address");
  case Kind::copyAsync:
    mustBe(0, Operand::Kind::memory, "an address");
    return mustBe(1, Operand::Kind::memory, "an address");
  case Kind::multiplyMatrices:
    for (size_t which = 0; which < 4; ++which)
      mustBe(which, Operand::Kind::vector, "a list of registers");
    return;
  default:
    return;
  }
}

void Parser::resolveLabels() {
  auto resolve = [&](const Instruction &i, Operand &operand) {
    auto found = labels.find(operand.text);
    if (operand.kind != Operand::Kind::label || found == labels.end())
      return failAt(i.position.line, "unknown label '" + operand.text + "'");
    operand.index = found->second;
  };
  for (Instruction &i : current->code) {
    if (i.kind == Kind::branch) {
      resolve(i, i.operands[0]);
    } else if (i.kind == Kind::branchIndexed) {
      auto list = targets.find(i.operands[1].text);
      if (list == targets.end())
        return failAt(i.position.line,
                      "unknown list of targets '" + i.operands[1].text + "'");
      i.operands[1] = list->second;
      for (Operand &target : i.operands[1].parts)
        resolve(i, target);
    } else {
      for (const Operand &operand : i.operands)
        if (operand.kind == Operand::Kind::label)
          return failAt(i.position.line, "unknown name '" + operand.text + "'");
    }
  }
}

} // namespace dlc::ptxsim
