// Losses against PyTorch and NumPy.
// Made by test/goldens/make_composites.py.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=softmax_cross_entropy --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=softmax_cross_entropy | FileCheck %s
// RUN: dlc run %s --function=nll --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=nll | FileCheck %s
// RUN: dlc run %s --function=sigmoid_binary_cross_entropy --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=sigmoid_binary_cross_entropy | FileCheck %s
// RUN: dlc run %s --function=mse --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=mse | FileCheck %s
// RUN: dlc run %s --function=l1 --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=l1 | FileCheck %s
// RUN: dlc run %s --function=huber --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=huber | FileCheck %s
// RUN: dlc run %s --function=kl_div --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=kl_div | FileCheck %s
// CHECK: result 0: tensor<i1> = 1

func.func @softmax_cross_entropy() -> tensor<i1> {
  %c0 = dlc.constant dense<[[-3.409560203552246, -1.509266972541809, 0.5528011918067932], [6.031638145446777, -0.6637328267097473, 1.8896299600601196]]> : tensor<2x3xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<2x3xf32>
  %c1 = dlc.constant dense<[0, 0]> : tensor<2xi32>
  %v1 = dlc.optimization_barrier %c1 : tensor<2xi32>
  %r2 = "dlc.softmax_cross_entropy"(%v0, %v1) <{smoothing = 0.0 : f64}> : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<2xf32>
  %w2_0 = dlc.convert %r2 : tensor<2xf32> to tensor<2xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<2xf64> to tensor<2xf64>
  %c3 = dlc.constant dense<[[-3.409560203552246, -1.509266972541809, 0.5528011918067932], [6.031638145446777, -0.6637328267097473, 1.8896299600601196]]> : tensor<2x3xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<2x3xf32>
  %c4 = dlc.constant dense<[0, 0]> : tensor<2xi32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2xi32>
  %r5 = "dlc.softmax_cross_entropy"(%v3, %v4) <{smoothing = 0.1 : f64}> : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<2xf32>
  %w5_0 = dlc.convert %r5 : tensor<2xf32> to tensor<2xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2xf64> to tensor<2xf64>
  %c6 = dlc.constant dense<[[2.134202241897583, 4.274256706237793, -1.9060394763946533, 3.0841972827911377, -0.23190400004386902], [4.297645092010498, -4.014238357543945, -3.1182310581207275, 5.074926376342773, -0.7843359112739563], [-1.4358426332473755, 0.3102896809577942, -2.7579898834228516, 5.327765464782715, -4.996650695800781], [-0.6023920178413391, 1.3878111839294434, -0.4177882671356201, -3.2091500759124756, -3.4735567569732666]]> : tensor<4x5xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<4x5xf32>
  %c7 = dlc.constant dense<[0, 3, 3, 3]> : tensor<4xi64>
  %v7 = dlc.optimization_barrier %c7 : tensor<4xi64>
  %r8 = "dlc.softmax_cross_entropy"(%v6, %v7) <{smoothing = 0.0 : f64}> : (tensor<4x5xf32>, tensor<4xi64>) -> tensor<4xf32>
  %w8_0 = dlc.convert %r8 : tensor<4xf32> to tensor<4xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<4xf64> to tensor<4xf64>
  %c9 = dlc.constant dense<[[2.134202241897583, 4.274256706237793, -1.9060394763946533, 3.0841972827911377, -0.23190400004386902], [4.297645092010498, -4.014238357543945, -3.1182310581207275, 5.074926376342773, -0.7843359112739563], [-1.4358426332473755, 0.3102896809577942, -2.7579898834228516, 5.327765464782715, -4.996650695800781], [-0.6023920178413391, 1.3878111839294434, -0.4177882671356201, -3.2091500759124756, -3.4735567569732666]]> : tensor<4x5xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<4x5xf32>
  %c10 = dlc.constant dense<[0, 3, 3, 3]> : tensor<4xi64>
  %v10 = dlc.optimization_barrier %c10 : tensor<4xi64>
  %r11 = "dlc.softmax_cross_entropy"(%v9, %v10) <{smoothing = 0.1 : f64}> : (tensor<4x5xf32>, tensor<4xi64>) -> tensor<4xf32>
  %w11_0 = dlc.convert %r11 : tensor<4xf32> to tensor<4xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<4xf64> to tensor<4xf64>
  %c12 = dlc.constant dense<[[[2.584970712661743, -6.096593379974365, -2.2199323177337646], [0.14522409439086914, -5.008607864379883, 2.6080434322357178]], [[-0.07415525615215302, -4.144294738769531, -6.075552940368652], [-6.262357711791992, 0.20413577556610107, -4.627320289611816]]]> : tensor<2x2x3xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x2x3xf32>
  %c13 = dlc.constant dense<[[1, 0], [2, 0]]> : tensor<2x2xi32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x2xi32>
  %r14 = "dlc.softmax_cross_entropy"(%v12, %v13) <{smoothing = 0.0 : f64}> : (tensor<2x2x3xf32>, tensor<2x2xi32>) -> tensor<2x2xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x2xf32> to tensor<2x2xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x2xf64> to tensor<4xf64>
  %c15 = dlc.constant dense<[[[2.584970712661743, -6.096593379974365, -2.2199323177337646], [0.14522409439086914, -5.008607864379883, 2.6080434322357178]], [[-0.07415525615215302, -4.144294738769531, -6.075552940368652], [-6.262357711791992, 0.20413577556610107, -4.627320289611816]]]> : tensor<2x2x3xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<2x2x3xf32>
  %c16 = dlc.constant dense<[[1, 0], [2, 0]]> : tensor<2x2xi32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x2xi32>
  %r17 = "dlc.softmax_cross_entropy"(%v15, %v16) <{smoothing = 0.1 : f64}> : (tensor<2x2x3xf32>, tensor<2x2xi32>) -> tensor<2x2xf32>
  %w17_0 = dlc.convert %r17 : tensor<2x2xf32> to tensor<2x2xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<2x2xf64> to tensor<4xf64>
  %c18 = dlc.constant dense<[9.110002517700195, 1.1101614236831665, 3.051675319671631]> : tensor<3xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<3xf32>
  %c19 = dlc.constant dense<1> : tensor<i32>
  %v19 = dlc.optimization_barrier %c19 : tensor<i32>
  %r20 = "dlc.softmax_cross_entropy"(%v18, %v19) <{smoothing = 0.0 : f64}> : (tensor<3xf32>, tensor<i32>) -> tensor<f32>
  %w20_0 = dlc.convert %r20 : tensor<f32> to tensor<f64>
  %f20_0 = dlc.reshape %w20_0 : tensor<f64> to tensor<1xf64>
  %c21 = dlc.constant dense<[9.110002517700195, 1.1101614236831665, 3.051675319671631]> : tensor<3xf32>
  %v21 = dlc.optimization_barrier %c21 : tensor<3xf32>
  %c22 = dlc.constant dense<1> : tensor<i32>
  %v22 = dlc.optimization_barrier %c22 : tensor<i32>
  %r23 = "dlc.softmax_cross_entropy"(%v21, %v22) <{smoothing = 0.1 : f64}> : (tensor<3xf32>, tensor<i32>) -> tensor<f32>
  %w23_0 = dlc.convert %r23 : tensor<f32> to tensor<f64>
  %f23_0 = dlc.reshape %w23_0 : tensor<f64> to tensor<1xf64>
  %c24 = dlc.constant dense<[[0.7829821705818176, -1.3430886268615723, -0.4305119812488556], [0.2613508403301239, -0.017916815355420113, -0.19199322164058685], [-0.6658760905265808, -0.2583830952644348, -0.7741978168487549], [-2.421833038330078, -1.19450843334198, 0.47565293312072754]]> : tensor<4x3xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<4x3xf32>
  %c25 = dlc.constant dense<[0, -100, 2, -100]> : tensor<4xi32>
  %v25 = dlc.optimization_barrier %c25 : tensor<4xi32>
  %r26 = "dlc.softmax_cross_entropy"(%v24, %v25) <{ignore_index = -100 : i64}> : (tensor<4x3xf32>, tensor<4xi32>) -> tensor<4xf32>
  %w26_0 = dlc.convert %r26 : tensor<4xf32> to tensor<4xf64>
  %f26_0 = dlc.reshape %w26_0 : tensor<4xf64> to tensor<4xf64>
  %c27 = dlc.constant dense<[[0.7829821705818176, -1.3430886268615723, -0.4305119812488556], [0.2613508403301239, -0.017916815355420113, -0.19199322164058685], [-0.6658760905265808, -0.2583830952644348, -0.7741978168487549], [-2.421833038330078, -1.19450843334198, 0.47565293312072754]]> : tensor<4x3xf32>
  %v27 = dlc.optimization_barrier %c27 : tensor<4x3xf32>
  %c28 = dlc.constant dense<[[0.44906085729599, 0.523036003112793, 0.027903174981474876], [0.3582676351070404, 0.3641202747821808, 0.2776120603084564], [0.4863724112510681, 0.00884762778878212, 0.5047799348831177], [0.13624948263168335, 0.2589808404445648, 0.6047697067260742]]> : tensor<4x3xf32>
  %v28 = dlc.optimization_barrier %c28 : tensor<4x3xf32>
  %r29 = "dlc.softmax_cross_entropy"(%v27, %v28) <{smoothing = 0.0 : f64}> : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  %w29_0 = dlc.convert %r29 : tensor<4xf32> to tensor<4xf64>
  %f29_0 = dlc.reshape %w29_0 : tensor<4xf64> to tensor<4xf64>
  %c30 = dlc.constant dense<[[0.7829821705818176, -1.3430886268615723, -0.4305119812488556], [0.2613508403301239, -0.017916815355420113, -0.19199322164058685], [-0.6658760905265808, -0.2583830952644348, -0.7741978168487549], [-2.421833038330078, -1.19450843334198, 0.47565293312072754]]> : tensor<4x3xf32>
  %v30 = dlc.optimization_barrier %c30 : tensor<4x3xf32>
  %c31 = dlc.constant dense<[[0.44906085729599, 0.523036003112793, 0.027903174981474876], [0.3582676351070404, 0.3641202747821808, 0.2776120603084564], [0.4863724112510681, 0.00884762778878212, 0.5047799348831177], [0.13624948263168335, 0.2589808404445648, 0.6047697067260742]]> : tensor<4x3xf32>
  %v31 = dlc.optimization_barrier %c31 : tensor<4x3xf32>
  %r32 = "dlc.softmax_cross_entropy"(%v30, %v31) <{smoothing = 0.2 : f64}> : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  %w32_0 = dlc.convert %r32 : tensor<4xf32> to tensor<4xf64>
  %f32_0 = dlc.reshape %w32_0 : tensor<4xf64> to tensor<4xf64>
  %c33 = dlc.constant dense<[[1000.0, -1000.0, 0.0], [-1.0000000150474662e+30, 0.0, 1.0000000150474662e+30]]> : tensor<2x3xf32>
  %v33 = dlc.optimization_barrier %c33 : tensor<2x3xf32>
  %c34 = dlc.constant dense<[0, 2]> : tensor<2xi32>
  %v34 = dlc.optimization_barrier %c34 : tensor<2xi32>
  %r35 = "dlc.softmax_cross_entropy"(%v33, %v34)  : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<2xf32>
  %w35_0 = dlc.convert %r35 : tensor<2xf32> to tensor<2xf64>
  %f35_0 = dlc.reshape %w35_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0, %f20_0, %f23_0, %f26_0, %f29_0, %f32_0, %f35_0 dim 0 : (tensor<2xf64>, tensor<2xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<1xf64>, tensor<1xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<2xf64>) -> tensor<36xf64>
  %want = dlc.constant dense<[4.09882116317749, 0.016982508823275566, 3.9033994674682617, 0.37822848558425903, 2.501193046569824, 0.3804185390472412, 0.008084223605692387, 4.8737335205078125, 2.567518949508667, 0.8587958812713623, 0.6119093298912048, 4.679120063781738, 8.689888954162598, 2.545032024383545, 6.020759105682373, 6.475977897644043, 8.271281242370605, 2.634732246398926, 5.756337642669678, 6.205926895141602, 8.002511024475098, 7.671133041381836, 0.3481624126434326, 0.0, 1.3322100639343262, 0.0, 1.4940342903137207, 1.099602460861206, 1.2749615907669067, 1.045153021812439, 1.4874975681304932, 1.1029350757598877, 1.2448021173477173, 1.1841986179351807, -0.0, -0.0]> : tensor<36xf64>
  %rtol = dlc.constant dense<1.00000000000000008e-05> : tensor<36xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<36xf64>
  %difference = dlc.subtract %got, %want : tensor<36xf64>
  %error = dlc.abs %difference : tensor<36xf64>
  %size = dlc.abs %want : tensor<36xf64>
  %relative = dlc.multiply %rtol, %size : tensor<36xf64>
  %limit = dlc.add %relative, %atol : tensor<36xf64>
  %near = dlc.compare LE, %error, %limit : tensor<36xf64>
  %same = dlc.compare EQ, %got, %want : tensor<36xf64>
  %nan = dlc.compare NE, %got, %got : tensor<36xf64>
  %wants = dlc.compare NE, %want, %want : tensor<36xf64>
  %nans = dlc.and %nan, %wants : tensor<36xi1>
  %finite = dlc.is_finite %got : tensor<36xf64>
  %close = dlc.and %near, %finite : tensor<36xi1>
  %either = dlc.or %close, %same : tensor<36xi1>
  %right = dlc.or %either, %nans : tensor<36xi1>
  %all = dlc.reduce and %right dims [0] : tensor<36xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @nll() -> tensor<i1> {
  %c0 = dlc.constant dense<[[-1.7467161417007446, -0.5389933586120605, -1.41749906539917], [-1.7620553970336914, -1.3776366710662842, -0.5514140129089355]]> : tensor<2x3xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<2x3xf32>
  %c1 = dlc.constant dense<[0, 2]> : tensor<2xi32>
  %v1 = dlc.optimization_barrier %c1 : tensor<2xi32>
  %r2 = "dlc.nll"(%v0, %v1)  : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<2xf32>
  %w2_0 = dlc.convert %r2 : tensor<2xf32> to tensor<2xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<2xf64> to tensor<2xf64>
  %c3 = dlc.constant dense<[[-0.6950656771659851, -1.9887357950210571, -2.4707353115081787, -1.6097456216812134, -2.530379295349121], [-1.5297518968582153, -1.5643633604049683, -3.252046823501587, -0.8511232137680054, -2.2204580307006836], [-2.434373617172241, -0.877135694026947, -2.848104953765869, -2.8691136837005615, -0.9631951451301575], [-1.4948493242263794, -1.064628005027771, -2.3964462280273438, -1.2930718660354614, -2.7273237705230713]]> : tensor<4x5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<4x5xf32>
  %c4 = dlc.constant dense<[4, 1, 3, 4]> : tensor<4xi32>
  %v4 = dlc.optimization_barrier %c4 : tensor<4xi32>
  %r5 = "dlc.nll"(%v3, %v4)  : (tensor<4x5xf32>, tensor<4xi32>) -> tensor<4xf32>
  %w5_0 = dlc.convert %r5 : tensor<4xf32> to tensor<4xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<4xf64> to tensor<4xf64>
  %c6 = dlc.constant dense<[[-1.5928305387496948, -0.22733885049819946]]> : tensor<1x2xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<1x2xf32>
  %c7 = dlc.constant dense<[0]> : tensor<1xi32>
  %v7 = dlc.optimization_barrier %c7 : tensor<1xi32>
  %r8 = "dlc.nll"(%v6, %v7)  : (tensor<1x2xf32>, tensor<1xi32>) -> tensor<1xf32>
  %w8_0 = dlc.convert %r8 : tensor<1xf32> to tensor<1xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<1xf64> to tensor<1xf64>
  %c9 = dlc.constant dense<[[[-0.05832445248961449, -4.1361613273620605, -3.2022132873535156], [-0.8432766795158386, -2.1085009574890137, -0.8023329377174377]], [[-1.972193717956543, -0.6307852864265442, -1.1126857995986938], [-0.9028874039649963, -0.7121421098709106, -2.2632644176483154]]]> : tensor<2x2x3xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x2x3xf32>
  %c10 = dlc.constant dense<[[0, 1], [1, 2]]> : tensor<2x2xi32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x2xi32>
  %r11 = "dlc.nll"(%v9, %v10)  : (tensor<2x2x3xf32>, tensor<2x2xi32>) -> tensor<2x2xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x2xf32> to tensor<2x2xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x2xf64> to tensor<4xf64>
  %c12 = dlc.constant dense<[-0.933445394039154, -1.1203128099441528, -1.2707338333129883]> : tensor<3xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<3xf32>
  %c13 = dlc.constant dense<1> : tensor<i32>
  %v13 = dlc.optimization_barrier %c13 : tensor<i32>
  %r14 = "dlc.nll"(%v12, %v13)  : (tensor<3xf32>, tensor<i32>) -> tensor<f32>
  %w14_0 = dlc.convert %r14 : tensor<f32> to tensor<f64>
  %f14_0 = dlc.reshape %w14_0 : tensor<f64> to tensor<1xf64>
  %c15 = dlc.constant dense<[[-1.1559367179870605, -0.9990273118019104], [1.3045082092285156, 0.15127521753311157], [0.8503008484840393, -0.6056640148162842]]> : tensor<3x2xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<3x2xf32>
  %c16 = dlc.constant dense<[1, 7, 0]> : tensor<3xi64>
  %v16 = dlc.optimization_barrier %c16 : tensor<3xi64>
  %r17 = "dlc.nll"(%v15, %v16) <{ignore_index = 7 : i64}> : (tensor<3x2xf32>, tensor<3xi64>) -> tensor<3xf32>
  %w17_0 = dlc.convert %r17 : tensor<3xf32> to tensor<3xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0 dim 0 : (tensor<2xf64>, tensor<4xf64>, tensor<1xf64>, tensor<4xf64>, tensor<1xf64>, tensor<3xf64>) -> tensor<15xf64>
  %want = dlc.constant dense<[1.7467161417007446, 0.5514140129089355, 2.530379295349121, 1.5643633604049683, 2.8691136837005615, 2.7273237705230713, 1.5928305387496948, 0.05832445248961449, 2.1085009574890137, 0.6307852864265442, 2.2632644176483154, 1.1203128099441528, 0.9990273118019104, 0.0, -0.8503008484840393]> : tensor<15xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<15xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<15xf64>
  %difference = dlc.subtract %got, %want : tensor<15xf64>
  %error = dlc.abs %difference : tensor<15xf64>
  %size = dlc.abs %want : tensor<15xf64>
  %relative = dlc.multiply %rtol, %size : tensor<15xf64>
  %limit = dlc.add %relative, %atol : tensor<15xf64>
  %near = dlc.compare LE, %error, %limit : tensor<15xf64>
  %same = dlc.compare EQ, %got, %want : tensor<15xf64>
  %nan = dlc.compare NE, %got, %got : tensor<15xf64>
  %wants = dlc.compare NE, %want, %want : tensor<15xf64>
  %nans = dlc.and %nan, %wants : tensor<15xi1>
  %finite = dlc.is_finite %got : tensor<15xf64>
  %close = dlc.and %near, %finite : tensor<15xi1>
  %either = dlc.or %close, %same : tensor<15xi1>
  %right = dlc.or %either, %nans : tensor<15xi1>
  %all = dlc.reduce and %right dims [0] : tensor<15xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @sigmoid_binary_cross_entropy() -> tensor<i1> {
  %c0 = dlc.constant dense<4.130176067352295> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %c1 = dlc.constant dense<0.19882580637931824> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %r2 = "dlc.sigmoid_binary_cross_entropy"(%v0, %v1)  : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w2_0 = dlc.convert %r2 : tensor<f32> to tensor<f64>
  %f2_0 = dlc.reshape %w2_0 : tensor<f64> to tensor<1xf64>
  %c3 = dlc.constant dense<[1.443737506866455, 1.6461880207061768, -2.3910276889801025, -5.59716272354126, -3.224407911300659]> : tensor<5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<5xf32>
  %c4 = dlc.constant dense<[0.4666665494441986, 0.8298912644386292, 0.5238965749740601, 0.95633465051651, 0.7166078090667725]> : tensor<5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<5xf32>
  %r5 = "dlc.sigmoid_binary_cross_entropy"(%v3, %v4)  : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w5_0 = dlc.convert %r5 : tensor<5xf32> to tensor<5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<5xf64> to tensor<5xf64>
  %c6 = dlc.constant dense<[[-0.5052295923233032, -3.897779703140259, 3.7966291904449463], [1.4315357208251953, -7.5490193367004395, -0.9395703077316284]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %c7 = dlc.constant dense<[[0.38515231013298035, 0.17382816970348358, 0.7621716856956482], [0.8544977307319641, 0.13280463218688965, 0.5168349146842957]]> : tensor<2x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x3xf32>
  %r8 = "dlc.sigmoid_binary_cross_entropy"(%v6, %v7)  : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w8_0 = dlc.convert %r8 : tensor<2x3xf32> to tensor<2x3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2x3xf64> to tensor<6xf64>
  %c9 = dlc.constant dense<> : tensor<2x0xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x0xf32>
  %c10 = dlc.constant dense<> : tensor<2x0xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x0xf32>
  %r11 = "dlc.sigmoid_binary_cross_entropy"(%v9, %v10)  : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x0xf32> to tensor<2x0xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x0xf64> to tensor<0xf64>
  %c12 = dlc.constant dense<[[[-0.8040122389793396, -1.1157021522521973]], [[3.756251811981201, -2.839823007583618]]]> : tensor<2x1x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x1x2xf32>
  %c13 = dlc.constant dense<[[[0.5661038756370544, 0.978248119354248]], [[0.41963309049606323, 0.9876708984375]]]> : tensor<2x1x2xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x1x2xf32>
  %r14 = "dlc.sigmoid_binary_cross_entropy"(%v12, %v13)  : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %c15 = dlc.constant dense<[10000.0, -10000.0, 0.0, 88.0, -104.0]> : tensor<5xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<5xf32>
  %c16 = dlc.constant dense<[1.0, 0.0, 0.5, 0.0, 1.0]> : tensor<5xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<5xf32>
  %r17 = "dlc.sigmoid_binary_cross_entropy"(%v15, %v16)  : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w17_0 = dlc.convert %r17 : tensor<5xf32> to tensor<5xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<5xf64> to tensor<5xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0 dim 0 : (tensor<1xf64>, tensor<5xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>, tensor<5xf64>) -> tensor<21xf64>
  %want = dlc.constant dense<[3.3249425888061523, 0.9819093942642212, 0.45632052421569824, 1.3402366638183594, 5.356462001800537, 2.349644422531128, 0.6666961312294006, 0.6976277828216553, 0.9251440167427063, 0.4225492477416992, 1.0030711889266968, 0.8154788017272949, 0.8250129222869873, 1.3748704195022583, 2.20310640335083, 2.861602783203125, 0.0, 0.0, 0.6931471824645996, 88.0, 104.0]> : tensor<21xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<21xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<21xf64>
  %difference = dlc.subtract %got, %want : tensor<21xf64>
  %error = dlc.abs %difference : tensor<21xf64>
  %size = dlc.abs %want : tensor<21xf64>
  %relative = dlc.multiply %rtol, %size : tensor<21xf64>
  %limit = dlc.add %relative, %atol : tensor<21xf64>
  %near = dlc.compare LE, %error, %limit : tensor<21xf64>
  %same = dlc.compare EQ, %got, %want : tensor<21xf64>
  %nan = dlc.compare NE, %got, %got : tensor<21xf64>
  %wants = dlc.compare NE, %want, %want : tensor<21xf64>
  %nans = dlc.and %nan, %wants : tensor<21xi1>
  %finite = dlc.is_finite %got : tensor<21xf64>
  %close = dlc.and %near, %finite : tensor<21xi1>
  %either = dlc.or %close, %same : tensor<21xi1>
  %right = dlc.or %either, %nans : tensor<21xi1>
  %all = dlc.reduce and %right dims [0] : tensor<21xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @mse() -> tensor<i1> {
  %c0 = dlc.constant dense<1.6454604864120483> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %c1 = dlc.constant dense<2.7530174255371094> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %r2 = "dlc.mse"(%v0, %v1)  : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w2_0 = dlc.convert %r2 : tensor<f32> to tensor<f64>
  %f2_0 = dlc.reshape %w2_0 : tensor<f64> to tensor<1xf64>
  %c3 = dlc.constant dense<[1.322120189666748, 1.0275461673736572, 1.4218411445617676, -0.8019253015518188, 3.564983606338501]> : tensor<5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<5xf32>
  %c4 = dlc.constant dense<[-1.0457161664962769, -4.38705587387085, 2.5493507385253906, 5.552108287811279, -2.88045334815979]> : tensor<5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<5xf32>
  %r5 = "dlc.mse"(%v3, %v4)  : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w5_0 = dlc.convert %r5 : tensor<5xf32> to tensor<5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<5xf64> to tensor<5xf64>
  %c6 = dlc.constant dense<[[-0.3048933744430542, -2.056326150894165, -1.1417497396469116], [0.13827891647815704, -3.7254252433776855, -0.8329610228538513]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %c7 = dlc.constant dense<[[-4.397902011871338, -1.7046829462051392, -3.55820894241333], [-3.177182197570801, -5.159731864929199, 3.6580636501312256]]> : tensor<2x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x3xf32>
  %r8 = "dlc.mse"(%v6, %v7)  : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w8_0 = dlc.convert %r8 : tensor<2x3xf32> to tensor<2x3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2x3xf64> to tensor<6xf64>
  %c9 = dlc.constant dense<> : tensor<2x0xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x0xf32>
  %c10 = dlc.constant dense<> : tensor<2x0xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x0xf32>
  %r11 = "dlc.mse"(%v9, %v10)  : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x0xf32> to tensor<2x0xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x0xf64> to tensor<0xf64>
  %c12 = dlc.constant dense<[[[1.5271772146224976, -5.752392292022705]], [[-1.790482759475708, -2.0113158226013184]]]> : tensor<2x1x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x1x2xf32>
  %c13 = dlc.constant dense<[[[-2.0728323459625244, -4.34065055847168]], [[2.2631571292877197, -1.187591314315796]]]> : tensor<2x1x2xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x1x2xf32>
  %r14 = "dlc.mse"(%v12, %v13)  : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0 dim 0 : (tensor<1xf64>, tensor<5xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>) -> tensor<16xf64>
  %want = dlc.constant dense<[1.226682424545288, 5.606648921966553, 29.317914962768555, 1.271277904510498, 40.373741149902344, 41.54365921020508, 16.75271987915039, 0.12365294247865677, 5.839274883270264, 10.99228286743164, 2.0572354793548584, 20.169301986694336, 12.960068702697754, 1.9930146932601929, 16.431997299194336, 0.6785220503807068]> : tensor<16xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<16xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<16xf64>
  %difference = dlc.subtract %got, %want : tensor<16xf64>
  %error = dlc.abs %difference : tensor<16xf64>
  %size = dlc.abs %want : tensor<16xf64>
  %relative = dlc.multiply %rtol, %size : tensor<16xf64>
  %limit = dlc.add %relative, %atol : tensor<16xf64>
  %near = dlc.compare LE, %error, %limit : tensor<16xf64>
  %same = dlc.compare EQ, %got, %want : tensor<16xf64>
  %nan = dlc.compare NE, %got, %got : tensor<16xf64>
  %wants = dlc.compare NE, %want, %want : tensor<16xf64>
  %nans = dlc.and %nan, %wants : tensor<16xi1>
  %finite = dlc.is_finite %got : tensor<16xf64>
  %close = dlc.and %near, %finite : tensor<16xi1>
  %either = dlc.or %close, %same : tensor<16xi1>
  %right = dlc.or %either, %nans : tensor<16xi1>
  %all = dlc.reduce and %right dims [0] : tensor<16xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @l1() -> tensor<i1> {
  %c0 = dlc.constant dense<1.4044467210769653> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %c1 = dlc.constant dense<1.580267310142517> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %r2 = "dlc.l1"(%v0, %v1)  : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w2_0 = dlc.convert %r2 : tensor<f32> to tensor<f64>
  %f2_0 = dlc.reshape %w2_0 : tensor<f64> to tensor<1xf64>
  %c3 = dlc.constant dense<[4.126336097717285, -5.444616794586182, 5.215806484222412, 3.806445837020874, 1.7191979885101318]> : tensor<5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<5xf32>
  %c4 = dlc.constant dense<[7.1507768630981445, 0.6149358153343201, 2.4644367694854736, -2.2152419090270996, 3.4030721187591553]> : tensor<5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<5xf32>
  %r5 = "dlc.l1"(%v3, %v4)  : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w5_0 = dlc.convert %r5 : tensor<5xf32> to tensor<5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<5xf64> to tensor<5xf64>
  %c6 = dlc.constant dense<[[0.503477931022644, -1.3536003828048706, 6.350817680358887], [-0.9143989682197571, 0.02658398263156414, -0.5918398499488831]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %c7 = dlc.constant dense<[[-2.26701283454895, 1.5938172340393066, 2.215228796005249], [1.0631176233291626, -7.081734657287598, 3.023991107940674]]> : tensor<2x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x3xf32>
  %r8 = "dlc.l1"(%v6, %v7)  : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w8_0 = dlc.convert %r8 : tensor<2x3xf32> to tensor<2x3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2x3xf64> to tensor<6xf64>
  %c9 = dlc.constant dense<> : tensor<2x0xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x0xf32>
  %c10 = dlc.constant dense<> : tensor<2x0xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x0xf32>
  %r11 = "dlc.l1"(%v9, %v10)  : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x0xf32> to tensor<2x0xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x0xf64> to tensor<0xf64>
  %c12 = dlc.constant dense<[[[-1.0507150888442993, -3.648970127105713]], [[1.809842824935913, 1.68854820728302]]]> : tensor<2x1x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x1x2xf32>
  %c13 = dlc.constant dense<[[[-3.129221200942993, 7.417306900024414]], [[-3.6288795471191406, -5.199007987976074]]]> : tensor<2x1x2xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x1x2xf32>
  %r14 = "dlc.l1"(%v12, %v13)  : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0 dim 0 : (tensor<1xf64>, tensor<5xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>) -> tensor<16xf64>
  %want = dlc.constant dense<[0.17582058906555176, 3.0244407653808594, 6.0595526695251465, 2.7513697147369385, 6.0216875076293945, 1.6838741302490234, 2.7704906463623047, 2.947417736053467, 4.135588645935059, 1.9775166511535645, 7.10831880569458, 3.615830898284912, 2.0785059928894043, 11.066276550292969, 5.438722610473633, 6.887556076049805]> : tensor<16xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<16xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<16xf64>
  %difference = dlc.subtract %got, %want : tensor<16xf64>
  %error = dlc.abs %difference : tensor<16xf64>
  %size = dlc.abs %want : tensor<16xf64>
  %relative = dlc.multiply %rtol, %size : tensor<16xf64>
  %limit = dlc.add %relative, %atol : tensor<16xf64>
  %near = dlc.compare LE, %error, %limit : tensor<16xf64>
  %same = dlc.compare EQ, %got, %want : tensor<16xf64>
  %nan = dlc.compare NE, %got, %got : tensor<16xf64>
  %wants = dlc.compare NE, %want, %want : tensor<16xf64>
  %nans = dlc.and %nan, %wants : tensor<16xi1>
  %finite = dlc.is_finite %got : tensor<16xf64>
  %close = dlc.and %near, %finite : tensor<16xi1>
  %either = dlc.or %close, %same : tensor<16xi1>
  %right = dlc.or %either, %nans : tensor<16xi1>
  %all = dlc.reduce and %right dims [0] : tensor<16xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @huber() -> tensor<i1> {
  %c0 = dlc.constant dense<-3.4625141620635986> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %c1 = dlc.constant dense<4.262399673461914> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %r2 = "dlc.huber"(%v0, %v1) <{delta = 1.0 : f64}> : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w2_0 = dlc.convert %r2 : tensor<f32> to tensor<f64>
  %f2_0 = dlc.reshape %w2_0 : tensor<f64> to tensor<1xf64>
  %c3 = dlc.constant dense<[-0.5275701880455017, -1.116170048713684, -0.18647316098213196, -1.7898417711257935, -2.0707902908325195]> : tensor<5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<5xf32>
  %c4 = dlc.constant dense<[-1.9236464500427246, 2.123866558074951, 3.0613677501678467, -3.1652777194976807, 0.7176839113235474]> : tensor<5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<5xf32>
  %r5 = "dlc.huber"(%v3, %v4) <{delta = 1.0 : f64}> : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w5_0 = dlc.convert %r5 : tensor<5xf32> to tensor<5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<5xf64> to tensor<5xf64>
  %c6 = dlc.constant dense<[[2.364621639251709, -3.245255947113037, -1.507699728012085], [-3.114192485809326, -3.8730857372283936, 0.30558860301971436]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %c7 = dlc.constant dense<[[-2.208397150039673, 1.8933873176574707, -0.08826576918363571], [1.2378820180892944, -0.8768487572669983, -1.9049921035766602]]> : tensor<2x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x3xf32>
  %r8 = "dlc.huber"(%v6, %v7) <{delta = 1.0 : f64}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w8_0 = dlc.convert %r8 : tensor<2x3xf32> to tensor<2x3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2x3xf64> to tensor<6xf64>
  %c9 = dlc.constant dense<> : tensor<2x0xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x0xf32>
  %c10 = dlc.constant dense<> : tensor<2x0xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x0xf32>
  %r11 = "dlc.huber"(%v9, %v10) <{delta = 1.0 : f64}> : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x0xf32> to tensor<2x0xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x0xf64> to tensor<0xf64>
  %c12 = dlc.constant dense<[[[-0.2720194160938263, -0.014988390728831291]], [[-2.1175665855407715, 1.2797863483428955]]]> : tensor<2x1x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x1x2xf32>
  %c13 = dlc.constant dense<[[[2.2397844791412354, 0.47424811124801636]], [[5.140472888946533, -1.897017002105713]]]> : tensor<2x1x2xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x1x2xf32>
  %r14 = "dlc.huber"(%v12, %v13) <{delta = 1.0 : f64}> : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %c15 = dlc.constant dense<1.5617892742156982> : tensor<f32>
  %v15 = dlc.optimization_barrier %c15 : tensor<f32>
  %c16 = dlc.constant dense<-1.2262043952941895> : tensor<f32>
  %v16 = dlc.optimization_barrier %c16 : tensor<f32>
  %r17 = "dlc.huber"(%v15, %v16) <{delta = 0.5 : f64}> : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w17_0 = dlc.convert %r17 : tensor<f32> to tensor<f64>
  %f17_0 = dlc.reshape %w17_0 : tensor<f64> to tensor<1xf64>
  %c18 = dlc.constant dense<[0.7038885354995728, -2.4898481369018555, 3.345370054244995, 0.5280627012252808, 3.5767335891723633]> : tensor<5xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<5xf32>
  %c19 = dlc.constant dense<[-3.7982866764068604, -1.4805456399917603, -2.6776974201202393, -1.5958255529403687, -2.077829122543335]> : tensor<5xf32>
  %v19 = dlc.optimization_barrier %c19 : tensor<5xf32>
  %r20 = "dlc.huber"(%v18, %v19) <{delta = 0.5 : f64}> : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w20_0 = dlc.convert %r20 : tensor<5xf32> to tensor<5xf64>
  %f20_0 = dlc.reshape %w20_0 : tensor<5xf64> to tensor<5xf64>
  %c21 = dlc.constant dense<[[-0.36162281036376953, -0.05174143239855766, -0.1229545921087265], [-1.6665716171264648, 0.5622755289077759, 2.6268465518951416]]> : tensor<2x3xf32>
  %v21 = dlc.optimization_barrier %c21 : tensor<2x3xf32>
  %c22 = dlc.constant dense<[[-2.706826686859131, 0.0026658750139176846, -0.22221267223358154], [1.4050638675689697, -0.19157575070858002, -0.0469944104552269]]> : tensor<2x3xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<2x3xf32>
  %r23 = "dlc.huber"(%v21, %v22) <{delta = 0.5 : f64}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w23_0 = dlc.convert %r23 : tensor<2x3xf32> to tensor<2x3xf64>
  %f23_0 = dlc.reshape %w23_0 : tensor<2x3xf64> to tensor<6xf64>
  %c24 = dlc.constant dense<> : tensor<2x0xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<2x0xf32>
  %c25 = dlc.constant dense<> : tensor<2x0xf32>
  %v25 = dlc.optimization_barrier %c25 : tensor<2x0xf32>
  %r26 = "dlc.huber"(%v24, %v25) <{delta = 0.5 : f64}> : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w26_0 = dlc.convert %r26 : tensor<2x0xf32> to tensor<2x0xf64>
  %f26_0 = dlc.reshape %w26_0 : tensor<2x0xf64> to tensor<0xf64>
  %c27 = dlc.constant dense<[[[-2.973287343978882, 0.06511151790618896]], [[-2.765653371810913, 1.5471127033233643]]]> : tensor<2x1x2xf32>
  %v27 = dlc.optimization_barrier %c27 : tensor<2x1x2xf32>
  %c28 = dlc.constant dense<[[[-0.3096567988395691, 0.11957525461912155]], [[-2.6735711097717285, 2.4112727642059326]]]> : tensor<2x1x2xf32>
  %v28 = dlc.optimization_barrier %c28 : tensor<2x1x2xf32>
  %r29 = "dlc.huber"(%v27, %v28) <{delta = 0.5 : f64}> : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %w29_0 = dlc.convert %r29 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f29_0 = dlc.reshape %w29_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %c30 = dlc.constant dense<2.076941728591919> : tensor<f32>
  %v30 = dlc.optimization_barrier %c30 : tensor<f32>
  %c31 = dlc.constant dense<2.5845718383789062> : tensor<f32>
  %v31 = dlc.optimization_barrier %c31 : tensor<f32>
  %r32 = "dlc.huber"(%v30, %v31) <{delta = 3.0 : f64}> : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w32_0 = dlc.convert %r32 : tensor<f32> to tensor<f64>
  %f32_0 = dlc.reshape %w32_0 : tensor<f64> to tensor<1xf64>
  %c33 = dlc.constant dense<[6.682158470153809, -0.1575581431388855, 3.610208511352539, -0.3714834153652191, 1.1822619438171387]> : tensor<5xf32>
  %v33 = dlc.optimization_barrier %c33 : tensor<5xf32>
  %c34 = dlc.constant dense<[1.0960122346878052, 0.7937752604484558, 1.9747685194015503, -0.9118091464042664, 0.12279684841632843]> : tensor<5xf32>
  %v34 = dlc.optimization_barrier %c34 : tensor<5xf32>
  %r35 = "dlc.huber"(%v33, %v34) <{delta = 3.0 : f64}> : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w35_0 = dlc.convert %r35 : tensor<5xf32> to tensor<5xf64>
  %f35_0 = dlc.reshape %w35_0 : tensor<5xf64> to tensor<5xf64>
  %c36 = dlc.constant dense<[[1.605928897857666, 5.243561744689941, -2.5270700454711914], [-5.418397903442383, -1.452256441116333, 0.2697852849960327]]> : tensor<2x3xf32>
  %v36 = dlc.optimization_barrier %c36 : tensor<2x3xf32>
  %c37 = dlc.constant dense<[[0.5249312520027161, 0.27665334939956665, 3.548370361328125], [2.928149461746216, -0.14780370891094208, -1.4086413383483887]]> : tensor<2x3xf32>
  %v37 = dlc.optimization_barrier %c37 : tensor<2x3xf32>
  %r38 = "dlc.huber"(%v36, %v37) <{delta = 3.0 : f64}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w38_0 = dlc.convert %r38 : tensor<2x3xf32> to tensor<2x3xf64>
  %f38_0 = dlc.reshape %w38_0 : tensor<2x3xf64> to tensor<6xf64>
  %c39 = dlc.constant dense<> : tensor<2x0xf32>
  %v39 = dlc.optimization_barrier %c39 : tensor<2x0xf32>
  %c40 = dlc.constant dense<> : tensor<2x0xf32>
  %v40 = dlc.optimization_barrier %c40 : tensor<2x0xf32>
  %r41 = "dlc.huber"(%v39, %v40) <{delta = 3.0 : f64}> : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w41_0 = dlc.convert %r41 : tensor<2x0xf32> to tensor<2x0xf64>
  %f41_0 = dlc.reshape %w41_0 : tensor<2x0xf64> to tensor<0xf64>
  %c42 = dlc.constant dense<[[[-1.0380266904830933, -1.0689125061035156]], [[-0.676798403263092, -4.717951774597168]]]> : tensor<2x1x2xf32>
  %v42 = dlc.optimization_barrier %c42 : tensor<2x1x2xf32>
  %c43 = dlc.constant dense<[[[-1.383122205734253, -1.2746400833129883]], [[-0.5666411519050598, -0.7629000544548035]]]> : tensor<2x1x2xf32>
  %v43 = dlc.optimization_barrier %c43 : tensor<2x1x2xf32>
  %r44 = "dlc.huber"(%v42, %v43) <{delta = 3.0 : f64}> : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %w44_0 = dlc.convert %r44 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f44_0 = dlc.reshape %w44_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0, %f20_0, %f23_0, %f26_0, %f29_0, %f32_0, %f35_0, %f38_0, %f41_0, %f44_0 dim 0 : (tensor<1xf64>, tensor<5xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>, tensor<1xf64>, tensor<5xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>, tensor<1xf64>, tensor<5xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>) -> tensor<48xf64>
  %want = dlc.constant dense<[7.224913597106934, 0.8960762619972229, 2.7400364875793457, 2.7478408813476562, 0.8754359483718872, 2.2884740829467773, 4.073019027709961, 4.638643264770508, 0.9194339513778687, 3.85207462310791, 2.49623703956604, 1.7105807065963745, 2.0118038654327393, 0.11967618018388748, 6.758039474487305, 2.6768033504486084, 1.2689968347549438, 2.1260876655578613, 0.3796512484550476, 2.886533737182617, 0.9369441270828247, 2.7022814750671387, 1.0476019382476807, 0.0014800775097683072, 0.004926083143800497, 1.4108177423477173, 0.25192564725875854, 1.2119204998016357, 1.206815242767334, 0.0014831493608653545, 0.004239571280777454, 0.3070800304412842, 0.12884415686130524, 12.258439064025879, 0.45251762866973877, 1.337332010269165, 0.14597594738006592, 0.5612331628799438, 0.5842779278755188, 10.400725364685059, 13.72632122039795, 20.539642333984375, 0.850798487663269, 1.4085580110549927, 0.05954545736312866, 0.021161917597055435, 0.006067309994250536, 7.365155220031738]> : tensor<48xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<48xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<48xf64>
  %difference = dlc.subtract %got, %want : tensor<48xf64>
  %error = dlc.abs %difference : tensor<48xf64>
  %size = dlc.abs %want : tensor<48xf64>
  %relative = dlc.multiply %rtol, %size : tensor<48xf64>
  %limit = dlc.add %relative, %atol : tensor<48xf64>
  %near = dlc.compare LE, %error, %limit : tensor<48xf64>
  %same = dlc.compare EQ, %got, %want : tensor<48xf64>
  %nan = dlc.compare NE, %got, %got : tensor<48xf64>
  %wants = dlc.compare NE, %want, %want : tensor<48xf64>
  %nans = dlc.and %nan, %wants : tensor<48xi1>
  %finite = dlc.is_finite %got : tensor<48xf64>
  %close = dlc.and %near, %finite : tensor<48xi1>
  %either = dlc.or %close, %same : tensor<48xi1>
  %right = dlc.or %either, %nans : tensor<48xi1>
  %all = dlc.reduce and %right dims [0] : tensor<48xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @kl_div() -> tensor<i1> {
  %c0 = dlc.constant dense<2.016021490097046> : tensor<f32>
  %v0 = dlc.optimization_barrier %c0 : tensor<f32>
  %c1 = dlc.constant dense<0.5506078600883484> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %r2 = "dlc.kl_div"(%v0, %v1)  : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %w2_0 = dlc.convert %r2 : tensor<f32> to tensor<f64>
  %f2_0 = dlc.reshape %w2_0 : tensor<f64> to tensor<1xf64>
  %c3 = dlc.constant dense<[-1.3157330751419067, 1.6258162260055542, -0.7059445381164551, 0.649364173412323, 2.008007049560547]> : tensor<5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<5xf32>
  %c4 = dlc.constant dense<[0.17378871142864227, 0.3862043023109436, 0.29085013270378113, 0.9668785929679871, 0.6446224451065063]> : tensor<5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<5xf32>
  %r5 = "dlc.kl_div"(%v3, %v4)  : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %w5_0 = dlc.convert %r5 : tensor<5xf32> to tensor<5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<5xf64> to tensor<5xf64>
  %c6 = dlc.constant dense<[[-1.51455819606781, -0.45242756605148315, -3.654388189315796], [-2.8846678733825684, -5.64872407913208, -2.0397942066192627]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %c7 = dlc.constant dense<[[0.5993070602416992, 0.028285974636673927, 0.33981114625930786], [0.00022169970907270908, 0.4825376272201538, 0.608000636100769]]> : tensor<2x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x3xf32>
  %r8 = "dlc.kl_div"(%v6, %v7)  : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w8_0 = dlc.convert %r8 : tensor<2x3xf32> to tensor<2x3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2x3xf64> to tensor<6xf64>
  %c9 = dlc.constant dense<> : tensor<2x0xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x0xf32>
  %c10 = dlc.constant dense<> : tensor<2x0xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x0xf32>
  %r11 = "dlc.kl_div"(%v9, %v10)  : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x0xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x0xf32> to tensor<2x0xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x0xf64> to tensor<0xf64>
  %c12 = dlc.constant dense<[[[1.7466175556182861, -5.255401611328125]], [[3.12420654296875, -3.224374532699585]]]> : tensor<2x1x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x1x2xf32>
  %c13 = dlc.constant dense<[[[0.38773325085639954, 0.8142237067222595]], [[0.2771402597427368, 0.7061082124710083]]]> : tensor<2x1x2xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x1x2xf32>
  %r14 = "dlc.kl_div"(%v12, %v13)  : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %c15 = dlc.constant dense<[-1.0, -2.0, -3.0]> : tensor<3xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<3xf32>
  %c16 = dlc.constant dense<[0.0, 1.0, 0.5]> : tensor<3xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<3xf32>
  %r17 = "dlc.kl_div"(%v15, %v16)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w17_0 = dlc.convert %r17 : tensor<3xf32> to tensor<3xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0 dim 0 : (tensor<1xf64>, tensor<5xf64>, tensor<6xf64>, tensor<0xf64>, tensor<4xf64>, tensor<3xf64>) -> tensor<19xf64>
  %want = dlc.constant dense<[-1.4386028051376343, -0.0754559189081192, -0.9953276515007019, -0.15386047959327698, -0.6604230403900146, -1.5774539709091187, 0.6008514761924744, -0.0880531519651413, 0.8750215172767639, -0.001225892687216401, 2.374098539352417, 0.9376676082611084, -1.0445747375488281, 4.111733436584473, -1.2214785814285278, 2.031040906906128, 0.0, 2.0, 1.1534264087677002]> : tensor<19xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<19xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<19xf64>
  %difference = dlc.subtract %got, %want : tensor<19xf64>
  %error = dlc.abs %difference : tensor<19xf64>
  %size = dlc.abs %want : tensor<19xf64>
  %relative = dlc.multiply %rtol, %size : tensor<19xf64>
  %limit = dlc.add %relative, %atol : tensor<19xf64>
  %near = dlc.compare LE, %error, %limit : tensor<19xf64>
  %same = dlc.compare EQ, %got, %want : tensor<19xf64>
  %nan = dlc.compare NE, %got, %got : tensor<19xf64>
  %wants = dlc.compare NE, %want, %want : tensor<19xf64>
  %nans = dlc.and %nan, %wants : tensor<19xi1>
  %finite = dlc.is_finite %got : tensor<19xf64>
  %close = dlc.and %near, %finite : tensor<19xi1>
  %either = dlc.or %close, %same : tensor<19xi1>
  %right = dlc.or %either, %nans : tensor<19xi1>
  %all = dlc.reduce and %right dims [0] : tensor<19xi1> to tensor<i1>
  return %all : tensor<i1>
}
