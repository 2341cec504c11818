// Statistics against PyTorch and NumPy.
// Made by test/goldens/make_composites.py.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=mean --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=mean | FileCheck %s
// RUN: dlc run %s --function=variance --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=variance | FileCheck %s
// RUN: dlc run %s --function=norm --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=norm | FileCheck %s
// RUN: dlc run %s --function=top_k --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=top_k | FileCheck %s
// CHECK: result 0: tensor<i1> = 1

func.func @mean() -> tensor<i1> {
  %c0 = dlc.constant dense<[-0.013914668932557106, 1.0418397188186646, 1.4022648334503174, 1.1501656770706177, -2.3653039932250977, 1.2286837100982666, 0.3396199941635132]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1 = "dlc.mean"(%v0) <{dimensions = array<i64: 0>}> : (tensor<7xf32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[[[0.42377135157585144, 0.3712274134159088, 0.38275715708732605, 0.3194142282009125], [-0.3589133024215698, -1.9016352891921997, -0.10891472548246384, -0.8037318587303162], [1.0801633596420288, -0.2887665033340454, 0.08347535878419876, -0.8496059775352478]], [[-0.5106224417686462, -0.011533061973750591, -1.485375165939331, 0.3006851077079773], [-0.10607225447893143, -1.1857198476791382, -2.398232936859131, 0.5130521059036255], [-0.29758402705192566, -0.5300084352493286, -0.23615463078022003, 1.8164759874343872]]]> : tensor<2x3x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3x4xf32>
  %r3 = "dlc.mean"(%v2) <{dimensions = array<i64: 1>}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x4xf32> to tensor<2x4xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x4xf64> to tensor<8xf64>
  %c4 = dlc.constant dense<[[[-0.049800969660282135, 0.08661926537752151, -1.4870728254318237, 1.647339105606079], [0.9174879789352417, 1.0669348239898682, 0.047672729939222336, 0.9166547656059265], [0.37094682455062866, 0.6131891012191772, -0.15219296514987946, -1.4738879203796387]], [[1.0288543701171875, -1.9349596500396729, -0.23993666470050812, -0.2045224905014038], [-1.0428601503372192, 0.6131231188774109, -0.2003297060728073, -0.4368683397769928], [0.519841730594635, -0.47657904028892517, 1.3889800310134888, 0.35145506262779236]]]> : tensor<2x3x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3x4xf32>
  %r5 = "dlc.mean"(%v4) <{dimensions = array<i64: 0, 2>}> : (tensor<2x3x4xf32>) -> tensor<3xf32>
  %w5_0 = dlc.convert %r5 : tensor<3xf32> to tensor<3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3xf64> to tensor<3xf64>
  %c6 = dlc.constant dense<[[-0.4743329882621765, -1.9442650079727173, -1.3077532052993774], [1.086830735206604, -0.050604064017534256, -0.2831250727176666]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %r7 = "dlc.mean"(%v6) <{dimensions = array<i64: 0, 1>}> : (tensor<2x3xf32>) -> tensor<f32>
  %w7_0 = dlc.convert %r7 : tensor<f32> to tensor<f64>
  %f7_0 = dlc.reshape %w7_0 : tensor<f64> to tensor<1xf64>
  %c8 = dlc.constant dense<> : tensor<3x0xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<3x0xf32>
  %r9 = "dlc.mean"(%v8) <{dimensions = array<i64: 1>}> : (tensor<3x0xf32>) -> tensor<3xf32>
  %w9_0 = dlc.convert %r9 : tensor<3xf32> to tensor<3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<3xf64> to tensor<3xf64>
  %c10 = dlc.constant dense<[[1.643251657485962, -1.282649278640747, -0.5856577754020691], [-0.4725876748561859, 0.5863372683525085, -0.6635351777076721]]> : tensor<2x3xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x3xf32>
  %r11 = "dlc.mean"(%v10) <{dimensions = array<i64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x3xf32> to tensor<2x3xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x3xf64> to tensor<6xf64>
  %c12 = dlc.constant dense<[[999.3865966796875, 998.3948364257812, 1000.7293701171875, 1000.80615234375, 999.5236206054688], [1000.163330078125, 998.7073364257812, 999.5281982421875, 1001.3779296875, 1000.1357421875], [1002.3103637695312, 999.2128295898438, 1000.5802612304688, 999.8045043945312, 1000.5657958984375], [999.9927978515625, 999.4387817382812, 999.1323852539062, 1003.0660400390625, 999.9226684570312]]> : tensor<4x5xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<4x5xf32>
  %r13 = "dlc.mean"(%v12) <{dimensions = array<i64: 1>}> : (tensor<4x5xf32>) -> tensor<4xf32>
  %w13_0 = dlc.convert %r13 : tensor<4xf32> to tensor<4xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<4xf64> to tensor<4xf64>
  %c14 = dlc.constant dense<[[1.0, 0x7FC00000], [0x7F800000, 2.0]]> : tensor<2x2xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<2x2xf32>
  %r15 = "dlc.mean"(%v14) <{dimensions = array<i64: 1>}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w15_0 = dlc.convert %r15 : tensor<2xf32> to tensor<2xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0 dim 0 : (tensor<1xf64>, tensor<8xf64>, tensor<3xf64>, tensor<1xf64>, tensor<3xf64>, tensor<6xf64>, tensor<4xf64>, tensor<2xf64>) -> tensor<28xf64>
  %want = dlc.constant dense<[0.39762216806411743, 0.38167381286621094, -0.606391429901123, 0.11910592764616013, -0.44464120268821716, -0.30475956201553345, -0.5757538080215454, -1.3732542991638184, 0.8767377138137817, -0.14418497681617737, 0.23522689938545227, 0.142719104886055, -0.49554160237312317, 0xFFF8000000000000, 0xFFF8000000000000, 0xFFF8000000000000, 1.643251657485962, -1.282649278640747, -0.5856577754020691, -0.4725876748561859, 0.5863372683525085, -0.6635351777076721, 999.7681274414062, 999.9824829101562, 1000.4947509765625, 1000.310546875, 0x7FF8000000000000, 0x7FF0000000000000]> : tensor<28xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<28xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<28xf64>
  %difference = dlc.subtract %got, %want : tensor<28xf64>
  %error = dlc.abs %difference : tensor<28xf64>
  %size = dlc.abs %want : tensor<28xf64>
  %relative = dlc.multiply %rtol, %size : tensor<28xf64>
  %limit = dlc.add %relative, %atol : tensor<28xf64>
  %near = dlc.compare LE, %error, %limit : tensor<28xf64>
  %same = dlc.compare EQ, %got, %want : tensor<28xf64>
  %nan = dlc.compare NE, %got, %got : tensor<28xf64>
  %wants = dlc.compare NE, %want, %want : tensor<28xf64>
  %nans = dlc.and %nan, %wants : tensor<28xi1>
  %finite = dlc.is_finite %got : tensor<28xf64>
  %close = dlc.and %near, %finite : tensor<28xi1>
  %either = dlc.or %close, %same : tensor<28xi1>
  %right = dlc.or %either, %nans : tensor<28xi1>
  %all = dlc.reduce and %right dims [0] : tensor<28xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @variance() -> tensor<i1> {
  %c0 = dlc.constant dense<[-0.013914668932557106, 1.0418397188186646, 1.4022648334503174, 1.1501656770706177, -2.3653039932250977, 1.2286837100982666, 0.3396199941635132]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1 = "dlc.variance"(%v0) <{dimensions = array<i64: 0>, correction = 0 : i64}> : (tensor<7xf32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[[[0.42377135157585144, 0.3712274134159088, 0.38275715708732605, 0.3194142282009125], [-0.3589133024215698, -1.9016352891921997, -0.10891472548246384, -0.8037318587303162], [1.0801633596420288, -0.2887665033340454, 0.08347535878419876, -0.8496059775352478]], [[-0.5106224417686462, -0.011533061973750591, -1.485375165939331, 0.3006851077079773], [-0.10607225447893143, -1.1857198476791382, -2.398232936859131, 0.5130521059036255], [-0.29758402705192566, -0.5300084352493286, -0.23615463078022003, 1.8164759874343872]]]> : tensor<2x3x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3x4xf32>
  %r3 = "dlc.variance"(%v2) <{dimensions = array<i64: 1>, correction = 0 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x4xf32> to tensor<2x4xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x4xf64> to tensor<8xf64>
  %c4 = dlc.constant dense<[[[-0.049800969660282135, 0.08661926537752151, -1.4870728254318237, 1.647339105606079], [0.9174879789352417, 1.0669348239898682, 0.047672729939222336, 0.9166547656059265], [0.37094682455062866, 0.6131891012191772, -0.15219296514987946, -1.4738879203796387]], [[1.0288543701171875, -1.9349596500396729, -0.23993666470050812, -0.2045224905014038], [-1.0428601503372192, 0.6131231188774109, -0.2003297060728073, -0.4368683397769928], [0.519841730594635, -0.47657904028892517, 1.3889800310134888, 0.35145506262779236]]]> : tensor<2x3x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3x4xf32>
  %r5 = "dlc.variance"(%v4) <{dimensions = array<i64: 0, 2>, correction = 0 : i64}> : (tensor<2x3x4xf32>) -> tensor<3xf32>
  %w5_0 = dlc.convert %r5 : tensor<3xf32> to tensor<3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3xf64> to tensor<3xf64>
  %c6 = dlc.constant dense<[[-0.4743329882621765, -1.9442650079727173, -1.3077532052993774], [1.086830735206604, -0.050604064017534256, -0.2831250727176666]]> : tensor<2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xf32>
  %r7 = "dlc.variance"(%v6) <{dimensions = array<i64: 0, 1>, correction = 0 : i64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w7_0 = dlc.convert %r7 : tensor<f32> to tensor<f64>
  %f7_0 = dlc.reshape %w7_0 : tensor<f64> to tensor<1xf64>
  %c8 = dlc.constant dense<> : tensor<3x0xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<3x0xf32>
  %r9 = "dlc.variance"(%v8) <{dimensions = array<i64: 1>, correction = 0 : i64}> : (tensor<3x0xf32>) -> tensor<3xf32>
  %w9_0 = dlc.convert %r9 : tensor<3xf32> to tensor<3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<3xf64> to tensor<3xf64>
  %c10 = dlc.constant dense<[[999.3865966796875, 998.3948364257812, 1000.7293701171875, 1000.80615234375, 999.5236206054688], [1000.163330078125, 998.7073364257812, 999.5281982421875, 1001.3779296875, 1000.1357421875], [1002.3103637695312, 999.2128295898438, 1000.5802612304688, 999.8045043945312, 1000.5657958984375], [999.9927978515625, 999.4387817382812, 999.1323852539062, 1003.0660400390625, 999.9226684570312]]> : tensor<4x5xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<4x5xf32>
  %r11 = "dlc.variance"(%v10) <{dimensions = array<i64: 1>, correction = 0 : i64}> : (tensor<4x5xf32>) -> tensor<4xf32>
  %w11_0 = dlc.convert %r11 : tensor<4xf32> to tensor<4xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<4xf64> to tensor<4xf64>
  %c12 = dlc.constant dense<[[1.0, 0x7FC00000], [0x7F800000, 2.0]]> : tensor<2x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x2xf32>
  %r13 = "dlc.variance"(%v12) <{dimensions = array<i64: 1>, correction = 0 : i64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w13_0 = dlc.convert %r13 : tensor<2xf32> to tensor<2xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<2xf64> to tensor<2xf64>
  %c14 = dlc.constant dense<[-0.013914668932557106, 1.0418397188186646, 1.4022648334503174, 1.1501656770706177, -2.3653039932250977, 1.2286837100982666, 0.3396199941635132]> : tensor<7xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<7xf32>
  %r15 = "dlc.variance"(%v14) <{dimensions = array<i64: 0>, correction = 1 : i64}> : (tensor<7xf32>) -> tensor<f32>
  %w15_0 = dlc.convert %r15 : tensor<f32> to tensor<f64>
  %f15_0 = dlc.reshape %w15_0 : tensor<f64> to tensor<1xf64>
  %c16 = dlc.constant dense<[[[0.42377135157585144, 0.3712274134159088, 0.38275715708732605, 0.3194142282009125], [-0.3589133024215698, -1.9016352891921997, -0.10891472548246384, -0.8037318587303162], [1.0801633596420288, -0.2887665033340454, 0.08347535878419876, -0.8496059775352478]], [[-0.5106224417686462, -0.011533061973750591, -1.485375165939331, 0.3006851077079773], [-0.10607225447893143, -1.1857198476791382, -2.398232936859131, 0.5130521059036255], [-0.29758402705192566, -0.5300084352493286, -0.23615463078022003, 1.8164759874343872]]]> : tensor<2x3x4xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x3x4xf32>
  %r17 = "dlc.variance"(%v16) <{dimensions = array<i64: 1>, correction = 1 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w17_0 = dlc.convert %r17 : tensor<2x4xf32> to tensor<2x4xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<2x4xf64> to tensor<8xf64>
  %c18 = dlc.constant dense<[[[-0.049800969660282135, 0.08661926537752151, -1.4870728254318237, 1.647339105606079], [0.9174879789352417, 1.0669348239898682, 0.047672729939222336, 0.9166547656059265], [0.37094682455062866, 0.6131891012191772, -0.15219296514987946, -1.4738879203796387]], [[1.0288543701171875, -1.9349596500396729, -0.23993666470050812, -0.2045224905014038], [-1.0428601503372192, 0.6131231188774109, -0.2003297060728073, -0.4368683397769928], [0.519841730594635, -0.47657904028892517, 1.3889800310134888, 0.35145506262779236]]]> : tensor<2x3x4xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<2x3x4xf32>
  %r19 = "dlc.variance"(%v18) <{dimensions = array<i64: 0, 2>, correction = 1 : i64}> : (tensor<2x3x4xf32>) -> tensor<3xf32>
  %w19_0 = dlc.convert %r19 : tensor<3xf32> to tensor<3xf64>
  %f19_0 = dlc.reshape %w19_0 : tensor<3xf64> to tensor<3xf64>
  %c20 = dlc.constant dense<[[-0.4743329882621765, -1.9442650079727173, -1.3077532052993774], [1.086830735206604, -0.050604064017534256, -0.2831250727176666]]> : tensor<2x3xf32>
  %v20 = dlc.optimization_barrier %c20 : tensor<2x3xf32>
  %r21 = "dlc.variance"(%v20) <{dimensions = array<i64: 0, 1>, correction = 1 : i64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w21_0 = dlc.convert %r21 : tensor<f32> to tensor<f64>
  %f21_0 = dlc.reshape %w21_0 : tensor<f64> to tensor<1xf64>
  %c22 = dlc.constant dense<> : tensor<3x0xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<3x0xf32>
  %r23 = "dlc.variance"(%v22) <{dimensions = array<i64: 1>, correction = 1 : i64}> : (tensor<3x0xf32>) -> tensor<3xf32>
  %w23_0 = dlc.convert %r23 : tensor<3xf32> to tensor<3xf64>
  %f23_0 = dlc.reshape %w23_0 : tensor<3xf64> to tensor<3xf64>
  %c24 = dlc.constant dense<[[999.3865966796875, 998.3948364257812, 1000.7293701171875, 1000.80615234375, 999.5236206054688], [1000.163330078125, 998.7073364257812, 999.5281982421875, 1001.3779296875, 1000.1357421875], [1002.3103637695312, 999.2128295898438, 1000.5802612304688, 999.8045043945312, 1000.5657958984375], [999.9927978515625, 999.4387817382812, 999.1323852539062, 1003.0660400390625, 999.9226684570312]]> : tensor<4x5xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<4x5xf32>
  %r25 = "dlc.variance"(%v24) <{dimensions = array<i64: 1>, correction = 1 : i64}> : (tensor<4x5xf32>) -> tensor<4xf32>
  %w25_0 = dlc.convert %r25 : tensor<4xf32> to tensor<4xf64>
  %f25_0 = dlc.reshape %w25_0 : tensor<4xf64> to tensor<4xf64>
  %c26 = dlc.constant dense<[[1.0, 0x7FC00000], [0x7F800000, 2.0]]> : tensor<2x2xf32>
  %v26 = dlc.optimization_barrier %c26 : tensor<2x2xf32>
  %r27 = "dlc.variance"(%v26) <{dimensions = array<i64: 1>, correction = 1 : i64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w27_0 = dlc.convert %r27 : tensor<2xf32> to tensor<2xf64>
  %f27_0 = dlc.reshape %w27_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0, %f17_0, %f19_0, %f21_0, %f23_0, %f25_0, %f27_0 dim 0 : (tensor<1xf64>, tensor<8xf64>, tensor<3xf64>, tensor<1xf64>, tensor<3xf64>, tensor<4xf64>, tensor<2xf64>, tensor<1xf64>, tensor<8xf64>, tensor<3xf64>, tensor<1xf64>, tensor<3xf64>, tensor<4xf64>, tensor<2xf64>) -> tensor<44xf64>
  %want = dlc.constant dense<[1.4982565641403198, 0.34604305028915405, 0.9114269614219666, 0.04092497378587723, 0.29224109649658203, 0.02730255387723446, 0.2308320850133896, 0.7853826284408569, 0.44907060265541077, 1.2088487148284912, 0.5093090534210205, 0.6370387673377991, 0.9176548719406128, 0xFFF8000000000000, 0xFFF8000000000000, 0xFFF8000000000000, 0.8185521364212036, 0.7671678066253662, 1.085714340209961, 1.9984391927719116, 0x7FF8000000000000, 0xFFF8000000000000, 1.7479660511016846, 0.5190645456314087, 1.3671404123306274, 0.06138746440410614, 0.43836164474487305, 0.040953829884529114, 0.3462481200695038, 1.1780740022659302, 0.6736059188842773, 1.38154137134552, 0.5820674896240234, 0.7280442714691162, 1.101185917854309, 0xFFF8000000000000, 0xFFF8000000000000, 0xFFF8000000000000, 1.0231901407241821, 0.9589597582817078, 1.3571430444717407, 2.498049020767212, 0x7FF8000000000000, 0xFFF8000000000000]> : tensor<44xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<44xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<44xf64>
  %difference = dlc.subtract %got, %want : tensor<44xf64>
  %error = dlc.abs %difference : tensor<44xf64>
  %size = dlc.abs %want : tensor<44xf64>
  %relative = dlc.multiply %rtol, %size : tensor<44xf64>
  %limit = dlc.add %relative, %atol : tensor<44xf64>
  %near = dlc.compare LE, %error, %limit : tensor<44xf64>
  %same = dlc.compare EQ, %got, %want : tensor<44xf64>
  %nan = dlc.compare NE, %got, %got : tensor<44xf64>
  %wants = dlc.compare NE, %want, %want : tensor<44xf64>
  %nans = dlc.and %nan, %wants : tensor<44xi1>
  %finite = dlc.is_finite %got : tensor<44xf64>
  %close = dlc.and %near, %finite : tensor<44xi1>
  %either = dlc.or %close, %same : tensor<44xi1>
  %right = dlc.or %either, %nans : tensor<44xi1>
  %all = dlc.reduce and %right dims [0] : tensor<44xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @norm() -> tensor<i1> {
  %c0 = dlc.constant dense<[-2.016660690307617, -0.6486005783081055, 0.6780397295951843, -0.5000084042549133, 1.3604462146759033, 1.0023982524871826, -0.1523386389017105]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1 = "dlc.norm"(%v0) <{dimensions = array<i64: 0>, order = 2.0 : f64}> : (tensor<7xf32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[[[-0.4722159504890442, -1.0048010349273682, -0.699966549873352, -1.4731431007385254], [1.2043962478637695, 1.5907007455825806, -1.2561380863189697, -1.1816829442977905], [-1.7685118913650513, -0.9638542532920837, -3.106336832046509, -1.1422789096832275]], [[1.2969154119491577, -0.34567251801490784, 0.8545842170715332, -0.4889690577983856], [1.760667324066162, 0.1992179900407791, -0.3820022940635681, 2.5524239540100098], [-0.3244718611240387, -1.2212233543395996, 0.20191000401973724, -0.038835037499666214]]]> : tensor<2x3x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3x4xf32>
  %r3 = "dlc.norm"(%v2) <{dimensions = array<i64: 1>, order = 2.0 : f64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x4xf32> to tensor<2x4xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x4xf64> to tensor<8xf64>
  %c4 = dlc.constant dense<[[1.0663245916366577, -0.9216338992118835, 0.804716944694519], [0.852748453617096, -0.6676872968673706, 0.16324400901794434]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.norm"(%v4) <{dimensions = array<i64: 0, 1>, order = 2.0 : f64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w5_0 = dlc.convert %r5 : tensor<f32> to tensor<f64>
  %f5_0 = dlc.reshape %w5_0 : tensor<f64> to tensor<1xf64>
  %c6 = dlc.constant dense<[2.999999894026671e+30, 4.000000060189865e+30]> : tensor<2xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2xf32>
  %r7 = "dlc.norm"(%v6) <{dimensions = array<i64: 0>, order = 2.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w7_0 = dlc.convert %r7 : tensor<f32> to tensor<f64>
  %f7_0 = dlc.reshape %w7_0 : tensor<f64> to tensor<1xf64>
  %c8 = dlc.constant dense<[3.0000000095132306e-30, 4.0000000126843074e-30]> : tensor<2xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2xf32>
  %r9 = "dlc.norm"(%v8) <{dimensions = array<i64: 0>, order = 2.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w9_0 = dlc.convert %r9 : tensor<f32> to tensor<f64>
  %f9_0 = dlc.reshape %w9_0 : tensor<f64> to tensor<1xf64>
  %c10 = dlc.constant dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x2xf32>
  %r11 = "dlc.norm"(%v10) <{dimensions = array<i64: 1>, order = 2.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w11_0 = dlc.convert %r11 : tensor<2xf32> to tensor<2xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2xf64> to tensor<2xf64>
  %c12 = dlc.constant dense<[[0x7F800000, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x2xf32>
  %r13 = "dlc.norm"(%v12) <{dimensions = array<i64: 1>, order = 2.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w13_0 = dlc.convert %r13 : tensor<2xf32> to tensor<2xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<2xf64> to tensor<2xf64>
  %c14 = dlc.constant dense<[-2.016660690307617, -0.6486005783081055, 0.6780397295951843, -0.5000084042549133, 1.3604462146759033, 1.0023982524871826, -0.1523386389017105]> : tensor<7xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<7xf32>
  %r15 = "dlc.norm"(%v14) <{dimensions = array<i64: 0>, order = 1.0 : f64}> : (tensor<7xf32>) -> tensor<f32>
  %w15_0 = dlc.convert %r15 : tensor<f32> to tensor<f64>
  %f15_0 = dlc.reshape %w15_0 : tensor<f64> to tensor<1xf64>
  %c16 = dlc.constant dense<[[[-0.4722159504890442, -1.0048010349273682, -0.699966549873352, -1.4731431007385254], [1.2043962478637695, 1.5907007455825806, -1.2561380863189697, -1.1816829442977905], [-1.7685118913650513, -0.9638542532920837, -3.106336832046509, -1.1422789096832275]], [[1.2969154119491577, -0.34567251801490784, 0.8545842170715332, -0.4889690577983856], [1.760667324066162, 0.1992179900407791, -0.3820022940635681, 2.5524239540100098], [-0.3244718611240387, -1.2212233543395996, 0.20191000401973724, -0.038835037499666214]]]> : tensor<2x3x4xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x3x4xf32>
  %r17 = "dlc.norm"(%v16) <{dimensions = array<i64: 1>, order = 1.0 : f64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w17_0 = dlc.convert %r17 : tensor<2x4xf32> to tensor<2x4xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<2x4xf64> to tensor<8xf64>
  %c18 = dlc.constant dense<[[1.0663245916366577, -0.9216338992118835, 0.804716944694519], [0.852748453617096, -0.6676872968673706, 0.16324400901794434]]> : tensor<2x3xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<2x3xf32>
  %r19 = "dlc.norm"(%v18) <{dimensions = array<i64: 0, 1>, order = 1.0 : f64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w19_0 = dlc.convert %r19 : tensor<f32> to tensor<f64>
  %f19_0 = dlc.reshape %w19_0 : tensor<f64> to tensor<1xf64>
  %c20 = dlc.constant dense<[2.999999894026671e+30, 4.000000060189865e+30]> : tensor<2xf32>
  %v20 = dlc.optimization_barrier %c20 : tensor<2xf32>
  %r21 = "dlc.norm"(%v20) <{dimensions = array<i64: 0>, order = 1.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w21_0 = dlc.convert %r21 : tensor<f32> to tensor<f64>
  %f21_0 = dlc.reshape %w21_0 : tensor<f64> to tensor<1xf64>
  %c22 = dlc.constant dense<[3.0000000095132306e-30, 4.0000000126843074e-30]> : tensor<2xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<2xf32>
  %r23 = "dlc.norm"(%v22) <{dimensions = array<i64: 0>, order = 1.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w23_0 = dlc.convert %r23 : tensor<f32> to tensor<f64>
  %f23_0 = dlc.reshape %w23_0 : tensor<f64> to tensor<1xf64>
  %c24 = dlc.constant dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<2x2xf32>
  %r25 = "dlc.norm"(%v24) <{dimensions = array<i64: 1>, order = 1.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w25_0 = dlc.convert %r25 : tensor<2xf32> to tensor<2xf64>
  %f25_0 = dlc.reshape %w25_0 : tensor<2xf64> to tensor<2xf64>
  %c26 = dlc.constant dense<[[0x7F800000, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32>
  %v26 = dlc.optimization_barrier %c26 : tensor<2x2xf32>
  %r27 = "dlc.norm"(%v26) <{dimensions = array<i64: 1>, order = 1.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w27_0 = dlc.convert %r27 : tensor<2xf32> to tensor<2xf64>
  %f27_0 = dlc.reshape %w27_0 : tensor<2xf64> to tensor<2xf64>
  %c28 = dlc.constant dense<[-2.016660690307617, -0.6486005783081055, 0.6780397295951843, -0.5000084042549133, 1.3604462146759033, 1.0023982524871826, -0.1523386389017105]> : tensor<7xf32>
  %v28 = dlc.optimization_barrier %c28 : tensor<7xf32>
  %r29 = "dlc.norm"(%v28) <{dimensions = array<i64: 0>, order = 3.0 : f64}> : (tensor<7xf32>) -> tensor<f32>
  %w29_0 = dlc.convert %r29 : tensor<f32> to tensor<f64>
  %f29_0 = dlc.reshape %w29_0 : tensor<f64> to tensor<1xf64>
  %c30 = dlc.constant dense<[[[-0.4722159504890442, -1.0048010349273682, -0.699966549873352, -1.4731431007385254], [1.2043962478637695, 1.5907007455825806, -1.2561380863189697, -1.1816829442977905], [-1.7685118913650513, -0.9638542532920837, -3.106336832046509, -1.1422789096832275]], [[1.2969154119491577, -0.34567251801490784, 0.8545842170715332, -0.4889690577983856], [1.760667324066162, 0.1992179900407791, -0.3820022940635681, 2.5524239540100098], [-0.3244718611240387, -1.2212233543395996, 0.20191000401973724, -0.038835037499666214]]]> : tensor<2x3x4xf32>
  %v30 = dlc.optimization_barrier %c30 : tensor<2x3x4xf32>
  %r31 = "dlc.norm"(%v30) <{dimensions = array<i64: 1>, order = 3.0 : f64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w31_0 = dlc.convert %r31 : tensor<2x4xf32> to tensor<2x4xf64>
  %f31_0 = dlc.reshape %w31_0 : tensor<2x4xf64> to tensor<8xf64>
  %c32 = dlc.constant dense<[[1.0663245916366577, -0.9216338992118835, 0.804716944694519], [0.852748453617096, -0.6676872968673706, 0.16324400901794434]]> : tensor<2x3xf32>
  %v32 = dlc.optimization_barrier %c32 : tensor<2x3xf32>
  %r33 = "dlc.norm"(%v32) <{dimensions = array<i64: 0, 1>, order = 3.0 : f64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w33_0 = dlc.convert %r33 : tensor<f32> to tensor<f64>
  %f33_0 = dlc.reshape %w33_0 : tensor<f64> to tensor<1xf64>
  %c34 = dlc.constant dense<[2.999999894026671e+30, 4.000000060189865e+30]> : tensor<2xf32>
  %v34 = dlc.optimization_barrier %c34 : tensor<2xf32>
  %r35 = "dlc.norm"(%v34) <{dimensions = array<i64: 0>, order = 3.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w35_0 = dlc.convert %r35 : tensor<f32> to tensor<f64>
  %f35_0 = dlc.reshape %w35_0 : tensor<f64> to tensor<1xf64>
  %c36 = dlc.constant dense<[3.0000000095132306e-30, 4.0000000126843074e-30]> : tensor<2xf32>
  %v36 = dlc.optimization_barrier %c36 : tensor<2xf32>
  %r37 = "dlc.norm"(%v36) <{dimensions = array<i64: 0>, order = 3.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w37_0 = dlc.convert %r37 : tensor<f32> to tensor<f64>
  %f37_0 = dlc.reshape %w37_0 : tensor<f64> to tensor<1xf64>
  %c38 = dlc.constant dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %v38 = dlc.optimization_barrier %c38 : tensor<2x2xf32>
  %r39 = "dlc.norm"(%v38) <{dimensions = array<i64: 1>, order = 3.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w39_0 = dlc.convert %r39 : tensor<2xf32> to tensor<2xf64>
  %f39_0 = dlc.reshape %w39_0 : tensor<2xf64> to tensor<2xf64>
  %c40 = dlc.constant dense<[[0x7F800000, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32>
  %v40 = dlc.optimization_barrier %c40 : tensor<2x2xf32>
  %r41 = "dlc.norm"(%v40) <{dimensions = array<i64: 1>, order = 3.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w41_0 = dlc.convert %r41 : tensor<2xf32> to tensor<2xf64>
  %f41_0 = dlc.reshape %w41_0 : tensor<2xf64> to tensor<2xf64>
  %c42 = dlc.constant dense<[-2.016660690307617, -0.6486005783081055, 0.6780397295951843, -0.5000084042549133, 1.3604462146759033, 1.0023982524871826, -0.1523386389017105]> : tensor<7xf32>
  %v42 = dlc.optimization_barrier %c42 : tensor<7xf32>
  %r43 = "dlc.norm"(%v42) <{dimensions = array<i64: 0>, order = 0.5 : f64}> : (tensor<7xf32>) -> tensor<f32>
  %w43_0 = dlc.convert %r43 : tensor<f32> to tensor<f64>
  %f43_0 = dlc.reshape %w43_0 : tensor<f64> to tensor<1xf64>
  %c44 = dlc.constant dense<[[[-0.4722159504890442, -1.0048010349273682, -0.699966549873352, -1.4731431007385254], [1.2043962478637695, 1.5907007455825806, -1.2561380863189697, -1.1816829442977905], [-1.7685118913650513, -0.9638542532920837, -3.106336832046509, -1.1422789096832275]], [[1.2969154119491577, -0.34567251801490784, 0.8545842170715332, -0.4889690577983856], [1.760667324066162, 0.1992179900407791, -0.3820022940635681, 2.5524239540100098], [-0.3244718611240387, -1.2212233543395996, 0.20191000401973724, -0.038835037499666214]]]> : tensor<2x3x4xf32>
  %v44 = dlc.optimization_barrier %c44 : tensor<2x3x4xf32>
  %r45 = "dlc.norm"(%v44) <{dimensions = array<i64: 1>, order = 0.5 : f64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w45_0 = dlc.convert %r45 : tensor<2x4xf32> to tensor<2x4xf64>
  %f45_0 = dlc.reshape %w45_0 : tensor<2x4xf64> to tensor<8xf64>
  %c46 = dlc.constant dense<[[1.0663245916366577, -0.9216338992118835, 0.804716944694519], [0.852748453617096, -0.6676872968673706, 0.16324400901794434]]> : tensor<2x3xf32>
  %v46 = dlc.optimization_barrier %c46 : tensor<2x3xf32>
  %r47 = "dlc.norm"(%v46) <{dimensions = array<i64: 0, 1>, order = 0.5 : f64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w47_0 = dlc.convert %r47 : tensor<f32> to tensor<f64>
  %f47_0 = dlc.reshape %w47_0 : tensor<f64> to tensor<1xf64>
  %c48 = dlc.constant dense<[2.999999894026671e+30, 4.000000060189865e+30]> : tensor<2xf32>
  %v48 = dlc.optimization_barrier %c48 : tensor<2xf32>
  %r49 = "dlc.norm"(%v48) <{dimensions = array<i64: 0>, order = 0.5 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w49_0 = dlc.convert %r49 : tensor<f32> to tensor<f64>
  %f49_0 = dlc.reshape %w49_0 : tensor<f64> to tensor<1xf64>
  %c50 = dlc.constant dense<[3.0000000095132306e-30, 4.0000000126843074e-30]> : tensor<2xf32>
  %v50 = dlc.optimization_barrier %c50 : tensor<2xf32>
  %r51 = "dlc.norm"(%v50) <{dimensions = array<i64: 0>, order = 0.5 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w51_0 = dlc.convert %r51 : tensor<f32> to tensor<f64>
  %f51_0 = dlc.reshape %w51_0 : tensor<f64> to tensor<1xf64>
  %c52 = dlc.constant dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %v52 = dlc.optimization_barrier %c52 : tensor<2x2xf32>
  %r53 = "dlc.norm"(%v52) <{dimensions = array<i64: 1>, order = 0.5 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w53_0 = dlc.convert %r53 : tensor<2xf32> to tensor<2xf64>
  %f53_0 = dlc.reshape %w53_0 : tensor<2xf64> to tensor<2xf64>
  %c54 = dlc.constant dense<[-2.016660690307617, -0.6486005783081055, 0.6780397295951843, -0.5000084042549133, 1.3604462146759033, 1.0023982524871826, -0.1523386389017105]> : tensor<7xf32>
  %v54 = dlc.optimization_barrier %c54 : tensor<7xf32>
  %r55 = "dlc.norm"(%v54) <{dimensions = array<i64: 0>, order = 0.0 : f64}> : (tensor<7xf32>) -> tensor<f32>
  %w55_0 = dlc.convert %r55 : tensor<f32> to tensor<f64>
  %f55_0 = dlc.reshape %w55_0 : tensor<f64> to tensor<1xf64>
  %c56 = dlc.constant dense<[[[-0.4722159504890442, -1.0048010349273682, -0.699966549873352, -1.4731431007385254], [1.2043962478637695, 1.5907007455825806, -1.2561380863189697, -1.1816829442977905], [-1.7685118913650513, -0.9638542532920837, -3.106336832046509, -1.1422789096832275]], [[1.2969154119491577, -0.34567251801490784, 0.8545842170715332, -0.4889690577983856], [1.760667324066162, 0.1992179900407791, -0.3820022940635681, 2.5524239540100098], [-0.3244718611240387, -1.2212233543395996, 0.20191000401973724, -0.038835037499666214]]]> : tensor<2x3x4xf32>
  %v56 = dlc.optimization_barrier %c56 : tensor<2x3x4xf32>
  %r57 = "dlc.norm"(%v56) <{dimensions = array<i64: 1>, order = 0.0 : f64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w57_0 = dlc.convert %r57 : tensor<2x4xf32> to tensor<2x4xf64>
  %f57_0 = dlc.reshape %w57_0 : tensor<2x4xf64> to tensor<8xf64>
  %c58 = dlc.constant dense<[[1.0663245916366577, -0.9216338992118835, 0.804716944694519], [0.852748453617096, -0.6676872968673706, 0.16324400901794434]]> : tensor<2x3xf32>
  %v58 = dlc.optimization_barrier %c58 : tensor<2x3xf32>
  %r59 = "dlc.norm"(%v58) <{dimensions = array<i64: 0, 1>, order = 0.0 : f64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w59_0 = dlc.convert %r59 : tensor<f32> to tensor<f64>
  %f59_0 = dlc.reshape %w59_0 : tensor<f64> to tensor<1xf64>
  %c60 = dlc.constant dense<[2.999999894026671e+30, 4.000000060189865e+30]> : tensor<2xf32>
  %v60 = dlc.optimization_barrier %c60 : tensor<2xf32>
  %r61 = "dlc.norm"(%v60) <{dimensions = array<i64: 0>, order = 0.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w61_0 = dlc.convert %r61 : tensor<f32> to tensor<f64>
  %f61_0 = dlc.reshape %w61_0 : tensor<f64> to tensor<1xf64>
  %c62 = dlc.constant dense<[3.0000000095132306e-30, 4.0000000126843074e-30]> : tensor<2xf32>
  %v62 = dlc.optimization_barrier %c62 : tensor<2xf32>
  %r63 = "dlc.norm"(%v62) <{dimensions = array<i64: 0>, order = 0.0 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w63_0 = dlc.convert %r63 : tensor<f32> to tensor<f64>
  %f63_0 = dlc.reshape %w63_0 : tensor<f64> to tensor<1xf64>
  %c64 = dlc.constant dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %v64 = dlc.optimization_barrier %c64 : tensor<2x2xf32>
  %r65 = "dlc.norm"(%v64) <{dimensions = array<i64: 1>, order = 0.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w65_0 = dlc.convert %r65 : tensor<2xf32> to tensor<2xf64>
  %f65_0 = dlc.reshape %w65_0 : tensor<2xf64> to tensor<2xf64>
  %c66 = dlc.constant dense<[[0x7F800000, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32>
  %v66 = dlc.optimization_barrier %c66 : tensor<2x2xf32>
  %r67 = "dlc.norm"(%v66) <{dimensions = array<i64: 1>, order = 0.0 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w67_0 = dlc.convert %r67 : tensor<2xf32> to tensor<2xf64>
  %f67_0 = dlc.reshape %w67_0 : tensor<2xf64> to tensor<2xf64>
  %c68 = dlc.constant dense<[-2.016660690307617, -0.6486005783081055, 0.6780397295951843, -0.5000084042549133, 1.3604462146759033, 1.0023982524871826, -0.1523386389017105]> : tensor<7xf32>
  %v68 = dlc.optimization_barrier %c68 : tensor<7xf32>
  %r69 = "dlc.norm"(%v68) <{dimensions = array<i64: 0>, order = 0x7FF0000000000000 : f64}> : (tensor<7xf32>) -> tensor<f32>
  %w69_0 = dlc.convert %r69 : tensor<f32> to tensor<f64>
  %f69_0 = dlc.reshape %w69_0 : tensor<f64> to tensor<1xf64>
  %c70 = dlc.constant dense<[[[-0.4722159504890442, -1.0048010349273682, -0.699966549873352, -1.4731431007385254], [1.2043962478637695, 1.5907007455825806, -1.2561380863189697, -1.1816829442977905], [-1.7685118913650513, -0.9638542532920837, -3.106336832046509, -1.1422789096832275]], [[1.2969154119491577, -0.34567251801490784, 0.8545842170715332, -0.4889690577983856], [1.760667324066162, 0.1992179900407791, -0.3820022940635681, 2.5524239540100098], [-0.3244718611240387, -1.2212233543395996, 0.20191000401973724, -0.038835037499666214]]]> : tensor<2x3x4xf32>
  %v70 = dlc.optimization_barrier %c70 : tensor<2x3x4xf32>
  %r71 = "dlc.norm"(%v70) <{dimensions = array<i64: 1>, order = 0x7FF0000000000000 : f64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w71_0 = dlc.convert %r71 : tensor<2x4xf32> to tensor<2x4xf64>
  %f71_0 = dlc.reshape %w71_0 : tensor<2x4xf64> to tensor<8xf64>
  %c72 = dlc.constant dense<[[1.0663245916366577, -0.9216338992118835, 0.804716944694519], [0.852748453617096, -0.6676872968673706, 0.16324400901794434]]> : tensor<2x3xf32>
  %v72 = dlc.optimization_barrier %c72 : tensor<2x3xf32>
  %r73 = "dlc.norm"(%v72) <{dimensions = array<i64: 0, 1>, order = 0x7FF0000000000000 : f64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w73_0 = dlc.convert %r73 : tensor<f32> to tensor<f64>
  %f73_0 = dlc.reshape %w73_0 : tensor<f64> to tensor<1xf64>
  %c74 = dlc.constant dense<[2.999999894026671e+30, 4.000000060189865e+30]> : tensor<2xf32>
  %v74 = dlc.optimization_barrier %c74 : tensor<2xf32>
  %r75 = "dlc.norm"(%v74) <{dimensions = array<i64: 0>, order = 0x7FF0000000000000 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w75_0 = dlc.convert %r75 : tensor<f32> to tensor<f64>
  %f75_0 = dlc.reshape %w75_0 : tensor<f64> to tensor<1xf64>
  %c76 = dlc.constant dense<[3.0000000095132306e-30, 4.0000000126843074e-30]> : tensor<2xf32>
  %v76 = dlc.optimization_barrier %c76 : tensor<2xf32>
  %r77 = "dlc.norm"(%v76) <{dimensions = array<i64: 0>, order = 0x7FF0000000000000 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w77_0 = dlc.convert %r77 : tensor<f32> to tensor<f64>
  %f77_0 = dlc.reshape %w77_0 : tensor<f64> to tensor<1xf64>
  %c78 = dlc.constant dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %v78 = dlc.optimization_barrier %c78 : tensor<2x2xf32>
  %r79 = "dlc.norm"(%v78) <{dimensions = array<i64: 1>, order = 0x7FF0000000000000 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w79_0 = dlc.convert %r79 : tensor<2xf32> to tensor<2xf64>
  %f79_0 = dlc.reshape %w79_0 : tensor<2xf64> to tensor<2xf64>
  %c80 = dlc.constant dense<[[0x7F800000, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32>
  %v80 = dlc.optimization_barrier %c80 : tensor<2x2xf32>
  %r81 = "dlc.norm"(%v80) <{dimensions = array<i64: 1>, order = 0x7FF0000000000000 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w81_0 = dlc.convert %r81 : tensor<2xf32> to tensor<2xf64>
  %f81_0 = dlc.reshape %w81_0 : tensor<2xf64> to tensor<2xf64>
  %c82 = dlc.constant dense<[-2.016660690307617, -0.6486005783081055, 0.6780397295951843, -0.5000084042549133, 1.3604462146759033, 1.0023982524871826, -0.1523386389017105]> : tensor<7xf32>
  %v82 = dlc.optimization_barrier %c82 : tensor<7xf32>
  %r83 = "dlc.norm"(%v82) <{dimensions = array<i64: 0>, order = 0xFFF0000000000000 : f64}> : (tensor<7xf32>) -> tensor<f32>
  %w83_0 = dlc.convert %r83 : tensor<f32> to tensor<f64>
  %f83_0 = dlc.reshape %w83_0 : tensor<f64> to tensor<1xf64>
  %c84 = dlc.constant dense<[[[-0.4722159504890442, -1.0048010349273682, -0.699966549873352, -1.4731431007385254], [1.2043962478637695, 1.5907007455825806, -1.2561380863189697, -1.1816829442977905], [-1.7685118913650513, -0.9638542532920837, -3.106336832046509, -1.1422789096832275]], [[1.2969154119491577, -0.34567251801490784, 0.8545842170715332, -0.4889690577983856], [1.760667324066162, 0.1992179900407791, -0.3820022940635681, 2.5524239540100098], [-0.3244718611240387, -1.2212233543395996, 0.20191000401973724, -0.038835037499666214]]]> : tensor<2x3x4xf32>
  %v84 = dlc.optimization_barrier %c84 : tensor<2x3x4xf32>
  %r85 = "dlc.norm"(%v84) <{dimensions = array<i64: 1>, order = 0xFFF0000000000000 : f64}> : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  %w85_0 = dlc.convert %r85 : tensor<2x4xf32> to tensor<2x4xf64>
  %f85_0 = dlc.reshape %w85_0 : tensor<2x4xf64> to tensor<8xf64>
  %c86 = dlc.constant dense<[[1.0663245916366577, -0.9216338992118835, 0.804716944694519], [0.852748453617096, -0.6676872968673706, 0.16324400901794434]]> : tensor<2x3xf32>
  %v86 = dlc.optimization_barrier %c86 : tensor<2x3xf32>
  %r87 = "dlc.norm"(%v86) <{dimensions = array<i64: 0, 1>, order = 0xFFF0000000000000 : f64}> : (tensor<2x3xf32>) -> tensor<f32>
  %w87_0 = dlc.convert %r87 : tensor<f32> to tensor<f64>
  %f87_0 = dlc.reshape %w87_0 : tensor<f64> to tensor<1xf64>
  %c88 = dlc.constant dense<[2.999999894026671e+30, 4.000000060189865e+30]> : tensor<2xf32>
  %v88 = dlc.optimization_barrier %c88 : tensor<2xf32>
  %r89 = "dlc.norm"(%v88) <{dimensions = array<i64: 0>, order = 0xFFF0000000000000 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w89_0 = dlc.convert %r89 : tensor<f32> to tensor<f64>
  %f89_0 = dlc.reshape %w89_0 : tensor<f64> to tensor<1xf64>
  %c90 = dlc.constant dense<[3.0000000095132306e-30, 4.0000000126843074e-30]> : tensor<2xf32>
  %v90 = dlc.optimization_barrier %c90 : tensor<2xf32>
  %r91 = "dlc.norm"(%v90) <{dimensions = array<i64: 0>, order = 0xFFF0000000000000 : f64}> : (tensor<2xf32>) -> tensor<f32>
  %w91_0 = dlc.convert %r91 : tensor<f32> to tensor<f64>
  %f91_0 = dlc.reshape %w91_0 : tensor<f64> to tensor<1xf64>
  %c92 = dlc.constant dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %v92 = dlc.optimization_barrier %c92 : tensor<2x2xf32>
  %r93 = "dlc.norm"(%v92) <{dimensions = array<i64: 1>, order = 0xFFF0000000000000 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w93_0 = dlc.convert %r93 : tensor<2xf32> to tensor<2xf64>
  %f93_0 = dlc.reshape %w93_0 : tensor<2xf64> to tensor<2xf64>
  %c94 = dlc.constant dense<[[0x7F800000, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32>
  %v94 = dlc.optimization_barrier %c94 : tensor<2x2xf32>
  %r95 = "dlc.norm"(%v94) <{dimensions = array<i64: 1>, order = 0xFFF0000000000000 : f64}> : (tensor<2x2xf32>) -> tensor<2xf32>
  %w95_0 = dlc.convert %r95 : tensor<2xf32> to tensor<2xf64>
  %f95_0 = dlc.reshape %w95_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0, %f17_0, %f19_0, %f21_0, %f23_0, %f25_0, %f27_0, %f29_0, %f31_0, %f33_0, %f35_0, %f37_0, %f39_0, %f41_0, %f43_0, %f45_0, %f47_0, %f49_0, %f51_0, %f53_0, %f55_0, %f57_0, %f59_0, %f61_0, %f63_0, %f65_0, %f67_0, %f69_0, %f71_0, %f73_0, %f75_0, %f77_0, %f79_0, %f81_0, %f83_0, %f85_0, %f87_0, %f89_0, %f91_0, %f93_0, %f95_0 dim 0 : (tensor<1xf64>, tensor<8xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<2xf64>, tensor<2xf64>, tensor<1xf64>, tensor<8xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<2xf64>, tensor<2xf64>, tensor<1xf64>, tensor<8xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<2xf64>, tensor<2xf64>, tensor<1xf64>, tensor<8xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<2xf64>, tensor<1xf64>, tensor<8xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<2xf64>, tensor<2xf64>, tensor<1xf64>, tensor<8xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<2xf64>, tensor<2xf64>, tensor<1xf64>, tensor<8xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<2xf64>, tensor<2xf64>) -> tensor<110xf64>
  %want = dlc.constant dense<[2.841860771179199, 2.191162347793579, 2.1139936447143555, 3.423034429550171, 2.2071080207824707, 2.2107059955596924, 1.2847427129745483, 0.9576051235198975, 2.599128007888794, 1.957973837852478, 4.9999999241216036e+30, 5.000000015855384e-30, 0.0, 0.0, 0x7FF0000000000000, 0x7FF8000000000000, 6.358492374420166, 3.4451241493225098, 3.5593559741973877, 5.062441349029541, 3.797104835510254, 3.382054567337036, 1.7661138772964478, 1.438496470451355, 3.080228090286255, 4.476355075836182, 6.999999651985081e+30, 7.000000022197538e-30, 0.0, 0.0, 0x7FF0000000000000, 0x7FF8000000000000, 2.3170664310455322, 1.947256088256836, 1.8105250597000122, 3.184661388397217, 1.8505682945251465, 1.9724162817001343, 1.23212468624115, 0.8828396201133728, 2.55839467048645, 1.5093530416488647, 4.4979414937163855e+30, 4.49794130048359e-30, 0.0, 0.0, 0x7FF0000000000000, 0x7FF8000000000000, 39.865074157714844, 9.700008392333984, 10.53254508972168, 13.837626457214355, 11.353920936584473, 9.213335037231445, 4.576892852783203, 3.967444658279419, 6.219836711883545, 25.344253540039062, 1.3928203617394889e+31, 1.3928203482554196e-29, 0.0, 0.0, 7.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 6.0, 2.0, 2.0, 0.0, 0.0, 2.0, 2.0, 2.016660690307617, 1.7685118913650513, 1.5907007455825806, 3.106336832046509, 1.4731431007385254, 1.760667324066162, 1.2212233543395996, 0.8545842170715332, 2.5524239540100098, 1.0663245916366577, 4.000000060189865e+30, 4.0000000126843074e-30, 0.0, 0.0, 0x7FF0000000000000, 0x7FF8000000000000, 0.1523386389017105, 0.4722159504890442, 0.9638542532920837, 0.699966549873352, 1.1422789096832275, 0.3244718611240387, 0.1992179900407791, 0.20191000401973724, 0.038835037499666214, 0.16324400901794434, 2.999999894026671e+30, 3.0000000095132306e-30, 0.0, 0.0, 1.0, 0x7FF8000000000000]> : tensor<110xf64>
  %rtol = dlc.constant dense<1.00000000000000008e-05> : tensor<110xf64>
  %atol = dlc.constant dense<0.00000000000000000e+00> : tensor<110xf64>
  %difference = dlc.subtract %got, %want : tensor<110xf64>
  %error = dlc.abs %difference : tensor<110xf64>
  %size = dlc.abs %want : tensor<110xf64>
  %relative = dlc.multiply %rtol, %size : tensor<110xf64>
  %limit = dlc.add %relative, %atol : tensor<110xf64>
  %near = dlc.compare LE, %error, %limit : tensor<110xf64>
  %same = dlc.compare EQ, %got, %want : tensor<110xf64>
  %nan = dlc.compare NE, %got, %got : tensor<110xf64>
  %wants = dlc.compare NE, %want, %want : tensor<110xf64>
  %nans = dlc.and %nan, %wants : tensor<110xi1>
  %finite = dlc.is_finite %got : tensor<110xf64>
  %close = dlc.and %near, %finite : tensor<110xi1>
  %either = dlc.or %close, %same : tensor<110xi1>
  %right = dlc.or %either, %nans : tensor<110xi1>
  %all = dlc.reduce and %right dims [0] : tensor<110xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @top_k() -> tensor<i1> {
  %c0 = dlc.constant dense<[-0.8307519555091858, 2.3458080291748047, -0.7041395902633667, -0.45307445526123047, -1.0658379793167114, -0.34612128138542175, -0.0058760265819728374]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1:2 = "dlc.top_k"(%v0) <{k = 3 : i64}> : (tensor<7xf32>) -> (tensor<3xf32>, tensor<3xi32>)
  %w1_0 = dlc.convert %r1#0 : tensor<3xf32> to tensor<3xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3xf64> to tensor<3xf64>
  %w1_1 = dlc.convert %r1#1 : tensor<3xi32> to tensor<3xf64>
  %f1_1 = dlc.reshape %w1_1 : tensor<3xf64> to tensor<3xf64>
  %c2 = dlc.constant dense<[[0.7677891254425049, -0.610486626625061, -0.18577395379543304, -1.4164893627166748, -0.8274022340774536], [2.755807638168335, 1.0412431955337524, -0.7814240455627441, -1.3373972177505493, -0.9755828380584717]]> : tensor<2x5xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x5xf32>
  %r3:2 = "dlc.top_k"(%v2) <{k = 2 : i64}> : (tensor<2x5xf32>) -> (tensor<2x2xf32>, tensor<2x2xi32>)
  %w3_0 = dlc.convert %r3#0 : tensor<2x2xf32> to tensor<2x2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x2xf64> to tensor<4xf64>
  %w3_1 = dlc.convert %r3#1 : tensor<2x2xi32> to tensor<2x2xf64>
  %f3_1 = dlc.reshape %w3_1 : tensor<2x2xf64> to tensor<4xf64>
  %c4 = dlc.constant dense<[1.0, 3.0, 3.0, 2.0]> : tensor<4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<4xf32>
  %r5:2 = "dlc.top_k"(%v4) <{k = 4 : i64}> : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>)
  %w5_0 = dlc.convert %r5#0 : tensor<4xf32> to tensor<4xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<4xf64> to tensor<4xf64>
  %w5_1 = dlc.convert %r5#1 : tensor<4xi32> to tensor<4xf64>
  %f5_1 = dlc.reshape %w5_1 : tensor<4xf64> to tensor<4xf64>
  %c6 = dlc.constant dense<[[4, 9, 9], [1, 1, 2]]> : tensor<2x3xi32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3xi32>
  %r7:2 = "dlc.top_k"(%v6) <{k = 2 : i64}> : (tensor<2x3xi32>) -> (tensor<2x2xi32>, tensor<2x2xi32>)
  %w7_0 = dlc.convert %r7#0 : tensor<2x2xi32> to tensor<2x2xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x2xf64> to tensor<4xf64>
  %w7_1 = dlc.convert %r7#1 : tensor<2x2xi32> to tensor<2x2xf64>
  %f7_1 = dlc.reshape %w7_1 : tensor<2x2xf64> to tensor<4xf64>
  %c8 = dlc.constant dense<[2.0, 0x7FC00000, 7.0, 0xFF800000]> : tensor<4xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<4xf32>
  %r9:2 = "dlc.top_k"(%v8) <{k = 3 : i64}> : (tensor<4xf32>) -> (tensor<3xf32>, tensor<3xi32>)
  %w9_0 = dlc.convert %r9#0 : tensor<3xf32> to tensor<3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<3xf64> to tensor<3xf64>
  %w9_1 = dlc.convert %r9#1 : tensor<3xi32> to tensor<3xf64>
  %f9_1 = dlc.reshape %w9_1 : tensor<3xf64> to tensor<3xf64>
  %c10 = dlc.constant dense<[[-0.021690860390663147, 0.0347277894616127], [-0.744360625743866, -1.2865744829177856], [1.4223785400390625, 0.45168545842170715]]> : tensor<3x2xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x2xf32>
  %r11:2 = "dlc.top_k"(%v10) <{k = 0 : i64}> : (tensor<3x2xf32>) -> (tensor<3x0xf32>, tensor<3x0xi32>)
  %w11_0 = dlc.convert %r11#0 : tensor<3x0xf32> to tensor<3x0xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x0xf64> to tensor<0xf64>
  %w11_1 = dlc.convert %r11#1 : tensor<3x0xi32> to tensor<3x0xf64>
  %f11_1 = dlc.reshape %w11_1 : tensor<3x0xf64> to tensor<0xf64>
  %got = dlc.concatenate %f1_0, %f1_1, %f3_0, %f3_1, %f5_0, %f5_1, %f7_0, %f7_1, %f9_0, %f9_1, %f11_0, %f11_1 dim 0 : (tensor<3xf64>, tensor<3xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<3xf64>, tensor<3xf64>, tensor<0xf64>, tensor<0xf64>) -> tensor<36xf64>
  %want = dlc.constant dense<[2.3458080291748047, -0.0058760265819728374, -0.34612128138542175, 1.0, 6.0, 5.0, 0.7677891254425049, -0.18577395379543304, 2.755807638168335, 1.0412431955337524, 0.0, 2.0, 0.0, 1.0, 3.0, 3.0, 2.0, 1.0, 1.0, 2.0, 3.0, 0.0, 9.0, 9.0, 2.0, 1.0, 1.0, 2.0, 2.0, 0.0, 0x7FF8000000000000, 7.0, 2.0, 1.0, 2.0, 0.0]> : tensor<36xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<36xf64>
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
