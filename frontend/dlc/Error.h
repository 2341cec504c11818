// The one exception of the library, and source locations.

#ifndef DLC_FRONTEND_ERROR_H
#define DLC_FRONTEND_ERROR_H

#include <source_location>
#include <stdexcept>
#include <string>

#pragma GCC visibility push(default)
namespace dlc {

/// Where the user called the library. Functions take it as a defaulted last
/// parameter; operators take it through `Operand`.
using Loc = std::source_location;

/// "file:line:column" (without the column where the compiler gave none).
std::string str(const Loc &where);

/// Any failure. what() is one line that begins with the user's
/// "file:line:column: [op] " and says what was expected and what was received.
class Error : public std::runtime_error {
public:
  Error(const std::string &message, Loc where);
  /// A line that names its location already.
  explicit Error(const std::string &line) : std::runtime_error(line) {}
};

/// A call of something named, e.g. a layer. While it lives, recorded ops carry
/// the path of names ("model.fc1").
///
/// The library's own code opens `Scope::library()` in addition: until that
/// ends, recorded ops and errors name the line that opened the innermost named
/// scope, so that a layer's ops name the user's line:
///
///     Tensor Module::operator()(const Tensor &x, Loc where) {
///       Scope call(name, where);
///       return forward(x);              // the user's or the library's
///     }
///     Tensor Linear::forward(const Tensor &x) {
///       Scope library = Scope::library();
///       return matmul(x, weight) + bias;
///     }
class Scope {
public:
  Scope(std::string name, Loc where);
  static Scope library();
  ~Scope();
  Scope(const Scope &) = delete;
  Scope &operator=(const Scope &) = delete;

  /// The location that an op written at `where` gets.
  static Loc resolve(Loc where);
  /// The names of the open scopes, joined by dots.
  static std::string path();

private:
  struct Library {};
  explicit Scope(Library);
};

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_ERROR_H
