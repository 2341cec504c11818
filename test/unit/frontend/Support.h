// What the frontend's tests share.

#ifndef DLC_TEST_UNIT_FRONTEND_SUPPORT_H
#define DLC_TEST_UNIT_FRONTEND_SUPPORT_H

#include <dlc/dlc.h>

#include <gtest/gtest.h>

#include <sstream>

namespace dlc::test {

/// The recording of a callable, without locations and names.
template <typename F, typename... Args>
std::string record(F function, const Args &...args) {
  std::string text = compile(function).text(args...), result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    result += line.substr(0, line.find(" loc(")) + "\n";
  return result;
}

/// True if `text` contains the parts in this order.
inline testing::AssertionResult
containsInOrder(const std::string &text, std::vector<std::string> parts) {
  size_t at = 0;
  for (const std::string &part : parts) {
    size_t found = text.find(part, at);
    if (found == std::string::npos)
      return testing::AssertionFailure() << "no '" << part << "' in\n" << text;
    at = found + part.size();
  }
  return testing::AssertionSuccess();
}

template <typename T> std::vector<T> values(const Tensor &tensor) {
  return tensor.toVector<T>();
}

inline std::vector<float> floats(const Tensor &tensor) {
  return values<float>(tensor);
}

} // namespace dlc::test

/// The statement throws one line that names this place and says `text`.
/// (Compilers disagree about the line of a statement that spans several.)
#define EXPECT_ERROR(statement, text)                                          \
  try {                                                                        \
    statement;                                                                 \
    ADD_FAILURE() << "no error: " #statement;                                  \
  } catch (const dlc::Error &error) {                                          \
    std::string what = error.what();                                           \
    std::string file = std::string(__FILE__) + ":";                            \
    EXPECT_EQ(what.rfind(file, 0), 0u) << what;                                \
    EXPECT_NEAR(std::atoi(what.c_str() + file.size()), __LINE__, 2) << what;   \
    EXPECT_NE(what.find(text), std::string::npos) << what;                     \
    EXPECT_EQ(what.find('\n'), std::string::npos) << what;                     \
  }                                                                            \
  static_assert(true)

#endif // DLC_TEST_UNIT_FRONTEND_SUPPORT_H
