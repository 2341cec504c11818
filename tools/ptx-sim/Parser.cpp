#include "ptx-sim/Parser.h"

#include "ptx-sim/ControlFlow.h"
#include "ptx-sim/Decode.h"
#include "ptx-sim/Lexer.h"

#include <charconv>
#include <map>
#include <optional>
#include <set>

namespace dlc::ptxsim {

namespace {

/// No function or variable of ours is anywhere near as large.
constexpr int64_t maxRegisters = 1 << 20, maxVariableBytes = int64_t(1) << 30;

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

std::optional<uint64_t> parseHex(std::string_view digits) {
  uint64_t bits = 0;
  auto [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
  if (code != std::errc() || end != digits.data() + digits.size())
    return std::nullopt;
  return bits;
}

/// "12", "0x1F", "5U", "0f3F800000", "0d3FF0000000000000" ⇒ the bits.
std::optional<uint64_t> parseNumber(std::string_view word) {
  if (word == "WARP_SZ")
    return 32;
  std::string_view prefix = word.substr(0, 2);
  if (prefix == "0f" || prefix == "0F" || prefix == "0d" || prefix == "0D") {
    size_t digits = prefix[1] == 'f' || prefix[1] == 'F' ? 8 : 16;
    if (word.size() != digits + 2)
      return std::nullopt;
    return parseHex(word.substr(2));
  }
  if (word.ends_with('U'))
    word.remove_suffix(1);
  if (prefix == "0x" || prefix == "0X")
    return parseHex(word.substr(2));
  uint64_t value = 0;
  auto [end, code] =
      std::from_chars(word.data(), word.data() + word.size(), value);
  if (code != std::errc() || end != word.data() + word.size())
    return std::nullopt;
  return value;
}

int64_t alignTo(int64_t offset, int64_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

/// Registers and variables that a pair of braces declares.
struct Scope {
  std::map<std::string, uint32_t, std::less<>> registers;
  /// "%r" ⇒ the first of %r0, %r1, … and how many there are.
  std::map<std::string, std::pair<uint32_t, uint32_t>, std::less<>> ranges;
  std::map<std::string, const Variable *, std::less<>> variables;
};

/// Recursive descent. The first error is kept; after it, every step is a no-op
/// that ends soon, since the parser stands at the end of the tokens.
class Parser {
public:
  explicit Parser(std::vector<Token> tokens) : tokens(std::move(tokens)) {}

  Expected<std::unique_ptr<Module>> run();

private:
  // Tokens.
  const Token &peek(size_t ahead = 0) const {
    return tokens[std::min(at + ahead, tokens.size() - 1)];
  }
  const Token &next() {
    const Token &token = peek();
    if (at + 1 < tokens.size())
      ++at;
    return token;
  }
  bool accept(std::string_view text) {
    if (!peek().is(text) || failed())
      return false;
    next();
    return true;
  }
  void expect(std::string_view text) {
    if (!accept(text))
      fail("expected '" + std::string(text) + "', found '" +
           std::string(peek().text) + "'");
  }
  bool failed() const { return problem.has_value(); }
  void fail(const std::string &text) { failAt(peek().line, text); }
  void failAt(int line, const std::string &text) {
    if (!failed())
      problem = Error{"PTX line " + std::to_string(line) + ": " + text};
    at = tokens.size() - 1;
  }
  void skipLine() {
    for (int line = peek().line;
         peek().kind != Token::Kind::end && peek().line == line;)
      next();
  }
  int64_t number();

  // The module.
  void topLevel();
  void section();
  void file();
  void location();
  void function(bool isEntry);
  void parameters(std::vector<const Variable *> &list);
  void requirements();
  const Variable *variable(Space space, bool isExtern = false);
  void variables(Space space, bool isExtern = false);
  void initialise(Variable &variable);

  // A function's body.
  void body();
  void registers();
  void statement();
  void instruction();
  void callOperands(Instruction &instruction);
  Operand operand();
  Operand simpleOperand();
  Operand list(std::string_view open, std::string_view close);
  Operand named(std::string_view word);
  std::optional<Operand> findRegister(std::string_view word) const;
  const Variable *findVariable(std::string_view word) const;
  void resolveLabels();
  void checkOperands(Instruction &instruction);

  std::vector<Token> tokens;
  size_t at = 0;
  std::optional<Error> problem;

  std::unique_ptr<Module> module = std::make_unique<Module>();
  Function *current = nullptr;
  std::vector<Scope> scopes;
  std::map<std::string, uint32_t, std::less<>> labels;
  /// Lists that .branchtargets names.
  std::map<std::string, Operand, std::less<>> targets;
  Position position;
};

int64_t Parser::number() {
  bool negative = accept("-");
  auto value = parseNumber(peek().text);
  if (!value || peek().kind != Token::Kind::word) {
    fail("expected a number, found '" + std::string(peek().text) + "'");
    return 0;
  }
  next();
  auto bits = static_cast<int64_t>(*value);
  return negative ? -bits : bits;
}

//===-- The module --------------------------------------------------------===//

Expected<std::unique_ptr<Module>> Parser::run() {
  module->files.emplace_back();
  scopes.emplace_back();
  while (peek().kind != Token::Kind::end)
    topLevel();
  if (problem)
    return *problem;
  return std::move(module);
}

void Parser::topLevel() {
  if (accept(".version")) {
    module->version = next().text;
  } else if (accept(".target")) {
    module->target = next().text;
    skipLine();
  } else if (accept(".address_size")) {
    if (number() != 64)
      fail("only 64-bit addresses are simulated");
  } else if (peek().is(".file")) {
    file();
  } else if (peek().is(".loc")) {
    location();
  } else if (accept(".section")) {
    section();
  } else {
    bool isExtern = false;
    while (peek().is(".visible") || peek().is(".weak") ||
           peek().is(".extern") || peek().is(".common"))
      isExtern |= next().is(".extern");
    if (accept(".entry"))
      function(true);
    else if (accept(".func"))
      function(false);
    else if (accept(".global"))
      variables(Space::global, isExtern);
    else if (accept(".const"))
      variables(Space::constant, isExtern);
    else if (accept(".shared"))
      variables(Space::shared, isExtern);
    else if (accept(".pragma"))
      skipLine();
    else
      fail("unknown directive '" + std::string(peek().text) + "'");
  }
}

/// Debug information: .section NAME { … }.
void Parser::section() {
  while (peek().kind != Token::Kind::end && !peek().is("{"))
    next();
  expect("{");
  while (peek().kind != Token::Kind::end && !peek().is("}"))
    next();
  expect("}");
}

/// .file 1 "mlp.cpp"
void Parser::file() {
  int line = next().line;
  int64_t index = number();
  if (failed() || index < 0 || index > 1 << 16 ||
      peek().kind != Token::Kind::string)
    return failAt(line, "a .file needs a number and a name");
  module->files.resize(std::max<size_t>(module->files.size(), index + 1));
  module->files[index] = peek().text;
  skipLine();
}

/// .loc FILE LINE COLUMN …
void Parser::location() {
  next();
  int64_t file = number(), line = number();
  // Line 0 is code that comes from several: the line before it is one of them.
  if (line != 0) {
    position.file = static_cast<int>(file);
    position.sourceLine = static_cast<int>(line);
  }
  skipLine();
}

const Variable *Parser::variable(Space space, bool isExtern) {
  auto made = std::make_unique<Variable>();
  made->space = space;
  made->isExtern = isExtern;
  made->alignment = 0;
  while (accept(".align"))
    made->alignment = number();
  for (std::string_view hint : {".ptr", ".global", ".const", ".shared"})
    accept(hint);
  while (accept(".align")) // of what a pointer points to
    number();
  int64_t count = 1;
  if (accept(".v2"))
    count = 2;
  else if (accept(".v4"))
    count = 4;
  std::string_view word = peek().text;
  made->type = word.starts_with('.') ? parseType(word.substr(1)) : Type::none;
  if (made->type == Type::none || made->type == Type::pred) {
    fail("expected a type, found '" + std::string(word) + "'");
    return nullptr;
  }
  next();
  while (accept(".ptr") || accept(".global") || accept(".const") ||
         accept(".shared") || accept(".local") || accept(".generic"))
    ;
  if (accept(".align"))
    number();
  made->name = next().text;
  while (accept("[")) {
    if (peek().is("]")) {
      made->isExtern = true;
      count = 0;
    } else if (__builtin_mul_overflow(count, number(), &count)) {
      count = -1;
    }
    expect("]");
  }
  if (count < 0 || count > maxVariableBytes) {
    fail("'" + made->name + "' is too large");
    return nullptr;
  }
  made->bytes = count * bytesOf(made->type);
  if (made->alignment <= 0)
    made->alignment = bytesOf(made->type);
  if (accept("="))
    initialise(*made);

  // Where it lies.
  int64_t *size = space == Space::shared  ? &module->sharedBytes
                  : space == Space::local ? &current->localBytes
                  : space == Space::param ? &current->paramBytes
                                          : &module->globalBytes;
  made->offset = alignTo(*size, made->alignment);
  *size = made->offset + made->bytes;
  scopes.back().variables[made->name] = made.get();
  auto &owner = current ? current->variables : module->variables;
  owner.push_back(std::move(made));
  return owner.back().get();
}

void Parser::variables(Space space, bool isExtern) {
  variable(space, isExtern);
  expect(";");
}

void Parser::initialise(Variable &variable) {
  auto element = [&] {
    auto value = static_cast<uint64_t>(number());
    for (int b = 0; b < bytesOf(variable.type); ++b)
      variable.initial.push_back(static_cast<char>(value >> (8 * b)));
  };
  if (accept("{")) {
    while (!failed() && !peek().is("}")) {
      element();
      if (!accept(","))
        break;
    }
    expect("}");
  } else {
    element();
  }
  if (static_cast<int64_t>(variable.initial.size()) > variable.bytes)
    fail("'" + variable.name + "' has more initial values than elements");
  // What is not listed is zero.
  variable.initial.resize(variable.bytes);
}

void Parser::parameters(std::vector<const Variable *> &list) {
  expect("(");
  while (!failed() && !peek().is(")")) {
    expect(".param");
    if (const Variable *parameter = variable(Space::param))
      list.push_back(parameter);
    if (!accept(","))
      break;
  }
  expect(")");
}

/// .reqntid 256, 1, 1 and its like.
void Parser::requirements() {
  while (!failed() && peek().text.starts_with('.')) {
    if (accept(".reqntid")) {
      for (int64_t &size : current->required)
        size = 1;
      for (int d = 0; d < 3; ++d) {
        current->required[d] = number();
        if (!accept(","))
          break;
      }
    } else if (accept(".maxntid")) {
      current->maxThreads = number();
      while (accept(","))
        current->maxThreads *= number();
    } else if (accept(".minnctapersm") || accept(".maxnreg")) {
      number();
    } else if (!accept(".noreturn")) {
      fail("unknown directive '" + std::string(peek().text) + "'");
    }
  }
}

void Parser::function(bool isEntry) {
  // A declaration may come first: its text is read twice, kept once.
  auto made = std::make_unique<Function>();
  current = made.get();
  current->isEntry = isEntry;
  scopes.emplace_back();
  if (!isEntry && peek().is("("))
    parameters(current->outputs);
  current->position.line = peek().line;
  current->name = next().text;
  if (peek().is("("))
    parameters(current->inputs);
  requirements();
  // Calls may name it from now on, itself included.
  Function *known = const_cast<Function *>(module->find(current->name));
  if (known && !known->isDefined) {
    for (auto &entry : module->functions)
      if (entry.get() == known) {
        // Operands refer to functions by number: the place stays.
        entry = std::move(made);
      }
  } else if (known) {
    fail("'" + current->name + "' is defined twice");
  } else {
    module->functions.push_back(std::move(made));
  }
  if (!accept(";"))
    body();
  scopes.pop_back();
  current = nullptr;
}

//===-- A function's body -------------------------------------------------===//

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

} // namespace

Expected<std::unique_ptr<Module>> parsePtx(std::string_view text) {
  // A C string's end, as cuModuleLoadData takes one.
  text = text.substr(0, text.find('\0'));
  Expected<std::vector<Token>> tokens = tokenize(text);
  if (!tokens)
    return tokens.error();
  return Parser(std::move(*tokens)).run();
}

} // namespace dlc::ptxsim
