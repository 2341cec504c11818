// What the parser refuses, and how it says so.

#include "Support.h"

using namespace dlc::ptxsim;
using namespace dlc::ptxsim::test;

namespace {

std::string problem(const std::string &body, const std::string &before = "") {
  Expected<std::unique_ptr<Module>> module = parsePtx(kernel(body, before));
  return module ? "" : module.message();
}

// The body's first line is line 20.
TEST(Parser, UnknownInstructionsAreNamed) {
  EXPECT_EQ(problem("  frobnicate.b32 %r1, %r2;"),
            "PTX line 20: unknown instruction 'frobnicate.b32'");
  EXPECT_EQ(problem("\n  add.rn.ftz.foo.f32 %f1, %f2, %f3;"),
            "PTX line 21: unknown instruction 'add.rn.ftz.foo.f32'");
  EXPECT_EQ(problem("  cvt.s32.f32 %r1, %f1;"),
            "PTX line 20: unknown instruction 'cvt.s32.f32'");
  EXPECT_EQ(problem("  wgmma.fence.sync.aligned;"),
            "PTX line 20: unknown instruction 'wgmma.fence.sync.aligned'");
}

TEST(Parser, OperandsAreChecked) {
  EXPECT_EQ(problem("  add.s32 %r1, %r2;"),
            "PTX line 20: 'add.s32' has 2 operands");
  EXPECT_EQ(problem("  add.s32 %r1, %r2, %r99;"),
            "PTX line 20: unknown register '%r99'");
  EXPECT_EQ(problem("  bra nowhere;"), "PTX line 20: unknown label 'nowhere'");
  EXPECT_EQ(problem("  ld.global.u32 %r1, %rd0;"),
            "PTX line 20: operand 2 of 'ld.global.u32' must be an address");
  EXPECT_EQ(problem("  add.s32 %r1, [%rd0], 1;"),
            "PTX line 20: 'add.s32' takes no address");
  EXPECT_EQ(problem("  add.s32 5, %r1, %r2;"),
            "PTX line 20: the first operand of 'add.s32' is no register");
  EXPECT_EQ(problem("  mov.u32 %r1, %tid.w;"),
            "PTX line 20: unknown register '%tid.w'");
  EXPECT_EQ(problem("  call.uni nobody, ();"),
            "PTX line 20: the function 'nobody' is not known");
  EXPECT_EQ(problem("a:\na:\n"), "PTX line 21: the label 'a' is defined twice");
  EXPECT_EQ(problem("  add.s32 %r1, %r2, 1"),
            "PTX line 21: expected ';', found 'ret'");
}

TEST(Parser, DirectivesAreChecked) {
  EXPECT_EQ(problem("", ".frob 3\n"), "PTX line 5: unknown directive '.frob'");
  EXPECT_EQ(problem("", ".shared .f128 x;\n"),
            "PTX line 5: expected a type, found '.f128'");
  EXPECT_EQ(problem("", ".global .b8 x[9999999999];\n"),
            "PTX line 5: 'x' is too large");
  EXPECT_EQ(problem("", ".global .u8 x[1] = {1, 2};\n"),
            "PTX line 5: 'x' has more initial values than elements");
  EXPECT_EQ(problem("", "/* open\n"), "PTX line 5: the comment does not end");
}

TEST(Parser, DebugInformationIsSkipped) {
  EXPECT_EQ(problem("  .loc 1 3 4, function_name $L__info_string0, "
                    "inlined_at 1 5 0\n  .pragma \"nounroll\";",
                    ".file 1 \"a.cpp\"\n.section .debug_abbrev\n{\n.b8 1\n"
                    ".b8 17\n}\n"),
            "");
}

TEST(Parser, AnyBytesAreSafe) {
  std::string text = kernel("  add.s32 %r1, %r2, 1;");
  for (size_t end = 0; end < text.size(); ++end) {
    Expected<std::unique_ptr<Module>> module = parsePtx(text.substr(0, end));
    if (!module) {
      EXPECT_NE(module.message().find("PTX line"), std::string::npos);
    }
  }
  for (size_t at = 0; at < text.size(); ++at)
    for (char c : {'{', '<', ';', '9', '"'}) {
      std::string changed = text;
      changed[at] = c;
      (void)parsePtx(changed);
    }
}

} // namespace
