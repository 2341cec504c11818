// Success or a one-line error text. The runtime throws nothing.

#ifndef DLC_RUNTIME_ABI_STATUS_H
#define DLC_RUNTIME_ABI_STATUS_H

#include <optional>
#include <string>
#include <utility>

namespace dlc::runtime {

/// An error's text, worded for the user. Converts to a failed Expected.
struct Error {
  std::string message;
};

/// Success, or an error.
class [[nodiscard]] Status {
public:
  Status() = default;
  Status(Error error) : text(std::move(error.message)) {}
  bool ok() const { return !text; }
  const std::string &message() const { return *text; }
  Error error() const { return {*text}; }

private:
  std::optional<std::string> text;
};

/// A value, or an error.
template <typename T> class [[nodiscard]] Expected {
public:
  Expected(T value) : held(std::move(value)) {}
  Expected(Error error) : text(std::move(error.message)) {}
  bool ok() const { return held.has_value(); }
  explicit operator bool() const { return ok(); }
  T &operator*() { return *held; }
  const T &operator*() const { return *held; }
  T *operator->() { return &*held; }
  const T *operator->() const { return &*held; }
  const std::string &message() const { return text; }
  Error error() const { return {text}; }

private:
  std::optional<T> held;
  std::string text;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_ABI_STATUS_H
