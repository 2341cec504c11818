// What print prints, and its instruction in a Program.

#include "cpu/Show.h"
#include "Support.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>

namespace dlc::runtime::test {
namespace {

template <typename T>
std::string shown(ElementType element, std::vector<T> values,
                  bool summary = false) {
  TensorType type{element, {static_cast<int64_t>(values.size())}};
  return show("x", type, values.data(), summary);
}

TEST(Show, ElementsOfEveryType) {
  EXPECT_EQ(shown<float>(ElementType::f32, {0.1f, -0.0f, INFINITY}),
            "x: tensor<3xf32> [0.1, -0, inf]\n");
  EXPECT_EQ(shown<double>(ElementType::f64, {0.1}), "x: tensor<1xf64> [0.1]\n");
  EXPECT_EQ(shown<uint16_t>(ElementType::bf16, {0x3fc0, 0xff80}),
            "x: tensor<2xbf16> [1.5, -inf]\n");
  EXPECT_EQ(shown<uint16_t>(ElementType::f16, {0x3c00, 0xbe00, 0x0001, 0x7c00}),
            "x: tensor<4xf16> [1, -1.5, 5.9604645e-08, inf]\n");
  EXPECT_EQ(shown<int8_t>(ElementType::i8, {-128, 127}),
            "x: tensor<2xi8> [-128, 127]\n");
  EXPECT_EQ(shown<uint8_t>(ElementType::ui8, {255}),
            "x: tensor<1xui8> [255]\n");
  EXPECT_EQ(shown<uint8_t>(ElementType::i1, {1, 0}),
            "x: tensor<2xi1> [1, 0]\n");
  EXPECT_EQ(shown<int32_t>(ElementType::i32, {-5}), "x: tensor<1xi32> [-5]\n");
  EXPECT_EQ(shown<uint32_t>(ElementType::ui32, {4294967295u}),
            "x: tensor<1xui32> [4294967295]\n");
  EXPECT_EQ(
      shown<int64_t>(ElementType::i64, {std::numeric_limits<int64_t>::min()}),
      "x: tensor<1xi64> [-9223372036854775808]\n");
}

TEST(Show, ManyElementsAreCut) {
  std::vector<int32_t> values(17);
  for (int i = 0; i < 17; ++i)
    values[i] = i;
  EXPECT_EQ(shown(ElementType::i32, values),
            "x: tensor<17xi32> [0, 1, 2, ..., 14, 15, 16]\n");
  EXPECT_EQ(shown<int32_t>(ElementType::i32, {}), "x: tensor<0xi32> []\n");
}

TEST(Show, SummaryLeavesOutWhatIsNotFinite) {
  EXPECT_EQ(shown<float>(ElementType::f32, {1, 2, 6, NAN, INFINITY}, true),
            "x: tensor<5xf32> min 1, max 6, mean 3, not finite 2\n");
  EXPECT_EQ(shown<float>(ElementType::f32, {NAN}, true),
            "x: tensor<1xf32> not finite 1\n");
}

Program printing(Address source) {
  Instruction print;
  print.kind = Instruction::Kind::show;
  print.operands = {std::move(source)};
  print.type = i32({2});
  print.text = "n";
  print.summary = true;
  Program program;
  Function &function = program.functions.emplace_back();
  function.name = "f";
  function.arenaBytes = 8;
  function.code = {print};
  return program;
}

TEST(Show, SurvivesSerialisation) {
  Expected<Program> again = deserialize(serialize(printing({})));
  ASSERT_TRUE(again.ok()) << again.message();
  const Instruction &print = again->functions[0].code[0];
  EXPECT_EQ(print.type, i32({2}));
  EXPECT_EQ(print.text, "n");
  EXPECT_TRUE(print.summary);
}

TEST(Show, ReadsNothingOutsideTheArena) {
  EXPECT_TRUE(validate(printing({})).ok());
  Status status = validate(printing({Address::Space::arena, 0, 4, {}}));
  EXPECT_NE(status.message().find("reaches outside its 8 bytes"),
            std::string::npos);
  Program many = printing({});
  many.functions[0].code[0].operands.clear();
  EXPECT_FALSE(validate(many).ok());
}

} // namespace
} // namespace dlc::runtime::test
