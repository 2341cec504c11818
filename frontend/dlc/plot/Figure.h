// Pictures as SVG: lines, points, heat maps, grids of images. A file needs
// nothing from outside: no script, no font, no network.

#ifndef DLC_FRONTEND_PLOT_FIGURE_H
#define DLC_FRONTEND_PLOT_FIGURE_H

#include <dlc/Ops.h>

#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::plot {

struct Options {
  std::string title = {}, xLabel = {}, yLabel = {};
  /// Logarithmic axes: what is not positive is left out.
  bool logX = false, logY = false;
  int width = 640, height = 400;
};

/// A picture that can be saved or put on a page.
class Picture {
public:
  virtual ~Picture() = default;
  virtual std::string svg() const = 0;
  /// Writes the SVG. Throws if it cannot.
  void save(const std::string &path, Loc where = Loc::current()) const;
};

/// Lines and points over two axes. Values that are not finite leave gaps.
class Figure : public Picture {
public:
  explicit Figure(Options options = {}) : options(std::move(options)) {}

  /// Joins points by a line. Throws if the sizes differ.
  Figure &line(std::vector<double> x, std::vector<double> y,
               std::string label = {}, Loc where = Loc::current());
  /// A line over 1, 2, ….
  Figure &curve(std::vector<double> y, std::string label = {},
                Loc where = Loc::current());
  Figure &scatter(std::vector<double> x, std::vector<double> y,
                  std::string label = {}, Loc where = Loc::current());

  std::string svg() const override;

private:
  struct Series {
    std::vector<double> x, y;
    std::string label;
    bool isLine;
  };
  Options options;
  std::vector<Series> series;
};

struct HeatMapOptions {
  std::string title = {}, xLabel = {}, yLabel = {};
  /// Names of columns and rows; none are needed.
  std::vector<std::string> columns = {}, rows = {};
  /// Writes the numbers into the cells.
  bool numbers = false;
};

/// A matrix as colours, dark for small and bright for large values, with a
/// scale. f32 [rows, columns].
class HeatMap : public Picture {
public:
  explicit HeatMap(const Tensor &values, HeatMapOptions options = {},
                   Loc where = Loc::current());
  std::string svg() const override;

private:
  int64_t rowCount, columnCount;
  std::vector<float> values;
  HeatMapOptions options;
};

struct ImageGridOptions {
  std::string title = {};
  int64_t columns = 8;
  /// Pixels on the screen for one of an image.
  int64_t scale = 2;
  /// One for each image.
  std::vector<std::string> labels = {};
};

/// Images side by side, each with its label: [n, height, width] or [n, height,
/// width, 1 or 3], u8 in 0 … 255 or f32 in 0 … 1.
class ImageGrid : public Picture {
public:
  explicit ImageGrid(const Tensor &images, ImageGridOptions options = {},
                     Loc where = Loc::current());
  std::string svg() const override;

private:
  int64_t count, height, width, channels;
  std::vector<uint8_t> pixels;
  ImageGridOptions options;
};

} // namespace dlc::plot
#pragma GCC visibility pop

#endif // DLC_FRONTEND_PLOT_FIGURE_H
