// Tensor cores. A lane holds some elements of each matrix; which ones, the PTX
// manual says: group = lane / 4, member = lane % 4.

#include "ptx-sim/Block.h"
#include "ptx-sim/Floats.h"

#include <array>
#include <cstring>

namespace dlc::ptxsim {

bool Block::needsWholeWarp(Warp &warp, const Instruction &i, Lanes active) {
  if (active == ~Lanes(0))
    return true;
  if (active)
    report(FaultKind::divergentBarrier, i,
           "needs all 32 lanes; " + describe(*warp.threads.front()));
  return false;
}

static const Operand &element(const Operand &operand, size_t e) {
  return operand.kind == Operand::Kind::vector ? operand.parts[e] : operand;
}
static size_t sizeOf(const Operand &operand) {
  return operand.kind == Operand::Kind::vector ? operand.parts.size() : 1;
}

/// 8x8 matrices of 16-bit elements; lane 8m + r has the address of row r of
/// matrix m, lane 4r + c gets elements 2c and 2c + 1 of row r.
void Block::loadMatrix(Warp &warp, const Instruction &i, Lanes active) {
  if (!needsWholeWarp(warp, i, active))
    return;
  std::array<std::array<uint16_t, 64>, 4> matrices = {};
  Addresses addresses;
  for (int m = 0; m < i.count; ++m)
    for (int row = 0; row < 8; ++row) {
      Thread &thread = *warp.threads[8 * m + row];
      uint64_t address = addressOf(thread, i.operands[1]);
      addresses.add(Space::shared, address, thread.lane);
      load(thread, i, Space::shared, address, 16,
           reinterpret_cast<uint8_t *>(&matrices[m][8 * row]));
    }
  count(i, false, 16, addresses);
  forLanes(warp, active, [&](Thread &thread) {
    int row = thread.lane / 4, column = thread.lane % 4 * 2;
    for (int m = 0; m < i.count && m < int(sizeOf(i.operands[0])); ++m) {
      auto at = [&](int r, int c) -> uint32_t {
        return i.transposed ? matrices[m][8 * c + r] : matrices[m][8 * r + c];
      };
      write(thread, element(i.operands[0], m),
            at(row, column) | at(row, column + 1) << 16);
    }
  });
}

void Block::storeMatrix(Warp &warp, const Instruction &i, Lanes active) {
  if (!needsWholeWarp(warp, i, active))
    return;
  std::array<std::array<uint16_t, 64>, 4> matrices = {};
  forLanes(warp, active, [&](Thread &thread) {
    int row = thread.lane / 4, column = thread.lane % 4 * 2;
    for (int m = 0; m < i.count && m < int(sizeOf(i.operands[1])); ++m) {
      auto word =
          static_cast<uint32_t>(read(thread, element(i.operands[1], m)));
      for (int c = 0; c < 2; ++c) {
        int at = i.transposed ? 8 * (column + c) + row : 8 * row + column + c;
        matrices[m][at] = static_cast<uint16_t>(word >> (16 * c));
      }
    }
  });
  Addresses addresses;
  for (int m = 0; m < i.count; ++m)
    for (int row = 0; row < 8; ++row) {
      Thread &thread = *warp.threads[8 * m + row];
      uint64_t address = addressOf(thread, i.operands[0]);
      addresses.add(Space::shared, address, thread.lane);
      store(thread, i, Space::shared, address, 16,
            reinterpret_cast<const uint8_t *>(&matrices[m][8 * row]));
    }
  count(i, true, 16, addresses);
}

namespace {
/// Where an element of a lane's fragment lies in its matrix.
struct Place {
  int row, column;
};

/// Element e of a fragment whose registers hold `packed` elements each, in the
/// 16 x k matrix A. Registers go down first (rows + 8), then right.
Place placeInA(int lane, int e, int packed) {
  int reg = e / packed;
  return {lane / 4 + reg % 2 * 8,
          lane % 4 * packed + e % packed + reg / 2 * 4 * packed};
}
/// In the k x 8 matrix B.
Place placeInB(int lane, int e, int packed) {
  int reg = e / packed;
  return {lane % 4 * packed + e % packed + reg * 4 * packed, lane / 4};
}
/// In the 16 x 8 matrices C and D: two neighbours, then those 8 rows below.
Place placeInC(int lane, int e) {
  return {lane / 4 + e / 2 * 8, lane % 4 * 2 + e % 2};
}
} // namespace

/// D = A B + C. Products are exact; their sum is accumulated in f64, in order
/// of k, and rounded once. A card sums in an order and with a precision that
/// NVIDIA does not state.
void Block::multiplyMatrices(Warp &warp, const Instruction &i, Lanes active) {
  if (!needsWholeWarp(warp, i, active))
    return;
  const Operand &d = i.operands[0], &a = i.operands[1], &b = i.operands[2],
                &c = i.operands[3];
  int packed = i.valueType == Type::tf32 ? 1 : 2;
  int packedC = i.resultType == Type::f16 ? 2 : 1;
  size_t inA = 16 * i.k / warpSize / packed, inB = i.k * 8 / warpSize / packed,
         inC = 4 / packedC;
  if (sizeOf(a) != inA || sizeOf(b) != inB || sizeOf(c) != inC ||
      sizeOf(d) != inC)
    return report(FaultKind::trap, i, "has fragments of the wrong size");

  double left[16][16] = {}, right[16][8] = {}, sums[16][8] = {};
  // The value of element e of an operand's fragment.
  auto fetch = [&](Thread &thread, const Operand &operand, Type type, int e,
                   int packed) {
    uint64_t word = read(thread, element(operand, e / packed));
    int shift = e % packed * 16;
    if (type == Type::tf32) // the lower 13 bits are ignored
      word &= ~uint64_t(0x1FFF);
    return static_cast<double>(decodeFloat(type, extend(type, word >> shift)));
  };
  forLanes(warp, active, [&](Thread &thread) {
    int lane = thread.lane;
    for (int e = 0; e < int(inA) * packed; ++e) {
      Place at = placeInA(lane, e, packed);
      left[at.row][at.column] = fetch(thread, a, i.valueType, e, packed);
    }
    for (int e = 0; e < int(inB) * packed; ++e) {
      Place at = placeInB(lane, e, packed);
      right[at.row][at.column] = fetch(thread, b, i.valueType, e, packed);
    }
    for (int e = 0; e < 4; ++e) {
      Place at = placeInC(lane, e);
      sums[at.row][at.column] = fetch(thread, c, i.resultType, e, packedC);
    }
  });
  for (int row = 0; row < 16; ++row)
    for (int column = 0; column < 8; ++column)
      for (int k = 0; k < i.k; ++k)
        sums[row][column] += left[row][k] * right[k][column];
  forLanes(warp, active, [&](Thread &thread) {
    for (int reg = 0; reg < int(inC); ++reg) {
      uint64_t word = 0;
      for (int part = 0; part < packedC; ++part) {
        Place at = placeInC(thread.lane, reg * packedC + part);
        word |= encodeFloat(i.resultType, sums[at.row][at.column])
                << (16 * part);
      }
      write(thread, element(d, reg), word);
    }
  });
}

} // namespace dlc::ptxsim
