#include "abi/SmallVector.h"

#include <gtest/gtest.h>

#include <string>

using namespace dlc::runtime;

namespace {

/// Long enough to be allocated, so that a sanitizer sees what is lost.
std::string text(int i) { return std::to_string(i) + std::string(40, '.'); }

template <size_t N>
void expectTexts(const SmallVector<std::string, N> &v, size_t count) {
  ASSERT_EQ(v.size(), count);
  for (size_t i = 0; i < count; ++i)
    EXPECT_EQ(v[i], text(int(i)));
}

TEST(SmallVector, GrowsOutOfItself) {
  SmallVector<std::string, 3> v;
  const void *inside = v.data();
  for (int i = 0; i < 3; ++i)
    v.push_back(text(i));
  EXPECT_EQ(v.data(), inside);
  for (int i = 3; i < 20; ++i)
    v.push_back(text(i));
  EXPECT_NE(v.data(), inside);
  expectTexts(v, 20);
  v.resize(2);
  expectTexts(v, 2);
  v.resize(5);
  EXPECT_EQ(v[4], "");
  v.clear();
  EXPECT_TRUE(v.empty());
}

TEST(SmallVector, CopiesAndMoves) {
  for (int count : {0, 2, 3, 9}) {
    SmallVector<std::string, 3> v;
    for (int i = 0; i < count; ++i)
      v.push_back(text(i));
    SmallVector<std::string, 3> copy = v, moved = std::move(v);
    expectTexts(copy, count);
    expectTexts(moved, count);
    EXPECT_TRUE(v.empty());
    // What was moved from can be used again.
    v.push_back(text(0));
    expectTexts(v, 1);
    copy = std::move(v);
    expectTexts(copy, 1);
    copy = moved;
    expectTexts(copy, count);
  }
}

TEST(SmallVector, GrowsByAnElementOfItself) {
  SmallVector<std::string, 2> v = {text(0), text(1)};
  for (int i = 0; i < 10; ++i)
    v.push_back(v[0]);
  EXPECT_EQ(v.back(), text(0));
}

TEST(SmallVector, TakesAVectorsElements) {
  std::vector<std::string> source = {text(0), text(1), text(2)};
  SmallVector<std::string, 2> v = std::move(source);
  expectTexts(v, 3);
}

} // namespace
