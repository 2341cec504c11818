#include "io/Npy.h"

#include "io/Writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

namespace dlc::runtime {

namespace {

constexpr std::string_view magic = "\x93NUMPY";

/// NumPy's names, in the order of ElementType. One byte has no byte order.
constexpr std::string_view descriptors[] = {"<f4", "<f8", "<i4", "<i8", "|u1",
                                            "<u4", "|b1", "|i1", "<V2", "<f2"};

Expected<ElementType> parseDescriptor(std::string_view text) {
  for (size_t i = 0; i < std::size(descriptors); ++i)
    if (text == descriptors[i] ||
        (descriptors[i][0] == '|' &&
         text == "<" + std::string(descriptors[i].substr(1))))
      return static_cast<ElementType>(i);
  std::string quoted = "'" + std::string(text) + "'";
  if (text.starts_with('>'))
    return Error{"its elements are big-endian (" + quoted + ")"};
  if (text.find('O') != std::string_view::npos)
    return Error{"it holds Python objects (" + quoted + ")"};
  return Error{"its element type " + quoted +
               " is not supported: expected f2, f4, f8, i1, i4, i8, u1, u4, b1 "
               "or V2 (bf16)"};
}

struct Header {
  std::optional<std::string> descriptor;
  std::optional<bool> isFortran;
  std::optional<std::vector<int64_t>> shape;
};

/// Reads the Python dictionary
///   {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
class HeaderParser {
public:
  explicit HeaderParser(std::string_view text) : rest(text) {}

  /// Nothing where the text is anything else.
  std::optional<Header> parse() {
    Header header;
    if (!take('{'))
      return {};
    while (!take('}')) {
      std::optional<std::string> key = string();
      if (!key || !take(':') || !value(*key, header))
        return {};
      if (!take(',') && peek() != '}')
        return {};
    }
    skipSpace();
    if (!rest.empty() || !header.descriptor || !header.isFortran ||
        !header.shape)
      return {};
    return header;
  }

private:
  bool value(std::string_view key, Header &header) {
    if (key == "descr")
      return (header.descriptor = string()).has_value();
    if (key == "fortran_order")
      return (header.isFortran = boolean()).has_value();
    if (key == "shape")
      return (header.shape = tuple()).has_value();
    return false;
  }

