// IDX files: the format of MNIST and Fashion-MNIST.

#ifndef DLC_FRONTEND_DATA_IDX_H
#define DLC_FRONTEND_DATA_IDX_H

#include <dlc/data/TensorDataset.h>

#include <optional>
#include <string>

#pragma GCC visibility push(default)
namespace dlc::data::idx {

/// Reads an IDX file of unsigned bytes, plain or gzip, as a u8 tensor. Throws
/// an error that names the file and the place for a wrong magic number, a file
/// that ends early, bytes after the end, or sizes that no memory holds.
Tensor read(const std::string &path, Loc where = Loc::current());

/// Images u8 [count, rows, columns] and labels i32 [count] of two files. A
/// label outside [0, classes) or another number of labels than of images
/// throws.
TensorDataset readPair(const std::string &imagesPath,
                       const std::string &labelsPath, int64_t classes = 10,
                       Loc where = Loc::current());

struct Split {
  TensorDataset train, test;
};

/// Reads a folder with MNIST's or Fashion-MNIST's names:
/// train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and
/// t10k-labels-idx1-ubyte, each plain or with ".gz". If only the t10k pair is
/// there, its first 80 % are for training and the rest is for the test.
Split load(const std::string &directory, Loc where = Loc::current());

} // namespace dlc::data::idx
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_IDX_H
