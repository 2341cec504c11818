// dlc-merge-loops: a loop of small launches ⇒ one launch of a kernel that
// loops.
//
// A launch costs the runtime some fifty nanoseconds, a step of a small
// recurrence less. So where each kernel in a loop's body has a single tile, and
// thus runs on one thread anyway, the bodies of these kernels are put one after
// the other into one loop. Each reads its operands where the launch list says:
//
//   dlc.loop 9 { dlc.launch @a [<arena, 0, 0, [16]>, …]; dlc.launch @b … }
//   ⇒
//   dlc.launch @loop_0 [<arena, 0, 0>, …]
//   @loop_0: for trip = 0 to 9 { body of @a on bytes 16 * trip …; body of @b …
//   }
//
// What lies in memory between two kernels stays there: in the cache. The same
// operations run in the same order, so the bits are the same.

#include "IR/Dlc.h"
#include "Lowering/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {
#define GEN_PASS_DEF_MERGELOOPS
#include "Lowering/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// Beyond so much work in a trip launches cost nothing in comparison, and
/// kernels are better seen on their own.
static constexpr int64_t mostWork = int64_t(1) << 16;
/// Bodies are copied; a loop of more ops is left alone.
static constexpr int64_t mostOps = 4000;
/// Bytes; the kernels' arrays lie side by side.
static constexpr int64_t mostStack = int64_t(1) << 16;

