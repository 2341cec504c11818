// A donated argument is updated where it lies: no arena, no copy.
// RUN: dlc-opt %s --dlc-plan-memory | FileCheck %s

func.func private @update(memref<64xf32>, memref<64xf32>, memref<64xf32>, index, index, memref<1xi64>)
    attributes {dlc.tiles = 2 : i64, dlc.work = 900 : i64}

// CHECK: dlc.program @step ({{.*}}) -> (tensor<f32>, tensor<64xf32>) arena 0
// CHECK-SAME: arg_attrs = [{dlc.donate = 1 : i64, dlc.name = "w"}, {}, {}]
// CHECK-NEXT: dlc.launch @update [#dlc.at<argument, 0, 0, []>, #dlc.at<argument, 1, 0, []>, #dlc.at<result, 1, 0, []>] tiles 2 work 900
// CHECK-NEXT: dlc.copy <argument, 2, 0, []> to <result, 0, 0, []> bytes 4
// CHECK-NEXT: }
func.func @step(%w: tensor<64xf32> {dlc.name = "w", dlc.donate = 1 : i64}, %dw: tensor<64xf32>, %loss: tensor<f32>)
    -> (tensor<f32>, tensor<64xf32>) {
  %new = dlc.kernel map(%w, %dw) {
  ^bb0(%a: tensor<64xf32>, %b: tensor<64xf32>):
    %c = dlc.subtract %a, %b : tensor<64xf32>
    dlc.yield %c : tensor<64xf32>
  } {callee = @update} : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  return %loss, %new : tensor<f32>, tensor<64xf32>
}

// Two outputs of one kernel, each over its own argument.
// CHECK: dlc.program @momentum {{.*}} arena 0
// CHECK-NEXT: dlc.launch @both [#dlc.at<argument, 0, 0, []>, #dlc.at<argument, 1, 0, []>, #dlc.at<result, 0, 0, []>, #dlc.at<result, 1, 0, []>] tiles 1 work 1
// CHECK-NEXT: }
func.func private @both(memref<8xf32>, memref<8xf32>, memref<8xf32>, memref<8xf32>, index, index, memref<1xi64>)
    attributes {dlc.tiles = 1 : i64}
func.func @momentum(%w: tensor<8xf32> {dlc.donate = 0 : i64}, %m: tensor<8xf32> {dlc.donate = 1 : i64})
    -> (tensor<8xf32>, tensor<8xf32>) {
  %new:2 = dlc.kernel map(%w, %m) {
  ^bb0(%a: tensor<8xf32>, %b: tensor<8xf32>):
    %c = dlc.subtract %a, %b : tensor<8xf32>
    %d = dlc.add %c, %b : tensor<8xf32>
    dlc.yield %c, %d : tensor<8xf32>, tensor<8xf32>
  } {callee = @both} : (tensor<8xf32>, tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>)
  return %new#0, %new#1 : tensor<8xf32>, tensor<8xf32>
}
