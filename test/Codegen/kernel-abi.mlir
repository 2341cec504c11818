// A kernel takes its operands' pointers from slots; helpers stay internal and
// take pointers; a loop that fills memory does not become a call of memset.
// RUN: %dlc compile %s --emit=llvm --mcpu=x86-64-v3 | FileCheck %s
// RUN: %dlc compile %s --emit=asm --mcpu=x86-64-v3 | FileCheck %s --check-prefix=ASM

// CHECK: define void @zero(ptr %[[SLOTS:.*]], i64 %{{.*}}, i64 %{{.*}}, ptr %{{.*}})
// CHECK: load ptr, ptr %[[SLOTS]]
// CHECK: define internal void @helper(ptr %{{.*}}, i64 %{{.*}})
// ASM-NOT: memset
module attributes {dlc.stage = "lowering"} {
  func.func private @helper(%out: memref<1024xf32>, %i: index) attributes {passthrough = ["noinline"]} {
    %zero = arith.constant 0.0 : f32
    memref.store %zero, %out[%i] : memref<1024xf32>
    return
  }
  func.func private @zero(%out: memref<1024xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
      attributes {dlc.tiles = 1024 : i64} {
    %one = arith.constant 1 : index
    %zero = arith.constant 0.0 : f32
    scf.for %i = %tile0 to %tile1 step %one {
      memref.store %zero, %out[%i] : memref<1024xf32>
    }
    func.call @helper(%out, %tile0) : (memref<1024xf32>, index) -> ()
    return
  }
}
