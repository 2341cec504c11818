#include <dlc/data/ImageFolder.h>

#include <dlc/io/Png.h>

#include <algorithm>
#include <filesystem>

namespace dlc::data {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sortedEntries(const fs::path &folder, Loc where) {
  std::error_code problem;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem))
    entries.push_back(it->path());
  if (problem)
    throw Error("[readImageFolder] cannot read '" + folder.string() +
                    "': " + problem.message(),
                where);
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::string sizeOf(const Shape &shape) {
  return std::to_string(shape[1]) + "x" + std::to_string(shape[0]);
}

} // namespace

ImageFolder readImageFolder(const std::string &directory, int64_t channels,
                            Loc where) {
  std::vector<std::string> classes;
  std::vector<uint8_t> pixels;
  std::vector<int32_t> labels;
  Shape shape;
  for (const fs::path &folder : sortedEntries(directory, where)) {
    if (!fs::is_directory(folder))
      continue;
    size_t before = labels.size();
    for (const fs::path &file : sortedEntries(folder, where)) {
      if (file.extension() != ".png")
        continue;
      Tensor image = io::loadPng(file.string(), channels, where);
      if (shape.empty())
        shape = image.shape();
      if (image.shape() != shape)
        throw Error("[readImageFolder] '" + file.string() + "' has " +
                        sizeOf(image.shape()) +
                        " pixels, the images before it " + sizeOf(shape),
                    where);
      auto data = image.data<uint8_t>(where);
      pixels.insert(pixels.end(), data.begin(), data.end());
      labels.push_back(int32_t(classes.size()));
    }
    if (labels.size() == before)
      throw Error("[readImageFolder] no PNG file in '" + folder.string() + "'",
                  where);
    classes.push_back(folder.filename().string());
  }
  if (classes.empty())
    throw Error("[readImageFolder] '" + directory + "' has no subfolders",
                where);
  int64_t count = int64_t(labels.size());
  shape.insert(shape.begin(), count);
  return {TensorDataset(
              {tensor(pixels, shape, where), tensor(labels, {count}, where)},
              where),
          std::move(classes)};
}

} // namespace dlc::data
