// Branches, calls, barriers, and what lanes of a warp tell one another.

#include "ptx-sim/Decode.h"

namespace dlc::ptxsim {

namespace {

bool finish(Instruction &i, Kind kind, Class type, size_t operands,
            int destinations = 0) {
  i.kind = kind;
  i.type = type;
  i.destinations = destinations;
  return i.operands.size() == operands;
}

bool decodeBranch(Instruction &i, Words &words) {
  words.take("uni");
  return finish(i, Kind::branch, Class::control, 1);
}

bool decodeBranchIndexed(Instruction &i, Words &words) {
  words.take("uni");
  return words.take("idx") && finish(i, Kind::branchIndexed, Class::control, 2);
}

bool decodeCall(Instruction &i, Words &words) {
  words.take("uni");
  // Function, results, arguments: the parser puts them so.
  return finish(i, Kind::call, Class::control, 3);
}

bool decodeReturn(Instruction &i, Words &words) {
  words.take("uni");
  return finish(i, Kind::leave, Class::control, 0);
}

bool decodeExit(Instruction &i, Words &) {
  return finish(i, Kind::exit, Class::control, 0);
}

bool decodeTrap(Instruction &i, Words &) {
  return finish(i, Kind::trap, Class::control, 0);
}

/// bar.sync, bar.arrive, bar.warp.sync; barrier.sync{.aligned} likewise.
bool decodeBarrier(Instruction &i, Words &words) {
  bool isNew = words.opcode() == "barrier";
  if (!isNew && words.take("warp"))
    return words.take("sync") &&
           finish(i, Kind::warpBarrier, Class::barrier, 1);
  words.take("cta");
  i.aligned = words.take("aligned") || !isNew;
  i.type = Class::barrier;
  if (words.take("sync"))
    i.kind = Kind::barrier;
  else if (words.take("arrive"))
    i.kind = Kind::arrive;
  else
    return false;
  return i.operands.size() == 2 ||
         (i.operands.size() == 1 && i.kind == Kind::barrier);
}

bool decodeFence(Instruction &i, Words &words) {
  words.takeOneOf({"sc", "acq_rel"});
  // Threads of a block see each other's accesses in order anyway.
  if (words.take("cta"))
    return finish(i, Kind::nothing, Class::barrier, 0);
  return words.takeOneOf({"gl", "gpu", "sys"}) >= 0 &&
         finish(i, Kind::fence, Class::barrier, 0);
}

bool decodeShuffle(Instruction &i, Words &words) {
  int mode = words.takeOneOf({"up", "down", "bfly", "idx"});
  i.shuffle = static_cast<Shuffle>(mode);
  i.valueType = words.takeType();
  return mode >= 0 && words.take("sync") && i.valueType == Type::b32 &&
         finish(i, Kind::shuffle, Class::exchange, 5, 1);
}

bool decodeVote(Instruction &i, Words &words) {
  int mode = words.takeOneOf({"all", "any", "uni", "ballot"});
  i.vote = static_cast<Vote>(mode);
  i.valueType = words.takeType();
  Type expected = i.vote == Vote::ballot ? Type::b32 : Type::pred;
  return mode >= 0 && words.take("sync") && i.valueType == expected &&
         finish(i, Kind::vote, Class::exchange, 3, 1);
}

bool decodeMatch(Instruction &i, Words &words) {
  int mode = words.takeOneOf({"all", "any"});
  i.vote = static_cast<Vote>(mode);
  i.valueType = words.takeType();
  return mode >= 0 && words.take("sync") &&
         (i.valueType == Type::b32 || i.valueType == Type::b64) &&
         finish(i, Kind::match, Class::exchange, 3, 1);
}

bool decodeReduceWarp(Instruction &i, Words &words) {
  static constexpr Atomic ops[] = {Atomic::add,         Atomic::min,
                                   Atomic::max,         Atomic::conjunction,
                                   Atomic::disjunction, Atomic::exclusive};
  int op = words.takeOneOf({"add", "min", "max", "and", "or", "xor"});
  if (op < 0)
    return false;
  i.atomic = ops[op];
  i.valueType = words.takeType();
  return words.take("sync") && bitsOf(i.valueType) == 32 &&
         !isFloat(i.valueType) &&
         finish(i, Kind::reduceWarp, Class::exchange, 3, 1);
}

bool decodeActiveMask(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  return i.valueType == Type::b32 &&
         finish(i, Kind::activeMask, Class::exchange, 1, 1);
}

bool decodeSleep(Instruction &i, Words &words) {
  return words.takeType() == Type::u32 &&
         finish(i, Kind::sleep, Class::control, 1);
}

} // namespace

void addControlDecoders(Decoders &decoders) {
  decoders["bra"] = decodeBranch;
  decoders["brx"] = decodeBranchIndexed;
  decoders["call"] = decodeCall;
  decoders["ret"] = decodeReturn;
  decoders["exit"] = decodeExit;
  decoders["trap"] = decodeTrap;
  decoders["bar"] = decodeBarrier;
  decoders["barrier"] = decodeBarrier;
  decoders["membar"] = decodeFence;
  decoders["fence"] = decodeFence;
  decoders["shfl"] = decodeShuffle;
  decoders["vote"] = decodeVote;
  decoders["match"] = decodeMatch;
  decoders["redux"] = decodeReduceWarp;
  decoders["activemask"] = decodeActiveMask;
  decoders["nanosleep"] = decodeSleep;
}

} // namespace dlc::ptxsim
