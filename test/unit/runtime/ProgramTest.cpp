// A Program's file form: what is written is read back, and no bytes do harm.

#include "Support.h"

#include <random>
#include <xxhash.h>

namespace dlc::runtime::test {
namespace {

/// One of everything that a program can hold.
Program sampleProgram() {
  Program program;
  program.features = {"sse2"};
  program.producer = "dlc 0.1.0";
  program.image = std::string("\x90\x00\xc3", 3);
  program.constants = std::string(128, '\x07');
  program.kernels = {{"map", 0}, {"row", 2}};
  program.checks = {{"softmax_cross_entropy", "train.cpp:3:5", 10}};
  Function step;
  step.name = "step";
  step.arguments = {{i32({4, 2}), "fc1.weight", 0},
                    {{ElementType::ui8, {}}, "x", -1}};
  step.results = {i32({4, 2}), {ElementType::i1, {0, 3}}};
  step.arenaBytes = 256;
  step.preparedBytes = 64;
  step.setup = {launch(0, {argument(0), prepared(32)}, 1, 10)};
  step.code = {
      copy(constant(64), arena(), 64), check(),
      loop(3,
           {loop(2, {launch(1, {argument(0, 0, {8, 4}), arena(64)}, 5, 70)})},
           true),
      launch(0, {argument(0), result(0)}, 1, 100),
      joined(launch(1, {argument(1), arena()}, 2, 30))};
  program.functions = {step};
  return program;
}

/// Puts the right checksum over bytes that a test has changed.
std::string withChecksum(std::string bytes) {
  uint64_t hash = XXH3_64bits(bytes.data() + 16, bytes.size() - 16);
  std::memcpy(bytes.data() + 8, &hash, sizeof hash);
  return bytes;
}

/// A program file around any manifest.
std::string fileWithManifest(const std::string &manifest) {
  std::string bytes = serialize(Program()).substr(0, 40);
  uint64_t size = manifest.size();
  std::memcpy(bytes.data() + 16, &size, sizeof size);
  return withChecksum(bytes + manifest);
}

TEST(Program, RoundTripGivesTheSameBytes) {
  std::string bytes = serialize(sampleProgram());
  Expected<Program> program = deserialize(bytes);
  ASSERT_TRUE(program.ok()) << program.message();
  EXPECT_EQ(serialize(*program), bytes);
}

TEST(Program, RoundTripKeepsEveryField) {
  Program program = *deserialize(serialize(sampleProgram()));
  EXPECT_EQ(program.device, "cpu");
  EXPECT_EQ(program.features, std::vector<std::string>{"sse2"});
  EXPECT_EQ(program.image, std::string("\x90\x00\xc3", 3));
  EXPECT_EQ(program.constants.size(), 128u);
  EXPECT_EQ(program.kernels[1].entry, 2);
  EXPECT_EQ(program.checks[0].location, "train.cpp:3:5");
  const Function &step = program.functions[0];
  EXPECT_EQ(step.arguments[0].name, "fc1.weight");
  EXPECT_EQ(step.arguments[0].donatedTo, 0);
  EXPECT_EQ(step.results[1], (TensorType{ElementType::i1, {0, 3}}));
  EXPECT_EQ(step.preparedBytes, 64);
  ASSERT_EQ(step.setup.size(), 1u);
  EXPECT_EQ(step.setup[0].operands[1].space, Address::Space::prepared);
  EXPECT_EQ(step.setup[0].operands[1].offset, 32);
  const Instruction &outer = step.code[2];
  EXPECT_TRUE(outer.reverse);
  const Instruction &row = outer.body[0].body[0];
  EXPECT_EQ(row.operands[0].strides, (std::vector<int64_t>{8, 4}));
  EXPECT_EQ(row.tiles, 5);
  EXPECT_EQ(row.work, 70);
  EXPECT_FALSE(step.code[3].joined);
  EXPECT_TRUE(step.code[4].joined);
}

TEST(Program, RoundTripKeepsGpuKernels) {
  Program program;
  program.device = "cuda";
  program.image = ".version 7.0";
  program.kernels.push_back({"k", 0, 256, 4096, {16, 0}, true});
  program.kernels.push_back({"l", 0, 32, 0, {}});
  Expected<Program> read = deserialize(serialize(program));
  ASSERT_TRUE(read.ok()) << read.message();
  const Kernel &kernel = read->kernels[0];
  EXPECT_EQ(kernel.threads, 256);
  EXPECT_EQ(kernel.sharedBytes, 4096);
  EXPECT_EQ(kernel.operandBytes, (std::vector<int64_t>{16, 0}));
  EXPECT_TRUE(kernel.cooperative);
  EXPECT_FALSE(read->kernels[1].cooperative);
  EXPECT_EQ(read->image, program.image);
}

TEST(Program, TextThatIsNotUtf8IsReplaced) {
  Program program = sampleProgram();
  program.checks[0].location = "caf\xe9.cpp:1:1";
  Expected<Program> again = deserialize(serialize(program));
  ASSERT_TRUE(again.ok()) << again.message();
  EXPECT_EQ(again->checks[0].location, "caf\xef\xbf\xbd.cpp:1:1");
}

TEST(Program, EveryChangedByteIsFound) {
  const std::string good = serialize(sampleProgram());
  for (size_t at = 0; at < good.size(); ++at)
    for (int change : {1, 0x80, 0xff}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ change);
      EXPECT_FALSE(deserialize(bad).ok()) << "at byte " << at;
    }
}

TEST(Program, EveryTruncationIsFound) {
  const std::string good = serialize(sampleProgram());
  for (size_t size = 0; size < good.size(); ++size) {
    std::string bad = good.substr(0, size);
    EXPECT_FALSE(deserialize(bad).ok());
    EXPECT_FALSE(size >= 40 && deserialize(withChecksum(bad)).ok());
  }
  EXPECT_FALSE(deserialize(withChecksum(good + "x")).ok());
}

/// Behind a right checksum, the changes reach the manifest's reader and the
/// validation. A program that is accepted must stand serialising.
TEST(Program, NoChangedByteDoesHarm) {
  const std::string good = serialize(sampleProgram());
  std::mt19937 random(1);
  for (size_t at = 16; at < good.size(); ++at)
    for (size_t i = 0; i < std::size(oddBytes); ++i) {
      std::string bad = good;
      bad[at] = static_cast<char>(oddBytes[i]);
      if (i % 4 == 3) // Now and then change a second place, too.
        bad[16 + random() % (bad.size() - 16)] = static_cast<char>(random());
      Expected<Program> program = deserialize(withChecksum(bad));
      EXPECT_TRUE(!program || !serialize(*program).empty());
    }
}

TEST(Program, OddManifestsAreErrors) {
  const char *manifests[] = {
      "",
      "null",
      "[]",
      "{}",
      "7",
      "{\"device\": 3}",
      "\"\\ud800\"",
      "{\"device\":\"cpu\",\"features\":{},\"producer\":\"\",\"kernels\":[],"
      "\"checks\":[],\"functions\":[]}",
      "{\"device\":\"cpu\",\"features\":[],\"producer\":\"\",\"kernels\":[{"
      "\"name\":\"k\",\"entry\":18446744073709551615}],\"checks\":[],"
      "\"functions\":[]}",
      "{\"device\":\"cpu\",\"features\":[],\"producer\":\"\",\"kernels\":[{"
      "\"name\":\"k\",\"entry\":1.5}],\"checks\":[],\"functions\":[]}"};
  for (const char *manifest : manifests)
    EXPECT_FALSE(deserialize(fileWithManifest(manifest)).ok()) << manifest;
}

TEST(Program, DeepManifestsAreErrors) {
  std::string deep(200'000, '[');
  EXPECT_FALSE(deserialize(fileWithManifest(deep)).ok());
  EXPECT_FALSE(
      deserialize(fileWithManifest(deep + std::string(200'000, ']'))).ok());
}

TEST(Program, ErrorsSayWhatIsWrong) {
  std::string good = serialize(sampleProgram());
  EXPECT_EQ(messageOf(deserialize("ELF")), "not a dlc program");
  std::string newer = good;
  newer[7] = 9;
  EXPECT_EQ(messageOf(deserialize(newer)),
            "invalid program: its format has version 9, this runtime reads "
            "version 5");
  good.back() ^= 1;
  EXPECT_EQ(messageOf(deserialize(good)),
            "invalid program: its checksum does not match");
}

TEST(ElementType, NamesRoundTrip) {
  for (const char *text :
       {"f32", "f64", "bf16", "f16", "i8", "i32", "i64", "ui8", "ui32", "i1"})
    EXPECT_EQ(name(*parseElementType(text)), text);
  EXPECT_FALSE(parseElementType("f8").ok());
}

TEST(TensorType, CountsAndPrints) {
  TensorType type{ElementType::f64, {2, 3}};
  EXPECT_EQ(type.str(), "tensor<2x3xf64>");
  EXPECT_EQ(type.bytes(), 48);
  EXPECT_EQ((TensorType{ElementType::f32, {}}).bytes(), 4);
}

} // namespace
} // namespace dlc::runtime::test
