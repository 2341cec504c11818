#include "dlc/ops/LinearAlgebra.h"

#include "detail/Build.h"

#include <algorithm>

namespace dlc {

using namespace detail;

namespace {

Ref contract(const char *op, const Ref &x, const Ref &y, const Contraction &c,
             Loc where) {
  Shape shape =
      shapeOrFail(shapes::dotGeneral(x->type.shape, y->type.shape, c.xBatch,
                                     c.yBatch, c.xContract, c.yContract),
                  op, where, {x.get(), y.get()});
  return make("dot_general", {x->type.element, std::move(shape)}, {x, y},
              {{"lhs_batch", c.xBatch},
               {"rhs_batch", c.yBatch},
               {"lhs_contract", c.xContract},
               {"rhs_contract", c.yContract}},
              where);
}

/// Both operands of a contraction, in one type.
Pair factors(const char *op, const Tensor &xTensor, const Tensor &yTensor,
             Loc where) {
  Ref x = floatNode(xTensor, op, where), y = floatNode(yTensor, op, where);
  x = lowered(x, where);
  y = lowered(y, where);
  needSameElements({x, y}, op, where);
  return {x, y};
}

} // namespace

Tensor matmul(const Tensor &xTensor, const Tensor &yTensor, Loc where) {
  Ref given = nodeOf(xTensor, "matmul", where),
      other = nodeOf(yTensor, "matmul", where);
  shapeOrFail(shapes::matmul(given->type.shape, other->type.shape), "matmul",
              where, {given.get(), other.get()});
  auto [x, y] = factors("matmul", xTensor, yTensor, where);

  int64_t xRank = x->type.shape.size(), yRank = y->type.shape.size();
  // The inner dimensions: the last of x, the last but one of y.
  int64_t xInner = xRank - 1, yInner = std::max<int64_t>(yRank - 2, 0);
  if (yRank <= 2 || xRank == 1)
    return tensorOf(
        contract("matmul", x, y, {{}, {}, {xInner}, {yInner}}, where));
  if (xRank == 2) {
    // The batches are y's alone: [batch…, N, M], then the last two change
    // places.
    Ref product = contract("matmul", y, x, {{}, {}, {yInner}, {xInner}}, where);
    return tensorOf(
        permute(product, movingAxis(yRank, yRank - 1, yRank - 2), where));
  }
  Shape batch = shapes::broadcast(shapes::Dims(x->type.shape).first(xRank - 2),
                                  shapes::Dims(y->type.shape).first(yRank - 2))
                    .shape;
  auto batched = [&, where](const Ref &operand) {
    Shape shape = batch;
    shape.insert(shape.end(), operand->type.shape.end() - 2,
                 operand->type.shape.end());
    return broadcast(operand, shape, where);
  };
  Ints dims = counted(batch.size());
  int64_t rank = batch.size() + 2;
  Ref lhs = batched(x), rhs = batched(y);
  return tensorOf(contract("matmul", lhs, rhs,
                           {dims, dims, {rank - 1}, {rank - 2}}, where));
}

Tensor dotGeneral(const Tensor &xTensor, const Tensor &yTensor,
                  const Contraction &dimensions, Loc where) {
  auto [x, y] = factors("dot_general", xTensor, yTensor, where);
  return tensorOf(contract("dot_general", x, y, dimensions, where));
}

Tensor outer(const Tensor &xTensor, const Tensor &yTensor, Loc where) {
  auto [x, y] = factors("outer", xTensor, yTensor, where);
  if (x->type.shape.size() != 1 || y->type.shape.size() != 1)
    fail("outer",
         "needs two vectors, got " + describe(*x) + " and " + describe(*y),
         where);
  Shape shape{x->type.shape[0], y->type.shape[0]};
  Ref column = reshapeTo(x, {shape[0], 1}, where);
  return tensorOf(
      make("multiply", {x->type.element, shape},
           {broadcast(column, shape, where), broadcast(y, shape, where)}, {},
           where));
}

namespace {

/// Without blanks, and with the output that NumPy would give it.
std::string explicitEquation(const std::string &text) {
  std::string equation = text;
  std::erase(equation, ' ');
  if (equation.find("->") != std::string::npos)
    return equation;
  std::string letters = equation;
  std::erase(letters, ',');
  std::sort(letters.begin(), letters.end());
  std::string output;
  for (char c : letters)
    if (std::count(letters.begin(), letters.end(), c) == 1)
      output += c;
  return equation + "->" + output;
}

} // namespace

Tensor einsum(const std::string &text, const std::vector<Tensor> &operands,
              Loc where) {
  std::string equation = explicitEquation(text);
  std::vector<Ref> nodes;
  std::vector<shapes::Shape> sizes;
  for (const Tensor &operand : operands) {
    nodes.push_back(lowered(floatNode(operand, "einsum", where), where));
    needSameElements({nodes.front(), nodes.back()}, "einsum", where);
    sizes.push_back(nodes.back()->type.shape);
  }
  Shape shape = shapeOrFail(shapes::einsum(equation, sizes), "einsum", where);
  if (nodes.empty())
    fail("einsum", "needs at least one operand", where);
  Type type{nodes.front()->type.element, std::move(shape)};
  return tensorOf(
      make("einsum", type, std::move(nodes), {{"equation", equation}}, where));
}

} // namespace dlc
