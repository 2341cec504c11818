// Einsum, as a chain of contractions from left to right. Of each operand first
// its diagonals are taken and what only it names is summed; then two operands
// become one:
//
//   "bij,bjk,k->bi"   bij · bjk -> bik   (b batch, j contracted)
//                     bik · k   -> bi    (k contracted)
//
// Letters that a later operand or the output needs are kept.

#include "IR/Decompositions/Rules.h"
#include "IR/Shapes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

namespace {
struct Named {
  Term term;
  std::string letters;
};
} // namespace

static bool has(const std::string &letters, char c) {
  return letters.find(c) != std::string::npos;
}

/// Sums the elements where two dimensions of one letter agree.
static void takeDiagonals(Named &x) {
  for (size_t i = 0; i < x.letters.size(); ++i)
    for (size_t j = i + 1; j < x.letters.size();) {
      if (x.letters[i] != x.letters[j]) {
        ++j;
        continue;
      }
      Type index = IntegerType::get(x.term.type().getContext(), 32);
      Term rows = iotaLike(x.term, i, index);
      Term columns = iotaLike(x.term, j, index);
      Term same = rows == columns;
      Term kept = select(same, x.term, x.term.like(0));
      x.term = sum(kept, static_cast<int64_t>(j));
      x.letters.erase(j, 1);
    }
}

static void sumAllBut(Named &x, const std::string &needed) {
  Dims dims;
  std::string kept;
  for (auto [d, c] : llvm::enumerate(x.letters)) {
    if (has(needed, c))
      kept += c;
    else
      dims.push_back(d);
  }
  x.term = sum(x.term, dims);
  x.letters = kept;
}

/// Repeats x so that it has the dimensions `letters`, a superset of its own.
static Term expand(const Named &x, const std::string &letters,
                   ArrayRef<int64_t> shape) {
  std::string order = letters;
  llvm::erase_if(order, [&](char c) { return !has(x.letters, c); });
  Dims permutation, dims;
  for (char c : order) {
    permutation.push_back(x.letters.find(c));
    dims.push_back(letters.find(c));
  }
  return broadcast(transpose(x.term, permutation), shape, dims);
}

/// x · y, with the letters in `needed` kept.
static Named contract(const Named &x, const Named &y,
                      const std::string &needed) {
  Dims xBatch, yBatch, xContract, yContract, shape;
  std::string batch, free;
  for (auto [d, c] : llvm::enumerate(x.letters)) {
    size_t other = y.letters.find(c);
    if (other == std::string::npos) {
      free += c;
    } else if (has(needed, c)) {
      batch += c;
      xBatch.push_back(d);
      yBatch.push_back(other);
    } else {
      xContract.push_back(d);
      yContract.push_back(other);
    }
  }
  for (char c : y.letters)
    if (!has(x.letters, c))
      free += c;
  std::string letters = batch + free;
  if (!xContract.empty())
    return {x.term.make<DotGeneralOp>(x.term, y.term, xBatch, yBatch, xContract,
                                      yContract),
            letters};
  // Nothing is summed: a product of elements.
  for (char c : letters)
    shape.push_back(has(x.letters, c) ? x.term.shape()[x.letters.find(c)]
                                      : y.term.shape()[y.letters.find(c)]);
  Term lhs = expand(x, letters, shape);
  Term rhs = expand(y, letters, shape);
  return {lhs * rhs, letters};
}

static Term einsum(EinsumOp op, ArrayRef<Term> in) {
  shapes::Equation equation = shapes::parseEquation(op.getEquation().str());
  std::optional<Named> result;
  for (auto [i, x] : llvm::enumerate(in)) {
    std::string later = equation.output;
    for (size_t j = i + 1; j < in.size(); ++j)
      later += equation.inputs[j];
    Named next{x, equation.inputs[i]};
    takeDiagonals(next);
    sumAllBut(next, result ? later + result->letters : later);
    if (result) {
      sumAllBut(*result, later + next.letters);
      result = contract(*result, next, later);
    } else {
      result = next;
    }
  }
  Dims permutation;
  for (char c : equation.output)
    permutation.push_back(result->letters.find(c));
  return transpose(result->term, permutation);
}

void decompositions::addEinsum(Table &table) { add(table, einsum); }
