#include "Cases.h"
#include "Text.h"

using namespace dlc;

/// Doubles %h until its square exceeds 40, with an unknown number of trips.
static const char *const whileLoop = R"(
      %limit = dlc.constant dense<40.0> : tensor<f64>
      %n0 = dlc.constant dense<0> : tensor<i32>
      %last, %n = dlc.while max 9 init(%h, %n0) with(%w, %limit) {
      ^bb0(%c: tensor<3xf64>, %i: tensor<i32>, %v: tensor<3xf64>, %l: tensor<f64>):
        %q = dlc.multiply %c, %c : tensor<3xf64>
        %s = dlc.reduce add %q dims [0] : tensor<3xf64> to tensor<f64>
        %p = dlc.compare LT, %s, %l : tensor<f64>
        dlc.yield %p : tensor<i1>
      } do {
      ^bb0(%c: tensor<3xf64>, %i: tensor<i32>, %v: tensor<3xf64>, %l: tensor<f64>):
        %one = dlc.constant dense<1> : tensor<i32>
        %j = dlc.add %i, %one : tensor<i32>
        %f = dlc.convert %j : tensor<i32> to tensor<f64>
        %b = dlc.broadcast_in_dim %f dims [] : tensor<f64> to tensor<3xf64>
        %m = dlc.multiply %c, %v : tensor<3xf64>
        %t = dlc.tanh %m : tensor<3xf64>
        %u = dlc.multiply %t, %b : tensor<3xf64>
        %d = dlc.add %c, %u : tensor<3xf64>
        dlc.yield %d, %j : tensor<3xf64>, tensor<i32>
      } : (tensor<3xf64>, tensor<i32>, tensor<3xf64>, tensor<f64>) -> (tensor<3xf64>, tensor<i32>)
)";

static const char *const branch = R"(
      %zero = dlc.constant dense<1> : tensor<i32>
      %p = dlc.compare LT, %k, %zero : tensor<i32>
      %r = dlc.if %p(%x, %y) {
      ^bb0(%a: tensor<3xf64>, %b: tensor<3xf64>):
        %d = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<3xf64>, tensor<3xf64> to tensor<f64>
        %s = dlc.tanh %d : tensor<f64>
        %e = dlc.broadcast_in_dim %s dims [] : tensor<f64> to tensor<3xf64>
        dlc.yield %e : tensor<3xf64>
      } else {
      ^bb0(%a: tensor<3xf64>, %b: tensor<3xf64>):
        %m = dlc.reduce max %a dims [0] : tensor<3xf64> to tensor<f64>
        %q = dlc.multiply %m, %m : tensor<f64>
        %e = dlc.broadcast_in_dim %q dims [] : tensor<f64> to tensor<3xf64>
        dlc.yield %e : tensor<3xf64>
      } : (tensor<i1>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>)";

/// The same with tapes that grow.
static std::string unbounded(std::string text) {
  for (size_t at; (at = text.find(" max 9")) != std::string::npos;)
    text.erase(at, 6);
  return text;
}

/// The loop in one branch; the other one knows no loop.
static std::string whileInBranch(const char *taken) {
  return "%k = dlc.constant dense<" + std::string(taken) + R"(> : tensor<i1>
      %r = dlc.if %k(%x, %y) {
      ^bb0(%h: tensor<3xf64>, %w: tensor<3xf64>):
)" + unbounded(whileLoop) +
         R"(
        dlc.yield %last : tensor<3xf64>
      } else {
      ^bb0(%h: tensor<3xf64>, %w: tensor<3xf64>):
        %m = dlc.multiply %h, %w : tensor<3xf64>
        %e = dlc.sine %m : tensor<3xf64>
        dlc.yield %e : tensor<3xf64>
      } : (tensor<i1>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>)";
}

/// A loop of two trips around the loop, which runs on from where it stopped.
static const char *const whileInWhile = R"(
      %two = dlc.constant dense<2> : tensor<i32>
      %start = dlc.constant dense<0> : tensor<i32>
      %r, %trips = dlc.while max 9 init(%x, %start) with(%y, %two) {
      ^bb0(%h: tensor<3xf64>, %i: tensor<i32>, %w: tensor<3xf64>, %e: tensor<i32>):
        %more = dlc.compare LT, %i, %e : tensor<i32>
        dlc.yield %more : tensor<i1>
      } do {
      ^bb0(%h: tensor<3xf64>, %i0: tensor<i32>, %w: tensor<3xf64>, %e: tensor<i32>):
        %inc = dlc.constant dense<1> : tensor<i32>
        %next = dlc.add %i0, %inc : tensor<i32>
        %INNER
        %z = dlc.sine %last : tensor<3xf64>
        dlc.yield %z, %next : tensor<3xf64>, tensor<i32>
      } : (tensor<3xf64>, tensor<i32>, tensor<3xf64>, tensor<i32>) -> (tensor<3xf64>, tensor<i32>))";

