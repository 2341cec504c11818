// A map kernel whose result only products read moves into them: they evaluate
// it where they would copy it (IR/Prologue.h). On a GPU that is where an
// operand's tile goes to shared memory.

#include "Fusion/KernelReaders.h"
#include "Fusion/Passes.h"
#include "IR/Invariant.h"
#include "IR/Prologue.h"
#include "IR/Tape.h"
#include "mlir/IR/IRMapping.h"

namespace dlc {
#define GEN_PASS_DEF_FORMPROLOGUES
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// A vector of the result takes this many instructions at most.
static constexpr int64_t mostInstructions = 8;
/// The inputs may be larger than the result by a part of it: a mask.
static constexpr int64_t largestExtra = 4;
/// Columns (rows) of the product times instructions to read and compute a
/// vector of its left (right) operand, at most. An operand is computed again
/// for some of them (on a GPU, for each 64 or 128: a tile), and the more there
/// are, the less a map costs beside the product.
static constexpr int64_t mostWork = 2048;
/// Columns of a product whose left operand would be read in place (on a GPU
/// none is).
static constexpr int64_t mostColumns = 256;
/// A contraction's operand.
struct Reader {
  KernelOp kernel;
  unsigned input;

  BlockArgument argument() {
    return kernel.getBody().front().getArgument(input);
  }
  DotGeneralOp product() {
    return cast<DotGeneralOp>(*argument().user_begin());
  }
};

/// What reads `value` if these are products alone, each of them once.
static std::optional<SmallVector<Reader>> productsThatRead(Value value) {
  std::optional<SmallVector<OpOperand *>> uses =
      kernelsThatRead(value, Emitter::contraction);
  if (!uses)
    return {};
  SmallVector<Reader> readers;
  for (OpOperand *use : *uses) {
    Reader reader{cast<KernelOp>(use->getOwner()), use->getOperandNumber()};
    if (!reader.argument().hasOneUse() ||
        !isa<DotGeneralOp>(*reader.argument().user_begin()))
      return {};
    readers.push_back(reader);
  }
  return readers;
}

//===-- What moves --------------------------------------------------------===//

/// Instructions that a vector takes, or more than any limit.
static int64_t instructionsOf(Block &body) {
  int64_t count = 0;
  for (Operation &op : body.without_terminator()) {
    auto type = tensorType(op.getResult(0));
    if (isa<AddOp, SubtractOp, MultiplyOp, MaximumOp, MinimumOp, CompareOp,
            NotOp, AndOp, OrOp, ConvertOp, NegateOp, SelectOp>(op))
      ++count;
    else if (isa<DivideOp>(op) && isa<FloatType>(type.getElementType()))
      count += 4;
    else if (!isa<ConstantOp, BroadcastInDimOp>(op))
      return mostInstructions + 1;
  }
  return count;
}

/// Whether all values of the body have the result's shape or are single
/// elements, so that any other shape will do as well.
static bool hasOneShape(Block &body, ArrayRef<int64_t> shape) {
  auto fits = [&](Value v) {
    return tensorType(v).getShape() == shape || tensorType(v).getRank() == 0;
  };
  return llvm::all_of(body.getArguments(), fits) &&
         llvm::all_of(body.without_terminator(),
                      [&](Operation &op) { return fits(op.getResult(0)); });
}

/// Whether the body computes nothing.
static bool movesOnly(Block &body) {
  return llvm::all_of(body.without_terminator(),
                      llvm::IsaPred<TransposeOp, SliceOp>);
}

/// Computes the map's result in the reader's body.
static void moveInto(Reader reader, KernelOp map) {
  Block &source = map.getBody().front();
  Block &target = reader.kernel.getBody().front();
  BlockArgument operand = reader.argument();
  auto type = tensorType(operand);
  Value result = source.getTerminator()->getOperand(0);
  ArrayRef<int64_t> shape = tensorType(result).getShape();
  bool isReshaped = shape != type.getShape() && !movesOnly(source);
  auto adapt = [&](Value v) {
    if (isReshaped && tensorType(v).getShape() == shape)
      v.setType(tensorType(v).clone(type.getShape()));
  };

  OpBuilder b = OpBuilder::atBlockBegin(&target);
  IRMapping mapping;
  for (auto [argument, input] :
       llvm::zip_equal(source.getArguments(), map.getInputs())) {
    reader.kernel.getInputsMutable().append(input);
    Value copy = target.addArgument(argument.getType(), argument.getLoc());
    adapt(copy);
    mapping.map(argument, copy);
  }
  for (Operation &op : source.without_terminator()) {
    Operation *copy = b.clone(op, mapping);
    adapt(copy->getResult(0));
    if (auto constant = dyn_cast<ConstantOp>(copy))
      constant.setValueAttr(cast<SplatElementsAttr>(constant.getValue())
                                .resizeSplat(tensorType(constant.getResult())));
  }
  Value computed = mapping.lookup(result);
  if (computed.getType() != type)
    computed = b.create<ReshapeOp>(operand.getLoc(), type, computed);
  operand.replaceAllUsesWith(computed);
  reader.kernel.getInputsMutable().erase(reader.input);
  target.eraseArgument(reader.input);
}

//===-- When it pays ------------------------------------------------------===//

/// Whether views of the map's input keep no more alive than copies would: the
/// input is not the program's, or all of it is read.
static bool readsItsInput(KernelOp map) {
  Value source = withoutReshapes(map.getInputs().front());
  if (!source.getDefiningOp())
    return true;
  int64_t copied = 0;
  SmallVector<Value> open = {source};
  while (!open.empty())
    for (Operation *user : open.pop_back_val().getUsers()) {
      if (isa<ReshapeOp>(user))
        open.push_back(user->getResult(0));
      else if (auto kernel = dyn_cast<KernelOp>(user);
               kernel && kernel.getEmitter() == Emitter::map &&
               movesOnly(kernel.getBody().front()))
        copied += storageBytes(kernel.getResult(0));
    }
  return copied >= storageBytes(source);
}

/// Whether a GPU copies the view's rows in pieces as large as those of an
/// array.
static bool isAligned(const OperandView &view, RankedTensorType type) {
  constexpr int64_t widestBytes = 16;
  int64_t bits =
      widestBytes * 8 / type.getElementTypeBitWidth() | type.getShape().back();
  int64_t piece = bits & -bits;
  return view.alignment(piece) == piece && view.stride % piece == 0;
}

/// Whether the reader can multiply what the map, which only moves elements,
/// reads.
static bool seesView(Reader reader, KernelOp map, bool gpu) {
  Operation *yield = map.getBody().front().getTerminator();
  OpBuilder b(yield);
  auto operand = b.create<ReshapeOp>(map.getLoc(), reader.argument().getType(),
                                     yield->getOperand(0));
  std::optional<OperandView> view = viewOf(operand);
  bool isStrips = stripsOf(operand) != nullptr;
  operand.erase();
  RankedTensorType type = tensorType(reader.argument());
  // A CPU's kernel will convert halves, and reads what it computes as it is.
  return view && !isStrips && type.getShape().back() >= leastViewRow &&
         (gpu ? isAligned(*view, type) : type.getElementTypeBitWidth() >= 32);
}

/// Whether it pays that the reader computes what takes so many instructions.
static bool paysToCompute(Reader reader, int64_t instructions, bool gpu) {
  DotGeneralOp dot = reader.product();
  bool isLeft = dot.getLhs() == reader.argument();
  ArrayRef<int64_t> sizes = tensorType(dot.getResult()).getShape().take_back(2);
  int64_t times = isLeft ? sizes[1] : sizes[0];
  bool isInPlace =
      !gpu && isLeft &&
      dot.getLhsContract().front() + 1 == tensorType(dot.getLhs()).getRank();
  return times * (instructions + 1) <= mostWork &&
         !(isInPlace && times > mostColumns);
}

/// Whether the map is computed once for many calls, and leaves products no more
/// to read than it reads itself: weights that are rounded to another type. What
/// is widened is rather read as it is.
static bool isPreparedAsSmall(KernelOp map, int64_t bytes) {
  return bytes >= storageBytes(map.getResult(0)) &&
         llvm::all_of(map.getInputs(), [](Value input) {
           return isInvariant(withoutReshapes(input));
         });
}

namespace {
struct FormPrologues : dlc::impl::FormProloguesBase<FormPrologues> {
  using FormProloguesBase::FormProloguesBase;

