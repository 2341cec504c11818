#include "io/ProgramCache.h"

#include "io/Reader.h"
#include "io/Writer.h"

#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace dlc::runtime {

namespace {

constexpr std::string_view extension = ".dlcprog";

/// One line a process, however many caches and entries have the trouble.
void warnOnce(const std::string &text) {
  static std::atomic<bool> said = false;
  if (!said.exchange(true))
    std::fprintf(stderr, "dlc: %s\n", text.c_str());
}

/// The value, or "" where it is not set.
std::string environment(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

/// Makes a folder and those above it, each for this user alone.
bool makeFolders(const std::string &path) {
  for (size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    std::string folder = path.substr(0, end);
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
      // An existing folder above may answer "read-only" or "not permitted".
      struct stat info = {};
      int problem = errno;
      if (stat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
        errno = problem;
        return false;
      }
    }
    if (end == std::string::npos)
      return true;
  }
}

/// Why code in this folder cannot be trusted or kept; nothing where it can.
std::string problemOf(const std::string &folder) {
  if (!makeFolders(folder))
    return std::string("cannot be made: ") + std::strerror(errno);
  struct stat info = {};
  if (stat(folder.c_str(), &info) != 0)
    return std::strerror(errno);
  if (!S_ISDIR(info.st_mode))
    return "is not a folder";
  if (info.st_uid != geteuid())
    return "belongs to another user (" + std::to_string(info.st_uid) + ")";
  if (info.st_mode & (S_IWGRP | S_IWOTH))
    return "can be written by other users (chmod 700 makes it safe)";
  return {};
}

struct Entry {
  std::string path;
  struct timespec used;
  int64_t bytes;
};

bool isOlder(const Entry &a, const Entry &b) {
  return a.used.tv_sec != b.used.tv_sec ? a.used.tv_sec < b.used.tv_sec
                                        : a.used.tv_nsec < b.used.tv_nsec;
}

/// Regular files of the cache; removes what killed processes left behind.
std::vector<Entry> listEntries(const std::string &folder) {
  constexpr time_t abandonedSeconds = 3600;
  std::vector<Entry> entries;
  DIR *stream = opendir(folder.c_str());
  if (!stream)
    return entries;
  while (dirent *item = readdir(stream)) {
    std::string_view name = item->d_name;
    size_t at = name.find(extension);
    if (at == std::string_view::npos)
      continue;
    std::string path = folder + "/" + item->d_name;
    struct stat info = {};
    if (lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
      continue;
    if (at + extension.size() == name.size())
      entries.push_back({path, info.st_mtim, info.st_size});
    else if (info.st_mtim.tv_sec < std::time(nullptr) - abandonedSeconds)
      unlink(path.c_str());
  }
  closedir(stream);
  return entries;
}

} // namespace

ProgramCache ProgramCache::fromEnvironment() {
  if (!environment("DLC_NO_CACHE").empty())
    return ProgramCache("");
  if (std::string folder = environment("DLC_CACHE_DIR"); !folder.empty())
    return ProgramCache(folder);
  // A relative XDG_CACHE_HOME does not count, says the XDG specification.
  if (std::string base = environment("XDG_CACHE_HOME"); base.starts_with('/'))
    return ProgramCache(base + "/dlc");
  if (std::string home = environment("HOME"); !home.empty())
    return ProgramCache(home + "/.cache/dlc");
  return ProgramCache("");
}

ProgramCache::ProgramCache(std::string path, int64_t limit)
    : folder(std::move(path)), limit(limit) {
  if (folder.empty())
    return;
  if (std::string problem = problemOf(folder); !problem.empty()) {
    warnOnce("not using the cache folder '" + folder + "': it " + problem);
    folder.clear();
  }
}

/// 128 bits of hash make two keys with one name as good as impossible.
std::string ProgramCache::fileOf(std::string_view key) const {
  XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
  char name[33];
  std::snprintf(name, sizeof name, "%016llx%016llx",
                static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return folder + "/" + name + std::string(extension);
}

std::optional<Program> ProgramCache::load(std::string_view key) const {
  if (!enabled())
    return {};
  std::string path = fileOf(key);
  // In a folder that only this user can write, a link or a foreign file can
  // only be an accident; neither is code to run.
  struct stat info = {};
  if (lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) ||
      info.st_uid != geteuid())
    return {};
  Expected<Reader> reader = Reader::open(path);
  if (!reader)
    return {};
  Expected<std::string> bytes = reader->readAll(limit);
  if (!bytes)
    return {};
  Expected<Program> program = deserialize(*bytes);
  if (!program) {
    unlink(path.c_str());
    return {};
  }
  // The time of its last use. No matter if the folder is read-only.
  utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
  return std::move(*program);
}

void ProgramCache::store(std::string_view key, std::string_view program) const {
  if (!enabled() || std::ssize(program) > limit)
    return;
  if (Status status = writeFile(fileOf(key), {program}); !status.ok()) {
    warnOnce("compiled programs are not kept: " + status.message());
    return;
  }
  evict();
}

void ProgramCache::evict() const {
  std::vector<Entry> entries = listEntries(folder);
  int64_t total = 0;
  for (const Entry &entry : entries)
    total += entry.bytes;
  if (total <= limit)
    return;
  std::sort(entries.begin(), entries.end(), isOlder);
  for (const Entry &entry : entries) {
    if (total <= limit)
      return;
    unlink(entry.path.c_str());
    total -= entry.bytes;
  }
}

} // namespace dlc::runtime