static int64_t bytesOf(MemRefType type) {
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

/// How many loops around it count their trips.
static unsigned depthOf(Operation *op) {
  unsigned depth = 0;
  for (Region *region = op->getParentRegion(); region;
       region = region->getParentRegion()) {
    Operation *parent = region->getParentOp();
    auto repeat = dyn_cast<RepeatOp>(parent);
    depth += isa<LoopOp>(parent) || (repeat && region == &repeat.getBody());
  }
  return depth;
}

namespace {

/// The kernel that one loop becomes.
class MergedLoop {
public:
  MergedLoop(LoopOp loop, SymbolTable &symbols)
      : loop(loop), symbols(symbols), depth(depthOf(loop)) {}

  /// Whether the loop's launches fit into one.
  bool isSmall();
  func::FuncOp write(StringRef name);
  /// What the new kernel is launched with.
  SmallVector<Attribute> slots() const;
  int64_t work() { return loop.getTrips() * workOfTrip; }

private:
  /// An address without this loop's stride, the stride, and how many bytes
  /// from there any trip reaches.
  struct Operand {
    AddressAttr base;
    int64_t stride = 0, bytes = 1;
    Value memory;
  };
  void use(AddressAttr address, int64_t bytes);
  Value view(OpBuilder &b, AddressAttr address, MemRefType type, Value trip);
  void writeLaunch(OpBuilder &b, LaunchOp launch, Value trip, Value fault);
  void writeCopy(OpBuilder &b, CopyOp copy, Value trip);
  func::FuncOp calleeOf(LaunchOp launch) {
    return symbols.lookup<func::FuncOp>(launch.getKernel());
  }

  LoopOp loop;
  SymbolTable &symbols;
  unsigned depth;
  int64_t workOfTrip = 0;
  llvm::MapVector<AddressAttr, Operand> operands;
};

bool MergedLoop::isSmall() {
  if (loop.getCount() || loop.getTapes() || loop.getTrips() < 2)
    return false;
  int64_t ops = 0, stack = 0;
  for (Operation &op : loop.getBody().front()) {
    if (auto copy = dyn_cast<CopyOp>(op)) {
      workOfTrip += copy.getBytes();
      continue;
    }
    auto launch = dyn_cast<LaunchOp>(op);
    func::FuncOp callee = launch ? calleeOf(launch) : func::FuncOp();
    if (!callee || callee.isExternal() || launch.getTiles() != 1)
      return false;
    workOfTrip += launch.getWork();
    callee.walk([&](Operation *inner) { ++ops; });
    for (auto alloca : callee.getOps<memref::AllocaOp>())
      stack += bytesOf(alloca.getType());
  }
  return ops > 0 && ops <= mostOps && stack <= mostStack &&
         workOfTrip <= mostWork;
}

void MergedLoop::use(AddressAttr address, int64_t bytes) {
  auto [entry, isNew] = operands.insert({address, {}});
  Operand &operand = entry->second;
  if (isNew) {
    SmallVector<int64_t> strides(address.getStrides());
    if (strides.size() > depth) {
      operand.stride = strides[depth];
      strides.truncate(depth);
    }
    operand.base =
        AddressAttr::get(loop.getContext(), address.getSpace(),
                         address.getIndex(), address.getOffset(), strides);
  }
  int64_t last = operand.stride * (int64_t(loop.getTrips()) - 1);
  operand.bytes = std::max(operand.bytes, last + bytes);
}

/// The part of an operand that a trip sees.
Value MergedLoop::view(OpBuilder &b, AddressAttr address, MemRefType type,
                       Value trip) {
  const Operand &operand = operands.find(address)->second;
  Location loc = loop.getLoc();
  Value shift = b.create<arith::ConstantIndexOp>(loc, operand.stride);
  if (operand.stride != 0)
    shift = b.create<arith::MulIOp>(loc, trip, shift);
  return b.create<memref::ViewOp>(loc, type, operand.memory, shift,
                                  ValueRange());
}

/// The kernel's only tile.
void MergedLoop::writeLaunch(OpBuilder &b, LaunchOp launch, Value trip,
                             Value fault) {
  func::FuncOp callee = calleeOf(launch);
  IRMapping map;
  auto slots = launch.getSlots().getAsRange<AddressAttr>();
  unsigned next = 0;
  for (AddressAttr slot : slots) {
    Value argument = callee.getArgument(next++);
    map.map(argument,
            view(b, slot, cast<MemRefType>(argument.getType()), trip));
  }
  Value zero = b.create<arith::ConstantIndexOp>(launch.getLoc(), 0);
  Value one = b.create<arith::ConstantIndexOp>(launch.getLoc(), 1);
  map.map(callee.getArgument(next++), zero);
  map.map(callee.getArgument(next++), one);
  map.map(callee.getArgument(next), fault);
  for (Operation &op : callee.front().without_terminator()) {
    // The stack serves all trips.
    OpBuilder::InsertionGuard guard(b);
    if (isa<memref::AllocaOp>(op))
      b.setInsertionPointToStart(cast<BlockArgument>(fault).getOwner());
    b.clone(op, map);
  }
}

void MergedLoop::writeCopy(OpBuilder &b, CopyOp copy, Value trip) {
  Location loc = copy.getLoc();
  constexpr int64_t piece = 64;
  int64_t bytes = copy.getBytes(), whole = bytes / piece * piece;
  auto type = MemRefType::get({bytes}, b.getI8Type());
  Value source = view(b, copy.getSource(), type, trip);
  Value target = view(b, copy.getTarget(), type, trip);
  auto move = [&](OpBuilder &b, Value at, int64_t count) {
    auto vector = VectorType::get({count}, b.getI8Type());
    Value moved = b.create<vector::LoadOp>(loc, vector, source, at);
    b.create<vector::StoreOp>(loc, moved, target, at);
  };
  Value end = b.create<arith::ConstantIndexOp>(loc, whole);
  if (whole > 0) {
    Value begin = b.create<arith::ConstantIndexOp>(loc, 0);
    Value step = b.create<arith::ConstantIndexOp>(loc, piece);
    auto pieces = b.create<scf::ForOp>(loc, begin, end, step);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(pieces.getBody());
    move(b, pieces.getInductionVar(), piece);
  }
  if (bytes > whole)
    move(b, end, bytes - whole);
}

func::FuncOp MergedLoop::write(StringRef name) {
  for (Operation &op : loop.getBody().front()) {
    if (auto copy = dyn_cast<CopyOp>(op)) {
      use(copy.getSource(), copy.getBytes());
      use(copy.getTarget(), copy.getBytes());
      continue;
    }
    auto launch = cast<LaunchOp>(op);
    for (auto [slot, type] :
         llvm::zip_first(launch.getSlots().getAsRange<AddressAttr>(),
                         calleeOf(launch).getArgumentTypes()))
      use(slot, bytesOf(cast<MemRefType>(type)));
  }

  Location loc = loop.getLoc();
  OpBuilder b(loop.getContext());
  SmallVector<Type> types;
  for (auto &[address, operand] : operands)
    types.push_back(MemRefType::get({operand.bytes}, b.getI8Type()));
  llvm::append_values(types, b.getIndexType(), b.getIndexType(),
                      MemRefType::get({1}, b.getI64Type()));
  auto function = func::FuncOp::create(loc, name, b.getFunctionType(types, {}));
  function.setPrivate();
  function->setAttr("dlc.tiles", b.getI64IntegerAttr(1));
  function->setAttr("dlc.work", b.getI64IntegerAttr(work()));
  Block *entry = function.addEntryBlock();
  for (auto [i, operand] : llvm::enumerate(operands))
    operand.second.memory = entry->getArgument(i);
  unsigned tiles = operands.size();
  b.setInsertionPointToStart(entry);

  auto overTiles = b.create<scf::ForOp>(
      loc, entry->getArgument(tiles), entry->getArgument(tiles + 1),
      b.create<arith::ConstantIndexOp>(loc, 1));
  b.create<func::ReturnOp>(loc);
  b.setInsertionPointToStart(overTiles.getBody());
  Value first = b.create<arith::ConstantIndexOp>(loc, 0);
  Value trips = b.create<arith::ConstantIndexOp>(loc, loop.getTrips());
  Value one = b.create<arith::ConstantIndexOp>(loc, 1);
  auto overTrips = b.create<scf::ForOp>(loc, first, trips, one);
  b.setInsertionPointToStart(overTrips.getBody());
  Value trip = overTrips.getInductionVar();
  if (loop.getReverse()) {
    Value last = b.create<arith::ConstantIndexOp>(loc, loop.getTrips() - 1);
    trip = b.create<arith::SubIOp>(loc, last, trip);
  }
  for (Operation &op : loop.getBody().front()) {
    if (auto copy = dyn_cast<CopyOp>(op))
      writeCopy(b, copy, trip);
    else
      writeLaunch(b, cast<LaunchOp>(op), trip, entry->getArgument(tiles + 2));
  }
  return function;
}

SmallVector<Attribute> MergedLoop::slots() const {
  SmallVector<Attribute> slots;
  for (const auto &[address, operand] : operands)
    slots.push_back(operand.base);
  return slots;
}

struct MergeLoops : dlc::impl::MergeLoopsBase<MergeLoops> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    // Loops of one trip are what is left of the kernels' loops over tiles.
    RewritePatternSet patterns(&getContext());
    scf::ForOp::getCanonicalizationPatterns(patterns, &getContext());
    FrozenRewritePatternSet simplify(std::move(patterns));

    // Inner loops first: what they become is small, too.
    SmallVector<LoopOp> loops;
    getOperation().walk([&](LoopOp loop) { loops.push_back(loop); });
    for (LoopOp loop : loops) {
      MergedLoop merged(loop, symbols);
      if (!merged.isSmall())
        continue;
      func::FuncOp kernel = merged.write("loop_0");
      symbols.insert(kernel); // which makes its name unique
      (void)applyPatternsAndFoldGreedily(kernel, simplify);
      OpBuilder b(loop);
      b.create<LaunchOp>(loop.getLoc(),
                         FlatSymbolRefAttr::get(kernel.getSymNameAttr()),
                         b.getArrayAttr(merged.slots()), b.getI64IntegerAttr(1),
                         b.getI64IntegerAttr(merged.work()));
      loop.erase();
      any = true;
    }
    if (any)
      eraseUnused();
  }

private:
  void eraseUnused() {
    DenseSet<StringRef> launched;
    getOperation().walk(
        [&](LaunchOp launch) { launched.insert(launch.getKernel()); });
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (function->hasAttr("dlc.tiles") &&
          !launched.contains(function.getSymName()))
        function.erase();
  }

  bool any = false;
};

} // namespace
