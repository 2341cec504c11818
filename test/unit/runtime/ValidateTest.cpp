// One negative test for each thing that makes a Program invalid.

#include "Support.h"

namespace dlc::runtime::test {
namespace {

class Validate : public testing::Test {
protected:
  Validate() {
    program.image = "\xc3";
    program.constants = std::string(64, '\0');
    program.kernels = {{"k", 0}};
    Function step;
    step.name = "step";
    step.arguments = {{i32({8}), "x"}, {i32({8}), "y"}};
    step.results = {i32({8})};
    step.arenaBytes = 64;
    program.functions = {step};
  }

  Function &step() { return program.functions[0]; }
  std::string error() { return messageOf(validate(program)); }
  std::string errorWith(Instruction instruction) {
    step().code = {std::move(instruction)};
    return error();
  }

  Program program;
};

TEST_F(Validate, AcceptsWhatIsInBounds) {
  EXPECT_EQ(errorWith(launch(0, {argument(1, 32), result(0), arena(64)})), "");
  EXPECT_EQ(errorWith(copy(constant(32), result(0), 32)), "");
  EXPECT_EQ(errorWith(loop(8, {copy(argument(0, 0, {4}), arena(28, {-4}), 4)})),
            "");
  // A loop that never runs computes no address beyond its first.
  EXPECT_EQ(errorWith(loop(0, {copy(argument(0, 0, {4000}), arena(), 4)})), "");
}

TEST_F(Validate, Device) {
  program.device = "tpu";
  EXPECT_EQ(error(), "invalid program: unknown device 'tpu'");
}

TEST_F(Validate, KernelEntry) {
  for (int64_t entry : {-1, 1}) {
    program.kernels[0].entry = entry;
    EXPECT_EQ(error(), "invalid program: kernel 'k' lies outside the image");
  }
}

TEST_F(Validate, GpuKernels) {
  program.device = "cuda";
  EXPECT_EQ(error(), "invalid program: kernel 'k' has impossible blocks");
  Kernel &kernel = program.kernels[0];
  kernel.threads = 256;
  kernel.operandBytes = {32, 16};
  EXPECT_EQ(errorWith(launch(0, {argument(0), arena(48)})), "");
  EXPECT_EQ(errorWith(launch(0, {argument(0), arena(49)})),
            "invalid program: function 'step': an operand reaches outside its "
            "64 bytes");
  EXPECT_EQ(errorWith(launch(0, {argument(0)})),
            "invalid program: function 'step': a launch of 'k' has 1 operands, "
            "the kernel takes 2");
  EXPECT_EQ(errorWith(launch(0, {argument(0), arena()}, int64_t(1) << 32)),
            "invalid program: function 'step': a grid has 4294967296 blocks");
  kernel.sharedBytes = 1 << 20;
  EXPECT_EQ(error(), "invalid program: kernel 'k' has impossible blocks");
}

TEST_F(Validate, CheckLimit) {
  program.checks = {{"div", "", Check::zeroDivisor}};
  EXPECT_EQ(error(), "");
  program.checks = {{"log", "", Check::notFinite}};
  EXPECT_EQ(error(), "");
  program.checks = {{"gather", "", -3}};
  EXPECT_EQ(error(), "invalid program: a check of 'gather' has the limit -3");
}

TEST_F(Validate, FunctionNames) {
  program.functions.push_back(step());
  EXPECT_EQ(error(), "invalid program: two functions are named 'step'");
}

TEST_F(Validate, Shapes) {
  step().results[0].shape = {-1};
  EXPECT_TRUE(contains(error(), "impossible type tensor<-1xi32>")) << error();
  step().results[0].shape = {0, INT64_MAX, 2};
  EXPECT_TRUE(contains(error(), "impossible type")) << error();
  step().results[0].shape = {8};
  step().arguments[1].type.shape = {INT64_MAX / 2};
  EXPECT_TRUE(contains(error(), "argument 'y' has the impossible type"))
      << error();
}

TEST_F(Validate, Donation) {
  step().arguments[0].donatedTo = 1;
  EXPECT_TRUE(contains(error(), "'x' is donated to result 1 of 1"));
  step().arguments[0].donatedTo = -2;
  EXPECT_TRUE(contains(error(), "'x' is donated to result -2 of 1"));
  step().arguments[0].donatedTo = 0;
  EXPECT_EQ(error(), "");
  step().arguments[1].donatedTo = 0;
  EXPECT_TRUE(contains(error(), "as is another argument"));
  step().arguments[1].donatedTo = -1;
  step().arguments[0].type.shape = {2, 4};
  EXPECT_TRUE(contains(error(), "donated to a result of tensor<8xi32>"));
}

TEST_F(Validate, ArenaSize) {
  step().arenaBytes = -1;
  EXPECT_TRUE(contains(error(), "the arena has -1 bytes"));
}

TEST_F(Validate, JoinedLaunches) {
  auto errorOf = [&](std::vector<Instruction> code) {
    step().code = std::move(code);
    return error();
  };
  Instruction plain = launch(0, {argument(0)});
  EXPECT_EQ(errorOf({plain, joined(plain), joined(plain)}), "");
  for (std::vector<Instruction> code :
       {std::vector{joined(plain)},
        {copy(argument(0), result(0), 4), joined(plain)},
        {plain, check(), joined(plain)},
        {plain, joined(copy(argument(0), result(0), 4))},
        {plain, loop(2, {joined(plain)})}})
    EXPECT_TRUE(contains(errorOf(code), "joined to something else"));
}

TEST_F(Validate, Setups) {
  step().preparedBytes = -1;
  EXPECT_TRUE(contains(error(), "what is prepared has -1"));
  step().preparedBytes = 64;
  EXPECT_TRUE(contains(error(), "nothing prepares its 64 bytes"));
  auto errorWithSetup = [&](Instruction instruction) {
    step().setup = {std::move(instruction)};
    return error();
  };
  EXPECT_EQ(errorWithSetup(copy(argument(0), prepared(32), 32)), "");
  EXPECT_EQ(errorWith(launch(0, {prepared(64), result(0)})), "");
  EXPECT_TRUE(
      contains(errorWith(launch(0, {prepared(65)})), "reaches outside"));
  EXPECT_TRUE(contains(errorWith(launch(0, {at(Address::Space::prepared, 1)})),
                       "does not exist"));
  EXPECT_TRUE(contains(errorWith(copy(argument(0), prepared(), 32)),
                       "a copy writes to what is prepared"));
  step().code.clear();
  EXPECT_TRUE(contains(errorWithSetup(copy(argument(0), prepared(33), 32)),
                       "reaches outside"));
  for (const Instruction &each : {check(), loop(1, {})})
    EXPECT_TRUE(contains(errorWithSetup(each),
                         "a setup does more than launch and copy"));
  EXPECT_TRUE(contains(errorWithSetup(launch(0, {result(0), prepared()})),
                       "a setup uses a result"));
}

TEST_F(Validate, Launches) {
  for (int64_t kernel : {-1, 1})
    EXPECT_TRUE(contains(errorWith(launch(kernel, {})), "names kernel"));
  EXPECT_TRUE(contains(errorWith(launch(0, {}, -1)), "negative tiles"));
  EXPECT_TRUE(contains(errorWith(launch(0, {}, 1, -1)), "negative tiles"));
}

TEST_F(Validate, Places) {
  for (Address nowhere :
       {argument(2), argument(-1), result(1), result(-1),
        at(Address::Space::arena, 1), at(Address::Space::constant, 1)})
    EXPECT_TRUE(contains(errorWith(launch(0, {nowhere})), "does not exist"));
}

TEST_F(Validate, Offsets) {
  for (Address outside : {argument(0, 33), argument(0, -1), result(0, 33),
                          arena(65), constant(65), arena(INT64_MIN)})
    EXPECT_TRUE(contains(errorWith(launch(0, {outside})), "reaches outside"));
}

TEST_F(Validate, Copies) {
  EXPECT_TRUE(contains(errorWith(copy(arena(), result(0), 33)), "outside"));
  EXPECT_TRUE(
      contains(errorWith(copy(arena(32), result(0), INT64_MAX)), "outside"));
  EXPECT_TRUE(contains(errorWith(copy(arena(), result(0), -1)), "needs"));
  Instruction lonely = copy(arena(), result(0), 4);
  lonely.operands.pop_back();
  EXPECT_TRUE(contains(errorWith(lonely), "needs a source, a target"));
  for (Address target : {argument(0), constant()})
    EXPECT_TRUE(contains(errorWith(copy(arena(), target, 4)), "writes to"));
}

TEST_F(Validate, Strides) {
  EXPECT_TRUE(contains(errorWith(launch(0, {argument(0, 0, {4})})),
                       "more strides than loops"));
  for (std::vector<int64_t> strides :
       {std::vector<int64_t>{5}, {-1}, {INT64_MAX}, {INT64_MIN}})
    EXPECT_TRUE(
        contains(errorWith(loop(8, {launch(0, {argument(0, 0, strides)})})),
                 "reaches outside"));
  // Two loops, each in bounds alone.
  EXPECT_TRUE(contains(
      errorWith(loop(5, {loop(5, {launch(0, {argument(0, 0, {8, 4})})})})),
      "reaches outside"));
}

TEST_F(Validate, Loops) {
  EXPECT_TRUE(contains(errorWith(loop(-1, {})), "-1 trips"));
  Instruction nest = check();
  for (size_t depth = 0; depth < maxLoopDepth; ++depth)
    nest = loop(1, {nest});
  EXPECT_EQ(errorWith(nest), "");
  nest = loop(1, {nest});
  EXPECT_TRUE(contains(errorWith(nest), "nest deeper than 16"));
  EXPECT_FALSE(deserialize(serialize(program)).ok());
}

TEST_F(Validate, Tapes) {
  auto withTape = [](TapeUse use, std::vector<Instruction> body) {
    Instruction made = loop(2, std::move(body));
    made.tapes = {std::move(use)};
    return made;
  };
  using Role = TapeUse::Role;
  Address entry = at(Address::Space::tape, 0);
  TapeUse append{Role::append, arena(), 32};
  EXPECT_EQ(errorWith(withTape(append, {copy(argument(0), entry, 32)})), "");
  EXPECT_TRUE(
      contains(errorWith(withTape(append, {copy(argument(0), entry, 33)})),
               "reaches outside"));
  // Outside of the loop, or of a tape that lies in the arena, there is none.
  EXPECT_TRUE(contains(errorWith(copy(argument(0), entry, 4)), "not exist"));
  EXPECT_TRUE(contains(errorWith(withTape({Role::count, arena(), 32},
                                          {copy(argument(0), entry, 4)})),
                       "not exist"));
  EXPECT_TRUE(contains(errorWith(withTape({Role::append, arena(), -1}, {})),
                       "entries of -1 bytes"));
  EXPECT_TRUE(contains(errorWith(withTape({Role::append, arena(56), 4}, {})),
                       "reaches outside"));
  EXPECT_EQ(errorWith(withTape({Role::count, arena(56), 4}, {})), "");
  EXPECT_TRUE(contains(errorWith(withTape({Role::count, argument(0), 4}, {})),
                       "makes a tape in an argument"));
  step().tapeBytes = -1;
  EXPECT_TRUE(contains(error(), "tapes have -1"));
}

TEST_F(Validate, LoopsOverTapes) {
  Instruction walk = loop(-1, {});
  EXPECT_TRUE(contains(errorWith(walk), "-1 trips"));
  walk.operands = {arena()};
  EXPECT_EQ(errorWith(walk), "");
  walk.operands = {arena(56)};
  EXPECT_TRUE(contains(errorWith(walk), "reaches outside"));
  // No stride stays within anything for any number of trips.
  walk.operands = {arena()};
  walk.body = {launch(0, {argument(0, 0, {1})})};
  EXPECT_TRUE(contains(errorWith(walk), "reaches outside"));
  walk.trips = 8;
  EXPECT_EQ(errorWith(walk), "");
}

} // namespace
} // namespace dlc::runtime::test
