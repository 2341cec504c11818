#include "Drawn.h"

#include <cmath>

using namespace dlc;

namespace drawn {

data::TensorDataset shapes(int64_t count, uint64_t seed) {
  constexpr int64_t classes = 10, side = 32;
  Generator rng(seed);
  Tensor noise = uniform(rng, {count, side, side, 3}, 0, 70);
  std::vector<float> pixels = noise.toVector<float>();
  std::vector<float> u = uniform(rng, {count, 6}).toVector<float>();
  std::vector<int32_t> labels(count);
  for (int64_t i = 0; i < count; ++i) {
    const float *r = &u[i * 6];
    labels[i] = int32_t(i % classes);
    float size = 7 + 5 * r[0], cx = 12 + 8 * r[1], cy = 12 + 8 * r[2];
    for (int64_t y = 0; y < side; ++y)
      for (int64_t x = 0; x < side; ++x) {
        float dx = (float(x) - cx) / size, dy = (float(y) - cy) / size;
        float ax = std::abs(dx), ay = std::abs(dy), far = std::hypot(dx, dy);
        bool inside[] = {far < 1, std::max(ax, ay) < 0.85f, ax + ay < 1.1f,
                         std::min(ax, ay) < 0.3f && std::max(ax, ay) < 1,
                         far < 1 && far > 0.55f};
        if (!inside[labels[i] / 2] || (labels[i] % 2 && (x + y) / 2 % 2))
          continue;
        for (int64_t c = 0; c < 3; ++c)
          pixels[((i * side + y) * side + x) * 3 + c] += 60 + 125 * r[3 + c];
      }
  }
  Tensor images = tensor(pixels, {count, side, side, 3}).astype(DType::u8);
  return data::TensorDataset({images, tensor(labels, {count})});
}

Tensor discs(int64_t count, bool isB, uint64_t seed) {
  constexpr int64_t side = 16;
  Generator rng(seed);
  std::vector<float> u = uniform(rng, {count, 3}).toVector<float>();
  std::vector<float> pixels(count * 3 * side * side);
  const float ground[2][3] = {{-0.4f, -1, -1}, {0.3f, 0.6f, 1}};
  const float ink[2][3] = {{1, 0.9f, 0.4f}, {-0.9f, -0.6f, -0.3f}};
  for (int64_t i = 0; i < count; ++i)
    for (int64_t c = 0; c < 3; ++c)
      for (int64_t y = 0; y < side; ++y)
        for (int64_t x = 0; x < side; ++x) {
          float far = std::hypot(float(x) - 4 - 8 * u[i * 3],
                                 float(y) - 4 - 8 * u[i * 3 + 1]);
          bool inside = far < 2.5f + 2 * u[i * 3 + 2];
          pixels[((i * 3 + c) * side + y) * side + x] =
              inside ? ink[isB][c] : ground[isB][c];
        }
  return tensor(pixels, {count, 3, side, side});
}

data::Table houses(int64_t count, uint64_t seed) {
  Generator rng(seed);
  std::vector<float> numbers = normal(rng, {count, 3}).toVector<float>();
  std::vector<float> chances = uniform(rng, {count, 2}).toVector<float>();
  std::vector<std::vector<std::string>> rows;
  for (int64_t i = 0; i < count; ++i) {
    const float *n = &numbers[i * 3];
    bool isCity = chances[i * 2] < 0.4f, isUnknown = chances[i * 2 + 1] < 0.1f;
    double price = std::exp(12 + 0.3 * n[0] - 0.15 * n[1] +
                            (isCity ? 0.25 : 0) + 0.08 * n[2]);
    rows.push_back({std::to_string(i), std::to_string(1500 + 300 * n[0]),
                    isUnknown ? "NA" : std::to_string(30 + 10 * n[1]),
                    isCity ? "City" : "Land", std::to_string(price)});
  }
  return data::Table("drawn", {"Id", "Size", "Age", "Place", "SalePrice"},
                     rows);
}

Reviews reviews(int64_t count, uint64_t seed) {
  const data::Tokens things = {"film", "plot", "music", "acting", "book"};
  const data::Tokens good = {"great", "lovely", "clever", "moving"};
  const data::Tokens bad = {"dull", "awful", "clumsy", "boring"};
  const data::Tokens ends = {"today", "again", "indeed", "overall"};
  Generator rng(seed);
  std::vector<float> u = uniform(rng, {count, 5}).toVector<float>();
  Reviews all;
  for (int64_t i = 0; i < count; ++i) {
    auto pick = [&](const data::Tokens &words, int64_t chance) {
      return words[size_t(u[i * 5 + chance] * float(words.size()))];
    };
    bool likes = u[i * 5] < 0.5f, turned = u[i * 5 + 1] < 0.3f;
    data::Tokens text = {"the", pick(things, 2), "was"};
    if (turned)
      text.push_back("not");
    text.push_back(pick(likes ? good : bad, 3));
    text.push_back(pick(ends, 4));
    all.texts.push_back(text);
    all.labels.push_back(likes != turned);
  }
  return all;
}

} // namespace drawn
