// Datasets, batches and drawn digits.

#include <dlc/dlc.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

using namespace dlc;

namespace {

/// Samples 0 … n-1, whose label is ten times their input.
data::TensorDataset counted(int64_t n) {
  std::vector<float> x(n);
  std::iota(x.begin(), x.end(), 0.0f);
  std::vector<int32_t> y(n);
  for (int64_t i = 0; i < n; ++i)
    y[i] = int32_t(10 * i);
  return data::TensorDataset({tensor(x, {n, 1}), tensor(y, {n})});
}

/// One epoch's inputs.
std::vector<std::vector<float>> epoch(data::DataLoader &loader) {
  std::vector<std::vector<float>> batches;
  for (const std::vector<Tensor> &batch : loader) {
    batches.push_back(batch[0].toVector<float>());
    std::vector<int32_t> labels = batch[1].toVector<int32_t>();
    for (size_t i = 0; i < labels.size(); ++i)
      EXPECT_EQ(float(labels[i]), 10 * batches.back()[i]);
  }
  return batches;
}

std::string errorOf(auto f) {
  try {
    f();
  } catch (const Error &error) {
    std::string line = error.what();
    return line.substr(line.find("["));
  }
  return "no error";
}

TEST(TensorDataset, GathersInOrder) {
  std::vector<int64_t> rows = {3, 0, 3};
  std::vector<Tensor> samples = counted(4).gather(rows);
  EXPECT_EQ(samples[0].toVector<float>(), (std::vector<float>{3, 0, 3}));
  EXPECT_EQ(samples[0].shape(), (Shape{3, 1}));
}

TEST(TensorDataset, RejectsWhatDoesNotFit) {
  EXPECT_EQ(errorOf([] { data::TensorDataset({zeros({3}), zeros({4, 2})}); }),
            "[TensorDataset] leading sizes differ: 3 vs 4");
  EXPECT_EQ(errorOf([] { counted(4).gather(std::vector<int64_t>{4}); }),
            "[TensorDataset] sample 4 does not exist; there are 4");
  EXPECT_EQ(errorOf([] { counted(4).slice(3, 5); }),
            "[TensorDataset] no range [3, 5) in 4 samples");
}

TEST(DataLoader, KeepsTheOrder) {
  data::DataLoader loader(counted(5), {.batch = 2});
  EXPECT_EQ(loader.size(), 3);
  EXPECT_EQ(epoch(loader),
            (std::vector<std::vector<float>>{{0, 1}, {2, 3}, {4}}));
}

TEST(DataLoader, DropsTheLastBatch) {
  data::DataLoader loader(counted(5), {.batch = 2, .dropLast = true});
  EXPECT_EQ(loader.size(), 2);
  EXPECT_EQ(epoch(loader).size(), 2u);
  EXPECT_EQ(data::DataLoader(counted(4), {.batch = 2}).size(), 2);
}

TEST(DataLoader, ShufflesBySeedAndEpoch) {
  data::DataLoader a(counted(100), {.batch = 100, .shuffle = 7});
  data::DataLoader b(counted(100), {.batch = 100, .shuffle = 7});
  data::DataLoader c(counted(100), {.batch = 100, .shuffle = 8});
  std::vector<float> first = epoch(a)[0], second = epoch(a)[0];
  EXPECT_EQ(first, epoch(b)[0]);
  EXPECT_EQ(second, epoch(b)[0]);
  EXPECT_NE(first, second);
  EXPECT_NE(first, epoch(c)[0]);
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, counted(100)[0].toVector<float>());
}

TEST(DataLoader, ShuffleIsPinned) {
  data::DataLoader loader(counted(8), {.batch = 8, .shuffle = 1});
  EXPECT_EQ(epoch(loader)[0], (std::vector<float>{2, 3, 1, 0, 7, 5, 6, 4}));
}

TEST(DataLoader, RejectsAnEmptyBatch) {
  EXPECT_EQ(errorOf([] { data::DataLoader(counted(4), {.batch = 0}); }),
            "[DataLoader] a batch must hold at least one sample, got 0");
}

TEST(Glyphs, DependOnSeedAndPosition) {
  data::TensorDataset many = data::glyphs(50, 3), few = data::glyphs(20, 3);
  EXPECT_EQ(many.slice(0, 20)[0].toVector<uint8_t>(),
            few[0].toVector<uint8_t>());
  EXPECT_NE(few[0].toVector<uint8_t>(),
            data::glyphs(20, 4)[0].toVector<uint8_t>());
}

TEST(Glyphs, BytesArePinned) {
  data::TensorDataset glyphs = data::glyphs(1000, 0);
  uint64_t hash = 14695981039346656037u; // FNV-1a
  for (uint8_t byte : glyphs[0].toVector<uint8_t>())
    hash = (hash ^ byte) * 1099511628211u;
  EXPECT_EQ(hash, 0x79cb26d5f342c4c9u);
}

TEST(Glyphs, HaveAllClasses) {
  std::vector<int32_t> labels = data::glyphs(1000, 0)[1].toVector<int32_t>();
  for (int32_t digit = 0; digit < 10; ++digit)
    EXPECT_GT(std::count(labels.begin(), labels.end(), digit), 70);
}

} // namespace
