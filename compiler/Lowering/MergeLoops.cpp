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

#include "Lowering/LoopKernel.h"
#include "Lowering/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

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

namespace {

/// The kernel that one loop becomes.
class MergedLoop {
public:
  MergedLoop(LoopOp loop, SymbolTable &symbols)
      : loop(loop), kernel(loop, symbols) {}

  /// Whether the loop's launches fit into one.
  bool isSmall();
  func::FuncOp write(StringRef name);

  LoopOp loop;
  LoopKernel kernel;

private:
  void writeLaunch(OpBuilder &b, LaunchOp launch, Value counter);
  void writeCopy(OpBuilder &b, CopyOp copy, Value counter);

  int64_t workOfTrip = 0;
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
    func::FuncOp callee = launch ? kernel.calleeOf(launch) : func::FuncOp();
    if (!callee || launch.getTiles() != 1)
      return false;
    workOfTrip += launch.getWork();
    callee.walk([&](Operation *inner) { ++ops; });
    for (auto alloca : callee.getOps<memref::AllocaOp>())
      stack += bytesOf(alloca.getType());
  }
  return ops > 0 && ops <= mostOps && stack <= mostStack &&
         workOfTrip <= mostWork;
}

/// The kernel's only tile.
void MergedLoop::writeLaunch(OpBuilder &b, LaunchOp launch, Value counter) {
  func::FuncOp callee = kernel.calleeOf(launch);
  IRMapping map = kernel.mapOperands(b, launch, counter);
  unsigned next = launch.getSlots().size();
  Value zero = b.create<arith::ConstantIndexOp>(launch.getLoc(), 0);
  Value one = b.create<arith::ConstantIndexOp>(launch.getLoc(), 1);
  map.map(callee.getArgument(next++), zero);
  map.map(callee.getArgument(next++), one);
  map.map(callee.getArgument(next), kernel.fault());
  for (Operation &op : callee.front().without_terminator()) {
    // The stack serves all trips.
    OpBuilder::InsertionGuard guard(b);
    if (isa<memref::AllocaOp>(op))
      b.setInsertionPointToStart(
          cast<BlockArgument>(kernel.fault()).getOwner());
    b.clone(op, map);
  }
}

void MergedLoop::writeCopy(OpBuilder &b, CopyOp copy, Value counter) {
  Location loc = copy.getLoc();
  constexpr int64_t piece = 64;
  int64_t bytes = copy.getBytes(), whole = bytes / piece * piece;
  auto type = MemRefType::get({bytes}, b.getI8Type());
  Value source = kernel.view(b, copy.getSource(), type, counter);
  Value target = kernel.view(b, copy.getTarget(), type, counter);
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
  func::FuncOp function = kernel.createFunction(name);
  Location loc = loop.getLoc();
  auto b = OpBuilder::atBlockBegin(&function.front());
  function->setAttr("dlc.tiles", b.getI64IntegerAttr(1));
  function->setAttr("dlc.work",
                    b.getI64IntegerAttr(loop.getTrips() * workOfTrip));
  Value one = b.create<arith::ConstantIndexOp>(loc, 1);
  auto overTiles =
      b.create<scf::ForOp>(loc, kernel.tile0(), kernel.tile1(), one);
  b.create<func::ReturnOp>(loc);
  b.setInsertionPointToStart(overTiles.getBody());
  kernel.forEachTrip(b, [&](Value, Value counter) {
    for (Operation &op : loop.getBody().front()) {
      if (auto copy = dyn_cast<CopyOp>(op))
        writeCopy(b, copy, counter);
      else
        writeLaunch(b, cast<LaunchOp>(op), counter);
    }
  });
  return function;
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
    bool any = false;
    for (LoopOp loop : loops) {
      MergedLoop merged(loop, symbols);
      if (!merged.isSmall())
        continue;
      func::FuncOp function = merged.write("loop_0");
      symbols.insert(function); // which makes its name unique
      (void)applyPatternsAndFoldGreedily(function, simplify);
      replaceByLaunch(merged.kernel, function);
      any = true;
    }
    if (any)
      eraseUnlaunched(getOperation());
  }
};

} // namespace
