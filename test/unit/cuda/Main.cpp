#include "cuda/Support.h"

#include <cstdio>
#include <dlfcn.h>

using namespace dlc::runtime::cuda::test;

FakeDriver &FakeDriver::get() {
  static FakeDriver driver;
  return driver;
}

int main(int argc, char **argv) {
  testing::InitGoogleTest(&argc, argv);
  // A library of that name which is loaded already is the one that the
  // runtime's dlopen("libcuda.so.1") finds.
  void *handle = dlopen(FAKE_LIBCUDA, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  FakeDriver &driver = FakeDriver::get();
  driver.calls = reinterpret_cast<int64_t (*)(const char *)>(
      dlsym(handle, "fakeCudaCalls"));
  driver.reset = reinterpret_cast<void (*)()>(dlsym(handle, "fakeCudaReset"));
  return RUN_ALL_TESTS();
}