  std::optional<std::string> string() {
    char quote = peek();
    if (quote != '\'' && quote != '"')
      return {};
    size_t end = rest.find(quote, 1);
    if (end == std::string_view::npos)
      return {};
    std::string text(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
    return text;
  }

  std::optional<bool> boolean() {
    if (take("True"))
      return true;
    if (take("False"))
      return false;
    return {};
  }

  std::optional<std::vector<int64_t>> tuple() {
    std::vector<int64_t> sizes;
    if (!take('('))
      return {};
    while (!take(')')) {
      skipSpace();
      int64_t size = 0;
      auto [stop, problem] =
          std::from_chars(rest.data(), rest.data() + rest.size(), size);
      if (problem != std::errc() || size < 0)
        return {};
      rest.remove_prefix(stop - rest.data());
      sizes.push_back(size);
      if (!take(',') && peek() != ')')
        return {};
    }
    return sizes;
  }

  void skipSpace() {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n"), rest.size()));
  }
  char peek() {
    skipSpace();
    return rest.empty() ? '\0' : rest.front();
  }
  bool take(std::string_view word) {
    skipSpace();
    if (!rest.starts_with(word))
      return false;
    rest.remove_prefix(word.size());
    return true;
  }
  bool take(char character) { return take(std::string_view(&character, 1)); }

  std::string_view rest;
};

Expected<std::string> readHeader(Reader &reader) {
  char start[8];
  if (Status status = reader.read(start, sizeof start); !status.ok())
    return status.error();
  if (std::string_view(start, magic.size()) != magic)
    return reader.error("it is not a .npy file");
  int version = start[6];
  if (version < 1 || version > 3)
    return reader.error(".npy version " + std::to_string(version) +
                        " is unknown");
  unsigned char size[4] = {};
  if (Status status = reader.read(size, version == 1 ? 2 : 4); !status.ok())
    return status.error();
  int64_t bytes =
      size[0] | size[1] << 8 | size[2] << 16 | int64_t(size[3]) << 24;
  constexpr int64_t limit = 1 << 16;
  if (bytes > limit)
    return reader.error("its header claims " + std::to_string(bytes) +
                        " bytes");
  std::string header(bytes, '\0');
  if (Status status = reader.read(header.data(), bytes); !status.ok())
    return status.error();
  return header;
}

/// Bytes of the data, or nothing where they exceed `limit`.
std::optional<int64_t> dataBytes(const TensorType &type, int64_t limit) {
  int64_t bytes = byteSize(type.element);
  for (int64_t size : type.shape)
    // A 0 further on does not excuse an overflow before it.
    if (__builtin_mul_overflow(bytes, std::max<int64_t>(size, 1), &bytes))
      return {};
  bytes = type.bytes();
  if (bytes > limit)
    return {};
  return bytes;
}

} // namespace

Expected<Array> readNpy(const std::string &path) {
  Expected<Reader> reader = Reader::open(path);
  if (!reader)
    return reader.error();
  return readNpy(std::move(*reader));
}

Expected<Array> readNpy(Reader reader) {
  Expected<std::string> text = readHeader(reader);
  if (!text)
    return text.error();
  std::optional<Header> header = HeaderParser(*text).parse();
  if (!header)
    return reader.error("its header is malformed");
  Expected<ElementType> element = parseDescriptor(*header->descriptor);
  if (!element)
    return reader.error(element.message());
  if (*header->isFortran)
    return reader.error("it is in Fortran order; save it in C order");

  Array array;
  array.type = {*element, *header->shape};
  std::optional<int64_t> bytes = dataBytes(array.type, reader.bound());
  if (!bytes)
    return reader.error("its header claims a " + array.type.str() +
                        ", more than the file can hold");
  Expected<BufferRef> buffer = Buffer::allocate(*bytes);
  if (!buffer)
    return reader.error(buffer.message());
  array.buffer = *buffer;
  if (Status status = reader.read(array.buffer->data(), *bytes); !status.ok())
    return status.error();
  if (Status status = reader.expectEnd(); !status.ok())
    return status.error();
  // Kernels rely on an i1 being 0 or 1.
  if (*element == ElementType::i1)
    for (int64_t i = 0; i < *bytes; ++i)
      array.buffer->as<bool>()[i] = array.buffer->as<uint8_t>()[i] != 0;
  return array;
}

std::string npyHeader(const TensorType &type) {
  std::string shape;
  for (int64_t size : type.shape)
    shape += (shape.empty() ? "" : ", ") + std::to_string(size);
  // Python's tuple of one item needs its comma.
  if (type.shape.size() == 1)
    shape += ',';
  std::string header =
      "{'descr': '" +
      std::string(descriptors[static_cast<size_t>(type.element)]) +
      "', 'fortran_order': False, 'shape': (" + shape + "), }";
  // Magic, version, size and header end, with a newline, on 64 bytes. Version 2
  // is for headers of more than 64 KiB, which no tensor here has.
  constexpr size_t fixedBytes = 10;
  size_t total = (fixedBytes + header.size() + 1 + 63) / 64 * 64;
  header.append(total - fixedBytes - header.size() - 1, ' ');
  header += '\n';
  std::string start(magic);
  start += '\x01';
  start += '\x00';
  start += static_cast<char>(header.size() & 0xff);
  start += static_cast<char>(header.size() >> 8);
  return start + header;
}

Status writeNpy(const std::string &path, const TensorType &type,
                const void *data) {
  return writeFile(
      path, {npyHeader(type),
             std::string_view(static_cast<const char *>(data), type.bytes())});
}

} // namespace dlc::runtime