  void runOnOperation() override {
    SmallVector<KernelOp> maps;
    getOperation().walk([&](KernelOp kernel) {
      if (kernel.getEmitter() == Emitter::map && kernel.getNumResults() == 1 &&
          tensorType(kernel.getResult(0)).getNumElements() > 0)
        maps.push_back(kernel);
    });
    // All are judged before any moves.
    SmallVector<KernelOp> chosen;
    llvm::copy_if(maps, std::back_inserter(chosen),
                  [&](KernelOp map) { return pays(map); });
    for (KernelOp map : chosen)
      form(map);
  }

private:
  bool pays(KernelOp map) {
    Block &body = map.getBody().front();
    Value result = body.getTerminator()->getOperand(0);
    std::optional<SmallVector<Reader>> readers =
        productsThatRead(map.getResult(0));
    if (!readers || readers->empty())
      return false;
    // What multiplies nothing has no tiles.
    if (gpu && llvm::any_of(*readers, [](Reader reader) {
          return storageBytes(reader.product().getResult()) == 0;
        }))
      return false;
    if (movesOnly(body))
      return readsItsInput(map) && llvm::all_of(*readers, [&](Reader reader) {
               return seesView(reader, map, gpu);
             });
    int64_t instructions = instructionsOf(body), bytes = 0;
    for (Value input : map.getInputs())
      bytes += storageBytes(input);
    if (prepares && isPreparedAsSmall(map, bytes))
      return false;
    ArrayRef<int64_t> shape = tensorType(result).getShape();
    bool isAnyShape = hasOneShape(body, shape);
    return instructions <= mostInstructions &&
           (all || bytes <= storageBytes(result) +
                                storageBytes(result) / largestExtra) &&
           llvm::all_of(*readers, [&](Reader reader) {
             return (isAnyShape ||
                     tensorType(reader.argument()).getShape() == shape) &&
                    (all || paysToCompute(reader, instructions, gpu));
           });
  }

  static void form(KernelOp map) {
    // One at a time: it renumbers the inputs of its kernel.
    while (true) {
      SmallVector<Reader> readers = *productsThatRead(map.getResult(0));
      if (readers.empty())
        break;
      moveInto(readers.front(), map);
    }
    eraseWithReshapes(map);
  }

  /// Erases an op and the reshapes of what it gives, which nothing reads.
  static void eraseWithReshapes(Operation *op) {
    SmallVector<Operation *> reshapes(op->getUsers());
    llvm::for_each(reshapes, eraseWithReshapes);
    op->erase();
  }
};
} // namespace
