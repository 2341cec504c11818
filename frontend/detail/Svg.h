// Writing SVG and HTML.

#ifndef DLC_FRONTEND_DETAIL_SVG_H
#define DLC_FRONTEND_DETAIL_SVG_H

#include <string>
#include <string_view>

namespace dlc::detail {

/// Text with &, <, > and quotes replaced.
std::string escape(std::string_view text);
/// As short as four digits allow: "0.25", "1e-06".
std::string shortNumber(double value);
/// A coordinate, to a hundredth.
std::string coordinate(double value);

struct TextStyle {
  const char *anchor = "middle";
  int size = 12;
  bool vertical = false;
};
std::string svgText(double x, double y, std::string_view text,
                    TextStyle style = {});
/// The start of a picture on white.
std::string svgOpen(double width, double height);

/// A colour of viridis, "#440154" at 0 to "#fde725" at 1.
std::string colourOf(double share);

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_SVG_H
