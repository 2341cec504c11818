// Attention against PyTorch and NumPy.
// Made by test/goldens/make_composites.py.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=scaled_dot_product_attention --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=scaled_dot_product_attention | FileCheck %s
// RUN: dlc run %s --function=additive_attention --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=additive_attention | FileCheck %s
// CHECK: result 0: tensor<i1> = 1

func.func @scaled_dot_product_attention() -> tensor<i1> {
  %c0 = dlc.constant dense<[[0.37289533019065857, 0.5815973877906799], [-1.3402208089828491, -0.6601788401603699], [0.5164952874183655, 1.023621916770935]]> : tensor<3x2xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x2xf32>
  %c1 = dlc.constant dense<[[-0.5930736660957336, 0.5589791536331177], [-1.8823858499526978, 0.5044417977333069], [1.4276658296585083, -0.20004169642925262], [-0.6150119304656982, 2.675446033477783]]> : tensor<4x2xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<4x2xf32>
  %c2 = dlc.constant dense<[[0.04964533820748329, 1.3835610151290894, -0.6494458913803101], [-1.1882952451705933, -1.5294663906097412, 0.9960830211639404], [-1.657595157623291, -1.9955267906188965, -0.613344132900238], [-0.3884783089160919, -0.2753674387931824, -1.2401111125946045]]> : tensor<4x3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<4x3xf32>
  %r3:2 = "dlc.scaled_dot_product_attention"(%v0, %v1, %v2) <{scale = 0.7 : f64}> : (tensor<3x2xf32>, tensor<4x2xf32>, tensor<4x3xf32>) -> (tensor<3x3xf32>, tensor<3xf32>)
  %w3_0 = dlc.convert %r3#0 : tensor<3x3xf32> to tensor<3x3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3x3xf64> to tensor<9xf64>
  %w3_1 = dlc.convert %r3#1 : tensor<3xf32> to tensor<3xf64>
  %f3_1 = dlc.reshape %w3_1 : tensor<3xf64> to tensor<3xf64>
  %c4 = dlc.constant dense<[[[-0.8072506189346313, 0.05713699758052826, -1.932692527770996, 0.09799668192863464], [0.6059405207633972, 1.3732699155807495, 0.45569413900375366, 1.157427191734314], [0.30123087763786316, 1.4945106506347656, 0.12768052518367767, 2.0873517990112305]], [[0.5998439192771912, -0.5572828054428101, 0.1847275048494339, -1.741699457168579], [1.2110826969146729, -0.2733422517776489, 1.2328236103057861, 2.209360361099243], [0.01043834537267685, 0.03825530782341957, -0.15099526941776276, 0.373089998960495]]]> : tensor<2x3x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3x4xf32>
  %c5 = dlc.constant dense<[[[2.2164390087127686, 1.2840505838394165, 0.24143345654010773, 1.0604685544967651], [-2.0579633712768555, 0.12392197549343109, -2.8295371532440186, 1.124316692352295], [-2.1687698364257812, 0.5476518869400024, -0.9028320908546448, 2.5591225624084473]], [[-1.2645553350448608, -0.32882431149482727, 1.6925970315933228, 0.44367265701293945], [0.20734331011772156, -0.2298278957605362, 0.09453313797712326, -0.7495543956756592], [-0.1655823439359665, -0.04368676245212555, 0.730899453163147, 0.08123773336410522]]]> : tensor<2x3x4xf32>
  %v5 = dlc.optimization_barrier %c5 : tensor<2x3x4xf32>
  %c6 = dlc.constant dense<[[[0.846710741519928, -1.4869444370269775, 1.4106844663619995, 0.4577905237674713], [1.6395436525344849, 0.5321765542030334, -0.10151258856058121, 0.14116667211055756], [-1.153516411781311, -0.22612960636615753, 0.18633173406124115, 0.1346939653158188]], [[-1.6363708972930908, 0.49080973863601685, -1.003320574760437, -0.2146809697151184], [0.851276695728302, -0.7063053250312805, -0.1251191794872284, -0.4401475489139557], [0.5403207540512085, -1.1522202491760254, -1.5511868000030518, -2.0742573738098145]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7:2 = "dlc.scaled_dot_product_attention"(%v4, %v5, %v6) <{scale = 0.7 : f64, causal}> : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>, tensor<2x3xf32>)
  %w7_0 = dlc.convert %r7#0 : tensor<2x3x4xf32> to tensor<2x3x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x3x4xf64> to tensor<24xf64>
  %w7_1 = dlc.convert %r7#1 : tensor<2x3xf32> to tensor<2x3xf64>
  %f7_1 = dlc.reshape %w7_1 : tensor<2x3xf64> to tensor<6xf64>
  %c8 = dlc.constant dense<[[[2.1759560108184814, 0.6778846979141235, 1.6182365417480469], [-0.3740367591381073, 1.1225180625915527, -0.4451686143875122], [-1.2627785205841064, 0.8469604849815369, -0.2944486141204834], [0.25990524888038635, 0.4189440608024597, 0.5914798378944397]], [[-0.21275144815444946, -2.3094642162323, -1.1880459785461426], [0.5654944777488708, 1.9469159841537476, -0.03517743572592735], [1.3797564506530762, -2.3766934871673584, 1.490095615386963], [-1.1355849504470825, -1.0134884119033813, -0.2997819185256958]]]> : tensor<2x4x3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x4x3xf32>
  %c9 = dlc.constant dense<[[[0.2966840863227844, -1.197749376296997, 0.9961053133010864], [-1.4421992301940918, 0.13603238761425018, -0.8838160037994385]], [[0.2133873850107193, -2.017569065093994, -0.9793033003807068], [-1.2490558624267578, 0.9096789956092834, -2.23968768119812]]]> : tensor<2x2x3xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x2x3xf32>
  %c10 = dlc.constant dense<[[[1.7309139966964722, -0.5132521986961365], [0.1898183971643448, -2.547515630722046]], [[-0.7969824075698853, 0.8376202583312988], [1.5003589391708374, -0.9909552335739136]]]> : tensor<2x2x2xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x2x2xf32>
  %c11 = dlc.constant dense<[[[false, false], [true, false], [true, false], [true, false]], [[true, false], [true, true], [false, false], [true, true]]]> : tensor<2x4x2xi1>
  %v11 = dlc.optimization_barrier %c11 : tensor<2x4x2xi1>
  %r12:2 = "dlc.scaled_dot_product_attention"(%v8, %v9, %v10, %v11) <{scale = 0.7 : f64}> : (tensor<2x4x3xf32>, tensor<2x2x3xf32>, tensor<2x2x2xf32>, tensor<2x4x2xi1>) -> (tensor<2x4x2xf32>, tensor<2x4xf32>)
  %w12_0 = dlc.convert %r12#0 : tensor<2x4x2xf32> to tensor<2x4x2xf64>
  %f12_0 = dlc.reshape %w12_0 : tensor<2x4x2xf64> to tensor<16xf64>
  %w12_1 = dlc.convert %r12#1 : tensor<2x4xf32> to tensor<2x4xf64>
  %f12_1 = dlc.reshape %w12_1 : tensor<2x4xf64> to tensor<8xf64>
  %c13 = dlc.constant dense<[[[[1.8584614992141724, 0.05174122005701065], [-0.17073096334934235, 0.9264295101165771], [-0.7672008872032166, 0.46817746758461]], [[-0.3274672329425812, -0.03493635356426239], [0.3874221742153168, 0.02114318683743477], [-0.32819536328315735, 1.2051804065704346]]]]> : tensor<1x2x3x2xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<1x2x3x2xf32>
  %c14 = dlc.constant dense<[[[[0.5736833810806274, 0.49927452206611633], [0.8849440813064575, -2.0893120765686035], [0.9092751741409302, 2.3069825172424316], [-1.0342841148376465, 2.5180678367614746], [-1.7900736331939697, -0.6974592208862305]], [[0.6742957234382629, -0.5977330803871155], [-0.8900769352912903, 0.15304376184940338], [0.43728047609329224, 0.8744356036186218], [-0.2721521258354187, -2.028613328933716], [0.5726034641265869, 1.2954277992248535]]]]> : tensor<1x2x5x2xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<1x2x5x2xf32>
  %c15 = dlc.constant dense<[[[[-0.46125897765159607, 0.7867320775985718], [-1.3632272481918335, -0.7223718166351318], [-1.1864298582077026, 0.09604111313819885], [-1.1714907884597778, 1.656275749206543], [0.5123994946479797, 0.043589264154434204]], [[0.7158184051513672, 1.2774710655212402], [0.3887564539909363, -0.836556613445282], [0.08729226887226105, -0.4363323748111725], [0.5385575890541077, -0.38710564374923706], [0.07086203992366791, 1.0501306056976318]]]]> : tensor<1x2x5x2xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<1x2x5x2xf32>
  %c16 = dlc.constant dense<[[[[true, false, true, false, true], [true, false, false, false, true], [false, true, true, false, false]], [[true, true, true, false, true], [false, false, false, true, false], [true, true, false, false, true]]]]> : tensor<1x2x3x5xi1>
  %v16 = dlc.optimization_barrier %c16 : tensor<1x2x3x5xi1>
  %r17:2 = "dlc.scaled_dot_product_attention"(%v13, %v14, %v15, %v16) <{scale = 0.7 : f64, causal}> : (tensor<1x2x3x2xf32>, tensor<1x2x5x2xf32>, tensor<1x2x5x2xf32>, tensor<1x2x3x5xi1>) -> (tensor<1x2x3x2xf32>, tensor<1x2x3xf32>)
  %w17_0 = dlc.convert %r17#0 : tensor<1x2x3x2xf32> to tensor<1x2x3x2xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<1x2x3x2xf64> to tensor<12xf64>
  %w17_1 = dlc.convert %r17#1 : tensor<1x2x3xf32> to tensor<1x2x3xf64>
  %f17_1 = dlc.reshape %w17_1 : tensor<1x2x3xf64> to tensor<6xf64>
  %c18 = dlc.constant dense<[[-0.10112296789884567, 0.6946908831596375], [0.39806461334228516, 0.9607582688331604], [-0.47574976086616516, -0.37717294692993164]]> : tensor<3x2xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<3x2xf32>
  %c19 = dlc.constant dense<[[0.6362764835357666, 0.7091919779777527], [-0.015835361555218697, 0.10388557612895966]]> : tensor<2x2xf32>
  %v19 = dlc.optimization_barrier %c19 : tensor<2x2xf32>
  %c20 = dlc.constant dense<[[0.9613614082336426, -0.8443715572357178], [-1.1941224336624146, 0.8011514544487]]> : tensor<2x2xf32>
  %v20 = dlc.optimization_barrier %c20 : tensor<2x2xf32>
  %r21:2 = "dlc.scaled_dot_product_attention"(%v18, %v19, %v20) <{scale = 0.7 : f64, causal}> : (tensor<3x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> (tensor<3x2xf32>, tensor<3xf32>)
  %w21_0 = dlc.convert %r21#0 : tensor<3x2xf32> to tensor<3x2xf64>
  %f21_0 = dlc.reshape %w21_0 : tensor<3x2xf64> to tensor<6xf64>
  %w21_1 = dlc.convert %r21#1 : tensor<3xf32> to tensor<3xf64>
  %f21_1 = dlc.reshape %w21_1 : tensor<3xf64> to tensor<3xf64>
  %c22 = dlc.constant dense<[[[[0.39230266213417053]], [[-0.6982477903366089]]], [[[-0.28068259358406067]], [[-0.7545402646064758]]]]> : tensor<2x2x1x1xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<2x2x1x1xf32>
  %c23 = dlc.constant dense<[[[[-0.5176731944084167]], [[1.326637864112854]]], [[[0.05381326004862785]], [[-1.108816146850586]]]]> : tensor<2x2x1x1xf32>
  %v23 = dlc.optimization_barrier %c23 : tensor<2x2x1x1xf32>
  %c24 = dlc.constant dense<[[[[0.5273523926734924]], [[0.5298622846603394]]], [[[-0.05978021025657654]], [[-0.06735410541296005]]]]> : tensor<2x2x1x1xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<2x2x1x1xf32>
  %r25:2 = "dlc.scaled_dot_product_attention"(%v22, %v23, %v24) <{scale = 0.7 : f64}> : (tensor<2x2x1x1xf32>, tensor<2x2x1x1xf32>, tensor<2x2x1x1xf32>) -> (tensor<2x2x1x1xf32>, tensor<2x2x1xf32>)
  %w25_0 = dlc.convert %r25#0 : tensor<2x2x1x1xf32> to tensor<2x2x1x1xf64>
  %f25_0 = dlc.reshape %w25_0 : tensor<2x2x1x1xf64> to tensor<4xf64>
  %w25_1 = dlc.convert %r25#1 : tensor<2x2x1xf32> to tensor<2x2x1xf64>
  %f25_1 = dlc.reshape %w25_1 : tensor<2x2x1xf64> to tensor<4xf64>
  %got = dlc.concatenate %f3_0, %f3_1, %f7_0, %f7_1, %f12_0, %f12_1, %f17_0, %f17_1, %f21_0, %f21_1, %f25_0, %f25_1 dim 0 : (tensor<9xf64>, tensor<3xf64>, tensor<24xf64>, tensor<6xf64>, tensor<16xf64>, tensor<8xf64>, tensor<12xf64>, tensor<6xf64>, tensor<6xf64>, tensor<3xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<101xf64>
  %want = dlc.constant dense<[-0.7093777060508728, -0.5316363573074341, -0.6864079236984253, -0.9013218879699707, -0.8750178813934326, 0.4305742681026459, -0.6032578945159912, -0.4351513981819153, -0.8723462820053101, 1.7397626638412476, 1.9144458770751953, 2.1779472827911377, 0.846710741519928, -1.4869444370269775, 1.4106844663619995, 0.4577905237674713, 0.8631319403648376, -1.4451242685317993, 1.379363775253296, 0.45123258233070374, -0.269692063331604, -0.6850221753120422, 0.6494421362876892, 0.26011908054351807, -1.6363708972930908, 0.49080973863601685, -1.003320574760437, -0.2146809697151184, -1.3386869430541992, 0.3475571572780609, -0.8982307314872742, -0.24166138470172882, -0.115676648914814, -0.45093730092048645, -0.9305149912834167, -0.9385223388671875, -1.454984426498413, 3.131598711013794, 4.330015659332275, -0.7247540354728699, 1.2651673555374146, 0.9841923713684082, 0.0, 0.0, 1.7309139966964722, -0.5132521986961365, 1.7309139966964722, -0.5132521986961365, 1.7309139966964722, -0.5132521986961365, -0.7969824075698853, 0.8376202583312988, 1.4290882349014282, -0.9342271089553833, 0.0, 0.0, -0.008870343677699566, 0.21032017469406128, 0xFFF0000000000000, -1.3292306661605835, -1.1776762008666992, 0.1151471808552742, 4.0442938804626465, 0.8319791555404663, 0xFFF0000000000000, 1.887381911277771, -0.9129980206489563, 0.3564720153808594, -0.46125897765159607, 0.7867320775985718, -1.2206324338912964, -0.062286149710416794, 0.39460429549217224, -0.10004381835460663, 0.5385575890541077, -0.38710564374923706, 0.24253419041633606, 0.4944840371608734, 1.7397559881210327, 0.2552179992198944, 0.48273375630378723, 1.0907950401306152, -0.10383038222789764, 1.5103628635406494, 0.0, 0.0, 0.9613614082336426, -0.8443715572357178, -0.31715360283851624, 0.13166260719299316, 0xFFF0000000000000, 0.654248833656311, 0.5001615285873413, 0.5273523926734924, 0.5298622846603394, -0.05978021025657654, -0.06735410541296005, -0.14215919375419617, -0.6484253406524658, -0.010573111474514008, 0.5856524705886841]> : tensor<101xf64>
  %rtol = dlc.constant dense<1.00000000000000008e-05> : tensor<101xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<101xf64>
  %difference = dlc.subtract %got, %want : tensor<101xf64>
  %error = dlc.abs %difference : tensor<101xf64>
  %size = dlc.abs %want : tensor<101xf64>
  %relative = dlc.multiply %rtol, %size : tensor<101xf64>
  %limit = dlc.add %relative, %atol : tensor<101xf64>
  %near = dlc.compare LE, %error, %limit : tensor<101xf64>
  %same = dlc.compare EQ, %got, %want : tensor<101xf64>
  %nan = dlc.compare NE, %got, %got : tensor<101xf64>
  %wants = dlc.compare NE, %want, %want : tensor<101xf64>
  %nans = dlc.and %nan, %wants : tensor<101xi1>
  %finite = dlc.is_finite %got : tensor<101xf64>
  %close = dlc.and %near, %finite : tensor<101xi1>
  %either = dlc.or %close, %same : tensor<101xi1>
  %right = dlc.or %either, %nans : tensor<101xi1>
  %all = dlc.reduce and %right dims [0] : tensor<101xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @additive_attention() -> tensor<i1> {
  %c0 = dlc.constant dense<[[0.5056985020637512, 0.7712153792381287, -0.0966213122010231, -0.5639850497245789], [-0.22715485095977783, 0.9805929064750671, 0.7737780213356018, -0.42068517208099365]]> : tensor<2x4xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<2x4xf32>
  %c1 = dlc.constant dense<[[2.8411576747894287, 2.511277675628662, -1.0522263050079346, 1.0299354791641235], [-0.9962746500968933, 0.04416479915380478, 1.5538139343261719, 0.7740340232849121], [-1.1937693357467651, 0.5178681015968323, -2.4529407024383545, -1.5861343145370483]]> : tensor<3x4xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4xf32>
  %c2 = dlc.constant dense<[[0.03527752310037613, -0.8256391882896423], [1.5773402452468872, 0.13349677622318268], [1.2775925397872925, 0.11758097261190414]]> : tensor<3x2xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3x2xf32>
  %c3 = dlc.constant dense<[0.16949880123138428, 0.17283234000205994, 1.9665170907974243, 1.6176002025604248]> : tensor<4xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<4xf32>
  %r4:2 = "dlc.additive_attention"(%v0, %v1, %v2, %v3)  : (tensor<2x4xf32>, tensor<3x4xf32>, tensor<3x2xf32>, tensor<4xf32>) -> (tensor<2x2xf32>, tensor<2x3xf32>)
  %w4_0 = dlc.convert %r4#0 : tensor<2x2xf32> to tensor<2x2xf64>
  %f4_0 = dlc.reshape %w4_0 : tensor<2x2xf64> to tensor<4xf64>
  %w4_1 = dlc.convert %r4#1 : tensor<2x3xf32> to tensor<2x3xf64>
  %f4_1 = dlc.reshape %w4_1 : tensor<2x3xf64> to tensor<6xf64>
  %c5 = dlc.constant dense<[[[-1.11862313747406, -0.2598704695701599, 1.686019778251648], [-1.5058938264846802, 1.8389756679534912, 0.6344495415687561], [-1.0205954313278198, -2.221879243850708, 0.059969957917928696]], [[1.7431515455245972, 0.23449978232383728, 0.5542717576026917], [0.4867852032184601, -0.24571940302848816, 0.3972136378288269], [-0.6277433037757874, -0.5732114911079407, -0.9237323999404907]]]> : tensor<2x3x3xf32>
  %v5 = dlc.optimization_barrier %c5 : tensor<2x3x3xf32>
  %c6 = dlc.constant dense<[[[-0.37397927045822144, -0.3745974898338318, 0.18665030598640442], [-0.34557226300239563, -1.65741765499115, -1.1055036783218384]], [[-0.26798775792121887, 0.5291396379470825, -0.2894890606403351], [0.39077696204185486, -1.5386223793029785, 1.189283847808838]]]> : tensor<2x2x3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x2x3xf32>
  %c7 = dlc.constant dense<[[[-0.4612533748149872, -0.8058807253837585, 0.038756731897592545], [0.4507147967815399, -0.22600699961185455, 0.6600403189659119]], [[-1.7660976648330688, -0.10006155073642731, 0.861030638217926], [0.4795592129230499, -0.28362420201301575, 0.3254634141921997]]]> : tensor<2x2x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x2x3xf32>
  %c8 = dlc.constant dense<[1.7567241191864014, -1.1293314695358276, 0.2619612514972687]> : tensor<3xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<3xf32>
  %c9 = dlc.constant dense<[[[true, true], [false, true], [true, false]], [[false, true], [true, true], [true, true]]]> : tensor<2x3x2xi1>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x3x2xi1>
  %r10:2 = "dlc.additive_attention"(%v5, %v6, %v7, %v8, %v9)  : (tensor<2x3x3xf32>, tensor<2x2x3xf32>, tensor<2x2x3xf32>, tensor<3xf32>, tensor<2x3x2xi1>) -> (tensor<2x3x3xf32>, tensor<2x3x2xf32>)
  %w10_0 = dlc.convert %r10#0 : tensor<2x3x3xf32> to tensor<2x3x3xf64>
  %f10_0 = dlc.reshape %w10_0 : tensor<2x3x3xf64> to tensor<18xf64>
  %w10_1 = dlc.convert %r10#1 : tensor<2x3x2xf32> to tensor<2x3x2xf64>
  %f10_1 = dlc.reshape %w10_1 : tensor<2x3x2xf64> to tensor<12xf64>
  %c11 = dlc.constant dense<[[[[-0.8661676645278931, -0.26160934567451477], [-0.1669127643108368, 2.5848586559295654]], [[1.5592881441116333, 0.19608628749847412], [0.720573902130127, -0.37696802616119385]]]]> : tensor<1x2x2x2xf32>
  %v11 = dlc.optimization_barrier %c11 : tensor<1x2x2x2xf32>
  %c12 = dlc.constant dense<[[[[-0.4137337803840637, 0.49852246046066284], [-0.11135365813970566, 1.6011308431625366]], [[0.7523313164710999, -1.034834623336792], [-1.4902178049087524, 0.15912024676799774]]]]> : tensor<1x2x2x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<1x2x2x2xf32>
  %c13 = dlc.constant dense<[[[[1.2043778896331787], [-1.0454764366149902]], [[-0.9293965101242065], [2.4026458263397217]]]]> : tensor<1x2x2x1xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<1x2x2x1xf32>
  %c14 = dlc.constant dense<[0.03007718175649643, -0.3313588798046112]> : tensor<2xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<2xf32>
  %r15:2 = "dlc.additive_attention"(%v11, %v12, %v13, %v14)  : (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>, tensor<1x2x2x1xf32>, tensor<2xf32>) -> (tensor<1x2x2x1xf32>, tensor<1x2x2x2xf32>)
  %w15_0 = dlc.convert %r15#0 : tensor<1x2x2x1xf32> to tensor<1x2x2x1xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<1x2x2x1xf64> to tensor<4xf64>
  %w15_1 = dlc.convert %r15#1 : tensor<1x2x2x2xf32> to tensor<1x2x2x2xf64>
  %f15_1 = dlc.reshape %w15_1 : tensor<1x2x2x2xf64> to tensor<8xf64>
  %c16 = dlc.constant dense<[[[2.488480567932129, -0.29373061656951904]], [[-1.1289364099502563, 0.08372291922569275]], [[-1.2486053705215454, -1.5850917100906372]]]> : tensor<3x1x2xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<3x1x2xf32>
  %c17 = dlc.constant dense<[[[0.9653592705726624, -0.5569528341293335], [0.49108195304870605, -1.1073464155197144], [-0.2402482032775879, -1.2294284105300903], [-0.9434616565704346, 1.7514365911483765]], [[0.7505003809928894, 0.6824507713317871], [-0.020575933158397675, -0.347073495388031], [-0.025879034772515297, -0.42987552285194397], [0.516167938709259, -0.09330514818429947]], [[0.19833923876285553, 2.677434206008911], [-0.002208075951784849, -1.0870742797851562], [1.5941716432571411, -1.030511498451233], [-1.0347418785095215, 1.8125752210617065]]]> : tensor<3x4x2xf32>
  %v17 = dlc.optimization_barrier %c17 : tensor<3x4x2xf32>
  %c18 = dlc.constant dense<[[[0.44699323177337646, -1.0085103511810303], [0.10123734176158905, 1.4180197715759277], [-0.9041032791137695, 0.21664290130138397], [2.445167064666748, -0.12580198049545288]], [[-1.6670705080032349, -0.3782402276992798], [-0.2782648205757141, -0.5183850526809692], [1.7534033060073853, 0.2129260152578354], [0.042285092175006866, 0.5617847442626953]], [[0.16035546362400055, -1.9262217283248901], [0.681456446647644, 0.5536638498306274], [0.3949480950832367, 0.7401092052459717], [1.1210097074508667, 1.3931429386138916]]]> : tensor<3x4x2xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<3x4x2xf32>
  %c19 = dlc.constant dense<[-1.596462368965149, -0.7556639313697815]> : tensor<2xf32>
  %v19 = dlc.optimization_barrier %c19 : tensor<2xf32>
  %c20 = dlc.constant dense<[[[false, false, true, false]], [[false, false, false, false]], [[false, false, true, true]]]> : tensor<3x1x4xi1>
  %v20 = dlc.optimization_barrier %c20 : tensor<3x1x4xi1>
  %r21:2 = "dlc.additive_attention"(%v16, %v17, %v18, %v19, %v20)  : (tensor<3x1x2xf32>, tensor<3x4x2xf32>, tensor<3x4x2xf32>, tensor<2xf32>, tensor<3x1x4xi1>) -> (tensor<3x1x2xf32>, tensor<3x1x4xf32>)
  %w21_0 = dlc.convert %r21#0 : tensor<3x1x2xf32> to tensor<3x1x2xf64>
  %f21_0 = dlc.reshape %w21_0 : tensor<3x1x2xf64> to tensor<6xf64>
  %w21_1 = dlc.convert %r21#1 : tensor<3x1x4xf32> to tensor<3x1x4xf64>
  %f21_1 = dlc.reshape %w21_1 : tensor<3x1x4xf64> to tensor<12xf64>
  %c22 = dlc.constant dense<[[-0.9652790427207947]]> : tensor<1x1xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<1x1xf32>
  %c23 = dlc.constant dense<[[2.163851022720337]]> : tensor<1x1xf32>
  %v23 = dlc.optimization_barrier %c23 : tensor<1x1xf32>
  %c24 = dlc.constant dense<[[-1.539005994796753]]> : tensor<1x1xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<1x1xf32>
  %c25 = dlc.constant dense<[0.8636508584022522]> : tensor<1xf32>
  %v25 = dlc.optimization_barrier %c25 : tensor<1xf32>
  %r26:2 = "dlc.additive_attention"(%v22, %v23, %v24, %v25)  : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xf32>) -> (tensor<1x1xf32>, tensor<1x1xf32>)
  %w26_0 = dlc.convert %r26#0 : tensor<1x1xf32> to tensor<1x1xf64>
  %f26_0 = dlc.reshape %w26_0 : tensor<1x1xf64> to tensor<1xf64>
  %w26_1 = dlc.convert %r26#1 : tensor<1x1xf32> to tensor<1x1xf64>
  %f26_1 = dlc.reshape %w26_1 : tensor<1x1xf64> to tensor<1xf64>
  %got = dlc.concatenate %f4_0, %f4_1, %f10_0, %f10_1, %f15_0, %f15_1, %f21_0, %f21_1, %f26_0, %f26_1 dim 0 : (tensor<4xf64>, tensor<6xf64>, tensor<18xf64>, tensor<12xf64>, tensor<4xf64>, tensor<8xf64>, tensor<6xf64>, tensor<12xf64>, tensor<1xf64>, tensor<1xf64>) -> tensor<72xf64>
  %want = dlc.constant dense<[1.479594349861145, 0.07328479737043381, 1.3553097248077393, -0.004186336882412434, 0.06272045522928238, 0.9338533878326416, 0.00342616462148726, 0.14350862801074982, 0.8540517687797546, 0.00243958062492311, 0.07248136401176453, -0.4665062129497528, 0.40236660838127136, 0.4507147967815399, -0.22600699961185455, 0.6600403189659119, -0.4612533748149872, -0.8058807253837585, 0.038756731897592545, 0.4795592129230499, -0.28362420201301575, 0.3254634141921997, 0.3015691936016083, -0.26907509565353394, 0.36791229248046875, 0.25157156586647034, -0.2649882137775421, 0.37983623147010803, 0.414744108915329, 0.5852558612823486, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.07925967127084732, 0.9207403063774109, 0.10152380913496017, 0.8984761834144592, 0.19635111093521118, 0.07588458806276321, 0.43394479155540466, 0.5133418440818787, 0.5519590973854065, 0.4480409026145935, 0.49841493368148804, 0.501585066318512, 0.590839147567749, 0.409160852432251, 0.5670108199119568, 0.4329892098903656, -0.9041032791137695, 0.21664290130138397, 0.0, 0.0, 0.9500500559806824, 1.239378571510315, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.23546159267425537, 0.7645384073257446, -1.539005994796753, 1.0]> : tensor<72xf64>
  %rtol = dlc.constant dense<1.00000000000000008e-05> : tensor<72xf64>
  %atol = dlc.constant dense<9.99999999999999955e-07> : tensor<72xf64>
  %difference = dlc.subtract %got, %want : tensor<72xf64>
  %error = dlc.abs %difference : tensor<72xf64>
  %size = dlc.abs %want : tensor<72xf64>
  %relative = dlc.multiply %rtol, %size : tensor<72xf64>
  %limit = dlc.add %relative, %atol : tensor<72xf64>
  %near = dlc.compare LE, %error, %limit : tensor<72xf64>
  %same = dlc.compare EQ, %got, %want : tensor<72xf64>
  %nan = dlc.compare NE, %got, %got : tensor<72xf64>
  %wants = dlc.compare NE, %want, %want : tensor<72xf64>
  %nans = dlc.and %nan, %wants : tensor<72xi1>
  %finite = dlc.is_finite %got : tensor<72xf64>
  %close = dlc.and %near, %finite : tensor<72xi1>
  %either = dlc.or %close, %same : tensor<72xi1>
  %right = dlc.or %either, %nans : tensor<72xi1>
  %all = dlc.reduce and %right dims [0] : tensor<72xi1> to tensor<i1>
  return %all : tensor<i1>
}
