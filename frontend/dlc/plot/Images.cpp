#include <dlc/plot/Figure.h>

#include "detail/Bytes.h"
#include "detail/Svg.h"
#include "io/Writer.h"

#include <dlc/io/Png.h>

#include <algorithm>
#include <cmath>

namespace dlc::plot {
namespace {

using detail::coordinate;
using detail::svgText;

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < bytes.size() ? uint8_t(bytes[i + j]) : 0);
    for (size_t j = 0; j < 4; ++j)
      text += i + j > bytes.size() ? '=' : digits[group >> (18 - 6 * j) & 63];
  }
  return text;
}

} // namespace

void Picture::save(const std::string &path, Loc where) const {
  std::string text = svg();
  detail::check("plot", runtime::writeFile(path, {text}), where);
}

HeatMap::HeatMap(const Tensor &matrix, HeatMapOptions given, Loc where)
    : options(std::move(given)) {
  if (matrix.rank(where) != 2 || matrix.count() == 0)
    throw Error("[HeatMap] expected a matrix, got " +
                    detail::typeOf(matrix).str(),
                where);
  rowCount = matrix.size(0), columnCount = matrix.size(1);
  values = matrix.astype(DType::f32, where).toVector<float>(where);
  auto check = [&](const char *what, size_t names, int64_t expected) {
    if (names != 0 && int64_t(names) != expected)
      throw Error("[HeatMap] " + std::to_string(names) + " names for " +
                      std::to_string(expected) + " " + what,
                  where);
  };
  check("columns", options.columns.size(), columnCount);
  check("rows", options.rows.size(), rowCount);
}

std::string HeatMap::svg() const {
  auto longest = [](const std::vector<std::string> &names) {
    size_t size = 0;
    for (const std::string &name : names)
      size = std::max(size, name.size());
    return double(size);
  };
  double cell = std::clamp(480.0 / double(std::max(rowCount, columnCount)), 6.0,
                           options.numbers ? 56.0 : 40.0);
  double left = 34 + 7 * longest(options.rows), top = 40;
  double wide = cell * double(columnCount), high = cell * double(rowCount);
  double below =
      34 + (options.columns.empty() ? 0 : 7 * longest(options.columns));
  double width = std::max(left + wide + 90, 8.5 * double(options.title.size()));
  std::string svg = detail::svgOpen(width, top + high + below);
  svg += svgText(width / 2, 24, options.title, {.size = 15});
  svg += svgText(left + wide / 2, top + high + below - 8, options.xLabel);
  svg += svgText(16, top + high / 2, options.yLabel, {.vertical = true});

  float low = INFINITY, high1 = -INFINITY;
  for (float value : values)
    if (std::isfinite(value))
      low = std::min(low, value), high1 = std::max(high1, value);
  double span = high1 > low ? double(high1) - low : 1;
  for (int64_t row = 0; row < rowCount; ++row)
    for (int64_t column = 0; column < columnCount; ++column) {
      double value = values[row * columnCount + column];
      double share = (value - low) / span;
      double x = left + cell * double(column), y = top + cell * double(row);
      svg += "<rect x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) +
             "\" width=\"" + coordinate(cell + 0.3) + "\" height=\"" +
             coordinate(cell + 0.3) + "\" fill=\"" +
             (std::isfinite(value) ? detail::colourOf(share) : "#999") +
             "\"/>\n";
      if (options.numbers)
        svg += std::string("<g fill=\"") + (share < 0.6 ? "white" : "black") +
               "\">" +
               svgText(x + cell / 2, y + cell / 2 + 4,
                       detail::shortNumber(value), {.size = 11}) +
               "</g>\n";
    }
  for (size_t i = 0; i < options.rows.size(); ++i)
    svg += svgText(left - 6, top + cell * (double(i) + 0.5) + 4,
                   options.rows[i], {.anchor = "end", .size = 11});
  bool turned = longest(options.columns) > 2;
  for (size_t i = 0; i < options.columns.size(); ++i) {
    double x = left + cell * (double(i) + 0.5);
    svg += turned
               ? svgText(x + 4, top + high + 6, options.columns[i],
                         {.anchor = "end", .size = 11, .vertical = true})
               : svgText(x, top + high + 14, options.columns[i], {.size = 11});
  }
  // The scale: steps from the largest value down.
  constexpr int steps = 32;
  for (int i = 0; i < steps; ++i)
    svg += "<rect x=\"" + coordinate(left + wide + 16) + "\" y=\"" +
           coordinate(top + high * i / steps) + "\" width=\"14\" height=\"" +
           coordinate(high / steps + 0.5) + "\" fill=\"" +
           detail::colourOf(1 - (i + 0.5) / steps) + "\"/>\n";
  svg += svgText(left + wide + 34, top + 10, detail::shortNumber(high1),
                 {.anchor = "start", .size = 11});
  svg += svgText(left + wide + 34, top + high, detail::shortNumber(low),
                 {.anchor = "start", .size = 11});
  return svg + "</svg>\n";
}

