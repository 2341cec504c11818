// Primitives against ONNX's node tests.
// Made by test/goldens/convert_onnx.py.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=abs --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=abs | FileCheck %s
// RUN: dlc run %s --function=add --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=add | FileCheck %s
// RUN: dlc run %s --function=and --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=and | FileCheck %s
// RUN: dlc run %s --function=atan --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=atan | FileCheck %s
// RUN: dlc run %s --function=ceil --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=ceil | FileCheck %s
// RUN: dlc run %s --function=compare --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=compare | FileCheck %s
// RUN: dlc run %s --function=concatenate --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=concatenate | FileCheck %s
// RUN: dlc run %s --function=convolution --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=convolution | FileCheck %s
// RUN: dlc run %s --function=cosine --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=cosine | FileCheck %s
// RUN: dlc run %s --function=cumulative_sum --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=cumulative_sum | FileCheck %s
// RUN: dlc run %s --function=divide --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=divide | FileCheck %s
// RUN: dlc run %s --function=dot_general --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=dot_general | FileCheck %s
// RUN: dlc run %s --function=exponential --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=exponential | FileCheck %s
// RUN: dlc run %s --function=floor --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=floor | FileCheck %s
// RUN: dlc run %s --function=gather --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=gather | FileCheck %s
// RUN: dlc run %s --function=log --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=log | FileCheck %s
// RUN: dlc run %s --function=logistic --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=logistic | FileCheck %s
// RUN: dlc run %s --function=maximum --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=maximum | FileCheck %s
// RUN: dlc run %s --function=minimum --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=minimum | FileCheck %s
// RUN: dlc run %s --function=multiply --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=multiply | FileCheck %s
// RUN: dlc run %s --function=negate --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=negate | FileCheck %s
// RUN: dlc run %s --function=not --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=not | FileCheck %s
// RUN: dlc run %s --function=or --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=or | FileCheck %s
// RUN: dlc run %s --function=power --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=power | FileCheck %s
// RUN: dlc run %s --function=reduce --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=reduce | FileCheck %s
// RUN: dlc run %s --function=reshape --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=reshape | FileCheck %s
// RUN: dlc run %s --function=round_nearest_even --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=round_nearest_even | FileCheck %s
// RUN: dlc run %s --function=scatter --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=scatter | FileCheck %s
// RUN: dlc run %s --function=select --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=select | FileCheck %s
// RUN: dlc run %s --function=sign --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=sign | FileCheck %s
// RUN: dlc run %s --function=sine --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=sine | FileCheck %s
// RUN: dlc run %s --function=sqrt --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=sqrt | FileCheck %s
// RUN: dlc run %s --function=subtract --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=subtract | FileCheck %s
// RUN: dlc run %s --function=tanh --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=tanh | FileCheck %s
// RUN: dlc run %s --function=transpose --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=transpose | FileCheck %s
// RUN: dlc run %s --function=xor --backend=interpreter | FileCheck %s
// RUN: dlc run %t.dlcprog --function=xor | FileCheck %s
// CHECK: result 0: tensor<i1> = 1

func.func @abs() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.abs"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f1_0 dim 0 : (tensor<60xf64>) -> tensor<60xf64>
  %want = dlc.constant dense<[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238, 0.9772778749465942, 0.9500884413719177, 0.15135720372200012, 0.10321885347366333, 0.4105985164642334, 0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876, 0.3336743414402008, 1.4940791130065918, 0.2051582634449005, 0.3130677044391632, 0.8540957570075989, 2.5529897212982178, 0.653618574142456, 0.8644362092018127, 0.7421650290489197, 2.269754648208618, 1.4543657302856445, 0.04575851559638977, 0.18718385696411133, 1.5327792167663574, 1.4693588018417358, 0.154947429895401, 0.37816253304481506, 0.8877857327461243, 1.980796456336975, 0.34791216254234314, 0.15634897351264954, 1.2302906513214111, 1.202379822731018, 0.38732680678367615, 0.302302747964859, 1.0485529899597168, 1.420017957687378, 1.7062702178955078, 1.950775384902954, 0.5096521973609924, 0.4380742907524109, 1.2527953386306763, 0.7774903774261475, 1.6138978004455566, 0.21274028718471527, 0.8954665660858154, 0.38690251111984253, 0.5108051300048828, 1.18063223361969, 0.02818222902715206, 0.4283318817615509, 0.06651721894741058, 0.30247190594673157, 0.6343221068382263, 0.3627411723136902]> : tensor<60xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<60xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<60xf64>
  %difference = dlc.subtract %got, %want : tensor<60xf64>
  %error = dlc.abs %difference : tensor<60xf64>
  %size = dlc.abs %want : tensor<60xf64>
  %relative = dlc.multiply %rtol, %size : tensor<60xf64>
  %limit = dlc.add %relative, %atol : tensor<60xf64>
  %near = dlc.compare LE, %error, %limit : tensor<60xf64>
  %same = dlc.compare EQ, %got, %want : tensor<60xf64>
  %nan = dlc.compare NE, %got, %got : tensor<60xf64>
  %wants = dlc.compare NE, %want, %want : tensor<60xf64>
  %nans = dlc.and %nan, %wants : tensor<60xi1>
  %finite = dlc.is_finite %got : tensor<60xf64>
  %close = dlc.and %near, %finite : tensor<60xi1>
  %either = dlc.or %close, %same : tensor<60xi1>
  %right = dlc.or %either, %nans : tensor<60xi1>
  %all = dlc.reduce and %right dims [0] : tensor<60xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @add() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %c1 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.4017809331417084, -1.630198359489441, 0.46278226375579834, -0.9072983860969543, 0.05194539576768875], [0.7290905714035034, 0.12898291647434235, 1.1394007205963135, -1.234825849533081, 0.4023416340351105], [-0.6848101019859314, -0.8707971572875977, -0.5788496732711792, -0.3115525245666504, 0.056165341287851334]], [[-1.1651498079299927, 0.9008265137672424, 0.4656624495983124, -1.5362436771392822, 1.4882521629333496], [1.895889163017273, 1.1787796020507812, -0.1799248307943344, -1.0707526206970215, 1.0544517040252686], [-0.4031769335269928, 1.222445011138916, 0.2082749754190445, 0.9766390323638916, 0.3563663959503174], [0.7065731883049011, 0.01050002034753561, 1.7858705520629883, 0.12691208720207214, 0.4019893705844879]], [[1.8831506967544556, -1.3477590084075928, -1.2704850435256958, 0.969396710395813, -1.1731233596801758], [1.9436211585998535, -0.4136189818382263, -0.747454822063446, 1.922942042350769, 1.4805147647857666], [1.8675589561462402, 0.9060446619987488, -0.8612256646156311, 1.910064935684204, -0.26800337433815], [0.8024563789367676, 0.9472519755363464, -0.15501008927822113, 0.6140793561935425, 0.922206699848175]]]> : tensor<3x4x5xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4x5xf32>
  %r2 = "dlc.add"(%v0, %v1)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w2_0 = dlc.convert %r2 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c3 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xf32>
  %c4 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]], [[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]], [[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]]]> : tensor<3x4x5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xf32>
  %r5 = "dlc.add"(%v3, %v4)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[[[12, 10, 12, 15, 10], [4, 23, 21, 6, 22], [23, 0, 12, 1, 3], [19, 14, 18, 2, 3]], [[22, 11, 7, 5, 9], [4, 20, 12, 19, 1], [21, 17, 5, 18, 22], [6, 2, 4, 23, 5]], [[16, 23, 11, 12, 6], [11, 4, 4, 14, 18], [22, 12, 13, 12, 5], [9, 2, 1, 2, 8]]]> : tensor<3x4x5xui8>
  %v6 = dlc.optimization_barrier %c6 : tensor<3x4x5xui8>
  %c7 = dlc.constant dense<[[[6, 14, 10, 7, 10], [10, 15, 23, 8, 5], [7, 14, 8, 11, 17], [17, 11, 13, 4, 5]], [[6, 19, 12, 2, 9], [22, 13, 11, 15, 18], [8, 22, 9, 14, 22], [20, 23, 14, 5, 19]], [[8, 13, 5, 16, 19], [5, 19, 18, 6, 21], [5, 8, 21, 7, 21], [7, 15, 7, 14, 3]]]> : tensor<3x4x5xui8>
  %v7 = dlc.optimization_barrier %c7 : tensor<3x4x5xui8>
  %r8 = "dlc.add"(%v6, %v7)  : (tensor<3x4x5xui8>, tensor<3x4x5xui8>) -> tensor<3x4x5xui8>
  %w8_0 = dlc.convert %r8 : tensor<3x4x5xui8> to tensor<3x4x5xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0 dim 0 : (tensor<60xf64>, tensor<60xf64>, tensor<60xf64>) -> tensor<180xf64>
  %want = dlc.constant dense<[1.0915919542312622, 0.04060405492782593, 0.16559171676635742, 0.5146105289459229, 2.0449841022491455, -1.379058837890625, -0.6801099181175232, 0.3114250600337982, -1.0105172395706177, 0.46254390478134155, 0.8731341361999512, 1.5832563638687134, 1.9004384279251099, -1.1131508350372314, 0.8462048768997192, -0.3511357605457306, 0.6232819557189941, -0.7840079069137573, 0.0015151798725128174, -0.7979304194450378, -3.7181396484375, 1.5544450283050537, 1.3300986289978027, -2.2784087657928467, 3.7580068111419678, 0.4415234327316284, 1.2245380878448486, -0.36710870265960693, 0.46202659606933594, 2.523810386657715, -0.2482295036315918, 1.6006075143814087, -0.679510772228241, -1.0041574239730835, 0.008454233407974243, 0.862922191619873, 1.2407907247543335, 2.988250255584717, -0.260414719581604, 0.0996866226196289, 0.8345977067947388, -2.7677769660949707, -2.976755142211914, 2.9201722145080566, -1.6827754974365234, 1.5055468082427979, -1.6664142608642578, 0.030035555362701416, 0.3090442419052124, 1.2677744626998901, 0.9720923900604248, 1.2929471731185913, -1.3720307350158691, 0.7294327020645142, -0.29618561267852783, 1.230788230895996, 1.0137691497802734, 0.14746181666851044, -0.020242750644683838, 0.5594655275344849, 1.0915919542312622, 0.04060405492782593, 0.16559171676635742, 0.5146105289459229, 2.0449841022491455, -1.6497383117675781, 0.5905352830886841, -0.9645035266876221, -1.8295013904571533, 0.5880246758460999, -0.5284168720245361, 1.0947203636169434, -0.052108585834503174, -1.6046075820922852, 0.6212893724441528, -0.3387860953807831, 1.134526014328003, -1.0183045864105225, -1.413214921951294, -0.6766695976257324, -3.225450038909912, 0.2940654158592224, 0.051289916038513184, -2.468447685241699, 2.44718074798584, -2.126826286315918, -0.31379464268684387, -1.0003302097320557, -0.19350337982177734, 1.6467849016189575, -0.5175130367279053, 0.01860937476158142, -1.7009320259094238, -3.7070789337158203, -0.17048601806163788, -0.5161114931106567, 0.8707374930381775, 0.3892335295677185, -2.1136093139648438, -0.12487660348415375, -1.7210134267807007, -1.7795710563659668, -2.519416570663452, 0.22449278831481934, -0.332226037979126, -1.11053466796875, -1.6123485565185547, -0.0356559157371521, -3.3401803970336914, -0.03531414270401001, -1.5679270029067993, 0.027349352836608887, -1.3239514827728271, -2.906914710998535, 0.14924392104148865, -0.24412855505943298, -0.29303592443466187, -0.5106743574142456, -2.360604763031006, -0.18531502783298492, 18.0, 24.0, 22.0, 22.0, 20.0, 14.0, 38.0, 44.0, 14.0, 27.0, 30.0, 14.0, 20.0, 12.0, 20.0, 36.0, 25.0, 31.0, 6.0, 8.0, 28.0, 30.0, 19.0, 7.0, 18.0, 26.0, 33.0, 23.0, 34.0, 19.0, 29.0, 39.0, 14.0, 32.0, 44.0, 26.0, 25.0, 18.0, 28.0, 24.0, 24.0, 36.0, 16.0, 28.0, 25.0, 16.0, 23.0, 22.0, 20.0, 39.0, 27.0, 20.0, 34.0, 19.0, 26.0, 16.0, 17.0, 8.0, 16.0, 11.0]> : tensor<180xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<180xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<180xf64>
  %difference = dlc.subtract %got, %want : tensor<180xf64>
  %error = dlc.abs %difference : tensor<180xf64>
  %size = dlc.abs %want : tensor<180xf64>
  %relative = dlc.multiply %rtol, %size : tensor<180xf64>
  %limit = dlc.add %relative, %atol : tensor<180xf64>
  %near = dlc.compare LE, %error, %limit : tensor<180xf64>
  %same = dlc.compare EQ, %got, %want : tensor<180xf64>
  %nan = dlc.compare NE, %got, %got : tensor<180xf64>
  %wants = dlc.compare NE, %want, %want : tensor<180xf64>
  %nans = dlc.and %nan, %wants : tensor<180xi1>
  %finite = dlc.is_finite %got : tensor<180xf64>
  %close = dlc.and %near, %finite : tensor<180xi1>
  %either = dlc.or %close, %same : tensor<180xi1>
  %right = dlc.or %either, %nans : tensor<180xi1>
  %all = dlc.reduce and %right dims [0] : tensor<180xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @and() -> tensor<i1> {
  %c0 = dlc.constant dense<[[true, true, true, true], [true, false, true, false], [false, true, true, true]]> : tensor<3x4xi1>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4xi1>
  %c1 = dlc.constant dense<[[true, true, true, true], [true, false, true, false], [false, true, true, false]]> : tensor<3x4xi1>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4xi1>
  %r2 = "dlc.and"(%v0, %v1)  : (tensor<3x4xi1>, tensor<3x4xi1>) -> tensor<3x4xi1>
  %w2_0 = dlc.convert %r2 : tensor<3x4xi1> to tensor<3x4xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4xf64> to tensor<12xf64>
  %c3 = dlc.constant dense<[[[true, false, true, false, true], [true, true, true, false, false], [false, true, true, true, false], [false, false, false, false, true]], [[false, false, false, true, false], [false, false, true, false, false], [false, true, true, true, false], [false, false, false, false, false]], [[true, false, false, true, false], [true, true, true, true, false], [true, false, false, false, false], [true, false, true, true, false]]]> : tensor<3x4x5xi1>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xi1>
  %c4 = dlc.constant dense<[[[true, true, true, false, false], [true, false, true, true, true], [true, true, true, true, true], [true, true, false, false, true]], [[false, true, false, false, true], [true, true, true, false, true], [false, true, true, false, true], [true, true, false, true, true]], [[false, false, false, true, true], [true, false, true, false, true], [false, true, true, false, true], [false, false, true, true, true]]]> : tensor<3x4x5xi1>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xi1>
  %r5 = "dlc.and"(%v3, %v4)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[[[true, true, true, true, true], [false, true, false, false, true], [true, true, true, true, true], [true, true, false, true, false]], [[false, true, true, false, true], [false, true, false, true, true], [true, true, false, false, false], [true, true, true, false, false]], [[false, false, false, true, false], [false, false, true, false, false], [false, true, false, false, false], [true, true, true, false, false]]]> : tensor<3x4x5xi1>
  %v6 = dlc.optimization_barrier %c6 : tensor<3x4x5xi1>
  %c7 = dlc.constant dense<[[[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]], [[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]], [[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]]]> : tensor<3x4x5xi1>
  %v7 = dlc.optimization_barrier %c7 : tensor<3x4x5xi1>
  %r8 = "dlc.and"(%v6, %v7)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w8_0 = dlc.convert %r8 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c9 = dlc.constant dense<[[[false, false, true, false, true], [true, true, true, false, true], [false, false, false, false, true], [false, true, true, false, true]], [[true, true, false, false, true], [false, true, true, true, true], [true, true, true, true, true], [true, false, false, true, false]], [[true, false, false, true, true], [true, true, false, true, false], [true, true, false, true, true], [true, false, true, true, false]]]> : tensor<3x4x5xi1>
  %v9 = dlc.optimization_barrier %c9 : tensor<3x4x5xi1>
  %c10 = dlc.constant dense<[[[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]], [[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]], [[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]]]> : tensor<3x4x5xi1>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x4x5xi1>
  %r11 = "dlc.and"(%v9, %v10)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w11_0 = dlc.convert %r11 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0 dim 0 : (tensor<12xf64>, tensor<60xf64>, tensor<60xf64>, tensor<60xf64>) -> tensor<192xf64>
  %want = dlc.constant dense<[1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0]> : tensor<192xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<192xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<192xf64>
  %difference = dlc.subtract %got, %want : tensor<192xf64>
  %error = dlc.abs %difference : tensor<192xf64>
  %size = dlc.abs %want : tensor<192xf64>
  %relative = dlc.multiply %rtol, %size : tensor<192xf64>
  %limit = dlc.add %relative, %atol : tensor<192xf64>
  %near = dlc.compare LE, %error, %limit : tensor<192xf64>
  %same = dlc.compare EQ, %got, %want : tensor<192xf64>
  %nan = dlc.compare NE, %got, %got : tensor<192xf64>
  %wants = dlc.compare NE, %want, %want : tensor<192xf64>
  %nans = dlc.and %nan, %wants : tensor<192xi1>
  %finite = dlc.is_finite %got : tensor<192xf64>
  %close = dlc.and %near, %finite : tensor<192xi1>
  %either = dlc.or %close, %same : tensor<192xi1>
  %right = dlc.or %either, %nans : tensor<192xi1>
  %all = dlc.reduce and %right dims [0] : tensor<192xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @atan() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.atan"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.0, 0.0, 1.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.atan"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[1.0550884008407593, 0.3806418776512146, 0.7746533751487732, 1.1510647535324097, 1.0791858434677124, -0.7739070653915405, 0.7598092555999756, -0.15021702647209167, -0.10285460948944092, 0.38960951566696167, 0.14305955171585083, 0.9684216976165771, 0.6505278944969177, 0.12107983231544495, 0.4177388846874237, 0.32205742597579956, 0.9809669256210327, -0.2023504674434662, 0.30340197682380676, -0.7068670392036438, -1.197467565536499, 0.5789148211479187, 0.712815523147583, -0.6384678483009338, 1.1558067798614502, -0.9684513211250305, 0.04572661966085434, -0.18504253029823303, 0.9927290081977844, 0.9732307195663452, 0.15372496843338013, 0.36154040694236755, -0.7260257601737976, -1.103278398513794, -0.3348136246204376, 0.15509337186813354, 0.8882894515991211, 0.8770322799682617, -0.3695336878299713, -0.29356807470321655, -0.8090948462486267, -0.9572461843490601, -1.040679693222046, 1.0971064567565918, -0.47133952379226685, -0.4128923714160919, -0.8971447944641113, 0.6608640551567078, -1.016076683998108, -0.2096152901649475, -0.7303048372268677, 0.36916470527648926, -0.47225430607795715, -0.8680443167686462, -0.02817477099597454, 0.40468940138816833, 0.06641937792301178, 0.29372304677963257, -0.5652747750282288, -0.3479801416397095, -0.7853981852531433, 0.0, 0.7853981852531433]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @ceil() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.ceil"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.5, 1.2000000476837158]> : tensor<2xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2xf32>
  %r3 = "dlc.ceil"(%v2)  : (tensor<2xf32>) -> tensor<2xf32>
  %w3_0 = dlc.convert %r3 : tensor<2xf32> to tensor<2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<2xf64>) -> tensor<62xf64>
  %want = dlc.constant dense<[2.0, 1.0, 1.0, 3.0, 2.0, -0.0, 1.0, -0.0, -0.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 2.0, -0.0, 1.0, -0.0, -2.0, 1.0, 1.0, -0.0, 3.0, -1.0, 1.0, -0.0, 2.0, 2.0, 1.0, 1.0, -0.0, -1.0, -0.0, 1.0, 2.0, 2.0, -0.0, -0.0, -1.0, -1.0, -1.0, 2.0, -0.0, -0.0, -1.0, 1.0, -1.0, -0.0, -0.0, 1.0, -0.0, -1.0, -0.0, 1.0, 1.0, 1.0, -0.0, -0.0, -1.0, 2.0]> : tensor<62xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<62xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<62xf64>
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

