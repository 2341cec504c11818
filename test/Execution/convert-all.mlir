// Conversion between all element types agrees with the interpreter bit for bit:
// rounded once, saturated, on every instruction set.
// RUN: dlc run %s --function=f --backend=both --random=1
// RUN: dlc run %s --function=f --backend=both --random=2 --mcpu=x86-64
// RUN: dlc run %s --function=f64 --backend=both --input=19xf64=nan,inf,-inf,0,-0,0.9,-0.9,127.9,128,-129,254.9,256,-1,2147483648,4294967296,1e19,1.00390625000001,2049.0000000001,1e-46
// RUN: dlc run %s --function=i64 --backend=both --input=9xi64=9223372036854775807,-9223372036854775808,72340172838076673,-72340172838076674,36170086419038337,2049,2051,4294967295,257

func.func @f(%f32: tensor<257xf32>, %f64: tensor<257xf64>, %bf16: tensor<257xbf16>, %f16: tensor<257xf16>, %i1: tensor<257xi1>, %i8: tensor<257xi8>, %i32: tensor<257xi32>, %i64: tensor<257xi64>, %ui8: tensor<257xui8>, %ui32: tensor<257xui32>) -> (tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>) {
  %0 = dlc.convert %f32 : tensor<257xf32> to tensor<257xf64>
  %1 = dlc.convert %f32 : tensor<257xf32> to tensor<257xbf16>
  %2 = dlc.convert %f32 : tensor<257xf32> to tensor<257xf16>
  %3 = dlc.convert %f32 : tensor<257xf32> to tensor<257xi1>
  %4 = dlc.convert %f32 : tensor<257xf32> to tensor<257xi8>
  %5 = dlc.convert %f32 : tensor<257xf32> to tensor<257xi32>
  %6 = dlc.convert %f32 : tensor<257xf32> to tensor<257xi64>
  %7 = dlc.convert %f32 : tensor<257xf32> to tensor<257xui8>
  %8 = dlc.convert %f32 : tensor<257xf32> to tensor<257xui32>
  %9 = dlc.convert %f64 : tensor<257xf64> to tensor<257xf32>
  %10 = dlc.convert %f64 : tensor<257xf64> to tensor<257xbf16>
  %11 = dlc.convert %f64 : tensor<257xf64> to tensor<257xf16>
  %12 = dlc.convert %f64 : tensor<257xf64> to tensor<257xi1>
  %13 = dlc.convert %f64 : tensor<257xf64> to tensor<257xi8>
  %14 = dlc.convert %f64 : tensor<257xf64> to tensor<257xi32>
  %15 = dlc.convert %f64 : tensor<257xf64> to tensor<257xi64>
  %16 = dlc.convert %f64 : tensor<257xf64> to tensor<257xui8>
  %17 = dlc.convert %f64 : tensor<257xf64> to tensor<257xui32>
  %18 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xf32>
  %19 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xf64>
  %20 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xf16>
  %21 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xi1>
  %22 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xi8>
  %23 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xi32>
  %24 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xi64>
  %25 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xui8>
  %26 = dlc.convert %bf16 : tensor<257xbf16> to tensor<257xui32>
  %27 = dlc.convert %f16 : tensor<257xf16> to tensor<257xf32>
  %28 = dlc.convert %f16 : tensor<257xf16> to tensor<257xf64>
  %29 = dlc.convert %f16 : tensor<257xf16> to tensor<257xbf16>
  %30 = dlc.convert %f16 : tensor<257xf16> to tensor<257xi1>
  %31 = dlc.convert %f16 : tensor<257xf16> to tensor<257xi8>
  %32 = dlc.convert %f16 : tensor<257xf16> to tensor<257xi32>
  %33 = dlc.convert %f16 : tensor<257xf16> to tensor<257xi64>
  %34 = dlc.convert %f16 : tensor<257xf16> to tensor<257xui8>
  %35 = dlc.convert %f16 : tensor<257xf16> to tensor<257xui32>
  %36 = dlc.convert %i1 : tensor<257xi1> to tensor<257xf32>
  %37 = dlc.convert %i1 : tensor<257xi1> to tensor<257xf64>
  %38 = dlc.convert %i1 : tensor<257xi1> to tensor<257xbf16>
  %39 = dlc.convert %i1 : tensor<257xi1> to tensor<257xf16>
  %40 = dlc.convert %i1 : tensor<257xi1> to tensor<257xi8>
  %41 = dlc.convert %i1 : tensor<257xi1> to tensor<257xi32>
  %42 = dlc.convert %i1 : tensor<257xi1> to tensor<257xi64>
  %43 = dlc.convert %i1 : tensor<257xi1> to tensor<257xui8>
  %44 = dlc.convert %i1 : tensor<257xi1> to tensor<257xui32>
  %45 = dlc.convert %i8 : tensor<257xi8> to tensor<257xf32>
  %46 = dlc.convert %i8 : tensor<257xi8> to tensor<257xf64>
  %47 = dlc.convert %i8 : tensor<257xi8> to tensor<257xbf16>
  %48 = dlc.convert %i8 : tensor<257xi8> to tensor<257xf16>
  %49 = dlc.convert %i8 : tensor<257xi8> to tensor<257xi1>
  %50 = dlc.convert %i8 : tensor<257xi8> to tensor<257xi32>
  %51 = dlc.convert %i8 : tensor<257xi8> to tensor<257xi64>
  %52 = dlc.convert %i8 : tensor<257xi8> to tensor<257xui8>
  %53 = dlc.convert %i8 : tensor<257xi8> to tensor<257xui32>
  %54 = dlc.convert %i32 : tensor<257xi32> to tensor<257xf32>
  %55 = dlc.convert %i32 : tensor<257xi32> to tensor<257xf64>
  %56 = dlc.convert %i32 : tensor<257xi32> to tensor<257xbf16>
  %57 = dlc.convert %i32 : tensor<257xi32> to tensor<257xf16>
  %58 = dlc.convert %i32 : tensor<257xi32> to tensor<257xi1>
  %59 = dlc.convert %i32 : tensor<257xi32> to tensor<257xi8>
  %60 = dlc.convert %i32 : tensor<257xi32> to tensor<257xi64>
  %61 = dlc.convert %i32 : tensor<257xi32> to tensor<257xui8>
  %62 = dlc.convert %i32 : tensor<257xi32> to tensor<257xui32>
  %63 = dlc.convert %i64 : tensor<257xi64> to tensor<257xf32>
  %64 = dlc.convert %i64 : tensor<257xi64> to tensor<257xf64>
  %65 = dlc.convert %i64 : tensor<257xi64> to tensor<257xbf16>
  %66 = dlc.convert %i64 : tensor<257xi64> to tensor<257xf16>
  %67 = dlc.convert %i64 : tensor<257xi64> to tensor<257xi1>
  %68 = dlc.convert %i64 : tensor<257xi64> to tensor<257xi8>
  %69 = dlc.convert %i64 : tensor<257xi64> to tensor<257xi32>
  %70 = dlc.convert %i64 : tensor<257xi64> to tensor<257xui8>
  %71 = dlc.convert %i64 : tensor<257xi64> to tensor<257xui32>
  %72 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xf32>
  %73 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xf64>
  %74 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xbf16>
  %75 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xf16>
  %76 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xi1>
  %77 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xi8>
  %78 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xi32>
  %79 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xi64>
  %80 = dlc.convert %ui8 : tensor<257xui8> to tensor<257xui32>
  %81 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xf32>
  %82 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xf64>
  %83 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xbf16>
  %84 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xf16>
  %85 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xi1>
  %86 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xi8>
  %87 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xi32>
  %88 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xi64>
  %89 = dlc.convert %ui32 : tensor<257xui32> to tensor<257xui8>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, %32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, %48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63, %64, %65, %66, %67, %68, %69, %70, %71, %72, %73, %74, %75, %76, %77, %78, %79, %80, %81, %82, %83, %84, %85, %86, %87, %88, %89 : tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi64>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xui8>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui32>, tensor<257xf32>, tensor<257xf64>, tensor<257xbf16>, tensor<257xf16>, tensor<257xi1>, tensor<257xi8>, tensor<257xi32>, tensor<257xi64>, tensor<257xui8>
}

