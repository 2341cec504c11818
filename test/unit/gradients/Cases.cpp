#include "Cases.h"
#include "Text.h"

#include <tuple>

using namespace dlc;
using llvm::StringRef;

static std::string unary(StringRef op) {
  std::string type = tensor("2x3");
  return function("%x: " + type, ("%r = dlc." + op + " %x : " + type).str(),
                  type);
}

std::vector<Case> dlc::elementwise() {
  std::vector<Case> cases;
  for (StringRef op :
       {"negate",       "abs",      "exponential", "tanh",
        "logistic",     "relu",     "variable",    "exponential_minus_one",
        "sine",         "cosine",   "atan",        "erf",
        "erfc",         "softplus", "gelu",        "silu",
        "sign",         "floor",    "ceil",        "round_nearest_even",
        "stop_gradient"})
    cases.push_back({op.str(), unary(op)});
  for (StringRef op : {"log", "sqrt", "rsqrt", "log_plus_one"})
    cases.push_back({op.str(), unary(op), 0.5, 3.0});
  // Every op of two operands, with every way in which NumPy broadcasts.
  struct Pattern {
    const char *name, *shape, *dims;
  };
  for (StringRef op : {"add", "subtract", "multiply", "divide", "maximum",
                       "minimum", "power", "remainder", "prelu", "mse", "l1",
                       "huber", "kl_div", "sigmoid_binary_cross_entropy"})
    for (auto [name, shape, dims] :
         {Pattern{"same", "2x3", "0, 1"}, Pattern{"scalar", "", ""},
          Pattern{"row", "3", "1"}, Pattern{"column", "2x1", "0, 1"},
          Pattern{"one", "1x1", "0, 1"}, Pattern{"leading", "2", "0"}})
      for (bool left : {false, true}) {
        std::string type = tensor("2x3");
        std::string lines =
            "%b = dlc.broadcast_in_dim %y dims [" + std::string(dims) +
            "] : " + tensor(shape) + " to " + type + "\n%r = dlc." + op.str() +
            (left ? " %b, %x" : " %x, %b") +
            (op == "huber" ? " {delta = 0.7 : f64} : " : " : ") + type;
        cases.push_back(
            {op.str() + "_" + name + (left ? "_left" : ""),
             function("%x: " + type + ", %y: " + tensor(shape), lines, type),
             0.4, 2.0});
      }
  cases.push_back(
      {"select",
       function("%p: tensor<3xi32>, %x: tensor<3xf64>, %y: tensor<3xf64>",
                R"(%one = dlc.constant dense<1> : tensor<3xi32>
                               %c = dlc.compare EQ, %p, %one : tensor<3xi32>
                               %r = dlc.select %c, %x, %y : tensor<3xi1>, tensor<3xf64>)",
                "tensor<3xf64>")});
  cases.push_back(
      {"convert", line("3", "none",
                       R"(%a = dlc.convert %x : tensor<3xf64> to tensor<3xf32>
                                      %b = dlc.tanh %a : tensor<3xf32>
                                      %r = dlc.convert %b : tensor<3xf32> to tensor<3xf64>)",
                       "3")});
  cases.push_back({"used_twice", line("3", "none", R"(
      %a = dlc.multiply %x, %x : tensor<3xf64>
      %b = dlc.add %a, %x : tensor<3xf64>
      %r = dlc.multiply %b, %a : tensor<3xf64>)",
                                      "3")});
  return cases;
}

