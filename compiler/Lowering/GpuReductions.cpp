#include "Lowering/GpuReductions.h"

#include "Lowering/Elementwise.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContractionMemory.h"
#include "Lowering/GpuVectors.h"
#include "Lowering/GpuWarp.h"
#include "Lowering/Reductions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace dlc;

//===-- Schedule ----------------------------------------------------------===//

/// Blocks that fill a card.
static constexpr int64_t enoughBlocks = 2 * processors;

/// What a thread has to reduce at least, in a team and in a part of its work.
static constexpr int64_t elementsOfMember = 8, elementsOfPart = 32;

/// Splits the teams' work if their blocks are few.
static void split(GpuTeams &teams, int64_t blocks, int64_t reduced) {
  int64_t most = reduced / (teams.down * elementsOfPart);
  int64_t parts = std::min(enoughBlocks / blocks, most);
  if (parts < 2)
    return;
  // Whole rounds of the team.
  teams.partLength =
      llvm::alignTo(llvm::divideCeil(reduced, parts), teams.down);
  teams.parts = llvm::divideCeil(reduced, teams.partLength);
}

GpuTeams dlc::chooseRowTeams(int64_t kept, int64_t reduced, bool inParts) {
  GpuTeams teams{blockThreads / warpThreads, warpThreads, 1, reduced};
  int64_t blocks = llvm::divideCeil(kept, teams.across);
  if (blocks >= enoughBlocks || reduced < 2 * blockThreads)
    return teams;
  teams.across = 1;
  teams.down = blockThreads;
  if (inParts && kept > 0)
    split(teams, kept, reduced);
  return teams;
}

GpuTeams dlc::chooseColumnTeams(int64_t kept, int64_t reduced, bool inParts) {
  int64_t across = blockThreads;
  auto blocks = [&] { return llvm::divideCeil(kept, across); };
  // Twice as many members must still have something to do.
  auto mayHalve = [&] {
    return reduced >= 2 * blockThreads / across * elementsOfMember;
  };
  // A warp's width at least, to read whole sectors; no wider than the result.
  while (across > warpThreads && blocks() < enoughBlocks && mayHalve())
    across /= 2;
  while (across > 1 && across / 2 >= kept && mayHalve())
    across /= 2;
  GpuTeams teams{across, blockThreads / across, 1, reduced};
  if (inParts && kept > 0)
    split(teams, blocks(), reduced);
  return teams;
}

/// As many neighbouring elements to a thread as memory gives at once, while
/// every thread of a row's team has some.
static void widenRowTeams(GpuTeams &teams, int64_t width, int64_t reduced) {
  while (width > 1 && teams.down * width > reduced)
    width /= 2;
  teams.width = width;
  if (teams.parts == 1)
    return;
  teams.partLength = llvm::alignTo(teams.partLength, teams.down * width);
  teams.parts = llvm::divideCeil(reduced, teams.partLength);
}

/// The same for columns, unless fewer blocks would be busy.
static void widenColumnTeams(GpuTeams &teams, int64_t width, int64_t kept,
                             int64_t reduced, bool inParts) {
  auto busy = [&](const GpuTeams &teams) {
    int64_t blocks = llvm::divideCeil(kept, teams.across * teams.width);
    return std::min(blocks * teams.parts, processors);
  };
  for (; width > 1; width /= 2) {
    GpuTeams wide = chooseColumnTeams(kept / width, reduced, inParts);
    wide.width = width;
    if (busy(wide) < busy(teams))
      continue;
    teams = wide;
    return;
  }
}

/// The shape that the kernel's reductions take.
static ReduceOp firstReduction(Block &body) {
  return *body.getOps<ReduceOp>().begin();
}

namespace {
/// What a row or column kernel reduces.
struct ReducedSpace {
  explicit ReducedSpace(KernelOp kernel)
      : body(kernel.getBody().front()),
        isRow(kernel.getEmitter() == Emitter::row) {
    ReduceOp first = firstReduction(body);
    shape = tensorType(first.getOperand()).getShape();
    if (isRow) {
      size_t outer = shape.size() - first.getDimensions().size();
      keptShape = shape.take_front(outer);
      reducedShape = shape.drop_front(outer);
    } else {
      dimension = first.getDimensions()[0];
      keptShape = tensorType(first.getResult()).getShape();
      reducedShape = shape.slice(dimension, 1);
    }
    for (int64_t size : keptShape)
      kept *= size;
    for (int64_t size : reducedShape)
      reduced *= size;
    passes = planPasses(body, shape);
    // What is written for each element needs the finished reductions.
    bool inParts = passes.size() == 1 && !passes[0].reductions.empty();
    teams = isRow ? chooseRowTeams(kept, reduced, inParts)
                  : chooseColumnTeams(kept, reduced, inParts);
    int64_t width = vectorOfPasses();
    if (isRow)
      widenRowTeams(teams, width, reduced);
    else
      widenColumnTeams(teams, width, kept, reduced, inParts);
  }

