#include "Cases.h"
#include "Text.h"

#include "llvm/ADT/STLExtras.h"

using namespace dlc;
using llvm::StringRef;

static Case make(StringRef name, StringRef arguments, StringRef lines,
                 StringRef result) {
  return {name.str(), function(arguments, lines, result)};
}

static void addElementwise(std::vector<Case> &cases) {
  cases.push_back(
      make("clamp", "%l: tensor<5xf64>, %x: tensor<5xf64>, %h: tensor<5xf64>",
           "%r = dlc.clamp %l, %x, %h : tensor<5xf64>", "tensor<5xf64>"));
  cases.push_back(
      make("assert_finite", "%x: tensor<3xf64>",
           R"(%r = dlc.assert_finite %x {op = "log"} : tensor<3xf64>)",
           "tensor<3xf64>"));
  cases.push_back(make(
      "optimization_barrier", "%x: tensor<3xf64>, %y: tensor<3xf64>",
      R"(%a, %b = dlc.optimization_barrier %x, %y : tensor<3xf64>, tensor<3xf64>
                          %r = dlc.multiply %a, %b : tensor<3xf64>)",
      "tensor<3xf64>"));
  cases.push_back(make("negative_base_power", "%x: tensor<4xf64>", R"(
      %three = dlc.constant dense<[3.0, 2.0, 1.0, 0.0]> : tensor<4xf64>
      %two = dlc.constant dense<2.0> : tensor<4xf64>
      %n = dlc.subtract %x, %two : tensor<4xf64>
      %r = dlc.power %n, %three : tensor<4xf64>)",
                       "tensor<4xf64>"));
}

static void addIndexMaps(std::vector<Case> &cases) {
  cases.push_back(make("reverse", "%x: tensor<2x3xf64>",
                       "%r = dlc.reverse %x dims [1] : tensor<2x3xf64>",
                       "tensor<2x3xf64>"));
  cases.push_back(
      make("concatenate",
           "%x: tensor<2x3xf64>, %y: tensor<2x0xf64>, %z: tensor<2x1xf64>",
           "%r = dlc.concatenate %x, %y, %z dim 1 : (tensor<2x3xf64>, "
           "tensor<2x0xf64>, tensor<2x1xf64>) -> tensor<2x4xf64>",
           "tensor<2x4xf64>"));
  cases.push_back(make("pad_negative", "%x: tensor<4x5xf64>, %y: tensor<f64>",
                       "%r = dlc.pad %x with %y low [-1, 2] high [3, -4] "
                       "interior [0, 1] : tensor<4x5xf64>, tensor<f64> to "
                       "tensor<6x7xf64>",
                       "tensor<6x7xf64>"));
  cases.push_back(make(
      "dynamic_slice", "%x: tensor<4x5xf64>, %i: tensor<i32>, %j: tensor<i32>",
      "%r = dlc.dynamic_slice %x at(%i, %j) sizes [2, 4] : (tensor<4x5xf64>, "
      "tensor<i32>, tensor<i32>) -> tensor<2x4xf64>",
      "tensor<2x4xf64>"));
  cases.push_back(make("dynamic_update_slice",
                       "%x: tensor<4xf64>, %u: tensor<2xf64>, %i: tensor<i64>",
                       "%r = dlc.dynamic_update_slice %x, %u at(%i) : "
                       "(tensor<4xf64>, tensor<2xf64>, tensor<i64>) -> "
                       "tensor<4xf64>",
                       "tensor<4xf64>"));
}

