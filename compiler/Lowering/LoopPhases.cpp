#include "Lowering/LoopPhases.h"

using namespace mlir;
using namespace dlc;

namespace {
/// Bytes that an op of the body reads or writes in a trip.
struct Access {
  AddressAttr at;
  int64_t bytes;
  bool writes;
};
} // namespace

static SmallVector<Access> accessesOf(Operation &op, const LoopKernel &kernel) {
  if (auto copy = dyn_cast<CopyOp>(op)) {
    int64_t bytes = copy.getBytes();
    return {{copy.getSource(), bytes, false}, {copy.getTarget(), bytes, true}};
  }
  auto launch = cast<LaunchOp>(op);
  func::FuncOp callee = kernel.calleeOf(launch);
  auto touches = callee->getAttrOfType<DenseI64ArrayAttr>("dlc.touches");
  auto from = callee->getAttrOfType<IntegerAttr>("dlc.writes_from");
  int64_t inputs = from ? from.getInt() : 0;
  SmallVector<Access> accesses;
  auto slots = launch.getSlots().getAsRange<AddressAttr>();
  for (auto [i, slot] : llvm::enumerate(slots))
    accesses.push_back({slot, touches[i], int64_t(i) >= inputs});
  return accesses;
}

/// The result that the program may write over an argument, or -1.
static int64_t donatedTo(ProgramOp program, int64_t argument) {
  ArrayAttr all = program.getArgAttrsAttr();
  if (!all)
    return -1;
  auto to =
      cast<DictionaryAttr>(all[argument]).getAs<IntegerAttr>("dlc.donate");
  return to ? to.getInt() : -1;
}

/// Whether two accesses in one trip have bytes of one space in common.
static bool overlap(const Access &x, const Access &y,
                    const LoopKernel &kernel) {
  auto [strideX, outerX] = kernel.stridesOf(x.at);
  auto [strideY, outerY] = kernel.stridesOf(y.at);
  if (outerX != outerY)
    return true;
  // Places that move apart are compared by where they are in any trip.
  LoopOp loop = kernel.loop;
  int64_t trips = strideX == strideY ? 1 : loop.getTrips();
  int64_t endX = x.at.getOffset() + strideX * (trips - 1) + x.bytes;
  int64_t endY = y.at.getOffset() + strideY * (trips - 1) + y.bytes;
  return x.at.getOffset() < endY && y.at.getOffset() < endX;
}

/// Whether one of two accesses may change what the other sees.
static bool mayMeet(const Access &x, const Access &y,
                    const LoopKernel &kernel) {
  if ((!x.writes && !y.writes) || x.bytes == 0 || y.bytes == 0)
    return false;
  LoopOp loop = kernel.loop;
  auto program = loop->getParentOfType<ProgramOp>();
  Space space = x.at.getSpace(), other = y.at.getSpace();
  if (space == Space::argument && other == Space::result)
    return donatedTo(program, x.at.getIndex()) == y.at.getIndex();
  if (space == Space::result && other == Space::argument)
    return donatedTo(program, y.at.getIndex()) == x.at.getIndex();
  return space == other && x.at.getIndex() == y.at.getIndex() &&
         overlap(x, y, kernel);
}

SmallVector<SmallVector<Operation *>>
dlc::formPhases(const LoopKernel &kernel) {
  LoopOp loop = kernel.loop;
  SmallVector<SmallVector<Operation *>> phases;
  SmallVector<Access> last;
  for (Operation &op : loop.getBody().front()) {
    SmallVector<Access> own = accessesOf(op, kernel);
    bool meets = llvm::any_of(own, [&](const Access &x) {
      return llvm::any_of(
          last, [&](const Access &y) { return mayMeet(x, y, kernel); });
    });
    if (meets)
      last.clear();
    if (meets || phases.empty())
      phases.emplace_back();
    phases.back().push_back(&op);
    llvm::append_range(last, own);
  }
  return phases;
}
