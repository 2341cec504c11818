// Quantisation and pruning against PyTorch and NumPy.
// Made by test/goldens/make_composites.py.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=uniform_quantize --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=uniform_quantize | FileCheck %s
// RUN: dlc run %s --function=uniform_dequantize --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=uniform_dequantize | FileCheck %s
// RUN: dlc run %s --function=fake_quant --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=fake_quant | FileCheck %s
// RUN: dlc run %s --function=magnitude_mask --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=magnitude_mask | FileCheck %s
// CHECK: result 0: tensor<i1> = 1

func.func @uniform_quantize() -> tensor<i1> {
  %c0 = dlc.constant dense<[11.390789985656738, -4.659607887268066, -28.63750457763672, -9.365594863891602, 25.79219627380371]> : tensor<5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<5xf32>
  %c1 = dlc.constant dense<0.5> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %c2 = dlc.constant dense<0> : tensor<i8>
  %v2 = dlc.optimization_barrier %c2 : tensor<i8>
  %r3 = "dlc.uniform_quantize"(%v0, %v1, %v2)  : (tensor<5xf32>, tensor<f32>, tensor<i8>) -> tensor<5xi8>
  %w3_0 = dlc.convert %r3 : tensor<5xi8> to tensor<5xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<5xf64> to tensor<5xf64>
  %c4 = dlc.constant dense<[[8.58156967163086, 8.602201461791992, 14.92318058013916], [4.86700963973999, -0.6186381578445435, 8.729191780090332]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %c5 = dlc.constant dense<0.25> : tensor<f32>
  %v5 = dlc.optimization_barrier %c5 : tensor<f32>
  %c6 = dlc.constant dense<3> : tensor<ui8>
  %v6 = dlc.optimization_barrier %c6 : tensor<ui8>
  %r7 = "dlc.uniform_quantize"(%v4, %v5, %v6)  : (tensor<2x3xf32>, tensor<f32>, tensor<ui8>) -> tensor<2x3xui8>
  %w7_0 = dlc.convert %r7 : tensor<2x3xui8> to tensor<2x3xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x3xf64> to tensor<6xf64>
  %c8 = dlc.constant dense<[3.486827850341797, 6.888587474822998, 2.3884029388427734, 3.057046413421631]> : tensor<4xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<4xf32>
  %c9 = dlc.constant dense<0.125> : tensor<f32>
  %v9 = dlc.optimization_barrier %c9 : tensor<f32>
  %c10 = dlc.constant dense<-128> : tensor<i8>
  %v10 = dlc.optimization_barrier %c10 : tensor<i8>
  %r11 = "dlc.uniform_quantize"(%v8, %v9, %v10)  : (tensor<4xf32>, tensor<f32>, tensor<i8>) -> tensor<4xi8>
  %w11_0 = dlc.convert %r11 : tensor<4xi8> to tensor<4xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<4xf64> to tensor<4xf64>
  %c12 = dlc.constant dense<80.989990234375> : tensor<f32>
  %v12 = dlc.optimization_barrier %c12 : tensor<f32>
  %c13 = dlc.constant dense<2.0> : tensor<f32>
  %v13 = dlc.optimization_barrier %c13 : tensor<f32>
  %c14 = dlc.constant dense<255> : tensor<ui8>
  %v14 = dlc.optimization_barrier %c14 : tensor<ui8>
  %r15 = "dlc.uniform_quantize"(%v12, %v13, %v14)  : (tensor<f32>, tensor<f32>, tensor<ui8>) -> tensor<ui8>
  %w15_0 = dlc.convert %r15 : tensor<ui8> to tensor<f64>
  %f15_0 = dlc.reshape %w15_0 : tensor<f64> to tensor<1xf64>
  %c16 = dlc.constant dense<> : tensor<2x0xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x0xf32>
  %c17 = dlc.constant dense<1.0> : tensor<f32>
  %v17 = dlc.optimization_barrier %c17 : tensor<f32>
  %c18 = dlc.constant dense<0> : tensor<i8>
  %v18 = dlc.optimization_barrier %c18 : tensor<i8>
  %r19 = "dlc.uniform_quantize"(%v16, %v17, %v18)  : (tensor<2x0xf32>, tensor<f32>, tensor<i8>) -> tensor<2x0xi8>
  %w19_0 = dlc.convert %r19 : tensor<2x0xi8> to tensor<2x0xf64>
  %f19_0 = dlc.reshape %w19_0 : tensor<2x0xf64> to tensor<0xf64>
  %c20 = dlc.constant dense<[0.5, 1.5, 2.5, -0.5, 0x7FC00000, 0x7F800000, 0xFF800000, 1.0000000150474662e+30]> : tensor<8xf32>
  %v20 = dlc.optimization_barrier %c20 : tensor<8xf32>
  %c21 = dlc.constant dense<1.0> : tensor<f32>
  %v21 = dlc.optimization_barrier %c21 : tensor<f32>
  %c22 = dlc.constant dense<7> : tensor<i8>
  %v22 = dlc.optimization_barrier %c22 : tensor<i8>
  %r23 = "dlc.uniform_quantize"(%v20, %v21, %v22)  : (tensor<8xf32>, tensor<f32>, tensor<i8>) -> tensor<8xi8>
  %w23_0 = dlc.convert %r23 : tensor<8xi8> to tensor<8xf64>
  %f23_0 = dlc.reshape %w23_0 : tensor<8xf64> to tensor<8xf64>
  %got = dlc.concatenate %f3_0, %f7_0, %f11_0, %f15_0, %f19_0, %f23_0 dim 0 : (tensor<5xf64>, tensor<6xf64>, tensor<4xf64>, tensor<1xf64>, tensor<0xf64>, tensor<8xf64>) -> tensor<24xf64>
  %want = dlc.constant dense<[23.0, -9.0, -57.0, -19.0, 52.0, 37.0, 37.0, 63.0, 22.0, 1.0, 38.0, -100.0, -73.0, -109.0, -104.0, 255.0, 7.0, 9.0, 9.0, 7.0, 7.0, 127.0, -128.0, 127.0]> : tensor<24xf64>
  %rtol = dlc.constant dense<3.99999999999999982e-06> : tensor<24xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<24xf64>
  %difference = dlc.subtract %got, %want : tensor<24xf64>
  %error = dlc.abs %difference : tensor<24xf64>
  %size = dlc.abs %want : tensor<24xf64>
  %relative = dlc.multiply %rtol, %size : tensor<24xf64>
  %limit = dlc.add %relative, %atol : tensor<24xf64>
  %near = dlc.compare LE, %error, %limit : tensor<24xf64>
  %same = dlc.compare EQ, %got, %want : tensor<24xf64>
  %nan = dlc.compare NE, %got, %got : tensor<24xf64>
  %wants = dlc.compare NE, %want, %want : tensor<24xf64>
  %nans = dlc.and %nan, %wants : tensor<24xi1>
  %finite = dlc.is_finite %got : tensor<24xf64>
  %close = dlc.and %near, %finite : tensor<24xi1>
  %either = dlc.or %close, %same : tensor<24xi1>
  %right = dlc.or %either, %nans : tensor<24xi1>
  %all = dlc.reduce and %right dims [0] : tensor<24xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @uniform_dequantize() -> tensor<i1> {
  %c0 = dlc.constant dense<[23, -9, -57, -19, 52]> : tensor<5xi8>
  %v0 = dlc.optimization_barrier %c0 : tensor<5xi8>
  %c1 = dlc.constant dense<0.5> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %c2 = dlc.constant dense<0> : tensor<i8>
  %v2 = dlc.optimization_barrier %c2 : tensor<i8>
  %r3 = "dlc.uniform_dequantize"(%v0, %v1, %v2)  : (tensor<5xi8>, tensor<f32>, tensor<i8>) -> tensor<5xf32>
  %w3_0 = dlc.convert %r3 : tensor<5xf32> to tensor<5xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<5xf64> to tensor<5xf64>
  %c4 = dlc.constant dense<[[37, 37, 63], [22, 1, 38]]> : tensor<2x3xui8>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xui8>
  %c5 = dlc.constant dense<0.25> : tensor<f32>
  %v5 = dlc.optimization_barrier %c5 : tensor<f32>
  %c6 = dlc.constant dense<3> : tensor<ui8>
  %v6 = dlc.optimization_barrier %c6 : tensor<ui8>
  %r7 = "dlc.uniform_dequantize"(%v4, %v5, %v6)  : (tensor<2x3xui8>, tensor<f32>, tensor<ui8>) -> tensor<2x3xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x3xf32> to tensor<2x3xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x3xf64> to tensor<6xf64>
  %c8 = dlc.constant dense<[-100, -73, -109, -104]> : tensor<4xi8>
  %v8 = dlc.optimization_barrier %c8 : tensor<4xi8>
  %c9 = dlc.constant dense<0.125> : tensor<f32>
  %v9 = dlc.optimization_barrier %c9 : tensor<f32>
  %c10 = dlc.constant dense<-128> : tensor<i8>
  %v10 = dlc.optimization_barrier %c10 : tensor<i8>
  %r11 = "dlc.uniform_dequantize"(%v8, %v9, %v10)  : (tensor<4xi8>, tensor<f32>, tensor<i8>) -> tensor<4xf32>
  %w11_0 = dlc.convert %r11 : tensor<4xf32> to tensor<4xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<4xf64> to tensor<4xf64>
  %c12 = dlc.constant dense<255> : tensor<ui8>
  %v12 = dlc.optimization_barrier %c12 : tensor<ui8>
  %c13 = dlc.constant dense<2.0> : tensor<f32>
  %v13 = dlc.optimization_barrier %c13 : tensor<f32>
  %c14 = dlc.constant dense<255> : tensor<ui8>
  %v14 = dlc.optimization_barrier %c14 : tensor<ui8>
  %r15 = "dlc.uniform_dequantize"(%v12, %v13, %v14)  : (tensor<ui8>, tensor<f32>, tensor<ui8>) -> tensor<f32>
  %w15_0 = dlc.convert %r15 : tensor<f32> to tensor<f64>
  %f15_0 = dlc.reshape %w15_0 : tensor<f64> to tensor<1xf64>
  %c16 = dlc.constant dense<> : tensor<2x0xi8>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x0xi8>
  %c17 = dlc.constant dense<1.0> : tensor<f32>
  %v17 = dlc.optimization_barrier %c17 : tensor<f32>
  %c18 = dlc.constant dense<0> : tensor<i8>
  %v18 = dlc.optimization_barrier %c18 : tensor<i8>
  %r19 = "dlc.uniform_dequantize"(%v16, %v17, %v18)  : (tensor<2x0xi8>, tensor<f32>, tensor<i8>) -> tensor<2x0xf32>
  %w19_0 = dlc.convert %r19 : tensor<2x0xf32> to tensor<2x0xf64>
  %f19_0 = dlc.reshape %w19_0 : tensor<2x0xf64> to tensor<0xf64>
  %got = dlc.concatenate %f3_0, %f7_0, %f11_0, %f15_0, %f19_0 dim 0 : (tensor<5xf64>, tensor<6xf64>, tensor<4xf64>, tensor<1xf64>, tensor<0xf64>) -> tensor<16xf64>
  %want = dlc.constant dense<[11.5, -4.5, -28.5, -9.5, 26.0, 8.5, 8.5, 15.0, 4.75, -0.5, 8.75, 3.5, 6.875, 2.375, 3.0, 0.0]> : tensor<16xf64>
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

func.func @fake_quant() -> tensor<i1> {
  %c0 = dlc.constant dense<[11.390789985656738, -4.659607887268066, -28.63750457763672, -9.365594863891602, 25.79219627380371]> : tensor<5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<5xf32>
  %c1 = dlc.constant dense<0.5> : tensor<f32>
  %v1 = dlc.optimization_barrier %c1 : tensor<f32>
  %c2 = dlc.constant dense<0.0> : tensor<f32>
  %v2 = dlc.optimization_barrier %c2 : tensor<f32>
  %r3 = "dlc.fake_quant"(%v0, %v1, %v2) <{low = -128 : i64, high = 127 : i64}> : (tensor<5xf32>, tensor<f32>, tensor<f32>) -> tensor<5xf32>
  %w3_0 = dlc.convert %r3 : tensor<5xf32> to tensor<5xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<5xf64> to tensor<5xf64>
  %c4 = dlc.constant dense<[[8.58156967163086, 8.602201461791992, 14.92318058013916], [4.86700963973999, -0.6186381578445435, 8.729191780090332]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %c5 = dlc.constant dense<0.25> : tensor<f32>
  %v5 = dlc.optimization_barrier %c5 : tensor<f32>
  %c6 = dlc.constant dense<3.0> : tensor<f32>
  %v6 = dlc.optimization_barrier %c6 : tensor<f32>
  %r7 = "dlc.fake_quant"(%v4, %v5, %v6) <{low = 0 : i64, high = 255 : i64}> : (tensor<2x3xf32>, tensor<f32>, tensor<f32>) -> tensor<2x3xf32>
  %w7_0 = dlc.convert %r7 : tensor<2x3xf32> to tensor<2x3xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x3xf64> to tensor<6xf64>
  %c8 = dlc.constant dense<[3.486827850341797, 6.888587474822998, 2.3884029388427734, 3.057046413421631]> : tensor<4xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<4xf32>
  %c9 = dlc.constant dense<0.125> : tensor<f32>
  %v9 = dlc.optimization_barrier %c9 : tensor<f32>
  %c10 = dlc.constant dense<-128.0> : tensor<f32>
  %v10 = dlc.optimization_barrier %c10 : tensor<f32>
  %r11 = "dlc.fake_quant"(%v8, %v9, %v10) <{low = -128 : i64, high = 127 : i64}> : (tensor<4xf32>, tensor<f32>, tensor<f32>) -> tensor<4xf32>
  %w11_0 = dlc.convert %r11 : tensor<4xf32> to tensor<4xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<4xf64> to tensor<4xf64>
  %c12 = dlc.constant dense<80.989990234375> : tensor<f32>
  %v12 = dlc.optimization_barrier %c12 : tensor<f32>
  %c13 = dlc.constant dense<2.0> : tensor<f32>
  %v13 = dlc.optimization_barrier %c13 : tensor<f32>
  %c14 = dlc.constant dense<255.0> : tensor<f32>
  %v14 = dlc.optimization_barrier %c14 : tensor<f32>
  %r15 = "dlc.fake_quant"(%v12, %v13, %v14) <{low = 0 : i64, high = 255 : i64}> : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  %w15_0 = dlc.convert %r15 : tensor<f32> to tensor<f64>
  %f15_0 = dlc.reshape %w15_0 : tensor<f64> to tensor<1xf64>
  %c16 = dlc.constant dense<> : tensor<2x0xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x0xf32>
  %c17 = dlc.constant dense<1.0> : tensor<f32>
  %v17 = dlc.optimization_barrier %c17 : tensor<f32>
  %c18 = dlc.constant dense<0.0> : tensor<f32>
  %v18 = dlc.optimization_barrier %c18 : tensor<f32>
  %r19 = "dlc.fake_quant"(%v16, %v17, %v18) <{low = -128 : i64, high = 127 : i64}> : (tensor<2x0xf32>, tensor<f32>, tensor<f32>) -> tensor<2x0xf32>
  %w19_0 = dlc.convert %r19 : tensor<2x0xf32> to tensor<2x0xf64>
  %f19_0 = dlc.reshape %w19_0 : tensor<2x0xf64> to tensor<0xf64>
  %got = dlc.concatenate %f3_0, %f7_0, %f11_0, %f15_0, %f19_0 dim 0 : (tensor<5xf64>, tensor<6xf64>, tensor<4xf64>, tensor<1xf64>, tensor<0xf64>) -> tensor<16xf64>
  %want = dlc.constant dense<[11.5, -4.5, -28.5, -9.5, 26.0, 8.5, 8.5, 15.0, 4.75, -0.5, 8.75, 3.5, 6.875, 2.375, 3.0, 0.0]> : tensor<16xf64>
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

func.func @magnitude_mask() -> tensor<i1> {
  %c0 = dlc.constant dense<[0.00026772439014166594, -1.0842912197113037, -0.034965742379426956, 0.09945357590913773, 1.1276657581329346, 0.6532009840011597, -0.500412106513977]> : tensor<7xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<7xf32>
  %r1 = "dlc.magnitude_mask"(%v0) <{drop = 3 : i64}> : (tensor<7xf32>) -> tensor<7xi1>
  %w1_0 = dlc.convert %r1 : tensor<7xi1> to tensor<7xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<7xf64> to tensor<7xf64>
  %c2 = dlc.constant dense<[[0.23125794529914856, -0.29814571142196655, -0.493848592042923], [0.8142445087432861, -1.0445212125778198, 1.0638707876205444]]> : tensor<2x3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3xf32>
  %r3 = "dlc.magnitude_mask"(%v2) <{drop = 0 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xi1>
  %w3_0 = dlc.convert %r3 : tensor<2x3xi1> to tensor<2x3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x3xf64> to tensor<6xf64>
  %c4 = dlc.constant dense<[[-0.34292078018188477, 0.432170033454895, -0.39988189935684204], [-0.6623055338859558, -0.6299630999565125, 0.8451586961746216]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.magnitude_mask"(%v4) <{drop = 6 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xi1>
  %w5_0 = dlc.convert %r5 : tensor<2x3xi1> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<[1.0, -1.0, 1.0, 0.5]> : tensor<4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<4xf32>
  %r7 = "dlc.magnitude_mask"(%v6) <{drop = 2 : i64}> : (tensor<4xf32>) -> tensor<4xi1>
  %w7_0 = dlc.convert %r7 : tensor<4xi1> to tensor<4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<4xf64> to tensor<4xf64>
  %c8 = dlc.constant dense<[0x7FC00000, 3.0, -4.0]> : tensor<3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<3xf32>
  %r9 = "dlc.magnitude_mask"(%v8) <{drop = 2 : i64}> : (tensor<3xf32>) -> tensor<3xi1>
  %w9_0 = dlc.convert %r9 : tensor<3xi1> to tensor<3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0 dim 0 : (tensor<7xf64>, tensor<6xf64>, tensor<6xf64>, tensor<4xf64>, tensor<3xf64>) -> tensor<26xf64>
  %want = dlc.constant dense<[0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0]> : tensor<26xf64>
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
