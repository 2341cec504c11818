#include "Codegen/LoopAddresses.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace dlc;

namespace {

/// Values, each times a constant (modulo 2^64), in the order in which they are
/// found: by their places in memory the code would differ from run to run.
using Terms = MapVector<Value *, uint64_t>;

/// What is added to a pointer, in elements.
struct Offset {
  Terms invariant, variant;
  uint64_t constant = 0;
};

struct Address {
  GetElementPtrInst *instruction;
  Offset offset;
};

/// The addresses of an innermost loop that start at the same pointer.
using Addresses = std::vector<Address>;

} // namespace

/// Adds `value` times `scale`, taken apart as far as it is linear, within
/// limits: sums of the same sums would have many terms.
static void addTo(Offset &offset, Value *value, uint64_t scale,
                  const Loop &loop, unsigned depth = 0) {
  using namespace PatternMatch;
  constexpr unsigned mostDepth = 12;
  Value *a, *b;
  const APInt *constant;
  if (match(value, m_APInt(constant))) {
    offset.constant += scale * constant->getZExtValue();
  } else if (depth < mostDepth && match(value, m_Add(m_Value(a), m_Value(b)))) {
    addTo(offset, a, scale, loop, depth + 1);
    addTo(offset, b, scale, loop, depth + 1);
  } else if (depth < mostDepth &&
             match(value, m_Mul(m_Value(a), m_APInt(constant)))) {
    addTo(offset, a, scale * constant->getZExtValue(), loop, depth + 1);
  } else {
    Terms &terms =
        loop.isLoopInvariant(value) ? offset.invariant : offset.variant;
    terms[value] += scale;
  }
}

static Value *sum(IRBuilder<> &b, const Terms &terms) {
  Value *total = nullptr;
  for (auto [value, scale] : terms) {
    Value *term = scale == 1 ? value : b.CreateMul(value, b.getInt64(scale));
    total = total ? b.CreateAdd(total, term) : term;
  }
  return total ? total : b.getInt64(0);
}

static bool isSame(const Terms &a, const Terms &b) {
  return a.size() == b.size() && llvm::all_of(a, [&](auto &term) {
           auto it = b.find(term.first);
           return it != b.end() && it->second == term.second;
         });
}

/// Leaves in `terms` what is in `others`, too.
static void intersect(Terms &terms, const Terms &others) {
  terms.remove_if([&](auto &term) {
    auto it = others.find(term.first);
    return it == others.end() || it->second != term.second;
  });
}

/// Makes the addresses offsets from a pointer that is computed before the loop
/// and has the terms `base`.
static void rebase(ArrayRef<Address> addresses, const Terms &base,
                   const Loop &loop) {
  if (base.empty())
    return;
  GetElementPtrInst *first = addresses.front().instruction;
  Type *type = first->getSourceElementType();
  IRBuilder<> before(loop.getLoopPreheader()->getTerminator());
  Value *pointer = before.CreateFreeze(
      before.CreateGEP(type, first->getPointerOperand(), sum(before, base)));
  for (const auto &[instruction, offset] : addresses) {
    Terms rest = offset.invariant;
    rest.remove_if([&](auto &term) { return base.contains(term.first); });
    IRBuilder<> b(instruction);
    Value *index = sum(b, offset.variant);
    if (!rest.empty())
      index = b.CreateAdd(index, sum(before, rest));
    index = b.CreateAdd(index, b.getInt64(offset.constant));
    instruction->replaceAllUsesWith(b.CreateGEP(type, pointer, index));
  }
}

/// The addresses in the loop by the pointers, from outside, that they start at.
static MapVector<std::pair<Value *, Type *>, Addresses>
addressesIn(const Loop &loop) {
  MapVector<std::pair<Value *, Type *>, Addresses> result;
  for (BasicBlock *block : loop.blocks())
    for (Instruction &instruction : *block) {
      auto *gep = dyn_cast<GetElementPtrInst>(&instruction);
      if (!gep || gep->getNumIndices() != 1 || gep->getType()->isVectorTy() ||
          !gep->getOperand(1)->getType()->isIntegerTy(64) ||
          !loop.isLoopInvariant(gep->getPointerOperand()))
        continue;
      Address address = {gep, {}};
      addTo(address.offset, gep->getOperand(1), 1, loop);
      if (!address.offset.variant.empty())
        result[{gep->getPointerOperand(), gep->getSourceElementType()}]
            .push_back(std::move(address));
    }
  return result;
}

static void hoist(const Loop &loop) {
  /// Beyond so many pointers a loop would lack registers.
  constexpr size_t mostPointers = 6;
  auto byPointer = addressesIn(loop);
  SmallVector<Addresses> groups;
  for (auto &[pointer, addresses] : byPointer) {
    size_t others = groups.size();
    for (const Address &address : addresses) {
      auto *known = llvm::find_if(
          llvm::drop_begin(groups, others), [&](const Addresses &group) {
            return isSame(group.front().offset.invariant,
                          address.offset.invariant);
          });
      (known == groups.end() ? groups.emplace_back() : *known)
          .push_back(address);
    }
  }
  if (groups.size() <= mostPointers) {
    for (const Addresses &group : groups)
      rebase(group, group.front().offset.invariant, loop);
    return;
  }
  for (auto &[pointer, addresses] : byPointer) {
    Terms common = addresses.front().offset.invariant;
    for (const Address &address : addresses)
      intersect(common, address.offset.invariant);
    rebase(addresses, common, loop);
  }
}

PreservedAnalyses HoistAddressesPass::run(Function &function,
                                          FunctionAnalysisManager &analyses) {
  for (Loop *loop :
       analyses.getResult<LoopAnalysis>(function).getLoopsInPreorder())
    if (loop->isInnermost() && loop->getLoopPreheader())
      hoist(*loop);
  PreservedAnalyses preserved;
  preserved.preserveSet<CFGAnalyses>();
  return preserved;
}
