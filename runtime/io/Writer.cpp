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
bool writeAndClose(int descriptor, std::span<const std::string_view> parts,
                   bool sync) {
  for (std::string_view part : parts)
    while (!part.empty()) {
      ssize_t done = ::write(descriptor, part.data(), part.size());
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
  bool synced = !sync || fsync(descriptor) == 0;
  int problem = errno;
  bool closed = close(descriptor) == 0;
  if (!synced)
    errno = problem;
  return synced && closed;
}

/// Makes a rename in the folder of `path` last.
bool syncFolder(const std::string &path) {
  size_t slash = path.rfind('/');
  std::string folder = slash == std::string::npos ? "." : path.substr(0, slash);
  int descriptor = open((folder + "/").c_str(), O_RDONLY | O_CLOEXEC);
  // What cannot be opened for reading has no fsync to offer.
  if (descriptor < 0)
    return true;
  bool synced = fsync(descriptor) == 0 || errno == EINVAL;
  close(descriptor);
  return synced;
}

/// A name beside `path` that no other thread or process uses.
std::string temporaryName(const std::string &path) {
  static std::atomic<unsigned> counter = 0;
  return path + ".tmp" + std::to_string(getpid()) + "-" +
         std::to_string(counter++);
}

Status write(const std::string &path, std::span<const std::string_view> parts,
             bool sync) {
  struct stat info = {};
  if (stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0 || !writeAndClose(descriptor, parts, false))
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
  if (writeAndClose(descriptor, parts, sync) &&
      rename(temporary.c_str(), target.c_str()) == 0)
    return sync && !syncFolder(target) ? cannotWrite(path) : Status();
  Error error = cannotWrite(path);
  unlink(temporary.c_str());
  return error;
}

} // namespace

Status writeFile(const std::string &path,
                 std::initializer_list<std::string_view> parts) {
  return write(path, {parts.begin(), parts.size()}, false);
}

Status writeFileDurably(const std::string &path,
                        std::span<const std::string_view> parts) {
  return write(path, parts, true);
}

} // namespace dlc::runtime
