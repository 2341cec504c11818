// PTX as data: what the parser makes of the text and the machine runs.

#ifndef DLC_TOOLS_PTXSIM_MODULE_H
#define DLC_TOOLS_PTXSIM_MODULE_H

#include "abi/Status.h"
#include "ptx-sim/Type.h"

#include <memory>
#include <string>
#include <vector>

namespace dlc::ptxsim {

using runtime::Error;
using runtime::Expected;
using runtime::Status;

enum class Space : uint8_t { generic, global, shared, constant, local, param };
std::string_view name(Space space);

/// Where an instruction stands: its line in the PTX and, if the compiler said
/// so (.loc), the user's.
struct Position {
  int line = 0;
  /// Number of the file in Module::files; 0 is none.
  int file = 0;
  int sourceLine = 0;
  bool operator==(const Position &) const = default;
  auto operator<=>(const Position &) const = default;
};

/// A variable in some state space. Its offset counts from where the space
/// starts for its owner: the module (global, const), the block (shared), the
/// thread's frame (local), the call (param).
struct Variable {
  std::string name;
  Space space = Space::global;
  Type type = Type::b8;
  int64_t bytes = 0, alignment = 1, offset = 0;
  /// The initialiser's bytes; empty without one.
  std::string initial;
  /// Dynamic shared memory: its size is given at the launch.
  bool isExtern = false;
};

enum class Special : uint8_t {
  tidX,
  tidY,
  tidZ,
  ntidX,
  ntidY,
  ntidZ,
  ctaidX,
  ctaidY,
  ctaidZ,
  nctaidX,
  nctaidY,
  nctaidZ,
  laneid,
  warpid,
  nwarpid,
  smid,
  nsmid,
  gridid,
  clock,
  clock64,
  lanemaskEq,
  lanemaskLt,
  lanemaskLe,
  lanemaskGt,
  lanemaskGe,
  dynamicSharedSize,
  totalSharedSize
};

struct Operand {
  enum class Kind : uint8_t {
    none,
    reg,
    immediate,
    special,
    variable,
    memory,
    vector,
    label,
    function,
    sink
  };
  Kind kind = Kind::none;
  /// `!%p1`.
  bool negated = false;
  /// reg: its number. label: an instruction. function: Module::functions.
  uint32_t index = 0;
  /// immediate: its bits. memory: the offset.
  uint64_t bits = 0;
  Special special = Special::tidX;
  const Variable *variable = nullptr;
  /// memory: the base, a register or a variable (or none: absolute).
  /// vector: its elements. `%r1|%p1`: the second of the two.
  std::vector<Operand> parts;
  std::string text;
};

/// Classes that statistics count by.
enum class Class : uint8_t {
  integer,
  logic,
  floating,
  half,
  special,
  convert,
  move,
  tensor,
  global,
  shared,
  local,
  parameter,
  atomic,
  exchange,
  barrier,
  control
};
inline constexpr int classCount = static_cast<int>(Class::control) + 1;
std::string_view name(Class type);

enum class Rounding : uint8_t { nearest, zero, down, up, away, nearestAway };

struct Instruction;
/// Computes one lane's results from one lane's operands.
using Compute = void (*)(const Instruction &, const uint64_t *in,
                         uint64_t *out);

enum class Kind : uint8_t {
  compute,
  move,
  convertAddress,
  isSpace,
  load,
  store,
  atomic,
  branch,
  branchIndexed,
  call,
  leave,
  exit,
  trap,
  barrier,
  arrive,
  warpBarrier,
  shuffle,
  vote,
  match,
  reduceWarp,
  activeMask,
  nothing,
  sleep,
  fence,
  copyAsync,
  commitGroup,
  waitGroup,
  loadMatrix,
  storeMatrix,
  multiplyMatrices
};

enum class Compare : uint8_t {
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  lo,
  ls,
  hi,
  hs,
  equ,
  neu,
  ltu,
  leu,
  gtu,
  geu,
  num,
  nan
};
enum class Logic : uint8_t { none, conjunction, disjunction, exclusive };
enum class Atomic : uint8_t {
  add,
  min,
  max,
  inc,
  dec,
  conjunction,
  disjunction,
  exclusive,
  exchange,
  compareAndSwap
};
enum class Shuffle : uint8_t { up, down, butterfly, index };
enum class Vote : uint8_t { all, any, uniform, ballot };

struct Instruction {
  /// As written: "ld.global.v4.f32".
  std::string name;
  Kind kind = Kind::nothing;
  Class type = Class::control;
  Position position;
  /// A predicate register, or -1.
  int guard = -1;
  bool guardNegated = false;
  /// As written, destinations first; `destinations` of them are written.
  std::vector<Operand> operands;
  int destinations = 0;

  // What the name's parts mean, where they apply.
  Compute compute = nullptr;
  Type valueType = Type::none, sourceType = Type::none;
  Rounding rounding = Rounding::nearest;
  /// Of a conversion to an integral value.
  bool integral = false;
  bool flush = false, saturate = false, high = false, wide = false;
  bool carryIn = false, carryOut = false;
  bool propagatesNaN = false, relu = false, clamps = false, toSpace = false;
  bool transposed = false, ignoresSource = false, reducesOnly = false;
  /// Accesses: threads may do such at the same time (volatile, relaxed and
  /// more), and as if fences stood before and after it.
  bool strong = false, releases = false, acquires = false;
  Compare compare = Compare::eq;
  Logic logic = Logic::none;
  Space space = Space::generic;
  Atomic atomic = Atomic::add;
  Shuffle shuffle = Shuffle::up;
  Vote vote = Vote::all;
  /// Elements of a vector access; matrices of ldmatrix.
  int count = 1;
  /// m, n, k of mma.
  int m = 0, n = 0, k = 0;
  Type resultType = Type::none;

  /// Whether all lanes of a warp must arrive together.
  bool aligned = false;
  std::string_view mode;
};

struct Register {
  std::string name;
  Type type;
};

struct Function {
  std::string name;
  bool isEntry = false, isDefined = false;
  Position position;
  /// Values that come in and go out, then those for calls: all in one piece of
  /// `paramBytes` a call.
  std::vector<const Variable *> inputs, outputs;
  int64_t paramBytes = 0, localBytes = 0;
  /// Where an entry's own static .shared variables end; they follow the
  /// module's.
  int64_t sharedBytes = 0;
  /// .reqntid and .maxntid; 0 where nothing is said.
  int64_t required[3] = {0, 0, 0};
  int64_t maxThreads = 0;
  std::vector<Register> registers;
  /// By register: the bits that it keeps.
  std::vector<uint64_t> masks;
  std::vector<Instruction> code;
  /// By instruction: in which order lanes that have parted are run.
  std::vector<uint32_t> rank;
  /// By instruction: whether lanes may come from elsewhere.
  std::vector<bool> isLeader;
  std::vector<std::unique_ptr<Variable>> variables;
};

struct Module {
  std::string version, target;
  std::vector<std::unique_ptr<Function>> functions;
  std::vector<std::unique_ptr<Variable>> variables;
  /// Of all .global and .const variables; of the static .shared ones that stand
  /// in no entry.
  int64_t globalBytes = 0, sharedBytes = 0;
  std::vector<std::string> files;

  /// The static shared memory of a launch.
  int64_t sharedBytesOf(const Function &entry) const {
    return entry.sharedBytes > sharedBytes ? entry.sharedBytes : sharedBytes;
  }
  const Function *find(std::string_view name) const;
  /// "mlp.cpp:12 (PTX line 34)".
  std::string describe(const Position &position) const;
};

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_MODULE_H
