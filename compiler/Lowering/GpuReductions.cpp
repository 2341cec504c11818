#include "Lowering/GpuReductions.h"

#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContractionMemory.h"
#include "Lowering/Reductions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace dlc;

//===-- Schedule ----------------------------------------------------------===//

/// Blocks that fill a card: twice the multiprocessors of the one that is
/// thought of (GpuContractionSchedule.cpp).
static constexpr int64_t enoughBlocks = 216;

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
  /// Whether teams meet at barriers of the whole block.
  bool usesBarriers() const {
    return teams.down > (space.isRow ? warpThreads : 1);
  }
  void emitPass(ReductionPass &pass);
  void emitElement(Value element, Value part);
  Value shuffle(Value value, int64_t distance);
  Value combineTeam(ReduceOp reduce, Value value);
  Value combineStored(ReduceOp reduce, int64_t count,
                      function_ref<Value(Value)> at);
  /// A register's value as an integer of `bits`, and back.
  Value asWord(Value value, unsigned bits);
  Value fromWord(Value word, Type type);

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

Value ReductionEmitter::asWord(Value value, unsigned bits) {
  Type type = value.getType();
  unsigned own = type.getIntOrFloatBitWidth();
  if (isa<FloatType>(type))
    value = b.create<arith::BitcastOp>(loc, b.getIntegerType(own), value);
  if (own < bits)
    value = b.create<arith::ExtUIOp>(loc, b.getIntegerType(bits), value);
  return value;
}

Value ReductionEmitter::fromWord(Value word, Type type) {
  unsigned bits = type.getIntOrFloatBitWidth();
  if (bits < word.getType().getIntOrFloatBitWidth())
    word = b.create<arith::TruncIOp>(loc, b.getIntegerType(bits), word);
  if (isa<FloatType>(type))
    word = b.create<arith::BitcastOp>(loc, type, word);
  return word;
}

/// What the thread `distance` lanes away (by exclusive or) holds.
Value ReductionEmitter::shuffle(Value value, int64_t distance) {
  Type type = value.getType(), i32 = b.getI32Type(), i64 = b.getI64Type();
  Value all = b.create<arith::ConstantIntOp>(loc, -1, 32);
  Value away = b.create<arith::ConstantIntOp>(loc, distance, 32);
  Value clamp = b.create<arith::ConstantIntOp>(loc, warpThreads - 1, 32);
  auto exchange = [&](Value word) -> Value {
    return b.create<NVVM::ShflOp>(loc, i32, all, word, away, clamp,
                                  NVVM::ShflKind::bfly, UnitAttr());
  };
  if (type.getIntOrFloatBitWidth() <= 32)
    return fromWord(exchange(asWord(value, 32)), type);
  Value word = asWord(value, 64);
  Value half = b.create<arith::ConstantIntOp>(loc, 32, 64);
  Value low = exchange(b.create<arith::TruncIOp>(loc, i32, word));
  Value shifted = b.create<arith::ShRUIOp>(loc, word, half);
  Value high = exchange(b.create<arith::TruncIOp>(loc, i32, shifted));
  high = b.create<arith::ExtUIOp>(loc, i64, high);
  high = b.create<arith::ShLIOp>(loc, high, half);
  low = b.create<arith::ExtUIOp>(loc, i64, low);
  return fromWord(b.create<arith::OrIOp>(loc, high, low), type);
}

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
    for (int64_t distance = warpThreads / 2; distance > 0; distance /= 2) {
      Value other = shuffle(value, distance);
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
  unsigned bits = std::max(32u, type.getIntOrFloatBitWidth());
  Type word = b.getIntegerType(bits);
  if (!shared)
    shared = m.allocateShared(blockThreads * 8);
  // The reduction before has read what lies there.
  m.barrier();
  Value wide = asWord(value, bits);
  auto store = [&] { m.store(wide, m.at(shared, m.times(place, bits / 8))); };
  if (isWriter)
    when(k, isWriter, store);
  else
    store();
  m.barrier();
  return combineStored(reduce, stored, [&](Value i) {
    Value from = i;
    if (!space.isRow)
      from = m.sum({{i, teams.across}, {team, 1}});
    return fromWord(m.load(word, m.at(shared, m.times(from, bits / 8))), type);
  });
}

/// The element of the iteration space at `position` of the reduced ones.
Point ReductionEmitter::pointAt(Value position) {
  Point point(index);
  if (!space.isRow) {
    point.index.insert(point.index.begin() + space.dimension,
                       Coordinate(position));
    return point;
  }
  if (position)
    for (Value coordinate : k.delinearize(position, space.reducedShape))
      point.index.push_back(Coordinate(coordinate));
  point.index.resize(space.shape.size(), Coordinate(Value()));
  return point;
}

/// One pass; its results are bound at the kept element.
void ReductionEmitter::emitPass(ReductionPass &pass) {
  auto walk = [&] {
    emitter.evaluateInvariants(pass.roots, pointAt(Value()));
    SmallVector<Value> sums;
    for (ReduceOp reduce : pass.reductions)
      sums.push_back(emitter.identity(reduce.getKind(), elementOf(reduce), 1));
    return k.forEach(begin, end, teams.down, sums,
                     [&](Value position, ValueRange accumulators) {
                       ExpressionEmitter::Scope scope(emitter);
                       Point point = pointAt(position);
                       SmallVector<Value> next;
                       for (auto [reduce, accumulator] :
                            llvm::zip_equal(pass.reductions, accumulators)) {
                         Value element = emitter.at(reduce.getOperand(), point);
                         next.push_back(emitter.combine(reduce.getKind(),
                                                        elementOf(reduce),
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
    emitter.bind(reduce.getResult(), Point(index), totals.back());
  }
}

/// This thread's part of an element of the result, from input to output.
void ReductionEmitter::emitElement(Value element, Value part) {
  index = k.delinearize(element, space.keptShape);
  begin = member;
  end = k.constant(space.reduced);
  if (teams.parts > 1) {
    begin = m.sum({{part, teams.partLength}, {member, 1}});
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
        Value word = asWord(total, 64);
        b.create<memref::StoreOp>(loc, word, k.scratch(), place);
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
  auto store = [&] { emitter.storeYields(space.keptShape, Point(index)); };
  if (teams.down > 1)
    when(k, isWriter, store);
  else
    store();
}

int64_t ReductionEmitter::emit() {
  Value thread = threadId(k);
  lane = m.rem(thread, warpThreads);
  if (space.isRow) {
    team = m.div(thread, teams.down);
    member = m.rem(thread, teams.down);
  } else {
    team = m.rem(thread, teams.across);
    member = teams.down == 1 ? k.constant(0) : m.div(thread, teams.across);
  }
  int64_t blocks = llvm::divideCeil(space.kept, teams.across);
  forEachTile(k, [&](Value tile) {
    Value part = m.sum({}), block = tile;
    if (teams.parts > 1) {
      block = m.div(tile, teams.parts);
      part = m.rem(tile, teams.parts);
    }
    Value element = m.sum({{block, teams.across}, {team, 1}});
    isInside = m.isBelow(element, space.kept);
    if (!usesBarriers()) {
      // Whole warps of a row, or threads that nobody waits for.
      when(k, isInside, [&] { emitElement(element, part); });
      return;
    }
    // Threads beyond the last element do its work again, since all must come
    // to the barriers; they write nothing.
    if (space.kept % teams.across != 0)
      element = m.min(element, space.kept - 1);
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
        return fromWord(word, type);
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
