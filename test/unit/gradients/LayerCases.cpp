#include "Cases.h"
#include "Text.h"

using namespace dlc;
using llvm::StringRef;

static Case make(StringRef name, StringRef arguments, StringRef lines,
                 StringRef result) {
  return {name.str(), function(arguments, lines, result)};
}

static void addPointwise(std::vector<Case> &cases) {
  auto unary = [&](StringRef name, StringRef op) {
    cases.push_back(make(name, "%x: tensor<2x3xf64>",
                         ("%r = dlc." + op + " : tensor<2x3xf64>").str(),
                         "tensor<2x3xf64>"));
  };
  unary("leaky_relu", "leaky_relu %x {slope = 0.1 : f64}");
  unary("elu", "elu %x {alpha = 1.3 : f64}");
  unary("gelu_tanh", "gelu %x {tanh}");
  unary("hard_sigmoid", "hard_sigmoid %x");
  cases.push_back(make("dropout", "%x: tensor<20xf64>", R"(
      %s = dlc.constant dense<[3, 5]> : tensor<2xi64>
      %r = dlc.dropout %x, %s rate 0.4 : tensor<20xf64>, tensor<2xi64>)",
                       "tensor<20xf64>"));
  cases.push_back(make("fake_quant", "%x: tensor<4xf64>", R"(
      %s = dlc.constant dense<0.5> : tensor<f64>
      %z = dlc.constant dense<0.0> : tensor<f64>
      %r = dlc.fake_quant %x, %s, %z low -2 high 2 : tensor<4xf64>, tensor<f64>)",
                       "tensor<4xf64>"));
  cases.back().straightThrough = true;
  cases.push_back(make("uniform_dequantize", "%s: tensor<f64>", R"(
      %q = dlc.constant dense<[3, -5]> : tensor<2xi8>
      %z = dlc.constant dense<1> : tensor<i8>
      %r = dlc.uniform_dequantize %q, %s, %z : tensor<2xi8>, tensor<f64>, tensor<i8> to tensor<2xf64>)",
                       "tensor<2xf64>"));
}

static void addStatistics(std::vector<Case> &cases) {
  auto over = [&](StringRef name, StringRef op, StringRef attributes) {
    cases.push_back(make(name, "%x: tensor<2x3x2xf64>",
                         ("%r = dlc." + op + " %x dims [0, 2] " + attributes +
                          " : tensor<2x3x2xf64> to tensor<3xf64>")
                             .str(),
                         "tensor<3xf64>"));
  };
  over("mean", "mean", "");
  over("variance", "variance", "{correction = 1 : i64}");
  for (StringRef order : {"0.0", "1.0", "2.0", "3.0", "1.5"})
    over(("norm_" + order.substr(0, 1) + order.substr(2)).str(), "norm",
         ("{order = " + order + " : f64}").str());
  over("norm_inf", "norm", "{order = 0x7FF0000000000000 : f64}");
  cases.push_back(
      make("log_sum_exp", "%x: tensor<2x3xf64>",
           "%r = dlc.log_sum_exp %x dim 0 : tensor<2x3xf64> to tensor<3xf64>",
           "tensor<3xf64>"));
  cases.push_back(make("top_k", "%x: tensor<3x5xf64>",
                       "%r, %i = dlc.top_k %x k 2 : tensor<3x5xf64> to "
                       "tensor<3x2xf64>, tensor<3x2xi32>",
                       "tensor<3x2xf64>"));
  cases.push_back(make(
      "einsum", "%a: tensor<2x3x2xf64>, %b: tensor<3x4xf64>, %c: tensor<4xf64>",
      R"(%r = dlc.einsum "iji,jk,k->ik"(%a, %b, %c) : (tensor<2x3x2xf64>, tensor<3x4xf64>, tensor<4xf64>) -> tensor<2x4xf64>)",
      "tensor<2x4xf64>"));
}

static void addLosses(std::vector<Case> &cases) {
  const StringRef types = " : tensor<4x3xf64>, tensor<4xi32> to tensor<4xf64>";
  const StringRef arguments = "%x: tensor<4x3xf64>, %l: tensor<4xi32>";
  cases.push_back(
      make("nll", arguments,
           ("%r = dlc.nll %x, %l {ignore_index = 1 : i64}" + types).str(),
           "tensor<4xf64>"));
  cases.push_back(make("cross_entropy_smooth", arguments,
                       ("%r = dlc.softmax_cross_entropy %x, %l {ignore_index "
                        "= 1 : i64, smoothing = 0.1 : f64}" +
                        types)
                           .str(),
                       "tensor<4xf64>"));
  cases.push_back(make(
      "cross_entropy_probabilities", "%x: tensor<4x3xf64>, %t: tensor<4x3xf64>",
      "%r = dlc.softmax_cross_entropy %x, %t {smoothing = 0.2 : f64} : "
      "tensor<4x3xf64>, tensor<4x3xf64> to tensor<4xf64>",
      "tensor<4xf64>"));
}

