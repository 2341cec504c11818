#include "dlc/ops/Reductions.h"

#include "detail/Build.h"

#include "dlc/ops/Elementwise.h"

#include <algorithm>

namespace dlc {

using namespace detail;

namespace {

/// The axes as sorted dimensions.
Ints dimensions(const Ref &x, const Axes &axes, const char *op, Loc where) {
  int64_t rank = x->type.shape.size();
  Ints dims = axes.all ? counted(rank) : Ints();
  for (int64_t axis : axes.axes)
    dims.push_back(checkedAxis(axis, rank, op, where));
  std::sort(dims.begin(), dims.end());
  return dims;
}

/// `op` over axes; where there are none to remove, `make` is not asked.
template <typename Make>
Tensor over(const char *op, const Ref &x, const Axes &axes, bool keep,
            Loc where, Make make) {
  Ints dims = dimensions(x, axes, op, where);
  Shape shape =
      shapeOrFail(shapes::reduce(x->type.shape, dims), op, where, {x.get()});
  Ref result = make(Type{x->type.element, std::move(shape)}, dims);
  if (!keep)
    return tensorOf(result);
  Shape kept = x->type.shape;
  for (int64_t d : dims)
    kept[d] = 1;
  return tensorOf(reshapeTo(result, std::move(kept), where));
}

Tensor reduce(const char *op, const char *kind, const Ref &x, const Axes &axes,
              bool keep, Loc where) {
  return over(op, x, axes, keep, where, [&](Type type, const Ints &dims) {
    if (dims.empty())
      return x;
    return make("reduce", std::move(type), {x},
                {{"kind", Enum{"reduction", kind}}, {"dimensions", dims}},
                where);
  });
}

Tensor reduceNumbers(const char *op, const char *kind, const Tensor &tensor,
                     const Axes &axes, bool keep, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needNumber(x, op, where);
  return reduce(op, kind, x, axes, keep, where);
}

Tensor reduceBooleans(const char *op, const char *kind, const Tensor &tensor,
                      const Axes &axes, bool keep, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needBoolean(x, op, where);
  return reduce(op, kind, x, axes, keep, where);
}

/// mean, variance and norm, which integers enter as f32.
Tensor statistic(const char *op, const Tensor &tensor, const Axes &axes,
                 bool keep, std::vector<Attribute> attributes, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  if (!isFloat(x->type.element))
    x = convert(x, DType::f32, where);
  x = raised(x, where);
  return over(op, x, axes, keep, where, [&](Type type, const Ints &dims) {
    attributes.insert(attributes.begin(), {"dimensions", dims});
    return make(op, std::move(type), {x}, std::move(attributes), where);
  });
}

Tensor argExtremum(const char *op, const Tensor &tensor, int64_t axis,
                   bool keepDims, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needNumber(x, op, where);
  axis = checkedAxis(axis, x->type.shape.size(), op, where);
  Shape shape =
      shapeOrFail(shapes::argmax(x->type.shape, axis), op, where, {x.get()});
  Ref result = make(op, {DType::i32, std::move(shape)}, {x},
                    {{"dimension", axis}}, where);
  if (!keepDims)
    return tensorOf(result);
  Shape kept = x->type.shape;
  kept[axis] = 1;
  return tensorOf(reshapeTo(result, std::move(kept), where));
}

} // namespace

Tensor sum(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  Ref numbers = nodeOf(x, "sum", where);
  if (numbers->type.element == DType::boolean)
    numbers = convert(numbers, DType::i32, where);
  return reduce("sum", "add", raised(numbers, where), axes, keepDims, where);
}

Tensor mean(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return statistic("mean", x, axes, keepDims, {}, where);
}

Tensor variance(const Tensor &x, const Axes &axes, bool keepDims,
                int64_t correction, Loc where) {
  return statistic("variance", x, axes, keepDims, {{"correction", correction}},
                   where);
}

Tensor stddev(const Tensor &x, const Axes &axes, bool keepDims,
              int64_t correction, Loc where) {
  return sqrt(variance(x, axes, keepDims, correction, where), where);
}

Tensor norm(const Tensor &x, const Axes &axes, bool keepDims, double order,
            Loc where) {
  return statistic("norm", x, axes, keepDims, {{"order", order}}, where);
}

Tensor prod(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceNumbers("prod", "mul", x, axes, keepDims, where);
}
Tensor max(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceNumbers("max", "max", x, axes, keepDims, where);
}
Tensor min(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceNumbers("min", "min", x, axes, keepDims, where);
}
Tensor all(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceBooleans("all", "and", x, axes, keepDims, where);
}
Tensor any(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceBooleans("any", "or", x, axes, keepDims, where);
}

Tensor argmax(const Tensor &x, int64_t axis, bool keepDims, Loc where) {
  return argExtremum("argmax", x, axis, keepDims, where);
}
Tensor argmin(const Tensor &x, int64_t axis, bool keepDims, Loc where) {
  return argExtremum("argmin", x, axis, keepDims, where);
}

Tensor cumsum(const Tensor &tensor, int64_t axis, bool reverse, bool exclusive,
              Loc where) {
  const char *op = "cumulative_sum";
  Ref x = raised(nodeOf(tensor, op, where), where);
  needNumber(x, op, where);
  std::vector<Attribute> attributes{
      {"dimension", checkedAxis(axis, x->type.shape.size(), op, where)}};
  if (reverse)
    attributes.push_back({"reverse", Unit()});
  if (exclusive)
    attributes.push_back({"exclusive", Unit()});
  return unary(op, x, where, std::move(attributes));
}

} // namespace dlc
