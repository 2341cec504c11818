// Tables from CSV files.

#ifndef DLC_FRONTEND_DATA_CSV_H
#define DLC_FRONTEND_DATA_CSV_H

#include <dlc/Ops.h>

#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::data {

struct CsvOptions {
  char separator = ',';
  /// The first row names the columns; otherwise they are "0", "1", ….
  bool header = true;
  /// Cells that say that there is no value.
  std::vector<std::string> missing = {"", "NA", "NaN", "nan", "?"};
};

/// A table of text. Columns go by name, rows by number. Errors name the file,
/// the line's number among the records (the header is record 1) and the column.
class Table {
public:
  Table(std::string source, std::vector<std::string> names,
        std::vector<std::vector<std::string>> rows, CsvOptions options = {});

  int64_t size() const { return int64_t(rows.size()); }
  const std::vector<std::string> &columns() const { return names; }
  /// The position of a column. Throws if there is none of that name.
  size_t column(const std::string &name, Loc where = Loc::current()) const;

  const std::string &cell(int64_t row, size_t column) const {
    return rows[row][column];
  }
  bool isMissing(int64_t row, size_t column) const;
  /// True if every cell of the column is a number or missing.
  bool isNumeric(size_t column) const;

  /// A column's numbers, NaN where a value is missing. A cell that is neither
  /// throws.
  std::vector<double> numbers(size_t column, Loc where = Loc::current()) const;
  std::vector<double> numbers(const std::string &name,
                              Loc where = Loc::current()) const {
    return numbers(column(name, where), where);
  }
  std::vector<std::string> texts(size_t column) const;
  /// The different texts of a column that are not missing, sorted.
  std::vector<std::string> categories(size_t column) const;

  /// Numeric columns (all, or those named) as f32 [rows, columns].
  Tensor toTensor(const std::vector<std::string> &columns = {},
                  Loc where = Loc::current()) const;

private:
  std::string source;
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;
  CsvOptions options;
};

/// Reads a CSV file, plain or gzip: RFC 4180 (quotes, doubled quotes, line
/// breaks in quotes), with another separator if need be. A row with more or
/// fewer cells than the first throws, as does a file without rows.
Table readCsv(const std::string &path, CsvOptions options = {},
              Loc where = Loc::current());

/// Writes a table, quoting what needs it.
void writeCsv(const std::string &path, const std::vector<std::string> &names,
              const std::vector<std::vector<std::string>> &rows,
              Loc where = Loc::current());

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_CSV_H
