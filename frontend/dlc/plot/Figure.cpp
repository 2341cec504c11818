#include <dlc/plot/Figure.h>

#include "detail/Svg.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace dlc::plot {
namespace {

using detail::coordinate;
using detail::shortNumber;
using detail::svgText;

constexpr std::array<const char *, 8> palette = {
    "#1f77b4", "#d62728", "#2ca02c", "#ff7f0e",
    "#9467bd", "#8c564b", "#e377c2", "#17becf"};

/// Maps values to pixels, and chooses ticks.
class Axis {
public:
  Axis(bool isLog, double pixel0, double pixel1)
      : isLog(isLog), pixel0(pixel0), pixel1(pixel1) {}

  bool shows(double value) const {
    return std::isfinite(value) && (!isLog || value > 0);
  }
  void include(double value) {
    low = std::min(low, scaled(value));
    high = std::max(high, scaled(value));
  }
  /// To be called when everything is included.
  void finish() {
    if (low > high)
      low = 0, high = 1;
    double margin = high > low ? 0.04 * (high - low) : 0.5;
    low -= margin, high += margin;
  }
  double pixel(double value) const {
    return pixel0 + (scaled(value) - low) / (high - low) * (pixel1 - pixel0);
  }

  /// Round values; on a log axis powers of ten, and twice and five times each
  /// where there are few.
  std::vector<double> ticks() const {
    double span = high - low;
    std::vector<double> values;
    if (isLog && span >= 1.2) {
      double step = std::max(1.0, std::ceil(span / 7));
      std::vector<double> factors = {1};
      if (span < 3)
        factors = {1, 2, 5};
      for (double i = std::floor(low / step); i * step <= high; ++i)
        for (double factor : factors)
          if (double tick = factor * std::pow(10, i * step);
              scaled(tick) >= low && scaled(tick) <= high)
            values.push_back(tick);
      return values;
    }
    double first = isLog ? std::pow(10, low) : low;
    double last = isLog ? std::pow(10, high) : high;
    double step = round((last - first) / 6);
    for (double i = std::ceil(first / step); i * step <= last; ++i)
      values.push_back(i * step);
    return values;
  }

private:
  double scaled(double value) const {
    return isLog ? std::log10(value) : value;
  }
  /// 1, 2 or 5 times a power of ten, at least `step`.
  static double round(double step) {
    double power = std::pow(10, std::floor(std::log10(step)));
    for (double factor : {1.0, 2.0, 5.0})
      if (factor * power >= step * (1 - 1e-9))
        return factor * power;
    return 10 * power;
  }

  bool isLog;
  double pixel0, pixel1;
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

std::string stroke(double x1, double y1, double x2, double y2,
                   const char *colour) {
  return "<line x1=\"" + coordinate(x1) + "\" y1=\"" + coordinate(y1) +
         "\" x2=\"" + coordinate(x2) + "\" y2=\"" + coordinate(y2) +
         "\" stroke=\"" + colour + "\"/>\n";
}

} // namespace

Figure &Figure::line(std::vector<double> x, std::vector<double> y,
                     std::string label, Loc where) {
  if (x.size() != y.size())
    throw Error("[plot] " + std::to_string(x.size()) + " values of x and " +
                    std::to_string(y.size()) + " of y",
                where);
  series.push_back({std::move(x), std::move(y), std::move(label), true});
  return *this;
}

Figure &Figure::curve(std::vector<double> y, std::string label, Loc where) {
  std::vector<double> x(y.size());
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = double(i + 1);
  return line(std::move(x), std::move(y), std::move(label), where);
}

Figure &Figure::scatter(std::vector<double> x, std::vector<double> y,
                        std::string label, Loc where) {
  line(std::move(x), std::move(y), std::move(label), where);
  series.back().isLine = false;
  return *this;
}

std::string Figure::svg() const {
  // The labels stand beside the axes, where they hide nothing.
  size_t longest = 0;
  for (const Series &one : series)
    longest = std::max(longest, one.label.size());
  double labelWidth = longest ? 40 + 6.4 * double(longest) : 0;
  double left = 70, right = options.width - 20 - labelWidth, top = 36,
         bottom = options.height - 50;
  Axis x(options.logX, left, right), y(options.logY, bottom, top);
  for (const Series &one : series)
    for (size_t i = 0; i < one.x.size(); ++i)
      if (x.shows(one.x[i]) && y.shows(one.y[i]))
        x.include(one.x[i]), y.include(one.y[i]);
  x.finish(), y.finish();

  std::string svg = detail::svgOpen(options.width, options.height);
  svg += svgText((left + right) / 2, 22, options.title, {.size = 15});
  svg += svgText((left + right) / 2, options.height - 12, options.xLabel);
  svg += svgText(18, (top + bottom) / 2, options.yLabel, {.vertical = true});
  for (double tick : x.ticks()) {
    svg += stroke(x.pixel(tick), top, x.pixel(tick), bottom, "#e4e4e4");
    svg += svgText(x.pixel(tick), bottom + 17, shortNumber(tick), {.size = 11});
  }
  for (double tick : y.ticks()) {
    svg += stroke(left, y.pixel(tick), right, y.pixel(tick), "#e4e4e4");
    svg += svgText(left - 6, y.pixel(tick) + 4, shortNumber(tick),
                   {.anchor = "end", .size = 11});
  }
  svg += "<rect x=\"" + coordinate(left) + "\" y=\"" + coordinate(top) +
         "\" width=\"" + coordinate(right - left) + "\" height=\"" +
         coordinate(bottom - top) + "\" fill=\"none\" stroke=\"#444\"/>\n";

  for (size_t s = 0; s < series.size(); ++s) {
    const Series &one = series[s];
    const char *colour = palette[s % palette.size()];
    std::string path;
    bool isDown = false;
    for (size_t i = 0; i < one.x.size(); ++i) {
      bool shown = x.shows(one.x[i]) && y.shows(one.y[i]);
      if (!shown) {
        isDown = false;
        continue;
      }
      std::string px = coordinate(x.pixel(one.x[i]));
      std::string py = coordinate(y.pixel(one.y[i]));
      if (one.isLine)
        path += (isDown ? "L" : "M") + px + " " + py;
      else
        svg += "<circle cx=\"" + px + "\" cy=\"" + py + "\" r=\"2.5\" fill=\"" +
               colour + "\" fill-opacity=\"0.6\"/>\n";
      isDown = true;
    }
    if (one.isLine)
      svg += "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + colour +
             "\" stroke-width=\"1.8\" stroke-linejoin=\"round\"/>\n";
  }

  double boxLeft = right + 4;
  double row = top + 14;
  for (size_t s = 0; s < series.size(); ++s) {
    if (series[s].label.empty())
      continue;
    svg += "<rect x=\"" + coordinate(boxLeft + 8) + "\" y=\"" +
           coordinate(row - 6) + "\" width=\"16\" height=\"4\" fill=\"" +
           palette[s % palette.size()] + "\"/>\n";
    svg += svgText(boxLeft + 30, row, series[s].label,
                   {.anchor = "start", .size = 11});
    row += 16;
  }
  return svg + "</svg>\n";
}

} // namespace dlc::plot
