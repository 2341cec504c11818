// Tensors as a user writes and reads them: text and .npy files.

#ifndef DLC_TOOLS_DLC_VALUES_H
#define DLC_TOOLS_DLC_VALUES_H

#include "Interpreter/Tensor.h"
#include "llvm/Support/Error.h"

namespace dlc::tool {

using interpreter::Tensor;

/// Reads "@file.npy" or "2x3xf32=1,2,3,4,5,6" (one value fills the tensor;
/// "nan" and "inf" are values; "f32=1" is a scalar).
llvm::Expected<Tensor> parseValue(llvm::StringRef text,
                                  mlir::MLIRContext *context);

/// Reproducible noise: floats in [-4, 4), integers over their whole range, or 0
/// and 1.
Tensor randomValue(mlir::RankedTensorType type, uint64_t seed,
                   bool smallIntegers = false);

/// Writes "@file.npy".
llvm::Error writeValue(llvm::StringRef target, const Tensor &tensor);

void printElement(const Tensor &tensor, int64_t i, llvm::raw_ostream &os);

/// Prints "tensor<2x2xf32> = [[1, 2], [3, 4]]"; of more than 1000 elements the
/// first eight.
void print(const Tensor &tensor, llvm::raw_ostream &os);

/// How much two tensors of one type disagree, at most.
struct Difference {
  /// The flat position of the largest absolute difference; -1 if all elements
  /// have equal bits (or are NaN).
  int64_t position = -1;
  /// Units in the last place of the element type; integers: 1 if different.
  double ulps = 0;
  /// |got - expected|, and that over the largest finite |expected|.
  double absolute = 0, relative = 0;
};
Difference compare(const Tensor &got, const Tensor &expected);

} // namespace dlc::tool

#endif // DLC_TOOLS_DLC_VALUES_H
