#include "IR/ChainBlock.h"

#include "IR/GpuCard.h"

#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace dlc;

/// What one block may ask for. A card runs code for a target with no more than
/// its own (runtime/cuda/CudaDevice.cpp).
static int64_t sharedBytes(int64_t sm) {
  switch (sm) {
  case 75:
    return 64 << 10;
  case 80:
  case 87:
    return 163 << 10;
  case 90:
    return 227 << 10;
  default:
    return 99 << 10;
  }
}

/// Products' columns.
static int64_t widest(ArrayRef<DotGeneralOp> dots) {
  int64_t most = 1;
  for (DotGeneralOp dot : dots)
    most = std::max(most, tensorType(dot.getResult()).getShape().back());
  return most;
}

static int64_t depthOf(DotGeneralOp dot) {
  return tensorType(dot.getLhs()).getDimSize(dot.getLhsContract().front());
}

/// From one row of a tile to the next, such that neither a warp's stores, eight
/// lanes to a row, nor its loads of 16 bytes meet in a bank.
static int64_t pitchOf(int64_t columns, int64_t bytes) {
  return llvm::alignTo(columns * bytes, 128) + 8 * bytes;
}

//===-- Rows --------------------------------------------------------------===//

/// Places everything: results of so many columns, and so many reductions.
static void place(ChainBlock &block, const ChainPlan &plan, int64_t resultWidth,
                  int64_t reductions, bool tensor) {
  int64_t bytes = plan.elementBytes();
  block.pitch = pitchOf(block.keys, bytes);
  // Tensor cores read 16 bytes of eight rows, more often than they store.
  if (tensor)
    block.pitch -= 4 * bytes;
  block.resultPitch = pitchOf(resultWidth, bytes);
  // The tiles of one product, and of a later one, whose left operand is here.
  block.buffersAt = block.stages * ChainBlock::depthBytes *
                    std::max(block.rows + block.columns, block.resultColumns);
  int64_t buffersEnd = block.buffersAt + plan.buffers * block.bufferBytes();
  // A single result may take the place of all that it was computed from.
  bool isOver = plan.weighs.size() <= 1 && resultWidth <= block.resultColumns;
  block.resultsAt = isOver ? 0 : buffersEnd;
  int64_t resultsEnd =
      block.resultsAt + plan.weighs.size() * block.resultBytes();
  block.reducedAt = std::max(buffersEnd, resultsEnd);
  block.bytes = block.reducedAt + reductions * block.rows * 8;
}

/// In cycles, roughly: a k of a tile of a product. Each of a block's four warps
/// has a scheduler of its own, but they share the path from shared memory,
/// which takes four cycles for a load of 16 bytes, four k of a row or column.
static double tileCost(int64_t rows, int64_t columns, int64_t copied) {
  double sums = double(rows * columns) / ChainBlock::threads;
  double loads = 4 * 2 * std::sqrt(sums);
  return std::max(sums, loads) + double(copied) / ChainBlock::threads;
}

/// Of all blocks that a multiprocessor gets. Nothing hides the latency of one
/// that is alone.
static double cardCost(double cycles, int64_t blocks, int64_t bytes,
                       int64_t sm) {
  int64_t each = llvm::divideCeil(blocks, processors);
  bool isAlone = each == 1 || 2 * bytes > sharedBytes(sm);
  return cycles * each * (isAlone ? 1.5 : 1);
}

static double scoresCost(const ChainPlan &plan, const ChainBlock &block) {
  double cycles = 0;
  for (DotGeneralOp dot : plan.scores)
    cycles += double(depthOf(dot)) * (block.keys / block.columns) *
              tileCost(block.rows, block.columns, block.rows + block.columns);
  constexpr double instructions = 24; // of a pass, for an element
  return cycles + instructions * plan.passes.size() * block.rows * block.keys /
                      ChainBlock::threads;
}

static double rowsCost(const ChainPlan &plan, const ChainBlock &block,
                       int64_t sm) {
  double cycles =
      scoresCost(plan, block) * llvm::divideCeil(plan.keys, block.keys);
  for (DotGeneralOp dot : plan.weighs) {
    int64_t columns = tensorType(dot.getResult()).getShape().back();
    cycles += double(plan.keys) *
              llvm::divideCeil(columns, block.resultColumns) *
              tileCost(block.rows, block.resultColumns, block.resultColumns);
  }
  int64_t blocks = plan.batches * llvm::divideCeil(plan.rows, block.rows);
  return cardCost(cycles, blocks, block.bytes, sm);
}

static double sumsCost(const ChainPlan &plan, const ChainBlock &block,
                       int64_t sm) {
  double cycles = scoresCost(plan, block);
  for (size_t i = 0; i < plan.adds.size(); ++i)
    cycles += block.rows * tileCost(block.resultRows, block.resultColumns,
                                    block.resultColumns);
  int64_t down = llvm::divideCeil(plan.keys, block.keys);
  int64_t across = llvm::divideCeil(widest(plan.adds), block.resultColumns);
  return cardCost(cycles * llvm::divideCeil(plan.rows, block.rows),
                  plan.batches * down * across, block.bytes, sm);
}

