// The Program: what `codegen` produces and the runtime walks. Plain data, known
// to both sides; no LLVM, no MLIR.
//
// A Program holds one image of machine code (CPU) or PTX text (GPU) and, for
// each function, a signature, the size of one arena and a launch list. The
// launch list is data, not code: the runtime times, traces and partitions it.

#ifndef DLC_RUNTIME_ABI_PROGRAM_H
#define DLC_RUNTIME_ABI_PROGRAM_H

#include "abi/Status.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dlc::runtime {

/// A kernel: runs tiles [tile0, tile1) on `slots`, one pointer an operand. It
/// imports nothing. A fault is reported by an atomic unsigned minimum of
/// `check << 40 | position` into *fault, which starts as all ones, so that the
/// first faulty element of the first check wins whatever the threads do.
using KernelFunction = void (*)(void *const *slots, int64_t tile0,
                                int64_t tile1, uint64_t *fault);
inline constexpr uint64_t noFault = ~uint64_t(0);
inline constexpr int faultPositionBits = 40;

/// What the pointer to the fault points to on a GPU.
struct GpuStatus {
  uint64_t fault = noFault;
  /// How many times a block has come to a barrier of a cooperative kernel's
  /// grid; 0 before and after each launch.
  uint64_t arrivals = 0;
};

enum class ElementType : uint8_t {
  f32,
  f64,
  i32,
  i64,
  ui8,
  ui32,
  i1,
  i8,
  bf16,
  f16
};

/// Bytes of one element in memory; an i1 takes one byte, 0 or 1.
int64_t byteSize(ElementType type);
/// "f32", as MLIR prints it.
std::string_view name(ElementType type);
Expected<ElementType> parseElementType(std::string_view name);

struct TensorType {
  ElementType element = ElementType::f32;
  std::vector<int64_t> shape;

  int64_t count() const;
  int64_t bytes() const { return count() * byteSize(element); }
  /// "tensor<2x3xf32>".
  std::string str() const;
  bool operator==(const TensorType &) const = default;
};

struct Argument {
  TensorType type;
  std::string name;
  /// The result that may be written over this argument, or -1.
  int64_t donatedTo = -1;
};

/// Where an operand lies: a byte offset in an argument, a result, the arena,
/// the constants, this trip's entry of a tape, or what the setup has prepared,
/// plus strides[d] for each trip of the enclosing loop at depth d (outermost
/// first). Tapes are counted over all enclosing loops, outermost first, as they
/// stand in `tapes`, without those of the role `count`.
struct Address {
  enum class Space : uint8_t {
    argument,
    result,
    arena,
    constant,
    tape,
    prepared
  };
  Space space = Space::arena;
  int64_t index = 0;
  int64_t offset = 0;
  std::vector<int64_t> strides;
};

/// What stands where a tape lies: how many entries it has, and the walker's
/// name for the memory that they lie in.
struct TapeHeader {
  int64_t entries = 0, name = 0;
};

/// What a loop does with a tape, which has an entry for each trip.
struct TapeUse {
  enum class Role : uint8_t {
    /// Afterwards the number of trips is written to the header; the entries lie
    /// in the arena, where kernels are told by strides.
    count,
    /// Trip i sees entry i of the tape that the header names.
    read,
    /// Makes a tape outside the arena, of an entry for each trip (of a `loop`
    /// in reverse the last first). Afterwards its header is written. What all
    /// such tapes take is at most the function's tapeBytes.
    append
  };
  Role role = Role::count;
  /// Of the header.
  Address at;
  /// Of one entry.
  int64_t bytes = 0;
};