std::vector<Case> dlc::indexMaps() {
  return {
      {"reshape",
       line("2x3", "none",
            "%r = dlc.reshape %x : tensor<2x3xf64> to tensor<3x2xf64>", "3x2")},
      {"transpose", line("2x3x4", "none",
                         "%r = dlc.transpose %x perm [2, 0, 1] : "
                         "tensor<2x3x4xf64> to tensor<4x2x3xf64>",
                         "4x2x3")},
      {"slice", line("3x7", "none",
                     "%r = dlc.slice %x from [1, 0] to [3, 6] by [1, 3] : "
                     "tensor<3x7xf64> to tensor<2x2xf64>",
                     "2x2")},
      {"slice_nothing", line("3", "none",
                             "%r = dlc.slice %x from [2] to [2] by [1] : "
                             "tensor<3xf64> to tensor<0xf64>",
                             "0")},
      {"pad", line("2x2", "",
                   "%r = dlc.pad %x with %y low [1, 0] high [0, 2] interior "
                   "[2, 1] : tensor<2x2xf64>, tensor<f64> to tensor<5x5xf64>",
                   "5x5")},
      {"pad_nothing", line("0", "",
                           "%r = dlc.pad %x with %y low [1] high [1] interior "
                           "[3] : tensor<0xf64>, tensor<f64> to tensor<2xf64>",
                           "2")},
  };
}

std::vector<Case> dlc::reductions() {
  std::vector<Case> cases;
  struct Pattern {
    const char *dims, *result;
  };
  for (StringRef kind : {"add", "mul", "max", "min"})
    for (auto [name, dims, result] : {std::tuple{"rows", "2", "2x3"},
                                      {"columns", "0", "3x5"},
                                      {"middle", "1", "2x5"},
                                      {"outer", "0, 2", "3"},
                                      {"all", "0, 1, 2", ""}})
      cases.push_back({kind.str() + "_" + name,
                       line("2x3x5", "none",
                            ("%r = dlc.reduce " + kind + " %x dims [" + dims +
                             "] : tensor<2x3x5xf64> to " + tensor(result))
                                .str(),
                            result),
                       0.5, 1.5});
  // Zeros among the factors, where a product cannot be divided by one of them.
  cases.push_back({"mul_zeros",
                   line("4", "none", R"(
      %o = dlc.constant dense<[1.0, 2.0, 1.0, 3.0]> : tensor<4xf64>
      %a = dlc.subtract %x, %o : tensor<4xf64>
      %r = dlc.reduce mul %a dims [0] : tensor<4xf64> to tensor<f64>)",
                        ""),
                   1.0, 1.0});
  return cases;
}

std::vector<Case> dlc::contractions() {
  auto dot = [](StringRef name, StringRef x, StringRef y, StringRef numbers,
                StringRef result) {
    return Case{name.str(),
                line(x, y,
                     ("%r = dlc.dot_general %x, %y " + numbers + " : " +
                      tensor(x) + ", " + tensor(y) + " to " + tensor(result))
                         .str(),
                     result)};
  };
  return {
      dot("matmul", "2x3", "3x4", "batch [] x [] contract [1] x [0]", "2x4"),
      dot("transposed_right", "2x3", "4x3", "batch [] x [] contract [1] x [1]",
          "2x4"),
      dot("transposed_left", "3x2", "3x4", "batch [] x [] contract [0] x [0]",
          "2x4"),
      dot("inner", "3", "3", "batch [] x [] contract [0] x [0]", ""),
      dot("outer", "2", "3", "batch [] x [] contract [] x []", "2x3"),
      dot("matrix_vector", "2x3", "3", "batch [] x [] contract [1] x [0]", "2"),
      dot("batched", "2x3x4", "2x4x2", "batch [0] x [0] contract [2] x [1]",
          "2x3x2"),
      dot("batch_last", "3x4x2", "4x2x3", "batch [2] x [1] contract [1] x [0]",
          "2x3x3"),
      dot("two_contracted", "2x3x4", "4x5x3",
          "batch [] x [] contract [1, 2] x [2, 0]", "2x5"),
      dot("two_free", "2x3x4", "4x2x2", "batch [] x [] contract [2] x [0]",
          "2x3x2x2"),
      dot("two_batches", "2x3x2", "3x2x4",
          "batch [0, 1] x [1, 0] contract [] x []", "2x3x2x4"),
      dot("nothing_contracted", "2x0", "0x3",
          "batch [] x [] contract [1] x [0]", "2x3"),
  };
}

