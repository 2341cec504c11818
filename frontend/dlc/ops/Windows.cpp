#include "dlc/ops/Windows.h"

#include "detail/Build.h"

#include <algorithm>

namespace dlc {

using namespace detail;

namespace {

/// Images with so many spatial dimensions.
Ref imagesOf(const Tensor &tensor, size_t spatial, const char *op, Loc where) {
  Ref x = floatNode(tensor, op, where);
  if (x->type.shape.size() != spatial + 2)
    fail(op,
         "needs images of rank " + std::to_string(spatial + 2) + ", got " +
             describe(*x),
         where);
  return x;
}

/// A number for each spatial dimension.
Ints spread(const Sizes &sizes, size_t spatial, const char *what,
            const char *op, Loc where) {
  if (sizes.values.size() == 1)
    return Ints(spatial, sizes.values[0]);
  if (sizes.values.size() != spatial)
    fail(op,
         std::string(what) + " needs 1 or " + std::to_string(spatial) +
             " numbers, got " + std::to_string(sizes.values.size()),
         where);
  return sizes.values;
}

struct Ends {
  Ints low, high;
};
/// `reach` is how far the taps of a window lie apart at most, plus 1.
Ends ends(const Padding &padding, const Shape &images, const Ints &reach,
          const Ints &strides, const char *op, Loc where) {
  size_t spatial = reach.size();
  if (!padding.isSame)
    return {spread(padding.low, spatial, "padding", op, where),
            spread(padding.high, spatial, "padding", op, where)};
  Ends both;
  for (size_t d = 0; d < spatial; ++d) {
    int64_t size = images[d + 2], stride = std::max<int64_t>(strides[d], 1);
    int64_t results = (size + stride - 1) / stride;
    int64_t total =
        std::max<int64_t>((results - 1) * stride + reach[d] - size, 0);
    both.low.push_back(total / 2);
    both.high.push_back(total - total / 2);
  }
  return both;
}

Ref convolve(const char *op, Ref x, Ref w, const ConvolutionOptions &given,
             Loc where) {
  x = lowered(x, where);
  w = lowered(w, where);
  needSameElements({x, w}, op, where);
  size_t spatial = std::max<size_t>(x->type.shape.size(), 2) - 2;
  ConvolutionOptions o = given;
  for (Ints *list : {&o.strides, &o.imageDilation, &o.filterDilation})
    if (list->empty())
      list->assign(spatial, 1);
  for (Ints *list : {&o.low, &o.high})
    if (list->empty())
      list->assign(spatial, 0);
  Shape shape =
      shapeOrFail(shapes::convolution(x->type.shape, w->type.shape,
                                      {o.strides, o.low, o.high,
                                       o.imageDilation, o.filterDilation},
                                      o.groups, o.batchGroups),
                  op, where, {x.get(), w.get()});
  return make("convolution", {x->type.element, std::move(shape)}, {x, w},
              {{"strides", o.strides},
               {"low", o.low},
               {"high", o.high},
               {"image_dilation", o.imageDilation},
               {"filter_dilation", o.filterDilation},
               {"groups", o.groups},
               {"batch_groups", o.batchGroups}},
              where);
}

Tensor conv(const char *op, size_t spatial, const Tensor &images,
            const Tensor &filters, const ConvOptions &options, Loc where) {
  Ref x = imagesOf(images, spatial, op, where),
      w = floatNode(filters, op, where);
  if (w->type.shape.size() != spatial + 2)
    fail(op,
         "needs filters of rank " + std::to_string(spatial + 2) + ", got " +
             describe(*w),
         where);
  ConvolutionOptions o;
  o.strides = spread(options.stride, spatial, "stride", op, where);
  o.filterDilation = spread(options.dilation, spatial, "dilation", op, where);
  o.groups = options.groups;
  Ints reach;
  for (size_t d = 0; d < spatial; ++d)
    reach.push_back((w->type.shape[d + 2] - 1) * o.filterDilation[d] + 1);
  Ends both = ends(options.padding, x->type.shape, reach, o.strides, op, where);
  o.low = both.low;
  o.high = both.high;
  return tensorOf(convolve(op, x, w, o, where));
}

Tensor convTranspose(const char *op, size_t spatial, const Tensor &images,
                     const Tensor &filters, const ConvTransposeOptions &options,
                     Loc where) {
  Ref x = lowered(imagesOf(images, spatial, op, where), where),
      w = lowered(floatNode(filters, op, where), where);
  needSameElements({x, w}, op, where);
  Ints stride = spread(options.stride, spatial, "stride", op, where),
       padding = spread(options.padding, spatial, "padding", op, where),
       extra =
           spread(options.outputPadding, spatial, "output padding", op, where),
       dilation = spread(options.dilation, spatial, "dilation", op, where);
  Shape shape = shapeOrFail(shapes::convTranspose(x->type.shape, w->type.shape,
                                                  stride, padding, extra,
                                                  dilation, options.groups),
                            op, where, {x.get(), w.get()});
  return tensorOf(make("conv_transpose", {x->type.element, std::move(shape)},
                       {x, w},
                       {{"strides", stride},
                        {"padding", padding},
                        {"output_padding", extra},
                        {"dilation", dilation},
                        {"groups", options.groups}},
                       where));
}

Tensor pool(const char *op, const char *name, size_t spatial,
            const Tensor &images, const Sizes &window,
            const PoolOptions &options, Loc where) {
  Ref x = imagesOf(images, spatial, name, where);
  Ints size = spread(window, spatial, "window", name, where),
       stride = spread(options.stride.value_or(window), spatial, "stride", name,
                       where);
  Ends both = ends(options.padding, x->type.shape, size, stride, name, where);
  Shape shape = shapeOrFail(
      shapes::pool(x->type.shape, size, stride, both.low, both.high), name,
      where, {x.get()});
  std::vector<Attribute> attributes{{"window", size},
                                    {"strides", stride},
                                    {"low", both.low},
                                    {"high", both.high}};
  if (options.countPadding)
    attributes.push_back({"count_padding", Unit()});
  return tensorOf(make(op, {x->type.element, std::move(shape)}, {x},
                       std::move(attributes), where));
}

/// Padding is no element of a maximum.
Tensor maxPool(const char *name, size_t spatial, const Tensor &images,
               const Sizes &window, PoolOptions options, Loc where) {
  options.countPadding = false;
  return pool("max_pool", name, spatial, images, window, options, where);
}

} // namespace

Tensor conv1d(const Tensor &images, const Tensor &filters,
              const ConvOptions &options, Loc where) {
  return conv("conv1d", 1, images, filters, options, where);
}
Tensor conv2d(const Tensor &images, const Tensor &filters,
              const ConvOptions &options, Loc where) {
  return conv("conv2d", 2, images, filters, options, where);
}
Tensor conv3d(const Tensor &images, const Tensor &filters,
              const ConvOptions &options, Loc where) {
  return conv("conv3d", 3, images, filters, options, where);
}
Tensor convolution(const Tensor &images, const Tensor &filters,
                   const ConvolutionOptions &options, Loc where) {
  const char *op = "convolution";
  return tensorOf(convolve(op, floatNode(images, op, where),
                           floatNode(filters, op, where), options, where));
}

Tensor convTranspose1d(const Tensor &images, const Tensor &filters,
                       const ConvTransposeOptions &options, Loc where) {
  return convTranspose("conv_transpose1d", 1, images, filters, options, where);
}
Tensor convTranspose2d(const Tensor &images, const Tensor &filters,
                       const ConvTransposeOptions &options, Loc where) {
  return convTranspose("conv_transpose2d", 2, images, filters, options, where);
}
Tensor convTranspose3d(const Tensor &images, const Tensor &filters,
                       const ConvTransposeOptions &options, Loc where) {
  return convTranspose("conv_transpose3d", 3, images, filters, options, where);
}

Tensor maxPool1d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options, Loc where) {
  return maxPool("max_pool1d", 1, images, window, options, where);
}
Tensor maxPool2d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options, Loc where) {
  return maxPool("max_pool2d", 2, images, window, options, where);
}
Tensor maxPool3d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options, Loc where) {
  return maxPool("max_pool3d", 3, images, window, options, where);
}
Tensor avgPool1d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options, Loc where) {
  return pool("avg_pool", "avg_pool1d", 1, images, window, options, where);
}
Tensor avgPool2d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options, Loc where) {
  return pool("avg_pool", "avg_pool2d", 2, images, window, options, where);
}
Tensor avgPool3d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options, Loc where) {
  return pool("avg_pool", "avg_pool3d", 3, images, window, options, where);
}