struct Instruction {
  enum class Kind : uint8_t { launch, copy, check, loop, show, branch, repeat };
  Kind kind = Kind::launch;
  // launch: kernel, operands, tiles, work, joined. copy: operands {source,
  // target} and bytes. loop: trips, reverse, body, tapes, scoped, text; or
  // operands {count}: then the i64 there is the number of trips, at most
  // `trips`, if that is not -1. check: nothing. show: operands {source}, type,
  // text, summary. branch: operands {predicate}, body, otherwise. repeat:
  // operands {predicate}, condition, body, trips (the most there may be, or
  // -1), tapes, scoped, text (the user's place). Addresses in the bodies of
  // `loop` and `repeat` see the trip's number, and its entries of the tapes;
  // those in a condition do not.
  int64_t kernel = 0;
  std::vector<Address> operands;
  int64_t tiles = 1;
  /// Bytes moved plus flops: small launches stay on one thread.
  int64_t work = 0;
  /// It needs nothing that the launch before it, and those that that one is
  /// joined to, compute, and takes nothing from them: all may run together.
  bool joined = false;
  int64_t bytes = 0;
  int64_t trips = 0;
  bool reverse = false;
  std::vector<Instruction> body, condition, otherwise;
  std::vector<TapeUse> tapes;
  /// The tapes that a trip of a loop makes end with the trip.
  bool scoped = false;
  TensorType type;
  std::string text;
  /// Prints what the elements are like instead of the elements.
  bool summary = false;
};

struct Kernel {
  std::string name;
  /// CPU: byte offset of its code in the image.
  int64_t entry = 0;

  // GPU. A launch is a grid of one block a tile, of so many threads, each
  // with so many bytes of dynamic shared memory. The parameters: a pointer an
  // operand, then tile0, tile1 and a pointer to a GpuStatus.
  int64_t threads = 0;
  int64_t sharedBytes = 0;
  /// How far the kernel reaches into each operand.
  std::vector<int64_t> operandBytes = {};
  /// Blocks wait for each other, so all of a grid must run at the same time. A
  /// launch's tiles are the most blocks that have something to do; any smaller
  /// grid computes the same.
  bool cooperative = false;
};

/// What a fault of a check means.
struct Check {
  /// The user's op, e.g. "softmax_cross_entropy".
  std::string op;
  /// "file:line:column" of the user's call; may be empty.
  std::string location;
  /// Elements must lie in [0, limit); zeroDivisor: they must not be zero;
  /// notFinite: they must be neither infinite nor NaN.
  int64_t limit = 0;
  static constexpr int64_t zeroDivisor = -1, notFinite = -2;
};

struct Function {
  std::string name;
  std::vector<Argument> arguments;
  std::vector<TensorType> results;
  int64_t arenaBytes = 0;
  /// What tapes outside the arena may take in a run; 0 if there are none.
  int64_t tapeBytes = 0;
  /// What `setup` computes from arguments and constants alone; it outlives a
  /// run. 0 if there is no setup.
  int64_t preparedBytes = 0;
  /// Launches and copies, to be run before `code` unless an earlier run has
  /// prepared the same from the arguments that they read.
  std::vector<Instruction> setup;
  std::vector<Instruction> code;
};

struct Program {
  /// "cpu" or "cuda".
  std::string device = "cpu";
  /// The ISA features that the code uses, as LLVM names them ("avx512f").
  std::vector<std::string> features;
  /// Version and build id of the compiler that made it.
  std::string producer;
  std::vector<Kernel> kernels;
  std::vector<Check> checks;
  std::vector<Function> functions;
  /// Position-independent code, or PTX text.
  std::string image;
  /// Constants too large for a kernel's code, each 64-byte aligned.
  std::string constants;
};

/// The index of a function; an empty name means the only one. An error lists
/// the functions there are.
Expected<int64_t> findFunction(const Program &program, std::string_view name);

/// What a fault word says: success, or the error of the check that it names:
/// "[op] index at position 17 is outside [0, 10) (file:line:column)".
Status faultStatus(const Program &program, uint64_t fault);

/// How deep loops may nest, and how deep branches and loops with a condition.
inline constexpr size_t maxLoopDepth = 16, maxNesting = 64;

/// Checks every size, offset, index and address against the image, the
/// constants and the signature, so that a walk needs no further checks. How far
/// a kernel reads from an operand is the kernel's word.
Status validate(const Program &program);

/// One file: magic, checksum and sizes; a JSON manifest; image; constants.
/// Equal programs give equal bytes.
std::string serialize(const Program &program);

/// Whether the bytes begin as `serialize` begins them.
bool isProgram(std::string_view bytes);

/// Reads what `serialize` wrote, and validates it. Any bytes are safe to give.
Expected<Program> deserialize(std::string_view bytes);

} // namespace dlc::runtime

#endif // DLC_RUNTIME_ABI_PROGRAM_H