  /// The neighbours that all passes can take at once.
  int64_t vectorOfPasses() const {
    // Of columns, those of the last dimension, which is kept.
    if (kept == 0 || reduced == 0 ||
        (!isRow && dimension + 1 == int64_t(shape.size())))
      return 1;
    int64_t width = GpuMemory::widestBytes;
    for (const ReductionPass &pass : passes) {
      for (ReduceOp reduce : pass.reductions)
        if (!isa<FloatType>(tensorType(reduce.getResult()).getElementType()))
          return 1;
      width = std::min(width, threadVector(pass.roots, shape));
    }
    return width;
  }

  Block &body;
  bool isRow;
  ArrayRef<int64_t> shape, keptShape, reducedShape;
  int64_t dimension = 0, kept = 1, reduced = 1;
  SmallVector<ReductionPass> passes;
  GpuTeams teams{};
};
} // namespace

int64_t dlc::scratchOfReductions(KernelOp kernel) {
  if (kernel.getEmitter() != Emitter::row &&
      kernel.getEmitter() != Emitter::column)
    return 0;
  ReducedSpace space(kernel);
  if (space.teams.parts == 1)
    return 0;
  return space.passes[0].reductions.size() * space.teams.parts * space.kept;
}

//===-- Code --------------------------------------------------------------===//

namespace {

class ReductionEmitter {
public:
  explicit ReductionEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), m(k), emitter(k), space(k.kernel),
        teams(space.teams) {}

  int64_t emit();
  int64_t emitSecondStep();

private:
  static Type elementOf(ReduceOp reduce) {
    return tensorType(reduce.getResult()).getElementType();
  }
  Point pointAt(Value position);
  Point keptPoint();
  void makeVector(Point &point);
  /// Neighbours of a row, or columns, that a thread takes at once.
  int64_t neighbours() const { return space.isRow ? teams.width : 1; }
  int64_t columns() const { return space.isRow ? 1 : teams.width; }
  /// Whether teams meet at barriers of the whole block.
  bool usesBarriers() const {
    return teams.down > (space.isRow ? warpThreads : 1);
  }
  int64_t blocksTogether() const;
  void emitPass(ReductionPass &pass);
  void emitElement(Value element, Value part);
  Value combineTeam(ReduceOp reduce, Value value);
  Value combineStored(ReduceOp reduce, int64_t count,
                      function_ref<Value(Value)> at);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  GpuMemory m;
  ExpressionEmitter emitter;
  ReducedSpace space;
  const GpuTeams &teams;

  /// Where this thread stands: its team in the block, itself in the team.
  Value team, member, lane;
  Value shared;
  SmallVector<Value> index;
  Value begin, end, isInside;
  /// Of the last pass, not rounded.
  SmallVector<Value> totals;
};

} // namespace

/// The values at 0 … count - 1, combined in order.
Value ReductionEmitter::combineStored(ReduceOp reduce, int64_t count,
                                      function_ref<Value(Value)> at) {
  Value first = at(k.constant(0));
  return k.forEach(k.constant(1), k.constant(count), 1, first,
                   [&](Value i, ValueRange total) {
                     Value next = at(i);
                     return SmallVector<Value>{emitter.combine(
                         reduce.getKind(), elementOf(reduce), total[0], next)};
                   })[0];
}

