// Merges dimensions that a kernel always walks together (see Passes.td).
//
// Every value of a body is described by the root dimensions it has, in order.
// A pair (d, d+1) may merge if each value has both, side by side, or neither,
// and no op treats the two differently (IndexMapDims.h).

#include "Layout/IndexMapDims.h"
#include "Layout/Passes.h"

#include "llvm/ADT/MapVector.h"

namespace dlc {
#define GEN_PASS_DEF_COLLAPSEDIMS
#include "Layout/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {

class Collapser {
public:
  explicit Collapser(KernelOp kernel) : body(kernel.getBody().front()) {}

  void run() {
    auto reduces = body.getOps<ReduceOp>();
    if (!reduces.empty() && (*reduces.begin()).getDimensions().size() > 1)
      splitArguments();
    dropUnitDims();
    if (!describe())
      return;
    SmallVector<bool> merges(root.size(), false); // d with d+1
    for (size_t d = 0; d + 1 < root.size(); ++d)
      merges[d] = canMerge(d);
    if (llvm::is_contained(merges, true))
      rewrite(merges);
  }

private:
  /// An argument that is broadcast along different dimensions becomes several:
  /// one description would not fit it, and dimensions that are reduced together
  /// have to be merged.
  void splitArguments() {
    auto kernel = cast<KernelOp>(body.getParentOp());
    for (unsigned i = 0, count = body.getNumArguments(); i < count; ++i) {
      BlockArgument arg = body.getArgument(i);
      llvm::SmallMapVector<Attribute, Value, 2> copies;
      for (OpOperand &use : llvm::make_early_inc_range(arg.getUses())) {
        auto broadcast = dyn_cast<BroadcastInDimOp>(use.getOwner());
        if (!broadcast)
          continue;
        Attribute along = broadcast.getDimensionsAttr();
        auto [it, isNew] = copies.insert({along, arg});
        if (isNew && copies.size() > 1) {
          kernel.getInputsMutable().append(kernel.getInputs()[i]);
          it->second = body.addArgument(arg.getType(), arg.getLoc());
        }
        use.set(it->second);
      }
    }
  }

  /// Broadcasting a body argument drops the argument's dimensions of size 1:
  /// they carry no index.
  void dropUnitDims() {
    for (BlockArgument arg : body.getArguments()) {
      if (arg.use_empty() ||
          !llvm::is_contained(tensorType(arg).getShape(), 1) ||
          !llvm::all_of(arg.getUsers(), llvm::IsaPred<BroadcastInDimOp>))
        continue;
      Dims shape;
      for (int64_t size : tensorType(arg).getShape())
        if (size != 1)
          shape.push_back(size);
      for (Operation *user : arg.getUsers()) {
        auto broadcast = cast<BroadcastInDimOp>(user);
        Dims dims;
        for (auto [size, d] :
             llvm::zip(tensorType(arg).getShape(), broadcast.getDimensions()))
          if (size != 1)
            dims.push_back(d);
        broadcast.setDimensions(dims);
      }
      arg.setType(tensorType(arg).clone(shape));
    }
  }

  /// Fills `dimsOf` from the yields backwards; false if a value has two
  /// descriptions or an op forbids merging.
  bool describe() {
    Dims kept;
    for (Operation &op : body)
      if (auto reduce = dyn_cast<ReduceOp>(op)) {
        reduced.assign(reduce.getDimensions().begin(),
                       reduce.getDimensions().end());
        auto shape = tensorType(reduce.getOperand()).getShape();
        root.assign(shape.begin(), shape.end());
      }
    Operation *yield = body.getTerminator();
    if (root.empty() && reduced.empty() && yield->getNumOperands()) {
      auto shape = tensorType(yield->getOperand(0)).getShape();
      root.assign(shape.begin(), shape.end());
    }
    Dims all;
    for (int64_t d = 0; d < int64_t(root.size()); ++d) {
      all.push_back(d);
      if (!llvm::is_contained(reduced, d))
        kept.push_back(d);
    }
    for (Value v : yield->getOperands())
      if (!note(v,
                tensorType(v).getRank() == int64_t(root.size()) ? all : kept))
        return false;
    for (Operation &op : llvm::reverse(body.without_terminator())) {
      auto it = dimsOf.find(op.getResult(0));
      if (it == dimsOf.end())
        continue; // dead
      Dims dims = it->second;
      if (op.hasTrait<Pointwise>()) {
        for (Value v : op.getOperands())
          if (!note(v, dims))
            return false;
      } else if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
        Dims operand;
        for (int64_t d : broadcast.getDimensions())
          operand.push_back(dims[d]);
        // A size-1 dimension that is not an argument's has an index of its own.
        if (llvm::is_contained(tensorType(broadcast.getOperand()).getShape(),
                               1) ||
            !note(broadcast.getOperand(), operand))
          return false;
      } else if (isa<ReduceOp>(op)) {
        if (!note(op.getOperand(0), all))
          return false;
      } else if (isIndexMap(&op)) {
        for (auto &[operand, its] : operandDims(&op, dims, nextOwn))
          if (!note(operand, its))
            return false;
      } else if (!isa<ConstantOp, IotaOp, RngBitGeneratorOp>(op)) {
        return false;
      }
    }
    return true;
  }

