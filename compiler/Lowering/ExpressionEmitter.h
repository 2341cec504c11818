// The one table of scalar expressions: evaluates a value of a kernel's body at
// a point of its iteration space, for a vector of neighbouring elements (CPU)
// or for one element (a GPU's lane).
//
// Evaluation is by demand. An emitter of loops decides *where* elements are
// computed; this class decides *what* one element is. Asking for
//
//   %s = dlc.add %x, %bcast      %bcast = dlc.broadcast_in_dim %bias dims [1]
//
// at [%i, %j + lanes 0..15] loads x[%i, %j..%j+15] and bias[%j..%j+15] as
// contiguous vectors and adds them. Index maps cost nothing: they rewrite the
// point. A point's coordinates say how they change from lane to lane, so that a
// load knows whether it is a scalar, a contiguous vector or a gather.
//
// Values are memoised by (value, point); what an enclosing loop has evaluated
// is reused inside it, and `Scope` forgets what was emitted inside a loop.

#ifndef DLC_COMPILER_LOWERING_EXPRESSIONEMITTER_H
#define DLC_COMPILER_LOWERING_EXPRESSIONEMITTER_H

#include "Lowering/Kernel.h"

#include "llvm/ADT/SmallVector.h"
#include <limits>
#include <map>
#include <vector>

namespace dlc {

/// One coordinate of a point.
struct Coordinate {
  /// An `index`, or a vector of them (one a lane) if it is not regular. Null in
  /// `evaluateInvariants`.
  mlir::Value index;
  /// What each lane adds to a scalar `index`.
  int64_t step = 0;
  /// The scalar index is known to be a multiple of this, at most 64.
  int64_t divisor = 1;
  /// All live lanes are known to stand in [first, last].
  int64_t first = std::numeric_limits<int64_t>::min();
  int64_t last = std::numeric_limits<int64_t>::max();

  /// `aligned`: the index is known to be a multiple of 4, a block of random
  /// words.
  Coordinate(mlir::Value index, int64_t step = 0, bool aligned = false)
      : index(index), step(step), divisor(aligned ? 4 : 1) {}
  bool isVector() const;
  bool isBounded() const { return last != std::numeric_limits<int64_t>::max(); }
  /// All lanes stand at the same place.
  bool isUniform() const { return step == 0 && !isVector(); }
};

/// The element, or the `width` elements, at which a value is evaluated.
struct Point {
  llvm::SmallVector<Coordinate, 4> index;
  /// Elements evaluated at once; 1 is a scalar.
  int64_t width = 1;
  /// vector<width x i1>: the lanes that may touch memory. Null means all. What
  /// a dead lane computes is unspecified.
  mlir::Value mask;

  Point() = default;
  /// One element.
  explicit Point(mlir::ValueRange index) : index(index.begin(), index.end()) {}
  /// `width` neighbours along dimension `lane`; `aligned` if its index is known
  /// to be a multiple of 4.
  Point(mlir::ValueRange index, int64_t lane, int64_t width,
        mlir::Value mask = {}, bool aligned = false)
      : index(index.begin(), index.end()), width(width), mask(mask) {
    this->index[lane].step = width == 1 ? 0 : 1;
    this->index[lane].divisor = aligned ? 4 : 1;
  }
  bool isUniform() const;
};

class ExpressionEmitter {
public:
  /// Emits at the insertion point of `kernel.builder`, which the caller moves.
  explicit ExpressionEmitter(KernelFunction &kernel);

  /// `value` at `point`. A scalar where it is the same in all lanes, else a
  /// vector<width x element>. Elements are as registers hold them
  /// (ElementTypes.h).
  mlir::Value at(mlir::Value value, const Point &point);

  /// As `at`, but always a vector if point.width > 1.
  mlir::Value vectorAt(mlir::Value value, const Point &point);

  /// Before a loop: evaluates what `roots` need at `point` and the loop does
  /// not change. The coordinates that it will change have a null index.
  void evaluateInvariants(llvm::ArrayRef<mlir::Value> roots,
                          const Point &point);

  /// Loads what `value` at `point` will need, as it lies in memory. Nothing is
  /// computed from it, and so nothing waits for it, before that is asked for.
  void prefetch(mlir::Value value, const Point &point);

  /// Asks the second level of the cache for `count` elements of an input, the
  /// first one `distance` past `index` in its last dimension. Past an input's
  /// end there is nothing to fetch, which is no fault.
  void fetchLines(mlir::BlockArgument input,
                  llvm::SmallVector<mlir::Value> index, int64_t distance,
                  int64_t count);

  /// Says what `value` at `point` is, e.g. the accumulator that holds a
  /// dot_general's element, or a finished reduction, not rounded yet.
  void bind(mlir::Value value, const Point &point, mlir::Value emitted);

  /// Says where a row of a value lies: in a flat `memref` from `start` on.
  struct Row {
    mlir::Value value, memref, start;
    llvm::SmallVector<mlir::Value, 2> index;
  };
  void bindRow(Row row) { bound = std::move(row); }

  /// An `element` that lies in `memref` at `point`.
  mlir::Value load(mlir::Value memref, mlir::Type element, const Point &point);