/// A checkpoint of a scan whose trips take one of two branches.
static const char *const checkpointOfScan = R"(
      %last = dlc.checkpoint(%h, %w) {
      ^bb0(%p: tensor<3xf64>, %q: tensor<3xf64>):
        %s = dlc.scan 3 init(%p) over() with(%q) {
        ^bb0(%c: tensor<3xf64>, %k: tensor<3xf64>):
          %sum = dlc.reduce add %c dims [0] : tensor<3xf64> to tensor<f64>
          %large = dlc.constant dense<2.0> : tensor<f64>
          %is = dlc.compare GT, %sum, %large : tensor<f64>
          %z = dlc.if %is(%c, %k) {
          ^bb0(%a: tensor<3xf64>, %b: tensor<3xf64>):
            %m = dlc.multiply %a, %b : tensor<3xf64>
            %t = dlc.tanh %m : tensor<3xf64>
            dlc.yield %t : tensor<3xf64>
          } else {
          ^bb0(%a: tensor<3xf64>, %b: tensor<3xf64>):
            %m = dlc.sine %a : tensor<3xf64>
            %t = dlc.add %m, %b : tensor<3xf64>
            dlc.yield %t : tensor<3xf64>
          } : (tensor<i1>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
          dlc.yield %z : tensor<3xf64>
        } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
        dlc.yield %s : tensor<3xf64>
      } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
)";

static std::string around(std::string outer, const std::string &inner) {
  return outer.replace(outer.find("%INNER"), 6, inner);
}