Tensor globalAvgPool(const Tensor &images, Loc where) {
  const char *op = "global_avg_pool";
  Ref x = floatNode(images, op, where);
  Shape shape =
      shapeOrFail(shapes::globalAvgPool(x->type.shape), op, where, {x.get()});
  return tensorOf(
      make(op, {x->type.element, std::move(shape)}, {x}, {}, where));
}

//===-- Windows over any dimensions
//----------------------------------------===//

namespace {

WindowOptions complete(WindowOptions o) {
  size_t rank = o.window.size();
  for (Ints *list : {&o.strides, &o.dilations})
    if (list->empty())
      list->assign(rank, 1);
  for (Ints *list : {&o.low, &o.high})
    if (list->empty())
      list->assign(rank, 0);
  return o;
}

std::vector<Attribute> attributesOf(const WindowOptions &o) {
  return {{"window", o.window},
          {"strides", o.strides},
          {"dilations", o.dilations},
          {"low", o.low},
          {"high", o.high}};
}

shapes::Window windowOf(const WindowOptions &o) {
  return {o.window, o.strides, o.dilations, o.low, o.high};
}

} // namespace

Tensor reduceWindow(WindowKind kind, const Tensor &tensor,
                    const WindowOptions &options, Loc where) {
  static constexpr const char *kinds[] = {"add", "mul", "max", "min"};
  const char *op = "reduce_window";
  Ref x = nodeOf(tensor, op, where);
  needNumber(x, op, where);
  WindowOptions o = complete(options);
  Shape shape = shapeOrFail(shapes::reduceWindow(x->type.shape, windowOf(o)),
                            op, where, {x.get()});
  std::vector<Attribute> attributes = attributesOf(o);
  attributes.push_back({"kind", Enum{"reduction", kinds[size_t(kind)]}});
  return tensorOf(make(op, {x->type.element, std::move(shape)}, {x},
                       std::move(attributes), where));
}

Tensor selectAndScatter(const Tensor &tensor, const Tensor &sourceTensor,
                        const WindowOptions &options, Loc where) {
  const char *op = "select_and_scatter";
  Ref x = floatNode(tensor, op, where),
      source = floatNode(sourceTensor, op, where);
  needSameElements({x, source}, op, where);
  WindowOptions o = complete(options);
  shapeOrFail(
      shapes::selectAndScatter(x->type.shape, source->type.shape, windowOf(o)),
      op, where, {x.get(), source.get()});
  return tensorOf(make(op, x->type, {x, source}, attributesOf(o), where));
}

} // namespace dlc
