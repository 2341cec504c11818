// Reports as one HTML file.

#ifndef DLC_FRONTEND_PLOT_PAGE_H
#define DLC_FRONTEND_PLOT_PAGE_H

#include <dlc/plot/Figure.h>

#include <utility>

#pragma GCC visibility push(default)
namespace dlc::plot {

/// A page of headings, text, pictures and tables, one after the other. It
/// needs nothing from outside.
class Page {
public:
  explicit Page(std::string title) : title(std::move(title)) {}

  Page &heading(std::string_view text);
  Page &paragraph(std::string_view text);
  Page &picture(const Picture &picture);
  /// Words, each on a colour: red for positive weights, blue for negative ones,
  /// the stronger the larger the weight beside the largest.
  Page &weighted(const std::vector<std::pair<std::string, double>> &words);
  /// A table; the first row is its head.
  Page &table(const std::vector<std::vector<std::string>> &rows);

  std::string html() const;
  /// Writes the page. Throws if it cannot.
  void save(const std::string &path, Loc where = Loc::current()) const;

private:
  std::string title, body;
};

} // namespace dlc::plot
#pragma GCC visibility pop

#endif // DLC_FRONTEND_PLOT_PAGE_H
