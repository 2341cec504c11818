#include "detail/Svg.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace dlc::detail {

std::string escape(std::string_view text) {
  std::string safe;
  for (char c : text)
    switch (c) {
    case '&':
      safe += "&amp;";
      break;
    case '<':
      safe += "&lt;";
      break;
    case '>':
      safe += "&gt;";
      break;
    case '"':
      safe += "&quot;";
      break;
    default:
      safe += c;
    }
  return safe;
}

std::string shortNumber(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.4g", value + 0.0); // no -0
  return text.data();
}

std::string coordinate(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

std::string svgText(double x, double y, std::string_view text,
                    TextStyle style) {
  std::string turn = style.vertical
                         ? " transform=\"rotate(-90 " + coordinate(x) + " " +
                               coordinate(y) + ")\""
                         : "";
  return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) +
         "\" font-size=\"" + std::to_string(style.size) + "\" text-anchor=\"" +
         style.anchor + "\"" + turn + ">" + escape(text) + "</text>\n";
}

std::string svgOpen(double width, double height) {
  std::string w = coordinate(width), h = coordinate(height);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + w +
         "\" height=\"" + h + "\" viewBox=\"0 0 " + w + " " + h +
         "\" font-family=\"sans-serif\" fill=\"#222\">\n<rect width=\"" + w +
         "\" height=\"" + h + "\" fill=\"white\"/>\n";
}

std::string colourOf(double share) {
  // Viridis at sixths; straight lines between.
  constexpr std::array<std::array<int, 3>, 7> stops = {{{0x44, 0x01, 0x54},
                                                        {0x44, 0x3a, 0x83},
                                                        {0x31, 0x68, 0x8e},
                                                        {0x21, 0x91, 0x8c},
                                                        {0x35, 0xb7, 0x79},
                                                        {0x90, 0xd7, 0x43},
                                                        {0xfd, 0xe7, 0x25}}};
  double at = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
  size_t first = std::min(size_t(at), stops.size() - 2);
  double part = at - double(first);
  std::array<char, 8> text;
  auto mix = [&](int i) {
    return unsigned(stops[first][i] * (1 - part) + stops[first + 1][i] * part +
                    0.5);
  };
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", mix(0) & 255,
                mix(1) & 255, mix(2) & 255);
  return text.data();
}

} // namespace dlc::detail
