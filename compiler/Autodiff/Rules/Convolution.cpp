// Gradients of convolution: both are convolutions. With one spatial dimension
//
//   y[n,o,i] = sum over c, k of x'[n, c, i·s + k·d] · w[o,c,k],
//
// x' being x with b - 1 zeros between elements and padding l, h. Then
//
//   dx: the filters turned around move over dy, whose elements stand s apart,
//       and every b-th result is kept;
//   dw: dy as filters whose taps are s apart moves over x in steps of d, with
//       batch and channels of both exchanged.
//
// Groups of channels in y are groups of channels in dx and, for dw, of images
// (batch_groups); and the other way round. A layout with the channels last is
// brought to the one above by transposes, which `graph` combines.

#include "Autodiff/Rules/Rules.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

using Dims = SmallVector<int64_t>;

namespace {
/// One convolution, written as if channels came first.
struct Numbers {
  Dims strides, low, high, imageDilation, filterDilation;
  int64_t groups = 1, batchGroups = 1;
};

class Layout {
public:
  Layout(ConvolutionOp op)
      : channelsLast(op.getChannelsLast()), batchLast(op.getBatchLast()),
        rank(tensorType(op.getImages()).getRank()) {}

  /// [N, spatial…, C] or [C, spatial…, N] to [N, C, spatial…].
  Term images(Term x) const {
    return isFirst() ? x : transpose(x, imageOrder());
  }
  Term backToImages(Term x) const {
    return isFirst() ? x : transpose(x, invertPermutationVector(imageOrder()));
  }
  /// [spatial…, C, O] to [O, C, spatial…].
  Term filters(Term w) const {
    Dims order{rank - 1, rank - 2};
    llvm::append_range(order, llvm::seq<int64_t>(0, rank - 2));
    return channelsLast ? transpose(w, order) : w;
  }
  Term backToFilters(Term w) const {
    Dims order = llvm::to_vector(llvm::seq<int64_t>(2, rank));
    llvm::append_range(order, ArrayRef<int64_t>{1, 0});
    return channelsLast ? transpose(w, order) : w;
  }

  /// The convolution of operands with the channels first.
  Term convolve(Term x, Term w, const Numbers &n) const {
    Term y =
        x.make<ConvolutionOp>(backToImages(x), backToFilters(w), n.strides,
                              n.low, n.high, n.imageDilation, n.filterDilation,
                              n.groups, n.batchGroups, channelsLast, batchLast);
    return images(y);
  }

private:
  bool isFirst() const { return !channelsLast && !batchLast; }
  Dims imageOrder() const {
    Dims order{0, rank - 1};
    if (batchLast)
      std::swap(order[0], order[1]);
    llvm::append_range(order, llvm::seq<int64_t>(1, rank - 1));
    return order;
  }

  bool channelsLast, batchLast;
  int64_t rank;
};
} // namespace

static int64_t spreadSize(int64_t n, int64_t apart) {
  return n == 0 ? 0 : (n - 1) * apart + 1;
}

/// Exchanges the first two dimensions.
static Term exchanged(Term x) {
  Dims order = llvm::to_vector(llvm::seq(x.rank()));
  std::swap(order[0], order[1]);
  return transpose(x, order);
}

static Dims shapeOf(int64_t n, int64_t c, ArrayRef<int64_t> spatial) {
  Dims shape{n, c};
  llvm::append_range(shape, spatial);
  return shape;
}

/// Within each of `groups` parts of the first dimension, the part's entries and
/// the second dimension change places: [G·a, b, …] to [G·b, a, …].
static Term exchangedInGroups(Term x, int64_t groups) {
  int64_t a = x.shape()[0] / groups, b = x.shape()[1];
  auto spatial = x.shape().drop_front(2);
  Dims parts{groups, a, b};
  llvm::append_range(parts, spatial);
  Dims order = llvm::to_vector(llvm::seq<int64_t>(0, parts.size()));
  std::swap(order[1], order[2]);
  Term moved = transpose(reshape(x, parts), order);
  return reshape(moved, shapeOf(groups * b, a, spatial));
}

static Term imagesDx(ConvolutionOp op, Term g) {
  Layout layout(op);
  Term w = layout.filters({g.builder(), op.getFilters()});
  Term x = layout.images({g.builder(), op.getImages()});
  int64_t groups = op.getGroups() * op.getBatchGroups();
  g = layout.images(g);

  Numbers n;
  n.groups = groups;
  for (size_t d = 0; d < op.getStrides().size(); ++d) {
    int64_t reach = (w.shape()[d + 2] - 1) * op.getFilterDilation()[d];
    int64_t size = spreadSize(x.shape()[d + 2], op.getImageDilation()[d]);
    n.low.push_back(reach - op.getLow()[d]);
    n.high.push_back(size - spreadSize(g.shape()[d + 2], op.getStrides()[d]) +
                     op.getLow()[d]);
  }
  n.strides = Dims(op.getImageDilation());
  n.imageDilation = Dims(op.getStrides());
  n.filterDilation = Dims(op.getFilterDilation());

  Term turned = exchangedInGroups(w, groups);
  if (turned.rank() > 2)
    turned = turned.make<ReverseOp>(
        turned, llvm::to_vector(llvm::seq<int64_t>(2, turned.rank())));
  Term dx = layout.convolve(g, turned, n);
  // [N / G, G·C, …] to [N, C, …]: group by group of images.
  if (int64_t parts = op.getBatchGroups(); parts != 1) {
    auto spatial = x.shape().drop_front(2);
    int64_t channels = x.shape()[1];
    Dims split{dx.shape()[0], parts, channels};
    llvm::append_range(split, spatial);
    dx = reshape(exchanged(reshape(dx, split)), x.shape());
  }
  return layout.backToImages(dx);
}

static Term filtersDx(ConvolutionOp op, Term g) {
  Layout layout(op);
  Term w = layout.filters({g.builder(), op.getFilters()});
  Term x = layout.images({g.builder(), op.getImages()});
  g = layout.images(g);

  Numbers n;
  n.groups = op.getBatchGroups();
  n.batchGroups = op.getGroups();
  n.low = Dims(op.getLow());
  for (size_t d = 0; d < op.getStrides().size(); ++d) {
    int64_t reach = (w.shape()[d + 2] - 1) * op.getFilterDilation()[d];
    int64_t size = spreadSize(x.shape()[d + 2], op.getImageDilation()[d]);
    n.high.push_back(reach - size +
                     spreadSize(g.shape()[d + 2], op.getStrides()[d]) -
                     op.getLow()[d]);
  }
  n.strides = Dims(op.getFilterDilation());
  n.imageDilation = Dims(op.getImageDilation());
  n.filterDilation = Dims(op.getStrides());
  Term dw = layout.convolve(exchanged(x), exchanged(g), n);
  return layout.backToFilters(exchanged(dw));
}

void rules::attachConvolution(MLIRContext *c) {
  vjp<ConvolutionOp>(c, [](ConvolutionOp op, Adjoint &a) {
    auto empty = [](Value v) { return tensorType(v).getNumElements() == 0; };
    bool nothing = empty(op.getImages()) || empty(op.getFilters()) ||
                   empty(op.getResult());
    if (a.needs(0))
      a.add(0, nothing ? a.term(op.getImages()).like(0) : imagesDx(op, a.g()));
    if (a.needs(1))
      a.add(1,
            nothing ? a.term(op.getFilters()).like(0) : filtersDx(op, a.g()));
  });
  jvp<ConvolutionOp>(c,
                     [](ConvolutionOp op, Tangents &t) { bilinearJvp(op, t); });
}