std::vector<Case> dlc::controlFlow() {
  return {
      {"while",
       function("%h: tensor<3xf64>, %w: tensor<3xf64>",
                std::string(whileLoop) +
                    "%r = dlc.multiply %last, %w : tensor<3xf64>",
                "tensor<3xf64>"),
       0.5, 1.5},
      {"while_unbounded",
       function("%h: tensor<3xf64>, %w: tensor<3xf64>",
                unbounded(whileLoop) +
                    "%r = dlc.multiply %last, %w : tensor<3xf64>",
                "tensor<3xf64>"),
       0.5, 1.5},
      // Its gradient keeps nothing but the number of trips.
      {"while_linear",
       function("%h: tensor<3xf64>", R"(
      %limit = dlc.constant dense<40.0> : tensor<f64>
      %r = dlc.while init(%h) with(%limit) {
      ^bb0(%c: tensor<3xf64>, %l: tensor<f64>):
        %s = dlc.reduce add %c dims [0] : tensor<3xf64> to tensor<f64>
        %p = dlc.compare LT, %s, %l : tensor<f64>
        dlc.yield %p : tensor<i1>
      } do {
      ^bb0(%c: tensor<3xf64>, %l: tensor<f64>):
        %d = dlc.add %c, %c : tensor<3xf64>
        dlc.yield %d : tensor<3xf64>
      } : (tensor<3xf64>, tensor<f64>) -> tensor<3xf64>)",
                "tensor<3xf64>"),
       0.5, 1.5},
      {"while_in_if",
       function("%x: tensor<3xf64>, %y: tensor<3xf64>", whileInBranch("true"),
                "tensor<3xf64>"),
       0.5, 1.5},
      {"while_in_if_other",
       function("%x: tensor<3xf64>, %y: tensor<3xf64>", whileInBranch("false"),
                "tensor<3xf64>"),
       0.5, 1.5},
      {"while_in_while",
       function("%x: tensor<3xf64>, %y: tensor<3xf64>",
                around(whileInWhile, whileLoop), "tensor<3xf64>"),
       0.5, 1.5},
      {"while_in_while_unbounded",
       function("%x: tensor<3xf64>, %y: tensor<3xf64>",
                unbounded(around(whileInWhile, whileLoop)), "tensor<3xf64>"),
       0.5, 1.5},
      {"checkpoint_of_scan_in_while",
       function("%x: tensor<3xf64>, %y: tensor<3xf64>",
                around(whileInWhile, checkpointOfScan), "tensor<3xf64>"),
       0.5, 1.5},
      {"checkpoint_of_scan_in_while_unbounded",
       function("%x: tensor<3xf64>, %y: tensor<3xf64>",
                unbounded(around(whileInWhile, checkpointOfScan)),
                "tensor<3xf64>"),
       0.5, 1.5},
      {"while_in_checkpoint",
       function("%x: tensor<3xf64>, %y: tensor<3xf64>",
                "%r = dlc.checkpoint(%x, %y) {\n"
                "^bb0(%h: tensor<3xf64>, %w: tensor<3xf64>):\n" +
                    unbounded(whileLoop) +
                    "dlc.yield %last : tensor<3xf64>\n"
                    "} : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>",
                "tensor<3xf64>"),
       0.5, 1.5},
      {"if", function("%x: tensor<3xf64>, %y: tensor<3xf64>, %k: tensor<i32>",
                      branch, "tensor<3xf64>")},
      {"if_other", function("%x: tensor<3xf64>, %y: tensor<3xf64>",
                            "%k = dlc.constant dense<0> : tensor<i32>" +
                                std::string(branch),
                            "tensor<3xf64>")},
      {"checkpoint", function("%x: tensor<3xf64>, %y: tensor<3xf64>", R"(
      %a, %b = dlc.checkpoint(%x, %y) {
      ^bb0(%p: tensor<3xf64>, %q: tensor<3xf64>):
        %m = dlc.multiply %p, %q : tensor<3xf64>
        %t = dlc.tanh %m : tensor<3xf64>
        dlc.yield %t, %p : tensor<3xf64>, tensor<3xf64>
      } : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
      %r = dlc.multiply %a, %b : tensor<3xf64>)",
                              "tensor<3xf64>")},
      {"custom_vjp", function("%x: tensor<3xf64>", R"(
      %y = dlc.custom_vjp(%x) {
      ^bb0(%a: tensor<3xf64>):
        %e = dlc.exponential %a : tensor<3xf64>
        dlc.yield %e, %e : tensor<3xf64>, tensor<3xf64>
      } backward {
      ^bb0(%e: tensor<3xf64>, %g: tensor<3xf64>):
        %d = dlc.multiply %g, %e : tensor<3xf64>
        dlc.yield %d : tensor<3xf64>
      } : (tensor<3xf64>) -> tensor<3xf64>
      %r = dlc.tanh %y : tensor<3xf64>)",
                              "tensor<3xf64>")},
      // A scan of a checkpoint of an if, the branch taken by a counter.
      {"nested", function("%h: tensor<3xf64>, %xs: tensor<4x3xf64>", R"(
      %n0 = dlc.constant dense<0> : tensor<i32>
      %last, %n, %r = dlc.scan 4 init(%h, %n0) over(%xs) with() {
      ^bb0(%c: tensor<3xf64>, %i: tensor<i32>, %x: tensor<3xf64>):
        %one = dlc.constant dense<1> : tensor<i32>
        %j = dlc.add %i, %one : tensor<i32>
        %y = dlc.checkpoint(%c, %x, %i) {
        ^bb0(%a: tensor<3xf64>, %b: tensor<3xf64>, %k: tensor<i32>):
          %two = dlc.constant dense<2> : tensor<i32>
          %p = dlc.compare LT, %k, %two : tensor<i32>
          %z = dlc.if %p(%a, %b) {
          ^bb0(%s: tensor<3xf64>, %t: tensor<3xf64>):
            %m = dlc.multiply %s, %t : tensor<3xf64>
            %u = dlc.tanh %m : tensor<3xf64>
            dlc.yield %u : tensor<3xf64>
          } else {
          ^bb0(%s: tensor<3xf64>, %t: tensor<3xf64>):
            %m = dlc.sine %s : tensor<3xf64>
            %u = dlc.add %m, %t : tensor<3xf64>
            dlc.yield %u : tensor<3xf64>
          } : (tensor<i1>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
          dlc.yield %z : tensor<3xf64>
        } : (tensor<3xf64>, tensor<3xf64>, tensor<i32>) -> tensor<3xf64>
        dlc.yield %y, %j, %y : tensor<3xf64>, tensor<i32>, tensor<3xf64>
      } : (tensor<3xf64>, tensor<i32>, tensor<4x3xf64>) -> (tensor<3xf64>, tensor<i32>, tensor<4x3xf64>))",
                          "tensor<4x3xf64>")},
      // A while in each trip of a scan.
      {"while_in_scan",
       function("%a: tensor<3xf64>, %k: tensor<3xf64>",
                R"(
      %r = dlc.scan 2 init(%a) over() with(%k) {
      ^bb0(%h: tensor<3xf64>, %w: tensor<3xf64>):
)" + std::string(whileLoop) +
                    R"(
        %z = dlc.sine %last : tensor<3xf64>
        dlc.yield %z : tensor<3xf64>
      } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>)",
                "tensor<3xf64>"),
       0.5, 1.5},
      {"while_unbounded_in_scan",
       function("%a: tensor<3xf64>, %k: tensor<3xf64>",
                R"(
      %r = dlc.scan 2 init(%a) over() with(%k) {
      ^bb0(%h: tensor<3xf64>, %w: tensor<3xf64>):
)" + unbounded(whileLoop) +
                    R"(
        %z = dlc.sine %last : tensor<3xf64>
        dlc.yield %z : tensor<3xf64>
      } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>)",
                "tensor<3xf64>"),
       0.5, 1.5},
      // A random state that a loop advances: its mask is drawn again.
      {"dropout_in_scan", function("%x: tensor<6xf64>", R"(
      %s0 = dlc.constant dense<[7, 1]> : tensor<2xi64>
      %r, %s = dlc.scan 3 init(%x, %s0) over() with() {
      ^bb0(%h: tensor<6xf64>, %s: tensor<2xi64>):
        %step = dlc.constant dense<[0, 2]> : tensor<2xi64>
        %next = dlc.add %s, %step : tensor<2xi64>
        %d = dlc.dropout %h, %s rate 0.3 : tensor<6xf64>, tensor<2xi64>
        %t = dlc.sine %d : tensor<6xf64>
        dlc.yield %t, %next : tensor<6xf64>, tensor<2xi64>
      } : (tensor<6xf64>, tensor<2xi64>) -> (tensor<6xf64>, tensor<2xi64>))",
                                   "tensor<6xf64>")},
      // A gradient penalty: a gradient inside the loss.
      {"gradient_penalty", function("%x: tensor<3xf64>, %w: tensor<3xf64>", R"(
      %v = dlc.variable %x : tensor<3xf64>
      %m = dlc.multiply %v, %w : tensor<3xf64>
      %t = dlc.tanh %m : tensor<3xf64>
      %one = dlc.constant dense<1.0> : tensor<3xf64>
      %g = dlc.grad of(%t) seed(%one) wrt(%v) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
      %d = dlc.jvp of(%t) wrt(%v) along(%w) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
      %r = dlc.multiply %g, %d : tensor<3xf64>)",
                                    "tensor<3xf64>")},
      // The same over a loop: a penalty on its gradient, and its Hessian times
      // a vector.
      {"penalty_over_scan", function("%x: tensor<3xf64>, %w: tensor<3xf64>", R"(
      %v = dlc.variable %x : tensor<3xf64>
      %h = dlc.scan 3 init(%v) over() with(%w) {
      ^bb0(%c: tensor<3xf64>, %k: tensor<3xf64>):
        %m = dlc.multiply %c, %k : tensor<3xf64>
        %t = dlc.tanh %m : tensor<3xf64>
        dlc.yield %t : tensor<3xf64>
      } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
      %one = dlc.constant dense<1.0> : tensor<3xf64>
      %g = dlc.grad of(%h) seed(%one) wrt(%v) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
      %p = dlc.multiply %g, %g : tensor<3xf64>
      %r = dlc.add %h, %p : tensor<3xf64>)",
                                     "tensor<3xf64>")},
      {"hessian_vector_over_scan",
       function("%x: tensor<3xf64>, %w: tensor<3xf64>", R"(
      %v = dlc.variable %x : tensor<3xf64>
      %h = dlc.scan 3 init(%v) over() with(%w) {
      ^bb0(%c: tensor<3xf64>, %k: tensor<3xf64>):
        %m = dlc.multiply %c, %k : tensor<3xf64>
        %t = dlc.tanh %m : tensor<3xf64>
        dlc.yield %t : tensor<3xf64>
      } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
      %one = dlc.constant dense<1.0> : tensor<3xf64>
      %g = dlc.grad of(%h) seed(%one) wrt(%v) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
      %r = dlc.jvp of(%g) wrt(%v) along(%w) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>)",
                "tensor<3xf64>")},
  };
}
