// Lesson 1: tensors. Creation, arithmetic, broadcasting, indexing and writing,
// slices, concatenation, reductions, cumulative sums, norms, products.

#include "Lesson.h"

#include <iostream>

using namespace dlc;

namespace {

int64_t wrong = 0;

/// Prints a tensor, and compares it with what the textbook has.
void show(const char *what, const Tensor &x, std::vector<double> expected) {
  bool same = x.astype(DType::f64).toVector<double>() == expected;
  wrong += !same;
  std::cout << what << " = " << x << (same ? "" : "  -- not as in the text")
            << "\n";
}

void teach(const lesson::Options &options) {
  // Creation.
  Tensor x = arange(12).astype(DType::f32);
  std::cout << x << " has " << x.count() << " elements\n";
  Tensor X = reshape(x, {3, -1});
  show("reshaped", X, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  show("zeros", zeros({2, 3}), {0, 0, 0, 0, 0, 0});
  show("ones", ones({1, 2, 2}), {1, 1, 1, 1});
  Generator rng(options.seed);
  std::cout << "normal = " << normal(rng, {3, 4}) << "\n";
  Tensor Y = tensor<float>({{2, 1, 4, 3}, {1, 2, 3, 4}, {4, 3, 2, 1}});

  // Arithmetic, element by element.
  Tensor a = tensor({1.0f, 2.0f, 4.0f, 8.0f}), b = full({4}, 2);
  show("a + b", a + b, {3, 4, 6, 10});
  show("a - b", a - b, {-1, 0, 2, 6});
  show("a * b", a * b, {2, 4, 8, 16});
  show("a / b", a / b, {0.5, 1, 2, 4});
  show("a squared", square(a), {1, 4, 16, 64});
  show("exp(0)", exp(zeros({1})), {1});
  show("X == Y", X == Y, {0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});

  // Broadcasting: a column and a row make a matrix.
  Tensor column = reshape(arange(3), {3, 1}), row = reshape(arange(2), {1, 2});
  show("column + row", column + row, {0, 1, 1, 2, 2, 3});

  // Indexing, slices, writing. Other handles keep what they had.
  show("X[-1]", X[-1], {8, 9, 10, 11});
  show("X[1:3]", X[Slice(1, 3)], {4, 5, 6, 7, 8, 9, 10, 11});
  show("X[:, 1]", X[{Slice(), 1}], {1, 5, 9});
  Tensor before = X;
  X.set({1, 2}, 17);
  X.set({Slice(0, 2), Slice(2, {})}, 12);
  show("written", X, {0, 1, 12, 12, 4, 5, 12, 12, 8, 9, 10, 11});
  show("before", before[1], {4, 5, 6, 7});

  // Concatenation.
  Tensor small = tensor<float>({{1, 2}, {3, 4}});
  show("rows joined", concatenate({small, small}, 0), {1, 2, 3, 4, 1, 2, 3, 4});
  show("columns joined", concatenate({small, small}, 1),
       {1, 2, 1, 2, 3, 4, 3, 4});

  // Reductions, with or without the dimension that they remove.
  Tensor A = reshape(arange(6).astype(DType::f32), {2, 3});
  show("sum", sum(A), {15});
  show("sum of columns", sum(A, 0), {3, 5, 7});
  show("sum of rows", sum(A, 1, keepDims), {3, 12});
  show("mean", mean(A), {2.5});
  show("shares of 2 rows", A[Slice(0, 1)] / sum(A[Slice(0, 1)], 1, keepDims),
       {0, 1.0f / 3.0f, 2.0f / 3.0f});
  show("cumulative sum", cumsum(A, 0), {0, 1, 2, 3, 5, 7});
  show("transposed", transpose(A), {0, 3, 1, 4, 2, 5});

  // Products and norms.
  Tensor u = arange(3).astype(DType::f32), v = ones({3});
  show("dot product", matmul(u, v), {3});
  show("matrix and vector", matmul(A, u), {5, 14});
  show("matrix and matrix", matmul(A, ones({3, 4})),
       {3, 3, 3, 3, 12, 12, 12, 12});
  Tensor w = tensor({3.0f, -4.0f});
  show("L2 norm", norm(w), {5});
  show("L1 norm", sum(abs(w)), {7});
  show("Frobenius norm", norm(ones({4, 9})), {6});

  // One element is a number.
  std::cout << "3.5 as a number: " << tensor({3.5f}).item() << "\n";
  lesson::metric("wrong", double(wrong));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(
      argc, argv, {"tensors", "Tensors and what one does with them."}, teach);
}
