// The errors of our elementary functions, as the compiler makes them: every f32
// (or every Nth), samples for f64 and for powers, beside the C library one
// precision up. One row of docs/reference/math.md a function.
//
//   math-benchmark [--type=f32|f64] [--every=N] [--samples=N] [--threads=N]
//                  [--cpu=NAME] [--programs=FOLDER] [op...]
//
// Compiled programs are kept in FOLDER if one is given; with all of them there
// no compiler is needed. Ends with 1 if a bound is exceeded.
//
// glibc's f64 functions err by less than 8 ulp of f64, which is 2^-26 ulp of
// f32, also where libmvec computes four of them; its long double ones by less
// than 8 · 2^-11 ulp of f64.

#include "References.h"

#include "cpu/Execution.h"

#include "Pipelines/Compiler.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <filesystem>
#include <fstream>
#include <limits>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace dlc;

namespace {

/// Elements of one run.
constexpr int64_t block = 1 << 16;

struct Options {
  std::string type = "f32", cpu, programs;
  uint64_t every = 1, samples = 100'000'000;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::string> ops;
};

//===-- References --------------------------------------------------------===//

template <typename R> R rsqrt(R x) { return 1 / std::sqrt(x); }
template <typename R> R logistic(R x) { return 1 / (1 + std::exp(-x)); }
template <typename R> R gelu(R x) {
  return x / 2 * std::erfc(-x * R(0.70710678118654752440084436210484904L));
}
template <typename R> R geluTanh(R x) {
  // sqrt(8 / pi)
  R c = R(1.59576912160573071175978423973752747L);
  return x * logistic(c * x * (1 + R(0.044715L) * x * x));
}
template <typename R> R silu(R x) { return x * logistic(x); }
template <typename R> R softplus(R x) {
  return std::max(x, R(0)) + std::log1p(std::exp(-std::fabs(x)));
}

template <typename R> struct Function {
  const char *op, *attributes;
  R (*reference)(R);
  double bound; ///< For f32; 2 at least for f64.
  R least = 0;  ///< Results of this size and below are not judged.
};

template <typename R> const std::vector<Function<R>> &functions() {
  static const std::vector<Function<R>> all = {
      {"exponential", "", [](R x) { return std::exp(x); }, 1},
      {"exponential_minus_one", "", [](R x) { return std::expm1(x); }, 2},
      {"log", "", [](R x) { return std::log(x); }, 1},
      {"log_plus_one", "", [](R x) { return std::log1p(x); }, 2},
      {"sqrt", "", [](R x) { return std::sqrt(x); }, 0.5},
      {"rsqrt", "", rsqrt<R>, 1},
      {"sine", "", [](R x) { return std::sin(x); }, 2},
      {"cosine", "", [](R x) { return std::cos(x); }, 2},
      {"tanh", "", [](R x) { return std::tanh(x); }, 2},
      {"logistic", "", logistic<R>, 2},
      {"erf", "", [](R x) { return std::erf(x); }, 2},
      {"erfc", "", [](R x) { return std::erfc(x); }, 2},
      {"atan", "", [](R x) { return std::atan(x); }, 2},
      {"gelu", "", gelu<R>, 4, R(1e-30L)},
      {"gelu", "{tanh}", geluTanh<R>, 4, R(1e-30L)},
      {"silu", "", silu<R>, 4, R(1e-30L)},
      {"softplus", "", softplus<R>, 4, R(1e-30L)},
  };
  return all;
}

//===-- Compiled functions ------------------------------------------------===//

Compiler *findCompiler() {
  std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  std::filesystem::path library =
      self.parent_path().parent_path() / "lib" / "libdlc-compiler.so";
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  void *symbol = handle ? dlsym(handle, "dlcCompiler") : nullptr;
  if (!symbol) {
    std::fprintf(stderr, "math-benchmark: %s\n", dlerror());
    std::exit(1);
  }
  return reinterpret_cast<Compiler *(*)()>(symbol)();
}

/// The program of op(operands…) over one block.
std::shared_ptr<const runtime::Executable>
compile(const Options &options, const std::string &op,
        const std::string &attributes, int operands) {
  std::filesystem::path file;
  if (!options.programs.empty())
    file = std::filesystem::path(options.programs) /
           (op + (attributes.empty() ? "" : "_tanh") + "_" + options.type +
            options.cpu + ".dlcprog");
  std::string bytes;
  if (!file.empty() && std::filesystem::exists(file)) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    bytes = text.str();
  } else {
    std::string type =
        "tensor<" + std::to_string(block) + "x" + options.type + ">";
    std::string last = operands == 2 ? ", %y" : "";
    std::string text =
        "func.func @f(%x: " + type + (operands == 2 ? ", %y: " + type : "") +
        ") -> " + type + " {\n  %z = dlc." + op + " %x" + last + " " +
        attributes + " : " + type + "\n  return %z : " + type + "\n}\n";
    CompileOptions how;
    how.cpu = options.cpu;
    CompileResult result = findCompiler()->compile(text, how);
    if (!result.error.empty()) {
      std::fprintf(stderr, "%s\n", result.error.c_str());
      std::exit(1);
    }
    bytes = result.program;
    if (!file.empty()) {
      std::filesystem::create_directories(file.parent_path());
      std::ofstream(file, std::ios::binary) << bytes;
    }
  }
  auto program = runtime::deserialize(bytes);
  if (program.ok())
    if (auto executable = runtime::Executable::load(std::move(*program));
        executable.ok())
      return *executable;
  std::fprintf(stderr, "math-benchmark: cannot load the program of %s\n",
               op.c_str());
  std::exit(1);
}

