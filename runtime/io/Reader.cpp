#include "io/Reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace dlc::runtime {

namespace {

Error cannotRead(const std::string &path, const std::string &text) {
  return {"cannot read '" + path + "': " + text};
}

} // namespace

Expected<Reader> Reader::open(const std::string &path) {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would hang.
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return cannotRead(path, std::strerror(errno));
  struct stat info = {};
  bool known = fstat(descriptor, &info) == 0;
  if (!known || !S_ISREG(info.st_mode)) {
    close(descriptor);
    return cannotRead(path, known && S_ISDIR(info.st_mode)
                                ? "it is a folder"
                                : "it is not a regular file");
  }
  gzFile file = gzdopen(descriptor, "rb");
  if (!file) {
    close(descriptor);
    return cannotRead(path, "out of memory");
  }
  gzbuffer(file, 1 << 17);
  return Reader(path, info.st_size, file);
}

Reader Reader::over(std::string name, std::string bytes) {
  return Reader(std::move(name), std::move(bytes));
}

void Reader::Close::operator()(gzFile_s *file) const { gzclose_r(file); }

Error Reader::error(const std::string &text) const {
  return cannotRead(path, text);
}

int64_t Reader::bound() const {
  constexpr int64_t deflateLimit = 1032;
  if (!file || gzdirect(file.get()))
    return fileBytes;
  return fileBytes > INT64_MAX / deflateLimit ? INT64_MAX
                                              : fileBytes * deflateLimit;
}

Expected<int64_t> Reader::readSome(char *target, int64_t bytes) {
  if (!file) {
    int64_t count = std::min(bytes, fileBytes - position);
    std::memcpy(target, memory.data() + position, count);
    position += count;
    return count;
  }
  constexpr int64_t atOnce = 1 << 30;
  int64_t done = 0;
  while (done < bytes) {
    int got = gzread(file.get(), target + done,
                     static_cast<unsigned>(std::min(bytes - done, atOnce)));
    int code = Z_OK;
    const char *problem = gzerror(file.get(), &code);
    // At the end of a file cut short, zlib gives what it has and Z_BUF_ERROR.
    if (code == Z_BUF_ERROR)
      return error("the gzip file is truncated");
    if (code == Z_ERRNO)
      return error(std::strerror(errno));
    if (got < 0 || code != Z_OK)
      return error(std::string("the gzip file is damaged: ") + problem);
    if (got == 0)
      break;
    done += got;
  }
  return done;
}

Status Reader::read(void *target, int64_t bytes) {
  Expected<int64_t> got = readSome(static_cast<char *>(target), bytes);
  if (!got)
    return got.error();
  if (*got < bytes)
    return error("it is truncated: " + std::to_string(bytes - *got) +
                 " bytes are missing");
  return {};
}

Expected<std::string> Reader::readAll(int64_t limit) {
  std::string bytes;
  // A plain file's size is known; of a gzip file, grow with what comes.
  constexpr int64_t firstStep = 1 << 16;
  int64_t step = !file || gzdirect(file.get()) ? fileBytes : firstStep;
  for (;;) {
    // One byte more than allowed tells whether there is more.
    int64_t size = bytes.size();
    int64_t ask = std::min(step, limit - size) + 1;
    bytes.resize(size + ask);
    Expected<int64_t> got = readSome(bytes.data() + size, ask);
    if (!got)
      return got.error();
    bytes.resize(size + *got);
    if (std::ssize(bytes) > limit)
      return error("it holds more than " + std::to_string(limit) + " bytes");
    if (*got < ask)
      return bytes;
    step = bytes.size();
  }
}

Status Reader::expectEnd() {
  char next;
  Expected<int64_t> got = readSome(&next, 1);
  if (!got)
    return got.error();
  if (*got != 0)
    return error("more data follows than its header announces");
  return {};
}

} // namespace dlc::runtime
