#include <dlc/data/Cifar.h>

#include "detail/Bytes.h"
#include "io/Reader.h"

#include <filesystem>

namespace dlc::data::cifar {
namespace {

constexpr int64_t side = 32, channels = 3, pixels = side * side;
constexpr int64_t byteLimit = int64_t(1) << 31;

TensorDataset join(const std::vector<TensorDataset> &parts, Loc where) {
  std::vector<uint8_t> images;
  std::vector<int32_t> labels;
  for (const TensorDataset &part : parts) {
    auto image = part[0].data<uint8_t>(where);
    images.insert(images.end(), image.begin(), image.end());
    auto label = part[1].data<int32_t>(where);
    labels.insert(labels.end(), label.begin(), label.end());
  }
  int64_t count = int64_t(labels.size());
  return TensorDataset({tensor(images, {count, side, side, channels}, where),
                        tensor(labels, {count}, where)},
                       where);
}

} // namespace

TensorDataset read(const std::string &path, int64_t classes, Loc where) {
  runtime::Reader reader =
      detail::check("cifar", runtime::Reader::open(path), where);
  std::string bytes = detail::check("cifar", reader.readAll(byteLimit), where);
  int64_t labelBytes = classes > 10 ? 2 : 1;
  int64_t record = labelBytes + pixels * channels;
  int64_t count = int64_t(bytes.size()) / record;
  if (bytes.empty() || int64_t(bytes.size()) % record != 0)
    detail::fail("cifar",
                 reader.error("it holds " + std::to_string(bytes.size()) +
                              " bytes, no whole number of records of " +
                              std::to_string(record)),
                 where);
  std::vector<uint8_t> images(count * pixels * channels);
  std::vector<int32_t> labels(count);
  for (int64_t i = 0; i < count; ++i) {
    auto *from = reinterpret_cast<const uint8_t *>(bytes.data()) + i * record;
    labels[i] = from[labelBytes - 1];
    if (labels[i] >= classes)
      detail::fail("cifar",
                   reader.error("the label of record " + std::to_string(i) +
                                " is " + std::to_string(labels[i]) +
                                ", outside [0, " + std::to_string(classes) +
                                ")"),
                   where);
    // The file has one plane a channel; ours is the channel of each pixel.
    uint8_t *to = images.data() + i * pixels * channels;
    for (int64_t channel = 0; channel < channels; ++channel)
      for (int64_t pixel = 0; pixel < pixels; ++pixel)
        to[pixel * channels + channel] =
            from[labelBytes + channel * pixels + pixel];
  }
  return TensorDataset({tensor(images, {count, side, side, channels}, where),
                        tensor(labels, {count}, where)},
                       where);
}

idx::Split load(const std::string &directory, Loc where) {
  auto path = [&](const std::string &name) {
    return (std::filesystem::path(directory) / name).string();
  };
  auto exists = [&](const std::string &name) {
    std::error_code ignored;
    return std::filesystem::exists(path(name), ignored);
  };
  if (exists("train.bin") && exists("test.bin"))
    return {read(path("train.bin"), 100, where),
            read(path("test.bin"), 100, where)};
  std::vector<TensorDataset> parts;
  for (int i = 1; i <= 5; ++i) {
    std::string name = "data_batch_" + std::to_string(i) + ".bin";
    if (exists(name))
      parts.push_back(read(path(name), 10, where));
  }
  if (parts.empty() || !exists("test_batch.bin"))
    throw Error("[cifar] no data_batch_1.bin and test_batch.bin in '" +
                    directory + "'",
                where);
  return {join(parts, where), read(path("test_batch.bin"), 10, where)};
}

} // namespace dlc::data::cifar
