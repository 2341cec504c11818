// Reads files that somebody else has made: nothing that a file claims is
// believed before it is compared with what the file can hold.

#ifndef DLC_RUNTIME_IO_READER_H
#define DLC_RUNTIME_IO_READER_H

#include "abi/Status.h"

#include <cstdint>
#include <memory>
#include <string>

struct gzFile_s;

namespace dlc::runtime {

/// A regular file, read from front to back; a gzip file is unpacked on the way.
class Reader {
public:
  /// Fails for what is not there, not readable, or not a regular file.
  static Expected<Reader> open(const std::string &path);
  /// A part of another file, already in memory, e.g. a member of an archive.
  static Reader over(std::string name, std::string bytes);

  /// Reads exactly `bytes`, or fails: "truncated".
  Status read(void *target, int64_t bytes);
  /// Reads what is left, but fails as soon as it turns out to be more than
  /// `limit` bytes.
  Expected<std::string> readAll(int64_t limit);
  /// Fails if anything is left.
  Status expectEnd();

  /// No file of this size holds more than so many bytes in all: its size, or
  /// what deflate can make of it (a factor of 1032). Compare a size that the
  /// file claims with this before allocating.
  int64_t bound() const;

  /// "cannot read 'path': text".
  Error error(const std::string &text) const;

private:
  struct Close {
    void operator()(gzFile_s *file) const;
  };

  Reader(std::string path, int64_t fileBytes, gzFile_s *file)
      : path(std::move(path)), fileBytes(fileBytes), file(file) {}
  explicit Reader(std::string name, std::string bytes)
      : path(std::move(name)), fileBytes(int64_t(bytes.size())),
        memory(std::move(bytes)) {}
  /// Up to `bytes`, fewer only at the end of the file.
  Expected<int64_t> readSome(char *target, int64_t bytes);

  std::string path;
  int64_t fileBytes;
  /// Null for a part in memory.
  std::unique_ptr<gzFile_s, Close> file;
  std::string memory;
  int64_t position = 0;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_IO_READER_H
