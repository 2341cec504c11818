// dlc-persist-loops: a loop of small launches on a GPU ⇒ one launch of a kernel
// that stays there for all trips.
//
//   dlc.loop 9 { dlc.launch @a [<arena, 0, 0, [16]>, …] tiles 4; dlc.launch @b
//   …
//   }
//   ⇒
//   dlc.launch @loop_0 [<arena, 0, 0>, …] tiles 4
//   @loop_0: for trip = 0 to 9 {
//     body of @a on bytes 16 * trip …; all blocks meet
//     body of @b …; all blocks meet
//   }
//
// A kernel's blocks take its tiles in turn, whatever the grid is, so one grid
// serves the kernels of all ops, and one block of it takes the same tiles in
// each trip. Nothing else changes, so the bits are the same.
//
// Ops that touch nothing in common share a phase; the blocks meet after each
// phase (GpuGridBarrier.h). A body whose kernels all have one tile needs one
// block, which meets by bar.sync. Otherwise all blocks must run at the same
// time (`dlc.cooperative`), and the runtime makes the grid no larger than that.

#include "IR/GpuCard.h"
#include "Lowering/GpuGridBarrier.h"
#include "Lowering/LoopKernel.h"
#include "Lowering/Passes.h"
#include "Lowering/Phases.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/MathExtras.h"

namespace dlc {
#define GEN_PASS_DEF_PERSISTLOOPS
#include "Lowering/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// Fewer launches are not worth a kernel of their own. This and what follows
/// are rules, not measurements.
static constexpr int64_t fewestTrips = 4;
/// More blocks would fill a card on their own.
static constexpr int64_t mostTiles = 2 * processors;
/// Bytes of a copy.
static constexpr int64_t mostCopied = int64_t(1) << 20;
/// Bodies are copied; a loop of more ops is left alone.
static constexpr int64_t mostOps = 20000;

/// NVPTX's address space of shared memory.
static constexpr unsigned sharedSpace = 3;

static int64_t numberOf(func::FuncOp kernel, StringRef name,
                        int64_t otherwise = 0) {
  auto attr = kernel->getAttrOfType<IntegerAttr>(name);
  return attr ? attr.getInt() : otherwise;
}

namespace {

class PersistentLoop {
public:
  PersistentLoop(LoopOp loop, SymbolTable &symbols)
      : loop(loop), kernel(loop, symbols) {}

  /// Whether the loop is one that should stay on the card.
  bool qualifies();
  func::FuncOp write(StringRef name);

  LoopOp loop;
  LoopKernel kernel;

private:
  bool noteLaunch(LaunchOp launch);
  void writePhase(OpBuilder &b, ArrayRef<Operation *> phase, Value counter);
  void writeLaunch(OpBuilder &b, LaunchOp launch, Value counter, int64_t shift);
  void writeCopy(OpBuilder &b, CopyOp copy, Value counter, int64_t shift);
  Value threadId(OpBuilder &b, Location loc);
  /// This block's number if they are counted from block `shift` on: then ops
  /// of a phase with few tiles are different blocks' work.
  Value blockId(OpBuilder &b, Location loc, int64_t shift);
  /// The body's kernels use the same bytes, one after the other.
  void shareMemory(func::FuncOp function, StringRef name);

