// The softmax family against PyTorch and NumPy.
// Made by test/goldens/make_composites.py.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=softmax --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=softmax | FileCheck %s
// RUN: dlc run %s --function=log_softmax --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=log_softmax | FileCheck %s
// RUN: dlc run %s --function=log_sum_exp --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=log_sum_exp | FileCheck %s
// RUN: dlc run %s --function=one_hot --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=one_hot | FileCheck %s
// RUN: dlc run %s --function=argmax --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=argmax | FileCheck %s
// RUN: dlc run %s --function=argmin --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=argmin | FileCheck %s
// CHECK: result 0: tensor<i1> = 1

func.func @softmax() -> tensor<i1> {
  %c0 = dlc.constant dense<[-3.624955892562866, -0.013362399302423, 1.969424843788147, -3.865084409713745, 1.185366153717041, 1.2895910739898682, 2.088128089904785]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1 = "dlc.softmax"(%v0) <{dimension = 0 : i64}> : (tensor<7xf32>) -> tensor<7xf32>
  %w1_0 = dlc.convert %r1 : tensor<7xf32> to tensor<7xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<7xf64> to tensor<7xf64>
  %c2 = dlc.constant dense<[[-1.1841179132461548, -0.661702573299408, -0.4364352524280548], [-1.169801950454712, 1.7393678426742554, -0.49591073393821716]]> : tensor<2x3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3xf32>
  %r3 = "dlc.softmax"(%v2) <{dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x3xf32> to tensor<2x3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x3xf64> to tensor<6xf64>
  %c4 = dlc.constant dense<[[0.3289696276187897, -0.2585725486278534, 1.5834728479385376], [1.3203610181808472, 0.6333526372909546, -2.20350980758667]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.softmax"(%v4) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<[[[2.6014487743377686, 34.18431091308594, 50.19807815551758, -30.89535140991211], [91.10057067871094, -66.02154541015625, -33.07640075683594, 46.752498626708984], [2.452730655670166, 100.11962890625, 9.425959587097168, -31.659704208374023]], [[-18.878175735473633, -54.55730438232422, -63.88400650024414, 31.52057456970215], [29.058290481567383, 64.72794342041016, -37.730289459228516, 84.45537567138672], [-14.369385719299316, 78.72041320800781, -21.639291763305664, -36.774166107177734]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7 = "dlc.softmax"(%v6) <{dimension = 1 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x3x4xf32> to tensor<2x3x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x3x4xf64> to tensor<24xf64>
  %c8 = dlc.constant dense<[[0.0, 0xFF800000, 2.0]]> : tensor<1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<1x3xf32>
  %r9 = "dlc.softmax"(%v8) <{dimension = 1 : i64}> : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<1x3xf32> to tensor<1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<1x3xf64> to tensor<3xf64>
  %c10 = dlc.constant dense<[[1.0, 0x7FC00000, 2.0], [1000.0, 1001.0, 999.0]]> : tensor<2x3xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x3xf32>
  %r11 = "dlc.softmax"(%v10) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x3xf32> to tensor<2x3xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x3xf64> to tensor<6xf64>
  %c12 = dlc.constant dense<> : tensor<3x0xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<3x0xf32>
  %r13 = "dlc.softmax"(%v12) <{dimension = 1 : i64}> : (tensor<3x0xf32>) -> tensor<3x0xf32>
  %w13_0 = dlc.convert %r13 : tensor<3x0xf32> to tensor<3x0xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<3x0xf64> to tensor<0xf64>
  %c14 = dlc.constant dense<[[0.249785378575325], [1.0314531326293945], [0.16100957989692688], [-0.5855288505554199]]> : tensor<4x1xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<4x1xf32>
  %r15 = "dlc.softmax"(%v14) <{dimension = 1 : i64}> : (tensor<4x1xf32>) -> tensor<4x1xf32>
  %w15_0 = dlc.convert %r15 : tensor<4x1xf32> to tensor<4x1xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<4x1xf64> to tensor<4xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0 dim 0 : (tensor<7xf64>, tensor<6xf64>, tensor<6xf64>, tensor<24xf64>, tensor<3xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>) -> tensor<56xf64>
  %want = dlc.constant dense<[0.0011500137625262141, 0.04257926717400551, 0.30925142765045166, 0.0009045166079886258, 0.14118851721286774, 0.156698077917099, 0.3482281565666199, 0.49642106890678406, 0.08309110999107361, 0.5148645043373108, 0.5035789012908936, 0.9169089198112488, 0.4851355254650116, 0.1975586712360382, 0.1097816526889801, 0.6926596760749817, 0.6525013446807861, 0.3282596170902252, 0.01923905499279499, 3.675527399209993e-39, 2.3155556531763263e-29, 1.0, 1.8965626746314632e-34, 1.0, 0.0, 6.828940407338239e-37, 1.0, 3.167614159129284e-39, 1.0, 1.962880568434246e-18, 8.831063170614413e-35, 1.5186483717622189e-21, 0.0, 4.501460541834346e-19, 1.0249624776465009e-23, 1.0, 8.378132179132081e-07, 1.0274683148736585e-07, 1.0, 1.379112998869914e-19, 0.9999991655349731, 0.9999998807907104, 0.0, 0.11920291930437088, 0.0, 0.8807970881462097, 0xFFFFFFFFE0000000, 0x7FF8000000000000, 0xFFFFFFFFE0000000, 0.2447284758090973, 0.6652409434318542, 0.09003057330846786, 1.0, 1.0, 1.0, 1.0]> : tensor<56xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<56xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<56xf64>
  %difference = dlc.subtract %got, %want : tensor<56xf64>
  %error = dlc.abs %difference : tensor<56xf64>
  %size = dlc.abs %want : tensor<56xf64>
  %relative = dlc.multiply %rtol, %size : tensor<56xf64>
  %limit = dlc.add %relative, %atol : tensor<56xf64>
  %near = dlc.compare LE, %error, %limit : tensor<56xf64>
  %same = dlc.compare EQ, %got, %want : tensor<56xf64>
  %nan = dlc.compare NE, %got, %got : tensor<56xf64>
  %wants = dlc.compare NE, %want, %want : tensor<56xf64>
  %nans = dlc.and %nan, %wants : tensor<56xi1>
  %finite = dlc.is_finite %got : tensor<56xf64>
  %close = dlc.and %near, %finite : tensor<56xi1>
  %either = dlc.or %close, %same : tensor<56xi1>
  %right = dlc.or %either, %nans : tensor<56xi1>
  %all = dlc.reduce and %right dims [0] : tensor<56xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @log_softmax() -> tensor<i1> {
  %c0 = dlc.constant dense<[-3.624955892562866, -0.013362399302423, 1.969424843788147, -3.865084409713745, 1.185366153717041, 1.2895910739898682, 2.088128089904785]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1 = "dlc.log_softmax"(%v0) <{dimension = 0 : i64}> : (tensor<7xf32>) -> tensor<7xf32>
  %w1_0 = dlc.convert %r1 : tensor<7xf32> to tensor<7xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<7xf64> to tensor<7xf64>
  %c2 = dlc.constant dense<[[-1.1841179132461548, -0.661702573299408, -0.4364352524280548], [-1.169801950454712, 1.7393678426742554, -0.49591073393821716]]> : tensor<2x3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3xf32>
  %r3 = "dlc.log_softmax"(%v2) <{dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x3xf32> to tensor<2x3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x3xf64> to tensor<6xf64>
  %c4 = dlc.constant dense<[[0.3289696276187897, -0.2585725486278534, 1.5834728479385376], [1.3203610181808472, 0.6333526372909546, -2.20350980758667]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.log_softmax"(%v4) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<[[[2.6014487743377686, 34.18431091308594, 50.19807815551758, -30.89535140991211], [91.10057067871094, -66.02154541015625, -33.07640075683594, 46.752498626708984], [2.452730655670166, 100.11962890625, 9.425959587097168, -31.659704208374023]], [[-18.878175735473633, -54.55730438232422, -63.88400650024414, 31.52057456970215], [29.058290481567383, 64.72794342041016, -37.730289459228516, 84.45537567138672], [-14.369385719299316, 78.72041320800781, -21.639291763305664, -36.774166107177734]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7 = "dlc.log_softmax"(%v6) <{dimension = 1 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x3x4xf32> to tensor<2x3x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x3x4xf64> to tensor<24xf64>
  %c8 = dlc.constant dense<[[0.0, 0xFF800000, 2.0]]> : tensor<1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<1x3xf32>
  %r9 = "dlc.log_softmax"(%v8) <{dimension = 1 : i64}> : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<1x3xf32> to tensor<1x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<1x3xf64> to tensor<3xf64>
  %c10 = dlc.constant dense<[[1.0, 0x7FC00000, 2.0], [1000.0, 1001.0, 999.0]]> : tensor<2x3xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x3xf32>
  %r11 = "dlc.log_softmax"(%v10) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x3xf32> to tensor<2x3xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x3xf64> to tensor<6xf64>
  %c12 = dlc.constant dense<> : tensor<3x0xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<3x0xf32>
  %r13 = "dlc.log_softmax"(%v12) <{dimension = 1 : i64}> : (tensor<3x0xf32>) -> tensor<3x0xf32>
  %w13_0 = dlc.convert %r13 : tensor<3x0xf32> to tensor<3x0xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<3x0xf64> to tensor<0xf64>
  %c14 = dlc.constant dense<[[0.249785378575325], [1.0314531326293945], [0.16100957989692688], [-0.5855288505554199]]> : tensor<4x1xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<4x1xf32>
  %r15 = "dlc.log_softmax"(%v14) <{dimension = 1 : i64}> : (tensor<4x1xf32>) -> tensor<4x1xf32>
  %w15_0 = dlc.convert %r15 : tensor<4x1xf32> to tensor<4x1xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<4x1xf64> to tensor<4xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0 dim 0 : (tensor<7xf64>, tensor<6xf64>, tensor<6xf64>, tensor<24xf64>, tensor<3xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>) -> tensor<56xf64>
  %want = dlc.constant dense<[-6.76798152923584, -3.1563878059387207, -1.1736005544662476, -7.008110046386719, -1.9576592445373535, -1.8534343242645264, -1.0548973083496094, -0.7003307938575745, -2.4878175258636475, -0.6638515591621399, -0.6860148310661316, -0.0867471694946289, -0.7233270406723022, -1.6217197179794312, -2.209261894226074, -0.36721646785736084, -0.4269421100616455, -1.113950490951538, -3.950812816619873, -88.4991226196289, -65.93531799316406, 0.0, -77.6478500366211, 0.0, -166.14117431640625, -83.27447509765625, 0.0, -88.64784240722656, 0.0, -40.772117614746094, -78.41220092773438, -47.936466217041016, -133.27772521972656, -42.24471664428711, -52.93479919433594, 0.0, -13.992470741271973, -16.09099769592285, 0.0, -43.427677154541016, -8.378136158171401e-07, -1.0274683859279321e-07, -121.22953796386719, -2.1269280910491943, 0xFFF0000000000000, -0.12692801654338837, 0xFFFFFFFFE0000000, 0x7FF8000000000000, 0xFFFFFFFFE0000000, -1.4076060056686401, -0.40760597586631775, -2.4076058864593506, 0.0, 0.0, 0.0, 0.0]> : tensor<56xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<56xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<56xf64>
  %difference = dlc.subtract %got, %want : tensor<56xf64>
  %error = dlc.abs %difference : tensor<56xf64>
  %size = dlc.abs %want : tensor<56xf64>
  %relative = dlc.multiply %rtol, %size : tensor<56xf64>
  %limit = dlc.add %relative, %atol : tensor<56xf64>
  %near = dlc.compare LE, %error, %limit : tensor<56xf64>
  %same = dlc.compare EQ, %got, %want : tensor<56xf64>
  %nan = dlc.compare NE, %got, %got : tensor<56xf64>
  %wants = dlc.compare NE, %want, %want : tensor<56xf64>
  %nans = dlc.and %nan, %wants : tensor<56xi1>
  %finite = dlc.is_finite %got : tensor<56xf64>
  %close = dlc.and %near, %finite : tensor<56xi1>
  %either = dlc.or %close, %same : tensor<56xi1>
  %right = dlc.or %either, %nans : tensor<56xi1>
  %all = dlc.reduce and %right dims [0] : tensor<56xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @log_sum_exp() -> tensor<i1> {
  %c0 = dlc.constant dense<[-3.624955892562866, -0.013362399302423, 1.969424843788147, -3.865084409713745, 1.185366153717041, 1.2895910739898682, 2.088128089904785]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1 = "dlc.log_sum_exp"(%v0) <{dimension = 0 : i64}> : (tensor<7xf32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[[-1.1841179132461548, -0.661702573299408, -0.4364352524280548], [-1.169801950454712, 1.7393678426742554, -0.49591073393821716]]> : tensor<2x3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3xf32>
  %r3 = "dlc.log_sum_exp"(%v2) <{dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %c4 = dlc.constant dense<[[0.3289696276187897, -0.2585725486278534, 1.5834728479385376], [1.3203610181808472, 0.6333526372909546, -2.20350980758667]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.log_sum_exp"(%v4) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<2xf32>
  %w5_0 = dlc.convert %r5 : tensor<2xf32> to tensor<2xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2xf64> to tensor<2xf64>
  %c6 = dlc.constant dense<[[[2.6014487743377686, 34.18431091308594, 50.19807815551758, -30.89535140991211], [91.10057067871094, -66.02154541015625, -33.07640075683594, 46.752498626708984], [2.452730655670166, 100.11962890625, 9.425959587097168, -31.659704208374023]], [[-18.878175735473633, -54.55730438232422, -63.88400650024414, 31.52057456970215], [29.058290481567383, 64.72794342041016, -37.730289459228516, 84.45537567138672], [-14.369385719299316, 78.72041320800781, -21.639291763305664, -36.774166107177734]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7 = "dlc.log_sum_exp"(%v6) <{dimension = 1 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x4xf32> to tensor<2x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x4xf64> to tensor<8xf64>
  %c8 = dlc.constant dense<[[0.0, 0xFF800000, 2.0]]> : tensor<1x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<1x3xf32>
  %r9 = "dlc.log_sum_exp"(%v8) <{dimension = 1 : i64}> : (tensor<1x3xf32>) -> tensor<1xf32>
  %w9_0 = dlc.convert %r9 : tensor<1xf32> to tensor<1xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<1xf64> to tensor<1xf64>
  %c10 = dlc.constant dense<[[1.0, 0x7FC00000, 2.0], [1000.0, 1001.0, 999.0]]> : tensor<2x3xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x3xf32>
  %r11 = "dlc.log_sum_exp"(%v10) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<2xf32>
  %w11_0 = dlc.convert %r11 : tensor<2xf32> to tensor<2xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2xf64> to tensor<2xf64>
  %c12 = dlc.constant dense<> : tensor<3x0xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<3x0xf32>
  %r13 = "dlc.log_sum_exp"(%v12) <{dimension = 1 : i64}> : (tensor<3x0xf32>) -> tensor<3xf32>
  %w13_0 = dlc.convert %r13 : tensor<3xf32> to tensor<3xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<3xf64> to tensor<3xf64>
  %c14 = dlc.constant dense<[[0.249785378575325], [1.0314531326293945], [0.16100957989692688], [-0.5855288505554199]]> : tensor<4x1xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<4x1xf32>
  %r15 = "dlc.log_sum_exp"(%v14) <{dimension = 1 : i64}> : (tensor<4x1xf32>) -> tensor<4xf32>
  %w15_0 = dlc.convert %r15 : tensor<4xf32> to tensor<4xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<4xf64> to tensor<4xf64>
  %c16 = dlc.constant dense<[[0xFF800000, 0xFF800000], [0x7F800000, 0.0]]> : tensor<2x2xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x2xf32>
  %r17 = "dlc.log_sum_exp"(%v16) <{dimension = 1 : i64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w17_0 = dlc.convert %r17 : tensor<2xf32> to tensor<2xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0, %f17_0 dim 0 : (tensor<1xf64>, tensor<3xf64>, tensor<2xf64>, tensor<8xf64>, tensor<1xf64>, tensor<2xf64>, tensor<3xf64>, tensor<4xf64>, tensor<2xf64>) -> tensor<26xf64>
  %want = dlc.constant dense<[3.1430253982543945, -0.4837871193885803, 1.8261150121688843, 0.2274162918329239, 1.9506893157958984, 1.7473031282424927, 91.10057067871094, 100.11962890625, 50.19807815551758, 46.752498626708984, 29.058290481567383, 78.72041320800781, -21.639291763305664, 84.45537567138672, 2.1269280910491943, 0x7FF8000000000000, 1001.4075927734375, 0xFFF0000000000000, 0xFFF0000000000000, 0xFFF0000000000000, 0.249785378575325, 1.0314531326293945, 0.16100957989692688, -0.5855288505554199, 0xFFF0000000000000, 0x7FF0000000000000]> : tensor<26xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<26xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<26xf64>
  %difference = dlc.subtract %got, %want : tensor<26xf64>
  %error = dlc.abs %difference : tensor<26xf64>
  %size = dlc.abs %want : tensor<26xf64>
  %relative = dlc.multiply %rtol, %size : tensor<26xf64>
  %limit = dlc.add %relative, %atol : tensor<26xf64>
  %near = dlc.compare LE, %error, %limit : tensor<26xf64>
  %same = dlc.compare EQ, %got, %want : tensor<26xf64>
  %nan = dlc.compare NE, %got, %got : tensor<26xf64>
  %wants = dlc.compare NE, %want, %want : tensor<26xf64>
  %nans = dlc.and %nan, %wants : tensor<26xi1>
  %finite = dlc.is_finite %got : tensor<26xf64>
  %close = dlc.and %near, %finite : tensor<26xi1>
  %either = dlc.or %close, %same : tensor<26xi1>
  %right = dlc.or %either, %nans : tensor<26xi1>
  %all = dlc.reduce and %right dims [0] : tensor<26xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @one_hot() -> tensor<i1> {
  %c0 = dlc.constant dense<[0, 2, 1]> : tensor<3xi32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3xi32>
  %r1 = "dlc.one_hot"(%v0)  : (tensor<3xi32>) -> tensor<3x3xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x3xf32> to tensor<3x3xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x3xf64> to tensor<9xf64>
  %c2 = dlc.constant dense<[[0], [3]]> : tensor<2x1xi64>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x1xi64>
  %r3 = "dlc.one_hot"(%v2)  : (tensor<2x1xi64>) -> tensor<2x1x3xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x1x3xf32> to tensor<2x1x3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x1x3xf64> to tensor<6xf64>
  %c4 = dlc.constant dense<1> : tensor<i32>
  %v4 = dlc.optimization_barrier %c4 : tensor<i32>
  %r5 = "dlc.one_hot"(%v4)  : (tensor<i32>) -> tensor<3xf32>
  %w5_0 = dlc.convert %r5 : tensor<3xf32> to tensor<3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3xf64> to tensor<3xf64>
  %c6 = dlc.constant dense<[-1, 4, 2]> : tensor<3xi32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3xi32>
  %r7 = "dlc.one_hot"(%v6)  : (tensor<3xi32>) -> tensor<3x3xf32>
  %w7_0 = dlc.convert %r7 : tensor<3x3xf32> to tensor<3x3xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<3x3xf64> to tensor<9xf64>
  %c8 = dlc.constant dense<> : tensor<0xi32>
  %v8 = dlc.optimization_barrier %c8 : tensor<0xi32>
  %r9 = "dlc.one_hot"(%v8)  : (tensor<0xi32>) -> tensor<0x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<0x3xf32> to tensor<0x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<0x3xf64> to tensor<0xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0 dim 0 : (tensor<9xf64>, tensor<6xf64>, tensor<3xf64>, tensor<9xf64>, tensor<0xf64>) -> tensor<27xf64>
  %want = dlc.constant dense<[1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]> : tensor<27xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<27xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<27xf64>
  %difference = dlc.subtract %got, %want : tensor<27xf64>
  %error = dlc.abs %difference : tensor<27xf64>
  %size = dlc.abs %want : tensor<27xf64>
  %relative = dlc.multiply %rtol, %size : tensor<27xf64>
  %limit = dlc.add %relative, %atol : tensor<27xf64>
  %near = dlc.compare LE, %error, %limit : tensor<27xf64>
  %same = dlc.compare EQ, %got, %want : tensor<27xf64>
  %nan = dlc.compare NE, %got, %got : tensor<27xf64>
  %wants = dlc.compare NE, %want, %want : tensor<27xf64>
  %nans = dlc.and %nan, %wants : tensor<27xi1>
  %finite = dlc.is_finite %got : tensor<27xf64>
  %close = dlc.and %near, %finite : tensor<27xi1>
  %either = dlc.or %close, %same : tensor<27xi1>
  %right = dlc.or %either, %nans : tensor<27xi1>
  %all = dlc.reduce and %right dims [0] : tensor<27xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @argmax() -> tensor<i1> {
  %c0 = dlc.constant dense<[1.0, 3.0, 3.0, 0.0]> : tensor<4xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<4xf32>
  %r1 = "dlc.argmax"(%v0) <{dimension = 0 : i64}> : (tensor<4xf32>) -> tensor<i32>
  %w1_0 = dlc.convert %r1 : tensor<i32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[[1.0, 0x7FC00000, 3.0, 0x7FC00000], [0.0, -0.0, 0.0, 0.0]]> : tensor<2x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x4xf32>
  %r3 = "dlc.argmax"(%v2) <{dimension = 1 : i64}> : (tensor<2x4xf32>) -> tensor<2xi32>
  %w3_0 = dlc.convert %r3 : tensor<2xi32> to tensor<2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2xf64> to tensor<2xf64>
  %c4 = dlc.constant dense<[[-1.3412196636199951, -1.4015202522277832, 0.5026828646659851, 0.9897130131721497], [-0.16429458558559418, -1.0743649005889893, 0.8730421662330627, -1.2803939580917358], [-0.7130680680274963, 0.6210178732872009, -2.250141143798828, 0.38636958599090576]]> : tensor<3x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4xf32>
  %r5 = "dlc.argmax"(%v4) <{dimension = 0 : i64}> : (tensor<3x4xf32>) -> tensor<4xi32>
  %w5_0 = dlc.convert %r5 : tensor<4xi32> to tensor<4xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<4xf64> to tensor<4xf64>
  %c6 = dlc.constant dense<[[[-0.5816408395767212, 0.10927969962358475, -0.0757015272974968, 0.20211438834667206], [0.6941719651222229, -0.7583697438240051, 1.420982003211975, 0.7260937690734863], [0.8437326550483704, 1.16486394405365, 0.7875882387161255, 0.8440786600112915]], [[0.07559361308813095, -1.4267739057540894, -0.1350450962781906, -0.7695146203041077], [-1.4227417707443237, 0.25845280289649963, -0.5685494542121887, -1.0298044681549072], [-1.0430010557174683, 0.268417090177536, 0.35867196321487427, 1.3224574327468872]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7 = "dlc.argmax"(%v6) <{dimension = 1 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x4xi32>
  %w7_0 = dlc.convert %r7 : tensor<2x4xi32> to tensor<2x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x4xf64> to tensor<8xf64>
  %c8 = dlc.constant dense<[[5, 5], [7, -7]]> : tensor<2x2xi32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x2xi32>
  %r9 = "dlc.argmax"(%v8) <{dimension = 0 : i64}> : (tensor<2x2xi32>) -> tensor<2xi32>
  %w9_0 = dlc.convert %r9 : tensor<2xi32> to tensor<2xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2xf64> to tensor<2xf64>
  %c10 = dlc.constant dense<[200, 100, 255]> : tensor<3xui8>
  %v10 = dlc.optimization_barrier %c10 : tensor<3xui8>
  %r11 = "dlc.argmax"(%v10) <{dimension = 0 : i64}> : (tensor<3xui8>) -> tensor<i32>
  %w11_0 = dlc.convert %r11 : tensor<i32> to tensor<f64>
  %f11_0 = dlc.reshape %w11_0 : tensor<f64> to tensor<1xf64>
  %c12 = dlc.constant dense<[[0xFF800000, 0xFF800000], [0xFF800000, 0xFF800000]]> : tensor<2x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x2xf32>
  %r13 = "dlc.argmax"(%v12) <{dimension = 1 : i64}> : (tensor<2x2xf32>) -> tensor<2xi32>
  %w13_0 = dlc.convert %r13 : tensor<2xi32> to tensor<2xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0 dim 0 : (tensor<1xf64>, tensor<2xf64>, tensor<4xf64>, tensor<8xf64>, tensor<2xf64>, tensor<1xf64>, tensor<2xf64>) -> tensor<20xf64>
  %want = dlc.constant dense<[1.0, 1.0, 0.0, 1.0, 2.0, 1.0, 0.0, 2.0, 2.0, 1.0, 2.0, 0.0, 2.0, 2.0, 2.0, 1.0, 0.0, 2.0, 0.0, 0.0]> : tensor<20xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<20xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<20xf64>
  %difference = dlc.subtract %got, %want : tensor<20xf64>
  %error = dlc.abs %difference : tensor<20xf64>
  %size = dlc.abs %want : tensor<20xf64>
  %relative = dlc.multiply %rtol, %size : tensor<20xf64>
  %limit = dlc.add %relative, %atol : tensor<20xf64>
  %near = dlc.compare LE, %error, %limit : tensor<20xf64>
  %same = dlc.compare EQ, %got, %want : tensor<20xf64>
  %nan = dlc.compare NE, %got, %got : tensor<20xf64>
  %wants = dlc.compare NE, %want, %want : tensor<20xf64>
  %nans = dlc.and %nan, %wants : tensor<20xi1>
  %finite = dlc.is_finite %got : tensor<20xf64>
  %close = dlc.and %near, %finite : tensor<20xi1>
  %either = dlc.or %close, %same : tensor<20xi1>
  %right = dlc.or %either, %nans : tensor<20xi1>
  %all = dlc.reduce and %right dims [0] : tensor<20xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @argmin() -> tensor<i1> {
  %c0 = dlc.constant dense<[1.0, 3.0, 3.0, 0.0]> : tensor<4xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<4xf32>
  %r1 = "dlc.argmin"(%v0) <{dimension = 0 : i64}> : (tensor<4xf32>) -> tensor<i32>
  %w1_0 = dlc.convert %r1 : tensor<i32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[[1.0, 0x7FC00000, 3.0, 0x7FC00000], [0.0, -0.0, 0.0, 0.0]]> : tensor<2x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x4xf32>
  %r3 = "dlc.argmin"(%v2) <{dimension = 1 : i64}> : (tensor<2x4xf32>) -> tensor<2xi32>
  %w3_0 = dlc.convert %r3 : tensor<2xi32> to tensor<2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2xf64> to tensor<2xf64>
  %c4 = dlc.constant dense<[[-1.3412196636199951, -1.4015202522277832, 0.5026828646659851, 0.9897130131721497], [-0.16429458558559418, -1.0743649005889893, 0.8730421662330627, -1.2803939580917358], [-0.7130680680274963, 0.6210178732872009, -2.250141143798828, 0.38636958599090576]]> : tensor<3x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4xf32>
  %r5 = "dlc.argmin"(%v4) <{dimension = 0 : i64}> : (tensor<3x4xf32>) -> tensor<4xi32>
  %w5_0 = dlc.convert %r5 : tensor<4xi32> to tensor<4xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<4xf64> to tensor<4xf64>
  %c6 = dlc.constant dense<[[[-0.5816408395767212, 0.10927969962358475, -0.0757015272974968, 0.20211438834667206], [0.6941719651222229, -0.7583697438240051, 1.420982003211975, 0.7260937690734863], [0.8437326550483704, 1.16486394405365, 0.7875882387161255, 0.8440786600112915]], [[0.07559361308813095, -1.4267739057540894, -0.1350450962781906, -0.7695146203041077], [-1.4227417707443237, 0.25845280289649963, -0.5685494542121887, -1.0298044681549072], [-1.0430010557174683, 0.268417090177536, 0.35867196321487427, 1.3224574327468872]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7 = "dlc.argmin"(%v6) <{dimension = 1 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x4xi32>
  %w7_0 = dlc.convert %r7 : tensor<2x4xi32> to tensor<2x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x4xf64> to tensor<8xf64>
  %c8 = dlc.constant dense<[[5, 5], [7, -7]]> : tensor<2x2xi32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x2xi32>
  %r9 = "dlc.argmin"(%v8) <{dimension = 0 : i64}> : (tensor<2x2xi32>) -> tensor<2xi32>
  %w9_0 = dlc.convert %r9 : tensor<2xi32> to tensor<2xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2xf64> to tensor<2xf64>
  %c10 = dlc.constant dense<[200, 100, 255]> : tensor<3xui8>
  %v10 = dlc.optimization_barrier %c10 : tensor<3xui8>
  %r11 = "dlc.argmin"(%v10) <{dimension = 0 : i64}> : (tensor<3xui8>) -> tensor<i32>
  %w11_0 = dlc.convert %r11 : tensor<i32> to tensor<f64>
  %f11_0 = dlc.reshape %w11_0 : tensor<f64> to tensor<1xf64>
  %c12 = dlc.constant dense<[[0xFF800000, 0xFF800000], [0xFF800000, 0xFF800000]]> : tensor<2x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x2xf32>
  %r13 = "dlc.argmin"(%v12) <{dimension = 1 : i64}> : (tensor<2x2xf32>) -> tensor<2xi32>
  %w13_0 = dlc.convert %r13 : tensor<2xi32> to tensor<2xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0 dim 0 : (tensor<1xf64>, tensor<2xf64>, tensor<4xf64>, tensor<8xf64>, tensor<2xf64>, tensor<1xf64>, tensor<2xf64>) -> tensor<20xf64>
  %want = dlc.constant dense<[3.0, 1.0, 0.0, 0.0, 0.0, 2.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0]> : tensor<20xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<20xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<20xf64>
  %difference = dlc.subtract %got, %want : tensor<20xf64>
  %error = dlc.abs %difference : tensor<20xf64>
  %size = dlc.abs %want : tensor<20xf64>
  %relative = dlc.multiply %rtol, %size : tensor<20xf64>
  %limit = dlc.add %relative, %atol : tensor<20xf64>
  %near = dlc.compare LE, %error, %limit : tensor<20xf64>
  %same = dlc.compare EQ, %got, %want : tensor<20xf64>
  %nan = dlc.compare NE, %got, %got : tensor<20xf64>
  %wants = dlc.compare NE, %want, %want : tensor<20xf64>
  %nans = dlc.and %nan, %wants : tensor<20xi1>
  %finite = dlc.is_finite %got : tensor<20xf64>
  %close = dlc.and %near, %finite : tensor<20xi1>
  %either = dlc.or %close, %same : tensor<20xi1>
  %right = dlc.or %either, %nans : tensor<20xi1>
  %all = dlc.reduce and %right dims [0] : tensor<20xi1> to tensor<i1>
  return %all : tensor<i1>
}
