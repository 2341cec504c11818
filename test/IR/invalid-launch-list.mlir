// RUN: dlc-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{needs a setup if, and only if, there are prepared bytes}}
dlc.program @nothing_prepares (tensor<4xf32>) -> tensor<4xf32> arena 0 prepared 64 {
}

// -----

// expected-error @below {{needs a setup if, and only if, there are prepared bytes}}
dlc.program @nothing_prepared (tensor<4xf32>) -> tensor<4xf32> arena 0 setup {
} body {
}

// -----

dlc.program @checks (tensor<4xf32>) -> tensor<4xf32> arena 0 prepared 64 setup {
  // expected-error @below {{stands in a setup, which only launches and copies}}
  dlc.check
} body {
}

// -----

dlc.program @launches (tensor<4xf32>) -> tensor<4xf32> arena 0 prepared 64 setup {
  // expected-error @below {{uses a result, which a setup does not know}}
  dlc.launch @k0 [#dlc.at<argument, 0, 0, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 1
} body {
}

// -----

dlc.program @copies (tensor<4xf32>) -> tensor<4xf32> arena 0 prepared 64 setup {
  // expected-error @below {{uses a result, which a setup does not know}}
  dlc.copy <result, 0, 0, []> to <prepared, 0, 0, []> bytes 16
} body {
}

// -----

dlc.program @alone () -> () arena 64 {
  // expected-error @below {{is joined, but does not follow a launch}}
  dlc.launch @k [#dlc.at<arena, 0, 0, []>] joined tiles 1 work 1
}

// -----

dlc.program @after_a_copy () -> () arena 64 {
  dlc.launch @k [#dlc.at<arena, 0, 0, []>] tiles 1 work 1
  dlc.copy <arena, 0, 0, []> to <arena, 0, 32, []> bytes 32
  // expected-error @below {{is joined, but does not follow a launch}}
  dlc.launch @k [#dlc.at<arena, 0, 0, []>] joined tiles 1 work 1
}
