// IDX files: what is read, and what each kind of bad file gets for an answer.

#include <dlc/dlc.h>

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

using namespace dlc;

namespace {

/// An error's text without the location.
std::string textOf(const Error &error) {
  std::string line = error.what();
  return line.substr(line.find("["));
}

using Bytes = std::string;

/// An IDX file of unsigned bytes.
Bytes idxFile(std::vector<uint32_t> shape, Bytes elements) {
  Bytes file = {0, 0, 8, char(shape.size())};
  for (uint32_t size : shape)
    for (int shift : {24, 16, 8, 0})
      file += char(size >> shift & 255);
  return file + elements;
}

class Idx : public testing::Test {
protected:
  Idx() {
    auto *info = testing::UnitTest::GetInstance()->current_test_info();
    folder = std::filesystem::path(testing::TempDir()) /
             (std::string("dlc-idx-") + info->name() + "-" +
              std::to_string(getpid()));
    std::filesystem::create_directories(folder);
  }
  ~Idx() override { std::filesystem::remove_all(folder); }

  std::string write(const std::string &name, const Bytes &bytes) {
    std::string path = folder / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string writeGzip(const std::string &name, const Bytes &bytes) {
    std::string path = folder / name;
    gzFile file = gzopen(path.c_str(), "wb9");
    gzwrite(file, bytes.data(), unsigned(bytes.size()));
    gzclose(file);
    return path;
  }
  /// The error of reading this file, without the path.
  std::string errorOf(const std::string &path) {
    try {
      data::idx::read(path);
    } catch (const Error &error) {
      std::string start = "[idx] cannot read '" + path + "': ";
      EXPECT_TRUE(textOf(error).starts_with(start)) << textOf(error);
      return textOf(error).substr(start.size());
    }
    return "no error";
  }

  std::filesystem::path folder;
};

TEST_F(Idx, ReadsPlainAndGzip) {
  Bytes file = idxFile({2, 3}, "abcdef");
  for (const std::string &path : {write("a", file), writeGzip("a.gz", file)}) {
    Tensor read = data::idx::read(path);
    EXPECT_EQ(read.shape(), (Shape{2, 3}));
    EXPECT_EQ(read.toVector<uint8_t>(),
              (std::vector<uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'}));
  }
}

TEST_F(Idx, NamesWhatIsWrong) {
  EXPECT_EQ(errorOf(folder / "absent"), "No such file or directory");
  EXPECT_EQ(errorOf(folder), "it is a folder");
  EXPECT_EQ(errorOf(write("empty", "")),
            "it is truncated: 4 bytes are missing");
  EXPECT_EQ(errorOf(write("magic", "\x89PNG\r\n")),
            "it is not an IDX file: the magic number at byte 0 begins with 137 "
            "80, not 0 0");
  Bytes file = idxFile({2, 3}, "abcdef");
  file[2] = 13;
  EXPECT_EQ(errorOf(write("type", file)),
            "the element type at byte 2 is 13; only 8, unsigned bytes, is "
            "supported");
  file[2] = 8, file[3] = 9;
  EXPECT_EQ(errorOf(write("rank", file)),
            "the number of dimensions at byte 3 is 9; expected 1 to 4");
  EXPECT_EQ(errorOf(write("header", idxFile({2, 3}, "").substr(0, 10))),
            "it is truncated: 2 bytes are missing");
  EXPECT_EQ(errorOf(write("short", idxFile({7, 2}, "abc"))),
            "it is truncated: 11 bytes are missing");
  EXPECT_EQ(errorOf(write("long", idxFile({2}, "abc"))),
            "more data follows than its header announces");
  EXPECT_EQ(errorOf(write("huge", idxFile({1 << 30, 1 << 30, 1 << 30}, "abc"))),
            "its header claims more bytes than the file can hold");
}

TEST_F(Idx, StopsAtTheEndOfAGzipBomb) {
  // 16 MB of zeros behind the header of two bytes.
  Bytes file = idxFile({2}, Bytes(16 << 20, '\0'));
  EXPECT_EQ(errorOf(writeGzip("bomb.gz", file)),
            "more data follows than its header announces");
  EXPECT_EQ(errorOf(writeGzip("claim.gz", idxFile({0xFFFFFFFFu}, "abc"))),
            "its header claims more bytes than the file can hold");
}

TEST_F(Idx, TellsADamagedGzip) {
  std::string path = writeGzip("cut.gz", idxFile({4}, "abcd"));
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 9);
  EXPECT_EQ(errorOf(path), "the gzip file is truncated");
}

TEST_F(Idx, ChecksLabels) {
  auto message = [&](const Bytes &images, const Bytes &labels) {
    try {
      data::idx::readPair(write("images", images), write("labels", labels));
    } catch (const Error &error) {
      return textOf(error);
    }
    return std::string("no error");
  };
  std::string images = folder / "images", labels = folder / "labels";
  Bytes pictures = idxFile({2, 1, 1}, "ab");
  EXPECT_EQ(message(pictures, idxFile({2}, "\x09\x0a")),
            "[idx] '" + labels + "': label 1 is 10, outside [0, 10)");
  EXPECT_EQ(message(pictures, idxFile({1}, "\x09")),
            "[idx] '" + labels + "' holds 1 labels for the 2 images of '" +
                images + "'");
  EXPECT_EQ(message(idxFile({2}, "ab"), idxFile({2}, "ab")),
            "[idx] '" + images + "': expected images of 3 dimensions, got 1");
  EXPECT_EQ(message(pictures, pictures),
            "[idx] '" + labels + "': expected labels of 1 dimension, got 3");
}

TEST_F(Idx, SplitsALonelyTestPair) {
  writeGzip("t10k-images-idx3-ubyte.gz", idxFile({5, 1, 1}, "abcde"));
  write("t10k-labels-idx1-ubyte", idxFile({5}, Bytes("\x05\x06\x07\x08\x09")));
  data::idx::Split split = data::idx::load(folder);
  EXPECT_EQ(split.train.size(), 4);
  EXPECT_EQ(split.test[0].toVector<uint8_t>(), std::vector<uint8_t>{'e'});
  EXPECT_EQ(split.test[1].toVector<int32_t>(), std::vector<int32_t>{9});

  write("train-images-idx3-ubyte", idxFile({2, 1, 1}, "xy"));
  write("train-labels-idx1-ubyte", idxFile({2}, "\x01\x02"));
  split = data::idx::load(folder);
  EXPECT_EQ(split.train.size(), 2);
  EXPECT_EQ(split.test.size(), 5);
}

TEST_F(Idx, NamesTheFilesItLooksFor) {
  auto message = [&] {
    try {
      data::idx::load(folder);
    } catch (const Error &error) {
      return textOf(error);
    }
    return std::string("no error");
  };
  EXPECT_EQ(message(), "[idx] no t10k-images-idx3-ubyte and "
                       "t10k-labels-idx1-ubyte, plain or .gz, in '" +
                           folder.string() + "'");
  write("t10k-images-idx3-ubyte", idxFile({1, 1, 1}, "a"));
  EXPECT_EQ(message(), "[idx] '" + folder.string() +
                           "' has t10k-images-idx3-ubyte but no "
                           "t10k-labels-idx1-ubyte, plain or .gz");
}

} // namespace
