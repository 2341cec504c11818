// What a training leaves behind.

#ifndef DLC_FRONTEND_TRAIN_RUN_H
#define DLC_FRONTEND_TRAIN_RUN_H

#include <dlc/io/Checkpoint.h>

#include <map>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::train {

/// Settings by name; numbers are written as numbers.
using Config = std::map<std::string, std::string>;

/// A folder with config.json, metrics.jsonl (a line a row), curve.svg (the
/// rows over their first number) and model.safetensors. Made if need be; every
/// file is replaced as a whole. Without a folder it does nothing.
class Run {
public:
  explicit Run(std::string directory, const Config &config = {},
               Loc where = Loc::current());

  bool exists() const { return !directory.empty(); }
  /// The path of a file in the folder.
  std::string path(const std::string &file) const;

  /// Adds a row, e.g. {{"epoch", 3}, {"loss", 0.25}}: to metrics.jsonl and the
  /// curve.
  void log(const std::vector<std::pair<std::string, double>> &row,
           Loc where = Loc::current());
  /// Takes up the rows that metrics.jsonl holds, so that new ones follow them.
  void reload(Loc where = Loc::current());
  /// Writes model.safetensors.
  void saveModel(TreeRef model, Loc where = Loc::current());

private:
  void add(const std::vector<std::pair<std::string, double>> &row);

  std::string directory, lines;
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::pair<double, double>>> curves;
};

} // namespace dlc::train
#pragma GCC visibility pop

#endif // DLC_FRONTEND_TRAIN_RUN_H