/// Sums that a thread holds at once, in registers of 32 bits.
static int64_t registersOf(const ChainPlan &plan, const ChainBlock &block) {
  constexpr int64_t chain = 512; // multiply-adds; their sums are added up
  int64_t scores = block.rows * block.columns;
  int64_t results = block.rows * block.resultColumns;
  if (plan.keys > chain)
    results *= 2;
  int64_t sums = block.keys < plan.keys
                     ? scores + int64_t(plan.weighs.size()) * results
                     : std::max(scores, results);
  return sums / ChainBlock::threads * plan.elementBytes() / 4;
}

std::optional<ChainBlock> dlc::rowsBlock(const ChainPlan &plan, int64_t sm,
                                         bool tensor) {
  struct Tile {
    int64_t rows, columns;
  };
  static constexpr Tile tiles[] = {
      {64, 128}, {64, 64}, {32, 128}, {32, 64}, {16, 128}};
  bool isDouble = plan.element.isF64();
  int64_t width = widest(plan.weighs), reductions = 0;
  for (const ReductionPass &pass : plan.passes)
    reductions += pass.reductions.size();
  std::optional<ChainBlock> best;
  for (auto [rows, columns] : tiles) {
    ChainBlock block{};
    block.rows = block.resultRows = rows;
    block.columns = columns;
    block.stages = sm >= 80 ? 3 : 2;
    block.resultColumns = rows > 16 && width <= 32                  ? 32
                          : width <= 64 || (isDouble && rows == 64) ? 64
                                                                    : 128;
    // What is not reduced needs not be there all at once, if the results stay
    // in registers meanwhile.
    bool inWindows = reductions == 0 && !plan.weighs.empty() &&
                     width <= block.resultColumns && plan.weighs.size() <= 2;
    block.keys = inWindows ? columns : llvm::alignTo(plan.keys, columns);
    int64_t resultWidth = llvm::alignTo(width, block.resultColumns);
    place(block, plan, resultWidth, reductions, tensor);
    // Of 255; the rest is for operands and addresses.
    constexpr int64_t mostRegisters = 96;
    bool fits = block.bytes <= sharedBytes(sm) &&
                (registersOf(plan, block) <= mostRegisters || rows == 16);
    if (fits &&
        (!best || rowsCost(plan, block, sm) < rowsCost(plan, *best, sm)))
      best = block;
  }
  return best;
}

//===-- Sums over rows ----------------------------------------------------===//

std::optional<ChainBlock> dlc::sumsBlock(const ChainPlan &plan, int64_t sm) {
  constexpr int64_t oneChain = 512;
  bool isDouble = plan.element.isF64();
  int64_t width = widest(plan.adds), bytes = plan.elementBytes();
  std::optional<ChainBlock> best;
  for (int64_t keys : {64, 32}) {
    // Each product's sums stay in registers.
    if (keys == 64 && (width > 64 || isDouble || plan.rows > oneChain ||
                       plan.adds.size() > 2))
      continue;
    ChainBlock block{};
    block.keys = block.columns = block.resultRows = keys;
    block.rows = keys == 64 ? 32 : 64;
    block.resultColumns = keys == 64 && width <= 32 ? 32
                          : width <= 64 || isDouble ? 64
                                                    : 128;
    block.stages = sm >= 80 ? 3 : 2;
    block.pitch = pitchOf(block.keys, bytes);
    block.resultPitch = pitchOf(block.resultColumns, bytes);
    block.buffersAt = block.stages * ChainBlock::depthBytes *
                      std::max(block.rows + block.columns, block.resultColumns);
    block.bytes = std::max(block.buffersAt + plan.buffers * block.bufferBytes(),
                           block.resultBytes());
    if (block.bytes <= sharedBytes(sm) &&
        (!best || sumsCost(plan, block, sm) < sumsCost(plan, *best, sm)))
      best = block;
  }
  return best;
}

bool dlc::fitsGpu(Block &body, int64_t sm) {
  auto hasPlace = [](DotGeneralOp dot) { return chainPartOf(dot).has_value(); };
  // Parts of arrays in place are a CPU's.
  auto isPart = llvm::IsaPred<SliceOp, ReshapeOp, ConcatenateOp>;
  if (!llvm::all_of(body.getOps<DotGeneralOp>(), hasPlace) ||
      llvm::any_of(body, isPart))
    return false;
  ChainPlan rows(body, ChainStep::rows), sums(body, ChainStep::sums);
  return rowsBlock(rows, sm) && (sums.adds.empty() || sumsBlock(sums, sm));
}