/// One thread's buffers of one block.
template <typename T> struct Runner {
  Runner(std::shared_ptr<const runtime::Executable> executable, int operands)
      : execution(std::move(executable), 0) {
    for (int i = 0; i < operands; ++i)
      arguments.push_back(*runtime::Buffer::allocate(block * sizeof(T)));
  }
  T *input(int i) { return arguments[i]->template as<T>(); }
  const T *run() {
    if (!execution.run(arguments, results).ok())
      std::abort();
    return results[0]->template as<T>();
  }

  runtime::CpuExecution execution;
  std::vector<runtime::BufferRef> arguments, results;
};

//===-- Errors ------------------------------------------------------------===//

/// One precision up.
template <typename T>
using Wide = std::conditional_t<sizeof(T) == 4, double, long double>;

/// The distance in units of the last place of `want`, rounded to T. An
/// infinite result counts as the number behind the largest one.
template <typename T> double ulps(T got, Wide<T> want) {
  using Limits = std::numeric_limits<T>;
  T rounded = static_cast<T>(want);
  if (std::isnan(rounded) || std::isnan(got))
    return std::isnan(rounded) == std::isnan(got) ? 0 : INFINITY;
  if (std::isinf(want))
    return got == rounded ? 0 : INFINITY;
  const Wide<T> end = std::ldexp(Wide<T>(1), Limits::max_exponent);
  Wide<T> value = std::clamp(Wide<T>(got), -end, end);
  Wide<T> difference = value - std::clamp(want, -end, end);
  if constexpr (sizeof(T) == 4) {
    uint32_t field = std::bit_cast<uint32_t>(rounded) << 1 >> 24;
    uint64_t exponent = std::clamp<uint32_t>(field, 1, 254);
    return std::fabs(difference) *
           std::bit_cast<double>((1023 + 150 - exponent) << 52);
  } else {
    int exponent =
        rounded == 0 ? Limits::min_exponent : std::ilogb(rounded) + 1;
    exponent = std::clamp(exponent, Limits::min_exponent, Limits::max_exponent);
    return static_cast<double>(
        std::fabs(std::ldexp(difference, Limits::digits - exponent)));
  }
}

template <typename T> struct Worst {
  double error = 0;
  T x = 0, y = 0;
  uint64_t inputs = 0;

  void add(const Worst &other) {
    uint64_t all = inputs + other.inputs;
    if (other.error > error)
      *this = other;
    inputs = all;
  }
};

/// Calls work(Worst &, block number) for the numbers below `blocks`.
template <typename T, typename F>
Worst<T> inThreads(const Options &options, uint64_t blocks, F work) {
  std::mutex mutex;
  Worst<T> worst;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < options.threads; ++t)
    threads.emplace_back([&, t] {
      Worst<T> own = work(t, options.threads, blocks);
      std::lock_guard lock(mutex);
      worst.add(own);
    });
  for (std::thread &thread : threads)
    thread.join();
  return worst;
}

