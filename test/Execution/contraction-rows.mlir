// Reductions of a product's rows in the product's kernel: columns that fill no
// vector, rows that fill no group, batches.
// RUN: dlc run %s --function=loss --backend=both --rtol=1e-5 --random=1 --input=1030xi32=7
// RUN: dlc run %s --function=step --backend=both --rtol=1e-4 --random=2 --input=600xi32=3
// RUN: dlc run %s --function=norm --backend=both --rtol=1e-4 --random=3
// RUN: dlc run %s --function=rms --backend=both --rtol=1e-5 --random=4
// RUN: dlc run %s --function=most --backend=both --rtol=1e-5 --random=5
// RUN: dlc run %s --function=wide --backend=both --rtol=1e-5 --random=6
// RUN: dlc run %s --function=doubles --backend=both --rtol=1e-12 --random=7
// RUN: dlc run %s --function=loop --backend=both --rtol=1e-4 --random=8
// RUN: dlc run %s --function=in_place --backend=both --rtol=1e-4 --random=9
//
// A label that there is not, found within the product's kernel, names its line.
// RUN: not dlc run %s --function=loss --random=1 --input=1030xi32=131 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// OUTSIDE: [softmax_cross_entropy] index at position 0 is outside [0, 131) ({{.*}}contraction-rows.mlir:{{[0-9]+}}:
//
// The bits are those of any number of threads.
// RUN: dlc run %s --function=step --random=2 --input=600xi32=3 --threads=1 --output=@%t.l1.npy --output=@%t.w1.npy
// RUN: dlc run %s --function=step --random=2 --input=600xi32=3 --threads=3 --output=@%t.l3.npy --output=@%t.w3.npy
// RUN: dlc run %s --function=step --random=2 --input=600xi32=3 --threads=16 --output=@%t.l16.npy --output=@%t.w16.npy
// RUN: dlc run %s --function=step --random=2 --input=600xi32=3 --mcpu=x86-64-v3 --output=@%t.lv.npy --output=@%t.wv.npy
// RUN: cmp %t.l1.npy %t.l3.npy
// RUN: cmp %t.l1.npy %t.l16.npy
// RUN: cmp %t.l1.npy %t.lv.npy
// RUN: cmp %t.w1.npy %t.w3.npy
// RUN: cmp %t.w1.npy %t.w16.npy
// RUN: cmp %t.w1.npy %t.wv.npy
//
// RUN: dlc explain %s | FileCheck %s
// CHECK-LABEL: kernels of @loss
// CHECK: contraction{{.*}}dot_general{{.*}}reduce
// CHECK-LABEL: kernels of @norm
// CHECK-NOT: {{[0-9]  row }}
// CHECK-LABEL: kernels of @rms
// CHECK-NOT: {{[0-9]  row }}
// CHECK-LABEL: kernels of @most
// CHECK-NOT: {{[0-9]  row }}
// CHECK-LABEL: kernels of @wide
// CHECK-NOT: {{[0-9]  row }}
// CHECK-LABEL: kernels of @doubles
// CHECK-NOT: {{[0-9]  row }}
// CHECK-LABEL: memory of @doubles

func.func @loss(%labels: tensor<1030xi32>, %x: tensor<1030x37xf32>, %w: tensor<37x131xf32>, %bias: tensor<131xf32>) -> tensor<1030xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<1030x37xf32>, tensor<37x131xf32> to tensor<1030x131xf32>
  %b = dlc.broadcast_in_dim %bias dims [1] : tensor<131xf32> to tensor<1030x131xf32>
  %y = dlc.add %z, %b : tensor<1030x131xf32>
  %losses = dlc.softmax_cross_entropy %y, %labels : tensor<1030x131xf32>, tensor<1030xi32> to tensor<1030xf32>
  return %losses : tensor<1030xf32>
}

func.func @step(%labels: tensor<600xi32>, %x: tensor<600x230xf32>, %w: tensor<230x70xf32>) -> (tensor<f32>, tensor<230x70xf32>) {
  %v = dlc.variable %w : tensor<230x70xf32>
  %z = dlc.dot_general %x, %v batch [] x [] contract [1] x [0] : tensor<600x230xf32>, tensor<230x70xf32> to tensor<600x70xf32>
  %losses = dlc.softmax_cross_entropy %z, %labels : tensor<600x70xf32>, tensor<600xi32> to tensor<600xf32>
  %loss = dlc.reduce add %losses dims [0] : tensor<600xf32> to tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<f32>
  %dw = dlc.grad of(%loss) seed(%one) wrt(%v) : (tensor<f32>, tensor<f32>, tensor<230x70xf32>) -> tensor<230x70xf32>
  return %loss, %dw : tensor<f32>, tensor<230x70xf32>
}

