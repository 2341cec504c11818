// Long work that says how far it is.

#ifndef DLC_FRONTEND_TRAIN_PROGRESS_H
#define DLC_FRONTEND_TRAIN_PROGRESS_H

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::train {

/// A number of a table's row, under its column's name, e.g. {"loss", "%9.4f",
/// 0.25}.
struct Cell {
  std::string name, format;
  double value;
};

/// Prints the rows of a table on standard output and, on a terminal, a bar
/// below them with rate and remaining time. Elsewhere only the rows: plain
/// lines. NO_COLOR leaves the colours out.
class Progress {
public:
  /// `steps` is the length of the bar, one for each row; a quiet one prints
  /// nothing.
  explicit Progress(int64_t steps, bool quiet = false);
  ~Progress();

  /// So many steps of the current row are done.
  void step(int64_t done);
  /// Prints a row (the first time, the names above it) and starts the next one.
  void row(const std::vector<Cell> &cells);
  /// Removes the bar, so that other text may be printed.
  void clear();

  /// Since the last row (or the beginning).
  double seconds() const;

private:
  using Clock = std::chrono::steady_clock;

  int64_t steps;
  bool quiet, terminal, colour;
  bool headIsPrinted = false, barIsShown = false;
  Clock::time_point start = Clock::now(), drawn = {};
};

} // namespace dlc::train
#pragma GCC visibility pop

#endif // DLC_FRONTEND_TRAIN_PROGRESS_H
