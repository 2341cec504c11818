#include "dlc/ops/LinearAlgebra.h"

#include "detail/Build.h"

#include <algorithm>
#include <cctype>
#include <sstream>

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

/// The equation without blanks and ellipses, and with the output that NumPy
/// would give it. An operand's dimensions of size 1 under an ellipsis disappear
/// where another operand has more.
class Equation {
public:
  Equation(std::string text, std::vector<Ref> operands, Loc where)
      : nodes(std::move(operands)), where(where) {
    std::erase(text, ' ');
    size_t arrow = text.find("->");
    std::string inputs = text.substr(0, arrow), part;
    std::istringstream list(inputs);
    while (std::getline(list, part, ','))
      terms.push_back(part);
    if (inputs.empty() || inputs.back() == ',')
      terms.emplace_back();
    output = arrow == std::string::npos ? implicitOutput(inputs)
                                        : text.substr(arrow + 2);
    if (text.find("...") != std::string::npos)
      expandEllipses(text);
  }

  std::string str() const {
    std::string all;
    for (const std::string &term : terms)
      all += "," + term;
    all.erase(0, 1);
    return all + "->" + output;
  }

  std::vector<Ref> nodes;

private:
  static std::string implicitOutput(std::string letters) {
    bool hasEllipsis = letters.find("...") != std::string::npos;
    std::erase_if(letters, [](char c) { return c == ',' || c == '.'; });
    std::sort(letters.begin(), letters.end());
    std::string once = hasEllipsis ? "..." : "";
    for (char c : letters)
      if (std::count(letters.begin(), letters.end(), c) == 1)
        once += c;
    return once;
  }

  void expandEllipses(const std::string &text) {
    // The dimensions under an operand's ellipsis.
    auto hidden = [&](size_t i) -> Shape {
      const Shape &shape = nodes[i]->type.shape;
      size_t at = terms[i].find("..."), named = terms[i].size() - 3;
      if (at == std::string::npos || shape.size() < named)
        return {}; // too few: the shape function says so
      return {shape.begin() + at, shape.end() - (named - at)};
    };
    size_t count = std::min(terms.size(), nodes.size());
    Shape common;
    for (size_t i = 0; i < count; ++i)
      common = shapeOrFail(shapes::broadcast(common, hidden(i)), "einsum",
                           where, {nodes[i].get()});
    std::string letters;
    for (char c = 'A'; c <= 'z' && letters.size() < common.size(); ++c)
      if (std::isalpha(static_cast<unsigned char>(c)) &&
          text.find(c) == std::string::npos)
        letters += c;
    if (letters.size() < common.size())
      fail("einsum", "\"" + text + "\" leaves no letters for its ellipses",
           where);
    for (size_t i = 0; i < count; ++i) {
      size_t at = terms[i].find("...");
      if (at == std::string::npos)
        continue;
      Shape sizes = hidden(i), shape = nodes[i]->type.shape;
      size_t skipped = common.size() - sizes.size();
      std::string names;
      for (size_t d = sizes.size(); d-- > 0;)
        if (sizes[d] == common[skipped + d])
          names.insert(names.begin(), letters[skipped + d]);
        else
          shape.erase(shape.begin() + int64_t(at + d));
      nodes[i] = reshapeTo(nodes[i], shape, where);
      terms[i].replace(at, 3, names);
    }
    if (size_t at = output.find("..."); at != std::string::npos)
      output.replace(at, 3, letters);
  }

  std::vector<std::string> terms;
  std::string output;
  Loc where;
};

} // namespace

Tensor einsum(const std::string &text, const std::vector<Tensor> &operands,
              Loc where) {
  std::vector<Ref> given;
  for (const Tensor &operand : operands) {
    given.push_back(lowered(floatNode(operand, "einsum", where), where));
    needSameElements({given.front(), given.back()}, "einsum", where);
  }
  Equation equation(text, given, where);
  std::vector<Ref> &nodes = equation.nodes;
  std::vector<shapes::Shape> sizes;
  for (const Ref &node : nodes)
    sizes.push_back(node->type.shape);
  Shape shape =
      shapeOrFail(shapes::einsum(equation.str(), sizes), "einsum", where);
  if (nodes.empty())
    fail("einsum", "needs at least one operand", where);
  Type type{nodes.front()->type.element, std::move(shape)};
  return tensorOf(make("einsum", type, std::move(nodes),
                       {{"equation", equation.str()}}, where));
}

} // namespace dlc
