// Tensor cores: ldmatrix, stmatrix and mma.sync.

#include "ptx-sim/Decode.h"

namespace dlc::ptxsim {

namespace {

bool takeMatrices(Instruction &i, Words &words, Kind kind) {
  i.kind = kind;
  i.type = Class::shared;
  i.space = Space::shared;
  bool known =
      words.take("sync") && words.take("aligned") && words.take("m8n8");
  int count = words.takeOneOf({"x1", "x2", "x4"});
  i.count = 1 << count;
  i.transposed = words.take("trans");
  words.takeOneOf({"shared", "shared::cta"});
  i.valueType = words.takeType();
  return known && count >= 0 && i.valueType == Type::b16 &&
         i.operands.size() == 2;
}

bool decodeLoadMatrix(Instruction &i, Words &words) {
  i.destinations = 1;
  return takeMatrices(i, words, Kind::loadMatrix);
}

bool decodeStoreMatrix(Instruction &i, Words &words) {
  return takeMatrices(i, words, Kind::storeMatrix);
}

/// mma.sync.aligned.SHAPE.row.col.D.A.B.C: 16x8 results of k products.
bool decodeMultiply(Instruction &i, Words &words) {
  i.kind = Kind::multiplyMatrices;
  i.type = Class::tensor;
  i.destinations = 1;
  i.m = 16;
  i.n = 8;
  int shape = words.takeOneOf({"m16n8k4", "m16n8k8", "m16n8k16"});
  i.k = 4 << shape;
  bool known = words.take("sync") && words.take("aligned") && shape >= 0 &&
               words.take("row") && words.take("col");
  i.resultType = words.takeType();
  i.valueType = words.takeType();
  Type right = words.takeType();
  i.sourceType = words.takeType();
  if (!known || i.operands.size() != 4 || right != i.valueType ||
      i.sourceType != i.resultType)
    return false;
  switch (i.valueType) {
  case Type::f16:
    return i.k >= 8 && (i.resultType == Type::f16 || i.resultType == Type::f32);
  case Type::bf16:
    return i.k >= 8 && i.resultType == Type::f32;
  case Type::tf32:
    return i.k <= 8 && i.resultType == Type::f32;
  default:
    return false;
  }
}

} // namespace

void addMatrixDecoders(Decoders &decoders) {
  decoders["ldmatrix"] = decodeLoadMatrix;
  decoders["stmatrix"] = decodeStoreMatrix;
  decoders["mma"] = decodeMultiply;
}

} // namespace dlc::ptxsim