static void addNormalizations(std::vector<Case> &cases) {
  cases.push_back(
      make("layer_norm",
           "%x: tensor<3x2x4xf64>, %s: tensor<2x4xf64>, %b: tensor<2x4xf64>",
           "%r = dlc.layer_norm %x, %s, %b epsilon 0.1 : tensor<3x2x4xf64>, "
           "tensor<2x4xf64>",
           "tensor<3x2x4xf64>"));
  cases.push_back(
      make("rms_norm", "%x: tensor<3x4xf64>, %s: tensor<4xf64>",
           "%r = dlc.rms_norm %x, %s epsilon 0.1 : tensor<3x4xf64>, "
           "tensor<4xf64>",
           "tensor<3x4xf64>"));
  const StringRef affine =
      "%x: tensor<2x4x3xf64>, %s: tensor<4xf64>, %b: tensor<4xf64>";
  cases.push_back(make("batch_norm_training", affine, R"(
      %y, %m, %v = dlc.batch_norm_training %x, %s, %b feature 1 epsilon 0.1 : tensor<2x4x3xf64>, tensor<4xf64>
      %mv = dlc.multiply %m, %v : tensor<4xf64>
      %w = dlc.broadcast_in_dim %mv dims [1] : tensor<4xf64> to tensor<2x4x3xf64>
      %r = dlc.multiply %y, %w : tensor<2x4x3xf64>)",
                       "tensor<2x4x3xf64>"));
  cases.push_back(make(
      "batch_norm_statistics", affine,
      "%y, %m, %r = dlc.batch_norm_training %x, %s, %b feature 1 epsilon 0.1 "
      ": tensor<2x4x3xf64>, tensor<4xf64>",
      "tensor<4xf64>"));
  cases.push_back(make("group_norm", affine,
                       "%r = dlc.group_norm %x, %s, %b groups 2 epsilon 0.1 : "
                       "tensor<2x4x3xf64>, tensor<4xf64>",
                       "tensor<2x4x3xf64>"));
  cases.push_back(make("instance_norm", affine,
                       "%r = dlc.instance_norm %x, %s, %b epsilon 0.1 : "
                       "tensor<2x4x3xf64>, tensor<4xf64>",
                       "tensor<2x4x3xf64>"));
  cases.push_back(make(
      "batch_norm_inference",
      "%x: tensor<2x3xf64>, %s: tensor<3xf64>, %b: tensor<3xf64>, %m: "
      "tensor<3xf64>, %v: tensor<3xf64>",
      "%r = dlc.batch_norm_inference %x, %s, %b, %m, %v feature 1 epsilon 0.1 "
      ": tensor<2x3xf64>, tensor<3xf64>",
      "tensor<2x3xf64>"));
  cases.back().low = 0.5;
}

