// The frontend over a CUDA driver that executes on ptx-sim.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <unistd.h>

int main(int argc, char **argv) {
  testing::InitGoogleTest(&argc, argv);
  // A library of that name which is loaded already is the one that the
  // runtime's dlopen("libcuda.so.1") finds.
  if (!dlopen(FAKE_LIBCUDA, RTLD_NOW | RTLD_LOCAL)) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  setenv("DLC_FAKE_CUDA", "devices=2", 1);
  auto folder = std::filesystem::temp_directory_path() /
                ("dlc-frontend-cuda-tests-" + std::to_string(getpid()));
  setenv("DLC_CACHE_DIR", folder.c_str(), /*overwrite=*/1);
  unsetenv("DLC_NO_CACHE");
  int result = RUN_ALL_TESTS();
  std::filesystem::remove_all(folder);
  return result;
}
