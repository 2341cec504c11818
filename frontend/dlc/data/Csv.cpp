#include <dlc/data/Csv.h>

#include "detail/Bytes.h"
#include "io/Reader.h"
#include "io/Writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <csv.h>
#include <limits>
#include <optional>
#include <set>

namespace dlc::data {
namespace {

constexpr int64_t byteLimit = int64_t(1) << 32;

/// libcsv's parser and the rows it has found.
struct Parser {
  csv_parser parser;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;

  explicit Parser(char separator) {
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, uint8_t(separator));
  }
  ~Parser() { csv_free(&parser); }

  static void cell(void *text, size_t size, void *self) {
    static_cast<Parser *>(self)->row.emplace_back(
        static_cast<const char *>(text), size);
  }
  static void end(int, void *self) {
    auto &parser = *static_cast<Parser *>(self);
    parser.rows.push_back(std::move(parser.row));
    parser.row.clear();
  }
};

std::optional<double> parseNumber(const std::string &text) {
  double value;
  auto [stop, problem] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || stop != text.data() + text.size() ||
      !std::isfinite(value))
    return {};
  return value;
}

} // namespace

Table::Table(std::string source, std::vector<std::string> names,
             std::vector<std::vector<std::string>> rows, CsvOptions options)
    : source(std::move(source)), names(std::move(names)), rows(std::move(rows)),
      options(std::move(options)) {}

size_t Table::column(const std::string &name, Loc where) const {
  auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end())
    throw Error("[csv] '" + source + "' has no column '" + name + "'", where);
  return size_t(at - names.begin());
}

bool Table::isMissing(int64_t row, size_t column) const {
  const auto &missing = options.missing;
  return std::find(missing.begin(), missing.end(), cell(row, column)) !=
         missing.end();
}

bool Table::isNumeric(size_t column) const {
  for (int64_t row = 0; row < size(); ++row)
    if (!isMissing(row, column) && !parseNumber(cell(row, column)))
      return false;
  return true;
}

std::vector<double> Table::numbers(size_t column, Loc where) const {
  std::vector<double> values(rows.size(),
                             std::numeric_limits<double>::quiet_NaN());
  for (int64_t row = 0; row < size(); ++row) {
    if (isMissing(row, column))
      continue;
    std::optional<double> value = parseNumber(cell(row, column));
    if (!value)
      throw Error("[csv] '" + source + "': record " +
                      std::to_string(row + 1 + options.header) + ", column '" +
                      names[column] + "': '" + cell(row, column) +
                      "' is not a number",
                  where);
    values[row] = *value;
  }
  return values;
}

std::vector<std::string> Table::texts(size_t column) const {
  std::vector<std::string> texts;
  for (int64_t row = 0; row < size(); ++row)
    texts.push_back(cell(row, column));
  return texts;
}

std::vector<std::string> Table::categories(size_t column) const {
  std::set<std::string> found;
  for (int64_t row = 0; row < size(); ++row)
    if (!isMissing(row, column))
      found.insert(cell(row, column));
  return {found.begin(), found.end()};
}

Tensor Table::toTensor(const std::vector<std::string> &columns,
                       Loc where) const {
  const std::vector<std::string> &chosen = columns.empty() ? names : columns;
  std::vector<float> values(rows.size() * chosen.size());
  for (size_t i = 0; i < chosen.size(); ++i) {
    std::vector<double> column = numbers(chosen[i], where);
    for (size_t row = 0; row < rows.size(); ++row)
      values[row * chosen.size() + i] = float(column[row]);
  }
  return tensor(values, {size(), int64_t(chosen.size())}, where);
}

Table readCsv(const std::string &path, CsvOptions options, Loc where) {
  runtime::Reader reader =
      detail::check("csv", runtime::Reader::open(path), where);
  std::string bytes = detail::check("csv", reader.readAll(byteLimit), where);
  auto fail = [&](const std::string &text) {
    detail::fail("csv", reader.error(text), where);
  };
  Parser parser(options.separator);
  size_t done = csv_parse(&parser.parser, bytes.data(), bytes.size(),
                          Parser::cell, Parser::end, &parser);
  if (done != bytes.size() ||
      csv_fini(&parser.parser, Parser::cell, Parser::end, &parser) != 0)
    fail("record " + std::to_string(parser.rows.size() + 1) +
         ": a quote is out of place or not closed");

  std::vector<std::vector<std::string>> rows = std::move(parser.rows);
  if (rows.size() <= size_t(options.header))
    fail("it has no rows");
  std::vector<std::string> names;
  if (options.header) {
    names = std::move(rows.front());
    rows.erase(rows.begin());
  } else {
    for (size_t i = 0; i < rows.front().size(); ++i)
      names.push_back(std::to_string(i));
  }
  for (size_t i = 0; i < rows.size(); ++i)
    if (rows[i].size() != names.size())
      fail("record " + std::to_string(i + 1 + options.header) + " has " +
           std::to_string(rows[i].size()) + " cells, the first has " +
           std::to_string(names.size()));
  return Table(path, std::move(names), std::move(rows), std::move(options));
}

void writeCsv(const std::string &path, const std::vector<std::string> &names,
              const std::vector<std::vector<std::string>> &rows, Loc where) {
  std::string text;
  auto add = [&](const std::vector<std::string> &row) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (i)
        text += ',';
      if (row[i].find_first_of(",\"\r\n") == std::string::npos) {
        text += row[i];
        continue;
      }
      std::string quoted(csv_write(nullptr, 0, row[i].data(), row[i].size()),
                         '\0');
      csv_write(quoted.data(), quoted.size(), row[i].data(), row[i].size());
      text += quoted;
    }
    text += '\n';
  };
  add(names);
  for (const auto &row : rows)
    add(row);
  detail::check("csv", runtime::writeFile(path, {text}), where);
}

} // namespace dlc::data
