#include "io/Writer.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dlc::runtime {

namespace {

Error cannotWrite(const std::string &path) {
  return {"cannot write '" + path + "': " + std::strerror(errno)};
}

/// Sets errno and returns false on an error. Closes the descriptor.
bool writeAndClose(int descriptor,
                   std::initializer_list<std::string_view> parts) {
  for (std::string_view part : parts)
    while (!part.empty()) {
      ssize_t done = write(descriptor, part.data(), part.size());
      if (done < 0 && errno == EINTR)
        continue;
      if (done < 0) {
        int problem = errno;
        close(descriptor);
        errno = problem;
        return false;
      }
      part.remove_prefix(done);
    }
  return close(descriptor) == 0;
}

/// A name beside `path` that no other thread or process uses.
std::string temporaryName(const std::string &path) {
  static std::atomic<unsigned> counter = 0;
  return path + ".tmp" + std::to_string(getpid()) + "-" +
         std::to_string(counter++);
}

} // namespace

Status writeFile(const std::string &path,
                 std::initializer_list<std::string_view> parts) {
  struct stat info = {};
  if (stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0 || !writeAndClose(descriptor, parts))
      return cannotWrite(path);
    return {};
  }
  // Replace what a link points to, not the link.
  std::string target = path;
  if (char *resolved = realpath(path.c_str(), nullptr)) {
    target = resolved;
    std::free(resolved);
  }
  std::string temporary = temporaryName(target);
  int descriptor =
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return cannotWrite(path);
  if (writeAndClose(descriptor, parts) &&
      rename(temporary.c_str(), target.c_str()) == 0)
    return {};
  Error error = cannotWrite(path);
  unlink(temporary.c_str());
  return error;
}

} // namespace dlc::runtime
