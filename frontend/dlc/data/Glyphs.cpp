#include <dlc/data/Glyphs.h>

#include "detail/SplitMix64.h"

#include <algorithm>
#include <array>
#include <vector>

namespace dlc::data {
namespace {

using detail::SplitMix64;

constexpr int64_t side = 28;
// Lengths are counted in 1/256 of a pixel.
constexpr int64_t pixel = 256;

struct Point {
  int64_t x, y;
};
using Stroke = std::vector<Point>;

// Each digit's strokes as polylines in a box of 100 by 100, y downwards.
const std::array<std::vector<Stroke>, 10> &digits() {
  static const std::array<std::vector<Stroke>, 10> strokes = {{
      {{{50, 4},
        {70, 11},
        {81, 30},
        {84, 50},
        {81, 70},
        {70, 89},
        {50, 96},
        {30, 89},
        {19, 70},
        {16, 50},
        {19, 30},
        {30, 11},
        {50, 4}}},
      {{{30, 24}, {54, 4}, {54, 96}}},
      {{{20, 26},
        {29, 10},
        {49, 4},
        {70, 10},
        {79, 27},
        {72, 46},
        {48, 66},
        {19, 96},
        {83, 96}}},
      {{{20, 14}, {40, 4}, {62, 7}, {75, 20}, {73, 36}, {60, 46}, {43, 48}},
       {{60, 48}, {76, 58}, {81, 72}, {75, 87}, {58, 96}, {38, 95}, {18, 85}}},
      {{{64, 96}, {64, 4}, {15, 68}, {87, 68}}},
      {{{78, 4},
        {28, 4},
        {23, 46},
        {44, 38},
        {65, 42},
        {79, 56},
        {80, 74},
        {69, 90},
        {46, 96},
        {21, 88}}},
      {{{70, 6},
        {48, 16},
        {31, 36},
        {21, 60},
        {22, 80},
        {36, 94},
        {56, 96},
        {73, 88},
        {80, 72},
        {74, 57},
        {58, 49},
        {38, 53},
        {22, 68}}},
      {{{17, 4}, {83, 4}, {44, 96}}},
      {{{50, 47},
        {31, 38},
        {26, 21},
        {36, 8},
        {50, 4},
        {64, 8},
        {74, 21},
        {69, 38},
        {50, 47},
        {28, 59},
        {20, 76},
        {31, 91},
        {50, 96},
        {69, 91},
        {80, 76},
        {72, 59},
        {50, 47}}},
      {{{78, 34},
        {62, 50},
        {43, 52},
        {26, 43},
        {20, 28},
        {27, 11},
        {43, 4},
        {62, 7},
        {75, 20},
        {80, 40},
        {72, 64},
        {54, 84},
        {32, 95}}},
  }};
  return strokes;
}

// The squared distance of p to the segment from a to b.
int64_t squaredDistance(Point p, Point a, Point b) {
  Point along = {b.x - a.x, b.y - a.y}, offset = {p.x - a.x, p.y - a.y};
  int64_t squaredLength = along.x * along.x + along.y * along.y;
  int64_t dot = offset.x * along.x + offset.y * along.y;
  if (dot <= 0)
    return offset.x * offset.x + offset.y * offset.y;
  if (dot >= squaredLength)
    return (p.x - b.x) * (p.x - b.x) + (p.y - b.y) * (p.y - b.y);
  int64_t cross = offset.x * along.y - offset.y * along.x;
  return cross * cross / squaredLength;
}

// Inks the pixels near the segment; the pen's edge is one pixel wide.
void drawSegment(Point a, Point b, int64_t radius, uint8_t *image) {
  int64_t reach = radius + pixel;
  int64_t full = radius * radius, none = reach * reach;
  auto first = [&](int64_t low) {
    return std::max<int64_t>(0, (low - reach) / pixel);
  };
  auto last = [&](int64_t high) {
    return std::min<int64_t>(side - 1, (high + reach) / pixel);
  };
  for (int64_t y = first(std::min(a.y, b.y)); y <= last(std::max(a.y, b.y));
       ++y)
    for (int64_t x = first(std::min(a.x, b.x)); x <= last(std::max(a.x, b.x));
         ++x) {
      Point centre = {x * pixel + pixel / 2, y * pixel + pixel / 2};
      int64_t distance = squaredDistance(centre, a, b);
      int64_t ink =
          std::clamp<int64_t>((none - distance) * 255 / (none - full), 0, 255);
      uint8_t &target = image[y * side + x];
      target = std::max<uint8_t>(target, static_cast<uint8_t>(ink));
    }
}

void drawGlyph(int32_t label, SplitMix64 &random, uint8_t *image) {
  int64_t width = random.between(11 * pixel, 17 * pixel);
  int64_t height = random.between(15 * pixel, 22 * pixel);
  int64_t centreX = side * pixel / 2 + random.between(-3 * pixel, 3 * pixel);
  int64_t centreY = side * pixel / 2 + random.between(-3 * pixel, 3 * pixel);
  int64_t slant = random.between(-90, 90); // of 256, per unit of height
  int64_t radius = random.between(pixel * 2 / 3, pixel * 7 / 5);

  std::fill_n(image, side * side, uint8_t(0));
  for (const Stroke &stroke : digits()[label]) {
    Stroke placed;
    for (Point p : stroke) {
      int64_t y = (p.y - 50) * height / 100, x = (p.x - 50) * width / 100;
      placed.push_back(
          {centreX + x - y * slant / 256 + random.between(-100, 100),
           centreY + y + random.between(-100, 100)});
    }
    for (size_t i = 1; i < placed.size(); ++i)
      drawSegment(placed[i - 1], placed[i], radius, image);
  }
  // The sum of two uniform draws; background noise is clipped at white.
  for (int64_t i = 0; i < side * side; ++i) {
    int64_t noise = random.between(-48, 48) + random.between(-48, 48);
    image[i] =
        static_cast<uint8_t>(std::clamp<int64_t>(image[i] + noise, 0, 255));
  }
}

} // namespace

TensorDataset glyphs(int64_t count, uint64_t seed) {
  constexpr int64_t area = side * side;
  std::vector<uint8_t> images(count * area);
  std::vector<int32_t> labels(count);
  for (int64_t i = 0; i < count; ++i) {
    SplitMix64 random(seed, uint64_t(i));
    labels[i] = int32_t(random.below(10));
    drawGlyph(labels[i], random, &images[i * area]);
  }
  return TensorDataset(
      {tensor(images, {count, side, side}), tensor(labels, {count})});
}

} // namespace dlc::data
