// Activations against PyTorch and NumPy.
// Made by test/goldens/make_composites.py.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=relu --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=relu | FileCheck %s
// RUN: dlc run %s --function=leaky_relu --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=leaky_relu | FileCheck %s
// RUN: dlc run %s --function=prelu --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=prelu | FileCheck %s
// RUN: dlc run %s --function=elu --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=elu | FileCheck %s
// RUN: dlc run %s --function=softplus --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=softplus | FileCheck %s
// RUN: dlc run %s --function=gelu --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=gelu | FileCheck %s
// RUN: dlc run %s --function=silu --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=silu | FileCheck %s
// RUN: dlc run %s --function=hard_sigmoid --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=hard_sigmoid | FileCheck %s
// CHECK: result 0: tensor<i1> = 1

func.func @relu() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %r1 = "dlc.relu"(%v0)  : (tensor<f32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<7xf32>
  %r3 = "dlc.relu"(%v2)  : (tensor<7xf32>) -> tensor<7xf32>
  %w3_0 = dlc.convert %r3 : tensor<7xf32> to tensor<7xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<7xf64> to tensor<7xf64>
  %c4 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.relu"(%v4)  : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<> : tensor<2x0xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x0xf32>
  %r7 = "dlc.relu"(%v6)  : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x0xf32> to tensor<2x0xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x0xf64> to tensor<0xf64>
  %c8 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x1x3xf32>
  %r9 = "dlc.relu"(%v8)  : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<11xf32>
  %r11 = "dlc.relu"(%v10)  : (tensor<11xf32>) -> tensor<11xf32>
  %w11_0 = dlc.convert %r11 : tensor<11xf32> to tensor<11xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<31xf64>
  %want = dlc.constant dense<[0.37719064950942993, 0.0, 1.9212679862976074, 0.3147003650665283, 0.0, 1.0847852230072021, 3.9120001792907715, 2.841242790222168, 0.0, 0.0, 0.0, 0.12397793680429459, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.234891653060913, 3.127540111541748, 0.0, -0.0, 1.0000000031710769e-30, 0.0, 20.0, 0.0, 90.0, 0.0, 1.0000000150474662e+30, 0.0, 0x7FF8000000000000]> : tensor<31xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<31xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<31xf64>
  %difference = dlc.subtract %got, %want : tensor<31xf64>
  %error = dlc.abs %difference : tensor<31xf64>
  %size = dlc.abs %want : tensor<31xf64>
  %relative = dlc.multiply %rtol, %size : tensor<31xf64>
  %limit = dlc.add %relative, %atol : tensor<31xf64>
  %near = dlc.compare LE, %error, %limit : tensor<31xf64>
  %same = dlc.compare EQ, %got, %want : tensor<31xf64>
  %nan = dlc.compare NE, %got, %got : tensor<31xf64>
  %wants = dlc.compare NE, %want, %want : tensor<31xf64>
  %nans = dlc.and %nan, %wants : tensor<31xi1>
  %finite = dlc.is_finite %got : tensor<31xf64>
  %close = dlc.and %near, %finite : tensor<31xi1>
  %either = dlc.or %close, %same : tensor<31xi1>
  %right = dlc.or %either, %nans : tensor<31xi1>
  %all = dlc.reduce and %right dims [0] : tensor<31xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @leaky_relu() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %r1 = "dlc.leaky_relu"(%v0) <{slope = 0.01 : f64}> : (tensor<f32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<7xf32>
  %r3 = "dlc.leaky_relu"(%v2) <{slope = 0.2 : f64}> : (tensor<7xf32>) -> tensor<7xf32>
  %w3_0 = dlc.convert %r3 : tensor<7xf32> to tensor<7xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<7xf64> to tensor<7xf64>
  %c4 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.leaky_relu"(%v4) <{slope = 0.0 : f64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<> : tensor<2x0xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x0xf32>
  %r7 = "dlc.leaky_relu"(%v6) <{slope = 1.5 : f64}> : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x0xf32> to tensor<2x0xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x0xf64> to tensor<0xf64>
  %c8 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x1x3xf32>
  %r9 = "dlc.leaky_relu"(%v8) <{slope = 0.3 : f64}> : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<11xf32>
  %r11 = "dlc.leaky_relu"(%v10) <{slope = 0.01 : f64}> : (tensor<11xf32>) -> tensor<11xf32>
  %w11_0 = dlc.convert %r11 : tensor<11xf32> to tensor<11xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<31xf64>
  %want = dlc.constant dense<[0.37719064950942993, -0.07926291972398758, 1.9212679862976074, 0.3147003650665283, -0.3214016258716583, 1.0847852230072021, 3.9120001792907715, 2.841242790222168, -0.0, -0.0, -0.0, 0.12397793680429459, -0.0, -0.0, -1.1213198900222778, -0.659040629863739, -0.4898330867290497, -0.2846701443195343, 1.234891653060913, 3.127540111541748, 0.0, -0.0, 1.0000000031710769e-30, -1.000000023742228e-32, 20.0, -0.20000000298023224, 90.0, -0.8999999761581421, 1.0000000150474662e+30, -1.000000062271131e+28, 0x7FF8000000000000]> : tensor<31xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<31xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<31xf64>
  %difference = dlc.subtract %got, %want : tensor<31xf64>
  %error = dlc.abs %difference : tensor<31xf64>
  %size = dlc.abs %want : tensor<31xf64>
  %relative = dlc.multiply %rtol, %size : tensor<31xf64>
  %limit = dlc.add %relative, %atol : tensor<31xf64>
  %near = dlc.compare LE, %error, %limit : tensor<31xf64>
  %same = dlc.compare EQ, %got, %want : tensor<31xf64>
  %nan = dlc.compare NE, %got, %got : tensor<31xf64>
  %wants = dlc.compare NE, %want, %want : tensor<31xf64>
  %nans = dlc.and %nan, %wants : tensor<31xi1>
  %finite = dlc.is_finite %got : tensor<31xf64>
  %close = dlc.and %near, %finite : tensor<31xi1>
  %either = dlc.or %close, %same : tensor<31xi1>
  %right = dlc.or %either, %nans : tensor<31xi1>
  %all = dlc.reduce and %right dims [0] : tensor<31xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @prelu() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %c1 = dlc.constant dense<-0.12853465974330902> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %r2 = "dlc.prelu"(%v0, %v1)  : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w2_0 = dlc.convert %r2 : tensor<f32> to tensor<f64>
  %f2_0 = dlc.reshape %w2_0 : tensor<f64> to tensor<1xf64>
  %c3 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<7xf32>
  %c4 = dlc.constant dense<[1.3664634227752686, -0.6651946902275085, 0.35151007771492004, 0.9034701585769653, 0.0940122976899147, -0.7434992790222168, -0.9217253923416138]> : tensor<7xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<7xf32>
  %r5 = "dlc.prelu"(%v3, %v4)  : (tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
  %w5_0 = dlc.convert %r5 : tensor<7xf32> to tensor<7xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<7xf64> to tensor<7xf64>
  %c6 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %c7 = dlc.constant dense<[[-0.4577258229255676, 0.22019512951374054, -1.0096181631088257], [-0.20917557179927826, -0.15922501683235168, 0.5408455729484558]]> : tensor<2x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x3xf32>
  %r8 = "dlc.prelu"(%v6, %v7)  : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w8_0 = dlc.convert %r8 : tensor<2x3xf32> to tensor<2x3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2x3xf64> to tensor<6xf64>
  %c9 = dlc.constant dense<> : tensor<2x0xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x0xf32>
  %c10 = dlc.constant dense<> : tensor<2x0xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x0xf32>
  %r11 = "dlc.prelu"(%v9, %v10)  : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x0xf32> to tensor<2x0xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x0xf64> to tensor<0xf64>
  %c12 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x1x3xf32>
  %c13 = dlc.constant dense<[[[0.21465912461280823, 0.35537269711494446, -0.6538286209106445]], [[-0.12961363792419434, 0.7839754819869995, 1.4934310913085938]]]> : tensor<2x1x3xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x1x3xf32>
  %r14 = "dlc.prelu"(%v12, %v13)  : (tensor<2x1x3xf32>, tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c15 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<11xf32>
  %c16 = dlc.constant dense<[-1.2590655088424683, 1.5139237642288208, 1.3458753824234009, 0.7813113927841187, 0.2644556164741516, -0.31392282247543335, 1.4580206871032715, 1.9602583646774292, 1.8016349077224731, 1.3151037693023682, 0.3573804199695587]> : tensor<11xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<11xf32>
  %r17 = "dlc.prelu"(%v15, %v16)  : (tensor<11xf32>, tensor<11xf32>) -> tensor<11xf32>
  %w17_0 = dlc.convert %r17 : tensor<11xf32> to tensor<11xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<31xf64>
  %want = dlc.constant dense<[0.37719064950942993, -0.5415493845939636, 1.9212679862976074, 0.3147003650665283, -1.4518839120864868, 1.0847852230072021, 3.9120001792907715, 2.841242790222168, 0.9663534164428711, -0.8359189629554749, 1.8878076076507568, 0.12397793680429459, 1.1106091737747192, -0.35499751567840576, -0.8023384809494019, -0.7806835174560547, 1.0675562620162964, 0.1229904443025589, 1.234891653060913, 3.127540111541748, -0.0, -0.0, 1.0000000031710769e-30, -7.8131141030229075e-31, 20.0, 6.278456687927246, 90.0, -176.42324829101562, 1.0000000150474662e+30, -1.3151038098469252e+30, 0x7FF8000000000000]> : tensor<31xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<31xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<31xf64>
  %difference = dlc.subtract %got, %want : tensor<31xf64>
  %error = dlc.abs %difference : tensor<31xf64>
  %size = dlc.abs %want : tensor<31xf64>
  %relative = dlc.multiply %rtol, %size : tensor<31xf64>
  %limit = dlc.add %relative, %atol : tensor<31xf64>
  %near = dlc.compare LE, %error, %limit : tensor<31xf64>
  %same = dlc.compare EQ, %got, %want : tensor<31xf64>
  %nan = dlc.compare NE, %got, %got : tensor<31xf64>
  %wants = dlc.compare NE, %want, %want : tensor<31xf64>
  %nans = dlc.and %nan, %wants : tensor<31xi1>
  %finite = dlc.is_finite %got : tensor<31xf64>
  %close = dlc.and %near, %finite : tensor<31xi1>
  %either = dlc.or %close, %same : tensor<31xi1>
  %right = dlc.or %either, %nans : tensor<31xi1>
  %all = dlc.reduce and %right dims [0] : tensor<31xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @elu() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %r1 = "dlc.elu"(%v0) <{alpha = 0.01 : f64}> : (tensor<f32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<7xf32>
  %r3 = "dlc.elu"(%v2) <{alpha = 0.2 : f64}> : (tensor<7xf32>) -> tensor<7xf32>
  %w3_0 = dlc.convert %r3 : tensor<7xf32> to tensor<7xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<7xf64> to tensor<7xf64>
  %c4 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.elu"(%v4) <{alpha = 0.0 : f64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<> : tensor<2x0xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x0xf32>
  %r7 = "dlc.elu"(%v6) <{alpha = 1.5 : f64}> : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x0xf32> to tensor<2x0xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x0xf64> to tensor<0xf64>
  %c8 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x1x3xf32>
  %r9 = "dlc.elu"(%v8) <{alpha = 0.3 : f64}> : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<11xf32>
  %r11 = "dlc.elu"(%v10) <{alpha = 0.01 : f64}> : (tensor<11xf32>) -> tensor<11xf32>
  %w11_0 = dlc.convert %r11 : tensor<11xf32> to tensor<11xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<31xf64>
  %want = dlc.constant dense<[0.37719064950942993, -0.06544099748134613, 1.9212679862976074, 0.3147003650665283, -0.1599026918411255, 1.0847852230072021, 3.9120001792907715, 2.841242790222168, -0.0, -0.0, -0.0, 0.12397793680429459, -0.0, -0.0, -0.2928575873374939, -0.26665258407592773, -0.2413841336965561, -0.18385004997253418, 1.234891653060913, 3.127540111541748, 0.0, 0.0, 1.0000000031710769e-30, 0.0, 20.0, -0.009999999776482582, 90.0, -0.009999999776482582, 1.0000000150474662e+30, -0.009999999776482582, 0x7FF8000000000000]> : tensor<31xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<31xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<31xf64>
  %difference = dlc.subtract %got, %want : tensor<31xf64>
  %error = dlc.abs %difference : tensor<31xf64>
  %size = dlc.abs %want : tensor<31xf64>
  %relative = dlc.multiply %rtol, %size : tensor<31xf64>
  %limit = dlc.add %relative, %atol : tensor<31xf64>
  %near = dlc.compare LE, %error, %limit : tensor<31xf64>
  %same = dlc.compare EQ, %got, %want : tensor<31xf64>
  %nan = dlc.compare NE, %got, %got : tensor<31xf64>
  %wants = dlc.compare NE, %want, %want : tensor<31xf64>
  %nans = dlc.and %nan, %wants : tensor<31xi1>
  %finite = dlc.is_finite %got : tensor<31xf64>
  %close = dlc.and %near, %finite : tensor<31xi1>
  %either = dlc.or %close, %same : tensor<31xi1>
  %right = dlc.or %either, %nans : tensor<31xi1>
  %all = dlc.reduce and %right dims [0] : tensor<31xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @softplus() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %r1 = "dlc.softplus"(%v0)  : (tensor<f32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<7xf32>
  %r3 = "dlc.softplus"(%v2)  : (tensor<7xf32>) -> tensor<7xf32>
  %w3_0 = dlc.convert %r3 : tensor<7xf32> to tensor<7xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<7xf64> to tensor<7xf64>
  %c4 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.softplus"(%v4)  : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<> : tensor<2x0xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x0xf32>
  %r7 = "dlc.softplus"(%v6)  : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x0xf32> to tensor<2x0xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x0xf64> to tensor<0xf64>
  %c8 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x1x3xf32>
  %r9 = "dlc.softplus"(%v8)  : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<11xf32>
  %r11 = "dlc.softplus"(%v10)  : (tensor<11xf32>) -> tensor<11xf32>
  %w11_0 = dlc.convert %r11 : tensor<11xf32> to tensor<11xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<31xf64>
  %want = dlc.constant dense<[0.8994221687316895, 0.5144959092140198, 2.057913064956665, 0.8628261685371399, 0.1827269345521927, 1.3759419918060303, 3.9318032264709473, 2.8979568481445312, 0.1143030896782875, 0.022206105291843414, 0.14336492121219635, 0.7570562362670898, 0.0009344432619400322, 0.417873352766037, 0.02352902665734291, 0.10540276765823364, 0.17846934497356415, 0.3272631764411926, 1.49020516872406, 3.1704323291778564, 0.6931471824645996, 0.6931471824645996, 0.6931471824645996, 0.6931471824645996, 20.0, 2.06115369216775e-09, 90.0, 8.194008692231508e-40, 1.0000000150474662e+30, 0.0, 0x7FF8000000000000]> : tensor<31xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<31xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<31xf64>
  %difference = dlc.subtract %got, %want : tensor<31xf64>
  %error = dlc.abs %difference : tensor<31xf64>
  %size = dlc.abs %want : tensor<31xf64>
  %relative = dlc.multiply %rtol, %size : tensor<31xf64>
  %limit = dlc.add %relative, %atol : tensor<31xf64>
  %near = dlc.compare LE, %error, %limit : tensor<31xf64>
  %same = dlc.compare EQ, %got, %want : tensor<31xf64>
  %nan = dlc.compare NE, %got, %got : tensor<31xf64>
  %wants = dlc.compare NE, %want, %want : tensor<31xf64>
  %nans = dlc.and %nan, %wants : tensor<31xi1>
  %finite = dlc.is_finite %got : tensor<31xf64>
  %close = dlc.and %near, %finite : tensor<31xi1>
  %either = dlc.or %close, %same : tensor<31xi1>
  %right = dlc.or %either, %nans : tensor<31xi1>
  %all = dlc.reduce and %right dims [0] : tensor<31xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @gelu() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %r1 = "dlc.gelu"(%v0)  : (tensor<f32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<7xf32>
  %r3 = "dlc.gelu"(%v2)  : (tensor<7xf32>) -> tensor<7xf32>
  %w3_0 = dlc.convert %r3 : tensor<7xf32> to tensor<7xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<7xf64> to tensor<7xf64>
  %c4 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.gelu"(%v4)  : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<> : tensor<2x0xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x0xf32>
  %r7 = "dlc.gelu"(%v6)  : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x0xf32> to tensor<2x0xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x0xf64> to tensor<0xf64>
  %c8 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x1x3xf32>
  %r9 = "dlc.gelu"(%v8)  : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<11xf32>
  %r11 = "dlc.gelu"(%v10)  : (tensor<11xf32>) -> tensor<11xf32>
  %w11_0 = dlc.convert %r11 : tensor<11xf32> to tensor<11xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<11xf64> to tensor<11xf64>
  %c12 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v12 = dlc.optimization_barrier %c12 : tensor<f32>
  %r13 = "dlc.gelu"(%v12) <{tanh}> : (tensor<f32>) -> tensor<f32>
  %w13_0 = dlc.convert %r13 : tensor<f32> to tensor<f64>
  %f13_0 = dlc.reshape %w13_0 : tensor<f64> to tensor<1xf64>
  %c14 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<7xf32>
  %r15 = "dlc.gelu"(%v14) <{tanh}> : (tensor<7xf32>) -> tensor<7xf32>
  %w15_0 = dlc.convert %r15 : tensor<7xf32> to tensor<7xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<7xf64> to tensor<7xf64>
  %c16 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x3xf32>
  %r17 = "dlc.gelu"(%v16) <{tanh}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w17_0 = dlc.convert %r17 : tensor<2x3xf32> to tensor<2x3xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<2x3xf64> to tensor<6xf64>
  %c18 = dlc.constant dense<> : tensor<2x0xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<2x0xf32>
  %r19 = "dlc.gelu"(%v18) <{tanh}> : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w19_0 = dlc.convert %r19 : tensor<2x0xf32> to tensor<2x0xf64>
  %f19_0 = dlc.reshape %w19_0 : tensor<2x0xf64> to tensor<0xf64>
  %c20 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v20 = dlc.optimization_barrier %c20 : tensor<2x1x3xf32>
  %r21 = "dlc.gelu"(%v20) <{tanh}> : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w21_0 = dlc.convert %r21 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f21_0 = dlc.reshape %w21_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c22 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<11xf32>
  %r23 = "dlc.gelu"(%v22) <{tanh}> : (tensor<11xf32>) -> tensor<11xf32>
  %w23_0 = dlc.convert %r23 : tensor<11xf32> to tensor<11xf64>
  %f23_0 = dlc.reshape %w23_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0, %f17_0, %f19_0, %f21_0, %f23_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>, tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<62xf64>
  %want = dlc.constant dense<[0.24403633177280426, -0.13709966838359833, 1.8687232732772827, 0.1962173879146576, -0.08682069182395935, 0.9339909553527832, 3.911821126937866, 2.8348588943481445, -0.036687083542346954, -0.0002788220008369535, -0.05750487744808197, 0.06810525059700012, -1.0660264337936098e-11, -0.16789510846138, -0.0003470243245828897, -0.030793212354183197, -0.08369281142950058, -0.1625804454088211, 1.1009856462478638, 3.124783515930176, 0.0, -0.0, 5.000000015855384e-31, -5.000000015855384e-31, 20.0, -0.0, 90.0, -0.0, 1.0000000150474662e+30, -0.0, 0x7FF8000000000000, 0.24403029680252075, -0.13710694015026093, 1.8687537908554077, 0.19621437788009644, -0.08700183033943176, 0.9338095188140869, 3.9118940830230713, 2.8353168964385986, -0.03649330139160156, -0.00017905152344610542, -0.05751684680581093, 0.06810517609119415, -3.0975632774504812e-15, -0.16793982684612274, -0.0002312095311935991, -0.030529595911502838, -0.08386204391717911, -0.1627151072025299, 1.1007647514343262, 3.1251447200775146, 0.0, -0.0, 5.000000015855384e-31, -5.000000015855384e-31, 20.0, -0.0, 90.0, -0.0, 1.0000000150474662e+30, -0.0, 0x7FF8000000000000]> : tensor<62xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<62xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<62xf64>
  %difference = dlc.subtract %got, %want : tensor<62xf64>
  %error = dlc.abs %difference : tensor<62xf64>
  %size = dlc.abs %want : tensor<62xf64>
  %relative = dlc.multiply %rtol, %size : tensor<62xf64>
  %limit = dlc.add %relative, %atol : tensor<62xf64>
  %near = dlc.compare LE, %error, %limit : tensor<62xf64>
  %same = dlc.compare EQ, %got, %want : tensor<62xf64>
  %nan = dlc.compare NE, %got, %got : tensor<62xf64>
  %wants = dlc.compare NE, %want, %want : tensor<62xf64>
  %nans = dlc.and %nan, %wants : tensor<62xi1>
  %finite = dlc.is_finite %got : tensor<62xf64>
  %close = dlc.and %near, %finite : tensor<62xi1>
  %either = dlc.or %close, %same : tensor<62xi1>
  %right = dlc.or %either, %nans : tensor<62xi1>
  %all = dlc.reduce and %right dims [0] : tensor<62xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @silu() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %r1 = "dlc.silu"(%v0)  : (tensor<f32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<7xf32>
  %r3 = "dlc.silu"(%v2)  : (tensor<7xf32>) -> tensor<7xf32>
  %w3_0 = dlc.convert %r3 : tensor<7xf32> to tensor<7xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<7xf64> to tensor<7xf64>
  %c4 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.silu"(%v4)  : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<> : tensor<2x0xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x0xf32>
  %r7 = "dlc.silu"(%v6)  : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x0xf32> to tensor<2x0xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x0xf64> to tensor<0xf64>
  %c8 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x1x3xf32>
  %r9 = "dlc.silu"(%v8)  : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<11xf32>
  %r11 = "dlc.silu"(%v10)  : (tensor<11xf32>) -> tensor<11xf32>
  %w11_0 = dlc.convert %r11 : tensor<11xf32> to tensor<11xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<31xf64>
  %want = dlc.constant dense<[0.22374773025512695, -0.1593969762325287, 1.675883173942566, 0.18190692365169525, -0.2683774530887604, 0.8107668161392212, 3.8352925777435303, 2.684588670730591, -0.22803647816181183, -0.08337114751338959, -0.24973765015602112, 0.06582668423652649, -0.0065147834829986095, -0.22418776154518127, -0.0869186520576477, -0.21976375579833984, -0.2668778896331787, -0.26484382152557373, 0.9566379189491272, 2.9962289333343506, 0.0, -0.0, 5.000000015855384e-31, -5.000000015855384e-31, 20.0, -4.122307117881974e-08, 90.0, -7.374611186124672e-38, 1.0000000150474662e+30, -0.0, 0x7FF8000000000000]> : tensor<31xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<31xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<31xf64>
  %difference = dlc.subtract %got, %want : tensor<31xf64>
  %error = dlc.abs %difference : tensor<31xf64>
  %size = dlc.abs %want : tensor<31xf64>
  %relative = dlc.multiply %rtol, %size : tensor<31xf64>
  %limit = dlc.add %relative, %atol : tensor<31xf64>
  %near = dlc.compare LE, %error, %limit : tensor<31xf64>
  %same = dlc.compare EQ, %got, %want : tensor<31xf64>
  %nan = dlc.compare NE, %got, %got : tensor<31xf64>
  %wants = dlc.compare NE, %want, %want : tensor<31xf64>
  %nans = dlc.and %nan, %wants : tensor<31xi1>
  %finite = dlc.is_finite %got : tensor<31xf64>
  %close = dlc.and %near, %finite : tensor<31xi1>
  %either = dlc.or %close, %same : tensor<31xi1>
  %right = dlc.or %either, %nans : tensor<31xi1>
  %all = dlc.reduce and %right dims [0] : tensor<31xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @hard_sigmoid() -> tensor<i1> {
  %c0 = dlc.constant dense<0.37719064950942993> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %r1 = "dlc.hard_sigmoid"(%v0)  : (tensor<f32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[-0.3963145911693573, 1.9212679862976074, 0.3147003650665283, -1.6070080995559692, 1.0847852230072021, 3.9120001792907715, 2.841242790222168]> : tensor<7xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<7xf32>
  %r3 = "dlc.hard_sigmoid"(%v2)  : (tensor<7xf32>) -> tensor<7xf32>
  %w3_0 = dlc.convert %r3 : tensor<7xf32> to tensor<7xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<7xf64> to tensor<7xf64>
  %c4 = dlc.constant dense<[[-2.111205816268921, -3.796264410018921, -1.8698233366012573], [0.12397793680429459, -6.97509241104126, -0.656374990940094]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.hard_sigmoid"(%v4)  : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<> : tensor<2x0xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x0xf32>
  %r7 = "dlc.hard_sigmoid"(%v6)  : (tensor<2x0xf32>) -> tensor<2x0xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x0xf32> to tensor<2x0xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x0xf64> to tensor<0xf64>
  %c8 = dlc.constant dense<[[[-3.7377328872680664, -2.1968021392822266, -1.6327769756317139]], [[-0.9489004611968994, 1.234891653060913, 3.127540111541748]]]> : tensor<2x1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x1x3xf32>
  %r9 = "dlc.hard_sigmoid"(%v8)  : (tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[0.0, -0.0, 1.0000000031710769e-30, -1.0000000031710769e-30, 20.0, -20.0, 90.0, -90.0, 1.0000000150474662e+30, -1.0000000150474662e+30, 0x7FC00000]> : tensor<11xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<11xf32>
  %r11 = "dlc.hard_sigmoid"(%v10)  : (tensor<11xf32>) -> tensor<11xf32>
  %w11_0 = dlc.convert %r11 : tensor<11xf32> to tensor<11xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0 dim 0 : (tensor<1xf64>, tensor<7xf64>, tensor<6xf64>, tensor<0xf64>, tensor<6xf64>, tensor<11xf64>) -> tensor<31xf64>
  %want = dlc.constant dense<[0.562865138053894, 0.4339475631713867, 0.8202113509178162, 0.5524500608444214, 0.23216532170772552, 0.6807975172996521, 1.0, 0.9735404849052429, 0.14813236892223358, 0.0, 0.18836277723312378, 0.5206629633903503, 0.0, 0.390604168176651, 0.0, 0.1338663101196289, 0.22787050902843475, 0.3418499231338501, 0.7058152556419373, 1.0, 0.5, 0.5, 0.5, 0.5, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0x7FF8000000000000]> : tensor<31xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<31xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<31xf64>
  %difference = dlc.subtract %got, %want : tensor<31xf64>
  %error = dlc.abs %difference : tensor<31xf64>
  %size = dlc.abs %want : tensor<31xf64>
  %relative = dlc.multiply %rtol, %size : tensor<31xf64>
  %limit = dlc.add %relative, %atol : tensor<31xf64>
  %near = dlc.compare LE, %error, %limit : tensor<31xf64>
  %same = dlc.compare EQ, %got, %want : tensor<31xf64>
  %nan = dlc.compare NE, %got, %got : tensor<31xf64>
  %wants = dlc.compare NE, %want, %want : tensor<31xf64>
  %nans = dlc.and %nan, %wants : tensor<31xi1>
  %finite = dlc.is_finite %got : tensor<31xf64>
  %close = dlc.and %near, %finite : tensor<31xi1>
  %either = dlc.or %close, %same : tensor<31xi1>
  %right = dlc.or %either, %nans : tensor<31xi1>
  %all = dlc.reduce and %right dims [0] : tensor<31xi1> to tensor<i1>
  return %all : tensor<i1>
}