ImageGrid::ImageGrid(const Tensor &images, ImageGridOptions given, Loc where)
    : options(std::move(given)) {
  int64_t rank = images.rank(where);
  channels = rank == 4 ? images.size(3) : 1;
  bool isByte = images.dtype() == DType::u8;
  if ((rank != 3 && rank != 4) || (channels != 1 && channels != 3) ||
      (!isByte && images.dtype() != DType::f32) || images.count() == 0)
    throw Error("[ImageGrid] expected images [n, height, width] or [n, height, "
                "width, 1 or 3] of u8 or f32, got " +
                    detail::typeOf(images).str(),
                where);
  count = images.size(0), height = images.size(1), width = images.size(2);
  if (!options.labels.empty() && int64_t(options.labels.size()) != count)
    throw Error("[ImageGrid] " + std::to_string(options.labels.size()) +
                    " labels for " + std::to_string(count) + " images",
                where);
  if (isByte) {
    pixels = images.toVector<uint8_t>(where);
    return;
  }
  for (float value : images.data<float>(where))
    pixels.push_back(uint8_t(std::clamp(value, 0.0f, 1.0f) * 255 + 0.5f));
}

std::string ImageGrid::svg() const {
  int64_t columns = std::min(std::max<int64_t>(options.columns, 1), count);
  int64_t rows = (count + columns - 1) / columns;
  // One picture of all images: a tenth of the size of one for each.
  std::vector<uint8_t> all(rows * height * columns * width * channels, 255);
  for (int64_t i = 0; i < count; ++i)
    for (int64_t y = 0; y < height; ++y)
      std::copy_n(pixels.begin() + (i * height + y) * width * channels,
                  width * channels,
                  all.begin() +
                      (((i / columns) * height + y) * columns + i % columns) *
                          width * channels);
  std::string png =
      io::encodePng(tensor(all, {rows * height, columns * width, channels}));
  std::string data = "data:image/png;base64," + base64(png);

  double scale = double(std::max<int64_t>(options.scale, 1));
  double wide = double(width) * scale, high = double(height) * scale;
  double gap = 6, label = options.labels.empty() ? 0 : 15, top = 36;
  double total = std::max(double(columns) * (wide + gap) + gap,
                          8.5 * double(options.title.size()) + 20);
  std::string svg =
      detail::svgOpen(total, top + double(rows) * (high + gap + label) + gap);
  svg += svgText(total / 2, 22, options.title, {.size = 15});
  // Each cell is a window onto the one picture.
  svg += "<defs><image id=\"all\" width=\"" +
         coordinate(wide * double(columns)) + "\" height=\"" +
         coordinate(high * double(rows)) +
         "\" image-rendering=\"pixelated\" href=\"" + data + "\"/></defs>\n";
  for (int64_t i = 0; i < count; ++i) {
    int64_t row = i / columns, column = i % columns;
    double x = gap + double(column) * (wide + gap);
    double y = top + double(row) * (high + gap + label);
    svg += "<svg x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) +
           "\" width=\"" + coordinate(wide) + "\" height=\"" +
           coordinate(high) + "\"><use href=\"#all\" x=\"" +
           coordinate(-wide * double(column)) + "\" y=\"" +
           coordinate(-high * double(row)) + "\"/></svg>\n";
    if (label > 0)
      svg +=
          svgText(x + wide / 2, y + high + 12, options.labels[i], {.size = 11});
  }
  return svg + "</svg>\n";
}

} // namespace dlc::plot
