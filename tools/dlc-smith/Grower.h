// Grows a function op by op, together with the numbers that its values have.
//
// An op is drawn, not solved for: operands and attributes are drawn so that
// they often fit, then the op's own type inference (that is Shapes.h) and
// verifier say whether they do, and the interpreter whether its results are
// finite. What does not pass is taken back.

#ifndef DLC_TOOLS_DLC_SMITH_GROWER_H
#define DLC_TOOLS_DLC_SMITH_GROWER_H

#include "Draw.h"
#include "Random.h"

#include "IR/Dlc.h"
#include "Interpreter/Tensor.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"

#include <functional>

namespace dlc::smith {

enum class Element { f32, f64, bf16, f16, i8, i32, i64, ui8, ui32, i1 };
using Elements = llvm::ArrayRef<Element>;

inline constexpr Element floats[] = {Element::f32, Element::f64, Element::bf16,
                                     Element::f16};
inline constexpr Element integers[] = {Element::i8, Element::i32, Element::i64,
                                       Element::ui8, Element::ui32};
inline constexpr Element numbers[] = {
    Element::f32, Element::f64, Element::bf16, Element::f16, Element::i8,
    Element::i32, Element::i64, Element::ui8,  Element::ui32};
inline constexpr Element bits[] = {Element::i8,  Element::i32,  Element::i64,
                                   Element::ui8, Element::ui32, Element::i1};
inline constexpr Element indices[] = {Element::i32, Element::i64};
inline constexpr Element booleans[] = {Element::i1};
inline constexpr Element all[] = {
    Element::f32, Element::f64, Element::bf16, Element::f16,  Element::i8,
    Element::i32, Element::i64, Element::ui8,  Element::ui32, Element::i1};

using Shape = llvm::SmallVector<int64_t>;
using Field = std::pair<llvm::StringRef, mlir::Attribute>;

class Grower {
public:
  Grower(Random &random, mlir::func::FuncOp function, int64_t ops);

  // What is drawn.

  /// One of these element types; of floats mostly the graph's own.
  mlir::Type element(Elements from);
  /// A size of the graph's own few, so that shapes often agree.
  int64_t size();
  Shape shape(int64_t leastRank, int64_t mostRank);
  mlir::RankedTensorType type(llvm::ArrayRef<int64_t> shape,
                              mlir::Type element);
  mlir::RankedTensorType scalar(mlir::Type element) {
    return type({}, element);
  }

  // Values.

  /// A value in sight, rather a recent one, or null.
  mlir::Value pick(llvm::function_ref<bool(mlir::RankedTensorType)> accepts);
  /// A value of one of these element types and at least this rank; a new one if
  /// there is none, and sometimes anyway.
  mlir::Value operand(Elements from, int64_t leastRank = 0,
                      int64_t mostRank = 8, Draw::Kind kind = Draw::plain);
  /// A value of this type: one in sight, one made of another, or a new one;
  /// null where the type is too large. `emit` declines null operands.
  mlir::Value operand(mlir::RankedTensorType type,
                      Draw::Kind kind = Draw::plain);
  /// A new argument or constant, or null.
  mlir::Value fresh(mlir::RankedTensorType type, Draw::Kind kind = Draw::plain,
                    int64_t limit = 1);
  mlir::Value constant(const interpreter::Tensor &value);
  /// The random state [key, counter].
  mlir::Value state();

  // Ops.

  /// The op, or null where it is not valid or its results are not finite.
  /// Result types are inferred where none are given. Its results are in sight
  /// from then on.
  mlir::Operation *emit(llvm::StringRef name, mlir::ValueRange operands,
                        llvm::ArrayRef<Field> attributes = {},
                        mlir::TypeRange types = {});
  /// The same with regions, which are taken over.
  mlir::Operation *emit(llvm::StringRef name, mlir::ValueRange operands,
                        llvm::ArrayRef<Field> attributes, mlir::TypeRange types,
                        llvm::ArrayRef<mlir::Region *> regions);

  /// Grows a region's only block, whose arguments have the numbers of `values`,
  /// by up to `ops` ops; nothing else is in sight there. `end` adds the
  /// terminator.
  void growRegion(mlir::Region &region, llvm::ArrayRef<mlir::Value> values,
                  int64_t ops, llvm::function_ref<void()> end);
  /// Draws an op of any kind, a few times if it has to; false if none fits.
  bool grow();

  mlir::OpBuilder &builder() { return b; }
  mlir::Location loc() { return b.getUnknownLoc(); }
  const interpreter::Tensor &value(mlir::Value v) { return numbersOf[v]; }
  llvm::ArrayRef<mlir::Value> inSight() const { return values; }
  int64_t opsLeft() const { return budget; }
  int64_t nesting() const { return depth; }
  mlir::func::FuncOp parent() { return function; }

  Random &random;
  /// No tensor has more elements.
  int64_t maxElements = 2048;

private:
  void see(mlir::Value value, interpreter::Tensor numbers);
  bool isTooLarge(mlir::RankedTensorType type) const;
  bool isGood(const interpreter::Tensor &tensor) const;

  mlir::func::FuncOp function;
  mlir::OpBuilder b;
  mlir::Type mainFloat;
  llvm::SmallVector<int64_t> sizes;
  llvm::SmallVector<mlir::Value> values;
  llvm::DenseMap<mlir::Value, interpreter::Tensor> numbersOf;
  int64_t budget, depth = 0;
};

/// One kind of op: its mnemonic, how often it is drawn, and how.
struct Rule {
  llvm::StringRef name;
  int weight;
  std::function<bool(Grower &, llvm::StringRef name)> draw;
};
/// By family; false where a draw did not fit.
llvm::ArrayRef<Rule> rules();

void addElementwise(llvm::SmallVectorImpl<Rule> &rules);
void addIndexMaps(llvm::SmallVectorImpl<Rule> &rules);
void addReductions(llvm::SmallVectorImpl<Rule> &rules);
void addIndexing(llvm::SmallVectorImpl<Rule> &rules);
void addComposites(llvm::SmallVectorImpl<Rule> &rules);
void addLayers(llvm::SmallVectorImpl<Rule> &rules);
void addNormalizations(llvm::SmallVectorImpl<Rule> &rules);
void addDraws(llvm::SmallVectorImpl<Rule> &rules);
void addControlFlow(llvm::SmallVectorImpl<Rule> &rules);

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_GROWER_H
