#include <dlc/io/Checkpoint.h>

#include "detail/Bytes.h"
#include "io/Reader.h"
#include "io/Writer.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>

// A safetensors file: eight bytes with the header's size, the header (JSON:
// for each tensor its type, shape, and range of the data), the data. Ours has
// one more thing, which the format leaves room for: "__metadata__" holds a
// CRC-32 of the whole file, taken with zeros where the CRC stands.

namespace dlc::io {
namespace {

using nlohmann::json;
using runtime::Reader;

constexpr std::string_view metadataKey = "__metadata__";
constexpr std::string_view checksumKey = "dlc.crc32";
constexpr std::string_view noChecksum = "00000000";
constexpr int64_t headerLimit = 100 << 20;

/// The format's names, in the order of DType.
constexpr std::array<const char *, 10> typeNames = {
    "F32", "F64", "I32", "I64", "U8", "U32", "BOOL", "I8", "BF16", "F16"};

std::string hex(uint32_t value) {
  std::string text(8, '0');
  for (int i = 7; i >= 0; --i, value >>= 4)
    text[i] = "0123456789abcdef"[value & 15];
  return text;
}

uint32_t extend(uint32_t crc, std::string_view bytes) {
  return uint32_t(crc32_z(crc, reinterpret_cast<const Bytef *>(bytes.data()),
                          bytes.size()));
}

/// Where the checksum's digits stand in a header, or npos.
size_t findChecksum(std::string_view header) {
  std::string before = "\"" + std::string(checksumKey) + "\":\"";
  size_t at = header.find(before);
  if (at == std::string_view::npos ||
      at + before.size() + noChecksum.size() > header.size())
    return std::string_view::npos;
  return at + before.size();
}

struct Entry {
  std::string name;
  runtime::TensorType type;
  int64_t first, last;
};

struct File {
  std::vector<Entry> entries;
  std::string data;
  bool hasChecksum;
};

/// A tensor of the header; throws json's exceptions for what is no such thing.
Entry parseEntry(const std::string &name, const json &value) {
  Entry entry{name, {}, 0, 0};
  auto type = std::find(typeNames.begin(), typeNames.end(),
                        value.at("dtype").get<std::string>());
  if (type == typeNames.end())
    throw std::runtime_error("'" + name + "' has the element type " +
                             value.at("dtype").dump() +
                             ", which is not supported");
  entry.type.element = runtime::ElementType(type - typeNames.begin());
  entry.type.shape = value.at("shape").get<std::vector<int64_t>>();
  auto range = value.at("data_offsets").get<std::array<int64_t, 2>>();
  entry.first = range[0], entry.last = range[1];

  int64_t bytes = runtime::byteSize(entry.type.element);
  bool overflows = false, isEmpty = false;
  for (int64_t size : entry.type.shape) {
    overflows |= size < 0 || __builtin_mul_overflow(
                                 bytes, std::max<int64_t>(size, 1), &bytes);
    isEmpty |= size == 0;
  }
  if (overflows || entry.last - entry.first != (isEmpty ? 0 : bytes))
    throw std::runtime_error("'" + name +
                             "': its shape and its range of the data disagree");
  return entry;
}

std::vector<Entry> parseHeader(const std::string &header) {
  json root = json::parse(header);
  std::vector<Entry> entries;
  for (auto &[name, value] : root.items())
    if (name != metadataKey)
      entries.push_back(parseEntry(name, value));
  std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
    return std::pair(a.first, a.last) < std::pair(b.first, b.last);
  });
  // The format allows neither gaps nor overlaps.
  int64_t end = 0;
  for (const Entry &entry : entries) {
    if (entry.first != end)
      throw std::runtime_error("the data of '" + entry.name + "' begin at " +
                               std::to_string(entry.first) + ", not at " +
                               std::to_string(end));
    end = entry.last;
  }
  return entries;
}

File readFile(const char *op, const std::string &path, Loc where) {
  Reader reader = detail::check(op, Reader::open(path), where);
  auto fail = [&](const std::string &text) {
    detail::fail(op, reader.error(text), where);
  };
  std::array<char, 8> size;
  detail::check(op, reader.read(size.data(), size.size()), where);
  uint64_t headerBytes = 0;
  for (int i = 7; i >= 0; --i)
    headerBytes = headerBytes << 8 | uint8_t(size[i]);
  if (headerBytes > uint64_t(std::min(headerLimit, reader.bound())))
    fail("it is not a safetensors file, or is damaged: its header claims " +
         std::to_string(headerBytes) + " bytes");
  std::string header(headerBytes, '\0');
  detail::check(op, reader.read(header.data(), int64_t(headerBytes)), where);

  File file;
  try {
    file.entries = parseHeader(header);
  } catch (const json::exception &) {
    fail("its header is damaged: it is not what safetensors files hold");
  } catch (const std::runtime_error &error) {
    fail("its header is damaged: " + std::string(error.what()));
  }
  int64_t bytes = file.entries.empty() ? 0 : file.entries.back().last;
  if (bytes > reader.bound())
    fail("its header claims more bytes than the file can hold");
  file.data.resize(bytes);
  detail::check(op, reader.read(file.data.data(), bytes), where);
  detail::check(op, reader.expectEnd(), where);

  size_t at = findChecksum(header);
  file.hasChecksum = at != std::string::npos;
  if (file.hasChecksum) {
    std::string claimed = header.substr(at, noChecksum.size());
    header.replace(at, noChecksum.size(), noChecksum);
    uint32_t crc = extend(0, {size.data(), size.size()});
    crc = extend(extend(crc, header), file.data);
    if (hex(crc) != claimed)
      fail("it is damaged: its checksum is " + hex(crc) + ", expected " +
           claimed);
  }
  // Kernels rely on a boolean being 0 or 1.
  for (const Entry &entry : file.entries)
    if (entry.type.element == runtime::ElementType::i1)
      for (int64_t i = entry.first; i < entry.last; ++i)
        file.data[i] = file.data[i] != 0;
  return file;
}

