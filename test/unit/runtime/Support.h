// What the runtime's tests share: programs made by hand, files of their own.

#ifndef DLC_TEST_UNIT_RUNTIME_SUPPORT_H
#define DLC_TEST_UNIT_RUNTIME_SUPPORT_H

#include "abi/Program.h"
#include "cpu/Execution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace dlc::runtime::test {

/// Appends a kernel to the program: real code in the image, at its own entry,
/// that jumps to a function of the test (movabs rax, function; jmp rax).
inline int64_t addKernel(Program &program, std::string name,
                         KernelFunction function) {
  program.kernels.push_back({std::move(name), int64_t(program.image.size())});
  program.image += "\x48\xb8";
  program.image.append(reinterpret_cast<const char *>(&function),
                       sizeof function);
  program.image += "\xff\xe0";
  return int64_t(program.kernels.size()) - 1;
}

inline Address at(Address::Space space, int64_t index, int64_t offset = 0,
                  std::vector<int64_t> strides = {}) {
  return {space, index, offset, std::move(strides)};
}
inline Address argument(int64_t index, int64_t offset = 0,
                        std::vector<int64_t> strides = {}) {
  return at(Address::Space::argument, index, offset, std::move(strides));
}
inline Address result(int64_t index, int64_t offset = 0,
                      std::vector<int64_t> strides = {}) {
  return at(Address::Space::result, index, offset, std::move(strides));
}
inline Address arena(int64_t offset = 0, std::vector<int64_t> strides = {}) {
  return at(Address::Space::arena, 0, offset, std::move(strides));
}
inline Address constant(int64_t offset = 0) {
  return at(Address::Space::constant, 0, offset);
}

inline Address prepared(int64_t offset = 0) {
  return at(Address::Space::prepared, 0, offset);
}

/// Work that is worth any number of threads.
inline constexpr int64_t muchWork = int64_t(1) << 40;

inline Instruction launch(int64_t kernel, std::vector<Address> operands,
                          int64_t tiles = 1, int64_t work = 0) {
  Instruction instruction;
  instruction.kind = Instruction::Kind::launch;
  instruction.kernel = kernel;
  instruction.operands = std::move(operands);
  instruction.tiles = tiles;
  instruction.work = work;
  return instruction;
}
/// The launch, joined to the one before it.
inline Instruction joined(Instruction launch) {
  launch.joined = true;
  return launch;
}
inline Instruction copy(Address source, Address target, int64_t bytes) {
  Instruction instruction;
  instruction.kind = Instruction::Kind::copy;
  instruction.operands = {std::move(source), std::move(target)};
  instruction.bytes = bytes;
  return instruction;
}
inline Instruction check() {
  Instruction instruction;
  instruction.kind = Instruction::Kind::check;
  return instruction;
}
inline Instruction loop(int64_t trips, std::vector<Instruction> body,
                        bool reverse = false) {
  Instruction instruction;
  instruction.kind = Instruction::Kind::loop;
  instruction.trips = trips;
  instruction.reverse = reverse;
  instruction.body = std::move(body);
  return instruction;
}

inline TensorType i32(std::vector<int64_t> shape) {
  return {ElementType::i32, std::move(shape)};
}

/// An Execution of the program's first function.
inline std::unique_ptr<Execution> prepare(Program program) {
  auto executable = Executable::load(std::move(program));
  EXPECT_TRUE(executable.ok()) << executable.message();
  return std::make_unique<CpuExecution>(*executable, 0);
}

template <typename T = int32_t> BufferRef buffer(std::vector<T> values) {
  BufferRef made = *Buffer::allocate(values.size() * sizeof(T));
  std::copy(values.begin(), values.end(), made->as<T>());
  return made;
}
template <typename T = int32_t> std::vector<T> values(const BufferRef &buffer) {
  const T *data = buffer->as<T>();
  return {data, data + buffer->bytes() / sizeof(T)};
}

/// "" for success, else the error.
inline std::string messageOf(const Status &status) {
  return status.ok() ? "" : status.message();
}
template <typename T> std::string messageOf(const Expected<T> &value) {
  return value.ok() ? "" : value.message();
}

inline bool contains(const std::string &text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Bytes that formats give a meaning to, and some that none does.
inline constexpr unsigned char oddBytes[] = {
    0,   1,   '"', '\'', '-', '.', '0', '1', '9',  ',',  ':',
    '[', ']', '(', ')',  '{', '}', 'e', ' ', 0x7f, 0x80, 0xff};

/// Each test gets an empty folder, which goes with it.
class FileTest : public testing::Test {
protected:
  FileTest() {
    std::string pattern = testing::TempDir() + "/dlc-runtime-XXXXXX";
    folder = mkdtemp(pattern.data());
  }
  ~FileTest() override { std::filesystem::remove_all(folder); }

  std::string path(const std::string &name) const {
    return folder + "/" + name;
  }
  std::string write(const std::string &name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  static std::string read(const std::string &path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }

  std::string folder;
};

} // namespace dlc::runtime::test

#endif // DLC_TEST_UNIT_RUNTIME_SUPPORT_H