std::vector<Case> dlc::composites() {
  std::vector<Case> cases;
  for (StringRef op : {"softmax", "log_softmax"})
    for (StringRef dim : {"0", "1", "2"})
      cases.push_back(
          {(op + "_" + dim).str(),
           line("2x3x4", "none",
                ("%r = dlc." + op + " %x dim " + dim + " : tensor<2x3x4xf64>")
                    .str(),
                "2x3x4")});
  cases.push_back(
      {"softmax_cross_entropy",
       function("%x: tensor<4x3xf64>, %l: tensor<4xi32>",
                "%r = dlc.softmax_cross_entropy %x, %l : tensor<4x3xf64>, "
                "tensor<4xi32> to tensor<4xf64>",
                "tensor<4xf64>")});
  return cases;
}

std::vector<Case> dlc::networks() {
  return {
      {"mlp", function("%x: tensor<5x4xf64>, %w: tensor<4x6xf64>, %b: "
                       "tensor<6xf64>, %v: tensor<6x3xf64>, %l: tensor<5xi32>",
                       R"(
          %h = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<5x4xf64>, tensor<4x6xf64> to tensor<5x6xf64>
          %bb = dlc.broadcast_in_dim %b dims [1] : tensor<6xf64> to tensor<5x6xf64>
          %s = dlc.add %h, %bb : tensor<5x6xf64>
          %t = dlc.tanh %s : tensor<5x6xf64>
          %z = dlc.dot_general %t, %v batch [] x [] contract [1] x [0] : tensor<5x6xf64>, tensor<6x3xf64> to tensor<5x3xf64>
          %e = dlc.softmax_cross_entropy %z, %l : tensor<5x3xf64>, tensor<5xi32> to tensor<5xf64>
          %r = dlc.reduce add %e dims [0] : tensor<5xf64> to tensor<f64>)",
                       "tensor<f64>")},
      {"stopped", line("3", "none", R"(
          %a = dlc.tanh %x : tensor<3xf64>
          %z = dlc.subtract %a, %a : tensor<3xf64>
          %s = dlc.stop_gradient %z : tensor<3xf64>
          %r = dlc.add %a, %s : tensor<3xf64>)",
                       "3")},
  };
}

