// The cache never fails and never returns anything but what was stored.

#include "Support.h"

#include "io/ProgramCache.h"

#include <chrono>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dlc::runtime::test {
namespace {

namespace fs = std::filesystem;

/// A program that tells by its producer which one it is.
std::string programNamed(const std::string &name) {
  Program program;
  program.producer = name;
  program.constants = std::string(1000, 'c');
  return serialize(program);
}

class ProgramCacheTest : public FileTest {
protected:
  std::string cacheFolder() const { return path("cache"); }

  /// The producer of what is stored under a key; "" for a miss.
  static std::string load(const ProgramCache &cache, const std::string &key) {
    std::optional<Program> program = cache.load(key);
    return program ? program->producer : "";
  }
  /// The files in the cache's folder.
  std::vector<std::string> files() const {
    std::vector<std::string> paths;
    for (const fs::directory_entry &item :
         fs::directory_iterator(cacheFolder()))
      paths.push_back(item.path());
    return paths;
  }
};

TEST_F(ProgramCacheTest, ReturnsWhatWasStored) {
  ProgramCache cache(cacheFolder());
  EXPECT_EQ(load(cache, "a"), "");
  cache.store("a", programNamed("A"));
  cache.store(std::string(100'000, 'b'), programNamed("B"));
  EXPECT_EQ(load(cache, "a"), "A");
  EXPECT_EQ(load(ProgramCache(cacheFolder()), std::string(100'000, 'b')), "B");
  cache.store("a", programNamed("A2"));
  EXPECT_EQ(load(cache, "a"), "A2");
  EXPECT_EQ(files().size(), 2u);
}

TEST_F(ProgramCacheTest, MakesItsFolderForItsUserAlone) {
  ProgramCache cache(path("deep/er/cache"));
  EXPECT_TRUE(cache.enabled());
  struct stat info = {};
  ASSERT_EQ(stat(path("deep/er/cache").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST_F(ProgramCacheTest, RemovesDamagedEntries) {
  ProgramCache cache(cacheFolder());
  cache.store("a", programNamed("A"));
  std::string file = files()[0];
  std::string good = read(file);
  for (std::string bad : {std::string(), good.substr(0, 99), good + "x",
                          std::string(good).replace(60, 1, "\xff")}) {
    std::ofstream(file, std::ios::binary) << bad;
    EXPECT_EQ(load(cache, "a"), "");
    EXPECT_FALSE(fs::exists(file));
    cache.store("a", programNamed("A"));
    EXPECT_EQ(load(cache, "a"), "A");
  }
}

TEST_F(ProgramCacheTest, DoesNotFollowLinks) {
  ProgramCache cache(cacheFolder());
  cache.store("a", programNamed("A"));
  std::string file = files()[0];
  fs::rename(file, path("moved"));
  fs::create_symlink(path("moved"), file);
  EXPECT_EQ(load(cache, "a"), "");
}

TEST_F(ProgramCacheTest, EvictsWhatWasNotUsedForLongest) {
  int64_t size = programNamed("A").size();
  ProgramCache cache(cacheFolder(), 3 * size);
  auto age = [&](int hours) { // Makes all entries so far look older.
    for (const std::string &file : files())
      fs::last_write_time(file, fs::last_write_time(file) -
                                    std::chrono::hours(hours));
  };
  for (std::string key : {"A", "B", "C"}) {
    cache.store(key, programNamed(key));
    age(1);
  }
  EXPECT_EQ(load(cache, "A"), "A"); // B is now the oldest.
  cache.store("D", programNamed("D"));
  EXPECT_EQ(load(cache, "B"), "");
  for (std::string key : {"A", "C", "D"})
    EXPECT_EQ(load(cache, key), key);
}

TEST_F(ProgramCacheTest, StoresNothingAboveItsLimit) {
  ProgramCache cache(cacheFolder(), 100);
  cache.store("a", programNamed("A"));
  EXPECT_TRUE(files().empty());
}

TEST_F(ProgramCacheTest, RemovesAbandonedTemporaryFiles) {
  ProgramCache cache(cacheFolder());
  std::string old = cacheFolder() + "/a.dlcprog.tmp1-0";
  std::string young = cacheFolder() + "/b.dlcprog.tmp2-0";
  write("cache/a.dlcprog.tmp1-0", "x");
  write("cache/b.dlcprog.tmp2-0", "x");
  fs::last_write_time(old, fs::last_write_time(old) - std::chrono::hours(2));
  cache.store("a", programNamed("A"));
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
}

TEST_F(ProgramCacheTest, FindsItsFolder) {
  unsetenv("DLC_NO_CACHE");
  unsetenv("DLC_CACHE_DIR");
  setenv("HOME", path("home").c_str(), 1);
  setenv("XDG_CACHE_HOME", path("xdg").c_str(), 1);
  EXPECT_EQ(ProgramCache::fromEnvironment().path(), path("xdg/dlc"));
  setenv("XDG_CACHE_HOME", "relative", 1);
  EXPECT_EQ(ProgramCache::fromEnvironment().path(), path("home/.cache/dlc"));
  setenv("DLC_CACHE_DIR", path("own").c_str(), 1);
  EXPECT_EQ(ProgramCache::fromEnvironment().path(), path("own"));
  setenv("DLC_NO_CACHE", "1", 1);
  EXPECT_FALSE(ProgramCache::fromEnvironment().enabled());
  unsetenv("DLC_NO_CACHE");
  unsetenv("DLC_CACHE_DIR");
  unsetenv("XDG_CACHE_HOME");
  unsetenv("HOME");
  EXPECT_FALSE(ProgramCache::fromEnvironment().enabled());
}

TEST_F(ProgramCacheTest, ADisabledCacheMisses) {
  ProgramCache cache("");
  cache.store("a", programNamed("A"));
  EXPECT_EQ(load(cache, "a"), "");
}

TEST_F(ProgramCacheTest, TwoProcessesMayFillIt) {
  // Every process stores and loads the same few keys.
  std::vector<pid_t> children;
  for (int process = 0; process < 3; ++process)
    if (pid_t child = fork())
      children.push_back(child);
    else {
      ProgramCache cache(cacheFolder());
      bool ok = true;
      for (int i = 0; i < 300; ++i) {
        std::string key = "key" + std::to_string(i % 5);
        cache.store(key, programNamed(key));
        ok &= load(cache, key) == key;
      }
      _exit(ok ? 0 : 1);
    }
  for (pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(files().size(), 5u);
}

/// What is said once a process, each time in a new one. They are forked, so
/// that this process's fixture removes the folder.
class ProgramCacheDeathTest : public ProgramCacheTest {
protected:
  ProgramCacheDeathTest() { GTEST_FLAG_SET(death_test_style, "fast"); }

  /// Uses a cache in `folder` three times, as an ordinary user. `prepare` gets
  /// the folder after it is made. Exits with 0 if the cache was of no use.
  template <typename Prepare>
  [[noreturn]] void useless(const Prepare &prepare) const {
    constexpr uid_t nobody = 65534;
    mkdir(cacheFolder().c_str(), 0700);
    if (geteuid() == 0) {
      chmod(folder.c_str(), 0755);
      chown(cacheFolder().c_str(), nobody, nobody);
    }
    prepare();
    // The folder above may be closed to an ordinary user: go by a short path.
    if (chdir(folder.c_str()) != 0)
      std::exit(3);
    if (geteuid() == 0 && setuid(nobody) != 0)
      std::exit(3);
    bool useless = true;
    for (int i = 0; i < 3; ++i) {
      ProgramCache cache("cache");
      cache.store("a", programNamed("A"));
      useless &= load(cache, "a").empty();
    }
    std::exit(useless ? 0 : 1);
  }
};

TEST_F(ProgramCacheDeathTest, AReadOnlyFolderIsSaidOnce) {
  EXPECT_EXIT(useless([&] { chmod(cacheFolder().c_str(), 0500); }),
              testing::ExitedWithCode(0),
              "^dlc: compiled programs are not kept: cannot write "
              "'cache/[0-9a-f]*.dlcprog': Permission denied\n$");
}

TEST_F(ProgramCacheDeathTest, AForeignFolderIsRefused) {
  if (geteuid() != 0)
    GTEST_SKIP() << "only root can give a folder away";
  EXPECT_EXIT(useless([&] { chown(cacheFolder().c_str(), 12345, 12345); }),
              testing::ExitedWithCode(0),
              "^dlc: not using the cache folder 'cache': it belongs to "
              "another user \\(12345\\)\n$");
}

TEST_F(ProgramCacheDeathTest, AFolderThatOthersWriteIsRefused) {
  EXPECT_EXIT(useless([&] { chmod(cacheFolder().c_str(), 0777); }),
              testing::ExitedWithCode(0),
              "^dlc: not using the cache folder 'cache': it can be written "
              "by other users \\(chmod 700 makes it safe\\)\n$");
}

TEST_F(ProgramCacheDeathTest, AFileInItsPlaceIsRefused) {
  EXPECT_EXIT(useless([&] {
                rmdir(cacheFolder().c_str());
                write("cache", "x");
              }),
              testing::ExitedWithCode(0),
              "^dlc: not using the cache folder 'cache': it is not a "
              "folder\n$");
}

} // namespace
} // namespace dlc::runtime::test