  SmallVector<SmallVector<Operation *>> phases;
  int64_t blocks = 1, threads = 0, launches = 0, work = 0, ops = 0;
  int64_t sharedBytes = 0;
};

} // namespace

/// The arrays in shared memory that a kernel names.
static llvm::SetVector<LLVM::GlobalOp> sharedArrays(func::FuncOp function,
                                                    const LoopKernel &kernel) {
  llvm::SetVector<LLVM::GlobalOp> arrays;
  function.walk([&](LLVM::AddressOfOp address) {
    auto global =
        kernel.symbols.lookup<LLVM::GlobalOp>(address.getGlobalName());
    if (global && global.getAddrSpace() == sharedSpace)
      arrays.insert(global);
  });
  return arrays;
}

static int64_t bytesOf(LLVM::GlobalOp array) {
  auto type = dyn_cast<LLVM::LLVMArrayType>(array.getType());
  return type && type.getElementType().isInteger(8) ? type.getNumElements()
                                                    : -1;
}

bool PersistentLoop::noteLaunch(LaunchOp launch) {
  func::FuncOp callee = kernel.calleeOf(launch);
  // A persistent loop is no kernel that takes tiles in turn. A barrier counts
  // whole warps.
  if (!callee || callee->hasAttr("dlc.loop") || callee->hasAttr("dlc.shared") ||
      !callee->hasAttr("dlc.touches") || launch.getTiles() > mostTiles ||
      numberOf(callee, "dlc.block", 1) % 32 != 0)
    return false;
  ++launches;
  blocks = std::max<int64_t>(blocks, launch.getTiles());
  threads = std::max(threads, numberOf(callee, "dlc.block"));
  work += launch.getWork();
  callee.walk([&](Operation *inner) { ++ops; });
  // One array each, so that all may begin at the same place.
  auto arrays = sharedArrays(callee, kernel);
  if (arrays.size() > 1)
    return false;
  for (LLVM::GlobalOp array : arrays) {
    if (bytesOf(array) < 0)
      return false;
    sharedBytes = std::max(sharedBytes, bytesOf(array));
  }
  return true;
}

bool PersistentLoop::qualifies() {
  if (loop.getCount() || loop.getTapes() || loop.getScoped() ||
      loop.getTrips() < fewestTrips)
    return false;
  for (Operation &op : loop.getBody().front()) {
    if (auto copy = dyn_cast<CopyOp>(op)) {
      work += copy.getBytes();
      if (copy.getBytes() > mostCopied)
        return false;
      continue;
    }
    auto launch = dyn_cast<LaunchOp>(op);
    if (!launch || !noteLaunch(launch))
      return false;
  }
  return launches > 0 && ops <= mostOps;
}

Value PersistentLoop::threadId(OpBuilder &b, Location loc) {
  Value id = b.create<NVVM::ThreadIdXOp>(loc, b.getI32Type());
  return b.create<arith::IndexCastOp>(loc, b.getIndexType(), id);
}

Value PersistentLoop::blockId(OpBuilder &b, Location loc, int64_t shift) {
  Value block = b.create<NVVM::BlockIdXOp>(loc, b.getI32Type());
  if (shift == 0)
    return block;
  Value grid = b.create<NVVM::GridDimXOp>(loc, b.getI32Type());
  Value first = b.create<arith::ConstantIntOp>(loc, shift, 32);
  first = b.create<arith::RemUIOp>(loc, first, grid);
  block = b.create<arith::AddIOp>(loc, block, grid);
  block = b.create<arith::SubIOp>(loc, block, first);
  return b.create<arith::RemUIOp>(loc, block, grid);
}

/// The launch's blocks, as many as it has tiles, taken in turn.
void PersistentLoop::writeLaunch(OpBuilder &b, LaunchOp launch, Value counter,
                                 int64_t shift) {
  Location loc = launch.getLoc();
  func::FuncOp callee = kernel.calleeOf(launch);
  OpBuilder::InsertionGuard guard(b);
  int64_t own = numberOf(callee, "dlc.block");
  if (own < threads) {
    Value thread = threadId(b, loc);
    Value count = b.create<arith::ConstantIndexOp>(loc, own);
    Value takesPart =
        b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, thread, count);
    auto branch = b.create<scf::IfOp>(loc, takesPart, /*withElse=*/false);
    b.setInsertionPoint(branch.thenBlock()->getTerminator());
  }
  IRMapping map = kernel.mapOperands(b, launch, counter);
  unsigned next = launch.getSlots().size();
  Value zero = b.create<arith::ConstantIndexOp>(loc, 0);
  Value tiles = b.create<arith::ConstantIndexOp>(loc, launch.getTiles());
  map.map(callee.getArgument(next++), zero);
  map.map(callee.getArgument(next++), tiles);
  map.map(callee.getArgument(next), kernel.fault());
  SmallVector<NVVM::Barrier0Op> barriers;
  SmallVector<NVVM::BlockIdXOp> ids;
  for (Operation &op : callee.front().without_terminator())
    b.clone(op, map)->walk([&](Operation *inner) {
      if (auto barrier = dyn_cast<NVVM::Barrier0Op>(inner))
        barriers.push_back(barrier);
      else if (auto id = dyn_cast<NVVM::BlockIdXOp>(inner))
        ids.push_back(id);
    });
  if (shift != 0)
    for (NVVM::BlockIdXOp id : ids) {
      OpBuilder at(id);
      id.replaceAllUsesWith(blockId(at, loc, shift));
      id.erase();
    }
  if (own == threads)
    return;
  // The other threads of the block do not come to these.
  for (NVVM::Barrier0Op barrier : barriers) {
    OpBuilder at(barrier);
    Value id = at.create<arith::ConstantIntOp>(loc, 1, 32);
    Value count = at.create<arith::ConstantIntOp>(loc, own, 32);
    at.create<NVVM::BarrierOp>(loc, id, count);
    barrier.erase();
  }
}

