#include "Draw.h"

#include "Random.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;
using interpreter::Mode;
using interpreter::Tensor;

static constexpr llvm::StringLiteral names[] = {
    "plain", "positive", "unit", "few", "wide", "below", "around"};

std::string Draw::str() const {
  std::string text = names[kind].str() + " " + llvm::utostr(seed);
  if (kind == below || kind == around)
    text += " " + llvm::itostr(limit);
  return text;
}

std::optional<Draw> Draw::parse(llvm::StringRef text) {
  SmallVector<llvm::StringRef> words;
  text.split(words, ' ');
  const auto *found = llvm::find(names, words[0]);
  Draw draw;
  if (found == std::end(names) || words.size() < 2 ||
      words[1].getAsInteger(10, draw.seed) ||
      (words.size() > 2 && words[2].getAsInteger(10, draw.limit)))
    return std::nullopt;
  draw.kind = static_cast<Kind>(found - std::begin(names));
  return draw;
}

static double drawFloat(Draw::Kind kind, Random &random) {
  switch (kind) {
  case Draw::positive:
    return 0.25 + 3.75 * random.unit();
  case Draw::unit:
    return random.unit();
  case Draw::few:
    return 0.5 * static_cast<double>(random.between(-4, 4));
  default:
    return 8 * random.unit() - 4;
  }
}

static int64_t drawInteger(const Draw &draw, Random &random) {
  switch (draw.kind) {
  case Draw::positive:
    return random.between(1, 9);
  case Draw::wide:
    return static_cast<int64_t>(random.next());
  case Draw::below:
    return random.below(std::max<int64_t>(draw.limit, 1));
  case Draw::around:
    return random.between(-1, draw.limit);
  default:
    return random.between(-9, 9);
  }
}

Tensor Draw::tensor(RankedTensorType type) const {
  Tensor tensor(type);
  Random random(seed);
  for (int64_t i = 0; i < tensor.size(); ++i)
    if (tensor.isFloat())
      tensor.set(i, drawFloat(kind, random), Mode::native);
    else if (tensor.element().isInteger(1))
      tensor.ints[i] = static_cast<int64_t>(random.next() & 1);
    else
      tensor.set(i, drawInteger(*this, random), Mode::native);
  return tensor;
}
