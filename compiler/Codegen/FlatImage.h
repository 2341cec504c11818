// Relocatable objects ⇒ one flat, position-independent image.
//
// The kernels of a Program import nothing, so all that a linker would do for
// them is known when they are compiled: place the sections one after another
// and fill in their distances. What comes out is mapped and called; there is
// nothing to link at load time (docs/decisions/0001-flat-images.md).

#ifndef DLC_COMPILER_CODEGEN_FLATIMAGE_H
#define DLC_COMPILER_CODEGEN_FLATIMAGE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <cstdint>
#include <string>

namespace dlc {

struct FlatImage {
  /// To be mapped at a page boundary.
  std::string bytes;
  /// Offset of each global function.
  llvm::StringMap<int64_t> entries;
};

/// A symbol that is used but not defined anywhere.
class UndefinedSymbol : public llvm::ErrorInfo<UndefinedSymbol> {
public:
  static char ID;
  UndefinedSymbol(std::string symbol, std::string user)
      : symbol(std::move(symbol)), user(std::move(user)) {}
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;

  std::string symbol;
  /// The function that uses it; may be empty.
  std::string user;
};

/// Lays out the sections of x86-64 ELF objects and resolves their relocations.
/// Refuses what would need a loader: undefined symbols, absolute addresses,
/// writable data.
llvm::Expected<FlatImage>
makeFlatImage(llvm::ArrayRef<llvm::MemoryBufferRef> objects);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_FLATIMAGE_H