Tensor tensorOf(const Entry &entry, const File &file, Loc where) {
  return detail::fromBytes(
      file.data.data() + entry.first, size_t(entry.type.count()),
      static_cast<DType>(entry.type.element), entry.type.shape, where);
}

void writeFile(const char *op, const std::string &path,
               const std::vector<std::pair<std::string, Tensor>> &tensors,
               Loc where) {
  json root;
  root[metadataKey] = {{checksumKey, noChecksum}};
  // 8 bytes for the header's size and the header itself, then the data.
  std::vector<std::string_view> parts(2);
  int64_t end = 0;
  for (const auto &[name, tensor] : tensors) {
    std::string_view data = detail::bytesOf(tensor, where);
    if (root.contains(name))
      detail::fail(op, "two tensors are named '" + name + "'", where);
    root[name] = {{"dtype", typeNames[size_t(tensor.dtype())]},
                  {"shape", tensor.shape()},
                  {"data_offsets", {end, end + int64_t(data.size())}}};
    end += int64_t(data.size());
    parts.push_back(data);
  }
  std::string header = root.dump();
  header.resize((header.size() + 7) / 8 * 8, ' ');
  std::string size(8, '\0');
  for (int i = 0; i < 8; ++i)
    size[i] = char(header.size() >> 8 * i);
  parts[0] = size, parts[1] = header;

  uint32_t crc = 0;
  for (std::string_view part : parts)
    crc = extend(crc, part);
  header.replace(findChecksum(header), noChecksum.size(), hex(crc));
  detail::check(op, runtime::writeFileDurably(path, parts), where);
}

/// All tensors of the parts under their names in the file.
std::vector<Leaf> leavesOf(const std::vector<Part> &parts) {
  std::vector<Leaf> all;
  for (const Part &part : parts)
    for (Leaf &leaf : leaves(part.tree)) {
      std::string dot = part.name.empty() || leaf.name.empty() ? "" : ".";
      leaf.name = part.name + dot + leaf.name;
      all.push_back(std::move(leaf));
    }
  return all;
}

} // namespace

void save(const std::string &path, const std::vector<Part> &parts, Loc where) {
  std::vector<std::pair<std::string, Tensor>> tensors;
  for (const Leaf &leaf : leavesOf(parts))
    tensors.emplace_back(leaf.name, *leaf.tensor);
  writeFile("save", path, tensors, where);
}

void load(const std::string &path, const std::vector<Part> &parts, Loc where) {
  const char *op = "load";
  File file = readFile(op, path, where);
  auto fail = [&](const std::string &text) {
    detail::fail(op, "cannot read '" + path + "': " + text, where);
  };
  if (!file.hasChecksum)
    fail("it has no checksum; read another program's file by loadTensors");
  std::map<std::string_view, const Entry *> entries;
  for (const Entry &entry : file.entries)
    entries[entry.name] = &entry;

  std::vector<Leaf> leaves = leavesOf(parts);
  for (const Leaf &leaf : leaves) {
    auto entry = entries.find(leaf.name);
    if (entry == entries.end())
      fail("it is of another model: it has no '" + leaf.name + "'");
    runtime::TensorType expected = detail::typeOf(*leaf.tensor);
    if (entry->second->type != expected)
      fail("it is of another model: '" + leaf.name + "' is a " +
           entry->second->type.str() + ", expected a " + expected.str());
  }
  if (entries.size() > leaves.size()) {
    for (const Leaf &leaf : leaves)
      entries.erase(leaf.name);
    fail("it is of another model: nothing here is named '" +
         std::string(entries.begin()->first) + "'");
  }
  for (const Leaf &leaf : leaves)
    *leaf.tensor = tensorOf(*entries[leaf.name], file, where);
}

std::map<std::string, Tensor> loadTensors(const std::string &path, Loc where) {
  File file = readFile("loadTensors", path, where);
  std::map<std::string, Tensor> tensors;
  for (const Entry &entry : file.entries)
    tensors[entry.name] = tensorOf(entry, file, where);
  return tensors;
}

void saveTensors(const std::string &path,
                 const std::map<std::string, Tensor> &tensors, Loc where) {
  writeFile("saveTensors", path, {tensors.begin(), tensors.end()}, where);
}

} // namespace dlc::io