std::vector<Case> dlc::loops() {
  return {
      {"rnn",
       function("%h0: tensor<3xf64>, %xs: tensor<4x3xf64>, %w: tensor<3x3xf64>",
                R"(
          %last, %all = dlc.scan 4 init(%h0) over(%xs) with(%w) {
          ^bb0(%h: tensor<3xf64>, %x: tensor<3xf64>, %v: tensor<3x3xf64>):
            %a = dlc.dot_general %h, %v batch [] x [] contract [0] x [0] : tensor<3xf64>, tensor<3x3xf64> to tensor<3xf64>
            %s = dlc.add %a, %x : tensor<3xf64>
            %t = dlc.tanh %s : tensor<3xf64>
            dlc.yield %t, %a : tensor<3xf64>, tensor<3xf64>
          } : (tensor<3xf64>, tensor<4x3xf64>, tensor<3x3xf64>) -> (tensor<3xf64>, tensor<4x3xf64>)
          %sum = dlc.reduce add %all dims [0] : tensor<4x3xf64> to tensor<3xf64>
          %r = dlc.multiply %sum, %last : tensor<3xf64>)",
                "tensor<3xf64>")},
      {"reverse", function("%xs: tensor<4xf64>, %c: tensor<f64>", R"(
          %zero = dlc.constant dense<0.5> : tensor<f64>
          %last, %r = dlc.scan 4 reverse init(%zero) over(%xs) with(%c) {
          ^bb0(%acc: tensor<f64>, %x: tensor<f64>, %d: tensor<f64>):
            %p = dlc.multiply %acc, %x : tensor<f64>
            %n = dlc.add %p, %d : tensor<f64>
            dlc.yield %n, %p : tensor<f64>, tensor<f64>
          } : (tensor<f64>, tensor<4xf64>, tensor<f64>) -> (tensor<f64>, tensor<4xf64>))",
                           "tensor<4xf64>")},
      // Carries that feed one another, one of integers, one that never changes.
      {"carries",
       function("%a0: tensor<f64>, %b0: tensor<f64>, %k: tensor<f64>", R"(
          %n0 = dlc.constant dense<0> : tensor<i32>
          %a, %b, %n, %same = dlc.scan 5 init(%a0, %b0, %n0, %k) over() with() {
          ^bb0(%p: tensor<f64>, %q: tensor<f64>, %i: tensor<i32>, %c: tensor<f64>):
            %one = dlc.constant dense<1> : tensor<i32>
            %three = dlc.constant dense<3> : tensor<i32>
            %j = dlc.add %i, %one : tensor<i32>
            %late = dlc.compare GE, %i, %three : tensor<i32>
            %s = dlc.tanh %q : tensor<f64>
            %m = dlc.multiply %p, %c : tensor<f64>
            %t = dlc.select %late, %m, %q : tensor<i1>, tensor<f64>
            dlc.yield %s, %t, %j, %c : tensor<f64>, tensor<f64>, tensor<i32>, tensor<f64>
          } : (tensor<f64>, tensor<f64>, tensor<i32>, tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<i32>, tensor<f64>)
          %ab = dlc.multiply %a, %b : tensor<f64>
          %r = dlc.add %ab, %same : tensor<f64>)",
                "tensor<f64>")},
      {"no_trips", function("%a: tensor<2xf64>, %xs: tensor<0x2xf64>", R"(
          %r = dlc.scan 0 init(%a) over(%xs) with() {
          ^bb0(%p: tensor<2xf64>, %x: tensor<2xf64>):
            %s = dlc.multiply %p, %x : tensor<2xf64>
            dlc.yield %s : tensor<2xf64>
          } : (tensor<2xf64>, tensor<0x2xf64>) -> tensor<2xf64>)",
                            "tensor<2xf64>")},
      {"nested",
       function("%a: tensor<2xf64>, %xs: tensor<3x2xf64>, %w: tensor<2xf64>",
                R"(
          %r, %o = dlc.scan 3 init(%a) over(%xs) with(%w) {
          ^bb0(%h: tensor<2xf64>, %x: tensor<2xf64>, %c: tensor<2xf64>):
            %in, %stack = dlc.scan 2 init(%h) over(%c) with(%x) {
            ^bb0(%g: tensor<2xf64>, %y: tensor<f64>, %d: tensor<2xf64>):
              %yy = dlc.broadcast_in_dim %y dims [] : tensor<f64> to tensor<2xf64>
              %m = dlc.multiply %g, %yy : tensor<2xf64>
              %s = dlc.add %m, %d : tensor<2xf64>
              %t = dlc.tanh %s : tensor<2xf64>
              dlc.yield %t, %m : tensor<2xf64>, tensor<2xf64>
            } : (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x2xf64>)
            %f = dlc.reduce add %stack dims [0] : tensor<2x2xf64> to tensor<2xf64>
            %next = dlc.add %in, %f : tensor<2xf64>
            dlc.yield %next, %in : tensor<2xf64>, tensor<2xf64>
          } : (tensor<2xf64>, tensor<3x2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<3x2xf64>))",
                "tensor<2xf64>")},
      // Gradient descent: a request inside the body.
      {"grad_inside", function("%a: tensor<2xf64>, %w: tensor<2xf64>", R"(
          %r = dlc.scan 3 init(%a) over() with(%w) {
          ^bb0(%h: tensor<2xf64>, %c: tensor<2xf64>):
            %v = dlc.variable %h : tensor<2xf64>
            %m = dlc.multiply %v, %c : tensor<2xf64>
            %t = dlc.tanh %m : tensor<2xf64>
            %one = dlc.constant dense<1.0> : tensor<2xf64>
            %g = dlc.grad of(%t) seed(%one) wrt(%v) : (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
            %n = dlc.subtract %v, %g : tensor<2xf64>
            dlc.yield %n : tensor<2xf64>
          } : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>)",
                               "tensor<2xf64>")},
  };
}

