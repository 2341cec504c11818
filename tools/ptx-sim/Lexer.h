// PTX text ⇒ words and punctuation, each with its line.

#ifndef DLC_TOOLS_PTXSIM_LEXER_H
#define DLC_TOOLS_PTXSIM_LEXER_H

#include "ptx-sim/Module.h"

#include <string_view>
#include <vector>

namespace dlc::ptxsim {

struct Token {
  enum class Kind : uint8_t { word, string, punctuation, end };
  Kind kind = Kind::end;
  /// A word holds letters, digits and any of _ $ % . and "::"; a string comes
  /// without its quotes.
  std::string_view text;
  int line = 0;

  bool is(std::string_view expected) const {
    return kind != Kind::string && text == expected;
  }
};

/// The tokens point into `text`. The last one is `end`.
Expected<std::vector<Token>> tokenize(std::string_view text);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_LEXER_H
