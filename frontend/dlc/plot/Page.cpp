#include <dlc/plot/Page.h>

#include "detail/Bytes.h"
#include "detail/Svg.h"
#include "io/Writer.h"

#include <algorithm>
#include <cmath>

namespace dlc::plot {

using detail::escape;

Page &Page::heading(std::string_view text) {
  body += "<h2>" + escape(text) + "</h2>\n";
  return *this;
}

Page &Page::paragraph(std::string_view text) {
  body += "<p>" + escape(text) + "</p>\n";
  return *this;
}

Page &Page::picture(const Picture &picture) {
  // The identifiers of an SVG are the page's: give each picture its own.
  std::string svg = picture.svg();
  std::string number = std::to_string(body.size());
  for (const char *quoted : {"id=\"all", "#all"})
    for (size_t at = svg.find(quoted); at != std::string::npos;
         at = svg.find(quoted, at + 1))
      svg.insert(at + std::string_view(quoted).size(), number);
  body += "<div>" + svg + "</div>\n";
  return *this;
}

Page &Page::weighted(const std::vector<std::pair<std::string, double>> &words) {
  double largest = 0;
  for (const auto &[word, weight] : words)
    largest = std::max(largest, std::abs(weight));
  body += "<p class=\"words\">";
  for (const auto &[word, weight] : words) {
    double share = largest > 0 ? std::abs(weight) / largest : 0;
    body += "<span title=\"" + detail::shortNumber(weight) +
            "\" style=\"background:rgba(" +
            (weight >= 0 ? "214,39,40," : "31,119,180,") +
            detail::shortNumber(0.85 * share) + ")\">" + escape(word) +
            "</span> ";
  }
  body += "</p>\n";
  return *this;
}

Page &Page::table(const std::vector<std::vector<std::string>> &rows) {
  body += "<table>\n";
  for (size_t i = 0; i < rows.size(); ++i) {
    const char *cell = i == 0 ? "th" : "td";
    body += "<tr>";
    for (const std::string &text : rows[i])
      body += std::string("<") + cell + ">" + escape(text) + "</" + cell + ">";
    body += "</tr>\n";
  }
  body += "</table>\n";
  return *this;
}

std::string Page::html() const {
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<title>" +
         escape(title) +
         "</title>\n<style>body{font-family:sans-serif;max-width:60em;"
         "margin:2em auto;padding:0 1em;color:#222}"
         ".words span{padding:2px 4px;border-radius:3px;line-height:1.9}"
         "table{border-collapse:collapse}"
         "td,th{border:1px solid #ccc;padding:3px 8px;text-align:left}"
         "</style></head>\n<body><h1>" +
         escape(title) + "</h1>\n" + body + "</body></html>\n";
}

void Page::save(const std::string &path, Loc where) const {
  std::string text = html();
  detail::check("plot", runtime::writeFile(path, {text}), where);
}

} // namespace dlc::plot
