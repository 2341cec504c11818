#include "detail/Session.h"

#include "Pipelines/Compiler.h"
#include "detail/Fingerprint.h"
#include "io/BuildId.h"
#include "io/ProgramCache.h"

#include <atomic>
#include <cstdlib>
#include <dlfcn.h>
#include <mutex>
#include <unistd.h>
#include <unordered_map>

namespace dlc::detail {

namespace {

/// libdlc-compiler.so: DLC_COMPILER, or beside this library or program, or in
/// its neighbour `lib`.
std::string findCompiler() {
  if (const char *path = std::getenv("DLC_COMPILER"); path && *path)
    return path;
  Dl_info self;
  if (!dladdr(reinterpret_cast<const void *>(&sessionCounts), &self))
    return "libdlc-compiler.so";
  std::string folder = self.dli_fname;
  size_t slash = folder.rfind('/');
  folder = slash == std::string::npos ? "." : folder.substr(0, slash);
  for (const char *place :
       {"/libdlc-compiler.so", "/../lib/libdlc-compiler.so"})
    if (access((folder + place).c_str(), R_OK) == 0)
      return folder + place;
  return folder + "/libdlc-compiler.so";
}

class Session {
public:
  static Session &get() {
    // Never destroyed: tensors of static lifetime may outlive it.
    static Session *session = new Session;
    return *session;
  }

  std::shared_ptr<runtime::Execution>
  load(const Region &region, const std::vector<ArgumentInfo> &info,
       const Target &target, Loc where) {
    std::string quickKey = settingsOf(target);
    quickKey.append(reinterpret_cast<const char *>(&target.device),
                    sizeof target.device);
    quickKey += fingerprint(region, info);
    {
      std::lock_guard lock(mutex);
      if (auto it = quick.find(quickKey); it != quick.end())
        return it->second;
    }
    auto execution = loadByText(region, info, target, where);
    std::lock_guard lock(mutex);
    if (quick.size() >= maxPrograms)
      quick.clear();
    return quick.try_emplace(std::move(quickKey), std::move(execution))
        .first->second;
  }

  void forget() {
    std::lock_guard lock(mutex);
    quick.clear();
    programs.clear();
  }

  std::atomic<int64_t> compilations{0}, diskHits{0};

private:
  /// A program whose structure differs each time must not fill the memory.
  static constexpr size_t maxPrograms = 4096;

  /// What a program depends on beside its recording and its device.
  static std::string settingsOf(const Target &target) {
    return std::string(target.fast ? " fast " : " strict ") +
           (target.tf32 ? "tf32 " : "") + std::to_string(target.tapeLimit) +
           " " + std::to_string(target.memoryLimit) + "\n";
  }

  std::shared_ptr<runtime::Execution>
  loadByText(const Region &region, const std::vector<ArgumentInfo> &info,
             const Target &target, Loc where) {
    std::string key = target.device->target() + settingsOf(target) +
                      write(region, info, /*asKey=*/true);
    // Cards of one kind share what is compiled, not what is loaded.
    std::string loadedKey = target.device->name() + " " + key;
    {
      std::lock_guard lock(mutex);
      if (auto it = programs.find(loadedKey); it != programs.end())
        return it->second;
    }
    auto execution =
        prepare(fromDiskOrCompiler(key, region, info, target, where),
                *target.device, where);
    std::lock_guard lock(mutex);
    if (programs.size() >= maxPrograms)
      programs.clear();
    return programs.try_emplace(std::move(loadedKey), std::move(execution))
        .first->second;
  }

