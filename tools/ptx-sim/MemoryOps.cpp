// Loads, stores, atomics, copies and addresses.

#include "ptx-sim/Decode.h"

namespace dlc::ptxsim {

namespace {

bool takeSpace(Instruction &i, Words &words) {
  static constexpr Space spaces[] = {Space::global, Space::shared,
                                     Space::shared, Space::constant,
                                     Space::local,  Space::param};
  int space = words.takeOneOf(
      {"global", "shared", "shared::cta", "const", "local", "param"});
  i.space = space < 0 ? Space::generic : spaces[space];
  return space >= 0;
}

Class classOf(Space space) {
  switch (space) {
  case Space::shared:
    return Class::shared;
  case Space::local:
    return Class::local;
  case Space::param:
  case Space::constant:
    return Class::parameter;
  default:
    return Class::global;
  }
}

/// What bears on caches, and on order with other threads.
void takeHints(Instruction &i, Words &words) {
  constexpr int weak = 0, acquire = 4, release = 5, both = 6;
  int order = words.takeOneOf(
      {"weak", "volatile", "relaxed", "mmio", "acquire", "release", "acq_rel"});
  i.strong = order > weak;
  i.acquires = order == acquire || order == both;
  i.releases = order == release || order == both;
  // A block's order is not the grid's.
  if (words.take("cta"))
    i.acquires = i.releases = false;
  words.takeOneOf({"gpu", "sys"});
  words.takeOneOf({"ca", "cg", "cs", "lu", "cv", "wb", "wt"});
  words.take("nc");
  words.takeOneOf({"L1::evict_normal", "L1::evict_unchanged", "L1::evict_first",
                   "L1::evict_last", "L1::no_allocate"});
  words.takeOneOf({"L2::64B", "L2::128B", "L2::256B"});
}

bool takeAccess(Instruction &i, Words &words, Kind kind) {
  i.kind = kind;
  takeSpace(i, words);
  i.type = classOf(i.space);
  takeHints(i, words);
  if (words.take("v2"))
    i.count = 2;
  else if (words.take("v4"))
    i.count = 4;
  i.valueType = words.takeType();
  bool known = i.valueType >= Type::b8 && i.valueType != Type::tf32;
  return known && i.operands.size() == 2;
}

bool decodeLoad(Instruction &i, Words &words) {
  i.destinations = 1;
  return takeAccess(i, words, Kind::load);
}

bool decodeStore(Instruction &i, Words &words) {
  return takeAccess(i, words, Kind::store);
}

bool takeAtomic(Instruction &i, Words &words) {
  i.kind = Kind::atomic;
  i.type = Class::atomic;
  takeSpace(i, words);
  takeHints(i, words);
  words.take("noftz");
  int op = words.takeOneOf(
      {"add", "min", "max", "inc", "dec", "and", "or", "xor", "exch", "cas"});
  i.atomic = static_cast<Atomic>(op);
  i.valueType = words.takeType();
  size_t sources = i.atomic == Atomic::compareAndSwap ? 3 : 2;
  if (isFloat(i.valueType) && i.atomic != Atomic::add &&
      i.atomic != Atomic::exchange)
    return false;
  return op >= 0 && bitsOf(i.valueType) >= 16 &&
         i.operands.size() == sources + (i.reducesOnly ? 0 : 1);
}

bool decodeAtomic(Instruction &i, Words &words) {
  i.destinations = 1;
  return takeAtomic(i, words);
}

bool decodeReduction(Instruction &i, Words &words) {
  i.reducesOnly = true;
  return takeAtomic(i, words);
}

bool decodeMove(Instruction &i, Words &words) {
  i.kind = Kind::move;
  i.type = Class::move;
  i.destinations = 1;
  i.valueType = words.takeType();
  return i.valueType != Type::none && i.operands.size() == 2;
}

bool decodeConvertAddress(Instruction &i, Words &words) {
  i.kind = Kind::convertAddress;
  i.type = Class::integer;
  i.destinations = 1;
  i.toSpace = words.take("to");
  i.valueType = words.takeType();
  return takeSpace(i, words) && i.space != Space::param &&
         bitsOf(i.valueType) >= 32 && i.operands.size() == 2;
}

bool decodeIsSpace(Instruction &i, Words &words) {
  i.kind = Kind::isSpace;
  i.type = Class::logic;
  i.destinations = 1;
  return takeSpace(i, words) && i.operands.size() == 2;
}

bool decodePrefetch(Instruction &i, Words &words) {
  takeSpace(i, words);
  words.takeOneOf({"L1", "L2"});
  i.type = Class::global;
  return i.operands.size() == 1;
}

/// cp.async and its groups.
bool decodeCopy(Instruction &i, Words &words) {
  if (!words.take("async"))
    return false;
  i.type = Class::shared;
  if (words.take("commit_group")) {
    i.kind = Kind::commitGroup;
    return i.operands.empty();
  }
  if (words.take("wait_group")) {
    i.kind = Kind::waitGroup;
    return i.operands.size() == 1;
  }
  if (words.take("wait_all")) {
    i.kind = Kind::waitGroup;
    return i.operands.empty();
  }
  i.kind = Kind::copyAsync;
  i.type = Class::global;
  bool cached = words.takeOneOf({"ca", "cg"}) >= 0;
  bool toShared = words.takeOneOf({"shared", "shared::cta"}) >= 0;
  words.takeOneOf({"L2::64B", "L2::128B", "L2::256B"});
  return cached && toShared && words.take("global") &&
         (i.operands.size() == 3 || i.operands.size() == 4);
}

} // namespace

void addMemoryDecoders(Decoders &decoders) {
  decoders["ld"] = decodeLoad;
  decoders["st"] = decodeStore;
  decoders["atom"] = decodeAtomic;
  decoders["red"] = decodeReduction;
  decoders["mov"] = decodeMove;
  decoders["cvta"] = decodeConvertAddress;
  decoders["isspacep"] = decodeIsSpace;
  decoders["prefetch"] = decodePrefetch;
  decoders["cp"] = decodeCopy;
}

} // namespace dlc::ptxsim
