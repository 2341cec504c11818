#include "dlc/Autocast.h"

#include "detail/Build.h"

namespace dlc {

using namespace detail;

namespace {

constexpr int64_t off = -1;

/// The thread's setting: a DType, or off.
struct Setting {
  std::shared_ptr<int64_t> value = std::make_shared<int64_t>(off);
  /// The recording in which it was made: what began before it does not depend
  /// on what was set outside.
  Recording *madeIn = nullptr;
};

Setting &setting() {
  thread_local Setting setting;
  return setting;
}

int64_t readSetting() {
  const Setting &now = setting();
  for (Recording *r = Recording::current(); r && r != now.madeIn;
       r = r->outer) {
    bool isKnown = false;
    for (const auto &[mode, value] : r->modes)
      isKnown |= mode == now.value;
    if (!isKnown)
      r->modes.emplace_back(now.value, *now.value);
  }
  return *now.value;
}

} // namespace

bool detail::isAutocasting() { return readSetting() != off; }

Ref detail::lowered(const Ref &x, Loc where) {
  int64_t type = readSetting();
  return type != off && x->type.element == DType::f32
             ? convert(x, DType(type), where)
             : x;
}

Ref detail::raised(const Ref &x, Loc where) {
  bool isShort =
      x->type.element == DType::bf16 || x->type.element == DType::f16;
  return isShort && isAutocasting() ? convert(x, DType::f32, where) : x;
}

struct Autocast::Impl {
  Setting before;
};

Autocast::Autocast(DType type, Loc where) {
  if (type != DType::bf16 && type != DType::f16 && type != DType::f32)
    fail("autocast", "needs bf16, f16 or f32, got " + std::string(str(type)),
         where);
  // The value is changed, not the pointer: compiled functions watch it.
  impl = std::make_unique<Impl>();
  Setting &now = setting();
  impl->before = {std::make_shared<int64_t>(*now.value), now.madeIn};
  *now.value = type == DType::f32 ? off : int64_t(type);
  now.madeIn = Recording::current();
}

Autocast::~Autocast() {
  *setting().value = *impl->before.value;
  setting().madeIn = impl->before.madeIn;
}

//===-- Loss scaling
//-------------------------------------------------------===//

LossScaler::LossScaler(LossScalerOptions options, Loc where)
    : scale(scalar(options.initial, DType::f32, where)),
      steps(scalar(0, DType::i32, where)), options(options) {
  if (!(options.initial > 0 && options.growth >= 1 && options.backoff > 0 &&
        options.backoff < 1 && options.interval > 0))
    fail("loss_scaler",
         "needs initial > 0, growth >= 1, 0 < backoff < 1 and interval > 0",
         where);
}

Tensor LossScaler::scaled(const Tensor &loss, Loc where) const {
  return arithmetic("multiply", {loss.astype(DType::f32, where), where},
                    {scale, where}, where);
}

Tensor LossScaler::unscale(TreeRef gradients, Loc where) {
  auto at = [&](const Tensor &x) { return Operand(x, where); };
  Tensor finite = full({}, true, DType::boolean, where);
  for (const Leaf &leaf : leaves(gradients)) {
    if (!leaf.tensor->defined() || !isFloat(leaf.tensor->dtype(where)))
      continue;
    Tensor factor = scale.astype(leaf.tensor->dtype(where), where);
    *leaf.tensor = at(*leaf.tensor) / at(factor);
    finite =
        at(finite) & at(all(isFinite(*leaf.tensor, where), {}, false, where));
  }
  Tensor next = at(steps) + Operand(1, where);
  Tensor grows = at(next) >= Operand(options.interval, where);
  Tensor larger = at(scale) * Operand(options.growth, where);
  Tensor smaller = at(scale) * Operand(options.backoff, where);
  Tensor kept = dlc::where(grows, at(larger), at(scale), where);
  scale = dlc::where(finite, at(kept), at(smaller), where);
  Tensor counts = at(finite) & at(at(next) < Operand(options.interval, where));
  steps = dlc::where(counts, at(next), Operand(0, where), where);
  return finite;
}

void detail::keepIf(const Tensor &condition, const std::vector<Leaf> &leaves,
                    const std::vector<Tensor> &before, Loc where) {
  if (leaves.size() != before.size())
    fail("update_if", "the update changes how many tensors there are", where);
  for (size_t i = 0; i < leaves.size(); ++i) {
    Tensor &now = *leaves[i].tensor;
    if (!now.defined() || now.get() == before[i].get())
      continue;
    if (!before[i].defined() || before[i].get()->type != now.get()->type)
      fail("update_if", leaves[i].name + " changes its type", where);
    now = dlc::where(condition, Operand(now, where), Operand(before[i], where),
                     where);
  }
}

} // namespace dlc
