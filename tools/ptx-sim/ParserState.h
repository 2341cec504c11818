// The parser's state, for the two files that it is written in: Parser.cpp reads
// a module, ParseFunction.cpp the functions' bodies.

#ifndef DLC_TOOLS_PTXSIM_PARSERSTATE_H
#define DLC_TOOLS_PTXSIM_PARSERSTATE_H

#include "ptx-sim/Lexer.h"
#include "ptx-sim/Module.h"

#include <map>
#include <optional>

namespace dlc::ptxsim {

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
  bool anyEntryShares() const;
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

/// "12", "0x1F", "5U", "0f3F800000", "0d3FF0000000000000" ⇒ the bits.
std::optional<uint64_t> parseNumber(std::string_view word);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_PARSERSTATE_H
