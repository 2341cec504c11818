// Launches that need nothing of each other are one region.
// RUN: dlc-opt %s --dlc-join-launches | FileCheck %s

// Both read the same; the third reads what the first wrote; the fourth writes
// where the second one read.
// CHECK-LABEL: dlc.program @straight
// CHECK-NEXT: dlc.launch @add {{.*}}<arena, 0, 0, []>] tiles 4 work 18
// CHECK-NEXT: dlc.launch @add {{.*}}<arena, 0, 64, []>] joined tiles 4 work 18
// CHECK-NEXT: dlc.launch @add {{.*}}<result, 0, 0, []>] tiles 4 work 18
// CHECK-NEXT: dlc.launch @add {{.*}}<result, 1, 0, []>] joined tiles 4 work 18
// CHECK-NEXT: dlc.launch @add {{.*}}<arena, 0, 64, []>] tiles 4 work 18
dlc.program @straight (tensor<6xf32>) -> (tensor<6xf32>, tensor<6xf32>) arena 128 {
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 4 work 18
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 64, []>] tiles 4 work 18
  dlc.launch @add [#dlc.at<arena, 0, 0, []>, #dlc.at<result, 0, 0, []>] tiles 4 work 18
  dlc.launch @add [#dlc.at<arena, 0, 64, []>, #dlc.at<result, 1, 0, []>] tiles 4 work 18
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 64, []>] tiles 4 work 18
}

// Some bytes in common are enough; the first byte after is not.
// CHECK-LABEL: dlc.program @bytes
// CHECK-NEXT: <arena, 0, 24, []>] tiles
// CHECK-NEXT: <arena, 0, 0, []>] joined tiles
// CHECK-NEXT: <arena, 0, 20, []>] tiles
dlc.program @bytes (tensor<6xf32>) -> () arena 128 {
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 24, []>] tiles 1 work 18
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 18
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 20, []>] tiles 1 work 18
}

// A result that may lie over an argument is written after who reads it.
// CHECK-LABEL: dlc.program @donated
// CHECK-NEXT: <argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles
// CHECK-NEXT: <arena, 0, 64, []>, #dlc.at<result, 0, 0, []>] tiles
// CHECK-NEXT: <argument, 1, 0, []>, #dlc.at<result, 1, 0, []>] joined tiles
dlc.program @donated (tensor<6xf32>, tensor<6xf32>) -> (tensor<6xf32>, tensor<6xf32>) arena 128
    attributes {arg_attrs = [{dlc.donate = 0 : i64}, {}]} {
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 18
  dlc.launch @add [#dlc.at<arena, 0, 64, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 18
  dlc.launch @add [#dlc.at<argument, 1, 0, []>, #dlc.at<result, 1, 0, []>] tiles 1 work 18
}

// In loops: the same trip's parts of one array, moved alike, and parts that
// move apart. What has no `dlc.writes_from` may write anything.
// CHECK-LABEL: dlc.program @loops
// CHECK-NEXT: dlc.loop 3 {
// CHECK-NEXT: <arena, 0, 0, [48]>] tiles
// CHECK-NEXT: <arena, 0, 24, [48]>] joined tiles
// CHECK-NEXT: <arena, 0, 144, [24]>] joined tiles
// CHECK-NEXT: <arena, 0, 96, []>] tiles
// CHECK-NEXT: dlc.launch @unknown {{.*}} tiles
dlc.program @loops (tensor<6xf32>) -> () arena 256 {
  dlc.loop 3 {
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, [48]>] tiles 1 work 18
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 24, [48]>] tiles 1 work 18
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 144, [24]>] tiles 1 work 18
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 96, []>] tiles 1 work 18
    dlc.launch @unknown [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 18
  }
}

// A loop without known trips; a copy and a check, which all wait for.
// CHECK-LABEL: dlc.program @between
// CHECK-NEXT: dlc.loop -1
// CHECK-NEXT: <arena, 0, 32, [24]>] tiles
// CHECK-NEXT: <arena, 0, 128, []>] tiles
// CHECK-NEXT: }
// CHECK-NEXT: tiles 1 work 18
// CHECK-NEXT: dlc.copy
// CHECK-NEXT: <arena, 0, 96, []>] tiles
// CHECK-NEXT: dlc.check
// CHECK-NEXT: <arena, 0, 64, []>] tiles
dlc.program @between (tensor<6xf32>) -> () arena 256 {
  dlc.loop -1 count <arena, 0, 0, []> {
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 32, [24]>] tiles 1 work 18
    dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 128, []>] tiles 1 work 18
  }
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 18
  dlc.copy <argument, 0, 0, []> to <arena, 0, 64, []> bytes 24
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 96, []>] tiles 1 work 18
  dlc.check
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 64, []>] tiles 1 work 18
}

// Whose kernel is not known, or has another number of operands, stays alone.
// CHECK-LABEL: dlc.program @strange
// CHECK-NEXT: dlc.launch @add {{.*}}] tiles
// CHECK-NEXT: dlc.launch @missing {{.*}}] tiles
// CHECK-NEXT: dlc.launch @missing {{.*}}] tiles
// CHECK-NEXT: dlc.launch @add {{.*}}] tiles
// CHECK-NEXT: dlc.launch @add {{.*}}] tiles
dlc.program @strange (tensor<6xf32>) -> () arena 256 {
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 18
  dlc.launch @missing [#dlc.at<arena, 0, 64, []>] tiles 1 work 18
  dlc.launch @missing [#dlc.at<arena, 0, 128, []>] tiles 1 work 18
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 192, []>] tiles 1 work 18
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 64, []>] tiles 1 work 18
}

// A setup is a list, too.
// CHECK-LABEL: dlc.program @setup
// CHECK: <prepared, 0, 0, []>] tiles
// CHECK-NEXT: <prepared, 0, 64, []>] joined tiles
dlc.program @setup (tensor<6xf32>) -> () arena 0 prepared 128 setup {
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<prepared, 0, 0, []>] tiles 1 work 18
  dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<prepared, 0, 64, []>] tiles 1 work 18
} body {
}

func.func private @add(%x: memref<6xf32>, %y: memref<6xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
    attributes {dlc.tiles = 1 : i64, dlc.work = 18 : i64, dlc.writes_from = 1 : i64} {
  return
}
func.func private @unknown(%x: memref<6xf32>, %y: memref<6xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
    attributes {dlc.tiles = 1 : i64, dlc.work = 18 : i64} {
  return
}
