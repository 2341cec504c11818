#include "ptx-sim/Lexer.h"

#include <cctype>

namespace dlc::ptxsim {

static bool isWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' ||
         c == '%' || c == '.';
}

Expected<std::vector<Token>> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  int line = 1;
  size_t at = 0;
  auto rest = [&] { return text.substr(at); };
  while (at < text.size()) {
    char c = text[at];
    if (c == '\n') {
      ++line;
      ++at;
    } else if (std::isspace(static_cast<unsigned char>(c))) {
      ++at;
    } else if (rest().starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (rest().starts_with("/*")) {
      size_t end = text.find("*/", at + 2);
      if (end == std::string_view::npos)
        return Error{"PTX line " + std::to_string(line) +
                     ": the comment does not end"};
      for (; at < end + 2; ++at)
        line += text[at] == '\n';
    } else if (c == '"') {
      size_t end = text.find('"', at + 1);
      if (end == std::string_view::npos)
        return Error{"PTX line " + std::to_string(line) +
                     ": the string does not end"};
      tokens.push_back(
          {Token::Kind::string, text.substr(at + 1, end - at - 1), line});
      at = end + 1;
    } else if (isWordCharacter(c)) {
      size_t begin = at;
      while (at < text.size() &&
             (isWordCharacter(text[at]) || rest().starts_with("::")))
        at += text[at] == ':' ? 2 : 1;
      tokens.push_back(
          {Token::Kind::word, text.substr(begin, at - begin), line});
    } else {
      tokens.push_back({Token::Kind::punctuation, text.substr(at, 1), line});
      ++at;
    }
  }
  tokens.push_back({Token::Kind::end, "", line});
  return tokens;
}

} // namespace dlc::ptxsim
