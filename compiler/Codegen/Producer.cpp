#include "Codegen/Codegen.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"

#include <elf.h>
#include <link.h>

namespace {

/// Looks for the loaded object that holds an address, and for its build id.
struct BuildIdSearch {
  uintptr_t address;
  std::string id;
};

} // namespace

static bool holds(const dl_phdr_info &info, uintptr_t address) {
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr) &segment = info.dlpi_phdr[i];
    uintptr_t begin = info.dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD && begin <= address &&
        address < begin + segment.p_memsz)
      return true;
  }
  return false;
}

/// The build id in a PT_NOTE segment, in hexadecimal, or "".
static std::string buildIdIn(const char *note, const char *end) {
  auto aligned = [](uint32_t size) { return (size + 3) & ~3u; };
  while (note + sizeof(ElfW(Nhdr)) <= end) {
    auto *header = reinterpret_cast<const ElfW(Nhdr) *>(note);
    const char *name = note + sizeof(*header);
    const char *content = name + aligned(header->n_namesz);
    if (header->n_type == NT_GNU_BUILD_ID && header->n_namesz == 4 &&
        llvm::StringRef(name, 3) == "GNU")
      return llvm::toHex(llvm::StringRef(content, header->n_descsz),
                         /*LowerCase=*/true);
    note = content + aligned(header->n_descsz);
  }
  return "";
}

static int visit(dl_phdr_info *info, size_t, void *data) {
  auto &search = *static_cast<BuildIdSearch *>(data);
  if (!holds(*info, search.address))
    return 0;
  for (int i = 0; i < info->dlpi_phnum && search.id.empty(); ++i) {
    const ElfW(Phdr) &segment = info->dlpi_phdr[i];
    auto *begin =
        reinterpret_cast<const char *>(info->dlpi_addr + segment.p_vaddr);
    if (segment.p_type == PT_NOTE)
      search.id = buildIdIn(begin, begin + segment.p_memsz);
  }
  return 1;
}

std::string dlc::producer() {
  BuildIdSearch search{reinterpret_cast<uintptr_t>(&dlc::producer), ""};
  dl_iterate_phdr(visit, &search);
  return "dlc " DLC_VERSION " (LLVM " LLVM_VERSION_STRING ", build " +
         (search.id.empty() ? "unknown" : search.id) + ")";
}
