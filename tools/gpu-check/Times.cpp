#include "gpu-check/Times.h"

#include "gpu-check/Steps.h"

#include "cuda/CudaModule.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace dlc::gpucheck {

using namespace runtime::cuda;

namespace {

/// Two points in a card's stream.
class Stopwatch {
public:
  explicit Stopwatch(CudaDevice &card) : card(card) {
    CudaDevice::Use use(card);
    for (CUevent &event : events)
      card.api().cuEventCreate(&event, 0);
  }
  ~Stopwatch() {
    CudaDevice::Use use(card);
    for (CUevent event : events)
      card.api().cuEventDestroy_v2(event);
  }
  Stopwatch(const Stopwatch &) = delete;
  Stopwatch &operator=(const Stopwatch &) = delete;

  Status mark(int which) {
    CudaDevice::Use use(card);
    return card.check(card.api().cuEventRecord(events[which], card.queue()),
                      "cuEventRecord");
  }
  /// Waits for the second.
  Expected<double> milliseconds() {
    CudaDevice::Use use(card);
    if (Status status = card.wait(); !status.ok())
      return status.error();
    float value = 0;
    if (Status status = card.check(
            card.api().cuEventElapsedTime(&value, events[0], events[1]),
            "cuEventElapsedTime");
        !status.ok())
      return status.error();
    return value;
  }

private:
  CudaDevice &card;
  CUevent events[2] = {};
};

/// The best of five times of a step, among many in a row.
Expected<double> timeOf(CudaDevice &card, runtime::Execution &step,
                        Buffers &arguments, double seconds) {
  Stopwatch watch(card);
  Buffers results;
  // The first run compiles, the second is captured, the third tells how long
  // one takes.
  int64_t runs = 1;
  double best = 0;
  for (int round = -3; round < 5; ++round) {
    if (Status status = watch.mark(0); !status.ok())
      return status.error();
    if (Status status = advance(step, arguments, results, runs); !status.ok())
      return status.error();
    if (Status status = watch.mark(1); !status.ok())
      return status.error();
    Expected<double> time = watch.milliseconds();
    if (!time)
      return time;
    double each = *time / static_cast<double>(runs);
    if (round == -1)
      runs = std::clamp<int64_t>(
          static_cast<int64_t>(seconds * 200 / std::max(each, 1e-3)), 1, 10000);
    if (round >= 0)
      best = round == 0 ? each : std::min(best, each);
  }
  return best;
}

/// What ptx-sim has counted for a kernel: of all its launches in one step.
struct Counters {
  double sectorBytes = 0, leastBytes = 0, conflicts = 0;
};

std::map<std::string, Counters> readCounters(const std::string &path) {
  std::map<std::string, Counters> counters;
  std::ifstream file(path);
  std::string name;
  for (Counters c;
       file >> name >> c.sectorBytes >> c.leastBytes >> c.conflicts;)
    counters[name] = c;
  return counters;
}

int attributeOf(CudaDevice &card, CUfunction function,
                CUfunction_attribute which) {
  int value = -1;
  card.api().cuFuncGetAttribute(&value, which, function);
  return value;
}

/// A row for each of the kernels that take longest.
Status printKernels(CudaDevice &card, runtime::Execution &step,
                    const CudaModule &module, Buffers &arguments,
                    const std::map<std::string, Counters> &counted) {
  constexpr size_t shown = 6;
  runtime::Profile profile;
  Buffers results;
  if (Status status = step.run(arguments, results, &profile); !status.ok())
    return status;
  const std::vector<runtime::Kernel> &kernels = module.program().kernels;
  std::vector<size_t> order;
  for (size_t i = 0; i < kernels.size() && i < profile.size(); ++i)
    if (profile[i].launches > 0)
      order.push_back(i);
  std::sort(order.begin(), order.end(), [&](size_t x, size_t y) {
    return std::pair(-profile[x].seconds, x) <
           std::pair(-profile[y].seconds, y);
  });
  order.resize(std::min(order.size(), shown));
  CudaDevice::Use use(card);
  for (size_t i : order) {
    CUfunction function = module.function(static_cast<int64_t>(i));
    auto attribute = [&](CUfunction_attribute which) {
      return attributeOf(card, function, which);
    };
    std::printf(
        "  %-40s %3lld x %9.2f us, %3d registers, %4d B spilled, "
        "%6d B shared",
        kernels[i].name.c_str(), static_cast<long long>(profile[i].launches),
        profile[i].seconds * 1e6 / static_cast<double>(profile[i].launches),
        attribute(CU_FUNC_ATTRIBUTE_NUM_REGS),
        attribute(CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES),
        attribute(CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES));
    if (auto found = counted.find(kernels[i].name); found != counted.end()) {
      const Counters &c = found->second;
      std::printf("; simulated: %.0f B in sectors, %.0f at least (%.1f GB/s), "
                  "%.0f conflicts",
                  c.sectorBytes, c.leastBytes,
                  c.leastBytes * 1e-9 / std::max(profile[i].seconds, 1e-9),
                  c.conflicts);
    }
    std::printf("\n");
  }
  return {};
}

} // namespace

void printDevice(runtime::Device &device) {
  auto *card = dynamic_cast<CudaDevice *>(&device);
  std::printf("%s, %s", card ? card->describe().c_str() : device.name().c_str(),
              device.target().c_str());
  if (card)
    std::printf(", the driver is for CUDA %s", card->api().version().c_str());
  std::printf("\n");
}

Expected<Peers> readPeers(const std::string &path) {
  std::ifstream file(path);
  if (!file)
    return Error{"cannot open '" + path + "'"};
  Peers peers;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string step, program;
    double milliseconds = 0;
    if (line.starts_with('#'))
      std::printf("%s\n", line.c_str() + std::min<size_t>(2, line.size()));
    else if (words >> step >> program >> milliseconds)
      peers[step][program] = milliseconds;
    else if (!line.empty())
      return Error{"'" + path + "': '" + line + "' is not STEP PROGRAM TIME"};
  }
  return peers;
}

Status printTimes(const Case &what, const std::string &folder,
                  runtime::Execution &step, double seconds,
                  const Peers &peers) {
  auto *card = dynamic_cast<CudaDevice *>(&step.device());
  if (!card)
    return Error{"times are those of a GPU"};
  Expected<Buffers> start = stepArguments(step.function());
  if (!start)
    return start.error();
  Expected<Buffers> arguments = copyTo(*card, *start);
  if (!arguments)
    return arguments.error();
  Expected<double> time = timeOf(*card, step, *arguments, seconds);
  if (!time)
    return time.error();
  std::string name = what.program.substr(0, what.program.rfind('.'));
  std::printf("%-30s %9.4f ms", name.c_str(), *time);
  if (auto found = peers.find(name); found != peers.end())
    for (const auto &[program, milliseconds] : found->second)
      std::printf("; %s %.4f ms (%.2f times)", program.c_str(), milliseconds,
                  milliseconds / std::max(*time, 1e-6));
  std::printf("\n");

  // Loaded once more, for its functions' attributes.
  std::ifstream file(folder + what.program, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  Expected<runtime::Program> program = runtime::deserialize(bytes.str());
  if (!program)
    return program.error();
  auto module = CudaModule::load(*card, std::move(*program));
  if (!module)
    return module.error();
  auto counted = what.counters.empty() ? std::map<std::string, Counters>()
                                       : readCounters(folder + what.counters);
  return printKernels(*card, step, **module, *arguments, counted);
}

} // namespace dlc::gpucheck