/// The widest word that divides all places and sizes, up to 8 bytes.
static int64_t wordOf(CopyOp copy) {
  int64_t bits = copy.getBytes() | 8;
  for (AddressAttr at : {copy.getSource(), copy.getTarget()}) {
    bits |= at.getOffset();
    for (int64_t stride : at.getStrides())
      bits |= stride;
  }
  return bits & -bits;
}

/// A word a thread, of all blocks.
void PersistentLoop::writeCopy(OpBuilder &b, CopyOp copy, Value counter,
                               int64_t shift) {
  Location loc = copy.getLoc();
  int64_t word = wordOf(copy), words = copy.getBytes() / word;
  auto type = MemRefType::get({words}, b.getIntegerType(8 * word));
  Value source = kernel.view(b, copy.getSource(), type, counter);
  Value target = kernel.view(b, copy.getTarget(), type, counter);
  Value first = threadId(b, loc);
  Value step = b.create<arith::ConstantIndexOp>(loc, threads);
  if (blocks > 1) {
    auto asIndex = [&](Value value) -> Value {
      return b.create<arith::IndexCastOp>(loc, b.getIndexType(), value);
    };
    Value block = asIndex(blockId(b, loc, shift));
    Value grid = asIndex(b.create<NVVM::GridDimXOp>(loc, b.getI32Type()));
    block = b.create<arith::MulIOp>(loc, block, step);
    first = b.create<arith::AddIOp>(loc, block, first);
    step = b.create<arith::MulIOp>(loc, grid, step);
  }
  Value end = b.create<arith::ConstantIndexOp>(loc, words);
  auto each = b.create<scf::ForOp>(loc, first, end, step);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(each.getBody());
  Value moved = b.create<memref::LoadOp>(loc, source, each.getInductionVar());
  b.create<memref::StoreOp>(loc, moved, target, each.getInductionVar());
}

void PersistentLoop::writePhase(OpBuilder &b, ArrayRef<Operation *> phase,
                                Value counter) {
  int64_t shift = 0;
  for (Operation *op : phase) {
    // They may use the same shared memory.
    if (op != phase.front())
      b.create<NVVM::Barrier0Op>(op->getLoc());
    int64_t tiles = 1;
    if (auto copy = dyn_cast<CopyOp>(op)) {
      writeCopy(b, copy, counter, shift);
      tiles = llvm::divideCeil(copy.getBytes() / wordOf(copy), threads);
    } else {
      auto launch = cast<LaunchOp>(op);
      writeLaunch(b, launch, counter, shift);
      tiles = launch.getTiles();
    }
    shift = (shift + tiles) % blocks;
  }
}

