#include "io/BuildId.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace dlc::runtime {

namespace {

/// A file to read at positions that it gives itself.
class File {
public:
  explicit File(const std::string &path)
      : descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~File() {
    if (isOpen())
      close(descriptor);
  }
  File(const File &) = delete;

  bool isOpen() const { return descriptor >= 0; }
  bool read(void *target, size_t bytes, uint64_t at) const {
    return at <= INT64_MAX &&
           pread(descriptor, target, bytes, static_cast<off_t>(at)) ==
               static_cast<ssize_t>(bytes);
  }

private:
  int descriptor;
};

std::string toHex(std::string_view bytes) {
  std::string text;
  for (unsigned char byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

uint64_t roundUpToWord(uint64_t bytes) { return (bytes + 3) & ~uint64_t(3); }

/// The build id in a note segment, or nothing.
std::string findInNotes(std::string_view notes) {
  constexpr std::string_view gnu("GNU\0", 4);
  Elf64_Nhdr note;
  while (notes.size() >= sizeof note) {
    std::memcpy(&note, notes.data(), sizeof note);
    notes.remove_prefix(sizeof note);
    uint64_t nameBytes = roundUpToWord(note.n_namesz);
    uint64_t idBytes = roundUpToWord(note.n_descsz);
    if (nameBytes + idBytes > notes.size())
      return {};
    if (note.n_type == NT_GNU_BUILD_ID && notes.substr(0, note.n_namesz) == gnu)
      return toHex(notes.substr(nameBytes, note.n_descsz));
    notes.remove_prefix(nameBytes + idBytes);
  }
  return {};
}

} // namespace

Expected<std::string> buildId(const std::string &path) {
  File file(path);
  if (!file.isOpen())
    return Error{"cannot read '" + path + "': " + std::strerror(errno)};
  Elf64_Ehdr header;
  if (!file.read(&header, sizeof header, 0) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64)
    return Error{"cannot read '" + path + "': it is not a 64-bit ELF file"};

  constexpr uint64_t notesLimit = 1 << 16;
  for (int i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    if (!file.read(&segment, sizeof segment,
                   header.e_phoff + i * sizeof segment))
      break;
    if (segment.p_type != PT_NOTE || segment.p_filesz > notesLimit)
      continue;
    std::string notes(segment.p_filesz, '\0');
    if (!file.read(notes.data(), notes.size(), segment.p_offset))
      break;
    if (std::string id = findInNotes(notes); !id.empty())
      return id;
  }
  return Error{"'" + path + "' has no build id; link it with --build-id"};
}

} // namespace dlc::runtime
