// Pictures are well-formed, self-contained, and show what they are given.

#include "Support.h"

#include <dlc/dlc.h>

#include <cmath>

using namespace dlc;
using test::errorOf;

namespace {

size_t count(const std::string &text, const std::string &part) {
  size_t n = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1))
    ++n;
  return n;
}

/// No reference leads outside of the file.
void expectSelfContained(const std::string &text) {
  EXPECT_EQ(count(text, "http"), count(text, "http://www.w3.org/2000/svg"));
  EXPECT_EQ(count(text, "<script"), 0u);
  EXPECT_EQ(count(text, "url("), 0u);
}

TEST(Plot, LinesAndPoints) {
  plot::Figure figure({.title = "a < b & c", .xLabel = "x", .logY = true});
  figure.line({1, 2, 3, 4}, {0.001, NAN, 10, -1}, "gap");
  figure.scatter({1, 2}, {5, 6}, "points");
  std::string svg = figure.svg();
  EXPECT_EQ(count(svg, "<path"), 1u);
  EXPECT_EQ(count(svg, "M"), 2u); // the gap starts the line anew
  EXPECT_EQ(count(svg, "<circle"), 2u);
  EXPECT_EQ(count(svg, "a &lt; b &amp; c"), 1u);
  EXPECT_EQ(count(svg, ">points<"), 1u);
  EXPECT_EQ(count(svg, "nan"), 0u);
  EXPECT_EQ(count(svg, "inf"), 0u);
  expectSelfContained(svg);
  EXPECT_EQ(errorOf([] { plot::Figure().line({1, 2}, {1}); }),
            "[plot] 2 values of x and 1 of y");
}

TEST(Plot, TicksOfLogAxes) {
  auto shows = [](double high, const std::string &tick) {
    plot::Figure figure({.logY = true});
    figure.line({1, 2}, {1.1, high});
    return count(figure.svg(), ">" + tick + "<") > 0;
  };
  // Round numbers within a decade; 2 and 5 beside 10; powers of ten alone.
  EXPECT_TRUE(shows(9, "6"));
  EXPECT_TRUE(shows(90, "5") && shows(90, "10") && shows(90, "50"));
  EXPECT_TRUE(shows(1e6, "100") && !shows(1e6, "200"));
}

TEST(Plot, NothingAndOnePoint) {
  EXPECT_EQ(count(plot::Figure().svg(), "nan"), 0u);
  plot::Figure one;
  one.line({5}, {7});
  EXPECT_EQ(count(one.svg(), "nan"), 0u);
}

TEST(Plot, HeatMaps) {
  plot::HeatMap map(tensor<float>({{0, 1}, {2, NAN}}),
                    {.columns = {"p", "q"}, .rows = {"r", "s"}});
  std::string svg = map.svg();
  EXPECT_NE(svg.find("#440154"), std::string::npos); // the smallest
  EXPECT_NE(svg.find("#fde725"), std::string::npos); // the largest
  expectSelfContained(svg);
  EXPECT_EQ(errorOf([] { plot::HeatMap(zeros({2, 2}), {.rows = {"r"}}); }),
            "[HeatMap] 1 names for 2 rows");
  EXPECT_EQ(errorOf([] { plot::HeatMap(zeros({2})); }),
            "[HeatMap] expected a matrix, got tensor<2xf32>");
}

TEST(Plot, ImageGrids) {
  plot::ImageGrid grid(zeros({3, 4, 5}, DType::u8),
                       {.columns = 2, .labels = {"a", "b", "c"}});
  std::string svg = grid.svg();
  EXPECT_EQ(count(svg, "<use"), 3u);
  EXPECT_EQ(count(svg, "data:image/png;base64,"), 1u);
  expectSelfContained(svg);
  EXPECT_EQ(count(plot::ImageGrid(zeros({1, 4, 5, 3})).svg(), "<use"), 1u);
  EXPECT_EQ(errorOf([] { plot::ImageGrid(zeros({1, 2, 3, 4})); }),
            "[ImageGrid] expected images [n, height, width] or [n, height, "
            "width, 1 or 3] of u8 or f32, got tensor<1x2x3x4xf32>");
}

TEST(Plot, Pages) {
  plot::Page page("Title");
  page.heading("<h>")
      .paragraph("text")
      .picture(plot::Figure())
      .weighted({{"good", 1}, {"bad", -0.5}})
      .table({{"a", "b"}, {"1", "2"}});
  std::string html = page.html();
  expectSelfContained(html);
  EXPECT_EQ(count(html, "&lt;h&gt;"), 1u);
  EXPECT_EQ(count(html, "rgba(214,39,40,0.85)"), 1u);
  EXPECT_EQ(count(html, "rgba(31,119,180,0.425)"), 1u);
  EXPECT_EQ(count(html, "<td>"), 2u);
  EXPECT_EQ(errorOf([&] { page.save("/nowhere/a.html"); }),
            "[plot] cannot write '/nowhere/a.html': No such file or directory");
}

} // namespace
