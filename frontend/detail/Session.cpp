#include "detail/Session.h"

#include "Pipelines/Compiler.h"
#include "detail/Fingerprint.h"
#include "io/BuildId.h"
#include "io/ProgramCache.h"

#include <atomic>
#include <cstdlib>
#include <dlfcn.h>
#include <future>
#include <mutex>
#include <unistd.h>
#include <unordered_map>

namespace dlc::detail {

namespace {

std::string environment(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

/// libdlc-compiler.so: DLC_COMPILER, or beside this library or program, or in
/// its neighbour `lib`.
std::string findCompiler() {
  if (std::string path = environment("DLC_COMPILER"); !path.empty())
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

  std::shared_ptr<runtime::Execution> load(const Piece &piece,
                                           const Target &target, Loc where) {
    Fingerprint key = quickKey(fingerprint(piece), target);
    if (auto known = find(quick, view(key)))
      return known;
    Pending pending =
        findOrCompile(piece.region(), {}, target, where, std::launch::deferred);
    return insert(quick, std::string(view(key)), finish(pending));
  }

  Loading loadLater(const Region &region, const std::vector<ArgumentInfo> &info,
                    const Target &target, Loc where) {
    std::string key(view(quickKey(fingerprint(region, info), target)));
    if (auto known = find(quick, key))
      return [known] { return known; };
    // Without a thread to be had, it waits until it is asked for.
    auto pending = std::make_shared<Pending>(
        findOrCompile(region, info, target, where,
                      std::launch::async | std::launch::deferred));
    return
        [this, key, pending] { return insert(quick, key, finish(*pending)); };
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

  /// What a program depends on beside its recording and its device, for the
  /// keys that other processes know.
  std::string settingsOf(const Target &target) const {
    std::string text;
    std::apply(
        [&](auto... setting) {
          ((text += " " + std::to_string(setting)), ...);
        },
        target.settings());
    return text + " " + hostCpu + "\n";
  }

  /// So that a view of a key can be looked up.
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Programs =
      std::unordered_map<std::string, std::shared_ptr<runtime::Execution>, Hash,
                         std::equal_to<>>;

  std::shared_ptr<runtime::Execution> find(const Programs &programs,
                                           std::string_view key) {
    std::lock_guard lock(mutex);
    auto it = programs.find(key);
    return it == programs.end() ? nullptr : it->second;
  }

  std::shared_ptr<runtime::Execution>
  insert(Programs &programs, std::string key,
         std::shared_ptr<runtime::Execution> execution) {
    std::lock_guard lock(mutex);
    if (programs.size() >= maxPrograms)
      programs.clear();
    return programs.try_emplace(std::move(key), std::move(execution))
        .first->second;
  }

  /// The fingerprint, and what else a program depends on in this process.
  static Fingerprint quickKey(Fingerprint key, const Target &target) {
    addTo(key, target.device);
    std::apply([&](auto... setting) { (addTo(key, setting), ...); },
               target.settings());
    return key;
  }
  static std::string_view view(const Fingerprint &key) {
    return {key.data(), key.size()};
  }

  /// A program that is loaded, or that some thread has at hand or compiles.
  struct Pending {
    std::shared_ptr<runtime::Execution> known;
    std::string loadedKey;
    std::future<runtime::Program> program;
    runtime::Device *device = nullptr;
    Loc where;
  };

  Pending findOrCompile(const Region &region,
                        const std::vector<ArgumentInfo> &info,
                        const Target &target, Loc where, std::launch when) {
    std::string key = target.device->target() + settingsOf(target) +
                      write(region, info, /*asKey=*/true);
    Pending pending;
    // Cards of one kind share what is compiled, not what is loaded.
    pending.loadedKey = target.device->name() + " " + key;
    pending.device = target.device;
    pending.where = where;
    if ((pending.known = find(programs, pending.loadedKey)))
      return pending;

    CompileOptions options;
    options.target = target.device->target();
    if (target.device == &runtime::hostDevice())
      options.cpu = hostCpu;
    options.fast = target.fast;
    options.tf32 = target.tf32;
    options.tapeLimit = target.tapeLimit;
    options.memoryLimit = target.memoryLimit;
    options.dumpDir = environment("DLC_DUMP");
    std::string diskKey =
        target.device->model() + "\n" + compilerId() + "\n" + key;
    // A dump shows the compiler at work, so it must work.
    if (options.dumpDir.empty())
      if (auto program = cache.load(diskKey)) {
        ++diskHits;
        std::promise<runtime::Program> ready;
        ready.set_value(std::move(*program));
        pending.program = ready.get_future();
        return pending;
      }

    // Dumps are numbered in the order in which programs are needed.
    if (!options.dumpDir.empty())
      when = std::launch::deferred;
    pending.program =
        std::async(when, [this, options, diskKey, where,
                          text = write(region, info, /*asKey=*/false)] {
          return compile(text, options, diskKey, where);
        });
    return pending;
  }

  runtime::Program compile(const std::string &text,
                           const CompileOptions &options,
                           const std::string &diskKey, Loc where) {
    CompileResult result = compiler(where).compile(text, options);
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

  std::shared_ptr<runtime::Execution> finish(Pending &pending) {
    if (pending.known)
      return pending.known;
    auto execution = pending.device->load(pending.program.get(), "main");
    if (!execution)
      throw Error("[compile] " + execution.message(), pending.where);
    return pending.known =
               insert(programs, pending.loadedKey, std::move(*execution));
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
    void *library = dlopen(compilerPath.c_str(), RTLD_LAZY | RTLD_LOCAL);
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
  Programs quick, programs;
  const std::string compilerPath = findCompiler();
  /// What host programs are compiled for; empty: this CPU.
  const std::string hostCpu = environment("DLC_CPU");
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

std::shared_ptr<runtime::Execution> load(const Piece &piece,
                                         const Target &target, Loc where) {
  return Session::get().load(piece, target, where);
}

Loading loadLater(const Region &region, const std::vector<ArgumentInfo> &info,
                  const Target &target, Loc where) {
  return Session::get().loadLater(region, info, target, where);
}

void run(runtime::Execution &execution, std::span<runtime::BufferRef> arguments,
         std::span<runtime::BufferRef> results, Loc where) {
  runtime::Status status = execution.run(arguments, results);
  if (status.ok())
    return;
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