  bool note(Value v, const Dims &dims) {
    auto [it, isNew] = dimsOf.insert({v, dims});
    return isNew || it->second == dims;
  }

  bool canMerge(int64_t d) const {
    if (llvm::is_contained(reduced, d) != llvm::is_contained(reduced, d + 1))
      return false;
    for (auto &[v, dims] : dimsOf) {
      const int64_t *first = llvm::find(dims, d);
      if (llvm::is_contained(dims, d + 1) != (first != dims.end()))
        return false;
      if (first == dims.end())
        continue;
      if (std::next(first) == dims.end() || first[1] != d + 1)
        return false;
      Operation *op = v.getDefiningOp();
      if (op && isIndexMap(op) && !treatsAlike(op, first - dims.begin()))
        return false;
      if (auto iota = v.getDefiningOp<IotaOp>())
        if (int64_t along = dims[iota.getDimension()];
            along == d || along == d + 1)
          return false;
    }
    return true;
  }

  void rewrite(ArrayRef<bool> merges) {
    Dims newDim; // root dimension -> merged one
    for (size_t d = 0; d < root.size(); ++d)
      newDim.push_back(d == 0 ? 0 : newDim.back() + !merges[d - 1]);
    auto target = [&](int64_t d) { return d < 0 ? d : newDim[d]; };
    /// The merged dimensions among `dims`, once each.
    auto merged = [&](ArrayRef<int64_t> dims) {
      Dims result;
      for (int64_t d : dims)
        if (result.empty() || result.back() != target(d))
          result.push_back(target(d));
      return result;
    };
    // While the types are what they were.
    for (auto &[v, dims] : dimsOf)
      if (Operation *op = v.getDefiningOp(); op && isIndexMap(op)) {
        Dims result(llvm::map_range(dims, target));
        Dims operand(llvm::map_range(dimsOf.lookup(op->getOperand(0)), target));
        mergeDims(op, result, operand);
      }
    for (auto &[v, dims] : dimsOf) {
      Dims shape;
      for (auto [i, d] : llvm::enumerate(dims)) {
        int64_t size = tensorType(v).getDimSize(i);
        if (i > 0 && target(d) == target(dims[i - 1]))
          shape.back() *= size;
        else
          shape.push_back(size);
      }
      auto type = tensorType(v).clone(shape);
      Operation *op = v.getDefiningOp();
      if (auto constant = dyn_cast_or_null<ConstantOp>(op))
        constant.setValueAttr(
            cast<SplatElementsAttr>(constant.getValue()).resizeSplat(type));
      if (auto iota = dyn_cast_or_null<IotaOp>(op)) {
        Dims own = merged(dims);
        iota.setDimension(llvm::find(own, target(dims[iota.getDimension()])) -
                          own.begin());
      }
      if (auto broadcast = dyn_cast_or_null<BroadcastInDimOp>(op)) {
        Dims target = merged(dims), positions;
        for (int64_t d : merged(dimsOf.lookup(broadcast.getOperand())))
          positions.push_back(llvm::find(target, d) - target.begin());
        broadcast.setDimensions(positions);
      }
      if (auto reduce = dyn_cast_or_null<ReduceOp>(op)) {
        Dims sorted(reduced);
        llvm::sort(sorted);
        reduce.setDimensions(merged(sorted));
      }
      v.setType(type);
    }
  }

  Block &body;
  Dims root, reduced;
  llvm::MapVector<Value, Dims> dimsOf;
  /// Dimensions of operands that are none of the root's are counted downwards.
  int64_t nextOwn = -1;
};

struct CollapseDims : dlc::impl::CollapseDimsBase<CollapseDims> {
  using CollapseDimsBase::CollapseDimsBase;

  void runOnOperation() override {
    getOperation().walk([](KernelOp kernel) {
      if (llvm::is_contained({Emitter::map, Emitter::row, Emitter::column},
                             kernel.getEmitter()))
        Collapser(kernel).run();
    });
  }
};

} // namespace