static void addLayers(std::vector<Case> &cases) {
  cases.push_back(make("embedding", "%t: tensor<3x2xf64>, %i: tensor<2x2xi32>",
                       "%r = dlc.embedding %t, %i : tensor<3x2xf64>, "
                       "tensor<2x2xi32> to tensor<2x2x2xf64>",
                       "tensor<2x2x2xf64>"));
  for (StringRef pool : {"max_pool", "avg_pool"})
    cases.push_back(
        make(pool, "%x: tensor<1x2x5x4xf64>",
             ("%r = dlc." + pool +
              " %x window [3, 2] strides [2, 2] low [1, 0] high [1, 0] : "
              "tensor<1x2x5x4xf64> to tensor<1x2x3x2xf64>")
                 .str(),
             "tensor<1x2x3x2xf64>"));
  cases.push_back(make(
      "global_avg_pool", "%x: tensor<2x3x2x2xf64>",
      "%r = dlc.global_avg_pool %x : tensor<2x3x2x2xf64> to tensor<2x3xf64>",
      "tensor<2x3xf64>"));
  cases.push_back(
      make("conv_transpose", "%x: tensor<1x4x3xf64>, %w: tensor<4x1x3xf64>",
           "%r = dlc.conv_transpose %x, %w strides [2] padding [1] "
           "output_padding [1] dilation [1] groups 2 : tensor<1x4x3xf64>, "
           "tensor<4x1x3xf64> to tensor<1x2x6xf64>",
           "tensor<1x2x6xf64>"));
  cases.push_back(
      make("rnn_cell",
           "%x: tensor<2x3xf64>, %h: tensor<2x2xf64>, %w: tensor<2x3xf64>, %u: "
           "tensor<2x2xf64>, %b: tensor<2xf64>",
           "%r = dlc.rnn_cell %x, %h, %w, %u, %b : tensor<2x3xf64>, "
           "tensor<2x2xf64>, tensor<2x3xf64>, tensor<2x2xf64>, tensor<2xf64>",
           "tensor<2x2xf64>"));
  cases.push_back(
      make("gru_cell",
           "%x: tensor<2x3xf64>, %h: tensor<2x2xf64>, %w: tensor<6x3xf64>, %u: "
           "tensor<6x2xf64>, %b: tensor<6xf64>, %c: tensor<2xf64>",
           "%r = dlc.gru_cell %x, %h, %w, %u, %b, %c : tensor<2x3xf64>, "
           "tensor<2x2xf64>, tensor<6x3xf64>, tensor<6x2xf64>, tensor<6xf64>, "
           "tensor<2xf64>",
           "tensor<2x2xf64>"));
  cases.push_back(make(
      "lstm_cell",
      "%x: tensor<1x2xf64>, %h: tensor<1x2xf64>, %c: tensor<1x2xf64>, %w: "
      "tensor<8x2xf64>, %u: tensor<8x2xf64>, %b: tensor<8xf64>",
      R"(%p, %q = dlc.lstm_cell %x, %h, %c, %w, %u, %b : tensor<1x2xf64>, tensor<1x2xf64>, tensor<8x2xf64>, tensor<8x2xf64>, tensor<8xf64>
         %r = dlc.multiply %p, %q : tensor<1x2xf64>)",
      "tensor<1x2xf64>"));
}

static void addAttention(std::vector<Case> &cases) {
  const std::string qkv = "%q: tensor<2x3x2xf64>, %k: tensor<2x4x2xf64>, "
                          "%v: tensor<2x4x3xf64>";
  const std::string types = "(tensor<2x3x2xf64>, tensor<2x4x2xf64>, "
                            "tensor<2x4x3xf64>";
  const std::string results = ") -> (tensor<2x3x3xf64>, tensor<2x3xf64>)";
  const std::string both = R"(
      %w = dlc.broadcast_in_dim %l dims [0, 1] : tensor<2x3xf64> to tensor<2x3x3xf64>
      %r = dlc.multiply %o, %w : tensor<2x3x3xf64>)";
  for (std::string causal : {"", " causal"})
    cases.push_back(make("attention" + std::string(causal.empty() ? "" : "_") +
                             StringRef(causal).trim().str(),
                         qkv,
                         "%o, %l = dlc.scaled_dot_product_attention %q, %k, %v "
                         "scale 0.7" +
                             causal + " : " + types + results + both,
                         "tensor<2x3x3xf64>"));
  cases.push_back(make(
      "attention_masked", qkv + ", %n: tensor<2x3x4xi32>",
      "%zero = dlc.constant dense<0> : tensor<2x3x4xi32>\n"
      "%m = dlc.compare NE, %n, %zero : tensor<2x3x4xi32>\n"
      "%r, %l = dlc.scaled_dot_product_attention %q, %k, %v mask %m scale 0.7 "
      ": " +
          types + ", tensor<2x3x4xi1>" + results,
      "tensor<2x3x3xf64>"));
  cases.push_back(
      make("additive_attention", qkv + ", %w: tensor<2xf64>",
           "%r, %a = dlc.additive_attention %q, %k, %v, %w : " + types +
               ", tensor<2xf64>) -> (tensor<2x3x3xf64>, "
               "tensor<2x3x4xf64>)",
           "tensor<2x3x3xf64>"));
}

std::vector<Case> dlc::layers() {
  std::vector<Case> cases;
  addPointwise(cases);
  addStatistics(cases);
  addLosses(cases);
  addNormalizations(cases);
  addLayers(cases);
  addAttention(cases);
  return cases;
}
