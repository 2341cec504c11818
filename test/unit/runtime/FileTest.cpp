// Reading files that cannot be trusted, writing files that cannot be torn.

#include "Support.h"

#include "io/Reader.h"
#include "io/Writer.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace dlc::runtime::test {
namespace {

class ReaderTest : public FileTest {
protected:
  std::string gzip(const std::string &name, const std::string &bytes) const {
    gzFile file = gzopen(path(name).c_str(), "wb9");
    gzwrite(file, bytes.data(), bytes.size());
    gzclose(file);
    return path(name);
  }

  static std::string errorOfReading(const std::string &path, int64_t limit) {
    Expected<Reader> reader = Reader::open(path);
    if (!reader)
      return reader.message();
    return messageOf(reader->readAll(limit));
  }
};

TEST_F(ReaderTest, ReadsPlainAndPacked) {
  std::string text(300'000, '\0');
  for (size_t i = 0; i < text.size(); ++i)
    text[i] = static_cast<char>(i * i / 7);
  for (std::string file : {write("plain", text), gzip("packed", text)}) {
    Reader reader = std::move(*Reader::open(file));
    EXPECT_GE(reader.bound(), std::ssize(text));
    char first[5];
    EXPECT_EQ(messageOf(reader.read(first, 5)), "");
    EXPECT_EQ(std::string(first, 5), text.substr(0, 5));
    EXPECT_EQ(*reader.readAll(text.size()), text.substr(5));
    EXPECT_EQ(messageOf(reader.expectEnd()), "");
  }
}

TEST_F(ReaderTest, ReadsEmptyFiles) {
  Reader reader = std::move(*Reader::open(write("empty", "")));
  EXPECT_EQ(*reader.readAll(0), "");
  EXPECT_EQ(messageOf(reader.expectEnd()), "");
}

TEST_F(ReaderTest, OpensRegularFilesOnly) {
  EXPECT_EQ(errorOfReading(path("none"), 1),
            "cannot read '" + path("none") + "': No such file or directory");
  EXPECT_EQ(errorOfReading(folder, 1),
            "cannot read '" + folder + "': it is a folder");
  mkfifo(path("pipe").c_str(), 0600);
  EXPECT_EQ(errorOfReading(path("pipe"), 1),
            "cannot read '" + path("pipe") + "': it is not a regular file");
}

TEST_F(ReaderTest, SaysWhatIsMissingAndWhatIsTooMuch) {
  Reader reader = std::move(*Reader::open(write("four", "1234")));
  char bytes[6];
  EXPECT_TRUE(contains(messageOf(reader.read(bytes, 6)),
                       "it is truncated: 2 bytes are missing"));
  EXPECT_TRUE(
      contains(errorOfReading(path("four"), 3), "it holds more than 3 bytes"));
  reader = std::move(*Reader::open(path("four")));
  EXPECT_EQ(messageOf(reader.read(bytes, 3)), "");
  EXPECT_TRUE(contains(messageOf(reader.expectEnd()), "more data follows"));
}

TEST_F(ReaderTest, FindsDamagedGzip) {
  std::string packed = read(gzip("good", std::string(5000, 'a') + "bcd"));
  std::string cut = write("cut", packed.substr(0, packed.size() - 9));
  EXPECT_TRUE(contains(errorOfReading(cut, 1 << 20), "gzip file is truncated"))
      << errorOfReading(cut, 1 << 20);
  for (size_t at = 3; at < packed.size(); ++at) {
    std::string bad = packed;
    bad[at] ^= 0x40;
    // Some header bytes mean nothing; no change may be worse than an error.
    errorOfReading(write("bad", bad), 1 << 20);
  }
  packed[packed.size() - 6] ^= 1;
  EXPECT_TRUE(contains(errorOfReading(write("crc", packed), 1 << 20),
                       "gzip file is damaged"));
}

/// Zeros pack a thousandfold; they must be refused before they are unpacked.
TEST_F(ReaderTest, RefusesGzipBombsEarly) {
  gzFile file = gzopen(path("bomb").c_str(), "wb9");
  std::string zeros(1 << 20, '\0');
  for (int i = 0; i < 64; ++i)
    gzwrite(file, zeros.data(), zeros.size());
  gzclose(file);
  rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  EXPECT_TRUE(contains(errorOfReading(path("bomb"), 1000),
                       "it holds more than 1000 bytes"));
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 8 << 10);
}

TEST_F(FileTest, WritesAllParts) {
  std::string file = path("out");
  EXPECT_EQ(messageOf(writeFile(file, {"ab", "", "cd"})), "");
  EXPECT_EQ(read(file), "abcd");
  EXPECT_EQ(messageOf(writeFile(file, {"new"})), "");
  EXPECT_EQ(read(file), "new");
  // Nothing temporary is left.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(FileTest, WritesThroughLinks) {
  write("target", "old");
  symlink("target", path("link").c_str());
  EXPECT_EQ(messageOf(writeFile(path("link"), {"new"})), "");
  EXPECT_EQ(read(path("target")), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
}

TEST_F(FileTest, WritesToDevicesWithoutReplacingThem) {
  EXPECT_EQ(messageOf(writeFile("/dev/null", {"x"})), "");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST_F(FileTest, SaysWhyItCannotWrite) {
  std::string file = path("none") + "/out";
  EXPECT_EQ(messageOf(writeFile(file, {"x"})),
            "cannot write '" + file + "': No such file or directory");
  EXPECT_EQ(messageOf(writeFile("/dev/full", {"x"})),
            "cannot write '/dev/full': No space left on device");
}

} // namespace
} // namespace dlc::runtime::test
