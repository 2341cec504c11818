// Datasets, batches and drawn digits.

#include "Support.h"

#include <dlc/dlc.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace dlc;
using test::errorOf;

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

TEST(DataLoader, PrefetchesTheSameBatches) {
  auto noisy = [](int64_t prefetch) {
    data::TensorDataset images({ones({10, 3, 4}), zeros({10})});
    data::DataLoader loader(images, {.batch = 4,
                                     .shuffle = 7,
                                     .transform = data::randomNoise(1),
                                     .prefetch = prefetch});
    std::vector<float> all;
    for (int epoch = 0; epoch < 2; ++epoch)
      for (const std::vector<Tensor> &batch : loader) {
        std::vector<float> part = batch[0].toVector<float>();
        all.insert(all.end(), part.begin(), part.end());
      }
    return all;
  };
  std::vector<float> plain = noisy(0);
  EXPECT_EQ(plain.size(), 240u);
  EXPECT_EQ(noisy(1), plain);
  EXPECT_EQ(noisy(8), plain);
}

TEST(DataLoader, PassesOnErrorsOfItsThread) {
  data::DataLoader loader(counted(4),
                          {.transform = data::randomFlip(), .prefetch = 2});
  EXPECT_EQ(errorOf([&] { *loader.begin(); }),
            "[randomFlip] expected a batch of images of rank 3 or 4");
}

TEST(DataLoader, GoesOnWhereAnotherStopped) {
  auto make = [](int64_t prefetch) {
    return data::DataLoader(counted(10),
                            {.batch = 2, .shuffle = 5, .prefetch = prefetch});
  };
  data::DataLoader whole = make(0);
  epoch(whole);
  std::vector<std::vector<float>> second = epoch(whole), third = epoch(whole);

  data::DataLoader first = make(0);
  epoch(first);
  int64_t given = 0;
  for ([[maybe_unused]] const auto &batch : first)
    if (++given == 3)
      break;
  for (int64_t prefetch : {0, 2}) {
    data::DataLoader other = make(prefetch);
    *leaves(other)[0].tensor = *leaves(first)[0].tensor;
    EXPECT_EQ(epoch(other),
              (std::vector<std::vector<float>>{second[3], second[4]}));
    EXPECT_EQ(epoch(other), third);
  }
}

TEST(DataLoader, TakesASampler) {
  data::DataLoader loader(counted(5),
                          {.batch = 2, .sampler = [](uint64_t epoch) {
                             return std::vector<int64_t>{int64_t(epoch), 3, 3};
                           }});
  EXPECT_EQ(loader.size(), 2);
  EXPECT_EQ(epoch(loader), (std::vector<std::vector<float>>{{0, 3}, {3}}));
  EXPECT_EQ(epoch(loader), (std::vector<std::vector<float>>{{1, 3}, {3}}));
}

TEST(Sampler, BalancesClasses) {
  std::vector<int32_t> labels(1000, 0);
  labels[7] = 1;
  std::vector<int64_t> order = data::balanced(tensor(labels, {1000}), 1)(0);
  ASSERT_EQ(order.size(), 1000u);
  EXPECT_NEAR(double(std::count(order.begin(), order.end(), 7)), 500, 60);
}

TEST(Split, CoversEverySampleOnce) {
  auto values = [](const data::TensorDataset &data) {
    return data[0].toVector<float>();
  };
  data::TrainTest parts = data::split(counted(10), 0.3, 1);
  std::vector<float> all = values(parts.train), test = values(parts.test);
  EXPECT_EQ(test.size(), 3u);
  all.insert(all.end(), test.begin(), test.end());
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, values(counted(10)));

  std::vector<float> held;
  for (const data::TrainTest &fold : data::kFold(counted(11), 3, 1)) {
    EXPECT_EQ(fold.train.size() + fold.test.size(), 11);
    std::vector<float> part = values(fold.test);
    EXPECT_GE(part.size(), 3u);
    held.insert(held.end(), part.begin(), part.end());
  }
  std::sort(held.begin(), held.end());
  EXPECT_EQ(held, values(counted(11)));
  EXPECT_EQ(errorOf([] { data::kFold(counted(3), 4, 1); }),
            "[kFold] expected between 2 and 3 folds, got 4");
  EXPECT_EQ(errorOf([] { data::split(counted(3), 0.01, 1); }),
            "[split] a share of 0.010000 of 3 samples leaves a part empty");
}

TEST(Transforms, StandardizeAroundMissingValues) {
  Tensor rows = tensor<float>({{1, 5}, {NAN, 5}, {3, 5}});
  data::Standardizer standardize(rows);
  EXPECT_EQ(standardize(rows).toVector<float>(),
            (std::vector<float>{-1, 0, 0, 0, 1, 0}));
  EXPECT_EQ(standardize.inverse(tensor<float>({{1, 0}})).toVector<float>(),
            (std::vector<float>{3, 5}));
  EXPECT_EQ(
      errorOf([] { data::Standardizer(tensor<float>({{1, NAN}, {2, NAN}})); }),
      "[Standardizer] column 1 has no values");
}

TEST(Transforms, AugmentImages) {
  Tensor image = tensor<uint8_t>({{1, 2, 3}, {4, 5, 6}});
  std::vector<Tensor> batch = {reshape(image, {1, 2, 3})};
  EXPECT_EQ(data::randomFlip(1)(batch, 1)[0].toVector<uint8_t>(),
            (std::vector<uint8_t>{3, 2, 1, 6, 5, 4}));
  EXPECT_EQ(data::randomFlip(0)(batch, 1)[0].toVector<uint8_t>(),
            image.toVector<uint8_t>());
  // Each shift by at most one pixel occurs, and no other.
  std::vector<std::vector<uint8_t>> seen;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    auto shifted = data::randomShift(1)(batch, seed)[0].toVector<uint8_t>();
    if (std::find(seen.begin(), seen.end(), shifted) == seen.end())
      seen.push_back(shifted);
  }
  EXPECT_EQ(seen.size(), 9u);
  Tensor noisy = data::randomNoise(2)({zeros({1, 100, 100})}, 3)[0];
  EXPECT_NEAR(mean(noisy).item(), 0, 0.1);
  EXPECT_NEAR(norm(noisy).item() / 100, 2, 0.1);
  auto both = data::chain({data::randomFlip(1), data::randomFlip(1)});
  EXPECT_EQ(both(batch, 1)[0].toVector<uint8_t>(), image.toVector<uint8_t>());
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
