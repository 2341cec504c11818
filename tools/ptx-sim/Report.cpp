#include "ptx-sim/Report.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

namespace dlc::ptxsim {

void printFaults(const Machine &machine, llvm::raw_ostream &os) {
  for (const Fault &fault : machine.faults.faults())
    os << "ptx-sim: fault: " << fault.text << "\n";
  if (int64_t total = machine.faults.total())
    os << "ptx-sim: " << machine.faults.faults().size()
       << (machine.faults.faults().size() == 1 ? " fault" : " faults")
       << " at one instruction each, " << total << " in all\n";
}

static double ratio(int64_t x, int64_t y) {
  return y ? static_cast<double>(x) / static_cast<double>(y) : 0;
}

static bool isEmpty(const LineStatistics &line) {
  return line.loads.requests + line.stores.requests + line.shared.requests == 0;
}

static void print(llvm::StringRef what, const GlobalTraffic &traffic,
                  llvm::raw_ostream &os) {
  if (traffic.requests)
    os << "    " << what
       << llvm::format(": %lld requests, %.2f sectors each (at best %.2f)\n",
                       static_cast<long long>(traffic.requests),
                       ratio(traffic.sectors, traffic.requests),
                       ratio(traffic.idealSectors, traffic.requests));
}

void printStatistics(const Machine &machine, llvm::raw_ostream &os) {
  for (const auto &[name, counts] : machine.statistics) {
    os << "kernel " << name << ": " << counts.launches
       << (counts.launches == 1 ? " launch, " : " launches, ") << counts.blocks
       << (counts.blocks == 1 ? " block, " : " blocks, ")
       << counts.warpInstructions << " warp instructions\n";
    os << "    by lanes:";
    for (int type = 0; type < classCount; ++type)
      if (counts.byClass[type])
        os << " " << ptxsim::name(static_cast<Class>(type)) << " "
           << counts.byClass[type];
    os << "\n";
    print("global loads", counts.loads, os);
    print("global stores", counts.stores, os);
    if (counts.shared.requests)
      os << "    shared: " << counts.shared.requests << " requests, "
         << counts.shared.conflicts << " bank conflicts\n";
    int64_t moved =
        (counts.loads.sectors + counts.stores.sectors) * sectorBytes;
    int64_t bound = counts.bytesRead + counts.bytesWritten;
    os << "    moved " << moved << " bytes for " << counts.bytesRead
       << " read and " << counts.bytesWritten << " written of "
       << counts.bufferBytes << " in its buffers"
       << llvm::format(": %.2f times the least\n", ratio(moved, bound));
    if (counts.barriers || counts.divergentBranches || counts.atomics)
      os << "    " << counts.barriers << " barriers, "
         << counts.divergentBranches << " divergent branches, "
         << counts.atomics << " atomics\n";
    for (const auto &[position, line] : counts.lines) {
      // Lines that are as good as can be are not worth a line.
      auto wasteful = [](const GlobalTraffic &traffic) {
        return traffic.sectors > 2 * traffic.idealSectors;
      };
      if (!wasteful(line.loads) && !wasteful(line.stores) &&
          line.shared.conflicts == 0)
        continue;
      os << "    " << machine.module().describe(position) << ":";
      if (wasteful(line.loads))
        os << llvm::format(" loads %.2f sectors a request",
                           ratio(line.loads.sectors, line.loads.requests));
      if (wasteful(line.stores))
        os << llvm::format(" stores %.2f sectors a request",
                           ratio(line.stores.sectors, line.stores.requests));
      if (line.shared.conflicts)
        os << " " << line.shared.conflicts << " bank conflicts";
      os << "\n";
    }
  }
}

static llvm::json::Object toJson(const GlobalTraffic &traffic) {
  return llvm::json::Object{{"requests", traffic.requests},
                            {"sectors", traffic.sectors},
                            {"idealSectors", traffic.idealSectors},
                            {"bytes", traffic.bytes}};
}
static llvm::json::Object toJson(const SharedTraffic &traffic) {
  return llvm::json::Object{{"requests", traffic.requests},
                            {"conflicts", traffic.conflicts}};
}

void printJson(const Machine &machine, llvm::raw_ostream &os) {
  const Module &module = machine.module();
  auto place = [&](const Position &position) {
    llvm::json::Object object{{"ptxLine", position.line}};
    if (position.file > 0 && position.file < int(module.files.size())) {
      object["file"] = module.files[position.file];
      object["line"] = position.sourceLine;
    }
    return object;
  };
  llvm::json::Array kernels, faults;
  for (const auto &[name, counts] : machine.statistics) {
    llvm::json::Object byClass;
    for (int type = 0; type < classCount; ++type)
      if (counts.byClass[type])
        byClass[llvm::StringRef(ptxsim::name(static_cast<Class>(type)))] =
            counts.byClass[type];
    llvm::json::Array lines;
    for (const auto &[position, line] : counts.lines) {
      if (isEmpty(line))
        continue;
      llvm::json::Object object = place(position);
      object["loads"] = toJson(line.loads);
      object["stores"] = toJson(line.stores);
      object["shared"] = toJson(line.shared);
      lines.push_back(std::move(object));
    }
    kernels.push_back(
        llvm::json::Object{{"name", name},
                           {"launches", counts.launches},
                           {"blocks", counts.blocks},
                           {"warpInstructions", counts.warpInstructions},
                           {"threadInstructions", counts.threadInstructions},
                           {"byClass", std::move(byClass)},
                           {"loads", toJson(counts.loads)},
                           {"stores", toJson(counts.stores)},
                           {"shared", toJson(counts.shared)},
                           {"atomics", counts.atomics},
                           {"barriers", counts.barriers},
                           {"divergentBranches", counts.divergentBranches},
                           {"bytesRead", counts.bytesRead},
                           {"bytesWritten", counts.bytesWritten},
                           {"bufferBytes", counts.bufferBytes},
                           {"lines", std::move(lines)}});
  }
  for (const Fault &fault : machine.faults.faults()) {
    llvm::json::Object object = place(fault.position);
    object["kind"] = llvm::StringRef(name(fault.kind));
    object["kernel"] = fault.kernel;
    object["text"] = fault.text;
    faults.push_back(std::move(object));
  }
  llvm::json::Object all{{"kernels", std::move(kernels)},
                         {"faults", std::move(faults)}};
  os << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(all)));
}

} // namespace dlc::ptxsim
