// CIFAR-10's and CIFAR-100's binary files.

#ifndef DLC_FRONTEND_DATA_CIFAR_H
#define DLC_FRONTEND_DATA_CIFAR_H

#include <dlc/data/Idx.h>

#pragma GCC visibility push(default)
namespace dlc::data::cifar {

/// Reads one file, plain or gzip: images u8 [count, 32, 32, 3] and labels i32
/// [count]. With 100 classes a record has a coarse label before the fine one,
/// which is the one kept. Throws for a file that is no whole number of records
/// and for a label out of range, with the record's number.
TensorDataset read(const std::string &path, int64_t classes = 10,
                   Loc where = Loc::current());

/// Reads a folder: data_batch_1.bin … data_batch_5.bin (those that are there,
/// at least one) and test_batch.bin, or train.bin and test.bin of CIFAR-100.
idx::Split load(const std::string &directory, Loc where = Loc::current());

} // namespace dlc::data::cifar
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_CIFAR_H
