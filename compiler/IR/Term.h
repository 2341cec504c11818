// Arithmetic on values: with terms `g * (1.0 - y * y)` writes the ops it names.
// Gradient rules and decompositions read like the formulas that they are.
//
// C++ leaves the order in which operands are evaluated to the compiler, and g++
// and clang differ. The IR must not depend on which of them built us, so an op
// that a term makes stands nowhere at first. It is written when the term
// becomes a Value, after the ops of its operands, which are written left to
// right:
//
//   Term square = y * y, one = y.like(1.0);
//   Value v = g * (one - square);            writes one, square, one - square,
//   v
//
// A term that is never used is never written.

#ifndef DLC_COMPILER_IR_TERM_H
#define DLC_COMPILER_IR_TERM_H

#include "IR/Dlc.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace dlc {

/// Where terms are written. Owns the ops that are not written yet.
class TermBuilder : public mlir::ImplicitLocOpBuilder {
public:
  using ImplicitLocOpBuilder::ImplicitLocOpBuilder;
  TermBuilder(const TermBuilder &) = delete;
  TermBuilder &operator=(const TermBuilder &) = delete;
  ~TermBuilder();

private:
  friend class Term;
  /// Writes `op` at the insertion point unless it stands somewhere already.
  void write(mlir::Operation *op);

  llvm::SmallPtrSet<mlir::Operation *, 8> unwritten;
};

/// A value and the place where ops that use it are written.
class Term {
public:
  Term(TermBuilder &b, mlir::Value value) : b(&b), value(value) {}

  /// Writes the term.
  operator mlir::Value() const {
    if (mlir::Operation *op = value.getDefiningOp())
      b->write(op);
    return value;
  }
  TermBuilder &builder() const { return *b; }
  mlir::RankedTensorType type() const { return tensorType(value); }
  llvm::ArrayRef<int64_t> shape() const { return type().getShape(); }
  int64_t rank() const { return type().getRank(); }

  /// A constant of this term's type.
  Term like(double c) const {
    mlir::OpBuilder nowhere(b->getContext());
    return unwritten(splat(nowhere, b->getLoc(), type(), c));
  }

  /// The op's first result as a term.
  template <typename Op, typename... Args> Term make(Args &&...args) const {
    mlir::OpBuilder nowhere(b->getContext());
    return unwritten(
        nowhere.create<Op>(b->getLoc(), operand(std::forward<Args>(args))...)
            ->getResult(0));
  }

private:
  Term unwritten(mlir::Value result) const {
    b->unwritten.insert(result.getDefiningOp());
    return {*b, result};
  }

  /// A term as an operand is not written yet; other arguments are what they
  /// are.
  template <typename Arg> static decltype(auto) operand(Arg &&arg) {
    if constexpr (std::is_same_v<std::decay_t<Arg>, Term>)
      return mlir::Value(arg.value);
    else
      return std::forward<Arg>(arg);
  }

  TermBuilder *b;
  mlir::Value value;
};

inline Term operator-(Term x) { return x.make<NegateOp>(x); }
inline Term operator+(Term x, Term y) { return x.make<AddOp>(x, y); }
inline Term operator-(Term x, Term y) { return x.make<SubtractOp>(x, y); }
inline Term operator*(Term x, Term y) { return x.make<MultiplyOp>(x, y); }
inline Term operator/(Term x, Term y) { return x.make<DivideOp>(x, y); }
inline Term operator+(Term x, double c) { return x + x.like(c); }
inline Term operator+(double c, Term x) { return x.like(c) + x; }
inline Term operator-(Term x, double c) { return x - x.like(c); }
inline Term operator-(double c, Term x) { return x.like(c) - x; }
inline Term operator*(Term x, double c) { return x * x.like(c); }
inline Term operator/(Term x, double c) { return x / x.like(c); }
inline Term operator/(double c, Term x) { return x.like(c) / x; }

inline Term exp(Term x) { return x.make<ExponentialOp>(x); }
inline Term log(Term x) { return x.make<LogOp>(x); }
inline Term sqrt(Term x) { return x.make<SqrtOp>(x); }
inline Term rsqrt(Term x) { return x.make<RsqrtOp>(x); }
inline Term tanh(Term x) { return x.make<TanhOp>(x); }
inline Term logistic(Term x) { return x.make<LogisticOp>(x); }
inline Term erfc(Term x) { return x.make<ErfcOp>(x); }
inline Term logPlusOne(Term x) { return x.make<LogPlusOneOp>(x); }
inline Term expMinusOne(Term x) { return x.make<ExponentialMinusOneOp>(x); }
inline Term isFinite(Term x) { return x.make<IsFiniteOp>(x); }
inline Term abs(Term x) { return x.make<AbsOp>(x); }
inline Term max(Term x, double c) { return x.make<MaximumOp>(x, x.like(c)); }
inline Term min(Term x, double c) { return x.make<MinimumOp>(x, x.like(c)); }

inline Term compare(Direction direction, Term x, Term y) {
  return x.make<CompareOp>(direction, x, y);
}
inline Term operator<=(Term x, Term y) { return compare(Direction::LE, x, y); }
inline Term operator>(Term x, Term y) { return compare(Direction::GT, x, y); }
inline Term operator<(Term x, Term y) { return compare(Direction::LT, x, y); }
inline Term operator==(Term x, Term y) { return compare(Direction::EQ, x, y); }
inline Term operator!=(Term x, Term y) { return compare(Direction::NE, x, y); }
inline Term select(Term pred, Term x, Term y) {
  return x.make<SelectOp>(x.type(), pred, x, y);
}

inline Term convert(Term x, mlir::Type element) {
  if (x.type().getElementType() == element)
    return x;
  return x.make<ConvertOp>(x.type().clone(element), x);
}
inline Term reshape(Term x, llvm::ArrayRef<int64_t> shape) {
  if (x.shape() == shape)
    return x;
  return x.make<ReshapeOp>(x.type().clone(shape), x);
}
inline Term transpose(Term x, llvm::ArrayRef<int64_t> permutation) {
  if (llvm::equal(permutation, llvm::seq<int64_t>(0, permutation.size())))
    return x;
  return x.make<TransposeOp>(x, permutation);
}
inline Term reduce(Reduction kind, Term x, llvm::ArrayRef<int64_t> dims) {
  return dims.empty() ? x : x.make<ReduceOp>(kind, x, dims);
}
inline Term sum(Term x, llvm::ArrayRef<int64_t> dims) {
  return reduce(Reduction::add, x, dims);
}
/// `x`, whose dimension i becomes dimension dims[i] of `shape`.
inline Term broadcast(Term x, llvm::ArrayRef<int64_t> shape,
                      llvm::ArrayRef<int64_t> dims) {
  if (x.shape() == shape)
    return x;
  return x.make<BroadcastInDimOp>(x.type().clone(shape), x, dims);
}
/// Undoes the shape change of a reduction over `dims`, by repetition.
inline Term spread(Term x, llvm::ArrayRef<int64_t> shape,
                   llvm::ArrayRef<int64_t> dims) {
  llvm::SmallVector<int64_t> kept;
  for (int64_t d = 0, rank = shape.size(); d < rank; ++d)
    if (!llvm::is_contained(dims, d))
      kept.push_back(d);
  return broadcast(x, shape, kept);
}

} // namespace dlc

#endif // DLC_COMPILER_IR_TERM_H
