#include <dlc/data/Transforms.h>

#include "detail/Node.h"
#include "detail/SplitMix64.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dlc::data {
namespace {

using detail::SplitMix64;

/// In [0, 1).
double uniformOf(SplitMix64 &random) {
  return double(random.next() >> 11) * 0x1p-53;
}

/// Box and Muller's; 1 - u keeps the logarithm's argument off 0.
double normalOf(SplitMix64 &random) {
  double radius = std::sqrt(-2 * std::log(1 - uniformOf(random)));
  return radius * std::cos(2 * std::numbers::pi * uniformOf(random));
}

struct ImageSize {
  int64_t height, width, channels;
  int64_t count() const { return height * width * channels; }
};

/// Applies change(pixels, size, random) to each image of a batch.
template <typename T, typename Change>
Tensor eachImage(const Tensor &images, uint64_t seed, Change change,
                 Loc where) {
  const Shape &shape = images.shape();
  ImageSize size{shape[1], shape[2], shape.size() == 4 ? shape[3] : 1};
  std::vector<T> pixels = images.toVector<T>(where);
  for (int64_t i = 0; i < shape[0]; ++i) {
    SplitMix64 random(seed, uint64_t(i));
    change(std::span(pixels).subspan(i * size.count(), size.count()), size,
           random);
  }
  return tensor(pixels, shape, where);
}

/// A transform of the batch's images, u8 or f32.
template <typename Change>
Transform ofImages(const char *name, Change change, Loc where) {
  return [=](std::vector<Tensor> batch, uint64_t seed) {
    if (batch.empty() || batch[0].rank() < 3 || batch[0].rank() > 4)
      detail::fail(name, "expected a batch of images of rank 3 or 4", where);
    if (batch[0].dtype() == DType::u8)
      batch[0] = eachImage<uint8_t>(batch[0], seed, change, where);
    else
      batch[0] = eachImage<float>(batch[0], seed, change, where);
    return batch;
  };
}

} // namespace

Standardizer::Standardizer(const Tensor &rows, Loc where) {
  if (rows.rank() != 2)
    detail::fail("Standardizer", "expected [samples, columns]", where);
  int64_t count = rows.size(0), columns = rows.size(1);
  auto values = rows.data<float>(where);
  std::vector<float> means(columns), deviations(columns);
  for (int64_t column = 0; column < columns; ++column) {
    double sum = 0, squares = 0;
    int64_t present = 0;
    auto each = [&](auto add) {
      for (int64_t row = 0; row < count; ++row)
        if (double value = values[row * columns + column]; !std::isnan(value))
          add(value);
    };
    each([&](double value) { sum += value, ++present; });
    if (!present)
      detail::fail("Standardizer",
                   "column " + std::to_string(column) + " has no values",
                   where);
    double mean = sum / double(present);
    each([&](double value) { squares += (value - mean) * (value - mean); });
    double deviation = std::sqrt(squares / double(present));
    means[column] = float(mean);
    deviations[column] = deviation > 0 ? float(deviation) : 1;
  }
  mean = tensor(means, {columns}, where);
  deviation = tensor(deviations, {columns}, where);
}

Tensor Standardizer::operator()(const Tensor &rows, Loc where) const {
  Scope call("Standardizer", where);
  Scope library = Scope::library();
  return dlc::where(rows == rows, (rows - mean) / deviation, 0);
}

Tensor Standardizer::inverse(const Tensor &rows, Loc where) const {
  Scope call("Standardizer", where);
  Scope library = Scope::library();
  return rows * deviation + mean;
}

Transform chain(std::vector<Transform> transforms) {
  return [=](std::vector<Tensor> batch, uint64_t seed) {
    for (size_t i = 0; i < transforms.size(); ++i)
      batch = transforms[i](std::move(batch), SplitMix64(seed, i).next());
    return batch;
  };
}

Transform randomFlip(double probability, Loc where) {
  if (!(probability >= 0 && probability <= 1))
    detail::fail("randomFlip", "needs a probability in [0, 1]", where);
  auto flip = [=](auto image, ImageSize size, SplitMix64 &random) {
    if (uniformOf(random) >= probability)
      return;
    for (int64_t y = 0; y < size.height; ++y)
      for (int64_t left = 0, right = size.width - 1; left < right;
           ++left, --right)
        for (int64_t c = 0; c < size.channels; ++c)
          std::swap(image[(y * size.width + left) * size.channels + c],
                    image[(y * size.width + right) * size.channels + c]);
  };
  return ofImages("randomFlip", flip, where);
}

Transform randomShift(int64_t pixels, Loc where) {
  if (pixels < 0)
    detail::fail("randomShift", "needs 0 pixels or more", where);
  auto shift = [=](auto image, ImageSize size, SplitMix64 &random) {
    int64_t dy = random.between(-pixels, pixels);
    int64_t dx = random.between(-pixels, pixels);
    std::vector from(image.begin(), image.end());
    for (int64_t y = 0; y < size.height; ++y)
      for (int64_t x = 0; x < size.width; ++x)
        for (int64_t c = 0; c < size.channels; ++c) {
          int64_t fromY = y - dy, fromX = x - dx;
          bool inside = fromY >= 0 && fromY < size.height && fromX >= 0 &&
                        fromX < size.width;
          image[(y * size.width + x) * size.channels + c] =
              inside ? from[(fromY * size.width + fromX) * size.channels + c]
                     : 0;
        }
  };
  return ofImages("randomShift", shift, where);
}

Transform randomNoise(double deviation, Loc where) {
  if (!(deviation >= 0))
    detail::fail("randomNoise", "needs a deviation of 0 or more", where);
  auto noise = [=](auto image, ImageSize, SplitMix64 &random) {
    for (auto &pixel : image) {
      double value = pixel + deviation * normalOf(random);
      if constexpr (std::is_same_v<std::decay_t<decltype(pixel)>, uint8_t>)
        pixel = uint8_t(std::clamp(std::lround(value), 0l, 255l));
      else
        pixel = float(value);
    }
  };
  return ofImages("randomNoise", noise, where);
}

} // namespace dlc::data
