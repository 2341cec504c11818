#include "Support.h"

using namespace dlc::runtime;
using namespace dlc::runtime::test;

namespace {

/// Small ones, which lie behind their counts, and those that the system may
/// give huge pages.
TEST(Buffer, IsAlignedAndWritableAtEverySize) {
  std::vector<BufferRef> held;
  for (int64_t bytes :
       {int64_t(0), int64_t(1), int64_t(63), int64_t(64), int64_t(65),
        int64_t(1000), int64_t(65535), int64_t(65536), int64_t(65537),
        int64_t(2) << 20, (int64_t(4) << 20) + 100}) {
    for (int copy = 0; copy < 3; ++copy) {
      Expected<BufferRef> made = Buffer::allocate(bytes);
      ASSERT_TRUE(made);
      BufferRef buffer = *made;
      EXPECT_EQ(buffer->bytes(), bytes);
      EXPECT_EQ(reinterpret_cast<uintptr_t>(buffer->data()) % Buffer::alignment,
                0u);
      std::memset(buffer->data(), int(held.size()), bytes);
      held.push_back(buffer);
    }
  }
  // They lie apart.
  for (size_t i = 0; i < held.size(); ++i)
    for (int64_t at : {int64_t(0), held[i]->bytes() - 1})
      if (held[i]->bytes() > 0) {
        EXPECT_EQ(held[i]->as<unsigned char>()[at], i);
      }
}

TEST(Buffer, ImpossibleSizesFail) {
  for (int64_t bytes : {int64_t(-1), INT64_MAX, INT64_MAX - 100}) {
    Expected<BufferRef> made = Buffer::allocate(bytes);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.message().find("out of memory: cannot allocate"), 0u);
  }
}

} // namespace