  /// Writes `emitted`, an `element`, to `memref` at `point`, whose lanes run
  /// along one dimension. With `past`, past the caches: a whole vector's place
  /// must be aligned to it or to 64 bytes.
  void store(mlir::Value emitted, mlir::Type element, mlir::Value memref,
             const Point &point, bool past = false);

  /// Evaluates every yielded value of shape `shape` at `point`, then stores
  /// them (in this order, since an output may lie over an input). With
  /// `inOrder` the lanes are known to begin at a multiple of the width: then
  /// the kernel's streams are written past the caches.
  void storeYields(llvm::ArrayRef<int64_t> shape, const Point &point,
                   bool inOrder = false);

  /// An element combined with another, as `reduce` does it.
  mlir::Value combine(Reduction kind, mlir::Type element, mlir::Value lhs,
                      mlir::Value rhs);

  /// The identity of a reduction, as a scalar or splat over `width` lanes.
  mlir::Value identity(Reduction kind, mlir::Type element, int64_t width);

  /// Combines the lanes of a vector in a fixed tree: halves, quarters, …
  mlir::Value combineLanes(Reduction kind, mlir::Type element,
                           mlir::Value vector);

  /// A run-time index as an index in [0, last].
  mlir::Value clampedIndex(mlir::Value index, int64_t last);

  /// An index constant, at the function's entry.
  mlir::Value constant(int64_t value);

  /// index * scale + offset, memoised.
  mlir::Value affine(mlir::Value index, int64_t scale, int64_t offset);

  /// vector<width x i1> of the lanes l with l < count: a constant, or of a
  /// scalar index.
  mlir::Value prefixMask(int64_t width, int64_t count);
  mlir::Value prefixMask(int64_t width, mlir::Value count);

  /// Forgets, at its end, what was emitted during its life.
  class Scope {
  public:
    explicit Scope(ExpressionEmitter &emitter)
        : emitter(emitter), mark(emitter.log.size()) {}
    ~Scope();

  private:
    ExpressionEmitter &emitter;
    size_t mark;
  };

private:
  using Key = std::vector<const void *>;

  /// A value that is being evaluated.
  struct Frame {
    mlir::Value value;
    Point point;
    Key key;
    /// The elements that it needs, and what has been emitted for the first of
    /// them. An op may ask for more once it has those: gather needs an index
    /// before it knows which element.
    llvm::SmallVector<std::pair<mlir::Value, Point>, 3> dependencies;
    llvm::SmallVector<mlir::Value, 3> operands;
    int rounds = 0;
    /// pad, concatenate: for each operand but the last that is read there,
    /// where it gives the element.
    llvm::SmallVector<mlir::Value, 2> inside;
  };
  struct Inside;

  Key keyOf(mlir::Value value, const Point &point) const;
  Key storedKey(mlir::Value argument, const Point &point) const;
  mlir::Value lookup(const Key &key) const;
  void remember(Key key, mlir::Value emitted);

  /// Index maps (IndexMaps.cpp): where they read, and the element that they
  /// give.
  Point movedThrough(mlir::Operation *indexMap, const Point &point);
  void need(Frame &frame, mlir::Value value, Point at);
  void locate(Point &at, size_t dimension, int64_t low, int64_t size,
              int64_t interior, Inside &inside);
  void collectPad(PadOp op, Frame &frame);
  void collectConcatenate(ConcatenateOp op, Frame &frame);
  void collectDynamicSlice(DynamicSliceOp op, Frame &frame);
  void collectGather(GatherOp op, Frame &frame);
  bool collectIndexMap(Frame &frame);
  mlir::Value emitIndexMap(Frame &frame);
  mlir::Value both(mlir::Value lhs, mlir::Value rhs, int64_t width);

  void collectDependencies(Frame &frame);
  mlir::Value emit(Frame &frame);
  mlir::Value emitIsFault(mlir::Operation *op,
                          llvm::ArrayRef<mlir::Value> operands);
  void emitFault(mlir::Operation *op, mlir::Value bad, const Point &point);
  mlir::Value emitBits(RngBitGeneratorOp op, mlir::Value key,
                       mlir::Value counter, const Point &point);
  mlir::Value emitIota(IotaOp op, const Point &point);
  mlir::Value loadStored(mlir::Value memref, const Point &point);
  bool isInRow(mlir::Value value, const Point &point) const;
  mlir::Value loadFromRow(const Point &point);
  mlir::Value loadReversed(mlir::Value memref,
                           llvm::SmallVector<mlir::Value> base,
                           const Point &point);

  Coordinate affine(Coordinate c, int64_t scale, int64_t offset);
  Coordinate linear(llvm::ArrayRef<int64_t> shape, const Point &point);
  mlir::Value lanesOf(Coordinate c, int64_t width, mlir::Type element);
  bool isWide(mlir::MemRefType memory, const Point &point) const;
  mlir::Value widePointer(mlir::Value memref, mlir::ValueRange base);

  KernelFunction &kernel;
  mlir::OpBuilder &b;
  mlir::Location loc;
  Row bound;
  std::map<Key, mlir::Value> memo;
  std::vector<Key> log;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_EXPRESSIONEMITTER_H