static void addIndexing(std::vector<Case> &cases) {
  cases.push_back(make("gather", "%x: tensor<3x2xf64>, %i: tensor<5x1xi32>",
                       "%r = dlc.gather %x, %i batch_dims 0 index_dims [0] : "
                       "tensor<3x2xf64>, tensor<5x1xi32> to tensor<5x2xf64>",
                       "tensor<5x2xf64>"));
  // Indices outside are clamped.
  cases.push_back(
      make("gather_batched", "%x: tensor<2x2x3x2xf64>, %i: tensor<2x4x2xi32>",
           "%r = dlc.gather %x, %i batch_dims 1 index_dims [1, 3] : "
           "tensor<2x2x3x2xf64>, tensor<2x4x2xi32> to tensor<2x4x3xf64>",
           "tensor<2x4x3xf64>"));
  for (StringRef mode : {"add", "replace"}) {
    cases.push_back(
        make(("scatter_" + mode).str(),
             "%x: tensor<3x2xf64>, %i: tensor<5x1xi32>, %u: tensor<5x2xf64>",
             ("%r = dlc.scatter " + mode +
              " %x, %i, %u batch_dims 0 index_dims [0] : tensor<3x2xf64>, "
              "tensor<5x1xi32>, tensor<5x2xf64>")
                 .str(),
             "tensor<3x2xf64>"));
    // Updates outside are dropped.
    cases.push_back(make(
        ("scatter_" + mode + "_batched").str(),
        "%x: tensor<2x2x3xf64>, %i: tensor<2x4x1xi32>, %u: tensor<2x4x3xf64>",
        ("%r = dlc.scatter " + mode +
         " %x, %i, %u batch_dims 1 index_dims [1] : tensor<2x2x3xf64>, "
         "tensor<2x4x1xi32>, tensor<2x4x3xf64>")
            .str(),
        "tensor<2x2x3xf64>"));
  }
  cases.push_back(
      make("sort", "%x: tensor<3x4xf64>, %y: tensor<3x4xf64>",
           R"(%a, %b = dlc.sort %x, %y dim 0 : tensor<3x4xf64>, tensor<3x4xf64>
                          %r = dlc.multiply %a, %b : tensor<3x4xf64>)",
           "tensor<3x4xf64>"));
  cases.push_back(make("sort_descending", "%x: tensor<5xf64>",
                       "%r = dlc.sort %x dim 0 descending : tensor<5xf64>",
                       "tensor<5xf64>"));
  // Indices have a dimension more than what they point into.
  cases.push_back(make("sort_of_eight_dimensions",
                       "%x: tensor<1x2x1x1x3x1x1x2xf64>",
                       "%r = dlc.sort %x dim 4 : tensor<1x2x1x1x3x1x1x2xf64>",
                       "tensor<1x2x1x1x3x1x1x2xf64>"));
  cases.push_back(make("sort_with_places", "%x: tensor<2x5xf64>",
                       R"(%i = dlc.iota dim 1 : tensor<2x5xi32>
                          %r, %o = dlc.sort %x, %i dim 1 : tensor<2x5xf64>, tensor<2x5xi32>)",
                       "tensor<2x5xf64>"));
}

static void addWindows(std::vector<Case> &cases) {
  struct Window {
    const char *name, *x, *numbers, *result;
  };
  const Window windows[] = {
      {"plain", "4x6",
       "window [2, 3] strides [2, 3] dilations [1, 1] low [0, 0] high [0, 0]",
       "2x2"},
      {"overlapping", "5x4",
       "window [3, 2] strides [2, 1] dilations [1, 2] low [1, 0] high [1, 1]",
       "3x3"},
      {"cut", "6x5",
       "window [2, 2] strides [1, 2] dilations [1, 1] low [-1, 2] high [-2, 0]",
       "2x3"},
      {"remainder", "7",
       "window [2] strides [4] dilations [1] low [0] high [0]", "2"},
  };
  for (StringRef kind : {"add", "max", "min", "mul"})
    for (auto [name, x, numbers, result] : windows)
      cases.push_back(
          make(("window_" + kind + "_" + name).str(), "%x: " + tensor(x),
               ("%r = dlc.reduce_window " + kind + " %x " + numbers + " : " +
                tensor(x) + " to " + tensor(result))
                   .str(),
               // A window in the padding alone is infinite.
               tensor(result)));
  llvm::erase_if(cases, [](const Case &c) {
    return c.name == "window_max_cut" || c.name == "window_min_cut";
  });
  for (auto [name, x, numbers, result] : windows)
    cases.push_back(make("select_and_scatter_" + std::string(name),
                         "%x: " + tensor(x) + ", %s: " + tensor(result),
                         "%r = dlc.select_and_scatter %x, %s " +
                             std::string(numbers) + " : " + tensor(x) + ", " +
                             tensor(result),
                         tensor(x)));
}

