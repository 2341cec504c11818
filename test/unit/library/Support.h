// What tests of the library share.

#ifndef DLC_TEST_UNIT_LIBRARY_SUPPORT_H
#define DLC_TEST_UNIT_LIBRARY_SUPPORT_H

#include <dlc/Error.h>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

namespace dlc::test {

/// The text of the error that f throws, from "[op]" on.
inline std::string errorOf(auto f) {
  try {
    f();
  } catch (const Error &error) {
    std::string line = error.what();
    return line.substr(line.find("["));
  }
  return "no error";
}

/// A folder of the test's own.
class FolderTest : public testing::Test {
protected:
  FolderTest() {
    auto *info = testing::UnitTest::GetInstance()->current_test_info();
    folder = std::filesystem::path(testing::TempDir()) /
             (std::string("dlc-") + info->test_suite_name() + "-" +
              info->name() + "-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
  }
  ~FolderTest() override { std::filesystem::remove_all(folder); }

  std::string path(const std::string &name) const { return folder / name; }
  std::string write(const std::string &name, const std::string &bytes) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  }
  std::string read(const std::string &name) const {
    std::ifstream file(folder / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::path folder;
};

} // namespace dlc::test

#endif // DLC_TEST_UNIT_LIBRARY_SUPPORT_H