// The right operand is given by columns, the residual is yielded.
func.func @norm(%x: tensor<515x300xf32>, %w: tensor<100x300xf32>, %r: tensor<515x100xf32>, %s: tensor<100xf32>, %t: tensor<100xf32>) -> (tensor<515x100xf32>, tensor<515x100xf32>) {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [1] : tensor<515x300xf32>, tensor<100x300xf32> to tensor<515x100xf32>
  %p = dlc.add %z, %r : tensor<515x100xf32>
  %y = dlc.layer_norm %p, %s, %t epsilon 1.0e-5 : tensor<515x100xf32>, tensor<100xf32>
  return %p, %y : tensor<515x100xf32>, tensor<515x100xf32>
}

func.func @rms(%x: tensor<3x180x40xf32>, %w: tensor<3x40x96xf32>) -> (tensor<3x180x96xf32>, tensor<3x180xf32>) {
  %z = dlc.dot_general %x, %w batch [0] x [0] contract [2] x [1] : tensor<3x180x40xf32>, tensor<3x40x96xf32> to tensor<3x180x96xf32>
  %h = dlc.gelu %z : tensor<3x180x96xf32>
  %q = dlc.multiply %h, %h : tensor<3x180x96xf32>
  %m = dlc.reduce add %q dims [2] : tensor<3x180x96xf32> to tensor<3x180xf32>
  %d = dlc.rsqrt %m : tensor<3x180xf32>
  %b = dlc.broadcast_in_dim %d dims [0, 1] : tensor<3x180xf32> to tensor<3x180x96xf32>
  %y = dlc.multiply %h, %b : tensor<3x180x96xf32>
  return %y, %m : tensor<3x180x96xf32>, tensor<3x180xf32>
}

func.func @most(%x: tensor<600x40xf32>, %w: tensor<40x90xf32>) -> (tensor<600xf32>, tensor<600xi32>) {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<600x40xf32>, tensor<40x90xf32> to tensor<600x90xf32>
  %m = dlc.reduce max %z dims [1] : tensor<600x90xf32> to tensor<600xf32>
  %i = dlc.argmax %z dim 1 : tensor<600x90xf32> to tensor<600xi32>
  return %m, %i : tensor<600xf32>, tensor<600xi32>
}

// Long rows.
func.func @wide(%x: tensor<520x120xf32>, %w: tensor<120x2030xf32>) -> tensor<520x2030xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<520x120xf32>, tensor<120x2030xf32> to tensor<520x2030xf32>
  %y = dlc.log_softmax %z dim 1 : tensor<520x2030xf32>
  return %y : tensor<520x2030xf32>
}

func.func @doubles(%x: tensor<600x40xf64>, %w: tensor<40x75xf64>) -> tensor<600x75xf64> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<600x40xf64>, tensor<40x75xf64> to tensor<600x75xf64>
  %y = dlc.softmax %z dim 1 : tensor<600x75xf64>
  return %y : tensor<600x75xf64>
}

// The right operand is packed before the loop.
func.func @loop(%x: tensor<520x64xf32>, %w: tensor<64x64xf32>) -> tensor<520x64xf32> {
  %y = dlc.scan 4 init(%x) over() with(%w) {
  ^bb0(%h: tensor<520x64xf32>, %v: tensor<64x64xf32>):
    %z = dlc.dot_general %h, %v batch [] x [] contract [1] x [0] : tensor<520x64xf32>, tensor<64x64xf32> to tensor<520x64xf32>
    %s = dlc.softmax %z dim 1 : tensor<520x64xf32>
    dlc.yield %s : tensor<520x64xf32>
  } : (tensor<520x64xf32>, tensor<64x64xf32>) -> (tensor<520x64xf32>)
  return %y : tensor<520x64xf32>
}

// The residual dies where the result is written, over it.
func.func @in_place(%x: tensor<700x50xf32>, %w: tensor<50x90xf32>, %v: tensor<90x90xf32>) -> tensor<90x90xf32> {
  %a = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<700x50xf32>, tensor<50x90xf32> to tensor<700x90xf32>
  %r = dlc.tanh %a : tensor<700x90xf32>
  %z = dlc.dot_general %r, %v batch [] x [] contract [1] x [0] : tensor<700x90xf32>, tensor<90x90xf32> to tensor<700x90xf32>
  %q = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<700x50xf32>, tensor<50x90xf32> to tensor<700x90xf32>
  %p = dlc.add %z, %q : tensor<700x90xf32>
  %y = dlc.softmax %p dim 1 : tensor<700x90xf32>
  %g = dlc.dot_general %y, %r batch [] x [] contract [0] x [0] : tensor<700x90xf32>, tensor<700x90xf32> to tensor<90x90xf32>
  return %g : tensor<90x90xf32>
}