static void addConvolutions(std::vector<Case> &cases) {
  struct Numbers {
    const char *name, *x, *w, *numbers, *result;
  };
  for (auto [name, x, w, numbers, result] : {
           Numbers{"plain", "2x3x4x3", "2x3x2x3",
                   "strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, "
                   "1] filter_dilation [1, 1] groups 1 batch_groups 1",
                   "2x2x3x1"},
           {"strided", "1x2x7x5", "3x2x3x2",
            "strides [2, 3] low [1, 2] high [0, 1] image_dilation [1, 1] "
            "filter_dilation [2, 1] groups 1 batch_groups 1",
            "1x3x2x3"},
           {"transposed", "1x2x3x2", "1x2x2x2",
            "strides [2, 1] low [1, 0] high [0, 2] image_dilation [3, 2] "
            "filter_dilation [1, 2] groups 1 batch_groups 1",
            "1x1x4x3"},
           {"cut", "1x1x6", "2x1x2",
            "strides [1] low [-1] high [-2] image_dilation [1] "
            "filter_dilation [1] groups 1 batch_groups 1",
            "1x2x2"},
           {"grouped", "2x4x4", "6x2x2",
            "strides [1] low [1] high [0] image_dilation [1] "
            "filter_dilation [1] groups 2 batch_groups 1",
            "2x6x4"},
           {"batch_grouped", "4x2x4", "6x2x2",
            "strides [2] low [1] high [0] image_dilation [1] "
            "filter_dilation [1] groups 1 batch_groups 2",
            "2x6x2"},
           {"channels_last", "2x4x3", "2x3x2",
            "strides [1] low [1] high [0] image_dilation [1] "
            "filter_dilation [1] groups 1 batch_groups 1 channels_last",
            "2x4x2"},
           {"grouped_channels_last", "2x5x4", "2x2x6",
            "strides [2] low [0] high [1] image_dilation [1] "
            "filter_dilation [1] groups 2 batch_groups 1 channels_last",
            "2x3x6"},
           {"batch_last", "3x4x5x2", "2x3x2x2",
            "strides [1, 2] low [1, 0] high [0, 1] image_dilation [2, 1] "
            "filter_dilation [1, 1] groups 1 batch_groups 1 batch_last",
            "2x7x3x2"},
           {"grouped_batch_last", "4x5x2", "6x2x2",
            "strides [2] low [0] high [1] image_dilation [1] "
            "filter_dilation [1] groups 2 batch_groups 1 batch_last",
            "6x3x2"},
           {"no_space", "2x3", "4x3",
            "strides [] low [] high [] image_dilation [] "
            "filter_dilation [] groups 1 batch_groups 1",
            "2x4"},
       })
    cases.push_back(make("convolution_" + std::string(name),
                         "%x: " + tensor(x) + ", %w: " + tensor(w),
                         "%r = dlc.convolution %x, %w " + std::string(numbers) +
                             " : " + tensor(x) + ", " + tensor(w) + " to " +
                             tensor(result),
                         tensor(result)));
}

std::vector<Case> dlc::primitives() {
  std::vector<Case> cases;
  addElementwise(cases);
  addIndexMaps(cases);
  addIndexing(cases);
  addWindows(cases);
  addConvolutions(cases);
  for (StringRef flags : {"", " reverse", " exclusive", " reverse exclusive"})
    cases.push_back(make(
        "cumulative_sum" + std::string(1, '_') + std::to_string(flags.size()),
        "%x: tensor<3x2xf64>",
        ("%r = dlc.cumulative_sum %x dim 0" + flags + " : tensor<3x2xf64>")
            .str(),
        "tensor<3x2xf64>"));
  return cases;
}