/// What the members of a team have together; all of them get it.
Value ReductionEmitter::combineTeam(ReduceOp reduce, Value value) {
  int64_t stored = teams.down;
  Value place = m.sum({{member, teams.across}, {team, 1}}), isWriter;
  if (space.isRow) {
    value = emitter.combineLanes(reduce.getKind(), elementOf(reduce), value);
    for (int64_t distance = warpThreads / 2; distance > 0; distance /= 2) {
      Value other = shuffle(b, loc, value, distance);
      value =
          emitter.combine(reduce.getKind(), elementOf(reduce), value, other);
    }
    // Then the warps of a block.
    stored = teams.down / warpThreads;
    place = m.div(member, warpThreads);
    isWriter = m.isEqual(lane, 0);
  }
  if (stored == 1)
    return value;
  Type type = value.getType();
  unsigned bits =
      std::max(32u, getElementTypeOrSelf(type).getIntOrFloatBitWidth());
  Type word = likeType(type, b.getIntegerType(bits));
  int64_t bytes = bits / 8 * columns();
  if (!shared)
    shared = m.allocateShared(blockThreads * 8 * columns());
  // The reduction before has read what lies there.
  m.barrier();
  Value wide = asWord(b, loc, value, bits);
  auto store = [&] { m.store(wide, m.at(shared, m.times(place, bytes))); };
  if (isWriter)
    when(k, isWriter, store);
  else
    store();
  m.barrier();
  return combineStored(reduce, stored, [&](Value i) {
    Value from = i;
    if (!space.isRow)
      from = m.sum({{i, teams.across}, {team, 1}});
    return fromWord(b, loc, m.load(word, m.at(shared, m.times(from, bytes))),
                    type);
  });
}

/// The element of the iteration space at `position` of the reduced ones, or the
/// neighbours from there on.
Point ReductionEmitter::pointAt(Value position) {
  Point point = keptPoint();
  if (!space.isRow) {
    point.index.insert(point.index.begin() + space.dimension,
                       Coordinate(position));
    return point;
  }
  if (position) {
    for (Value coordinate : k.delinearize(position, space.reducedShape))
      point.index.push_back(Coordinate(coordinate));
    makeVector(point);
  }
  point.index.resize(space.shape.size(), Coordinate(Value()));
  return point;
}

/// This thread's element of the result, or its columns.
Point ReductionEmitter::keptPoint() {
  Point point(index);
  if (!space.isRow)
    makeVector(point);
  return point;
}

void ReductionEmitter::makeVector(Point &point) {
  if (teams.width == 1)
    return;
  point.width = teams.width;
  point.index.back().step = 1;
  point.index.back().divisor = teams.width;
}

/// One pass; its results are bound at the kept element.
void ReductionEmitter::emitPass(ReductionPass &pass) {
  auto walk = [&] {
    emitter.evaluateInvariants(pass.roots, pointAt(Value()));
    SmallVector<Value> sums;
    for (ReduceOp reduce : pass.reductions)
      sums.push_back(
          emitter.identity(reduce.getKind(), elementOf(reduce), teams.width));
    return k.forEach(
        begin, end, teams.down * neighbours(), sums,
        [&](Value position, ValueRange accumulators) {
          ExpressionEmitter::Scope scope(emitter);
          Point point = pointAt(position);
          SmallVector<Value> next;
          for (auto [reduce, accumulator] :
               llvm::zip_equal(pass.reductions, accumulators)) {
            Value element = emitter.vectorAt(reduce.getOperand(), point);
            next.push_back(emitter.combine(reduce.getKind(), elementOf(reduce),
                                           accumulator, element));
          }
          if (pass.reductions.empty())
            emitter.storeYields(space.shape, point);
          return next;
        });
  };
  if (pass.reductions.empty()) {
    ExpressionEmitter::Scope scope(emitter);
    if (usesBarriers())
      when(k, isInside, [&] { walk(); });
    else
      walk();
    return;
  }
  totals.clear();
  for (auto [reduce, sum] : llvm::zip_equal(pass.reductions, walk())) {
    totals.push_back(combineTeam(reduce, sum));
    emitter.bind(reduce.getResult(), keptPoint(), totals.back());
  }
}

/// This thread's part of an element of the result, from input to output.
void ReductionEmitter::emitElement(Value element, Value part) {
  index = k.delinearize(element, space.keptShape);
  begin = m.times(member, neighbours());
  end = k.constant(space.reduced);
  if (teams.parts > 1) {
    begin = m.sum({{part, teams.partLength}, {member, neighbours()}});
    end = m.min(m.times(m.plus(part, 1), teams.partLength), space.reduced);
  }
  for (ReductionPass &pass : space.passes)
    emitPass(pass);

  Value isWriter = m.isEqual(member, 0);
  if (usesBarriers())
    isWriter = m.both(isWriter, isInside);
  if (teams.parts > 1) {
    when(k, isWriter, [&] {
      for (auto [i, total] : llvm::enumerate(totals)) {
        Value place = m.sum({{part, space.kept}, {element, 1}},
                            i * teams.parts * space.kept);
        Value word = asWord(b, loc, total, 64);
        for (int64_t column = 0; column < columns(); ++column) {
          Value each = word;
          if (columns() != 1)
            each = b.create<vector::ExtractOp>(loc, word, column);
          b.create<memref::StoreOp>(loc, each, k.scratch(),
                                    m.plus(place, column));
        }
      }
    });
    return;
  }
  if (space.keptShape.size() == space.shape.size())
    return;
  // An output may lie over an input that another thread still reads.
  if (usesBarriers()) {
    m.barrier();
  } else if (teams.down > 1) {
    Value all = b.create<arith::ConstantIntOp>(loc, -1, 32);
    b.create<NVVM::SyncWarpOp>(loc, all);
  }
  auto store = [&] { emitter.storeYields(space.keptShape, keptPoint()); };
  if (teams.down > 1)
    when(k, isWriter, store);
  else
    store();
}

