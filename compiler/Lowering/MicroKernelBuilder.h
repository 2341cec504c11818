// Builds the body of one micro-kernel: a small function that is never inlined,
// so that LLVM allocates registers for it alone.

#ifndef DLC_COMPILER_LOWERING_MICROKERNELBUILDER_H
#define DLC_COMPILER_LOWERING_MICROKERNELBUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace dlc {

/// Starts a function's entry block; vectors have `lanes` elements.
class MicroKernelBuilder : public mlir::ImplicitLocOpBuilder {
public:
  MicroKernelBuilder(mlir::func::FuncOp func, mlir::Type element, int64_t lanes)
      : mlir::ImplicitLocOpBuilder(func.getLoc(), func.getContext()),
        vector(mlir::VectorType::get({lanes}, element)) {
    setInsertionPointToStart(func.addEntryBlock());
  }

  mlir::Value index(int64_t value) {
    return create<mlir::arith::ConstantIndexOp>(value);
  }
  mlir::Value add(mlir::Value lhs, mlir::Value rhs) {
    return createOrFold<mlir::arith::AddIOp>(lhs, rhs);
  }
  mlir::Value plus(mlir::Value lhs, int64_t rhs) {
    return rhs == 0 ? lhs : add(lhs, index(rhs));
  }
  mlir::Value times(mlir::Value lhs, int64_t rhs) {
    return rhs == 1 ? lhs : createOrFold<mlir::arith::MulIOp>(lhs, index(rhs));
  }
  mlir::Value zero() {
    return create<mlir::arith::ConstantOp>(getZeroAttr(vector));
  }

  /// The lanes of `mask` (null: all) at memref[index], the others 0.
  mlir::Value load(mlir::Value memref, mlir::Value index,
                   mlir::Value mask = {}) {
    if (!mask)
      return create<mlir::vector::LoadOp>(vector, memref, index);
    return create<mlir::vector::MaskedLoadOp>(vector, memref, index, mask,
                                              zero());
  }
  /// A vector of `count` elements at memref[index], of which `readable` exist;
  /// the others are 0.
  mlir::Value loadPart(mlir::Value memref, mlir::Value index, int64_t count,
                       int64_t readable) {
    auto type = mlir::VectorType::get({count}, vector.getElementType());
    if (readable >= count)
      return create<mlir::vector::LoadOp>(type, memref, index);
    auto bits = mlir::VectorType::get({count}, getI1Type());
    mlir::Value read =
        create<mlir::vector::CreateMaskOp>(bits, this->index(readable));
    mlir::Value nothing = create<mlir::arith::ConstantOp>(getZeroAttr(type));
    return create<mlir::vector::MaskedLoadOp>(type, memref, index, read,
                                              nothing);
  }
  void store(mlir::Value value, mlir::Value memref, mlir::Value index) {
    create<mlir::vector::StoreOp>(value, memref, index);
  }
  /// The first `count` lanes; null if that is all.
  mlir::Value mask(int64_t count) {
    if (count == vector.getNumElements())
      return {};
    llvm::SmallVector<bool> bits(vector.getNumElements(), false);
    std::fill_n(bits.begin(), count, true);
    auto type = mlir::VectorType::get(vector.getShape(), getI1Type());
    return create<mlir::arith::ConstantOp>(
        mlir::DenseElementsAttr::get(type, bits));
  }
  mlir::Value mask(mlir::Value count) {
    auto type = mlir::VectorType::get(vector.getShape(), getI1Type());
    return create<mlir::vector::CreateMaskOp>(type, count);
  }
  mlir::Value multiplyAdd(mlir::Value x, mlir::Value y, mlir::Value sum) {
    return create<mlir::math::FmaOp>(x, y, sum);
  }

