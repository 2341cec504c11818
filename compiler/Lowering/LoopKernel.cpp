#include "Lowering/LoopKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

int64_t dlc::bytesOf(MemRefType type) {
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

LoopKernel::LoopKernel(LoopOp loop, SymbolTable &symbols)
    : loop(loop), symbols(symbols), depth(depthOf(loop)) {}

func::FuncOp LoopKernel::calleeOf(LaunchOp launch) const {
  auto callee = symbols.lookup<func::FuncOp>(launch.getKernel());
  return callee && !callee.isExternal() ? callee : func::FuncOp();
}

std::pair<int64_t, ArrayRef<int64_t>>
LoopKernel::stridesOf(AddressAttr at) const {
  ArrayRef<int64_t> strides = at.getStrides();
  if (strides.size() <= depth)
    return {0, strides};
  return {strides[depth], strides.take_front(depth)};
}

void LoopKernel::use(AddressAttr address, int64_t bytes) {
  auto [entry, isNew] = operands.insert({address, {}});
  Operand &operand = entry->second;
  if (isNew) {
    auto [stride, outer] = stridesOf(address);
    operand.stride = stride;
    operand.base =
        AddressAttr::get(loop.getContext(), address.getSpace(),
                         address.getIndex(), address.getOffset(), outer);
  }
  int64_t last = operand.stride * (int64_t(loop.getTrips()) - 1);
  operand.bytes = std::max(operand.bytes, last + bytes);
}

func::FuncOp LoopKernel::createFunction(StringRef name) {
  for (Operation &op : loop.getBody().front()) {
    if (auto copy = dyn_cast<CopyOp>(op)) {
      use(copy.getSource(), copy.getBytes());
      use(copy.getTarget(), copy.getBytes());
      continue;
    }
    auto launch = cast<LaunchOp>(op);
    func::FuncOp callee = calleeOf(launch);
    // A GPU's kernel says itself how far it reaches; an empty tensor's memref
    // has an element.
    auto touches = callee->getAttrOfType<DenseI64ArrayAttr>("dlc.touches");
    auto slots = launch.getSlots().getAsRange<AddressAttr>();
    for (auto [i, slot] : llvm::enumerate(slots))
      use(slot, touches
                    ? touches[i]
                    : bytesOf(cast<MemRefType>(callee.getArgumentTypes()[i])));
  }

  OpBuilder b(loop.getContext());
  SmallVector<Type> types;
  for (auto &[address, operand] : operands)
    types.push_back(
        MemRefType::get({std::max<int64_t>(operand.bytes, 1)}, b.getI8Type()));
  llvm::append_values(types, b.getIndexType(), b.getIndexType(),
                      MemRefType::get({1}, b.getI64Type()));
  auto function =
      func::FuncOp::create(loop.getLoc(), name, b.getFunctionType(types, {}));
  function.setPrivate();
  entry = function.addEntryBlock();
  for (auto [i, operand] : llvm::enumerate(operands))
    operand.second.memory = entry->getArgument(i);
  return function;
}

void LoopKernel::forEachTrip(OpBuilder &b,
                             function_ref<void(Value, Value)> body) {
  Location loc = loop.getLoc();
  Value first = b.create<arith::ConstantIndexOp>(loc, 0);
  Value trips = b.create<arith::ConstantIndexOp>(loc, loop.getTrips());
  Value one = b.create<arith::ConstantIndexOp>(loc, 1);
  auto overTrips = b.create<scf::ForOp>(loc, first, trips, one);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(overTrips.getBody());
  Value trip = overTrips.getInductionVar(), counter = trip;
  if (loop.getReverse()) {
    Value last = b.create<arith::ConstantIndexOp>(loc, loop.getTrips() - 1);
    counter = b.create<arith::SubIOp>(loc, last, trip);
  }
  body(trip, counter);
}

Value LoopKernel::view(OpBuilder &b, AddressAttr address, MemRefType type,
                       Value counter) {
  const Operand &operand = operands.find(address)->second;
  Location loc = loop.getLoc();
  Value shift = b.create<arith::ConstantIndexOp>(loc, operand.stride);
  if (operand.stride != 0)
    shift = b.create<arith::MulIOp>(loc, counter, shift);
  return b.create<memref::ViewOp>(loc, type, operand.memory, shift,
                                  ValueRange());
}

IRMapping LoopKernel::mapOperands(OpBuilder &b, LaunchOp launch,
                                  Value counter) {
  func::FuncOp callee = calleeOf(launch);
  IRMapping map;
  auto slots = launch.getSlots().getAsRange<AddressAttr>();
  for (auto [i, slot] : llvm::enumerate(slots)) {
    Value argument = callee.getArgument(i);
    map.map(argument,
            view(b, slot, cast<MemRefType>(argument.getType()), counter));
  }
  return map;
}

SmallVector<Attribute> LoopKernel::slots() const {
  SmallVector<Attribute> slots;
  for (const auto &[address, operand] : operands)
    slots.push_back(operand.base);
  return slots;
}

SmallVector<int64_t> LoopKernel::operandBytes() const {
  SmallVector<int64_t> bytes;
  for (const auto &[address, operand] : operands)
    bytes.push_back(operand.bytes);
  return bytes;
}

void dlc::replaceByLaunch(LoopKernel &kernel, func::FuncOp function) {
  OpBuilder b(kernel.loop);
  b.create<LaunchOp>(kernel.loop.getLoc(),
                     FlatSymbolRefAttr::get(function.getSymNameAttr()),
                     b.getArrayAttr(kernel.slots()),
                     function->getAttrOfType<IntegerAttr>("dlc.tiles"),
                     function->getAttrOfType<IntegerAttr>("dlc.work"));
  kernel.loop.erase();
}

void dlc::eraseUnlaunched(ModuleOp module) {
  DenseSet<StringRef> launched;
  module.walk([&](LaunchOp launch) { launched.insert(launch.getKernel()); });
  for (auto function :
       llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
    if (function->hasAttr("dlc.tiles") &&
        !launched.contains(function.getSymName()))
      function.erase();
}
