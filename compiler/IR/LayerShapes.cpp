// Shape functions of windows, lookups and layers.

#include "IR/Shapes.h"

#include <algorithm>
#include <limits>

namespace dlc::shapes {

namespace {

Result fail(std::string text) { return {{}, std::move(text)}; }
std::string num(int64_t n) { return std::to_string(n); }
Shape own(Dims dims) { return Shape(dims.begin(), dims.end()); }
bool equal(Dims a, Dims b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Sizes, paddings and strides beyond this are refused, so that no sum or
/// product of two overflows.
constexpr int64_t limit = int64_t(1) << 30;

/// Each list has `rank` entries in [low, limit].
struct List {
  Dims list;
  int64_t low;
  const char *what;
};
std::string checkList(const List &l, size_t rank) {
  auto [list, low, what] = l;
  if (list.size() != rank)
    return std::string(what) + " needs " + num(rank) + " entries, got " +
           num(list.size());
  for (int64_t x : list)
    if (x < low || x > limit)
      return std::string(what) + " " + num(x) + " is out of range";
  return {};
}

/// How often a window fits one padded dimension; -1 if cutting leaves a
/// negative size.
int64_t fits(int64_t size, int64_t window, int64_t stride, int64_t dilation,
             int64_t low, int64_t high) {
  int64_t padded = size + low + high;
  int64_t reach = (window - 1) * dilation + 1;
  if (padded < 0)
    return -1;
  return padded < reach ? 0 : (padded - reach) / stride + 1;
}

} // namespace

Result reduceWindow(Dims operand, const Window &w) {
  size_t rank = operand.size();
  for (const List &l : {List{w.size, 1, "window"},
                        {w.strides, 1, "strides"},
                        {w.dilations, 1, "dilations"},
                        {w.low, -limit, "low padding"},
                        {w.high, -limit, "high padding"}})
    if (auto e = checkList(l, rank); !e.empty())
      return fail(e);
  Shape shape;
  for (size_t i = 0; i < rank; ++i) {
    int64_t n = operand[i] > limit ? -1
                                   : fits(operand[i], w.size[i], w.strides[i],
                                          w.dilations[i], w.low[i], w.high[i]);
    if (n < 0)
      return fail("padding " + num(w.low[i]) + ", " + num(w.high[i]) +
                  " does not suit dimension " + num(i) + " of size " +
                  num(operand[i]));
    shape.push_back(n);
  }
  return checked(shape);
}

Result selectAndScatter(Dims operand, Dims source, const Window &window) {
  Result r = reduceWindow(operand, window);
  if (!r.ok())
    return r;
  if (!equal(r.shape, source))
    return fail("windows over " + str(operand) + " need a source of shape " +
                str(r.shape) + ", got " + str(source));
  return {own(operand), {}};
}

Result convolution(Dims images, Dims filters, const Taps &t, int64_t groups,
                   int64_t batchGroups) {
  if (images.size() < 2 || images.size() != filters.size())
    return fail("needs images [N, C, spatial…] and filters [O, C, spatial…] of "
                "one rank, got " +
                str(images) + " and " + str(filters));
  size_t rank = images.size() - 2;
  for (const List &l : {List{t.strides, 1, "strides"},
                        {t.low, -limit, "low padding"},
                        {t.high, -limit, "high padding"},
                        {t.imageDilation, 1, "image dilation"},
                        {t.filterDilation, 1, "filter dilation"}})
    if (auto e = checkList(l, rank); !e.empty())
      return fail(e);
  if (groups < 1 || batchGroups < 1 || (groups > 1 && batchGroups > 1))
    return fail("groups " + num(groups) + " and batch_groups " +
                num(batchGroups) + ": both must be positive, one of them 1");
  if (images[1] % groups || images[1] / groups != filters[1])
    return fail("images with " + num(images[1]) + " channels in " +
                num(groups) + " groups need filters with " +
                num(images[1] / groups) + " channels, got " + num(filters[1]));
  if (filters[0] % groups || filters[0] % batchGroups ||
      images[0] % batchGroups)
    return fail("groups " + num(std::max(groups, batchGroups)) +
                " do not divide " + str(images) + " and " + str(filters));
  Shape shape{images[0] / batchGroups, filters[0]};
  for (size_t i = 0; i < rank; ++i) {
    int64_t n = images[i + 2], k = filters[i + 2], d = t.imageDilation[i];
    if (n > limit || k > limit || n * d > limit || k < 1)
      return fail("filter size " + num(k) + " does not suit image size " +
                  num(n));
    int64_t spread = n ? (n - 1) * d + 1 : 0;
    int64_t out =
        fits(spread, k, t.strides[i], t.filterDilation[i], t.low[i], t.high[i]);
    if (out < 0)
      return fail("padding " + num(t.low[i]) + ", " + num(t.high[i]) +
                  " cuts more off than image size " + num(spread));
    shape.push_back(out);
  }
  return checked(shape);
}

Result gather(Dims operand, Dims indices, int64_t batchDims, Dims indexDims) {
  int64_t rank = operand.size();
  if (indices.empty() || indices.back() != int64_t(indexDims.size()))
    return fail("indices " + str(indices) + " must end in a dimension of " +
                num(indexDims.size()) + ", one for each indexed dimension");
  if (batchDims < 0 || batchDims > rank ||
      batchDims > int64_t(indices.size()) - 1)
    return fail("batch_dims " + num(batchDims) + " is out of range");
  for (int64_t d = 0; d < batchDims; ++d)
    if (operand[d] != indices[d])
      return fail("batch sizes differ: " + num(operand[d]) + " vs " +
                  num(indices[d]));
  for (size_t i = 0; i < indexDims.size(); ++i)
    if (indexDims[i] < (i ? indexDims[i - 1] + 1 : batchDims) ||
        indexDims[i] >= rank)
      return fail("indexed dimensions " + str(indexDims) +
                  " must increase from " + num(batchDims) + " below rank " +
                  num(rank));
  Shape shape(indices.begin(), indices.end() - 1);
  int64_t rows = elementCount(shape);
  for (int64_t d : indexDims)
    if (operand[d] == 0 && rows != 0)
      return fail("nothing to index: dimension " + num(d) + " of shape " +
                  str(operand) + " is empty");
  for (int64_t d = batchDims; d < rank; ++d)
    if (std::find(indexDims.begin(), indexDims.end(), d) == indexDims.end())
      shape.push_back(operand[d]);
  return checked(shape);
}

Result scatter(Dims operand, Dims indices, Dims updates, int64_t batchDims,
               Dims indexDims) {
  Result r = gather(operand, indices, batchDims, indexDims);
  if (!r.ok())
    return r;
  if (!equal(r.shape, updates))
    return fail("updates must have shape " + str(r.shape) + ", got " +
                str(updates));
  return {own(operand), {}};
}

Result sort(std::span<const Shape> operands, int64_t dimension) {
  if (operands.empty())
    return fail("needs at least one operand");
  for (const Shape &shape : operands)
    if (shape != operands.front())
      return fail("shapes " + str(operands.front()) + " and " + str(shape) +
                  " differ");
  return along(operands.front(), dimension);
}

Result topK(Dims operand, int64_t k) {
  if (operand.empty() || k < 0 || k > operand.back())
    return fail("k = " + num(k) + " does not suit shape " + str(operand));
  Shape shape = own(operand);
  shape.back() = k;
  return {shape, {}};
}

Equation parseEquation(const std::string &text) {
  Equation e{{""}, "", ""};
  size_t arrow = text.find("->");
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (i == arrow)
      ++i;
    else if (c == ',' && i < arrow)
      e.inputs.emplace_back();
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      (i < arrow ? e.inputs.back() : e.output) += c;
    else {
      e.error = "unexpected '" + std::string(1, c) + "' in \"" + text + "\"";
      return e;
    }
  }
  if (arrow == std::string::npos)
    e.error = "\"" + text + "\" names no output: write -> and its letters";
  return e;
}

Result einsum(const std::string &equation, std::span<const Shape> operands) {
  Equation e = parseEquation(equation);
  if (!e.error.empty())
    return fail(e.error);
  if (e.inputs.size() != operands.size())
    return fail("\"" + equation + "\" names " + num(e.inputs.size()) +
                " operands, got " + num(operands.size()));
  std::vector<int64_t> size(std::numeric_limits<unsigned char>::max(), -1);
  for (size_t i = 0; i < operands.size(); ++i) {
    if (e.inputs[i].size() != operands[i].size())
      return fail("\"" + e.inputs[i] + "\" does not suit shape " +
                  str(operands[i]));
    for (size_t d = 0; d < operands[i].size(); ++d) {
      int64_t &known = size[e.inputs[i][d]];
      if (known != -1 && known != operands[i][d])
        return fail("'" + std::string(1, e.inputs[i][d]) + "' is both " +
                    num(known) + " and " + num(operands[i][d]));
      known = operands[i][d];
    }
  }
  Shape shape;
  for (char c : e.output) {
    if (size[c] == -1)
      return fail("'" + std::string(1, c) + "' of the output is in no operand");
    if (std::count(e.output.begin(), e.output.end(), c) > 1)
      return fail("'" + std::string(1, c) + "' is twice in the output");
    shape.push_back(size[c]);
  }
  return checked(shape);
}

Result categorical(Dims logits, Dims result) {
  if (logits.empty() || logits.back() == 0)
    return fail("needs at least one class, got logits " + str(logits));
  Dims batch = logits.first(logits.size() - 1);
  if (result.size() < batch.size() || !equal(result.last(batch.size()), batch))
    return fail("draws from logits " + str(logits) + " must end in " +
                str(batch) + ", got " + str(result));
  return checked(result);
}

Result batchNorm(Dims operand, Dims perFeature, int64_t feature) {
  Result r = along(operand, feature);
  if (!r.ok())
    return r;
  if (!equal(perFeature, Shape{operand[feature]}))
    return fail(num(operand[feature]) + " features need scale and bias [" +
                num(operand[feature]) + "], got " + str(perFeature));
  return r;
}

Result layerNorm(Dims operand, Dims row) {
  if (row.empty() || row.size() > operand.size() ||
      !equal(operand.last(row.size()), row))
    return fail("scale and bias " + str(row) +
                " are not the trailing dimensions of " + str(operand));
  return {own(operand), {}};
}

Result groupNorm(Dims operand, Dims perChannel, int64_t groups) {
  if (operand.size() < 2)
    return fail("needs [N, C, spatial…], got " + str(operand));
  if (groups < 1 || operand[1] % groups)
    return fail(num(groups) + " groups do not divide " + num(operand[1]) +
                " channels");
  return batchNorm(operand, perChannel, 1);
}

Result embedding(Dims table, Dims indices) {
  if (table.empty())
    return fail("the table needs a dimension of entries, got a scalar");
  if (table[0] == 0 && elementCount(indices) != 0)
    return fail("the table " + str(table) + " is empty");
  Shape shape = own(indices);
  shape.insert(shape.end(), table.begin() + 1, table.end());
  return checked(shape);
}

Result pool(Dims operand, Dims window, Dims strides, Dims low, Dims high) {
  if (operand.size() < 2)
    return fail("needs [N, C, spatial…], got " + str(operand));
  Shape ones(operand.size() - 2, 1);
  Result r =
      reduceWindow(operand.subspan(2), {window, strides, ones, low, high});
  if (r.ok())
    r.shape.insert(r.shape.begin(), operand.begin(), operand.begin() + 2);
  return r.ok() ? checked(r.shape) : r;
}

Result globalAvgPool(Dims operand) {
  if (operand.size() < 2)
    return fail("needs [N, C, spatial…], got " + str(operand));
  return {own(operand.first(2)), {}};
}

Result convTranspose(Dims images, Dims filters, Dims strides, Dims padding,
                     Dims outputPadding, Dims dilation, int64_t groups) {
  if (images.size() < 2 || images.size() != filters.size())
    return fail("needs images [N, C, spatial…] and filters [C, O, spatial…] of "
                "one rank, got " +
                str(images) + " and " + str(filters));
  size_t rank = images.size() - 2;
  for (const List &l : {List{strides, 1, "strides"},
                        {padding, 0, "padding"},
                        {outputPadding, 0, "output padding"},
                        {dilation, 1, "dilation"}})
    if (auto e = checkList(l, rank); !e.empty())
      return fail(e);
  if (groups < 1 || images[1] % groups || filters[0] != images[1])
    return fail("images with " + num(images[1]) + " channels and filters " +
                str(filters) + " do not suit " + num(groups) + " groups");
  if (filters[1] > limit || groups > limit)
    return fail("filters " + str(filters) + " are too large");
  Shape shape{images[0], filters[1] * groups};
  for (size_t i = 0; i < rank; ++i) {
    int64_t n = images[i + 2], k = filters[i + 2];
    if (n < 1 || k < 1 || n > limit || k > limit)
      return fail("filter size " + num(k) + " does not suit image size " +
                  num(n));
    if (outputPadding[i] >= std::max(strides[i], dilation[i]))
      return fail("output padding " + num(outputPadding[i]) +
                  " is not below stride or dilation");
    int64_t out = (n - 1) * strides[i] - 2 * padding[i] +
                  dilation[i] * (k - 1) + outputPadding[i] + 1;
    if (out < 1)
      return fail("padding " + num(padding[i]) + " leaves no output");
    shape.push_back(out);
  }
  return checked(shape);
}

Result cell(Dims input, Dims state, Dims inputWeights, Dims stateWeights,
            Dims bias, int64_t gates) {
  if (input.size() != 2 || state.size() != 2 || input[0] != state[0])
    return fail("needs an input [N, I] and a state [N, H], got " + str(input) +
                " and " + str(state));
  int64_t width = gates * std::min(state[1], limit);
  for (auto [got, want] : {std::pair{inputWeights, Shape{width, input[1]}},
                           {stateWeights, Shape{width, state[1]}},
                           {bias, Shape{width}}})
    if (!equal(got, want))
      return fail("input " + str(input) + " and state " + str(state) +
                  " need weights of shape " + str(want) + ", got " + str(got));
  return {own(state), {}};
}

Shape attentionWeights(Dims query, Dims key) {
  Shape shape = own(query);
  shape.back() = key[key.size() - 2];
  return shape;
}

Result attention(Dims query, Dims key, Dims value, const Dims *mask) {
  size_t rank = query.size();
  if (rank < 2 || key.size() != rank || value.size() != rank)
    return fail(
        "needs q [batch…, Q, D], k [batch…, K, D] and v [batch…, K, E], "
        "got " +
        str(query) + ", " + str(key) + " and " + str(value));
  for (size_t i = 0; i + 2 < rank; ++i)
    if (query[i] != key[i] || query[i] != value[i])
      return fail("batch sizes differ: " + str(query) + ", " + str(key) +
                  " and " + str(value));
  if (query.back() != key.back())
    return fail("inner sizes differ: " + num(query.back()) + " vs " +
                num(key.back()));
  if (key[rank - 2] != value[rank - 2])
    return fail("keys and values differ in number: " + num(key[rank - 2]) +
                " vs " + num(value[rank - 2]));
  if (mask && !equal(*mask, attentionWeights(query, key)))
    return fail("the mask must have shape " +
                str(attentionWeights(query, key)) + ", got " + str(*mask));
  Shape shape = own(query);
  shape.back() = value.back();
  return checked(shape);
}

Result additiveAttention(Dims query, Dims key, Dims value, Dims weight,
                         const Dims *mask) {
  Result r = attention(query, key, value, mask);
  if (r.ok() && !equal(weight, Shape{query.back()}))
    return fail("the weight must have shape [" + num(query.back()) + "], got " +
                str(weight));
  return r;
}

} // namespace dlc::shapes