uint64_t mix(uint64_t h) {
  h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9;
  h = (h ^ h >> 27) * 0x94D049BB133111EB;
  return h ^ h >> 31;
}
/// In [-1, 1).
double uniform(uint64_t h) { return (h >> 11) * 0x1p-52 - 1; }

/// Input `i`: for f32 bit pattern i * every, for f64 bits at random and numbers
/// of the sizes at which functions are interesting.
template <typename T> T inputOf(const Options &options, uint64_t i) {
  if constexpr (sizeof(T) == 4)
    return std::bit_cast<float>(static_cast<uint32_t>(i * options.every));
  uint64_t h = mix(i + 1);
  constexpr double sizes[] = {1, 4, 12, 100, 750};
  if (i % 2 == 0)
    return std::bit_cast<double>(h);
  return static_cast<T>(uniform(mix(h)) * sizes[h % 5]);
}

/// Elements a second of one thread, in billions; the best of several runs.
template <typename T> double speedOf(Runner<T> &runner) {
  for (size_t operand = 0; operand < runner.arguments.size(); ++operand)
    for (int64_t i = 0; i < block; ++i)
      runner.input(operand)[i] = static_cast<T>(3 * uniform(mix(i)) + 3.5);
  double best = INFINITY;
  for (int i = 0; i < 300; ++i) {
    auto start = std::chrono::steady_clock::now();
    runner.run();
    std::chrono::duration<double> time =
        std::chrono::steady_clock::now() - start;
    best = std::min(best, time.count());
  }
  return block / best * 1e-9;
}

template <typename T>
bool report(const Options &options, const std::string &op,
            const Worst<T> &worst, double bound, double speed) {
  char at[100];
  if (op == "power")
    std::snprintf(at, sizeof at, "%a, %a", double(worst.x), double(worst.y));
  else
    std::snprintf(at, sizeof at, "%a", double(worst.x));
  std::printf("| %s | %s | %llu | %.3f | %g | %s | %.2f |\n", op.c_str(),
              options.type.c_str(),
              static_cast<unsigned long long>(worst.inputs), worst.error, bound,
              at, speed);
  std::fflush(stdout);
  return worst.error <= bound;
}

/// Whether `wanted` now holds what the function gives for a block, nearly
/// enough to tell where to look.
template <typename T>
bool estimate(const std::string &name, const T *x,
              std::vector<double> &wanted) {
  if constexpr (sizeof(T) == 4)
    return hasVectorReferences() &&
           vectorReference(name.c_str(), x, wanted.data(), block);
  return false;
}
/// The next element that is worth a look.
template <typename T>
int64_t next(const T *y, const std::vector<double> &wanted, int64_t i,
             double worst) {
  if constexpr (sizeof(T) == 4)
    return i % 4 == 0 ? findError(y, wanted.data(), i, block, worst) : i;
  return i;
}

template <typename T>
bool judge(const Options &options, const Function<Wide<T>> &f) {
  std::string name = *f.attributes ? std::string(f.op) + " tanh" : f.op;
  auto executable = compile(options, f.op, f.attributes, 1);
  uint64_t inputs =
      sizeof(T) == 4 ? ((uint64_t(1) << 32) + options.every - 1) / options.every
                     : options.samples;
  uint64_t blocks = (inputs + block - 1) / block;
  Worst<T> worst = inThreads<T>(
      options, blocks, [&](uint64_t first, uint64_t step, uint64_t blocks) {
        Runner<T> runner(executable, 1);
        Worst<T> worst;
        std::vector<double> wanted(block);
        for (uint64_t n = first; n < blocks; n += step) {
          for (int64_t i = 0; i < block; ++i)
            runner.input(0)[i] = inputOf<T>(options, n * block + i);
          const T *y = runner.run();
          bool estimated = estimate(name, runner.input(0), wanted);
          worst.inputs += block;
          for (int64_t i = 0; i < block; ++i) {
            if (estimated && (i = next(y, wanted, i, worst.error)) == block)
              break;
            T x = runner.input(0)[i];
            Wide<T> want = f.reference(x);
            if (f.least != 0 && !(std::fabs(want) > f.least))
              continue;
            if (double error = ulps(y[i], want); error > worst.error) {
              worst.error = error;
              worst.x = x;
            }
          }
        }
        return worst;
      });
  Runner<T> runner(executable, 1);
  return report(options, name, worst,
                sizeof(T) == 4 ? f.bound : std::max(f.bound, 2.0),
                speedOf(runner));
}