  runtime::Program fromDiskOrCompiler(const std::string &key,
                                      const Region &region,
                                      const std::vector<ArgumentInfo> &info,
                                      const Target &target, Loc where) {
    CompileOptions options;
    options.target = target.device->target();
    options.fast = target.fast;
    options.tf32 = target.tf32;
    options.tapeLimit = target.tapeLimit;
    options.memoryLimit = target.memoryLimit;
    if (const char *folder = std::getenv("DLC_DUMP"))
      options.dumpDir = folder;

    std::string diskKey =
        target.device->model() + "\n" + compilerId() + "\n" + key;
    // A dump shows the compiler at work, so it must work.
    if (options.dumpDir.empty())
      if (auto program = cache.load(diskKey)) {
        ++diskHits;
        return std::move(*program);
      }

    CompileResult result =
        compiler(where).compile(write(region, info, /*asKey=*/false), options);
    ++compilations;
    if (result.program.empty()) {
      result.error.erase(result.error.find_last_not_of('\n') + 1);
      throw Error(result.error);
    }
    cache.store(diskKey, result.program);
    auto program = runtime::deserialize(result.program);
    if (!program)
      throw Error("[compile] " + program.message(), where);
    return std::move(*program);
  }

  std::shared_ptr<runtime::Execution>
  prepare(runtime::Program program, runtime::Device &device, Loc where) {
    auto execution = device.load(std::move(program), "main");
    if (!execution)
      throw Error("[compile] " + execution.message(), where);
    return std::move(*execution);
  }

  const std::string &compilerId() {
    std::lock_guard lock(mutex);
    if (id.empty()) {
      auto found = runtime::buildId(compilerPath);
      id = found ? *found : "none";
    }
    return id;
  }

  Compiler &compiler(Loc where) {
    std::lock_guard lock(mutex);
    if (opened)
      return *opened;
    void *library = dlopen(compilerPath.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
      throw Error(
          "[compile] cannot open the compiler: " + std::string(dlerror()) +
              " (DLC_COMPILER names another place)",
          where);
    auto entry =
        reinterpret_cast<Compiler *(*)()>(dlsym(library, "dlcCompiler"));
    if (!entry)
      throw Error("[compile] '" + compilerPath + "' is not dlc's compiler",
                  where);
    return *(opened = entry());
  }

  std::mutex mutex;
  /// By fingerprint, and by text: recordings of different fingerprints may be
  /// the same program.
  std::unordered_map<std::string, std::shared_ptr<runtime::Execution>> quick,
      programs;
  const std::string compilerPath = findCompiler();
  std::string id;
  Compiler *opened = nullptr;
  runtime::ProgramCache cache = runtime::ProgramCache::fromEnvironment();
};

} // namespace

SessionCounts sessionCounts() {
  Session &session = Session::get();
  return {session.compilations, session.diskHits};
}

runtime::Device &findDevice(const char *op, std::string_view name, Loc where) {
  runtime::Expected<runtime::Device *> device = runtime::findDevice(name);
  if (!device)
    fail(op, device.message(), where);
  return **device;
}

runtime::Device &defaultDevice(Loc where) {
  static const runtime::Expected<runtime::Device *> device = [] {
    const char *name = std::getenv("DLC_DEVICE");
    return runtime::findDevice(name && *name ? name : "cpu");
  }();
  if (!device)
    throw Error("[device] " + device.message(), where);
  return **device;
}

void forgetPrograms() { Session::get().forget(); }

std::shared_ptr<runtime::Execution> load(const Region &region,
                                         const std::vector<ArgumentInfo> &info,
                                         const Target &target, Loc where) {
  return Session::get().load(region, info, target, where);
}

std::vector<runtime::BufferRef> run(runtime::Execution &execution,
                                    std::vector<runtime::BufferRef> &arguments,
                                    Loc where) {
  std::vector<runtime::BufferRef> results;
  runtime::Status status = execution.run(arguments, results);
  if (status.ok())
    return results;
  // "[op] text (file:line:column)" becomes "file:line:column: [op] text".
  std::string text = status.message();
  size_t open = text.rfind(" (");
  if (open == std::string::npos || text.back() != ')' ||
      text.find(':', open) == std::string::npos)
    throw Error(text, where);
  throw Error(text.substr(open + 2, text.size() - open - 3) + ": " +
              text.substr(0, open));
}

} // namespace dlc::detail
