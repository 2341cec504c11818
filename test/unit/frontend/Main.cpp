// Each run has a cache folder of its own: no test sees an older compiler's
// code.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

int main(int argc, char **argv) {
  testing::InitGoogleTest(&argc, argv);
  auto folder = std::filesystem::temp_directory_path() /
                ("dlc-frontend-tests-" + std::to_string(getpid()));
  setenv("DLC_CACHE_DIR", folder.c_str(), /*overwrite=*/1);
  unsetenv("DLC_NO_CACHE");
  int result = RUN_ALL_TESTS();
  std::filesystem::remove_all(folder);
  return result;
}
