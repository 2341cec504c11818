// Every elementwise op survives a round trip, in its own and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @unary
func.func @unary(%x: tensor<4xf32>, %i: tensor<4xui8>) {
  // CHECK: dlc.negate %{{.*}} : tensor<4xf32>
  %0 = dlc.negate %x : tensor<4xf32>
  // CHECK: dlc.abs %{{.*}} : tensor<4xf32>
  %1 = dlc.abs %x : tensor<4xf32>
  // CHECK: dlc.exponential %{{.*}} : tensor<4xf32>
  %2 = dlc.exponential %x : tensor<4xf32>
  // CHECK: dlc.log %{{.*}} : tensor<4xf32>
  %3 = dlc.log %x : tensor<4xf32>
  // CHECK: dlc.sqrt %{{.*}} : tensor<4xf32>
  %4 = dlc.sqrt %x : tensor<4xf32>
  // CHECK: dlc.tanh %{{.*}} : tensor<4xf32>
  %5 = dlc.tanh %x : tensor<4xf32>
  // CHECK: dlc.logistic %{{.*}} : tensor<4xf32>
  %6 = dlc.logistic %x : tensor<4xf32>
  // CHECK: dlc.not %{{.*}} : tensor<4xui8>
  %7 = dlc.not %i : tensor<4xui8>
  return
}

// CHECK-LABEL: func @binary
func.func @binary(%x: tensor<f64>, %y: tensor<f64>, %p: tensor<0xi1>, %u: tensor<4xui32>) {
  // CHECK: dlc.add %{{.*}}, %{{.*}} : tensor<f64>
  %0 = dlc.add %x, %y : tensor<f64>
  // CHECK: dlc.subtract %{{.*}}, %{{.*}} : tensor<f64>
  %1 = dlc.subtract %x, %y : tensor<f64>
  // CHECK: dlc.multiply %{{.*}}, %{{.*}} : tensor<f64>
  %2 = dlc.multiply %x, %y : tensor<f64>
  // CHECK: dlc.divide %{{.*}}, %{{.*}} : tensor<f64>
  %3 = dlc.divide %x, %y : tensor<f64>
  // CHECK: dlc.maximum %{{.*}}, %{{.*}} : tensor<f64>
  %4 = dlc.maximum %x, %y : tensor<f64>
  // CHECK: dlc.minimum %{{.*}}, %{{.*}} : tensor<f64>
  %5 = dlc.minimum %x, %y : tensor<f64>
  // CHECK: dlc.and %{{.*}}, %{{.*}} : tensor<0xi1>
  %6 = dlc.and %p, %p : tensor<0xi1>
  // CHECK: dlc.or %{{.*}}, %{{.*}} : tensor<0xi1>
  %7 = dlc.or %p, %p : tensor<0xi1>
  // CHECK: dlc.shift_right_logical %{{.*}}, %{{.*}} : tensor<4xui32>
  %8 = dlc.shift_right_logical %u, %u : tensor<4xui32>
  return
}

// CHECK-LABEL: func @choice
func.func @choice(%x: tensor<4xf32>, %i: tensor<4xi32>) {
  // CHECK: %[[P:.*]] = dlc.compare GE, %{{.*}}, %{{.*}} : tensor<4xf32>
  %0 = dlc.compare GE, %x, %x : tensor<4xf32>
  // CHECK: dlc.select %[[P]], %{{.*}}, %{{.*}} : tensor<4xi1>, tensor<4xf32>
  %1 = dlc.select %0, %x, %x : tensor<4xi1>, tensor<4xf32>
  // CHECK: dlc.convert %{{.*}} : tensor<4xf32> to tensor<4xui8>
  %2 = dlc.convert %x : tensor<4xf32> to tensor<4xui8>
  // CHECK: dlc.check_index %{{.*}} {limit = 10 : i64, op = "gather"} : tensor<4xi32>
  %3 = dlc.check_index %i {limit = 10 : i64, op = "gather"} : tensor<4xi32>
  return
}
