#include "cuda/GraphCache.h"

#include <algorithm>

namespace dlc::runtime::cuda {

namespace {

/// Longer ones take too long to make, shorter ones gain nothing.
constexpr size_t mostLaunches = 4096, fewestLaunches = 2;

/// Appends the kernels that an instruction launches, loops unrolled. False
/// where the host must know something on the way, or there are too many.
bool isStraight(const Instruction &instruction, std::vector<int64_t> &kernels) {
  switch (instruction.kind) {
  case Instruction::Kind::launch:
    kernels.push_back(instruction.kernel);
    return kernels.size() <= mostLaunches;
  case Instruction::Kind::copy:
    return true;
  case Instruction::Kind::loop:
    if (!instruction.operands.empty() || !instruction.tapes.empty())
      return false;
    for (int64_t trip = 0; trip < instruction.trips; ++trip)
      for (const Instruction &each : instruction.body)
        if (!isStraight(each, kernels))
          return false;
    return true;
  default:
    return false;
  }
}

} // namespace

GraphCache::GraphCache(CudaDevice &device, const Function &function)
    : device(device), code(function.code) {
  bool open = false;
  for (size_t i = 0; i < code.size(); ++i) {
    std::vector<int64_t> kernels;
    bool straight = isStraight(code[i], kernels);
    if (!straight)
      kernels.clear();
    if (!straight || !open ||
        pieces.back().kernels.size() + kernels.size() > mostLaunches)
      pieces.push_back({i, i, {}});
    Piece &piece = pieces.back();
    piece.end = i + 1;
    piece.kernels.insert(piece.kernels.end(), kernels.begin(), kernels.end());
    open = straight;
  }
  for (Piece &piece : pieces)
    if (piece.kernels.size() < fewestLaunches)
      piece.kernels.clear();
}

GraphCache::~GraphCache() {
  CudaDevice::Use use(device);
  for (Entry &entry : entries)
    destroy(entry);
}

void GraphCache::destroy(Entry &entry) {
  for (CUgraphExec graph : entry.graphs)
    if (graph)
      device.api().cuGraphExecDestroy(graph);
}

GraphCache::Entry &GraphCache::find(const Operands &operands) {
  std::vector<std::byte *> addresses(operands.arguments.begin(),
                                     operands.arguments.end());
  addresses.insert(addresses.end(), operands.results.begin(),
                   operands.results.end());
  addresses.push_back(operands.arena);
  addresses.push_back(operands.prepared);
  auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) {
        return entry.addresses == addresses;
      });
  if (found != entries.end()) {
    entries.splice(entries.begin(), entries, found);
    return entries.front();
  }
  if (entries.size() == most) {
    destroy(entries.back());
    entries.pop_back();
  }
  entries.push_front({std::move(addresses), Graphs(pieces.size()), 0});
  return entries.front();
}

/// Null where the driver refuses: then the piece is walked.
CUgraphExec GraphCache::capture(const Piece &piece, CudaWalk &walk) {
  const Driver &driver = device.api();
  if (driver.cuStreamBeginCapture_v2(
          device.queue(), CU_STREAM_CAPTURE_MODE_THREAD_LOCAL) != CUDA_SUCCESS)
    return nullptr;
  // While the stream is captured, nothing runs.
  Status status = walk.code(codeOf(piece));
  CUgraph graph = nullptr;
  CUgraphExec made = nullptr;
  if (driver.cuStreamEndCapture(device.queue(), &graph) != CUDA_SUCCESS)
    return nullptr;
  if (status.ok() &&
      driver.cuGraphInstantiateWithFlags(&made, graph, 0) != CUDA_SUCCESS)
    made = nullptr;
  driver.cuGraphDestroy(graph);
  return made;
}

Status GraphCache::run(CudaWalk &walk, const Operands &operands) {
  Entry &entry = find(operands);
  if (++entry.runs == 2)
    for (size_t i = 0; i < pieces.size(); ++i)
      if (!pieces[i].kernels.empty())
        entry.graphs[i] = capture(pieces[i], walk);
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (entry.graphs[i]) {
      if (Status status = walk.launchGraph(entry.graphs[i], pieces[i].kernels);
          !status.ok())
        return status;
    } else if (Status status = walk.code(codeOf(pieces[i])); !status.ok()) {
      return status;
    }
  }
  return {};
}

} // namespace dlc::runtime::cuda
