// A folder of pictures, a subfolder a class.

#ifndef DLC_FRONTEND_DATA_IMAGEFOLDER_H
#define DLC_FRONTEND_DATA_IMAGEFOLDER_H

#include <dlc/data/TensorDataset.h>

#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::data {

struct ImageFolder {
  /// Images u8 [count, height, width, channels], labels i32 [count].
  TensorDataset samples;
  /// The subfolders' names, sorted: the classes.
  std::vector<std::string> classes;
};

/// Reads all PNG files of `directory`/CLASS/, in the order of their names. The
/// first one's size is everybody's; another one throws and is named. So does a
/// class without images.
ImageFolder readImageFolder(const std::string &directory, int64_t channels = 3,
                            Loc where = Loc::current());

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_IMAGEFOLDER_H
