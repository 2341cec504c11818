// Lesson 3: probability. A million throws of a die, the law of large numbers,
// and the densities of normal distributions.

#include "Lesson.h"

#include <cmath>
#include <iostream>
#include <numbers>

using namespace dlc;

namespace {

/// Throws of a fair die: 0 … 5.
Tensor throwDice(Generator &rng, int64_t count) {
  return uniform(rng, {count}, 0, 6).astype(DType::i32);
}

/// (1 / √(2πσ²)) exp(-(x - μ)² / 2σ²).
Tensor normalDensity(const Tensor &x, double mean, double deviation) {
  double scale = 1 / (deviation * std::sqrt(2 * std::numbers::pi));
  return scale * exp(-square(x - mean) / (2 * deviation * deviation));
}

std::vector<double> numbers(const Tensor &x) {
  return x.astype(DType::f64).toVector<double>();
}

void teach(const lesson::Options &options) {
  Generator rng(options.seed);

  // Each face of a die comes up equally often.
  int64_t throws = 1'000'000;
  Tensor faces = throwDice(rng, throws);
  Tensor counts = sum(oneHot(faces, 6), 0);
  Tensor frequencies = counts / double(throws);
  std::cout << "frequencies of " << throws << " throws: " << frequencies
            << "\n";
  lesson::metric("largest-error", max(abs(frequencies - 1.0 / 6)).item());

  // The estimates come nearer with each throw: the first 5,000 of them.
  int64_t shown = 5000;
  std::vector<int32_t> first = faces[Slice(0, shown)].toVector<int32_t>();
  plot::Figure law({.title = "The law of large numbers",
                    .xLabel = "throws",
                    .yLabel = "estimated probability",
                    .logX = true});
  for (int32_t face = 0; face < 6; ++face) {
    std::vector<double> x, y;
    double seen = 0;
    for (int64_t i = 0; i < shown; ++i) {
      seen += first[i] == face;
      x.push_back(double(i + 1));
      y.push_back(seen / double(i + 1));
    }
    law.line(x, y, "face " + std::to_string(face + 1));
  }
  law.line({1, double(shown)}, {1.0 / 6, 1.0 / 6}, "1/6");
  options.save("dice.svg", law);

  // Normal densities; each encloses an area of 1.
  int64_t points = 1400;
  Tensor x = arange(points).astype(DType::f32) * 0.01 - 7;
  plot::Figure densities(
      {.title = "Normal densities", .xLabel = "x", .yLabel = "p(x)"});
  double worst = 0;
  for (auto [mean, deviation] :
       {std::pair(0.0, 1.0), std::pair(0.0, 2.0), std::pair(3.0, 1.0)}) {
    Tensor p = normalDensity(x, mean, deviation);
    worst = std::max(worst, std::abs(sum(p).item() * 0.01 - 1));
    densities.line(numbers(x), numbers(p),
                   "mean " + std::to_string(int(mean)) + ", deviation " +
                       std::to_string(int(deviation)));
  }
  options.save("normal.svg", densities);
  lesson::metric("area-error", worst);

  // The generator's normal numbers follow that density.
  Tensor drawn = normal(rng, {throws});
  lesson::metric("mean", mean(drawn).item());
  lesson::metric("variance", mean(square(drawn)).item());
  lesson::metric("within-one-deviation", mean(abs(drawn) < 1).item());
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"probability", "Dice, the law of large numbers, and "
                                     "normal densities."},
                     teach);
}
