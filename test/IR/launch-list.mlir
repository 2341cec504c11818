// A launch list survives a round trip, in its own and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK: dlc.program @step (tensor<4xf32>) -> tensor<4xf32> arena 128 {
dlc.program @step (tensor<4xf32>) -> tensor<4xf32> arena 128 {
  // CHECK-NEXT: dlc.launch @k0 [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 64, []>] tiles 4 work 1024
  dlc.launch @k0 [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 64, []>] tiles 4 work 1024
  // CHECK-NEXT: dlc.launch @k0 [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 32, []>] joined tiles 1 work 8
  dlc.launch @k0 [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 32, []>] joined tiles 1 work 8
  // CHECK-NEXT: dlc.show "y" <arena, 0, 64, []> summary : tensor<4xf32>
  dlc.show "y" <arena, 0, 64, []> summary : tensor<4xf32>
  // CHECK-NEXT: dlc.check
  dlc.check
  // CHECK-NEXT: dlc.loop 3 reverse {
  dlc.loop 3 reverse {
    // CHECK-NEXT: dlc.copy <constant, 0, 0, [16]> to <result, 0, 0, []> bytes 16
    dlc.copy #dlc.at<constant, 0, 0, [16]> to #dlc.at<result, 0, 0, []> bytes 16
  }
  // CHECK: dlc.branch <argument, 0, 0, []> {
  // CHECK: } else {
  dlc.branch <argument, 0, 0, []> {
    dlc.copy <constant, 0, 0, []> to <result, 0, 0, []> bytes 16
  } else {
  }
  // CHECK: dlc.repeat <argument, 0, 0, []> tapes [#dlc.tape_use<append, <arena, 0, 0, []>, 64>] scoped "model.cpp:4:1" {
  // CHECK-NEXT: } do {
  // CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <tape, 0, 0, []> bytes 16
  dlc.repeat <argument, 0, 0, []> tapes [#dlc.tape_use<append, <arena, 0, 0, []>, 64>] scoped "model.cpp:4:1" {
  } do {
    dlc.copy <argument, 0, 0, []> to <tape, 0, 0, []> bytes 16
  }
  // CHECK: dlc.loop -1 count <arena, 0, 0, []> reverse tapes [#dlc.tape_use<read, <arena, 0, 0, []>, 64>, #dlc.tape_use<count, <arena, 0, 64, []>, 64>] "model.cpp:4:1" {
  dlc.loop -1 count <arena, 0, 0, []> reverse tapes [#dlc.tape_use<read, <arena, 0, 0, []>, 64>, #dlc.tape_use<count, <arena, 0, 64, []>, 64>] "model.cpp:4:1" {
  }
  // CHECK: dlc.repeat <argument, 0, 0, []> max 7 "model.cpp:3:1" {
  // CHECK: } do {
  dlc.repeat <argument, 0, 0, []> max 7 "model.cpp:3:1" {
  } do {
    dlc.copy <constant, 0, 0, []> to <result, 0, 0, []> bytes 16
  }
}

// CHECK: dlc.program @infer (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> arena 0 prepared 64 attributes {dlc.plan = []} setup {
// CHECK-NEXT: dlc.copy <argument, 1, 0, []> to <prepared, 0, 48, []> bytes 16
// CHECK-NEXT: } body {
// CHECK-NEXT: dlc.launch @k0 [#dlc.at<argument, 0, 0, []>, #dlc.at<prepared, 0, 48, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 1
// CHECK-NEXT: }
dlc.program @infer (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> arena 0 prepared 64 attributes {dlc.plan = []} setup {
  dlc.copy <argument, 1, 0, []> to <prepared, 0, 48, []> bytes 16
} body {
  dlc.launch @k0 [#dlc.at<argument, 0, 0, []>, #dlc.at<prepared, 0, 48, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 1
}