template <typename T> bool judgePower(const Options &options) {
  auto executable = compile(options, "power", "", 2);
  uint64_t samples = sizeof(T) == 4 ? options.samples * 10 : options.samples;
  if (sizeof(T) == 4)
    samples = std::max<uint64_t>(samples / options.every, block);
  constexpr double range = sizeof(T) == 4 ? 104 : 745;
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  Worst<T> worst = inThreads<T>(
      options, (samples + block - 1) / block,
      [&](uint64_t first, uint64_t step, uint64_t blocks) {
        Runner<T> runner(executable, 2);
        T *x = runner.input(0), *y = runner.input(1);
        Worst<T> worst;
        for (uint64_t n = first; n < blocks; n += step) {
          for (int64_t i = 0; i < block; ++i) {
            uint64_t h = mix(n * block + i + 1), g = mix(h);
            // Mostly pairs whose power is a number.
            double log = uniform(h) * (i % 2 ? range / 8 : 1);
            x[i] = static_cast<T>(std::exp(log));
            y[i] = static_cast<T>(uniform(g) * range / log);
            if (i % 8 == 0) {
              x[i] = std::bit_cast<T>(static_cast<Bits>(h));
              y[i] = std::bit_cast<T>(static_cast<Bits>(g));
            }
          }
          const T *z = runner.run();
          for (int64_t i = 0; i < block; ++i) {
            ++worst.inputs;
            Wide<T> want = std::pow(Wide<T>(x[i]), Wide<T>(y[i]));
            if (double error = ulps(z[i], want); error > worst.error) {
              worst.error = error;
              worst.x = x[i];
              worst.y = y[i];
            }
          }
        }
        return worst;
      });
  Runner<T> runner(executable, 2);
  return report(options, "power", worst, 2, speedOf(runner));
}

template <typename T> bool judgeAll(const Options &options) {
  auto wanted = [&](const std::string &op) {
    return options.ops.empty() ||
           std::find(options.ops.begin(), options.ops.end(), op) !=
               options.ops.end();
  };
  std::printf("| op | type | inputs | largest error, ulp | bound | at | Gel/s "
              "|\n|---|---|---|---|---|---|---|\n");
  bool ok = true;
  for (const Function<Wide<T>> &f : functions<Wide<T>>())
    if (wanted(f.op))
      ok &= judge<T>(options, f);
  if (wanted("power"))
    ok &= judgePower<T>(options);
  return ok;
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    auto value = [&](const char *name) -> const char * {
      size_t length = std::strlen(name);
      return argument.compare(0, length, name) == 0 ? argument.c_str() + length
                                                    : nullptr;
    };
    if (const char *v = value("--type="))
      options.type = v;
    else if (const char *v = value("--every="))
      options.every = std::strtoull(v, nullptr, 10);
    else if (const char *v = value("--samples="))
      options.samples = std::strtoull(v, nullptr, 10);
    else if (const char *v = value("--threads="))
      options.threads = std::strtoul(v, nullptr, 10);
    else if (const char *v = value("--cpu="))
      options.cpu = v;
    else if (const char *v = value("--programs="))
      options.programs = v;
    else if (argument[0] != '-')
      options.ops.push_back(argument);
    else
      options.type.clear();
  }
  if ((options.type != "f32" && options.type != "f64") || options.every == 0 ||
      options.threads == 0) {
    std::fprintf(stderr, "usage: math-benchmark [--type=f32|f64] [--every=N] "
                         "[--samples=N] [--threads=N] [--cpu=NAME] "
                         "[--programs=FOLDER] [op...]\n");
    return 2;
  }
  // The runtime's own threads would only take turns with ours.
  setenv("DLC_NUM_THREADS", "1", /*overwrite=*/1);
  bool ok = options.type == "f32" ? judgeAll<float>(options)
                                  : judgeAll<double>(options);
  return ok ? 0 : 1;
}