func.func @f64(%x: tensor<19xf64>) -> (tensor<19xf32>, tensor<19xbf16>, tensor<19xf16>, tensor<19xi1>, tensor<19xi8>, tensor<19xi32>, tensor<19xi64>, tensor<19xui8>, tensor<19xui32>) {
  %0 = dlc.convert %x : tensor<19xf64> to tensor<19xf32>
  %1 = dlc.convert %x : tensor<19xf64> to tensor<19xbf16>
  %2 = dlc.convert %x : tensor<19xf64> to tensor<19xf16>
  %3 = dlc.convert %x : tensor<19xf64> to tensor<19xi1>
  %4 = dlc.convert %x : tensor<19xf64> to tensor<19xi8>
  %5 = dlc.convert %x : tensor<19xf64> to tensor<19xi32>
  %6 = dlc.convert %x : tensor<19xf64> to tensor<19xi64>
  %7 = dlc.convert %x : tensor<19xf64> to tensor<19xui8>
  %8 = dlc.convert %x : tensor<19xf64> to tensor<19xui32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8 : tensor<19xf32>, tensor<19xbf16>, tensor<19xf16>, tensor<19xi1>, tensor<19xi8>, tensor<19xi32>, tensor<19xi64>, tensor<19xui8>, tensor<19xui32>
}

func.func @i64(%x: tensor<9xi64>) -> (tensor<9xf32>, tensor<9xf64>, tensor<9xbf16>, tensor<9xf16>, tensor<9xi1>, tensor<9xi8>, tensor<9xi32>, tensor<9xui8>, tensor<9xui32>) {
  %0 = dlc.convert %x : tensor<9xi64> to tensor<9xf32>
  %1 = dlc.convert %x : tensor<9xi64> to tensor<9xf64>
  %2 = dlc.convert %x : tensor<9xi64> to tensor<9xbf16>
  %3 = dlc.convert %x : tensor<9xi64> to tensor<9xf16>
  %4 = dlc.convert %x : tensor<9xi64> to tensor<9xi1>
  %5 = dlc.convert %x : tensor<9xi64> to tensor<9xi8>
  %6 = dlc.convert %x : tensor<9xi64> to tensor<9xi32>
  %7 = dlc.convert %x : tensor<9xi64> to tensor<9xui8>
  %8 = dlc.convert %x : tensor<9xi64> to tensor<9xui32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8 : tensor<9xf32>, tensor<9xf64>, tensor<9xbf16>, tensor<9xf16>, tensor<9xi1>, tensor<9xi8>, tensor<9xi32>, tensor<9xui8>, tensor<9xui32>
}