std::vector<Case> dlc::naive() {
  std::vector<Case> cases;
  auto add = [&](StringRef name, StringRef lines) {
    std::string type = tensor("2x3");
    cases.push_back({name.str(), function("%x: " + type + ", %l: tensor<2xi32>",
                                          R"(
      %one = dlc.constant dense<1.0> : tensor<2x3xf64>
      %n = dlc.negate %x : tensor<2x3xf64>
      %e = dlc.exponential %x : tensor<2x3xf64>
      %ne = dlc.exponential %n : tensor<2x3xf64>
      %s = dlc.reduce add %e dims [1] : tensor<2x3xf64> to tensor<2xf64>
      %b = dlc.broadcast_in_dim %s dims [0] : tensor<2xf64> to tensor<2x3xf64>
      %p = dlc.divide %e, %b : tensor<2x3xf64>
      %t = dlc.one_hot %l : tensor<2xi32> to tensor<2x3xf64>
      %e1 = dlc.add %one, %e : tensor<2x3xf64>
      %ne1 = dlc.add %one, %ne : tensor<2x3xf64>
      %g = dlc.divide %one, %ne1 : tensor<2x3xf64>
      )" + lines.str(),
                                          type)});
  };
  add("softmax", "%r = dlc.multiply %p, %x : tensor<2x3xf64>");
  add("log_softmax", "%r = dlc.log %p : tensor<2x3xf64>");
  add("log_softmax_difference", R"(%a = dlc.log %s : tensor<2xf64>
      %c = dlc.broadcast_in_dim %a dims [0] : tensor<2xf64> to tensor<2x3xf64>
      %r = dlc.subtract %x, %c : tensor<2x3xf64>)");
  add("cross_entropy", R"(%a = dlc.log %p : tensor<2x3xf64>
      %r = dlc.multiply %t, %a : tensor<2x3xf64>)");
  add("picked_probability", R"(%a = dlc.multiply %p, %t : tensor<2x3xf64>
      %c = dlc.reduce add %a dims [1] : tensor<2x3xf64> to tensor<2xf64>
      %d = dlc.log %c : tensor<2xf64>
      %r = dlc.broadcast_in_dim %d dims [0] : tensor<2xf64> to tensor<2x3xf64>)");
  add("log_sum_exp", R"(%a = dlc.log %s : tensor<2xf64>
      %r = dlc.broadcast_in_dim %a dims [0] : tensor<2xf64> to tensor<2x3xf64>)");
  add("softmax_shifted", R"(
      %m = dlc.reduce max %x dims [1] : tensor<2x3xf64> to tensor<2xf64>
      %mb = dlc.broadcast_in_dim %m dims [0] : tensor<2xf64> to tensor<2x3xf64>
      %d = dlc.subtract %x, %mb : tensor<2x3xf64>
      %de = dlc.exponential %d : tensor<2x3xf64>
      %ds = dlc.reduce add %de dims [1] : tensor<2x3xf64> to tensor<2xf64>
      %db = dlc.broadcast_in_dim %ds dims [0] : tensor<2xf64> to tensor<2x3xf64>
      %r = dlc.divide %de, %db : tensor<2x3xf64>)");
  add("logistic", "%r = dlc.multiply %g, %x : tensor<2x3xf64>");
  add("log_logistic", "%r = dlc.log %g : tensor<2x3xf64>");
  add("log_one_minus_logistic", R"(%a = dlc.subtract %one, %g : tensor<2x3xf64>
      %r = dlc.log %a : tensor<2x3xf64>)");
  add("softplus", "%r = dlc.log %e1 : tensor<2x3xf64>");
  add("tanh", R"(%a = dlc.subtract %e, %ne : tensor<2x3xf64>
      %c = dlc.add %e, %ne : tensor<2x3xf64>
      %r = dlc.divide %a, %c : tensor<2x3xf64>)");
  add("log_exp", "%r = dlc.log %e : tensor<2x3xf64>");
  return cases;
}
