#include "Lowering/Phases.h"

#include "Lowering/LoopKernel.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;

namespace {

/// Bytes that an instruction reads or writes in a trip of the loops around.
struct Access {
  AddressAttr at;
  int64_t bytes;
  bool writes;
};

/// Compares what instructions of one block touch.
class Conflicts {
public:
  explicit Conflicts(Operation *instruction);

  /// Whether one of two accesses may change what the other sees.
  bool mayMeet(const Access &x, const Access &y) const;

private:
  bool overlap(const Access &x, const Access &y) const;
  int64_t donatedTo(int64_t argument) const;

  ProgramOp program;
  /// Of the loops around, outermost first; -1 where they are not known.
  SmallVector<int64_t> trips;
};

} // namespace

/// How far a kernel reaches into each operand.
static SmallVector<int64_t> operandBytes(func::FuncOp kernel) {
  if (auto touches = kernel->getAttrOfType<DenseI64ArrayAttr>("dlc.touches"))
    return SmallVector<int64_t>(touches.asArrayRef());
  SmallVector<int64_t> bytes;
  for (Type type : kernel.getArgumentTypes()) {
    auto memory = dyn_cast<MemRefType>(type);
    if (!memory || !memory.hasStaticShape())
      break; // The range of tiles follows.
    bytes.push_back(bytesOf(memory));
  }
  return bytes;
}

/// Of a launch or a copy; none of a launch whose kernel is not known.
static std::optional<SmallVector<Access>>
accessesOf(Operation *op, const SymbolTable &symbols) {
  if (auto copy = dyn_cast<CopyOp>(op)) {
    int64_t bytes = copy.getBytes();
    return SmallVector<Access>{{copy.getSource(), bytes, false},
                               {copy.getTarget(), bytes, true}};
  }
  auto launch = cast<LaunchOp>(op);
  auto callee = symbols.lookup<func::FuncOp>(launch.getKernel());
  if (!callee)
    return std::nullopt;
  SmallVector<int64_t> bytes = operandBytes(callee);
  if (bytes.size() < launch.getSlots().size())
    return std::nullopt;
  auto from = callee->getAttrOfType<IntegerAttr>("dlc.writes_from");
  int64_t inputs = from ? from.getInt() : 0;
  SmallVector<Access> accesses;
  auto slots = launch.getSlots().getAsRange<AddressAttr>();
  for (auto [i, slot] : llvm::enumerate(slots))
    accesses.push_back({slot, bytes[i], int64_t(i) >= inputs});
  return accesses;
}

Conflicts::Conflicts(Operation *instruction)
    : program(instruction->getParentOfType<ProgramOp>()) {
  for (Region *region = instruction->getParentRegion();
       region->getParentOp() != program;
       region = region->getParentOp()->getParentRegion()) {
    if (auto loop = dyn_cast<LoopOp>(region->getParentOp()))
      trips.push_back(loop.getTrips());
    auto repeat = dyn_cast<RepeatOp>(region->getParentOp());
    if (repeat && region == &repeat.getBody())
      trips.push_back(repeat.getMaxTrips().value_or(-1));
  }
  std::reverse(trips.begin(), trips.end());
}

/// The result that the program may write over an argument, or -1.
int64_t Conflicts::donatedTo(int64_t argument) const {
  ArrayAttr all = ProgramOp(program).getArgAttrsAttr();
  if (!all || argument < 0 || argument >= std::ssize(all))
    return -1;
  auto to =
      cast<DictionaryAttr>(all[argument]).getAs<IntegerAttr>("dlc.donate");
  return to ? to.getInt() : -1;
}

/// Whether two accesses of one space have bytes in common in one trip. Places
/// that move apart are compared by where they are in any trip.
bool Conflicts::overlap(const Access &x, const Access &y) const {
  auto strideOf = [](const Access &access, size_t depth) {
    ArrayRef<int64_t> strides = access.at.getStrides();
    return depth < strides.size() ? strides[depth] : 0;
  };
  int64_t endX = x.at.getOffset() + x.bytes, endY = y.at.getOffset() + y.bytes;
  for (size_t depth = 0; depth < trips.size(); ++depth) {
    int64_t strideX = strideOf(x, depth), strideY = strideOf(y, depth);
    if (strideX == strideY)
      continue;
    if (trips[depth] < 0 || strideX < 0 || strideY < 0)
      return true;
    int64_t last = std::max<int64_t>(trips[depth] - 1, 0);
    endX += strideX * last;
    endY += strideY * last;
  }
  return x.at.getOffset() < endY && y.at.getOffset() < endX;
}

bool Conflicts::mayMeet(const Access &x, const Access &y) const {
  if ((!x.writes && !y.writes) || x.bytes == 0 || y.bytes == 0)
    return false;
  Space space = x.at.getSpace(), other = y.at.getSpace();
  if (space == Space::argument && other == Space::result)
    return donatedTo(x.at.getIndex()) == y.at.getIndex();
  if (space == Space::result && other == Space::argument)
    return donatedTo(y.at.getIndex()) == x.at.getIndex();
  // Two loops may walk the same tape.
  if (space == Space::tape && other == Space::tape)
    return x.at.getIndex() != y.at.getIndex() || overlap(x, y);
  return space == other && x.at.getIndex() == y.at.getIndex() && overlap(x, y);
}

SmallVector<SmallVector<Operation *>>
dlc::formPhases(ArrayRef<Operation *> ops, const SymbolTable &symbols) {
  SmallVector<SmallVector<Operation *>> phases;
  if (ops.empty())
    return phases;
  Conflicts conflicts(ops.front());
  std::optional<SmallVector<Access>> last;
  for (Operation *op : ops) {
    std::optional<SmallVector<Access>> own = accessesOf(op, symbols);
    bool fits = own && last && llvm::none_of(*own, [&](const Access &x) {
                  return llvm::any_of(*last, [&](const Access &y) {
                    return conflicts.mayMeet(x, y);
                  });
                });
    if (fits) {
      llvm::append_range(*last, *own);
    } else {
      phases.emplace_back();
      last = own;
    }
    phases.back().push_back(op);
  }
  return phases;
}
