#include "Codegen/FlatImage.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Object/ELF.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace dlc;
using namespace llvm;

char UndefinedSymbol::ID = 0;

void UndefinedSymbol::log(raw_ostream &os) const {
  os << "a kernel may import nothing, but '" << user << "' needs '" << symbol
     << "'";
}

std::error_code UndefinedSymbol::convertToErrorCode() const {
  return inconvertibleErrorCode();
}

namespace {

using Elf = object::ELF64LE;

/// One object while its sections are placed and relocated.
class Placement {
public:
  static Expected<Placement> create(MemoryBufferRef buffer);

  /// Appends the sections that are loaded, and notes where functions lie.
  Error place(FlatImage &image);
  /// Fills in the distances between them.
  Error relocate(FlatImage &image);

private:
  explicit Placement(object::ELFFile<Elf> file) : file(file) {}

  Error relocate(FlatImage &image, const Elf::Rela &relocation,
                 unsigned section);
  StringRef nameOf(const Elf::Sym &symbol);
  /// The function that holds a byte of a section.
  StringRef functionAt(unsigned section, uint64_t offset);

  static constexpr int64_t absent = -1;

  object::ELFFile<Elf> file;
  Elf::ShdrRange sections;
  Elf::SymRange symbols;
  StringRef names;
  SmallVector<int64_t> bases; // of each section in the image, or absent
};

Expected<Placement> Placement::create(MemoryBufferRef buffer) {
  auto file = object::ELFFile<Elf>::create(buffer.getBuffer());
  if (!file)
    return file.takeError();
  if (file->getHeader().e_machine != ELF::EM_X86_64)
    return createStringError("not an object for x86-64");
  Placement placement(*file);
  auto sections = file->sections();
  if (!sections)
    return sections.takeError();
  placement.sections = *sections;
  for (const Elf::Shdr &section : *sections) {
    if (section.sh_type != ELF::SHT_SYMTAB)
      continue;
    auto symbols = file->symbols(&section);
    if (!symbols)
      return symbols.takeError();
    auto names = file->getStringTableForSymtab(section, *sections);
    if (!names)
      return names.takeError();
    placement.symbols = *symbols;
    placement.names = *names;
  }
  return placement;
}

StringRef Placement::nameOf(const Elf::Sym &symbol) {
  Expected<StringRef> name = symbol.getName(names);
  if (name)
    return *name;
  consumeError(name.takeError());
  return "";
}

StringRef Placement::functionAt(unsigned section, uint64_t offset) {
  for (const Elf::Sym &symbol : symbols)
    if (symbol.getType() == ELF::STT_FUNC && symbol.st_shndx == section &&
        symbol.st_value <= offset && offset < symbol.st_value + symbol.st_size)
      return nameOf(symbol);
  return "";
}

Error Placement::place(FlatImage &image) {
  for (const Elf::Shdr &section : sections) {
    bases.push_back(absent);
    if (!(section.sh_flags & ELF::SHF_ALLOC) || section.sh_size == 0)
      continue;
    if (section.sh_flags & ELF::SHF_WRITE) {
      auto name = file.getSectionName(section);
      return name ? createStringError("a kernel may hold no writable data, but "
                                      "its object has a section '" +
                                      *name + "'")
                  : name.takeError();
    }
    auto contents = file.getSectionContents(section);
    if (!contents)
      return contents.takeError();
    // The image starts at a page, so offsets are aligned as addresses are.
    image.bytes.resize(alignTo(image.bytes.size(),
                               std::max<uint64_t>(1, section.sh_addralign)));
    bases.back() = image.bytes.size();
    image.bytes.append(contents->begin(), contents->end());
  }
  for (const Elf::Sym &symbol : symbols)
    if (symbol.getType() == ELF::STT_FUNC &&
        symbol.getBinding() == ELF::STB_GLOBAL &&
        symbol.st_shndx < bases.size())
      image.entries[nameOf(symbol)] = bases[symbol.st_shndx] + symbol.st_value;
  return Error::success();
}

Error Placement::relocate(FlatImage &image, const Elf::Rela &relocation,
                          unsigned section) {
  const Elf::Sym &symbol = symbols[relocation.getSymbol(false)];
  if (!symbol.isDefined())
    return make_error<UndefinedSymbol>(
        nameOf(symbol).str(), functionAt(section, relocation.r_offset).str());
  uint32_t type = relocation.getType(false);
  bool isWord = type == ELF::R_X86_64_PC32 || type == ELF::R_X86_64_PLT32;
  if ((!isWord && type != ELF::R_X86_64_PC64) ||
      symbol.st_shndx >= bases.size() || bases[symbol.st_shndx] == absent)
    return createStringError(
        "an image cannot hold the relocation " +
        object::getELFRelocationTypeName(ELF::EM_X86_64, type) + " in '" +
        functionAt(section, relocation.r_offset) + "'");

  int64_t from = bases[section] + relocation.r_offset;
  int64_t to = bases[symbol.st_shndx] + symbol.st_value + relocation.r_addend;
  char *place = image.bytes.data() + from;
  if (!isWord)
    support::endian::write64le(place, to - from);
  else if (isInt<32>(to - from))
    support::endian::write32le(place, to - from);
  else
    return createStringError("the image is larger than 2 GiB");
  return Error::success();
}

Error Placement::relocate(FlatImage &image) {
  for (const Elf::Shdr &section : sections) {
    if (section.sh_type != ELF::SHT_RELA || section.sh_info >= bases.size() ||
        bases[section.sh_info] == absent)
      continue;
    auto relocations = file.relas(section);
    if (!relocations)
      return relocations.takeError();
    for (const Elf::Rela &relocation : *relocations)
      if (Error error = relocate(image, relocation, section.sh_info))
        return error;
  }
  return Error::success();
}

} // namespace

Expected<FlatImage> dlc::makeFlatImage(ArrayRef<MemoryBufferRef> objects) {
  FlatImage image;
  for (MemoryBufferRef buffer : objects) {
    Expected<Placement> object = Placement::create(buffer);
    if (!object)
      return object.takeError();
    if (Error error = object->place(image))
      return error;
    if (Error error = object->relocate(image))
      return error;
  }
  return image;
}
