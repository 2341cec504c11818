#include "IR/Shapes.h"

#include <algorithm>

namespace dlc::shapes {

namespace {

Result fail(std::string text) { return {{}, std::move(text)}; }

std::string num(int64_t n) { return std::to_string(n); }

/// Marks `dims` in a bit set; the error names the first bad one.
std::string claim(Dims dims, int64_t rank, const char *what,
                  std::vector<bool> &seen) {
  seen.resize(rank);
  for (int64_t d : dims) {
    if (d < 0 || d >= rank)
      return std::string(what) + " " + num(d) + " is out of range for rank " +
             num(rank);
    if (seen[d])
      return std::string(what) + " " + num(d) + " is named twice";
    seen[d] = true;
  }
  return {};
}

std::string sameLength(Dims dims, Dims operand, const char *what) {
  if (dims.size() == operand.size())
    return {};
  return std::string(what) + " needs " + num(operand.size()) +
         " entries for shape " + str(operand) + ", got " + num(dims.size());
}

} // namespace

std::string str(Dims shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + num(shape[i]);
  return text + "]";
}

int64_t elementCount(Dims shape) {
  constexpr int64_t limit = int64_t(1) << 62;
  int64_t count = 1;
  bool empty = false;
  for (int64_t size : shape) {
    if (size < 0)
      return -1;
    if (size == 0)
      empty = true;
    else if (count > limit / size)
      return -1;
    else
      count *= size;
  }
  return empty ? 0 : count;
}

Result checked(Dims shape) {
  if (int64_t(shape.size()) > maxRank)
    return fail("rank " + num(shape.size()) + " exceeds " + num(maxRank));
  for (int64_t size : shape)
    if (size < 0)
      return fail("negative size in shape " + str(shape));
  int64_t count = elementCount(shape);
  if (count < 0 || count > (int64_t(1) << 46))
    return fail("shape " + str(shape) + " has too many elements");
  return {Shape(shape.begin(), shape.end()), {}};
}

Result broadcast(Dims a, Dims b) {
  size_t rank = std::max(a.size(), b.size());
  Shape shape(rank);
  for (size_t i = 0; i < rank; ++i) {
    int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
    int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (x != y && x != 1 && y != 1)
      return fail("shapes " + str(a) + " and " + str(b) +
                  " do not broadcast: " + num(x) + " vs " + num(y));
    shape[rank - 1 - i] = x == 1 ? y : x;
  }
  return checked(shape);
}

Result broadcastInDim(Dims operand, Dims dimensions, Dims result) {
  if (auto e = sameLength(dimensions, operand, "dimensions"); !e.empty())
    return fail(e);
  for (size_t i = 0; i < dimensions.size(); ++i) {
    int64_t d = dimensions[i];
    if (d < 0 || d >= int64_t(result.size()))
      return fail("dimension " + num(d) + " is out of range for rank " +
                  num(result.size()));
    if (i && dimensions[i - 1] >= d)
      return fail("dimensions must increase: " + str(dimensions));
    if (operand[i] != 1 && operand[i] != result[d])
      return fail("size " + num(operand[i]) + " of dimension " + num(i) +
                  " does not broadcast to " + num(result[d]));
  }
  return checked(result);
}

Result reshape(Dims operand, Dims result) {
  Shape shape(result.begin(), result.end());
  auto hole = std::find(shape.begin(), shape.end(), -1);
  if (hole != shape.end()) {
    if (std::count(shape.begin(), shape.end(), -1) > 1)
      return fail("at most one size of " + str(result) + " may be -1");
    *hole = 1;
    int64_t rest = elementCount(shape), all = elementCount(operand);
    if (rest <= 0 || all % rest)
      return fail("cannot reshape " + str(operand) + " to " + str(result));
    *hole = all / rest;
  }
  Result r = checked(shape);
  if (r.ok() && elementCount(shape) != elementCount(operand))
    return fail("cannot reshape " + str(operand) + " to " + str(result) + ": " +
                num(elementCount(operand)) + " elements vs " +
                num(elementCount(shape)));
  return r;
}

Result transpose(Dims operand, Dims permutation) {
  std::vector<bool> seen;
  if (auto e = sameLength(permutation, operand, "permutation"); !e.empty())
    return fail(e);
  if (auto e = claim(permutation, operand.size(), "dimension", seen);
      !e.empty())
    return fail(e);
  Shape shape;
  for (int64_t d : permutation)
    shape.push_back(operand[d]);
  return {shape, {}};
}

Result slice(Dims operand, Dims start, Dims limit, Dims strides) {
  for (auto [dims, what] :
       {std::pair{start, "start"}, {limit, "limit"}, {strides, "strides"}})
    if (auto e = sameLength(dims, operand, what); !e.empty())
      return fail(e);
  Shape shape;
  for (size_t i = 0; i < operand.size(); ++i) {
    if (start[i] < 0 || limit[i] < start[i] || limit[i] > operand[i])
      return fail("range " + num(start[i]) + ":" + num(limit[i]) +
                  " is outside dimension " + num(i) + " of size " +
                  num(operand[i]));
    if (strides[i] <= 0)
      return fail("stride " + num(strides[i]) + " of dimension " + num(i) +
                  " is not positive");
    int64_t extent = limit[i] - start[i];
    shape.push_back(extent / strides[i] + (extent % strides[i] != 0));
  }
  return {shape, {}};
}

Result pad(Dims operand, Dims low, Dims high, Dims interior) {
  constexpr int64_t limit = int64_t(1) << 46;
  for (auto [dims, what] :
       {std::pair{low, "low"}, {high, "high"}, {interior, "interior"}}) {
    if (auto e = sameLength(dims, operand, what); !e.empty())
      return fail(e);
    for (int64_t p : dims)
      if (p < (dims.data() == interior.data() ? 0 : -limit) || p > limit)
        return fail(std::string(what) + " padding " + num(p) +
                    " is out of range");
  }
  Shape shape;
  for (size_t i = 0; i < operand.size(); ++i) {
    int64_t gaps = std::max<int64_t>(operand[i] - 1, 0);
    if (interior[i] && gaps > limit / interior[i])
      return fail("interior padding " + num(interior[i]) + " is too large");
    int64_t size = low[i] + operand[i] + gaps * interior[i] + high[i];
    if (size < 0)
      return fail("padding cuts more off dimension " + num(i) + " than its " +
                  num(operand[i] + gaps * interior[i]) + " elements");
    shape.push_back(size);
  }
  return checked(shape);
}

Result reverse(Dims operand, Dims dimensions) {
  std::vector<bool> seen;
  if (auto e = claim(dimensions, operand.size(), "dimension", seen); !e.empty())
    return fail(e);
  return {Shape(operand.begin(), operand.end()), {}};
}

Result concatenate(std::span<const Shape> operands, int64_t dimension) {
  if (operands.empty())
    return fail("needs at least one operand");
  Shape shape = operands.front();
  if (Result r = along(shape, dimension); !r.ok())
    return r;
  for (const Shape &operand : operands.subspan(1)) {
    bool matches = operand.size() == shape.size();
    for (size_t i = 0; matches && i < shape.size(); ++i)
      matches = int64_t(i) == dimension || operand[i] == shape[i];
    if (!matches)
      return fail("shapes " + str(operands.front()) + " and " + str(operand) +
                  " differ outside dimension " + num(dimension));
    shape[dimension] += operand[dimension];
  }
  return checked(shape);
}

/// One start for each dimension, and a box that fits.
static Result box(Dims operand, int64_t starts, Dims sizes, const char *what) {
  if (auto e = sameLength(sizes, operand, what); !e.empty())
    return fail(e);
  if (starts != int64_t(operand.size()))
    return fail("needs " + num(operand.size()) + " start indices for shape " +
                str(operand) + ", got " + num(starts));
  for (size_t i = 0; i < operand.size(); ++i)
    if (sizes[i] < 0 || sizes[i] > operand[i])
      return fail("size " + num(sizes[i]) + " does not fit dimension " +
                  num(i) + " of size " + num(operand[i]));
  return {Shape(sizes.begin(), sizes.end()), {}};
}

Result dynamicSlice(Dims operand, int64_t starts, Dims sizes) {
  return box(operand, starts, sizes, "sizes");
}

Result dynamicUpdateSlice(Dims operand, Dims update, int64_t starts) {
  Result r = box(operand, starts, update, "update");
  return r.ok() ? Result{Shape(operand.begin(), operand.end()), {}} : r;
}

Result reduce(Dims operand, Dims dimensions) {
  std::vector<bool> gone;
  if (auto e = claim(dimensions, operand.size(), "dimension", gone); !e.empty())
    return fail(e);
  Shape shape;
  for (size_t i = 0; i < operand.size(); ++i)
    if (!gone[i])
      shape.push_back(operand[i]);
  return {shape, {}};
}

Result dotGeneral(Dims lhs, Dims rhs, Dims lhsBatch, Dims rhsBatch,
                  Dims lhsContract, Dims rhsContract) {
  std::vector<bool> l, r;
  struct Claim {
    Dims dims, shape;
    std::vector<bool> &seen;
    const char *what;
  };
  for (const Claim &c : {Claim{lhsBatch, lhs, l, "lhs batch dimension"},
                         {lhsContract, lhs, l, "lhs contracting dimension"},
                         {rhsBatch, rhs, r, "rhs batch dimension"},
                         {rhsContract, rhs, r, "rhs contracting dimension"}})
    if (auto e = claim(c.dims, c.shape.size(), c.what, c.seen); !e.empty())
      return fail(e);
  if (lhsBatch.size() != rhsBatch.size())
    return fail("batch dimensions differ in number: " + num(lhsBatch.size()) +
                " vs " + num(rhsBatch.size()));
  if (lhsContract.size() != rhsContract.size())
    return fail("contracting dimensions differ in number: " +
                num(lhsContract.size()) + " vs " + num(rhsContract.size()));
  Shape shape;
  for (size_t i = 0; i < lhsBatch.size(); ++i) {
    if (lhs[lhsBatch[i]] != rhs[rhsBatch[i]])
      return fail("batch sizes differ: " + num(lhs[lhsBatch[i]]) + " vs " +
                  num(rhs[rhsBatch[i]]));
    shape.push_back(lhs[lhsBatch[i]]);
  }
  for (size_t i = 0; i < lhsContract.size(); ++i)
    if (lhs[lhsContract[i]] != rhs[rhsContract[i]])
      return fail("inner sizes differ: " + num(lhs[lhsContract[i]]) + " vs " +
                  num(rhs[rhsContract[i]]));
  for (size_t i = 0; i < lhs.size(); ++i)
    if (!l[i])
      shape.push_back(lhs[i]);
  for (size_t i = 0; i < rhs.size(); ++i)
    if (!r[i])
      shape.push_back(rhs[i]);
  return checked(shape);
}

Result matmul(Dims lhs, Dims rhs) {
  if (lhs.empty() || rhs.empty())
    return fail("needs operands of rank 1 or more, got shapes " + str(lhs) +
                " and " + str(rhs));
  int64_t k = lhs.back(), n = rhs[rhs.size() > 1 ? rhs.size() - 2 : 0];
  if (k != n)
    return fail("inner sizes differ: " + num(k) + " vs " + num(n));
  Result batch = broadcast(lhs.first(lhs.size() > 1 ? lhs.size() - 2 : 0),
                           rhs.first(rhs.size() > 1 ? rhs.size() - 2 : 0));
  if (!batch.ok())
    return batch;
  if (lhs.size() > 1)
    batch.shape.push_back(lhs[lhs.size() - 2]);
  if (rhs.size() > 1)
    batch.shape.push_back(rhs.back());
  return checked(batch.shape);
}

Result along(Dims operand, int64_t dimension) {
  return reverse(operand, {&dimension, 1});
}

Result softTargetCrossEntropy(Dims logits, Dims labels) {
  if (logits.empty() || logits.back() == 0)
    return fail("needs at least one class, got logits " + str(logits));
  if (!std::equal(logits.begin(), logits.end(), labels.begin(), labels.end()))
    return fail("logits " + str(logits) +
                " need probabilities of the same shape, got " + str(labels));
  Dims batch = logits.first(logits.size() - 1);
  return {Shape(batch.begin(), batch.end()), {}};
}

Result softmaxCrossEntropy(Dims logits, Dims labels) {
  if (logits.empty())
    return fail("logits need a class dimension, got a scalar");
  Dims batch = logits.first(logits.size() - 1);
  if (!std::equal(batch.begin(), batch.end(), labels.begin(), labels.end()))
    return fail("logits " + str(logits) + " need labels " + str(batch) +
                ", got " + str(labels));
  if (logits.back() == 0)
    return fail("needs at least one class, got logits " + str(logits));
  return {Shape(batch.begin(), batch.end()), {}};
}

Result argmax(Dims operand, int64_t dimension) {
  Result r = reduce(operand, {&dimension, 1});
  if (r.ok() && operand[dimension] == 0)
    return fail("dimension " + num(dimension) + " of shape " + str(operand) +
                " is empty");
  return r;
}

} // namespace dlc::shapes