  /// for k in [lower, upper) by step, carrying `values` along.
  llvm::SmallVector<mlir::Value>
  carry(mlir::Value lower, mlir::Value upper, int64_t step,
        llvm::ArrayRef<mlir::Value> values,
        llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value,
                                                          mlir::ValueRange)>
            body) {
    auto loop = create<mlir::scf::ForOp>(
        lower, upper, index(step), values,
        [&](mlir::OpBuilder &nested, mlir::Location loc, mlir::Value k,
            mlir::ValueRange carried) {
          InsertionGuard guard(*this);
          restoreInsertionPoint(nested.saveInsertionPoint());
          create<mlir::scf::YieldOp>(body(k, carried));
        });
    return llvm::SmallVector<mlir::Value>(loop.getResults());
  }

  /// The vectors at memref[index[i]] if the flag `isThere` is set, else zeros.
  llvm::SmallVector<mlir::Value> loadBlock(mlir::Value memref,
                                           llvm::ArrayRef<mlir::Value> indices,
                                           mlir::Value isThere) {
    llvm::SmallVector<mlir::Type> types(indices.size(), vector);
    auto branch = create<mlir::scf::IfOp>(types, isThere,
                                          /*withElseRegion=*/true);
    InsertionGuard guard(*this);
    setInsertionPointToStart(branch.thenBlock());
    llvm::SmallVector<mlir::Value> values;
    for (mlir::Value index : indices)
      values.push_back(load(memref, index));
    create<mlir::scf::YieldOp>(values);
    setInsertionPointToStart(branch.elseBlock());
    values.assign(indices.size(), zero());
    create<mlir::scf::YieldOp>(values);
    return llvm::SmallVector<mlir::Value>(branch.getResults());
  }

  /// memref[index[i]] = values[i], or += if the flag `accumulate` is set (null:
  /// it never is).
  void storeBlock(llvm::ArrayRef<mlir::Value> values, mlir::Value memref,
                  llvm::ArrayRef<mlir::Value> indices, mlir::Value accumulate) {
    llvm::SmallVector<mlir::Value> sums(values);
    if (accumulate) {
      auto branch = create<mlir::scf::IfOp>(mlir::ValueRange(values).getTypes(),
                                            accumulate,
                                            /*withElseRegion=*/true);
      InsertionGuard guard(*this);
      setInsertionPointToStart(branch.thenBlock());
      for (auto [sum, index] : llvm::zip_equal(sums, indices)) {
        mlir::Value before = load(memref, index);
        sum = create<mlir::arith::AddFOp>(before, sum);
      }
      create<mlir::scf::YieldOp>(sums);
      setInsertionPointToStart(branch.elseBlock());
      create<mlir::scf::YieldOp>(values);
      sums.assign(branch.result_begin(), branch.result_end());
    }
    for (auto [sum, index] : llvm::zip_equal(sums, indices))
      store(sum, memref, index);
  }

  /// Where `bit` of a lane's number is not set, lane l of the result is lane l
  /// of x plus lane l + bit of x; where it is, the same of y (l and l - bit).
  /// A blend and a shuffle: of two shuffles the second would have to wait for
  /// the only port that has them.
  mlir::Value addHalves(mlir::Value x, mlir::Value y, int64_t bit) {
    int64_t lanes = vector.getNumElements();
    llvm::SmallVector<int64_t> kept, moved;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      bool ofY = lane & bit;
      kept.push_back(ofY ? lanes + lane : lane);
      moved.push_back(ofY ? lanes + lane - bit : lane + bit);
    }
    mlir::Value own = create<mlir::vector::ShuffleOp>(x, y, kept);
    mlir::Value other = create<mlir::vector::ShuffleOp>(x, y, moved);
    return create<mlir::arith::AddFOp>(own, other);
  }

  /// In each block of `block` lanes, groups of `group` lanes of x and y in
  /// turn: those of the lower half, or of the upper one.
  mlir::Value interleave(mlir::Value x, mlir::Value y, int64_t block,
                         int64_t group, bool upper) {
    int64_t lanes = vector.getNumElements();
    llvm::SmallVector<int64_t> from;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      int64_t inBlock = lane % block, turn = inBlock / group;
      int64_t source = lane - inBlock + (upper ? block / 2 : 0) +
                       turn / 2 * group + inBlock % group;
      from.push_back(turn % 2 ? lanes + source : source);
    }
    return create<mlir::vector::ShuffleOp>(x, y, from);
  }

  /// A vector whose lane l is the sum of the lanes of vectors[l]: lanes
  /// `lanes/2` apart are added first, then `lanes/4`, … Lanes without a vector
  /// are unspecified.
  mlir::Value sumEach(llvm::ArrayRef<mlir::Value> vectors) {
    llvm::SmallVector<mlir::Value> level(vectors);
    int64_t lanes = vector.getNumElements();
    level.resize(lanes);
    for (int64_t distance = lanes / 2; distance > 0; distance /= 2) {
      for (int64_t i = 0; i < distance; ++i)
        if (mlir::Value x = level[i], y = level[i + distance]; x)
          level[i] = addHalves(x, y ? y : x, distance);
      level.resize(distance);
    }
    return level.front();
  }

  mlir::VectorType vector;
};

/// A new private function that is never inlined.
inline mlir::func::FuncOp
createMicroKernel(mlir::ModuleOp module, llvm::StringRef name,
                  llvm::ArrayRef<mlir::Type> parameters) {
  mlir::OpBuilder b(module.getContext());
  b.setInsertionPointToStart(module.getBody());
  auto func = b.create<mlir::func::FuncOp>(
      module.getLoc(), name,
      mlir::FunctionType::get(module.getContext(), parameters, {}));
  func.setPrivate();
  func->setAttr("passthrough", b.getArrayAttr(b.getStringAttr("noinline")));
  return func;
}

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_MICROKERNELBUILDER_H