/// How many blocks a multiprocessor can have at once, roughly, if what a thread
/// needs is in registers: an address for each operand, which loops walk, and
/// what it loads for this trip and the next ones. Without a number NVIDIA's
/// assembler aims at one of its own, and may spill for it.
int64_t ReductionEmitter::blocksTogether() const {
  constexpr int64_t ofProcessor = 65536, ofLoop = 48, ofAddress = 3,
                    tripsAhead = 4, mostAhead = 48, most = 4;
  int64_t inputs = k.kernel.getNumOperands();
  int64_t addresses = ofAddress * (inputs + k.kernel.getNumResults());
  int64_t ahead = std::min(tripsAhead * teams.width * inputs, mostAhead);
  int64_t ofBlock = blockThreads * (ofLoop + addresses + ahead);
  return std::clamp<int64_t>(ofProcessor / ofBlock, 1, most);
}

int64_t ReductionEmitter::emit() {
  k.function->setAttr("dlc.blocks", b.getI64IntegerAttr(blocksTogether()));
  Value thread = threadId(k);
  lane = m.rem(thread, warpThreads);
  if (space.isRow) {
    team = m.div(thread, teams.down);
    member = m.rem(thread, teams.down);
  } else {
    team = m.rem(thread, teams.across);
    member = teams.down == 1 ? k.constant(0) : m.div(thread, teams.across);
  }
  int64_t ofBlock = teams.across * columns();
  int64_t blocks = llvm::divideCeil(space.kept, ofBlock);
  forEachTile(k, [&](Value tile) {
    Value part = m.sum({}), block = tile;
    if (teams.parts > 1) {
      block = m.div(tile, teams.parts);
      part = m.rem(tile, teams.parts);
    }
    Value element = m.sum({{block, ofBlock}, {team, columns()}});
    isInside = m.isBelow(element, space.kept);
    if (!usesBarriers()) {
      // Whole warps of a row, or threads that nobody waits for.
      when(k, isInside, [&] { emitElement(element, part); });
      return;
    }
    // Threads beyond the last element do its work again, since all must come
    // to the barriers; they write nothing.
    if (space.kept % ofBlock != 0)
      element = m.min(element, space.kept - columns());
    emitElement(element, part);
  });
  return blocks * teams.parts;
}

/// A thread an element: its parts' results, in order.
int64_t ReductionEmitter::emitSecondStep() {
  return forEachElement(k, {space.kept}, [&](SmallVector<Value> at) {
    index = k.delinearize(at[0], space.keptShape);
    for (auto [i, reduce] : llvm::enumerate(space.passes[0].reductions)) {
      Type type = registerType(elementOf(reduce));
      Value total = combineStored(reduce, teams.parts, [&](Value part) {
        Value place = m.sum({{part, space.kept}, {at[0], 1}},
                            i * teams.parts * space.kept);
        Value word = b.create<memref::LoadOp>(loc, k.scratch(), place);
        return fromWord(b, loc, word, type);
      });
      emitter.bind(reduce.getResult(), Point(index), total);
    }
    emitter.storeYields(space.keptShape, Point(index));
  });
}

static FailureOr<int64_t> emitReduction(KernelFunction &k) {
  ReductionEmitter emitter(k);
  if (scratchOfReductions(k.kernel) != 0)
    k.secondStep = [](KernelFunction &second) -> FailureOr<int64_t> {
      return ReductionEmitter(second).emitSecondStep();
    };
  return emitter.emit();
}

FailureOr<int64_t> dlc::emitRowLanes(KernelFunction &k) {
  return emitReduction(k);
}
FailureOr<int64_t> dlc::emitColumnLanes(KernelFunction &k) {
  return emitReduction(k);
}