void PersistentLoop::shareMemory(func::FuncOp function, StringRef name) {
  if (sharedBytes == 0)
    return;
  OpBuilder b(loop.getContext());
  auto array = b.create<LLVM::GlobalOp>(
      loop.getLoc(), LLVM::LLVMArrayType::get(b.getI8Type(), sharedBytes),
      /*isConstant=*/false, LLVM::Linkage::Internal, (name + "_shared").str(),
      /*value=*/Attribute(), /*alignment=*/16, sharedSpace);
  llvm::SetVector<LLVM::GlobalOp> arrays = sharedArrays(function, kernel);
  kernel.symbols.insert(array);
  function.walk([&](LLVM::AddressOfOp address) {
    if (arrays.contains(
            kernel.symbols.lookup<LLVM::GlobalOp>(address.getGlobalName())))
      address.setGlobalName(array.getSymName());
  });
}

func::FuncOp PersistentLoop::write(StringRef name) {
  SmallVector<Operation *> body;
  for (Operation &op : loop.getBody().front())
    body.push_back(&op);
  phases = formPhases(body, kernel.symbols);
  func::FuncOp function = kernel.createFunction(name);
  Location loc = loop.getLoc();
  auto b = OpBuilder::atBlockBegin(&function.front());
  auto number = [&](int64_t value) { return b.getI64IntegerAttr(value); };
  int64_t trips = loop.getTrips(), meetings = phases.size();
  function->setAttr("dlc.tiles", number(blocks));
  function->setAttr("dlc.work", number(trips * work));
  function->setAttr("dlc.block", number(threads));
  // The assembler would spill for more than one on a multiprocessor.
  function->setAttr("dlc.blocks", number(1));
  function->setAttr("dlc.touches",
                    b.getDenseI64ArrayAttr(kernel.operandBytes()));
  function->setAttr(
      "dlc.loop",
      b.getDictionaryAttr({b.getNamedAttr("trips", number(trips)),
                           b.getNamedAttr("launches", number(launches)),
                           b.getNamedAttr("barriers", number(meetings))}));
  std::optional<GpuGridBarrier> barrier;
  if (blocks > 1) {
    function->setAttr("dlc.cooperative", b.getUnitAttr());
    barrier.emplace(b, loc, kernel.fault());
  }
  kernel.forEachTrip(b, [&](Value trip, Value counter) {
    Value perTrip = b.create<arith::ConstantIndexOp>(loc, meetings);
    Value before = b.create<arith::MulIOp>(loc, trip, perTrip);
    for (auto [i, phase] : llvm::enumerate(phases)) {
      writePhase(b, phase, counter);
      if (!barrier) {
        b.create<NVVM::Barrier0Op>(loc);
        continue;
      }
      Value next = b.create<arith::ConstantIndexOp>(loc, i + 1);
      barrier->meet(b, b.create<arith::AddIOp>(loc, before, next));
    }
  });
  if (barrier)
    barrier->leave(b, trips * meetings);
  b.create<func::ReturnOp>(loc);
  shareMemory(function, name);
  return function;
}

//===-- The pass ----------------------------------------------------------===//

namespace {
struct PersistLoops : dlc::impl::PersistLoopsBase<PersistLoops> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    SmallVector<LoopOp> loops;
    getOperation().walk([&](LoopOp loop) { loops.push_back(loop); });
    bool any = false;
    for (LoopOp loop : loops) {
      PersistentLoop persistent(loop, symbols);
      if (!persistent.qualifies())
        continue;
      func::FuncOp function = persistent.write("loop_0");
      symbols.insert(function); // which makes its name unique
      replaceByLaunch(persistent.kernel, function);
      any = true;
    }
    if (any)
      eraseUnlaunched(getOperation());
  }
};
} // namespace
