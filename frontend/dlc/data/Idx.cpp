#include <dlc/data/Idx.h>

#include "io/Reader.h"

#include <array>
#include <filesystem>

namespace dlc::data::idx {
namespace {

using runtime::Reader;
using runtime::Status;

/// The most that is read of one file: enough for all of EMNIST, and the end of
/// a gzip file that unpacks to more than anybody wants.
constexpr int64_t byteLimit = int64_t(1) << 31;

Error failure(const runtime::Error &error, Loc where) {
  return Error("[idx] " + error.message, where);
}

void check(const Status &status, Loc where) {
  if (!status.ok())
    throw failure(status.error(), where);
}

/// The header: two zero bytes, the element type, the number of dimensions,
/// then each size as four bytes, the highest first.
Shape readHeader(Reader &reader, Loc where) {
  std::array<uint8_t, 4> magic;
  check(reader.read(magic.data(), magic.size()), where);
  if (magic[0] != 0 || magic[1] != 0)
    throw failure(reader.error("it is not an IDX file: the magic number at "
                               "byte 0 begins with " +
                               std::to_string(magic[0]) + " " +
                               std::to_string(magic[1]) + ", not 0 0"),
                  where);
  constexpr int unsignedByte = 8;
  if (magic[2] != unsignedByte)
    throw failure(reader.error("the element type at byte 2 is " +
                               std::to_string(magic[2]) +
                               "; only 8, unsigned bytes, is supported"),
                  where);
  if (magic[3] < 1 || magic[3] > 4)
    throw failure(reader.error("the number of dimensions at byte 3 is " +
                               std::to_string(magic[3]) + "; expected 1 to 4"),
                  where);
  Shape shape(magic[3]);
  for (int64_t &size : shape) {
    std::array<uint8_t, 4> digits;
    check(reader.read(digits.data(), digits.size()), where);
    size =
        int64_t(digits[0]) << 24 | digits[1] << 16 | digits[2] << 8 | digits[3];
  }
  return shape;
}

/// The file `name` or `name`.gz of a folder; nothing if there is neither.
std::optional<std::string> find(const std::string &directory,
                                const std::string &name) {
  for (const char *ending : {"", ".gz"}) {
    std::filesystem::path path =
        std::filesystem::path(directory) / (name + ending);
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
      return path.string();
  }
  return {};
}

/// A pair of files of a folder; nothing if both are absent.
std::optional<TensorDataset> findPair(const std::string &directory,
                                      const std::string &prefix, Loc where) {
  std::string imagesName = prefix + "-images-idx3-ubyte";
  std::string labelsName = prefix + "-labels-idx1-ubyte";
  auto images = find(directory, imagesName);
  auto labels = find(directory, labelsName);
  if (images && labels)
    return readPair(*images, *labels, 10, where);
  if (images || labels)
    throw Error("[idx] '" + directory + "' has " +
                    (images ? imagesName : labelsName) + " but no " +
                    (images ? labelsName : imagesName) + ", plain or .gz",
                where);
  return {};
}

} // namespace

Tensor read(const std::string &path, Loc where) {
  runtime::Expected<Reader> reader = Reader::open(path);
  if (!reader)
    throw failure(reader.error(), where);
  Shape shape = readHeader(*reader, where);
  int64_t bytes = 1;
  bool overflows = false;
  for (int64_t size : shape)
    overflows |= __builtin_mul_overflow(bytes, size, &bytes);
  if (overflows || bytes > reader->bound())
    throw failure(
        reader->error("its header claims more bytes than the file can hold"),
        where);
  if (bytes > byteLimit)
    throw failure(reader->error("it holds " + std::to_string(bytes) +
                                " bytes; the limit is 2 GiB"),
                  where);
  std::vector<uint8_t> elements(bytes);
  check(reader->read(elements.data(), bytes), where);
  check(reader->expectEnd(), where);
  return tensor(elements, shape, where);
}

TensorDataset readPair(const std::string &imagesPath,
                       const std::string &labelsPath, int64_t classes,
                       Loc where) {
  Tensor images = read(imagesPath, where), codes = read(labelsPath, where);
  if (images.rank() != 3)
    throw Error("[idx] '" + imagesPath +
                    "': expected images of 3 dimensions, got " +
                    std::to_string(images.rank()),
                where);
  if (codes.rank() != 1)
    throw Error("[idx] '" + labelsPath +
                    "': expected labels of 1 dimension, got " +
                    std::to_string(codes.rank()),
                where);
  if (images.size(0) != codes.size(0))
    throw Error("[idx] '" + labelsPath + "' holds " +
                    std::to_string(codes.size(0)) + " labels for the " +
                    std::to_string(images.size(0)) + " images of '" +
                    imagesPath + "'",
                where);
  std::vector<int32_t> labels;
  for (uint8_t code : codes.data<uint8_t>(where)) {
    if (code >= classes)
      throw Error("[idx] '" + labelsPath + "': label " +
                      std::to_string(labels.size()) + " is " +
                      std::to_string(code) + ", outside [0, " +
                      std::to_string(classes) + ")",
                  where);
    labels.push_back(code);
  }
  return TensorDataset({images, tensor(labels, {codes.size(0)}, where)}, where);
}

Split load(const std::string &directory, Loc where) {
  std::optional<TensorDataset> test = findPair(directory, "t10k", where);
  if (!test)
    throw Error("[idx] no t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, "
                "plain or .gz, in '" +
                    directory + "'",
                where);
  if (std::optional<TensorDataset> train = findPair(directory, "train", where))
    return {std::move(*train), std::move(*test)};
  int64_t count = test->size(), cut = count * 4 / 5;
  return {test->slice(0, cut, where), test->slice(cut, count, where)};
}

} // namespace dlc::data::idx
