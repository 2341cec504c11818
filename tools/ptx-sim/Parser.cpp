#include "ptx-sim/Parser.h"

#include "ptx-sim/ParserState.h"

#include <algorithm>
#include <charconv>

namespace dlc::ptxsim {

/// No variable of ours is anywhere near as large.
constexpr int64_t maxVariableBytes = int64_t(1) << 30;

static int64_t alignTo(int64_t offset, int64_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

static std::optional<uint64_t> parseHex(std::string_view digits) {
  uint64_t bits = 0;
  auto [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
  if (code != std::errc() || end != digits.data() + digits.size())
    return std::nullopt;
  return bits;
}

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

int64_t Parser::number() {
  bool negative = accept("-");
  auto value = parseNumber(peek().text);
  if (!value || peek().kind != Token::Kind::word) {
    fail("expected a number, found '" + std::string(peek().text) + "'");
    return 0;
  }
  next();
  // As unsigned numbers: the most negative one has no positive counterpart.
  return static_cast<int64_t>(negative ? 0 - *value : *value);
}

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
  // An entry's shared variables take no memory of other entries' blocks.
  bool isOfEntry = space == Space::shared && current && current->isEntry;
  if (isOfEntry)
    current->sharedBytes = module->sharedBytesOf(*current);
  else if (space == Space::shared && anyEntryShares())
    fail("'" + made->name + "' stands after an entry's own shared variables");
  int64_t *size = isOfEntry                ? &current->sharedBytes
                  : space == Space::shared ? &module->sharedBytes
                  : space == Space::local  ? &current->localBytes
                  : space == Space::param  ? &current->paramBytes
                                           : &module->globalBytes;
  made->offset = alignTo(*size, made->alignment);
  *size = made->offset + made->bytes;
  scopes.back().variables[made->name] = made.get();
  auto &owner = current ? current->variables : module->variables;
  owner.push_back(std::move(made));
  return owner.back().get();
}

bool Parser::anyEntryShares() const {
  return std::any_of(module->functions.begin(), module->functions.end(),
                     [](const auto &f) { return f->sharedBytes > 0; });
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

Expected<std::unique_ptr<Module>> parsePtx(std::string_view text) {
  // A C string's end, as cuModuleLoadData takes one.
  text = text.substr(0, text.find('\0'));
  Expected<std::vector<Token>> tokens = tokenize(text);
  if (!tokens)
    return tokens.error();
  return Parser(std::move(*tokens)).run();
}

} // namespace dlc::ptxsim