func.func @compare() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[17, 4, 9, 22, 18], [-9, 9, -1, -1, 4], [1, 14, 7, 1, 4], [3, 14, -2, 3, -8]], [[-25, 6, 8, -7, 22], [-14, 0, -1, 15, 14], [1, 3, -8, -19, -3], [1, 12, 12, -3, -3]], [[-10, -14, -17, 19, -5], [-4, -12, 7, -16, -2], [-8, 3, -5, -11, 0], [4, 0, 3, -6, -3]]]> : tensor<3x4x5xi32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xi32>
  %c1 = dlc.constant dense<[[[-6, -3, -8, -17, 1], [-4, -16, 4, -9, 0], [7, 1, 11, -12, 4], [-6, -8, -5, -3, 0]], [[-11, 9, 4, -15, 14], [18, 11, -1, -10, 10], [-4, 12, 2, 9, 3], [7, 0, 17, 1, 4]], [[18, -13, -12, 9, -11], [19, -4, -7, 19, 14], [18, 9, -8, 19, -2], [8, 9, -1, 6, 9]]]> : tensor<3x4x5xi32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4x5xi32>
  %r2 = "dlc.compare"(%v0, %v1) <{direction = #dlc<direction EQ>}> : (tensor<3x4x5xi32>, tensor<3x4x5xi32>) -> tensor<3x4x5xi1>
  %w2_0 = dlc.convert %r2 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c3 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xf32>
  %c4 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.4017809331417084, -1.630198359489441, 0.46278226375579834, -0.9072983860969543, 0.05194539576768875], [0.7290905714035034, 0.12898291647434235, 1.1394007205963135, -1.234825849533081, 0.4023416340351105], [-0.6848101019859314, -0.8707971572875977, -0.5788496732711792, -0.3115525245666504, 0.056165341287851334]], [[-1.1651498079299927, 0.9008265137672424, 0.4656624495983124, -1.5362436771392822, 1.4882521629333496], [1.895889163017273, 1.1787796020507812, -0.1799248307943344, -1.0707526206970215, 1.0544517040252686], [-0.4031769335269928, 1.222445011138916, 0.2082749754190445, 0.9766390323638916, 0.3563663959503174], [0.7065731883049011, 0.01050002034753561, 1.7858705520629883, 0.12691208720207214, 0.4019893705844879]], [[1.8831506967544556, -1.3477590084075928, -1.2704850435256958, 0.969396710395813, -1.1731233596801758], [1.9436211585998535, -0.4136189818382263, -0.747454822063446, 1.922942042350769, 1.4805147647857666], [1.8675589561462402, 0.9060446619987488, -0.8612256646156311, 1.910064935684204, -0.26800337433815], [0.8024563789367676, 0.9472519755363464, -0.15501008927822113, 0.6140793561935425, 0.922206699848175]]]> : tensor<3x4x5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xf32>
  %r5 = "dlc.compare"(%v3, %v4) <{direction = #dlc<direction GT>}> : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xi1>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3x4x5xf32>
  %c7 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.4017809331417084, -1.630198359489441, 0.46278226375579834, -0.9072983860969543, 0.05194539576768875], [0.7290905714035034, 0.12898291647434235, 1.1394007205963135, -1.234825849533081, 0.4023416340351105], [-0.6848101019859314, -0.8707971572875977, -0.5788496732711792, -0.3115525245666504, 0.056165341287851334]], [[-1.1651498079299927, 0.9008265137672424, 0.4656624495983124, -1.5362436771392822, 1.4882521629333496], [1.895889163017273, 1.1787796020507812, -0.1799248307943344, -1.0707526206970215, 1.0544517040252686], [-0.4031769335269928, 1.222445011138916, 0.2082749754190445, 0.9766390323638916, 0.3563663959503174], [0.7065731883049011, 0.01050002034753561, 1.7858705520629883, 0.12691208720207214, 0.4019893705844879]], [[1.8831506967544556, -1.3477590084075928, -1.2704850435256958, 0.969396710395813, -1.1731233596801758], [1.9436211585998535, -0.4136189818382263, -0.747454822063446, 1.922942042350769, 1.4805147647857666], [1.8675589561462402, 0.9060446619987488, -0.8612256646156311, 1.910064935684204, -0.26800337433815], [0.8024563789367676, 0.9472519755363464, -0.15501008927822113, 0.6140793561935425, 0.922206699848175]]]> : tensor<3x4x5xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<3x4x5xf32>
  %r8 = "dlc.compare"(%v6, %v7) <{direction = #dlc<direction GE>}> : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xi1>
  %w8_0 = dlc.convert %r8 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c9 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<3x4x5xf32>
  %c10 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.4017809331417084, -1.630198359489441, 0.46278226375579834, -0.9072983860969543, 0.05194539576768875], [0.7290905714035034, 0.12898291647434235, 1.1394007205963135, -1.234825849533081, 0.4023416340351105], [-0.6848101019859314, -0.8707971572875977, -0.5788496732711792, -0.3115525245666504, 0.056165341287851334]], [[-1.1651498079299927, 0.9008265137672424, 0.4656624495983124, -1.5362436771392822, 1.4882521629333496], [1.895889163017273, 1.1787796020507812, -0.1799248307943344, -1.0707526206970215, 1.0544517040252686], [-0.4031769335269928, 1.222445011138916, 0.2082749754190445, 0.9766390323638916, 0.3563663959503174], [0.7065731883049011, 0.01050002034753561, 1.7858705520629883, 0.12691208720207214, 0.4019893705844879]], [[1.8831506967544556, -1.3477590084075928, -1.2704850435256958, 0.969396710395813, -1.1731233596801758], [1.9436211585998535, -0.4136189818382263, -0.747454822063446, 1.922942042350769, 1.4805147647857666], [1.8675589561462402, 0.9060446619987488, -0.8612256646156311, 1.910064935684204, -0.26800337433815], [0.8024563789367676, 0.9472519755363464, -0.15501008927822113, 0.6140793561935425, 0.922206699848175]]]> : tensor<3x4x5xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x4x5xf32>
  %r11 = "dlc.compare"(%v9, %v10) <{direction = #dlc<direction LT>}> : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xi1>
  %w11_0 = dlc.convert %r11 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c12 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<3x4x5xf32>
  %c13 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.4017809331417084, -1.630198359489441, 0.46278226375579834, -0.9072983860969543, 0.05194539576768875], [0.7290905714035034, 0.12898291647434235, 1.1394007205963135, -1.234825849533081, 0.4023416340351105], [-0.6848101019859314, -0.8707971572875977, -0.5788496732711792, -0.3115525245666504, 0.056165341287851334]], [[-1.1651498079299927, 0.9008265137672424, 0.4656624495983124, -1.5362436771392822, 1.4882521629333496], [1.895889163017273, 1.1787796020507812, -0.1799248307943344, -1.0707526206970215, 1.0544517040252686], [-0.4031769335269928, 1.222445011138916, 0.2082749754190445, 0.9766390323638916, 0.3563663959503174], [0.7065731883049011, 0.01050002034753561, 1.7858705520629883, 0.12691208720207214, 0.4019893705844879]], [[1.8831506967544556, -1.3477590084075928, -1.2704850435256958, 0.969396710395813, -1.1731233596801758], [1.9436211585998535, -0.4136189818382263, -0.747454822063446, 1.922942042350769, 1.4805147647857666], [1.8675589561462402, 0.9060446619987488, -0.8612256646156311, 1.910064935684204, -0.26800337433815], [0.8024563789367676, 0.9472519755363464, -0.15501008927822113, 0.6140793561935425, 0.922206699848175]]]> : tensor<3x4x5xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<3x4x5xf32>
  %r14 = "dlc.compare"(%v12, %v13) <{direction = #dlc<direction LE>}> : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xi1>
  %w14_0 = dlc.convert %r14 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0 dim 0 : (tensor<60xf64>, tensor<60xf64>, tensor<60xf64>, tensor<60xf64>, tensor<60xf64>) -> tensor<300xf64>
  %want = dlc.constant dense<[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0]> : tensor<300xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<300xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<300xf64>
  %difference = dlc.subtract %got, %want : tensor<300xf64>
  %error = dlc.abs %difference : tensor<300xf64>
  %size = dlc.abs %want : tensor<300xf64>
  %relative = dlc.multiply %rtol, %size : tensor<300xf64>
  %limit = dlc.add %relative, %atol : tensor<300xf64>
  %near = dlc.compare LE, %error, %limit : tensor<300xf64>
  %same = dlc.compare EQ, %got, %want : tensor<300xf64>
  %nan = dlc.compare NE, %got, %got : tensor<300xf64>
  %wants = dlc.compare NE, %want, %want : tensor<300xf64>
  %nans = dlc.and %nan, %wants : tensor<300xi1>
  %finite = dlc.is_finite %got : tensor<300xf64>
  %close = dlc.and %near, %finite : tensor<300xi1>
  %either = dlc.or %close, %same : tensor<300xi1>
  %right = dlc.or %either, %nans : tensor<300xi1>
  %all = dlc.reduce and %right dims [0] : tensor<300xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @concatenate() -> tensor<i1> {
  %c0 = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<2xf32>
  %c1 = dlc.constant dense<[3.0, 4.0]> : tensor<2xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<2xf32>
  %r2 = "dlc.concatenate"(%v0, %v1) <{dimension = 0 : i64}> : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  %w2_0 = dlc.convert %r2 : tensor<4xf32> to tensor<4xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<4xf64> to tensor<4xf64>
  %c3 = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<2xf32>
  %c4 = dlc.constant dense<[3.0, 4.0]> : tensor<2xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2xf32>
  %r5 = "dlc.concatenate"(%v3, %v4) <{dimension = 0 : i64}> : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  %w5_0 = dlc.convert %r5 : tensor<4xf32> to tensor<4xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<4xf64> to tensor<4xf64>
  %c6 = dlc.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x2xf32>
  %c7 = dlc.constant dense<[[5.0, 6.0], [7.0, 8.0]]> : tensor<2x2xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x2xf32>
  %r8 = "dlc.concatenate"(%v6, %v7) <{dimension = 0 : i64}> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32>
  %w8_0 = dlc.convert %r8 : tensor<4x2xf32> to tensor<4x2xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<4x2xf64> to tensor<8xf64>
  %c9 = dlc.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<2x2xf32>
  %c10 = dlc.constant dense<[[5.0, 6.0], [7.0, 8.0]]> : tensor<2x2xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x2xf32>
  %r11 = "dlc.concatenate"(%v9, %v10) <{dimension = 1 : i64}> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x4xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x4xf32> to tensor<2x4xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x4xf64> to tensor<8xf64>
  %c12 = dlc.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x2xf32>
  %c13 = dlc.constant dense<[[5.0, 6.0], [7.0, 8.0]]> : tensor<2x2xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<2x2xf32>
  %r14 = "dlc.concatenate"(%v12, %v13) <{dimension = 1 : i64}> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x4xf32>
  %w14_0 = dlc.convert %r14 : tensor<2x4xf32> to tensor<2x4xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<2x4xf64> to tensor<8xf64>
  %c15 = dlc.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<2x2xf32>
  %c16 = dlc.constant dense<[[5.0, 6.0], [7.0, 8.0]]> : tensor<2x2xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x2xf32>
  %r17 = "dlc.concatenate"(%v15, %v16) <{dimension = 0 : i64}> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32>
  %w17_0 = dlc.convert %r17 : tensor<4x2xf32> to tensor<4x2xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<4x2xf64> to tensor<8xf64>
  %c18 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<2x2x2xf32>
  %c19 = dlc.constant dense<[[[9.0, 10.0], [11.0, 12.0]], [[13.0, 14.0], [15.0, 16.0]]]> : tensor<2x2x2xf32>
  %v19 = dlc.optimization_barrier %c19 : tensor<2x2x2xf32>
  %r20 = "dlc.concatenate"(%v18, %v19) <{dimension = 0 : i64}> : (tensor<2x2x2xf32>, tensor<2x2x2xf32>) -> tensor<4x2x2xf32>
  %w20_0 = dlc.convert %r20 : tensor<4x2x2xf32> to tensor<4x2x2xf64>
  %f20_0 = dlc.reshape %w20_0 : tensor<4x2x2xf64> to tensor<16xf64>
  %c21 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>
  %v21 = dlc.optimization_barrier %c21 : tensor<2x2x2xf32>
  %c22 = dlc.constant dense<[[[9.0, 10.0], [11.0, 12.0]], [[13.0, 14.0], [15.0, 16.0]]]> : tensor<2x2x2xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<2x2x2xf32>
  %r23 = "dlc.concatenate"(%v21, %v22) <{dimension = 1 : i64}> : (tensor<2x2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x4x2xf32>
  %w23_0 = dlc.convert %r23 : tensor<2x4x2xf32> to tensor<2x4x2xf64>
  %f23_0 = dlc.reshape %w23_0 : tensor<2x4x2xf64> to tensor<16xf64>
  %c24 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<2x2x2xf32>
  %c25 = dlc.constant dense<[[[9.0, 10.0], [11.0, 12.0]], [[13.0, 14.0], [15.0, 16.0]]]> : tensor<2x2x2xf32>
  %v25 = dlc.optimization_barrier %c25 : tensor<2x2x2xf32>
  %r26 = "dlc.concatenate"(%v24, %v25) <{dimension = 2 : i64}> : (tensor<2x2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x2x4xf32>
  %w26_0 = dlc.convert %r26 : tensor<2x2x4xf32> to tensor<2x2x4xf64>
  %f26_0 = dlc.reshape %w26_0 : tensor<2x2x4xf64> to tensor<16xf64>
  %c27 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>
  %v27 = dlc.optimization_barrier %c27 : tensor<2x2x2xf32>
  %c28 = dlc.constant dense<[[[9.0, 10.0], [11.0, 12.0]], [[13.0, 14.0], [15.0, 16.0]]]> : tensor<2x2x2xf32>
  %v28 = dlc.optimization_barrier %c28 : tensor<2x2x2xf32>
  %r29 = "dlc.concatenate"(%v27, %v28) <{dimension = 2 : i64}> : (tensor<2x2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x2x4xf32>
  %w29_0 = dlc.convert %r29 : tensor<2x2x4xf32> to tensor<2x2x4xf64>
  %f29_0 = dlc.reshape %w29_0 : tensor<2x2x4xf64> to tensor<16xf64>
  %c30 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>
  %v30 = dlc.optimization_barrier %c30 : tensor<2x2x2xf32>
  %c31 = dlc.constant dense<[[[9.0, 10.0], [11.0, 12.0]], [[13.0, 14.0], [15.0, 16.0]]]> : tensor<2x2x2xf32>
  %v31 = dlc.optimization_barrier %c31 : tensor<2x2x2xf32>
  %r32 = "dlc.concatenate"(%v30, %v31) <{dimension = 1 : i64}> : (tensor<2x2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x4x2xf32>
  %w32_0 = dlc.convert %r32 : tensor<2x4x2xf32> to tensor<2x4x2xf64>
  %f32_0 = dlc.reshape %w32_0 : tensor<2x4x2xf64> to tensor<16xf64>
  %c33 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>
  %v33 = dlc.optimization_barrier %c33 : tensor<2x2x2xf32>
  %c34 = dlc.constant dense<[[[9.0, 10.0], [11.0, 12.0]], [[13.0, 14.0], [15.0, 16.0]]]> : tensor<2x2x2xf32>
  %v34 = dlc.optimization_barrier %c34 : tensor<2x2x2xf32>
  %r35 = "dlc.concatenate"(%v33, %v34) <{dimension = 0 : i64}> : (tensor<2x2x2xf32>, tensor<2x2x2xf32>) -> tensor<4x2x2xf32>
  %w35_0 = dlc.convert %r35 : tensor<4x2x2xf32> to tensor<4x2x2xf64>
  %f35_0 = dlc.reshape %w35_0 : tensor<4x2x2xf64> to tensor<16xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0, %f20_0, %f23_0, %f26_0, %f29_0, %f32_0, %f35_0 dim 0 : (tensor<4xf64>, tensor<4xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16xf64>) -> tensor<136xf64>
  %want = dlc.constant dense<[1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 1.0, 2.0, 5.0, 6.0, 3.0, 4.0, 7.0, 8.0, 1.0, 2.0, 5.0, 6.0, 3.0, 4.0, 7.0, 8.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 1.0, 2.0, 3.0, 4.0, 9.0, 10.0, 11.0, 12.0, 5.0, 6.0, 7.0, 8.0, 13.0, 14.0, 15.0, 16.0, 1.0, 2.0, 9.0, 10.0, 3.0, 4.0, 11.0, 12.0, 5.0, 6.0, 13.0, 14.0, 7.0, 8.0, 15.0, 16.0, 1.0, 2.0, 9.0, 10.0, 3.0, 4.0, 11.0, 12.0, 5.0, 6.0, 13.0, 14.0, 7.0, 8.0, 15.0, 16.0, 1.0, 2.0, 3.0, 4.0, 9.0, 10.0, 11.0, 12.0, 5.0, 6.0, 7.0, 8.0, 13.0, 14.0, 15.0, 16.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]> : tensor<136xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<136xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<136xf64>
  %difference = dlc.subtract %got, %want : tensor<136xf64>
  %error = dlc.abs %difference : tensor<136xf64>
  %size = dlc.abs %want : tensor<136xf64>
  %relative = dlc.multiply %rtol, %size : tensor<136xf64>
  %limit = dlc.add %relative, %atol : tensor<136xf64>
  %near = dlc.compare LE, %error, %limit : tensor<136xf64>
  %same = dlc.compare EQ, %got, %want : tensor<136xf64>
  %nan = dlc.compare NE, %got, %got : tensor<136xf64>
  %wants = dlc.compare NE, %want, %want : tensor<136xf64>
  %nans = dlc.and %nan, %wants : tensor<136xi1>
  %finite = dlc.is_finite %got : tensor<136xf64>
  %close = dlc.and %near, %finite : tensor<136xi1>
  %either = dlc.or %close, %same : tensor<136xi1>
  %right = dlc.or %either, %nans : tensor<136xi1>
  %all = dlc.reduce and %right dims [0] : tensor<136xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @convolution() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0, 24.0]]]]> : tensor<1x1x5x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<1x1x5x5xf32>
  %c1 = dlc.constant dense<[[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]> : tensor<1x1x3x3xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<1x1x3x3xf32>
  %r2 = "dlc.convolution"(%v0, %v1) <{strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, image_dilation = array<i64: 1, 1>, filter_dilation = array<i64: 1, 1>, groups = 1 : i64, batch_groups = 1 : i64}> : (tensor<1x1x5x5xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x5x5xf32>
  %w2_0 = dlc.convert %r2 : tensor<1x1x5x5xf32> to tensor<1x1x5x5xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<1x1x5x5xf64> to tensor<25xf64>
  %c3 = dlc.constant dense<[[[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0, 24.0]]]]> : tensor<1x1x5x5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<1x1x5x5xf32>
  %c4 = dlc.constant dense<[[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]> : tensor<1x1x3x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<1x1x3x3xf32>
  %r5 = "dlc.convolution"(%v3, %v4) <{strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, image_dilation = array<i64: 1, 1>, filter_dilation = array<i64: 1, 1>, groups = 1 : i64, batch_groups = 1 : i64}> : (tensor<1x1x5x5xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x3x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<1x1x3x3xf32> to tensor<1x1x3x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<1x1x3x3xf64> to tensor<9xf64>
  %c6 = dlc.constant dense<[[[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0, 24.0], [25.0, 26.0, 27.0, 28.0, 29.0], [30.0, 31.0, 32.0, 33.0, 34.0]]]]> : tensor<1x1x7x5xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<1x1x7x5xf32>
  %c7 = dlc.constant dense<[[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]> : tensor<1x1x3x3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<1x1x3x3xf32>
  %r8 = "dlc.convolution"(%v6, %v7) <{strides = array<i64: 2, 2>, low = array<i64: 1, 0>, high = array<i64: 1, 0>, image_dilation = array<i64: 1, 1>, filter_dilation = array<i64: 1, 1>, groups = 1 : i64, batch_groups = 1 : i64}> : (tensor<1x1x7x5xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x4x2xf32>
  %w8_0 = dlc.convert %r8 : tensor<1x1x4x2xf32> to tensor<1x1x4x2xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<1x1x4x2xf64> to tensor<8xf64>
  %c9 = dlc.constant dense<[[[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0, 24.0], [25.0, 26.0, 27.0, 28.0, 29.0], [30.0, 31.0, 32.0, 33.0, 34.0]]]]> : tensor<1x1x7x5xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<1x1x7x5xf32>
  %c10 = dlc.constant dense<[[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]> : tensor<1x1x3x3xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<1x1x3x3xf32>
  %r11 = "dlc.convolution"(%v9, %v10) <{strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, image_dilation = array<i64: 1, 1>, filter_dilation = array<i64: 1, 1>, groups = 1 : i64, batch_groups = 1 : i64}> : (tensor<1x1x7x5xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x3x2xf32>
  %w11_0 = dlc.convert %r11 : tensor<1x1x3x2xf32> to tensor<1x1x3x2xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<1x1x3x2xf64> to tensor<6xf64>
  %c12 = dlc.constant dense<[[[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0, 24.0], [25.0, 26.0, 27.0, 28.0, 29.0], [30.0, 31.0, 32.0, 33.0, 34.0]]]]> : tensor<1x1x7x5xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<1x1x7x5xf32>
  %c13 = dlc.constant dense<[[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]> : tensor<1x1x3x3xf32>
  %v13 = dlc.optimization_barrier %c13 : tensor<1x1x3x3xf32>
  %r14 = "dlc.convolution"(%v12, %v13) <{strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, image_dilation = array<i64: 1, 1>, filter_dilation = array<i64: 1, 1>, groups = 1 : i64, batch_groups = 1 : i64}> : (tensor<1x1x7x5xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x4x3xf32>
  %w14_0 = dlc.convert %r14 : tensor<1x1x4x3xf32> to tensor<1x1x4x3xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<1x1x4x3xf64> to tensor<12xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0 dim 0 : (tensor<25xf64>, tensor<9xf64>, tensor<8xf64>, tensor<6xf64>, tensor<12xf64>) -> tensor<60xf64>
  %want = dlc.constant dense<[12.0, 21.0, 27.0, 33.0, 24.0, 33.0, 54.0, 63.0, 72.0, 51.0, 63.0, 99.0, 108.0, 117.0, 81.0, 93.0, 144.0, 153.0, 162.0, 111.0, 72.0, 111.0, 117.0, 123.0, 84.0, 54.0, 63.0, 72.0, 99.0, 108.0, 117.0, 144.0, 153.0, 162.0, 21.0, 33.0, 99.0, 117.0, 189.0, 207.0, 171.0, 183.0, 54.0, 72.0, 144.0, 162.0, 234.0, 252.0, 12.0, 27.0, 24.0, 63.0, 108.0, 81.0, 123.0, 198.0, 141.0, 112.0, 177.0, 124.0]> : tensor<60xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<60xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<60xf64>
  %difference = dlc.subtract %got, %want : tensor<60xf64>
  %error = dlc.abs %difference : tensor<60xf64>
  %size = dlc.abs %want : tensor<60xf64>
  %relative = dlc.multiply %rtol, %size : tensor<60xf64>
  %limit = dlc.add %relative, %atol : tensor<60xf64>
  %near = dlc.compare LE, %error, %limit : tensor<60xf64>
  %same = dlc.compare EQ, %got, %want : tensor<60xf64>
  %nan = dlc.compare NE, %got, %got : tensor<60xf64>
  %wants = dlc.compare NE, %want, %want : tensor<60xf64>
  %nans = dlc.and %nan, %wants : tensor<60xi1>
  %finite = dlc.is_finite %got : tensor<60xf64>
  %close = dlc.and %near, %finite : tensor<60xi1>
  %either = dlc.or %close, %same : tensor<60xi1>
  %right = dlc.or %either, %nans : tensor<60xi1>
  %all = dlc.reduce and %right dims [0] : tensor<60xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @cosine() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.cosine"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.0, 0.0, 1.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.cosine"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[-0.1920553594827652, 0.9209997653961182, 0.558070182800293, -0.6210618615150452, -0.2924249470233917, 0.5592811703681946, 0.581611156463623, 0.9885673522949219, 0.9946776628494263, 0.9168820977210999, 0.9896436333656311, 0.11625935882329941, 0.7241207361221313, 0.9926066994667053, 0.9030994176864624, 0.9448453187942505, 0.0766419842839241, 0.9790287613868713, 0.9513932466506958, 0.6569005250930786, -0.8317171335220337, 0.7938886880874634, 0.6490691304206848, 0.7370069622993469, -0.6434206366539001, 0.11616771668195724, 0.9989532828330994, 0.9825322031974792, 0.038007952272892, 0.10126365721225739, 0.9880196452140808, 0.9293445944786072, 0.631131112575531, -0.3986094295978546, 0.9400866031646729, 0.9878023862838745, 0.3339637815952301, 0.3601386547088623, 0.9259220957756042, 0.9546534419059753, 0.49882566928863525, 0.15020771324634552, -0.1350598782300949, -0.3709010183811188, 0.8729142546653748, 0.9055702090263367, 0.31266841292381287, 0.7126762270927429, -0.04308813065290451, 0.9774559736251831, 0.6251547336578369, 0.9260822534561157, 0.8723511695861816, 0.38034018874168396, 0.9996029138565063, 0.9096598625183105, 0.9977885484695435, 0.9546030759811401, 0.8054736256599426, 0.9349276423454285, 0.5403022766113281, 1.0, 0.5403022766113281]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @cumulative_sum() -> tensor<i1> {
  %c0 = dlc.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf64>
  %v0 = dlc.optimization_barrier %c0 : tensor<5xf64>
  %r1 = "dlc.cumulative_sum"(%v0) <{dimension = 0 : i64}> : (tensor<5xf64>) -> tensor<5xf64>
  %w1_0 = dlc.convert %r1 : tensor<5xf64> to tensor<5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<5xf64> to tensor<5xf64>
  %c2 = dlc.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf64>
  %v2 = dlc.optimization_barrier %c2 : tensor<5xf64>
  %r3 = "dlc.cumulative_sum"(%v2) <{dimension = 0 : i64, exclusive}> : (tensor<5xf64>) -> tensor<5xf64>
  %w3_0 = dlc.convert %r3 : tensor<5xf64> to tensor<5xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<5xf64> to tensor<5xf64>
  %c4 = dlc.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf64>
  %v4 = dlc.optimization_barrier %c4 : tensor<5xf64>
  %r5 = "dlc.cumulative_sum"(%v4) <{dimension = 0 : i64, reverse}> : (tensor<5xf64>) -> tensor<5xf64>
  %w5_0 = dlc.convert %r5 : tensor<5xf64> to tensor<5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<5xf64> to tensor<5xf64>
  %c6 = dlc.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf64>
  %v6 = dlc.optimization_barrier %c6 : tensor<5xf64>
  %r7 = "dlc.cumulative_sum"(%v6) <{dimension = 0 : i64, reverse, exclusive}> : (tensor<5xf64>) -> tensor<5xf64>
  %w7_0 = dlc.convert %r7 : tensor<5xf64> to tensor<5xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<5xf64> to tensor<5xf64>
  %c8 = dlc.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x3xf64>
  %r9 = "dlc.cumulative_sum"(%v8) <{dimension = 0 : i64}> : (tensor<2x3xf64>) -> tensor<2x3xf64>
  %w9_0 = dlc.convert %r9 : tensor<2x3xf64> to tensor<2x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<2x3xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x3xf64>
  %r11 = "dlc.cumulative_sum"(%v10) <{dimension = 1 : i64}> : (tensor<2x3xf64>) -> tensor<2x3xf64>
  %w11_0 = dlc.convert %r11 : tensor<2x3xf64> to tensor<2x3xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x3xf64> to tensor<6xf64>
  %c12 = dlc.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x3xf64>
  %r13 = "dlc.cumulative_sum"(%v12) <{dimension = 1 : i64}> : (tensor<2x3xf64>) -> tensor<2x3xf64>
  %w13_0 = dlc.convert %r13 : tensor<2x3xf64> to tensor<2x3xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<2x3xf64> to tensor<6xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0 dim 0 : (tensor<5xf64>, tensor<5xf64>, tensor<5xf64>, tensor<5xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>) -> tensor<38xf64>
  %want = dlc.constant dense<[1.0, 3.0, 6.0, 10.0, 15.0, 0.0, 1.0, 3.0, 6.0, 10.0, 15.0, 14.0, 12.0, 9.0, 5.0, 14.0, 12.0, 9.0, 5.0, 0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 9.0, 1.0, 3.0, 6.0, 4.0, 9.0, 15.0, 1.0, 3.0, 6.0, 4.0, 9.0, 15.0]> : tensor<38xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<38xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<38xf64>
  %difference = dlc.subtract %got, %want : tensor<38xf64>
  %error = dlc.abs %difference : tensor<38xf64>
  %size = dlc.abs %want : tensor<38xf64>
  %relative = dlc.multiply %rtol, %size : tensor<38xf64>
  %limit = dlc.add %relative, %atol : tensor<38xf64>
  %near = dlc.compare LE, %error, %limit : tensor<38xf64>
  %same = dlc.compare EQ, %got, %want : tensor<38xf64>
  %nan = dlc.compare NE, %got, %got : tensor<38xf64>
  %wants = dlc.compare NE, %want, %want : tensor<38xf64>
  %nans = dlc.and %nan, %wants : tensor<38xi1>
  %finite = dlc.is_finite %got : tensor<38xf64>
  %close = dlc.and %near, %finite : tensor<38xi1>
  %either = dlc.or %close, %same : tensor<38xi1>
  %right = dlc.or %either, %nans : tensor<38xi1>
  %all = dlc.reduce and %right dims [0] : tensor<38xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @divide() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %c1 = dlc.constant dense<[[[1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.6924721002578735, 1.5666015148162842, 1.2653894424438477, 1.5232480764389038, 1.0939404964447021], [1.575946569442749, 1.9292962551116943, 1.3185689449310303, 1.6674103736877441, 1.1317979097366333], [1.71632719039917, 1.2894060611724854, 1.1831912994384766, 1.5865129232406616, 1.0201075077056885]], [[1.8289400339126587, 1.0046955347061157, 1.6778165102005005, 1.2700079679489136, 1.7351939678192139], [1.962188482284546, 1.2487531900405884, 1.5761573314666748, 1.5920419692993164, 1.5722519159317017], [1.2230815887451172, 1.9527490139007568, 1.4471254348754883, 1.8464086055755615, 1.699479341506958], [1.2974369525909424, 1.8137978315353394, 1.3965057134628296, 1.881103277206421, 1.581272840499878]], [[1.8817353248596191, 1.6925315856933594, 1.7252542972564697, 1.5013244152069092, 1.9560836553573608], [1.6439902782440186, 1.4238550662994385, 1.6063932180404663, 1.019193172454834, 1.3015748262405396], [1.6601735353469849, 1.290077567100525, 1.6180154085159302, 1.4287686347961426, 1.1354740858078003], [1.2982823848724365, 1.56996488571167, 1.5908727645874023, 1.5743253231048584, 1.6532008647918701]]]> : tensor<3x4x5xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4x5xf32>
  %r2 = "dlc.divide"(%v0, %v1)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w2_0 = dlc.convert %r2 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c3 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xf32>
  %c4 = dlc.constant dense<[[[1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918]], [[1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918]], [[1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918], [1.296140193939209, 1.118727684020996, 1.3179831504821777, 1.4142630100250244, 1.0641474723815918]]]> : tensor<3x4x5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xf32>
  %r5 = "dlc.divide"(%v3, %v4)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[3.0, 4.0]> : tensor<2xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2xf32>
  %c7 = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<2xf32>
  %r8 = "dlc.divide"(%v6, %v7)  : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %w8_0 = dlc.convert %r8 : tensor<2xf32> to tensor<2xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2xf64> to tensor<2xf64>
  %c9 = dlc.constant dense<[[[16, 6, 0, 12, 18], [3, 16, 17, 14, 18], [11, 4, 15, 19, 4], [5, 3, 9, 4, 10]], [[8, 12, 6, 6, 6], [23, 20, 15, 3, 17], [10, 22, 22, 21, 4], [19, 5, 2, 2, 14]], [[5, 14, 9, 23, 10], [18, 20, 11, 10, 11], [18, 0, 8, 11, 8], [22, 3, 11, 20, 17]]]> : tensor<3x4x5xui8>
  %v9 = dlc.optimization_barrier %c9 : tensor<3x4x5xui8>
  %c10 = dlc.constant dense<[[[11, 5, 23, 23, 23], [1, 12, 16, 21, 6], [22, 21, 24, 3, 7], [23, 8, 16, 3, 9]], [[10, 3, 4, 10, 23], [1, 3, 20, 16, 22], [5, 23, 11, 24, 11], [19, 22, 4, 16, 8]], [[20, 18, 24, 15, 5], [13, 21, 21, 13, 15], [22, 12, 18, 10, 23], [17, 18, 4, 22, 4]]]> : tensor<3x4x5xui8>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x4x5xui8>
  %r11 = "dlc.divide"(%v9, %v10)  : (tensor<3x4x5xui8>, tensor<3x4x5xui8>) -> tensor<3x4x5xui8>
  %w11_0 = dlc.convert %r11 : tensor<3x4x5xui8> to tensor<3x4x5xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0 dim 0 : (tensor<60xf64>, tensor<60xf64>, tensor<2xf64>, tensor<60xf64>) -> tensor<182xf64>
  %want = dlc.constant dense<[1.36100435256958, 0.3576895594596863, 0.7426028251647949, 1.5844953060150146, 1.754980444908142, -0.5774262547492981, 0.6064646244049072, -0.11961314082145691, -0.0677623376250267, 0.37533897161483765, 0.09140130132436752, 0.7537844181060791, 0.5771694183349609, 0.07297244668006897, 0.3921753466129303, 0.19441184401512146, 1.1587343215942383, -0.17339399456977844, 0.19733069837093353, -0.8372605443000793, -1.3958848714828491, 0.6505638360977173, 0.5152149796485901, -0.5843782424926758, 1.3080697059631348, -0.7411957383155823, 0.036643363535404205, -0.1187596246600151, 0.9627756476402283, 0.9345568418502808, 0.12668609619140625, 0.19365650415420532, -0.6134822368621826, -1.072783350944519, -0.20471690595149994, 0.12050602585077286, 0.678295373916626, 0.8609917163848877, -0.2059040665626526, -0.19117684662342072, -0.5572265982627869, -0.8389905095100403, -0.9889963865280151, 1.2993696928024292, -0.2605472505092621, -0.26647013425827026, -0.8798615336418152, 0.48399755358695984, -1.5835052728652954, -0.16344837844371796, -0.5393813252449036, 0.2999064028263092, -0.3156985640525818, -0.8263285160064697, -0.024819791316986084, 0.3299219608306885, 0.04236860200762749, 0.19012953341007233, -0.4029167890548706, -0.2194174826145172, 1.36100435256958, 0.3576895594596863, 0.7426028251647949, 1.5844953060150146, 1.754980444908142, -0.753990888595581, 0.8492580056190491, -0.11484001576900482, -0.07298419624567032, 0.38584738969802856, 0.11113270372152328, 1.299935221672058, 0.5774259567260742, 0.08603421598672867, 0.41710689663887024, 0.25743693113327026, 1.335516333580017, -0.15566076338291168, 0.2213645577430725, -0.8026103377342224, -1.9696863889694214, 0.5842517018318176, 0.6558780670166016, -0.5247715711593628, 2.132932424545288, -1.1220743656158447, 0.040902283042669296, -0.14202295243740082, 1.0838006734848022, 1.3807849884033203, 0.11954527348279953, 0.3380291163921356, -0.6735941171646118, -1.400585651397705, -0.32693979144096375, 0.12062659114599228, 1.0997231006622314, 0.912287712097168, -0.27387183904647827, -0.28407976031303406, -0.80898118019104, -1.2693151235580444, -1.2946070432662964, 1.3793582916259766, -0.4789300560951233, -0.33798372745513916, -1.1198394298553467, 0.5899091958999634, -1.1411582231521606, -0.19991616904735565, -0.6908717155456543, 0.34584155678749084, -0.3875657618045807, -0.8348038792610168, -0.026483386754989624, 0.33046725392341614, 0.059457916766405106, 0.229496031999588, -0.448517769575119, -0.34087491035461426, 3.0, 2.0, 1.0, 1.0, 0.0, 0.0, 0.0, 3.0, 1.0, 1.0, 0.0, 3.0, 0.0, 0.0, 0.0, 6.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 4.0, 1.0, 0.0, 0.0, 23.0, 6.0, 0.0, 0.0, 0.0, 2.0, 0.0, 2.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 2.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 2.0, 0.0, 4.0]> : tensor<182xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<182xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<182xf64>
  %difference = dlc.subtract %got, %want : tensor<182xf64>
  %error = dlc.abs %difference : tensor<182xf64>
  %size = dlc.abs %want : tensor<182xf64>
  %relative = dlc.multiply %rtol, %size : tensor<182xf64>
  %limit = dlc.add %relative, %atol : tensor<182xf64>
  %near = dlc.compare LE, %error, %limit : tensor<182xf64>
  %same = dlc.compare EQ, %got, %want : tensor<182xf64>
  %nan = dlc.compare NE, %got, %got : tensor<182xf64>
  %wants = dlc.compare NE, %want, %want : tensor<182xf64>
  %nans = dlc.and %nan, %wants : tensor<182xi1>
  %finite = dlc.is_finite %got : tensor<182xf64>
  %close = dlc.and %near, %finite : tensor<182xi1>
  %either = dlc.or %close, %same : tensor<182xi1>
  %right = dlc.or %either, %nans : tensor<182xi1>
  %all = dlc.reduce and %right dims [0] : tensor<182xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @dot_general() -> tensor<i1> {
  %c0 = dlc.constant dense<[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576], [1.8675580024719238, -0.9772778749465942, 0.9500884413719177, -0.15135720372200012], [-0.10321885347366333, 0.4105985164642334, 0.14404356479644775, 1.4542734622955322]]> : tensor<3x4xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4xf32>
  %c1 = dlc.constant dense<[[0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005], [0.3130677044391632, -0.8540957570075989, -2.5529897212982178], [0.653618574142456, 0.8644362092018127, -0.7421650290489197]]> : tensor<4x3xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<4x3xf32>
  %r2 = "dlc.dot_general"(%v0, %v1) <{lhs_batch = array<i64>, rhs_batch = array<i64>, lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>}> : (tensor<3x4xf32>, tensor<4x3xf32>) -> tensor<3x3xf32>
  %w2_0 = dlc.convert %r2 : tensor<3x3xf32> to tensor<3x3xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x3xf64> to tensor<9xf64>
  %got = dlc.concatenate %f2_0 dim 0 : (tensor<9xf64>) -> tensor<9xf64>
  %want = dlc.constant dense<[3.2471330165863037, 1.9136807918548584, -3.4609181880950928, 1.2937015295028687, -2.1752004623413086, -1.2837971448898315, 1.0540882349014282, 1.7350071668624878, -1.5771054029464722]> : tensor<9xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<9xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<9xf64>
  %difference = dlc.subtract %got, %want : tensor<9xf64>
  %error = dlc.abs %difference : tensor<9xf64>
  %size = dlc.abs %want : tensor<9xf64>
  %relative = dlc.multiply %rtol, %size : tensor<9xf64>
  %limit = dlc.add %relative, %atol : tensor<9xf64>
  %near = dlc.compare LE, %error, %limit : tensor<9xf64>
  %same = dlc.compare EQ, %got, %want : tensor<9xf64>
  %nan = dlc.compare NE, %got, %got : tensor<9xf64>
  %wants = dlc.compare NE, %want, %want : tensor<9xf64>
  %nans = dlc.and %nan, %wants : tensor<9xi1>
  %finite = dlc.is_finite %got : tensor<9xf64>
  %close = dlc.and %near, %finite : tensor<9xi1>
  %either = dlc.or %close, %same : tensor<9xi1>
  %right = dlc.or %either, %nans : tensor<9xi1>
  %all = dlc.reduce and %right dims [0] : tensor<9xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @exponential() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.exponential"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.0, 0.0, 1.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.exponential"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[5.8360395431518555, 1.4920592308044434, 2.6610958576202393, 9.401724815368652, 6.472471237182617, 0.37633413076400757, 2.5859384536743164, 0.859540581703186, 0.901929497718811, 1.507719874382019, 1.1549344062805176, 4.281371593475342, 2.1404964923858643, 1.1293870210647583, 1.5587172508239746, 1.3960884809494019, 4.4552321434021, 0.8145183324813843, 1.3676141500473022, 0.4256679117679596, 0.07784857600927353, 1.9224849939346313, 2.3736672401428223, 0.47608205676078796, 9.677026748657227, 0.23354846239089966, 1.0468215942382812, 0.8292912244796753, 4.6310296058654785, 4.346446990966797, 1.1675965785980225, 1.4596000909805298, 0.4115660488605499, 0.1379593163728714, 0.706160843372345, 1.1692341566085815, 3.4222238063812256, 3.3280277252197266, 0.6788691878318787, 0.7391142249107361, 0.3504444658756256, 0.24170967936515808, 0.18154163658618927, 7.034140110015869, 0.6007044911384583, 0.6452777981758118, 0.285705029964447, 2.176004409790039, 0.1991100162267685, 0.8083661198616028, 0.4084170162677765, 1.4724129438400269, 0.6000123023986816, 0.3070845305919647, 0.9722112417221069, 1.5346952676773071, 1.0687793493270874, 1.3531996011734009, 0.5302948355674744, 0.6957665085792542, 0.3678794205188751, 1.0, 2.7182819843292236]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @floor() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.floor"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.5, 1.2000000476837158, 2.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.floor"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[1.0, 0.0, 0.0, 2.0, 1.0, -1.0, 0.0, -1.0, -1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, -1.0, 0.0, -1.0, -3.0, 0.0, 0.0, -1.0, 2.0, -2.0, 0.0, -1.0, 1.0, 1.0, 0.0, 0.0, -1.0, -2.0, -1.0, 0.0, 1.0, 1.0, -1.0, -1.0, -2.0, -2.0, -2.0, 1.0, -1.0, -1.0, -2.0, 0.0, -2.0, -1.0, -1.0, 0.0, -1.0, -2.0, -1.0, 0.0, 0.0, 0.0, -1.0, -1.0, -2.0, 1.0, 2.0]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @gather() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[0.0, 1.0], [2.0, 3.0]], [[4.0, 5.0], [6.0, 7.0]]]> : tensor<2x2x2xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<2x2x2xf32>
  %c1 = dlc.constant dense<[[[0, 1]], [[1, 0]]]> : tensor<2x1x2xi64>
  %v1 = dlc.optimization_barrier %c1 : tensor<2x1x2xi64>
  %r2 = "dlc.gather"(%v0, %v1) <{batch_dims = 0 : i64, index_dims = array<i64: 0, 1>}> : (tensor<2x2x2xf32>, tensor<2x1x2xi64>) -> tensor<2x1x2xf32>
  %w2_0 = dlc.convert %r2 : tensor<2x1x2xf32> to tensor<2x1x2xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<2x1x2xf64> to tensor<4xf64>
  %c3 = dlc.constant dense<[[0, 1], [2, 3]]> : tensor<2x2xi32>
  %v3 = dlc.optimization_barrier %c3 : tensor<2x2xi32>
  %c4 = dlc.constant dense<[[0, 0], [1, 1]]> : tensor<2x2xi64>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x2xi64>
  %r5 = "dlc.gather"(%v3, %v4) <{batch_dims = 0 : i64, index_dims = array<i64: 0, 1>}> : (tensor<2x2xi32>, tensor<2x2xi64>) -> tensor<2xi32>
  %w5_0 = dlc.convert %r5 : tensor<2xi32> to tensor<2xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2xf64> to tensor<2xf64>
  %c6 = dlc.constant dense<[[[0, 1], [2, 3]], [[4, 5], [6, 7]]]> : tensor<2x2x2xi32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x2x2xi32>
  %c7 = dlc.constant dense<[[1], [0]]> : tensor<2x1xi64>
  %v7 = dlc.optimization_barrier %c7 : tensor<2x1xi64>
  %r8 = "dlc.gather"(%v6, %v7) <{batch_dims = 1 : i64, index_dims = array<i64: 1>}> : (tensor<2x2x2xi32>, tensor<2x1xi64>) -> tensor<2x2xi32>
  %w8_0 = dlc.convert %r8 : tensor<2x2xi32> to tensor<2x2xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<2x2xf64> to tensor<4xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0 dim 0 : (tensor<4xf64>, tensor<2xf64>, tensor<4xf64>) -> tensor<10xf64>
  %want = dlc.constant dense<[2.0, 3.0, 4.0, 5.0, 0.0, 3.0, 2.0, 3.0, 4.0, 5.0]> : tensor<10xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<10xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<10xf64>
  %difference = dlc.subtract %got, %want : tensor<10xf64>
  %error = dlc.abs %difference : tensor<10xf64>
  %size = dlc.abs %want : tensor<10xf64>
  %relative = dlc.multiply %rtol, %size : tensor<10xf64>
  %limit = dlc.add %relative, %atol : tensor<10xf64>
  %near = dlc.compare LE, %error, %limit : tensor<10xf64>
  %same = dlc.compare EQ, %got, %want : tensor<10xf64>
  %nan = dlc.compare NE, %got, %got : tensor<10xf64>
  %wants = dlc.compare NE, %want, %want : tensor<10xf64>
  %nans = dlc.and %nan, %wants : tensor<10xi1>
  %finite = dlc.is_finite %got : tensor<10xf64>
  %close = dlc.and %near, %finite : tensor<10xi1>
  %either = dlc.or %close, %same : tensor<10xi1>
  %right = dlc.or %either, %nans : tensor<10xi1>
  %all = dlc.reduce and %right dims [0] : tensor<10xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @log() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[5.8360395431518555, 1.4920592308044434, 2.6610958576202393, 9.401724815368652, 6.472471237182617], [0.37633413076400757, 2.5859384536743164, 0.859540581703186, 0.901929497718811, 1.507719874382019], [1.1549344062805176, 4.281371593475342, 2.1404964923858643, 1.1293870210647583, 1.5587172508239746], [1.3960884809494019, 4.4552321434021, 0.8145183324813843, 1.3676141500473022, 0.4256679117679596]], [[0.07784857600927353, 1.9224849939346313, 2.3736672401428223, 0.47608205676078796, 9.677026748657227], [0.23354846239089966, 1.0468215942382812, 0.8292912244796753, 4.6310296058654785, 4.346446990966797], [1.1675965785980225, 1.4596000909805298, 0.4115660488605499, 0.1379593163728714, 0.706160843372345], [1.1692341566085815, 3.4222238063812256, 3.3280277252197266, 0.6788691878318787, 0.7391142249107361]], [[0.3504444658756256, 0.24170967936515808, 0.18154163658618927, 7.034140110015869, 0.6007044911384583], [0.6452777981758118, 0.285705029964447, 2.176004409790039, 0.1991100162267685, 0.8083661198616028], [0.4084170162677765, 1.4724129438400269, 0.6000123023986816, 0.3070845305919647, 0.9722112417221069], [1.5346952676773071, 1.0687793493270874, 1.3531996011734009, 0.5302948355674744, 0.6957665085792542]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.log"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[1.0, 10.0]> : tensor<2xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2xf32>
  %r3 = "dlc.log"(%v2)  : (tensor<2xf32>) -> tensor<2xf32>
  %w3_0 = dlc.convert %r3 : tensor<2xf32> to tensor<2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<2xf64>) -> tensor<62xf64>
  %want = dlc.constant dense<[1.764052391052246, 0.4001571834087372, 0.9787380695343018, 2.2408931255340576, 1.8675580024719238, -0.9772778749465942, 0.9500885009765625, -0.1513572484254837, -0.1032189279794693, 0.4105984568595886, 0.14404354989528656, 1.4542734622955322, 0.7610378265380859, 0.1216750293970108, 0.443863183259964, 0.3336743712425232, 1.4940791130065918, -0.20515833795070648, 0.3130677044391632, -0.8540958166122437, -2.5529897212982178, 0.6536186337471008, 0.864436149597168, -0.7421650290489197, 2.269754648208618, -1.4543657302856445, 0.04575851559638977, -0.18718388676643372, 1.5327792167663574, 1.4693586826324463, 0.154947429895401, 0.3781625032424927, -0.887785792350769, -1.980796456336975, -0.3479122221469879, 0.15634895861148834, 1.2302905321121216, 1.202379822731018, -0.38732683658599854, -0.3023028075695038, -1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.9507755041122437, -0.5096521377563477, -0.43807435035705566, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.2127401977777481, -0.8954665660858154, 0.38690248131752014, -0.5108051300048828, -1.18063223361969, -0.028182171285152435, 0.4283318519592285, 0.06651720404624939, 0.3024718463420868, -0.6343221664428711, -0.3627411127090454, 0.0, 2.3025851249694824]> : tensor<62xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<62xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<62xf64>
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

func.func @logistic() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.logistic"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.0, 0.0, 1.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.logistic"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[0.8537164926528931, 0.598725438117981, 0.7268577814102173, 0.9038621187210083, 0.8661754727363586, 0.27343225479125977, 0.7211329340934753, 0.4622327983379364, 0.4742181599140167, 0.6012313961982727, 0.5359487533569336, 0.8106552362442017, 0.6815789341926575, 0.5303812623023987, 0.6091791987419128, 0.5826531052589417, 0.8166897296905518, 0.4488895833492279, 0.5776339173316956, 0.29857438802719116, 0.0722258910536766, 0.6578254103660583, 0.7035866975784302, 0.3225308954715729, 0.9063409566879272, 0.1893305778503418, 0.5114375948905945, 0.45334020256996155, 0.8224125504493713, 0.8129599094390869, 0.5386595129966736, 0.5934298634529114, 0.29156699776649475, 0.1212339699268341, 0.4138888418674469, 0.5390077829360962, 0.7738694548606873, 0.7689478993415833, 0.4043610095977783, 0.42499467730522156, 0.2595030963420868, 0.1946587711572647, 0.15364810824394226, 0.8755311965942383, 0.3752750754356384, 0.39219996333122253, 0.2222166359424591, 0.685139000415802, 0.16604815423488617, 0.44701460003852844, 0.28998303413391113, 0.5955367684364319, 0.3750047981739044, 0.23493853211402893, 0.49295490980148315, 0.6054752469062805, 0.5166231989860535, 0.5750466585159302, 0.3465311527252197, 0.41029617190361023, 0.26894140243530273, 0.5, 0.7310585975646973]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @maximum() -> tensor<i1> {
  %c0 = dlc.constant dense<[3.0, 2.0, 1.0]> : tensor<3xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3xf32>
  %c1 = dlc.constant dense<[1.0, 4.0, 4.0]> : tensor<3xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3xf32>
  %r2 = "dlc.maximum"(%v0, %v1)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w2_0 = dlc.convert %r2 : tensor<3xf32> to tensor<3xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3xf64> to tensor<3xf64>
  %c3 = dlc.constant dense<[3.0, 2.0, 1.0]> : tensor<3xf64>
  %v3 = dlc.optimization_barrier %c3 : tensor<3xf64>
  %c4 = dlc.constant dense<[1.0, 4.0, 4.0]> : tensor<3xf64>
  %v4 = dlc.optimization_barrier %c4 : tensor<3xf64>
  %r5 = "dlc.maximum"(%v3, %v4)  : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  %w5_0 = dlc.convert %r5 : tensor<3xf64> to tensor<3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3xf64> to tensor<3xf64>
  %c6 = dlc.constant dense<[3, 2, 1]> : tensor<3xi32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3xi32>
  %c7 = dlc.constant dense<[1, 4, 4]> : tensor<3xi32>
  %v7 = dlc.optimization_barrier %c7 : tensor<3xi32>
  %r8 = "dlc.maximum"(%v6, %v7)  : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  %w8_0 = dlc.convert %r8 : tensor<3xi32> to tensor<3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3xf64> to tensor<3xf64>
  %c9 = dlc.constant dense<[3, 2, 1]> : tensor<3xi64>
  %v9 = dlc.optimization_barrier %c9 : tensor<3xi64>
  %c10 = dlc.constant dense<[1, 4, 4]> : tensor<3xi64>
  %v10 = dlc.optimization_barrier %c10 : tensor<3xi64>
  %r11 = "dlc.maximum"(%v9, %v10)  : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  %w11_0 = dlc.convert %r11 : tensor<3xi64> to tensor<3xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3xf64> to tensor<3xf64>
  %c12 = dlc.constant dense<[3, 2, 1]> : tensor<3xi8>
  %v12 = dlc.optimization_barrier %c12 : tensor<3xi8>
  %c13 = dlc.constant dense<[1, 4, 4]> : tensor<3xi8>
  %v13 = dlc.optimization_barrier %c13 : tensor<3xi8>
  %r14 = "dlc.maximum"(%v12, %v13)  : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi8>
  %w14_0 = dlc.convert %r14 : tensor<3xi8> to tensor<3xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<3xf64> to tensor<3xf64>
  %c15 = dlc.constant dense<[3.0, 2.0, 1.0]> : tensor<3xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<3xf32>
  %c16 = dlc.constant dense<[1.0, 4.0, 4.0]> : tensor<3xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<3xf32>
  %r17 = "dlc.maximum"(%v15, %v16)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w17_0 = dlc.convert %r17 : tensor<3xf32> to tensor<3xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<3xf64> to tensor<3xf64>
  %c18 = dlc.constant dense<[3, 2, 1]> : tensor<3xui8>
  %v18 = dlc.optimization_barrier %c18 : tensor<3xui8>
  %c19 = dlc.constant dense<[1, 4, 4]> : tensor<3xui8>
  %v19 = dlc.optimization_barrier %c19 : tensor<3xui8>
  %r20 = "dlc.maximum"(%v18, %v19)  : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  %w20_0 = dlc.convert %r20 : tensor<3xui8> to tensor<3xf64>
  %f20_0 = dlc.reshape %w20_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0, %f20_0 dim 0 : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<21xf64>
  %want = dlc.constant dense<[3.0, 4.0, 4.0, 3.0, 4.0, 4.0, 3.0, 4.0, 4.0, 3.0, 4.0, 4.0, 3.0, 4.0, 4.0, 3.0, 4.0, 4.0, 3.0, 4.0, 4.0]> : tensor<21xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<21xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<21xf64>
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

func.func @minimum() -> tensor<i1> {
  %c0 = dlc.constant dense<[3.0, 2.0, 1.0]> : tensor<3xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3xf32>
  %c1 = dlc.constant dense<[1.0, 4.0, 4.0]> : tensor<3xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3xf32>
  %r2 = "dlc.minimum"(%v0, %v1)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w2_0 = dlc.convert %r2 : tensor<3xf32> to tensor<3xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3xf64> to tensor<3xf64>
  %c3 = dlc.constant dense<[3.0, 2.0, 1.0]> : tensor<3xf64>
  %v3 = dlc.optimization_barrier %c3 : tensor<3xf64>
  %c4 = dlc.constant dense<[1.0, 4.0, 4.0]> : tensor<3xf64>
  %v4 = dlc.optimization_barrier %c4 : tensor<3xf64>
  %r5 = "dlc.minimum"(%v3, %v4)  : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  %w5_0 = dlc.convert %r5 : tensor<3xf64> to tensor<3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3xf64> to tensor<3xf64>
  %c6 = dlc.constant dense<[3, 2, 1]> : tensor<3xi32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3xi32>
  %c7 = dlc.constant dense<[1, 4, 4]> : tensor<3xi32>
  %v7 = dlc.optimization_barrier %c7 : tensor<3xi32>
  %r8 = "dlc.minimum"(%v6, %v7)  : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  %w8_0 = dlc.convert %r8 : tensor<3xi32> to tensor<3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3xf64> to tensor<3xf64>
  %c9 = dlc.constant dense<[3, 2, 1]> : tensor<3xi64>
  %v9 = dlc.optimization_barrier %c9 : tensor<3xi64>
  %c10 = dlc.constant dense<[1, 4, 4]> : tensor<3xi64>
  %v10 = dlc.optimization_barrier %c10 : tensor<3xi64>
  %r11 = "dlc.minimum"(%v9, %v10)  : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  %w11_0 = dlc.convert %r11 : tensor<3xi64> to tensor<3xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3xf64> to tensor<3xf64>
  %c12 = dlc.constant dense<[3, 2, 1]> : tensor<3xi8>
  %v12 = dlc.optimization_barrier %c12 : tensor<3xi8>
  %c13 = dlc.constant dense<[1, 4, 4]> : tensor<3xi8>
  %v13 = dlc.optimization_barrier %c13 : tensor<3xi8>
  %r14 = "dlc.minimum"(%v12, %v13)  : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi8>
  %w14_0 = dlc.convert %r14 : tensor<3xi8> to tensor<3xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<3xf64> to tensor<3xf64>
  %c15 = dlc.constant dense<[3.0, 2.0, 1.0]> : tensor<3xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<3xf32>
  %c16 = dlc.constant dense<[1.0, 4.0, 4.0]> : tensor<3xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<3xf32>
  %r17 = "dlc.minimum"(%v15, %v16)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w17_0 = dlc.convert %r17 : tensor<3xf32> to tensor<3xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<3xf64> to tensor<3xf64>
  %c18 = dlc.constant dense<[3, 2, 1]> : tensor<3xui8>
  %v18 = dlc.optimization_barrier %c18 : tensor<3xui8>
  %c19 = dlc.constant dense<[1, 4, 4]> : tensor<3xui8>
  %v19 = dlc.optimization_barrier %c19 : tensor<3xui8>
  %r20 = "dlc.minimum"(%v18, %v19)  : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  %w20_0 = dlc.convert %r20 : tensor<3xui8> to tensor<3xf64>
  %f20_0 = dlc.reshape %w20_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0, %f20_0 dim 0 : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<21xf64>
  %want = dlc.constant dense<[1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0]> : tensor<21xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<21xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<21xf64>
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

func.func @multiply() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %c1 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.4017809331417084, -1.630198359489441, 0.46278226375579834, -0.9072983860969543, 0.05194539576768875], [0.7290905714035034, 0.12898291647434235, 1.1394007205963135, -1.234825849533081, 0.4023416340351105], [-0.6848101019859314, -0.8707971572875977, -0.5788496732711792, -0.3115525245666504, 0.056165341287851334]], [[-1.1651498079299927, 0.9008265137672424, 0.4656624495983124, -1.5362436771392822, 1.4882521629333496], [1.895889163017273, 1.1787796020507812, -0.1799248307943344, -1.0707526206970215, 1.0544517040252686], [-0.4031769335269928, 1.222445011138916, 0.2082749754190445, 0.9766390323638916, 0.3563663959503174], [0.7065731883049011, 0.01050002034753561, 1.7858705520629883, 0.12691208720207214, 0.4019893705844879]], [[1.8831506967544556, -1.3477590084075928, -1.2704850435256958, 0.969396710395813, -1.1731233596801758], [1.9436211585998535, -0.4136189818382263, -0.747454822063446, 1.922942042350769, 1.4805147647857666], [1.8675589561462402, 0.9060446619987488, -0.8612256646156311, 1.910064935684204, -0.26800337433815], [0.8024563789367676, 0.9472519755363464, -0.15501008927822113, 0.6140793561935425, 0.922206699848175]]]> : tensor<3x4x5xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4x5xf32>
  %r2 = "dlc.multiply"(%v0, %v1)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w2_0 = dlc.convert %r2 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c3 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xf32>
  %c4 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]], [[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]], [[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]]]> : tensor<3x4x5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xf32>
  %r5 = "dlc.multiply"(%v3, %v4)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3xf32>
  %c7 = dlc.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<3xf32>
  %r8 = "dlc.multiply"(%v6, %v7)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w8_0 = dlc.convert %r8 : tensor<3xf32> to tensor<3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3xf64> to tensor<3xf64>
  %c9 = dlc.constant dense<[[[0, 0, 0, 1, 3], [0, 1, 1, 0, 2], [3, 3, 0, 0, 1], [2, 2, 0, 0, 2]], [[2, 2, 0, 0, 3], [3, 0, 3, 1, 1], [0, 3, 1, 2, 2], [2, 0, 2, 2, 3]], [[3, 2, 1, 2, 0], [1, 1, 1, 2, 3], [1, 1, 3, 2, 0], [2, 3, 3, 1, 1]]]> : tensor<3x4x5xui8>
  %v9 = dlc.optimization_barrier %c9 : tensor<3x4x5xui8>
  %c10 = dlc.constant dense<[[[4, 22, 10, 23, 10], [18, 21, 3, 15, 7], [19, 17, 23, 14, 4], [12, 20, 20, 12, 14]], [[21, 11, 17, 9, 22], [16, 17, 3, 21, 3], [3, 10, 8, 7, 3], [1, 8, 9, 13, 20]], [[17, 9, 8, 10, 9], [17, 10, 18, 23, 15], [3, 20, 14, 15, 10], [11, 2, 18, 23, 19]]]> : tensor<3x4x5xui8>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x4x5xui8>
  %r11 = "dlc.multiply"(%v9, %v10)  : (tensor<3x4x5xui8>, tensor<3x4x5xui8>) -> tensor<3x4x5xui8>
  %w11_0 = dlc.convert %r11 : tensor<3x4x5xui8> to tensor<3x4x5xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0 dim 0 : (tensor<60xf64>, tensor<60xf64>, tensor<3xf64>, tensor<60xf64>) -> tensor<183xf64>
  %want = dlc.constant dense<[-1.1862554550170898, -0.1438777893781662, -0.7958571910858154, -3.868414878845215, 0.3313536047935486, 0.39265161752700806, -1.548832654953003, -0.07004542648792267, 0.09365029633045197, 0.021328702569007874, 0.10502080619335175, 0.18757642805576324, 0.8671269416809082, -0.1502474546432495, 0.17858466506004333, -0.22850355505943298, -1.3010398149490356, 0.11875579506158829, -0.09753703325986862, -0.04797057807445526, 2.9746155738830566, 0.5887969136238098, 0.40253546833992004, 1.1401463747024536, 3.377967357635498, -2.7573161125183105, 0.053939204663038254, 0.03367902338504791, -1.6412273645401, 1.549367904663086, -0.06247122958302498, 0.4622828960418701, -0.18490354716777802, -1.934523105621338, -0.1239842027425766, 0.11047199368476868, 0.012918076477944851, 2.147294759750366, -0.04915645346045494, -0.12152249366044998, -1.9745832681655884, 1.913841962814331, 2.1677908897399902, 1.8910752534866333, 0.5978848934173584, -0.8514504432678223, 0.5181799530982971, -0.5811389088630676, -3.1034319400787354, -0.3149651288986206, -1.6723365783691406, 0.35055094957351685, 0.43991848826408386, -2.255084276199341, 0.007552932482212782, 0.34371766448020935, 0.06300856918096542, -0.046886198222637177, -0.38952410221099854, -0.3345223367214203, -1.1862554550170898, -0.1438777893781662, -0.7958571910858154, -3.868414878845215, 0.3313536047935486, 0.6571807265281677, -0.34160730242729187, 0.12307555228471756, 0.17818491160869598, 0.07285091280937195, -0.09686359763145447, -0.5228886008262634, -0.6188349723815918, -0.2100454568862915, 0.07875294238328934, -0.22438278794288635, -0.5372008681297302, 0.16682368516921997, -0.5404433012008667, -0.1515389233827591, 1.7167845964431763, -0.23501062393188477, -0.7029131054878235, 1.281186580657959, 0.402713805437088, 0.9780034422874451, -0.016452617943286896, 0.1522078663110733, -2.646010160446167, 0.2607026696205139, -0.10419601947069168, -0.13596953451633453, 0.721899688243866, 3.419414520263672, -0.06172871217131615, -0.10513849556446075, -0.44235488772392273, -0.9777107238769531, 0.6686355471611023, -0.05363640934228897, 0.7051104307174683, 0.5105719566345215, 1.3874473571777344, -3.3675897121429443, -0.09042562544345856, 0.294587641954422, 0.4504465162754059, -0.6322134137153625, 2.786043643951416, -0.03774568811058998, 0.6021658182144165, -0.13911202549934387, 0.4153592884540558, 2.038104772567749, -0.005000264383852482, -0.2880362570285797, -0.023916475474834442, -0.24595390260219574, 1.0950192213058472, -0.06435976922512054, 4.0, 10.0, 18.0, 0.0, 0.0, 0.0, 23.0, 30.0, 0.0, 21.0, 3.0, 0.0, 14.0, 57.0, 51.0, 0.0, 0.0, 4.0, 24.0, 40.0, 0.0, 0.0, 28.0, 42.0, 22.0, 0.0, 0.0, 66.0, 48.0, 0.0, 9.0, 21.0, 3.0, 0.0, 30.0, 8.0, 14.0, 6.0, 2.0, 0.0, 18.0, 26.0, 60.0, 51.0, 18.0, 8.0, 20.0, 0.0, 17.0, 10.0, 18.0, 46.0, 45.0, 3.0, 20.0, 42.0, 30.0, 0.0, 22.0, 6.0, 54.0, 23.0, 19.0]> : tensor<183xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<183xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<183xf64>
  %difference = dlc.subtract %got, %want : tensor<183xf64>
  %error = dlc.abs %difference : tensor<183xf64>
  %size = dlc.abs %want : tensor<183xf64>
  %relative = dlc.multiply %rtol, %size : tensor<183xf64>
  %limit = dlc.add %relative, %atol : tensor<183xf64>
  %near = dlc.compare LE, %error, %limit : tensor<183xf64>
  %same = dlc.compare EQ, %got, %want : tensor<183xf64>
  %nan = dlc.compare NE, %got, %got : tensor<183xf64>
  %wants = dlc.compare NE, %want, %want : tensor<183xf64>
  %nans = dlc.and %nan, %wants : tensor<183xi1>
  %finite = dlc.is_finite %got : tensor<183xf64>
  %close = dlc.and %near, %finite : tensor<183xi1>
  %either = dlc.or %close, %same : tensor<183xi1>
  %right = dlc.or %either, %nans : tensor<183xi1>
  %all = dlc.reduce and %right dims [0] : tensor<183xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @negate() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.negate"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-4.0, 2.0]> : tensor<2xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2xf32>
  %r3 = "dlc.negate"(%v2)  : (tensor<2xf32>) -> tensor<2xf32>
  %w3_0 = dlc.convert %r3 : tensor<2xf32> to tensor<2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2xf64> to tensor<2xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<2xf64>) -> tensor<62xf64>
  %want = dlc.constant dense<[-1.764052391052246, -0.40015721321105957, -0.978738009929657, -2.2408931255340576, -1.8675580024719238, 0.9772778749465942, -0.9500884413719177, 0.15135720372200012, 0.10321885347366333, -0.4105985164642334, -0.14404356479644775, -1.4542734622955322, -0.7610377073287964, -0.12167501449584961, -0.44386324286460876, -0.3336743414402008, -1.4940791130065918, 0.2051582634449005, -0.3130677044391632, 0.8540957570075989, 2.5529897212982178, -0.653618574142456, -0.8644362092018127, 0.7421650290489197, -2.269754648208618, 1.4543657302856445, -0.04575851559638977, 0.18718385696411133, -1.5327792167663574, -1.4693588018417358, -0.154947429895401, -0.37816253304481506, 0.8877857327461243, 1.980796456336975, 0.34791216254234314, -0.15634897351264954, -1.2302906513214111, -1.202379822731018, 0.38732680678367615, 0.302302747964859, 1.0485529899597168, 1.420017957687378, 1.7062702178955078, -1.950775384902954, 0.5096521973609924, 0.4380742907524109, 1.2527953386306763, -0.7774903774261475, 1.6138978004455566, 0.21274028718471527, 0.8954665660858154, -0.38690251111984253, 0.5108051300048828, 1.18063223361969, 0.02818222902715206, -0.4283318817615509, -0.06651721894741058, -0.30247190594673157, 0.6343221068382263, 0.3627411723136902, 4.0, -2.0]> : tensor<62xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<62xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<62xf64>
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

func.func @not() -> tensor<i1> {
  %c0 = dlc.constant dense<[[true, true, true, true], [true, false, true, false], [false, true, true, true]]> : tensor<3x4xi1>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4xi1>
  %r1 = "dlc.not"(%v0)  : (tensor<3x4xi1>) -> tensor<3x4xi1>
  %w1_0 = dlc.convert %r1 : tensor<3x4xi1> to tensor<3x4xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4xf64> to tensor<12xf64>
  %c2 = dlc.constant dense<[[[true, true, true, true, true], [false, true, false, false, true], [true, false, true, false, true], [false, true, true, true, true]], [[false, false, false, true, true], [true, false, false, false, false], [false, true, false, false, false], [true, false, false, false, true]], [[false, false, false, true, true], [true, false, false, false, false], [false, false, true, false, false], [true, false, true, true, true]]]> : tensor<3x4x5xi1>
  %v2 = dlc.optimization_barrier %c2 : tensor<3x4x5xi1>
  %r3 = "dlc.not"(%v2)  : (tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w3_0 = dlc.convert %r3 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<12xf64>, tensor<60xf64>) -> tensor<72xf64>
  %want = dlc.constant dense<[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0]> : tensor<72xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<72xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<72xf64>
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

func.func @or() -> tensor<i1> {
  %c0 = dlc.constant dense<[[true, true, true, true], [true, false, true, false], [false, true, true, true]]> : tensor<3x4xi1>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4xi1>
  %c1 = dlc.constant dense<[[true, true, true, true], [true, false, true, false], [false, true, true, false]]> : tensor<3x4xi1>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4xi1>
  %r2 = "dlc.or"(%v0, %v1)  : (tensor<3x4xi1>, tensor<3x4xi1>) -> tensor<3x4xi1>
  %w2_0 = dlc.convert %r2 : tensor<3x4xi1> to tensor<3x4xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4xf64> to tensor<12xf64>
  %c3 = dlc.constant dense<[[[true, false, true, false, true], [true, true, true, false, false], [false, true, true, true, false], [false, false, false, false, true]], [[false, false, false, true, false], [false, false, true, false, false], [false, true, true, true, false], [false, false, false, false, false]], [[true, false, false, true, false], [true, true, true, true, false], [true, false, false, false, false], [true, false, true, true, false]]]> : tensor<3x4x5xi1>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xi1>
  %c4 = dlc.constant dense<[[[true, true, true, false, false], [true, false, true, true, true], [true, true, true, true, true], [true, true, false, false, true]], [[false, true, false, false, true], [true, true, true, false, true], [false, true, true, false, true], [true, true, false, true, true]], [[false, false, false, true, true], [true, false, true, false, true], [false, true, true, false, true], [false, false, true, true, true]]]> : tensor<3x4x5xi1>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xi1>
  %r5 = "dlc.or"(%v3, %v4)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[[[true, true, true, true, true], [false, true, false, false, true], [true, true, true, true, true], [true, true, false, true, false]], [[false, true, true, false, true], [false, true, false, true, true], [true, true, false, false, false], [true, true, true, false, false]], [[false, false, false, true, false], [false, false, true, false, false], [false, true, false, false, false], [true, true, true, false, false]]]> : tensor<3x4x5xi1>
  %v6 = dlc.optimization_barrier %c6 : tensor<3x4x5xi1>
  %c7 = dlc.constant dense<[[[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]], [[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]], [[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]]]> : tensor<3x4x5xi1>
  %v7 = dlc.optimization_barrier %c7 : tensor<3x4x5xi1>
  %r8 = "dlc.or"(%v6, %v7)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w8_0 = dlc.convert %r8 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c9 = dlc.constant dense<[[[false, false, true, false, true], [true, true, true, false, true], [false, false, false, false, true], [false, true, true, false, true]], [[true, true, false, false, true], [false, true, true, true, true], [true, true, true, true, true], [true, false, false, true, false]], [[true, false, false, true, true], [true, true, false, true, false], [true, true, false, true, true], [true, false, true, true, false]]]> : tensor<3x4x5xi1>
  %v9 = dlc.optimization_barrier %c9 : tensor<3x4x5xi1>
  %c10 = dlc.constant dense<[[[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]], [[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]], [[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]]]> : tensor<3x4x5xi1>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x4x5xi1>
  %r11 = "dlc.or"(%v9, %v10)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w11_0 = dlc.convert %r11 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0 dim 0 : (tensor<12xf64>, tensor<60xf64>, tensor<60xf64>, tensor<60xf64>) -> tensor<192xf64>
  %want = dlc.constant dense<[1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]> : tensor<192xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<192xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<192xf64>
  %difference = dlc.subtract %got, %want : tensor<192xf64>
  %error = dlc.abs %difference : tensor<192xf64>
  %size = dlc.abs %want : tensor<192xf64>
  %relative = dlc.multiply %rtol, %size : tensor<192xf64>
  %limit = dlc.add %relative, %atol : tensor<192xf64>
  %near = dlc.compare LE, %error, %limit : tensor<192xf64>
  %same = dlc.compare EQ, %got, %want : tensor<192xf64>
  %nan = dlc.compare NE, %got, %got : tensor<192xf64>
  %wants = dlc.compare NE, %want, %want : tensor<192xf64>
  %nans = dlc.and %nan, %wants : tensor<192xi1>
  %finite = dlc.is_finite %got : tensor<192xf64>
  %close = dlc.and %near, %finite : tensor<192xi1>
  %either = dlc.or %close, %same : tensor<192xi1>
  %right = dlc.or %either, %nans : tensor<192xi1>
  %all = dlc.reduce and %right dims [0] : tensor<192xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @power() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0]], [[20.0, 21.0, 22.0, 23.0, 24.0], [25.0, 26.0, 27.0, 28.0, 29.0], [30.0, 31.0, 32.0, 33.0, 34.0], [35.0, 36.0, 37.0, 38.0, 39.0]], [[40.0, 41.0, 42.0, 43.0, 44.0], [45.0, 46.0, 47.0, 48.0, 49.0], [50.0, 51.0, 52.0, 53.0, 54.0], [55.0, 56.0, 57.0, 58.0, 59.0]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %c1 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4x5xf32>
  %r2 = "dlc.power"(%v0, %v1)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w2_0 = dlc.convert %r2 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c3 = dlc.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<2x3xf32>
  %c4 = dlc.constant dense<[[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]> : tensor<2x3xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3xf32>
  %r5 = "dlc.power"(%v3, %v4)  : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x3xf32> to tensor<2x3xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x3xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3xf32>
  %c7 = dlc.constant dense<[2.0, 2.0, 2.0]> : tensor<3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<3xf32>
  %r8 = "dlc.power"(%v6, %v7)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w8_0 = dlc.convert %r8 : tensor<3xf32> to tensor<3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3xf64> to tensor<3xf64>
  %c9 = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %v9 = dlc.optimization_barrier %c9 : tensor<3xf32>
  %c10 = dlc.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<3xf32>
  %r11 = "dlc.power"(%v9, %v10)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w11_0 = dlc.convert %r11 : tensor<3xf32> to tensor<3xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3xf64> to tensor<3xf64>
  %c12 = dlc.constant dense<[1, 2, 3]> : tensor<3xi64>
  %v12 = dlc.optimization_barrier %c12 : tensor<3xi64>
  %c13 = dlc.constant dense<[4, 5, 6]> : tensor<3xi64>
  %v13 = dlc.optimization_barrier %c13 : tensor<3xi64>
  %r14 = "dlc.power"(%v12, %v13)  : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  %w14_0 = dlc.convert %r14 : tensor<3xi64> to tensor<3xf64>
  %f14_0 = dlc.reshape %w14_0 : tensor<3xf64> to tensor<3xf64>
  %c15 = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %v15 = dlc.optimization_barrier %c15 : tensor<3xf32>
  %c16 = dlc.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<3xf32>
  %r17 = "dlc.power"(%v15, %v16)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w17_0 = dlc.convert %r17 : tensor<3xf32> to tensor<3xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<3xf64> to tensor<3xf64>
  %c18 = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<3xf32>
  %c19 = dlc.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %v19 = dlc.optimization_barrier %c19 : tensor<3xf32>
  %r20 = "dlc.power"(%v18, %v19)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w20_0 = dlc.convert %r20 : tensor<3xf32> to tensor<3xf64>
  %f20_0 = dlc.reshape %w20_0 : tensor<3xf64> to tensor<3xf64>
  %c21 = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %v21 = dlc.optimization_barrier %c21 : tensor<3xf32>
  %c22 = dlc.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<3xf32>
  %r23 = "dlc.power"(%v21, %v22)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w23_0 = dlc.convert %r23 : tensor<3xf32> to tensor<3xf64>
  %f23_0 = dlc.reshape %w23_0 : tensor<3xf64> to tensor<3xf64>
  %c24 = dlc.constant dense<[1, 2, 3]> : tensor<3xi32>
  %v24 = dlc.optimization_barrier %c24 : tensor<3xi32>
  %c25 = dlc.constant dense<[4, 5, 6]> : tensor<3xi32>
  %v25 = dlc.optimization_barrier %c25 : tensor<3xi32>
  %r26 = "dlc.power"(%v24, %v25)  : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  %w26_0 = dlc.convert %r26 : tensor<3xi32> to tensor<3xf64>
  %f26_0 = dlc.reshape %w26_0 : tensor<3xf64> to tensor<3xf64>
  %c27 = dlc.constant dense<[1, 2, 3]> : tensor<3xi32>
  %v27 = dlc.optimization_barrier %c27 : tensor<3xi32>
  %c28 = dlc.constant dense<[4, 5, 6]> : tensor<3xi32>
  %v28 = dlc.optimization_barrier %c28 : tensor<3xi32>
  %r29 = "dlc.power"(%v27, %v28)  : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  %w29_0 = dlc.convert %r29 : tensor<3xi32> to tensor<3xf64>
  %f29_0 = dlc.reshape %w29_0 : tensor<3xf64> to tensor<3xf64>
  %c30 = dlc.constant dense<[1, 2, 3]> : tensor<3xi64>
  %v30 = dlc.optimization_barrier %c30 : tensor<3xi64>
  %c31 = dlc.constant dense<[4, 5, 6]> : tensor<3xi64>
  %v31 = dlc.optimization_barrier %c31 : tensor<3xi64>
  %r32 = "dlc.power"(%v30, %v31)  : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  %w32_0 = dlc.convert %r32 : tensor<3xi64> to tensor<3xf64>
  %f32_0 = dlc.reshape %w32_0 : tensor<3xf64> to tensor<3xf64>
  %c33 = dlc.constant dense<[1, 2, 3]> : tensor<3xi64>
  %v33 = dlc.optimization_barrier %c33 : tensor<3xi64>
  %c34 = dlc.constant dense<[4, 5, 6]> : tensor<3xi64>
  %v34 = dlc.optimization_barrier %c34 : tensor<3xi64>
  %r35 = "dlc.power"(%v33, %v34)  : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  %w35_0 = dlc.convert %r35 : tensor<3xi64> to tensor<3xf64>
  %f35_0 = dlc.reshape %w35_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0, %f14_0, %f17_0, %f20_0, %f23_0, %f26_0, %f29_0, %f32_0, %f35_0 dim 0 : (tensor<60xf64>, tensor<6xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<96xf64>
  %want = dlc.constant dense<[0.0, 1.0, 1.970740795135498, 11.726752281188965, 13.316250801086426, 0.20744934678077698, 5.486716270446777, 0.7448834180831909, 0.806833803653717, 2.464963912963867, 1.3932965993881226, 32.69412612915039, 6.626704692840576, 1.366278052330017, 3.2264437675476074, 2.4684906005859375, 62.95793914794922, 0.5591949224472046, 2.4716403484344482, 0.0808764323592186, 0.0004769620136357844, 7.315215110778809, 14.469008445739746, 0.09758278727531433, 1357.5032958984375, 0.009265822358429432, 1.160772442817688, 0.5395998358726501, 165.2622833251953, 140.85989379882812, 1.6938546895980835, 3.664182662963867, 0.04610513895750046, 0.0009820485720410943, 0.2932107150554657, 1.7434659004211426, 82.16831970214844, 76.83765411376953, 0.24440352618694305, 0.3303823173046112, 0.020900430157780647, 0.005126464646309614, 0.001699409680441022, 1536.4910888671875, 0.14534856379032135, 0.18869921565055847, 0.008258568122982979, 19.95446014404297, 0.0019348551286384463, 0.43694543838500977, 0.030104342848062515, 4.577867031097412, 0.1328791081905365, 0.009210099466145039, 0.8936702013015747, 5.5648417472839355, 1.3070271015167236, 3.397056818008423, 0.07610595226287842, 0.22784477472305298, 1.0, 4.0, 27.0, 4.0, 25.0, 216.0, 1.0, 4.0, 9.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0, 1.0, 32.0, 729.0]> : tensor<96xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<96xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<96xf64>
  %difference = dlc.subtract %got, %want : tensor<96xf64>
  %error = dlc.abs %difference : tensor<96xf64>
  %size = dlc.abs %want : tensor<96xf64>
  %relative = dlc.multiply %rtol, %size : tensor<96xf64>
  %limit = dlc.add %relative, %atol : tensor<96xf64>
  %near = dlc.compare LE, %error, %limit : tensor<96xf64>
  %same = dlc.compare EQ, %got, %want : tensor<96xf64>
  %nan = dlc.compare NE, %got, %got : tensor<96xf64>
  %wants = dlc.compare NE, %want, %want : tensor<96xf64>
  %nans = dlc.and %nan, %wants : tensor<96xi1>
  %finite = dlc.is_finite %got : tensor<96xf64>
  %close = dlc.and %near, %finite : tensor<96xi1>
  %either = dlc.or %close, %same : tensor<96xi1>
  %right = dlc.or %either, %nans : tensor<96xi1>
  %all = dlc.reduce and %right dims [0] : tensor<96xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @reduce() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x2x2xf32>
  %r1 = "dlc.reduce"(%v0) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w1_0 = dlc.convert %r1 : tensor<f32> to tensor<f64>
  %f1_0 = dlc.reshape %w1_0 : tensor<f64> to tensor<1xf64>
  %c2 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3x2x2xf32>
  %r3 = "dlc.reduce"(%v2) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w3_0 = dlc.convert %r3 : tensor<f32> to tensor<f64>
  %f3_0 = dlc.reshape %w3_0 : tensor<f64> to tensor<1xf64>
  %c4 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x2x2xf32>
  %r5 = "dlc.reduce"(%v4) <{dimensions = array<i64: 1>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w5_0 = dlc.convert %r5 : tensor<3x2xf32> to tensor<3x2xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x2xf64> to tensor<6xf64>
  %c6 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3x2x2xf32>
  %r7 = "dlc.reduce"(%v6) <{dimensions = array<i64: 1>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w7_0 = dlc.convert %r7 : tensor<3x2xf32> to tensor<3x2xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<3x2xf64> to tensor<6xf64>
  %c8 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<3x2x2xf32>
  %r9 = "dlc.reduce"(%v8) <{dimensions = array<i64: 1>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w9_0 = dlc.convert %r9 : tensor<3x2xf32> to tensor<3x2xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<3x2xf64> to tensor<6xf64>
  %c10 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x2x2xf32>
  %r11 = "dlc.reduce"(%v10) <{dimensions = array<i64: 1>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w11_0 = dlc.convert %r11 : tensor<3x2xf32> to tensor<3x2xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x2xf64> to tensor<6xf64>
  %c12 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<3x2x2xf32>
  %r13 = "dlc.reduce"(%v12) <{dimensions = array<i64: 1>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w13_0 = dlc.convert %r13 : tensor<3x2xf32> to tensor<3x2xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<3x2xf64> to tensor<6xf64>
  %c14 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<3x2x2xf32>
  %r15 = "dlc.reduce"(%v14) <{dimensions = array<i64: 1>, kind = #dlc<reduction max>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w15_0 = dlc.convert %r15 : tensor<3x2xf32> to tensor<3x2xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<3x2xf64> to tensor<6xf64>
  %c16 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<3x2x2xf32>
  %r17 = "dlc.reduce"(%v16) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w17_0 = dlc.convert %r17 : tensor<f32> to tensor<f64>
  %f17_0 = dlc.reshape %w17_0 : tensor<f64> to tensor<1xf64>
  %c18 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<3x2x2xf32>
  %r19 = "dlc.reduce"(%v18) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w19_0 = dlc.convert %r19 : tensor<f32> to tensor<f64>
  %f19_0 = dlc.reshape %w19_0 : tensor<f64> to tensor<1xf64>
  %c20 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v20 = dlc.optimization_barrier %c20 : tensor<3x2x2xf32>
  %r21 = "dlc.reduce"(%v20) <{dimensions = array<i64: 1>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w21_0 = dlc.convert %r21 : tensor<3x2xf32> to tensor<3x2xf64>
  %f21_0 = dlc.reshape %w21_0 : tensor<3x2xf64> to tensor<6xf64>
  %c22 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v22 = dlc.optimization_barrier %c22 : tensor<3x2x2xf32>
  %r23 = "dlc.reduce"(%v22) <{dimensions = array<i64: 1>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w23_0 = dlc.convert %r23 : tensor<3x2xf32> to tensor<3x2xf64>
  %f23_0 = dlc.reshape %w23_0 : tensor<3x2xf64> to tensor<6xf64>
  %c24 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v24 = dlc.optimization_barrier %c24 : tensor<3x2x2xf32>
  %r25 = "dlc.reduce"(%v24) <{dimensions = array<i64: 1>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w25_0 = dlc.convert %r25 : tensor<3x2xf32> to tensor<3x2xf64>
  %f25_0 = dlc.reshape %w25_0 : tensor<3x2xf64> to tensor<6xf64>
  %c26 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v26 = dlc.optimization_barrier %c26 : tensor<3x2x2xf32>
  %r27 = "dlc.reduce"(%v26) <{dimensions = array<i64: 1>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w27_0 = dlc.convert %r27 : tensor<3x2xf32> to tensor<3x2xf64>
  %f27_0 = dlc.reshape %w27_0 : tensor<3x2xf64> to tensor<6xf64>
  %c28 = dlc.constant dense<[[[5.0, 1.0], [20.0, 2.0]], [[30.0, 1.0], [40.0, 2.0]], [[55.0, 1.0], [60.0, 2.0]]]> : tensor<3x2x2xf32>
  %v28 = dlc.optimization_barrier %c28 : tensor<3x2x2xf32>
  %r29 = "dlc.reduce"(%v28) <{dimensions = array<i64: 1>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w29_0 = dlc.convert %r29 : tensor<3x2xf32> to tensor<3x2xf64>
  %f29_0 = dlc.reshape %w29_0 : tensor<3x2xf64> to tensor<6xf64>
  %c30 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v30 = dlc.optimization_barrier %c30 : tensor<3x2x2xf32>
  %r31 = "dlc.reduce"(%v30) <{dimensions = array<i64: 1>, kind = #dlc<reduction min>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w31_0 = dlc.convert %r31 : tensor<3x2xf32> to tensor<3x2xf64>
  %f31_0 = dlc.reshape %w31_0 : tensor<3x2xf64> to tensor<6xf64>
  %c32 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v32 = dlc.optimization_barrier %c32 : tensor<3x2x2xf32>
  %r33 = "dlc.reduce"(%v32) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w33_0 = dlc.convert %r33 : tensor<f32> to tensor<f64>
  %f33_0 = dlc.reshape %w33_0 : tensor<f64> to tensor<1xf64>
  %c34 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v34 = dlc.optimization_barrier %c34 : tensor<3x2x2xf32>
  %r35 = "dlc.reduce"(%v34) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w35_0 = dlc.convert %r35 : tensor<f32> to tensor<f64>
  %f35_0 = dlc.reshape %w35_0 : tensor<f64> to tensor<1xf64>
  %c36 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v36 = dlc.optimization_barrier %c36 : tensor<3x2x2xf32>
  %r37 = "dlc.reduce"(%v36) <{dimensions = array<i64: 1>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w37_0 = dlc.convert %r37 : tensor<3x2xf32> to tensor<3x2xf64>
  %f37_0 = dlc.reshape %w37_0 : tensor<3x2xf64> to tensor<6xf64>
  %c38 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v38 = dlc.optimization_barrier %c38 : tensor<3x2x2xf32>
  %r39 = "dlc.reduce"(%v38) <{dimensions = array<i64: 1>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w39_0 = dlc.convert %r39 : tensor<3x2xf32> to tensor<3x2xf64>
  %f39_0 = dlc.reshape %w39_0 : tensor<3x2xf64> to tensor<6xf64>
  %c40 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v40 = dlc.optimization_barrier %c40 : tensor<3x2x2xf32>
  %r41 = "dlc.reduce"(%v40) <{dimensions = array<i64: 1>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w41_0 = dlc.convert %r41 : tensor<3x2xf32> to tensor<3x2xf64>
  %f41_0 = dlc.reshape %w41_0 : tensor<3x2xf64> to tensor<6xf64>
  %c42 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v42 = dlc.optimization_barrier %c42 : tensor<3x2x2xf32>
  %r43 = "dlc.reduce"(%v42) <{dimensions = array<i64: 1>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w43_0 = dlc.convert %r43 : tensor<3x2xf32> to tensor<3x2xf64>
  %f43_0 = dlc.reshape %w43_0 : tensor<3x2xf64> to tensor<6xf64>
  %c44 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v44 = dlc.optimization_barrier %c44 : tensor<3x2x2xf32>
  %r45 = "dlc.reduce"(%v44) <{dimensions = array<i64: 1>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w45_0 = dlc.convert %r45 : tensor<3x2xf32> to tensor<3x2xf64>
  %f45_0 = dlc.reshape %w45_0 : tensor<3x2xf64> to tensor<6xf64>
  %c46 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v46 = dlc.optimization_barrier %c46 : tensor<3x2x2xf32>
  %r47 = "dlc.reduce"(%v46) <{dimensions = array<i64: 1>, kind = #dlc<reduction mul>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w47_0 = dlc.convert %r47 : tensor<3x2xf32> to tensor<3x2xf64>
  %f47_0 = dlc.reshape %w47_0 : tensor<3x2xf64> to tensor<6xf64>
  %c48 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v48 = dlc.optimization_barrier %c48 : tensor<3x2x2xf32>
  %r49 = "dlc.reduce"(%v48) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w49_0 = dlc.convert %r49 : tensor<f32> to tensor<f64>
  %f49_0 = dlc.reshape %w49_0 : tensor<f64> to tensor<1xf64>
  %c50 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v50 = dlc.optimization_barrier %c50 : tensor<3x2x2xf32>
  %r51 = "dlc.reduce"(%v50) <{dimensions = array<i64: 0, 1, 2>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<f32>
  %w51_0 = dlc.convert %r51 : tensor<f32> to tensor<f64>
  %f51_0 = dlc.reshape %w51_0 : tensor<f64> to tensor<1xf64>
  %c52 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v52 = dlc.optimization_barrier %c52 : tensor<3x2x2xf32>
  %r53 = "dlc.reduce"(%v52) <{dimensions = array<i64: 1>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w53_0 = dlc.convert %r53 : tensor<3x2xf32> to tensor<3x2xf64>
  %f53_0 = dlc.reshape %w53_0 : tensor<3x2xf64> to tensor<6xf64>
  %c54 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v54 = dlc.optimization_barrier %c54 : tensor<3x2x2xf32>
  %r55 = "dlc.reduce"(%v54) <{dimensions = array<i64: 1>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w55_0 = dlc.convert %r55 : tensor<3x2xf32> to tensor<3x2xf64>
  %f55_0 = dlc.reshape %w55_0 : tensor<3x2xf64> to tensor<6xf64>
  %c56 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v56 = dlc.optimization_barrier %c56 : tensor<3x2x2xf32>
  %r57 = "dlc.reduce"(%v56) <{dimensions = array<i64>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2x2xf32>
  %w57_0 = dlc.convert %r57 : tensor<3x2x2xf32> to tensor<3x2x2xf64>
  %f57_0 = dlc.reshape %w57_0 : tensor<3x2x2xf64> to tensor<12xf64>
  %c58 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v58 = dlc.optimization_barrier %c58 : tensor<3x2x2xf32>
  %r59 = "dlc.reduce"(%v58) <{dimensions = array<i64>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2x2xf32>
  %w59_0 = dlc.convert %r59 : tensor<3x2x2xf32> to tensor<3x2x2xf64>
  %f59_0 = dlc.reshape %w59_0 : tensor<3x2x2xf64> to tensor<12xf64>
  %c60 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v60 = dlc.optimization_barrier %c60 : tensor<3x2x2xf32>
  %r61 = "dlc.reduce"(%v60) <{dimensions = array<i64: 1>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w61_0 = dlc.convert %r61 : tensor<3x2xf32> to tensor<3x2xf64>
  %f61_0 = dlc.reshape %w61_0 : tensor<3x2xf64> to tensor<6xf64>
  %c62 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v62 = dlc.optimization_barrier %c62 : tensor<3x2x2xf32>
  %r63 = "dlc.reduce"(%v62) <{dimensions = array<i64: 1>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w63_0 = dlc.convert %r63 : tensor<3x2xf32> to tensor<3x2xf64>
  %f63_0 = dlc.reshape %w63_0 : tensor<3x2xf64> to tensor<6xf64>
  %c64 = dlc.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], [[9.0, 10.0], [11.0, 12.0]]]> : tensor<3x2x2xf32>
  %v64 = dlc.optimization_barrier %c64 : tensor<3x2x2xf32>
  %r65 = "dlc.reduce"(%v64) <{dimensions = array<i64: 1>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2xf32>
  %w65_0 = dlc.convert %r65 : tensor<3x2xf32> to tensor<3x2xf64>
  %f65_0 = dlc.reshape %w65_0 : tensor<3x2xf64> to tensor<6xf64>
  %c66 = dlc.constant dense<[[[0.9762700796127319, 4.3037872314453125], [2.055267572402954, 0.8976636528968811]], [[-1.5269039869308472, 2.917882204055786], [-1.248255729675293, 7.835460186004639]], [[9.273255348205566, -2.331169605255127], [5.834500789642334, 0.577898383140564]]]> : tensor<3x2x2xf32>
  %v66 = dlc.optimization_barrier %c66 : tensor<3x2x2xf32>
  %r67 = "dlc.reduce"(%v66) <{dimensions = array<i64>, kind = #dlc<reduction add>}> : (tensor<3x2x2xf32>) -> tensor<3x2x2xf32>
  %w67_0 = dlc.convert %r67 : tensor<3x2x2xf32> to tensor<3x2x2xf64>
  %f67_0 = dlc.reshape %w67_0 : tensor<3x2x2xf64> to tensor<12xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0, %f17_0, %f19_0, %f21_0, %f23_0, %f25_0, %f27_0, %f29_0, %f31_0, %f33_0, %f35_0, %f37_0, %f39_0, %f41_0, %f43_0, %f45_0, %f47_0, %f49_0, %f51_0, %f53_0, %f55_0, %f57_0, %f59_0, %f61_0, %f63_0, %f65_0, %f67_0 dim 0 : (tensor<1xf64>, tensor<1xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<1xf64>, tensor<1xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<1xf64>, tensor<1xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<1xf64>, tensor<1xf64>, tensor<6xf64>, tensor<6xf64>, tensor<12xf64>, tensor<12xf64>, tensor<6xf64>, tensor<6xf64>, tensor<6xf64>, tensor<12xf64>) -> tensor<182xf64>
  %want = dlc.constant dense<[60.0, 9.273255348205566, 20.0, 2.0, 40.0, 2.0, 60.0, 2.0, 2.055267572402954, 4.3037872314453125, -1.248255729675293, 7.835460186004639, 9.273255348205566, 0.577898383140564, 20.0, 2.0, 40.0, 2.0, 60.0, 2.0, 2.055267572402954, 4.3037872314453125, -1.248255729675293, 7.835460186004639, 9.273255348205566, 0.577898383140564, 20.0, 2.0, 40.0, 2.0, 60.0, 2.0, 2.055267572402954, 4.3037872314453125, -1.248255729675293, 7.835460186004639, 9.273255348205566, 0.577898383140564, 1.0, -2.331169605255127, 5.0, 1.0, 30.0, 1.0, 55.0, 1.0, 0.9762700796127319, 0.8976636528968811, -1.5269039869308472, 2.917882204055786, 5.834500789642334, -2.331169605255127, 5.0, 1.0, 30.0, 1.0, 55.0, 1.0, 0.9762700796127319, 0.8976636528968811, -1.5269039869308472, 2.917882204055786, 5.834500789642334, -2.331169605255127, 5.0, 1.0, 30.0, 1.0, 55.0, 1.0, 0.9762700796127319, 0.8976636528968811, -1.5269039869308472, 2.917882204055786, 5.834500789642334, -2.331169605255127, 479001600.0, -24621.337890625, 3.0, 8.0, 35.0, 48.0, 99.0, 120.0, 2.0064961910247803, 3.8633532524108887, 1.9059666395187378, 22.86294937133789, 54.10481643676758, -1.3471791744232178, 3.0, 8.0, 35.0, 48.0, 99.0, 120.0, 2.0064961910247803, 3.8633532524108887, 1.9059666395187378, 22.86294937133789, 54.10481643676758, -1.3471791744232178, 3.0, 8.0, 35.0, 48.0, 99.0, 120.0, 2.0064961910247803, 3.8633532524108887, 1.9059666395187378, 22.86294937133789, 54.10481643676758, -1.3471791744232178, 78.0, 29.565654754638672, 4.0, 6.0, 12.0, 14.0, 20.0, 22.0, 3.0315375328063965, 5.201450824737549, -2.7751598358154297, 10.753342628479004, 15.107755661010742, -1.753271222114563, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 0.9762700796127319, 4.3037872314453125, 2.055267572402954, 0.8976636528968811, -1.5269039869308472, 2.917882204055786, -1.248255729675293, 7.835460186004639, 9.273255348205566, -2.331169605255127, 5.834500789642334, 0.577898383140564, 4.0, 6.0, 12.0, 14.0, 20.0, 22.0, 3.0315375328063965, 5.201450824737549, -2.7751598358154297, 10.753342628479004, 15.107755661010742, -1.753271222114563, 4.0, 6.0, 12.0, 14.0, 20.0, 22.0, 0.9762700796127319, 4.3037872314453125, 2.055267572402954, 0.8976636528968811, -1.5269039869308472, 2.917882204055786, -1.248255729675293, 7.835460186004639, 9.273255348205566, -2.331169605255127, 5.834500789642334, 0.577898383140564]> : tensor<182xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<182xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<182xf64>
  %difference = dlc.subtract %got, %want : tensor<182xf64>
  %error = dlc.abs %difference : tensor<182xf64>
  %size = dlc.abs %want : tensor<182xf64>
  %relative = dlc.multiply %rtol, %size : tensor<182xf64>
  %limit = dlc.add %relative, %atol : tensor<182xf64>
  %near = dlc.compare LE, %error, %limit : tensor<182xf64>
  %same = dlc.compare EQ, %got, %want : tensor<182xf64>
  %nan = dlc.compare NE, %got, %got : tensor<182xf64>
  %wants = dlc.compare NE, %want, %want : tensor<182xf64>
  %nans = dlc.and %nan, %wants : tensor<182xi1>
  %finite = dlc.is_finite %got : tensor<182xf64>
  %close = dlc.and %near, %finite : tensor<182xi1>
  %either = dlc.or %close, %same : tensor<182xi1>
  %right = dlc.or %either, %nans : tensor<182xi1>
  %all = dlc.reduce and %right dims [0] : tensor<182xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @reshape() -> tensor<i1> {
  %c0 = dlc.constant dense<> : tensor<0x3x4xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<0x3x4xf32>
  %r1 = "dlc.reshape"(%v0)  : (tensor<0x3x4xf32>) -> tensor<3x4x0xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x0xf32> to tensor<3x4x0xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x0xf64> to tensor<0xf64>
  %c2 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3x4xf32>
  %r3 = "dlc.reshape"(%v2)  : (tensor<2x3x4xf32>) -> tensor<2x3x2x2xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x3x2x2xf32> to tensor<2x3x2x2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x3x2x2xf64> to tensor<24xf64>
  %c4 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3x4xf32>
  %r5 = "dlc.reshape"(%v4)  : (tensor<2x3x4xf32>) -> tensor<2x6x2xf32>
  %w5_0 = dlc.convert %r5 : tensor<2x6x2xf32> to tensor<2x6x2xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<2x6x2xf64> to tensor<24xf64>
  %c6 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7 = "dlc.reshape"(%v6)  : (tensor<2x3x4xf32>) -> tensor<1x2x3x4xf32>
  %w7_0 = dlc.convert %r7 : tensor<1x2x3x4xf32> to tensor<1x2x3x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<1x2x3x4xf64> to tensor<24xf64>
  %c8 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x3x4xf32>
  %r9 = "dlc.reshape"(%v8)  : (tensor<2x3x4xf32>) -> tensor<24xf32>
  %w9_0 = dlc.convert %r9 : tensor<24xf32> to tensor<24xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<24xf64> to tensor<24xf64>
  %c10 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x3x4xf32>
  %r11 = "dlc.reshape"(%v10)  : (tensor<2x3x4xf32>) -> tensor<2x12xf32>
  %w11_0 = dlc.convert %r11 : tensor<2x12xf32> to tensor<2x12xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<2x12xf64> to tensor<24xf64>
  %c12 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x3x4xf32>
  %r13 = "dlc.reshape"(%v12)  : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %w13_0 = dlc.convert %r13 : tensor<4x2x3xf32> to tensor<4x2x3xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<4x2x3xf64> to tensor<24xf64>
  %c14 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v14 = dlc.optimization_barrier %c14 : tensor<2x3x4xf32>
  %r15 = "dlc.reshape"(%v14)  : (tensor<2x3x4xf32>) -> tensor<2x4x3xf32>
  %w15_0 = dlc.convert %r15 : tensor<2x4x3xf32> to tensor<2x4x3xf64>
  %f15_0 = dlc.reshape %w15_0 : tensor<2x4x3xf64> to tensor<24xf64>
  %c16 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v16 = dlc.optimization_barrier %c16 : tensor<2x3x4xf32>
  %r17 = "dlc.reshape"(%v16)  : (tensor<2x3x4xf32>) -> tensor<2x3x1x4xf32>
  %w17_0 = dlc.convert %r17 : tensor<2x3x1x4xf32> to tensor<2x3x1x4xf64>
  %f17_0 = dlc.reshape %w17_0 : tensor<2x3x1x4xf64> to tensor<24xf64>
  %c18 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v18 = dlc.optimization_barrier %c18 : tensor<2x3x4xf32>
  %r19 = "dlc.reshape"(%v18)  : (tensor<2x3x4xf32>) -> tensor<2x3x4x1xf32>
  %w19_0 = dlc.convert %r19 : tensor<2x3x4x1xf32> to tensor<2x3x4x1xf64>
  %f19_0 = dlc.reshape %w19_0 : tensor<2x3x4x1xf64> to tensor<24xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0, %f15_0, %f17_0, %f19_0 dim 0 : (tensor<0xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>) -> tensor<216xf64>
  %want = dlc.constant dense<[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]> : tensor<216xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<216xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<216xf64>
  %difference = dlc.subtract %got, %want : tensor<216xf64>
  %error = dlc.abs %difference : tensor<216xf64>
  %size = dlc.abs %want : tensor<216xf64>
  %relative = dlc.multiply %rtol, %size : tensor<216xf64>
  %limit = dlc.add %relative, %atol : tensor<216xf64>
  %near = dlc.compare LE, %error, %limit : tensor<216xf64>
  %same = dlc.compare EQ, %got, %want : tensor<216xf64>
  %nan = dlc.compare NE, %got, %got : tensor<216xf64>
  %wants = dlc.compare NE, %want, %want : tensor<216xf64>
  %nans = dlc.and %nan, %wants : tensor<216xi1>
  %finite = dlc.is_finite %got : tensor<216xf64>
  %close = dlc.and %near, %finite : tensor<216xi1>
  %either = dlc.or %close, %same : tensor<216xi1>
  %right = dlc.or %either, %nans : tensor<216xi1>
  %all = dlc.reduce and %right dims [0] : tensor<216xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @round_nearest_even() -> tensor<i1> {
  %c0 = dlc.constant dense<[0.10000000149011612, 0.5, 0.8999999761581421, 1.2000000476837158, 1.5, 1.7999999523162842, 2.299999952316284, 2.5, 2.700000047683716, -1.100000023841858, -1.5, -1.899999976158142, -2.200000047683716, -2.5, -2.799999952316284]> : tensor<15xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<15xf32>
  %r1 = "dlc.round_nearest_even"(%v0)  : (tensor<15xf32>) -> tensor<15xf32>
  %w1_0 = dlc.convert %r1 : tensor<15xf32> to tensor<15xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<15xf64> to tensor<15xf64>
  %got = dlc.concatenate %f1_0 dim 0 : (tensor<15xf64>) -> tensor<15xf64>
  %want = dlc.constant dense<[0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, -1.0, -2.0, -2.0, -2.0, -2.0, -3.0]> : tensor<15xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<15xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<15xf64>
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

func.func @scatter() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0]], [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0]], [[8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]], [[8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]]> : tensor<4x4x4xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<4x4x4xf32>
  %c1 = dlc.constant dense<[[0], [2]]> : tensor<2x1xi64>
  %v1 = dlc.optimization_barrier %c1 : tensor<2x1xi64>
  %c2 = dlc.constant dense<[[[5.0, 5.0, 5.0, 5.0], [6.0, 6.0, 6.0, 6.0], [7.0, 7.0, 7.0, 7.0], [8.0, 8.0, 8.0, 8.0]], [[1.0, 1.0, 1.0, 1.0], [2.0, 2.0, 2.0, 2.0], [3.0, 3.0, 3.0, 3.0], [4.0, 4.0, 4.0, 4.0]]]> : tensor<2x4x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x4x4xf32>
  %r3 = "dlc.scatter"(%v0, %v1, %v2) <{mode = #dlc<scatter_mode replace>, batch_dims = 0 : i64, index_dims = array<i64: 0>}> : (tensor<4x4x4xf32>, tensor<2x1xi64>, tensor<2x4x4xf32>) -> tensor<4x4x4xf32>
  %w3_0 = dlc.convert %r3 : tensor<4x4x4xf32> to tensor<4x4x4xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<4x4x4xf64> to tensor<64xf64>
  %c4 = dlc.constant dense<[[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0]], [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0]], [[8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]], [[8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]]> : tensor<4x4x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<4x4x4xf32>
  %c5 = dlc.constant dense<[[0], [0]]> : tensor<2x1xi64>
  %v5 = dlc.optimization_barrier %c5 : tensor<2x1xi64>
  %c6 = dlc.constant dense<[[[5.0, 5.0, 5.0, 5.0], [6.0, 6.0, 6.0, 6.0], [7.0, 7.0, 7.0, 7.0], [8.0, 8.0, 8.0, 8.0]], [[1.0, 1.0, 1.0, 1.0], [2.0, 2.0, 2.0, 2.0], [3.0, 3.0, 3.0, 3.0], [4.0, 4.0, 4.0, 4.0]]]> : tensor<2x4x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x4x4xf32>
  %r7 = "dlc.scatter"(%v4, %v5, %v6) <{mode = #dlc<scatter_mode add>, batch_dims = 0 : i64, index_dims = array<i64: 0>}> : (tensor<4x4x4xf32>, tensor<2x1xi64>, tensor<2x4x4xf32>) -> tensor<4x4x4xf32>
  %w7_0 = dlc.convert %r7 : tensor<4x4x4xf32> to tensor<4x4x4xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<4x4x4xf64> to tensor<64xf64>
  %got = dlc.concatenate %f3_0, %f7_0 dim 0 : (tensor<64xf64>, tensor<64xf64>) -> tensor<128xf64>
  %want = dlc.constant dense<[5.0, 5.0, 5.0, 5.0, 6.0, 6.0, 6.0, 6.0, 7.0, 7.0, 7.0, 7.0, 8.0, 8.0, 8.0, 8.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 4.0, 4.0, 4.0, 4.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 7.0, 8.0, 9.0, 10.0, 13.0, 14.0, 15.0, 16.0, 18.0, 17.0, 16.0, 15.0, 16.0, 15.0, 14.0, 13.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]> : tensor<128xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<128xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<128xf64>
  %difference = dlc.subtract %got, %want : tensor<128xf64>
  %error = dlc.abs %difference : tensor<128xf64>
  %size = dlc.abs %want : tensor<128xf64>
  %relative = dlc.multiply %rtol, %size : tensor<128xf64>
  %limit = dlc.add %relative, %atol : tensor<128xf64>
  %near = dlc.compare LE, %error, %limit : tensor<128xf64>
  %same = dlc.compare EQ, %got, %want : tensor<128xf64>
  %nan = dlc.compare NE, %got, %got : tensor<128xf64>
  %wants = dlc.compare NE, %want, %want : tensor<128xf64>
  %nans = dlc.and %nan, %wants : tensor<128xi1>
  %finite = dlc.is_finite %got : tensor<128xf64>
  %close = dlc.and %near, %finite : tensor<128xi1>
  %either = dlc.or %close, %same : tensor<128xi1>
  %right = dlc.or %either, %nans : tensor<128xi1>
  %all = dlc.reduce and %right dims [0] : tensor<128xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @select() -> tensor<i1> {
  %c0 = dlc.constant dense<[[true, false], [true, true]]> : tensor<2x2xi1>
  %v0 = dlc.optimization_barrier %c0 : tensor<2x2xi1>
  %c1 = dlc.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<2x2xf32>
  %c2 = dlc.constant dense<[[9.0, 8.0], [7.0, 6.0]]> : tensor<2x2xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x2xf32>
  %r3 = "dlc.select"(%v0, %v1, %v2)  : (tensor<2x2xi1>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x2xf32> to tensor<2x2xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x2xf64> to tensor<4xf64>
  %c4 = dlc.constant dense<[[true, false], [true, true]]> : tensor<2x2xi1>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x2xi1>
  %c5 = dlc.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %v5 = dlc.optimization_barrier %c5 : tensor<2x2xi64>
  %c6 = dlc.constant dense<[[9, 8], [7, 6]]> : tensor<2x2xi64>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x2xi64>
  %r7 = "dlc.select"(%v4, %v5, %v6)  : (tensor<2x2xi1>, tensor<2x2xi64>, tensor<2x2xi64>) -> tensor<2x2xi64>
  %w7_0 = dlc.convert %r7 : tensor<2x2xi64> to tensor<2x2xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<2x2xf64> to tensor<4xf64>
  %got = dlc.concatenate %f3_0, %f7_0 dim 0 : (tensor<4xf64>, tensor<4xf64>) -> tensor<8xf64>
  %want = dlc.constant dense<[1.0, 8.0, 3.0, 4.0, 1.0, 8.0, 3.0, 4.0]> : tensor<8xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<8xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<8xf64>
  %difference = dlc.subtract %got, %want : tensor<8xf64>
  %error = dlc.abs %difference : tensor<8xf64>
  %size = dlc.abs %want : tensor<8xf64>
  %relative = dlc.multiply %rtol, %size : tensor<8xf64>
  %limit = dlc.add %relative, %atol : tensor<8xf64>
  %near = dlc.compare LE, %error, %limit : tensor<8xf64>
  %same = dlc.compare EQ, %got, %want : tensor<8xf64>
  %nan = dlc.compare NE, %got, %got : tensor<8xf64>
  %wants = dlc.compare NE, %want, %want : tensor<8xf64>
  %nans = dlc.and %nan, %wants : tensor<8xi1>
  %finite = dlc.is_finite %got : tensor<8xf64>
  %close = dlc.and %near, %finite : tensor<8xi1>
  %either = dlc.or %close, %same : tensor<8xi1>
  %right = dlc.or %either, %nans : tensor<8xi1>
  %all = dlc.reduce and %right dims [0] : tensor<8xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @sign() -> tensor<i1> {
  %c0 = dlc.constant dense<[-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<11xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<11xf32>
  %r1 = "dlc.sign"(%v0)  : (tensor<11xf32>) -> tensor<11xf32>
  %w1_0 = dlc.convert %r1 : tensor<11xf32> to tensor<11xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<11xf64> to tensor<11xf64>
  %got = dlc.concatenate %f1_0 dim 0 : (tensor<11xf64>) -> tensor<11xf64>
  %want = dlc.constant dense<[-1.0, -1.0, -1.0, -1.0, -1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0]> : tensor<11xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<11xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<11xf64>
  %difference = dlc.subtract %got, %want : tensor<11xf64>
  %error = dlc.abs %difference : tensor<11xf64>
  %size = dlc.abs %want : tensor<11xf64>
  %relative = dlc.multiply %rtol, %size : tensor<11xf64>
  %limit = dlc.add %relative, %atol : tensor<11xf64>
  %near = dlc.compare LE, %error, %limit : tensor<11xf64>
  %same = dlc.compare EQ, %got, %want : tensor<11xf64>
  %nan = dlc.compare NE, %got, %got : tensor<11xf64>
  %wants = dlc.compare NE, %want, %want : tensor<11xf64>
  %nans = dlc.and %nan, %wants : tensor<11xi1>
  %finite = dlc.is_finite %got : tensor<11xf64>
  %close = dlc.and %near, %finite : tensor<11xi1>
  %either = dlc.or %close, %same : tensor<11xi1>
  %right = dlc.or %either, %nans : tensor<11xi1>
  %all = dlc.reduce and %right dims [0] : tensor<11xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @sine() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.sine"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.0, 0.0, 1.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.sine"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[0.9813840985298157, 0.3895631432533264, 0.8297937512397766, 0.7837615609169006, 0.9562884569168091, -0.8289780020713806, 0.8134669661521912, -0.15077996253967285, -0.10303566604852676, 0.39915817975997925, 0.1435459703207016, 0.9932188987731934, 0.6896732449531555, 0.12137500941753387, 0.4294315576553345, 0.32751691341400146, 0.9970586895942688, -0.20372210443019867, 0.30797865986824036, -0.7539772391319275, -0.5551996231079102, 0.6080631017684937, 0.7607294321060181, -0.6758851408958435, 0.7655128240585327, -0.9932296276092529, 0.04574254900217056, -0.18609268963336945, 0.9992774128913879, 0.9948596358299255, 0.1543281525373459, 0.3692134618759155, -0.7756761908531189, -0.9171207547187805, -0.3409357964992523, 0.15571275353431702, 0.9425858855247498, 0.9328988194465637, -0.377714604139328, -0.2977193295955658, -0.8667023181915283, -0.9886544346809387, -0.9908374547958374, 0.9286724328994751, -0.4878736734390259, -0.42419639229774475, -0.9498623609542847, 0.7014930844306946, -0.9990713000297546, -0.21113920211791992, -0.7805008292198181, 0.37732169032096863, -0.4888797700405121, -0.9248466491699219, -0.028178498148918152, 0.4153539538383484, 0.06646817922592163, 0.29788079857826233, -0.5926316380500793, -0.35483837127685547, -0.8414710164070129, 0.0, 0.8414710164070129]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @sqrt() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [0.9772778749465942, 0.9500884413719177, 0.15135720372200012, 0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, 0.2051582634449005, 0.3130677044391632, 0.8540957570075989]], [[2.5529897212982178, 0.653618574142456, 0.8644362092018127, 0.7421650290489197, 2.269754648208618], [1.4543657302856445, 0.04575851559638977, 0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, 0.8877857327461243, 1.980796456336975, 0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, 0.38732680678367615, 0.302302747964859]], [[1.0485529899597168, 1.420017957687378, 1.7062702178955078, 1.950775384902954, 0.5096521973609924], [0.4380742907524109, 1.2527953386306763, 0.7774903774261475, 1.6138978004455566, 0.21274028718471527], [0.8954665660858154, 0.38690251111984253, 0.5108051300048828, 1.18063223361969, 0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, 0.6343221068382263, 0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.sqrt"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[1.0, 4.0, 9.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.sqrt"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[1.3281763792037964, 0.6325798034667969, 0.9893118739128113, 1.4969613552093506, 1.3665862083435059, 0.9885736703872681, 0.9747248291969299, 0.3890465199947357, 0.3212769031524658, 0.6407796144485474, 0.37953072786331177, 1.2059326171875, 0.8723747730255127, 0.34881946444511414, 0.6662306189537048, 0.5776455402374268, 1.222325325012207, 0.4529440104961395, 0.5595245361328125, 0.9241729974746704, 1.597807765007019, 0.8084667921066284, 0.9297506213188171, 0.86149001121521, 1.5065704584121704, 1.2059708833694458, 0.21391239762306213, 0.4326474964618683, 1.238054633140564, 1.2121710777282715, 0.393633633852005, 0.6149492263793945, 0.942223846912384, 1.4074077606201172, 0.5898407697677612, 0.39540988206863403, 1.1091846227645874, 1.096530795097351, 0.6223558783531189, 0.5498206615447998, 1.0239887237548828, 1.1916450262069702, 1.306242823600769, 1.3967015743255615, 0.7138993144035339, 0.6618717908859253, 1.1192834377288818, 0.8817541599273682, 1.2703927755355835, 0.4612377882003784, 0.9462909698486328, 0.6220148801803589, 0.714706301689148, 1.08656907081604, 0.16787563264369965, 0.654470682144165, 0.2579093277454376, 0.5499744415283203, 0.7964434027671814, 0.6022799611091614, 1.0, 2.0, 3.0]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @subtract() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %c1 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.4017809331417084, -1.630198359489441, 0.46278226375579834, -0.9072983860969543, 0.05194539576768875], [0.7290905714035034, 0.12898291647434235, 1.1394007205963135, -1.234825849533081, 0.4023416340351105], [-0.6848101019859314, -0.8707971572875977, -0.5788496732711792, -0.3115525245666504, 0.056165341287851334]], [[-1.1651498079299927, 0.9008265137672424, 0.4656624495983124, -1.5362436771392822, 1.4882521629333496], [1.895889163017273, 1.1787796020507812, -0.1799248307943344, -1.0707526206970215, 1.0544517040252686], [-0.4031769335269928, 1.222445011138916, 0.2082749754190445, 0.9766390323638916, 0.3563663959503174], [0.7065731883049011, 0.01050002034753561, 1.7858705520629883, 0.12691208720207214, 0.4019893705844879]], [[1.8831506967544556, -1.3477590084075928, -1.2704850435256958, 0.969396710395813, -1.1731233596801758], [1.9436211585998535, -0.4136189818382263, -0.747454822063446, 1.922942042350769, 1.4805147647857666], [1.8675589561462402, 0.9060446619987488, -0.8612256646156311, 1.910064935684204, -0.26800337433815], [0.8024563789367676, 0.9472519755363464, -0.15501008927822113, 0.6140793561935425, 0.922206699848175]]]> : tensor<3x4x5xf32>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4x5xf32>
  %r2 = "dlc.subtract"(%v0, %v1)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w2_0 = dlc.convert %r2 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c3 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xf32>
  %c4 = dlc.constant dense<[[[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]], [[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]], [[-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526], [-0.6724604368209839, -0.35955315828323364, -0.8131462931632996, -1.7262825965881348, 0.17742614448070526]]]> : tensor<3x4x5xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xf32>
  %r5 = "dlc.subtract"(%v3, %v4)  : (tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<3xf32>
  %c7 = dlc.constant dense<[3.0, 2.0, 1.0]> : tensor<3xf32>
  %v7 = dlc.optimization_barrier %c7 : tensor<3xf32>
  %r8 = "dlc.subtract"(%v6, %v7)  : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %w8_0 = dlc.convert %r8 : tensor<3xf32> to tensor<3xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3xf64> to tensor<3xf64>
  %c9 = dlc.constant dense<[[[12, 20, 20, 21, 23], [21, 20, 18, 15, 23], [16, 20, 13, 22, 22], [16, 20, 18, 18, 18]], [[12, 20, 23, 16, 17], [17, 16, 19, 14, 18], [18, 19, 14, 20, 21], [14, 15, 21, 21, 23]], [[18, 12, 14, 15, 17], [21, 16, 18, 22, 19], [22, 14, 17, 15, 19], [15, 13, 19, 21, 16]]]> : tensor<3x4x5xui8>
  %v9 = dlc.optimization_barrier %c9 : tensor<3x4x5xui8>
  %c10 = dlc.constant dense<[[[4, 4, 5, 11, 1], [9, 6, 0, 1, 3], [5, 3, 3, 10, 8], [7, 3, 1, 8, 9]], [[4, 1, 9, 8, 10], [11, 9, 1, 10, 2], [7, 11, 3, 11, 4], [10, 11, 10, 2, 8]], [[8, 2, 7, 3, 11], [11, 3, 7, 1, 7], [11, 9, 9, 11, 1], [4, 10, 5, 11, 11]]]> : tensor<3x4x5xui8>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x4x5xui8>
  %r11 = "dlc.subtract"(%v9, %v10)  : (tensor<3x4x5xui8>, tensor<3x4x5xui8>) -> tensor<3x4x5xui8>
  %w11_0 = dlc.convert %r11 : tensor<3x4x5xui8> to tensor<3x4x5xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0 dim 0 : (tensor<60xf64>, tensor<60xf64>, tensor<3xf64>, tensor<60xf64>) -> tensor<183xf64>
  %want = dlc.constant dense<[2.4365129470825195, 0.7597103714942932, 1.7918843030929565, 3.9671757221221924, 1.6901319026947021, -0.5754969120025635, 2.580286741256714, -0.6141394376754761, 0.804079532623291, 0.35865312814712524, -0.5850470066070557, 1.325290560722351, -0.3783630132675171, 1.3565008640289307, 0.04152160882949829, 1.0184844732284546, 2.3648762702941895, 0.3736914098262787, 0.6246201992034912, -0.9102610945701599, -1.387839913368225, -0.24720793962478638, 0.39877375960350037, 0.7940786480903625, 0.7815024852752686, -3.350255012512207, -1.1330211162567139, -0.0072590261697769165, 2.603531837463379, 0.4149070978164673, 0.5581243634223938, -0.8442825078964233, -1.0960607528686523, -2.9574356079101562, -0.7042785882949829, -0.5502241849899292, 1.2197905778884888, -0.5834907293319702, -0.5142388939857483, -0.7042921185493469, -2.931703567504883, -0.07225894927978516, -0.435785174369812, 0.9813786745071411, 0.6634711623191833, -2.381695508956909, -0.83917635679245, 1.5249452590942383, -3.5368399620056152, -1.693255066871643, -2.7630255222320557, -0.5191421508789062, 0.3504205346107483, -3.0906972885131836, 0.2398211508989334, -0.3741244971752167, -0.8807347416877747, 0.4574819803237915, -1.248401403427124, -1.2849478721618652, 2.4365129470825195, 0.7597103714942932, 1.7918843030929565, 3.9671757221221924, 1.6901319026947021, -0.30481743812561035, 1.3096415996551514, 0.661789059638977, 1.6230638027191162, 0.23317237198352814, 0.8165040016174316, 1.813826560974121, 1.5741839408874512, 1.8479576110839844, 0.2664371132850647, 1.0061347484588623, 1.8536322116851807, 0.6079879999160767, 2.0393502712249756, -1.0315219163894653, -1.8805292844772339, 1.013171672821045, 1.6775825023651123, 0.9841175675392151, 2.0923285484313965, -0.7819052934646606, 0.4053116738796234, 0.6259624361991882, 3.259061813354492, 1.2919327020645142, 0.8274078369140625, 0.7377157211303711, -0.07463943958282471, -0.25451385974884033, -0.5253382921218872, 0.828809380531311, 1.58984375, 2.015526056289673, 1.3389557600021362, -0.4797288775444031, -0.3760925531387329, -1.060464859008789, -0.8931239247322083, 3.677057981491089, -0.6870783567428589, 0.234386146068573, -0.8932421803474426, 1.5906367301940918, 0.11238479614257812, -0.39016643166542053, -0.22300612926483154, 0.7464556694030762, 0.30234116315841675, 0.5456503629684448, -0.20560836791992188, 1.1007922887802124, 0.4260703921318054, 1.1156182289123535, 1.0919604301452637, -0.5401673316955566, -2.0, 0.0, 2.0, 8.0, 16.0, 15.0, 10.0, 22.0, 12.0, 14.0, 18.0, 14.0, 20.0, 11.0, 17.0, 10.0, 12.0, 14.0, 9.0, 17.0, 17.0, 10.0, 9.0, 8.0, 19.0, 14.0, 8.0, 7.0, 6.0, 7.0, 18.0, 4.0, 16.0, 11.0, 8.0, 11.0, 9.0, 17.0, 4.0, 4.0, 11.0, 19.0, 15.0, 10.0, 10.0, 7.0, 12.0, 6.0, 10.0, 13.0, 11.0, 21.0, 12.0, 11.0, 5.0, 8.0, 4.0, 18.0, 11.0, 3.0, 14.0, 10.0, 5.0]> : tensor<183xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<183xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<183xf64>
  %difference = dlc.subtract %got, %want : tensor<183xf64>
  %error = dlc.abs %difference : tensor<183xf64>
  %size = dlc.abs %want : tensor<183xf64>
  %relative = dlc.multiply %rtol, %size : tensor<183xf64>
  %limit = dlc.add %relative, %atol : tensor<183xf64>
  %near = dlc.compare LE, %error, %limit : tensor<183xf64>
  %same = dlc.compare EQ, %got, %want : tensor<183xf64>
  %nan = dlc.compare NE, %got, %got : tensor<183xf64>
  %wants = dlc.compare NE, %want, %want : tensor<183xf64>
  %nans = dlc.and %nan, %wants : tensor<183xi1>
  %finite = dlc.is_finite %got : tensor<183xf64>
  %close = dlc.and %near, %finite : tensor<183xi1>
  %either = dlc.or %close, %same : tensor<183xi1>
  %right = dlc.or %either, %nans : tensor<183xi1>
  %all = dlc.reduce and %right dims [0] : tensor<183xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @tanh() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[1.764052391052246, 0.40015721321105957, 0.978738009929657, 2.2408931255340576, 1.8675580024719238], [-0.9772778749465942, 0.9500884413719177, -0.15135720372200012, -0.10321885347366333, 0.4105985164642334], [0.14404356479644775, 1.4542734622955322, 0.7610377073287964, 0.12167501449584961, 0.44386324286460876], [0.3336743414402008, 1.4940791130065918, -0.2051582634449005, 0.3130677044391632, -0.8540957570075989]], [[-2.5529897212982178, 0.653618574142456, 0.8644362092018127, -0.7421650290489197, 2.269754648208618], [-1.4543657302856445, 0.04575851559638977, -0.18718385696411133, 1.5327792167663574, 1.4693588018417358], [0.154947429895401, 0.37816253304481506, -0.8877857327461243, -1.980796456336975, -0.34791216254234314], [0.15634897351264954, 1.2302906513214111, 1.202379822731018, -0.38732680678367615, -0.302302747964859]], [[-1.0485529899597168, -1.420017957687378, -1.7062702178955078, 1.950775384902954, -0.5096521973609924], [-0.4380742907524109, -1.2527953386306763, 0.7774903774261475, -1.6138978004455566, -0.21274028718471527], [-0.8954665660858154, 0.38690251111984253, -0.5108051300048828, -1.18063223361969, -0.02818222902715206], [0.4283318817615509, 0.06651721894741058, 0.30247190594673157, -0.6343221068382263, -0.3627411723136902]]]> : tensor<3x4x5xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4x5xf32>
  %r1 = "dlc.tanh"(%v0)  : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %w1_0 = dlc.convert %r1 : tensor<3x4x5xf32> to tensor<3x4x5xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c2 = dlc.constant dense<[-1.0, 0.0, 1.0]> : tensor<3xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<3xf32>
  %r3 = "dlc.tanh"(%v2)  : (tensor<3xf32>) -> tensor<3xf32>
  %w3_0 = dlc.convert %r3 : tensor<3xf32> to tensor<3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<3xf64> to tensor<3xf64>
  %got = dlc.concatenate %f1_0, %f3_0 dim 0 : (tensor<60xf64>, tensor<3xf64>) -> tensor<63xf64>
  %want = dlc.constant dense<[0.942953884601593, 0.38008347153663635, 0.7525190711021423, 0.9776267409324646, 0.9533721804618835, -0.7518850564956665, 0.739823043346405, -0.1502118855714798, -0.10285383462905884, 0.38898077607154846, 0.1430555284023285, 0.8965346813201904, 0.64168781042099, 0.12107808887958527, 0.4168415367603302, 0.321818470954895, 0.9040725827217102, -0.20232754945755005, 0.3032253384590149, -0.6932031512260437, -0.9879522323608398, 0.574100911617279, 0.6985362768173218, -0.6304514408111572, 0.9788683652877808, -0.8965528011322021, 0.045726604759693146, -0.18502789735794067, 0.9108989834785461, 0.8994550704956055, 0.15371918678283691, 0.3611106872558594, -0.7102982997894287, -0.962645411491394, -0.33452266454696655, 0.15508733689785004, 0.8426636457443237, 0.8343790769577026, -0.3690534234046936, -0.2934185266494751, -0.7812431454658508, -0.8896027207374573, -0.936188280582428, 0.9603796601295471, -0.4696741998195648, -0.4120469391345978, -0.8490656614303589, 0.6512638926506042, -0.9237339496612549, -0.2095879167318344, -0.7140832543373108, 0.36868685483932495, -0.470572292804718, -0.8276508450508118, -0.02817477099597454, 0.4039263129234314, 0.06641928851604462, 0.2935731112957001, -0.5610211491584778, -0.3476262390613556, -0.7615941762924194, 0.0, 0.7615941762924194]> : tensor<63xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<63xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<63xf64>
  %difference = dlc.subtract %got, %want : tensor<63xf64>
  %error = dlc.abs %difference : tensor<63xf64>
  %size = dlc.abs %want : tensor<63xf64>
  %relative = dlc.multiply %rtol, %size : tensor<63xf64>
  %limit = dlc.add %relative, %atol : tensor<63xf64>
  %near = dlc.compare LE, %error, %limit : tensor<63xf64>
  %same = dlc.compare EQ, %got, %want : tensor<63xf64>
  %nan = dlc.compare NE, %got, %got : tensor<63xf64>
  %wants = dlc.compare NE, %want, %want : tensor<63xf64>
  %nans = dlc.and %nan, %wants : tensor<63xi1>
  %finite = dlc.is_finite %got : tensor<63xf64>
  %close = dlc.and %near, %finite : tensor<63xi1>
  %either = dlc.or %close, %same : tensor<63xi1>
  %right = dlc.or %either, %nans : tensor<63xi1>
  %all = dlc.reduce and %right dims [0] : tensor<63xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @transpose() -> tensor<i1> {
  %c0 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v0 = dlc.optimization_barrier %c0 : tensor<2x3x4xf32>
  %r1 = "dlc.transpose"(%v0) <{permutation = array<i64: 0, 1, 2>}> : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %w1_0 = dlc.convert %r1 : tensor<2x3x4xf32> to tensor<2x3x4xf64>
  %f1_0 = dlc.reshape %w1_0 : tensor<2x3x4xf64> to tensor<24xf64>
  %c2 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v2 = dlc.optimization_barrier %c2 : tensor<2x3x4xf32>
  %r3 = "dlc.transpose"(%v2) <{permutation = array<i64: 0, 2, 1>}> : (tensor<2x3x4xf32>) -> tensor<2x4x3xf32>
  %w3_0 = dlc.convert %r3 : tensor<2x4x3xf32> to tensor<2x4x3xf64>
  %f3_0 = dlc.reshape %w3_0 : tensor<2x4x3xf64> to tensor<24xf64>
  %c4 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v4 = dlc.optimization_barrier %c4 : tensor<2x3x4xf32>
  %r5 = "dlc.transpose"(%v4) <{permutation = array<i64: 1, 0, 2>}> : (tensor<2x3x4xf32>) -> tensor<3x2x4xf32>
  %w5_0 = dlc.convert %r5 : tensor<3x2x4xf32> to tensor<3x2x4xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x2x4xf64> to tensor<24xf64>
  %c6 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v6 = dlc.optimization_barrier %c6 : tensor<2x3x4xf32>
  %r7 = "dlc.transpose"(%v6) <{permutation = array<i64: 1, 2, 0>}> : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  %w7_0 = dlc.convert %r7 : tensor<3x4x2xf32> to tensor<3x4x2xf64>
  %f7_0 = dlc.reshape %w7_0 : tensor<3x4x2xf64> to tensor<24xf64>
  %c8 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v8 = dlc.optimization_barrier %c8 : tensor<2x3x4xf32>
  %r9 = "dlc.transpose"(%v8) <{permutation = array<i64: 2, 0, 1>}> : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %w9_0 = dlc.convert %r9 : tensor<4x2x3xf32> to tensor<4x2x3xf64>
  %f9_0 = dlc.reshape %w9_0 : tensor<4x2x3xf64> to tensor<24xf64>
  %c10 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v10 = dlc.optimization_barrier %c10 : tensor<2x3x4xf32>
  %r11 = "dlc.transpose"(%v10) <{permutation = array<i64: 2, 1, 0>}> : (tensor<2x3x4xf32>) -> tensor<4x3x2xf32>
  %w11_0 = dlc.convert %r11 : tensor<4x3x2xf32> to tensor<4x3x2xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<4x3x2xf64> to tensor<24xf64>
  %c12 = dlc.constant dense<[[[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408], [0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374], [0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348]], [[0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453], [0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058], [0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312]]]> : tensor<2x3x4xf32>
  %v12 = dlc.optimization_barrier %c12 : tensor<2x3x4xf32>
  %r13 = "dlc.transpose"(%v12) <{permutation = array<i64: 2, 1, 0>}> : (tensor<2x3x4xf32>) -> tensor<4x3x2xf32>
  %w13_0 = dlc.convert %r13 : tensor<4x3x2xf32> to tensor<4x3x2xf64>
  %f13_0 = dlc.reshape %w13_0 : tensor<4x3x2xf64> to tensor<24xf64>
  %got = dlc.concatenate %f1_0, %f3_0, %f5_0, %f7_0, %f9_0, %f11_0, %f13_0 dim 0 : (tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>, tensor<24xf64>) -> tensor<168xf64>
  %want = dlc.constant dense<[0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.42365479469299316, 0.9636627435684204, 0.7151893377304077, 0.6458941102027893, 0.3834415078163147, 0.6027633547782898, 0.4375872015953064, 0.7917250394821167, 0.5448831915855408, 0.891772985458374, 0.5288949012756348, 0.5680445432662964, 0.020218396559357643, 0.978618323802948, 0.9255966544151306, 0.832619845867157, 0.7991585731506348, 0.07103605568408966, 0.7781567573547363, 0.4614793658256531, 0.08712930232286453, 0.8700121641159058, 0.7805292010307312, 0.54881352186203, 0.7151893377304077, 0.6027633547782898, 0.5448831915855408, 0.5680445432662964, 0.9255966544151306, 0.07103605568408966, 0.08712930232286453, 0.42365479469299316, 0.6458941102027893, 0.4375872015953064, 0.891772985458374, 0.020218396559357643, 0.832619845867157, 0.7781567573547363, 0.8700121641159058, 0.9636627435684204, 0.3834415078163147, 0.7917250394821167, 0.5288949012756348, 0.978618323802948, 0.7991585731506348, 0.4614793658256531, 0.7805292010307312, 0.54881352186203, 0.5680445432662964, 0.7151893377304077, 0.9255966544151306, 0.6027633547782898, 0.07103605568408966, 0.5448831915855408, 0.08712930232286453, 0.42365479469299316, 0.020218396559357643, 0.6458941102027893, 0.832619845867157, 0.4375872015953064, 0.7781567573547363, 0.891772985458374, 0.8700121641159058, 0.9636627435684204, 0.978618323802948, 0.3834415078163147, 0.7991585731506348, 0.7917250394821167, 0.4614793658256531, 0.5288949012756348, 0.7805292010307312, 0.54881352186203, 0.42365479469299316, 0.9636627435684204, 0.5680445432662964, 0.020218396559357643, 0.978618323802948, 0.7151893377304077, 0.6458941102027893, 0.3834415078163147, 0.9255966544151306, 0.832619845867157, 0.7991585731506348, 0.6027633547782898, 0.4375872015953064, 0.7917250394821167, 0.07103605568408966, 0.7781567573547363, 0.4614793658256531, 0.5448831915855408, 0.891772985458374, 0.5288949012756348, 0.08712930232286453, 0.8700121641159058, 0.7805292010307312, 0.54881352186203, 0.5680445432662964, 0.42365479469299316, 0.020218396559357643, 0.9636627435684204, 0.978618323802948, 0.7151893377304077, 0.9255966544151306, 0.6458941102027893, 0.832619845867157, 0.3834415078163147, 0.7991585731506348, 0.6027633547782898, 0.07103605568408966, 0.4375872015953064, 0.7781567573547363, 0.7917250394821167, 0.4614793658256531, 0.5448831915855408, 0.08712930232286453, 0.891772985458374, 0.8700121641159058, 0.5288949012756348, 0.7805292010307312, 0.54881352186203, 0.5680445432662964, 0.42365479469299316, 0.020218396559357643, 0.9636627435684204, 0.978618323802948, 0.7151893377304077, 0.9255966544151306, 0.6458941102027893, 0.832619845867157, 0.3834415078163147, 0.7991585731506348, 0.6027633547782898, 0.07103605568408966, 0.4375872015953064, 0.7781567573547363, 0.7917250394821167, 0.4614793658256531, 0.5448831915855408, 0.08712930232286453, 0.891772985458374, 0.8700121641159058, 0.5288949012756348, 0.7805292010307312]> : tensor<168xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<168xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<168xf64>
  %difference = dlc.subtract %got, %want : tensor<168xf64>
  %error = dlc.abs %difference : tensor<168xf64>
  %size = dlc.abs %want : tensor<168xf64>
  %relative = dlc.multiply %rtol, %size : tensor<168xf64>
  %limit = dlc.add %relative, %atol : tensor<168xf64>
  %near = dlc.compare LE, %error, %limit : tensor<168xf64>
  %same = dlc.compare EQ, %got, %want : tensor<168xf64>
  %nan = dlc.compare NE, %got, %got : tensor<168xf64>
  %wants = dlc.compare NE, %want, %want : tensor<168xf64>
  %nans = dlc.and %nan, %wants : tensor<168xi1>
  %finite = dlc.is_finite %got : tensor<168xf64>
  %close = dlc.and %near, %finite : tensor<168xi1>
  %either = dlc.or %close, %same : tensor<168xi1>
  %right = dlc.or %either, %nans : tensor<168xi1>
  %all = dlc.reduce and %right dims [0] : tensor<168xi1> to tensor<i1>
  return %all : tensor<i1>
}

func.func @xor() -> tensor<i1> {
  %c0 = dlc.constant dense<[[true, true, true, true], [true, false, true, false], [false, true, true, true]]> : tensor<3x4xi1>
  %v0 = dlc.optimization_barrier %c0 : tensor<3x4xi1>
  %c1 = dlc.constant dense<[[true, true, true, true], [true, false, true, false], [false, true, true, false]]> : tensor<3x4xi1>
  %v1 = dlc.optimization_barrier %c1 : tensor<3x4xi1>
  %r2 = "dlc.xor"(%v0, %v1)  : (tensor<3x4xi1>, tensor<3x4xi1>) -> tensor<3x4xi1>
  %w2_0 = dlc.convert %r2 : tensor<3x4xi1> to tensor<3x4xf64>
  %f2_0 = dlc.reshape %w2_0 : tensor<3x4xf64> to tensor<12xf64>
  %c3 = dlc.constant dense<[[[true, false, true, false, true], [true, true, true, false, false], [false, true, true, true, false], [false, false, false, false, true]], [[false, false, false, true, false], [false, false, true, false, false], [false, true, true, true, false], [false, false, false, false, false]], [[true, false, false, true, false], [true, true, true, true, false], [true, false, false, false, false], [true, false, true, true, false]]]> : tensor<3x4x5xi1>
  %v3 = dlc.optimization_barrier %c3 : tensor<3x4x5xi1>
  %c4 = dlc.constant dense<[[[true, true, true, false, false], [true, false, true, true, true], [true, true, true, true, true], [true, true, false, false, true]], [[false, true, false, false, true], [true, true, true, false, true], [false, true, true, false, true], [true, true, false, true, true]], [[false, false, false, true, true], [true, false, true, false, true], [false, true, true, false, true], [false, false, true, true, true]]]> : tensor<3x4x5xi1>
  %v4 = dlc.optimization_barrier %c4 : tensor<3x4x5xi1>
  %r5 = "dlc.xor"(%v3, %v4)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w5_0 = dlc.convert %r5 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f5_0 = dlc.reshape %w5_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c6 = dlc.constant dense<[[[true, true, true, true, true], [false, true, false, false, true], [true, true, true, true, true], [true, true, false, true, false]], [[false, true, true, false, true], [false, true, false, true, true], [true, true, false, false, false], [true, true, true, false, false]], [[false, false, false, true, false], [false, false, true, false, false], [false, true, false, false, false], [true, true, true, false, false]]]> : tensor<3x4x5xi1>
  %v6 = dlc.optimization_barrier %c6 : tensor<3x4x5xi1>
  %c7 = dlc.constant dense<[[[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]], [[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]], [[false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true], [false, false, false, false, true]]]> : tensor<3x4x5xi1>
  %v7 = dlc.optimization_barrier %c7 : tensor<3x4x5xi1>
  %r8 = "dlc.xor"(%v6, %v7)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w8_0 = dlc.convert %r8 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f8_0 = dlc.reshape %w8_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %c9 = dlc.constant dense<[[[false, false, true, false, true], [true, true, true, false, true], [false, false, false, false, true], [false, true, true, false, true]], [[true, true, false, false, true], [false, true, true, true, true], [true, true, true, true, true], [true, false, false, true, false]], [[true, false, false, true, true], [true, true, false, true, false], [true, true, false, true, true], [true, false, true, true, false]]]> : tensor<3x4x5xi1>
  %v9 = dlc.optimization_barrier %c9 : tensor<3x4x5xi1>
  %c10 = dlc.constant dense<[[[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]], [[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]], [[false, false, true, true, true], [false, true, false, true, false], [true, true, false, true, false], [false, true, true, true, true]]]> : tensor<3x4x5xi1>
  %v10 = dlc.optimization_barrier %c10 : tensor<3x4x5xi1>
  %r11 = "dlc.xor"(%v9, %v10)  : (tensor<3x4x5xi1>, tensor<3x4x5xi1>) -> tensor<3x4x5xi1>
  %w11_0 = dlc.convert %r11 : tensor<3x4x5xi1> to tensor<3x4x5xf64>
  %f11_0 = dlc.reshape %w11_0 : tensor<3x4x5xf64> to tensor<60xf64>
  %got = dlc.concatenate %f2_0, %f5_0, %f8_0, %f11_0 dim 0 : (tensor<12xf64>, tensor<60xf64>, tensor<60xf64>, tensor<60xf64>) -> tensor<192xf64>
  %want = dlc.constant dense<[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0]> : tensor<192xf64>
  %rtol = dlc.constant dense<2.00000000000000016e-05> : tensor<192xf64>
  %atol = dlc.constant dense<1.00000000000000008e-05> : tensor<192xf64>
  %difference = dlc.subtract %got, %want : tensor<192xf64>
  %error = dlc.abs %difference : tensor<192xf64>
  %size = dlc.abs %want : tensor<192xf64>
  %relative = dlc.multiply %rtol, %size : tensor<192xf64>
  %limit = dlc.add %relative, %atol : tensor<192xf64>
  %near = dlc.compare LE, %error, %limit : tensor<192xf64>
  %same = dlc.compare EQ, %got, %want : tensor<192xf64>
  %nan = dlc.compare NE, %got, %got : tensor<192xf64>
  %wants = dlc.compare NE, %want, %want : tensor<192xf64>
  %nans = dlc.and %nan, %wants : tensor<192xi1>
  %finite = dlc.is_finite %got : tensor<192xf64>
  %close = dlc.and %near, %finite : tensor<192xi1>
  %either = dlc.or %close, %same : tensor<192xi1>
  %right = dlc.or %either, %nans : tensor<192xi1>
  %all = dlc.reduce and %right dims [0] : tensor<192xi1> to tensor<i1>
  return %all : tensor<i1>
}
