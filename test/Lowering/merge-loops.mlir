// A loop of kernels of one tile is one launch, and so is the loop around it.
// RUN: dlc-opt %s --dlc-merge-loops | FileCheck %s

// Reads entry trip of the argument, adds, and copies to the trip's slice of the
// result; the second loop walks the trips backwards.
// CHECK-LABEL: dlc.program @sums
// CHECK-NEXT: dlc.launch @loop_0 [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 126
// CHECK-NEXT: dlc.launch @[[REVERSE:loop_0.*]] [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 60
// CHECK-NEXT: }
dlc.program @sums (tensor<3x6xf32>) -> tensor<3x6xf32> arena 64 {
  dlc.loop 3 {
    dlc.launch @add [#dlc.at<argument, 0, 0, [24]>, #dlc.at<arena, 0, 0, []>] tiles 1 work 18
    dlc.copy <arena, 0, 0, []> to <result, 0, 0, [24]> bytes 24
  }
  dlc.loop 3 reverse {
    dlc.launch @add [#dlc.at<argument, 0, 0, [24]>, #dlc.at<arena, 0, 0, []>] tiles 1 work 20
  }
}

// CHECK-LABEL: dlc.program @nested
// CHECK-NEXT: dlc.launch @[[NESTED:loop_0.*]] [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 120
dlc.program @nested (tensor<2x3x6xf32>) -> tensor<6xf32> arena 64 {
  dlc.loop 2 {
    dlc.loop 3 {
      dlc.launch @add [#dlc.at<argument, 0, 0, [72, 24]>, #dlc.at<arena, 0, 0, []>] tiles 1 work 20
    }
  }
}

// Left alone: several tiles, much work, a loop that is not counted, a check.
// CHECK-LABEL: dlc.program @others
// CHECK-NEXT: dlc.loop 3 {
// CHECK-NEXT: tiles 2
// CHECK: dlc.loop 3 {
// CHECK-NEXT: work 1000000
// CHECK: dlc.loop -1 count
// CHECK-NEXT: dlc.launch @add
// CHECK: dlc.loop 3 {
// CHECK-NEXT: dlc.launch @add
// CHECK-NEXT: dlc.check
dlc.program @others (tensor<6xf32>) -> tensor<6xf32> arena 64 {
  dlc.loop 3 {
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 2 work 20
  }
  dlc.loop 3 {
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 1000000
  }
  dlc.loop -1 count <arena, 0, 0, []> {
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 20
  }
  dlc.loop 3 {
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 20
    dlc.check
  }
}

func.func private @add(%x: memref<6xf32>, %sum: memref<6xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 1 : i64} {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  scf.for %tile = %tile0 to %tile1 step %c1 {
    %a = vector.load %x[%c0] : memref<6xf32>, vector<6xf32>
    %b = vector.load %sum[%c0] : memref<6xf32>, vector<6xf32>
    %c = arith.addf %a, %b : vector<6xf32>
    vector.store %c, %sum[%c0] : memref<6xf32>, vector<6xf32>
  }
  return
}

// CHECK: func.func private @loop_0(%[[X:.*]]: memref<72xi8>, %[[SUM:.*]]: memref<24xi8>, %[[OUT:.*]]: memref<72xi8>, %{{.*}}: index, %{{.*}}: index, %{{.*}}: memref<1xi64>)
// CHECK-SAME: dlc.tiles = 1
// CHECK: scf.for %[[TRIP:.*]] = %{{.*}} to %c3
// CHECK: %[[AT:.*]] = arith.muli %[[TRIP]], %c24
// CHECK: %[[SLICE:.*]] = memref.view %[[X]][%[[AT]]][] : memref<72xi8> to memref<6xf32>
// CHECK: %[[ACC:.*]] = memref.view %[[SUM]][%c0{{.*}}][] : memref<24xi8> to memref<6xf32>
// CHECK-NOT: scf.for
// CHECK: vector.load %[[SLICE]]
// CHECK: arith.addf
// CHECK: vector.store %{{.*}}, %[[ACC]]
// CHECK: vector.load %{{.*}} : memref<24xi8>, vector<24xi8>
// CHECK: vector.store %{{.*}} : memref<24xi8>, vector<24xi8>
// CHECK: func.func private @[[REVERSE]]
// CHECK: %[[BACK:.*]] = arith.subi %c2
// CHECK: arith.muli %[[BACK]], %c24
