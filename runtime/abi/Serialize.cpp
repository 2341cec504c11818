// The file form of a Program:
//
//   0   "DLCPROG" and the version of this format, one byte
//   8   XXH3 of everything from byte 16 on
//   16  sizes of manifest, image and constants, 8 bytes each, little-endian
//   40  the manifest (JSON), the image, the constants
//
// nlohmann's objects are sorted by key, so equal programs give equal bytes.

#include "abi/Program.h"

#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <array>
#include <iterator>

namespace dlc::runtime {

namespace {

using Json = nlohmann::json;

constexpr std::string_view magic = "DLCPROG";
constexpr char formatVersion = 5;
constexpr size_t checksumAt = 8, sizesAt = 16, payloadAt = 40;

constexpr std::array<std::string_view, 6> spaceNames = {
    "argument", "result", "arena", "constant", "tape", "prepared"};
constexpr std::array<std::string_view, 3> roleNames = {"count", "read",
                                                       "append"};
constexpr std::array<std::string_view, 7> kindNames = {
    "launch", "copy", "check", "loop", "show", "branch", "repeat"};

void putWord(std::string &bytes, size_t at, uint64_t word) {
  for (size_t i = 0; i < sizeof word; ++i)
    bytes[at + i] = static_cast<char>(word >> (8 * i));
}

uint64_t getWord(std::string_view bytes, size_t at) {
  uint64_t word = 0;
  for (size_t i = 0; i < sizeof word; ++i)
    word |= uint64_t(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return word;
}

uint64_t checksum(std::string_view bytes) {
  return XXH3_64bits(bytes.data() + sizesAt, bytes.size() - sizesAt);
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

Json encode(const std::string &text);
Json encode(const TensorType &type);
Json encode(const Argument &argument);
Json encode(const Address &address);
Json encode(const Instruction &instruction);
Json encode(const Kernel &kernel);
Json encode(const Check &check);
Json encode(const Function &function);
Json encode(const TapeUse &use);

template <typename T> Json encodeAll(const std::vector<T> &items) {
  Json list = Json::array();
  for (const T &item : items)
    list.push_back(encode(item));
  return list;
}

Json encode(const std::string &text) { return text; }

Json encode(const TensorType &type) {
  return {{"element", std::string(name(type.element))}, {"shape", type.shape}};
}

Json encode(const Argument &argument) {
  return {{"type", encode(argument.type)},
          {"name", argument.name},
          {"donatedTo", argument.donatedTo}};
}

/// ["arena", index, offset, stride...].
Json encode(const Address &address) {
  Json list = Json::array();
  list.push_back(std::string(spaceNames[static_cast<size_t>(address.space)]));
  list.push_back(address.index);
  list.push_back(address.offset);
  for (int64_t stride : address.strides)
    list.push_back(stride);
  return list;
}

/// ["append", header, bytes].
Json encode(const TapeUse &use) {
  return {std::string(roleNames[static_cast<size_t>(use.role)]), encode(use.at),
          use.bytes};
}

Json encode(const Instruction &instruction) {
  Json object;
  object["kind"] =
      std::string(kindNames[static_cast<size_t>(instruction.kind)]);
  switch (instruction.kind) {
  case Instruction::Kind::launch:
    object["kernel"] = instruction.kernel;
    object["operands"] = encodeAll(instruction.operands);
    object["tiles"] = instruction.tiles;
    object["work"] = instruction.work;
    object["joined"] = instruction.joined;
    break;
  case Instruction::Kind::copy:
    object["operands"] = encodeAll(instruction.operands);
    object["bytes"] = instruction.bytes;
    break;
  case Instruction::Kind::check:
    break;
  case Instruction::Kind::loop:
    object["operands"] = encodeAll(instruction.operands);
    object["trips"] = instruction.trips;
    object["reverse"] = instruction.reverse;
    object["tapes"] = encodeAll(instruction.tapes);
    object["scoped"] = instruction.scoped;
    object["text"] = instruction.text;
    object["body"] = encodeAll(instruction.body);
    break;
  case Instruction::Kind::branch:
    object["operands"] = encodeAll(instruction.operands);
    object["body"] = encodeAll(instruction.body);
    object["otherwise"] = encodeAll(instruction.otherwise);
    break;
  case Instruction::Kind::repeat:
    object["operands"] = encodeAll(instruction.operands);
    object["trips"] = instruction.trips;
    object["tapes"] = encodeAll(instruction.tapes);
    object["scoped"] = instruction.scoped;
    object["text"] = instruction.text;
    object["condition"] = encodeAll(instruction.condition);
    object["body"] = encodeAll(instruction.body);
    break;
  case Instruction::Kind::show:
    object["operands"] = encodeAll(instruction.operands);
    object["type"] = encode(instruction.type);
    object["text"] = instruction.text;
    object["summary"] = instruction.summary;
    break;
  }
  return object;
}

Json encode(const Kernel &kernel) {
  Json object = {{"name", kernel.name}, {"entry", kernel.entry}};
  if (kernel.threads) {
    object["threads"] = kernel.threads;
    object["sharedBytes"] = kernel.sharedBytes;
    object["operandBytes"] = kernel.operandBytes;
    object["cooperative"] = kernel.cooperative;
  }
  return object;
}

Json encode(const Check &check) {
  return {
      {"op", check.op}, {"location", check.location}, {"limit", check.limit}};
}

Json encode(const Function &function) {
  return {{"name", function.name},
          {"arguments", encodeAll(function.arguments)},
          {"results", encodeAll(function.results)},
          {"arenaBytes", function.arenaBytes},
          {"tapeBytes", function.tapeBytes},
          {"preparedBytes", function.preparedBytes},
          {"setup", encodeAll(function.setup)},
          {"code", encodeAll(function.code)}};
}

Json encode(const Program &program) {
  return {{"device", program.device},
          {"features", encodeAll(program.features)},
          {"producer", program.producer},
          {"kernels", encodeAll(program.kernels)},
          {"checks", encodeAll(program.checks)},
          {"functions", encodeAll(program.functions)}};
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Reads typed values out of JSON. The first mismatch is remembered; after it
/// every read gives an empty value, so callers ask once, at the end.
class Decoder {
public:
  Program program(const Json &json);
  bool failed() const { return !problem.empty(); }
  Error error() const { return {"invalid program: " + problem}; }

private:
  void fail(const std::string &text) {
    if (!failed())
      problem = "the manifest " + text;
  }

  const Json &member(const Json &json, const char *key) {
    static const Json none;
    if (json.is_object())
      if (auto found = json.find(key); found != json.end())
        return *found;
    fail("lacks '" + std::string(key) + "'");
    return none;
  }

  std::string text(const Json &json) {
    if (const auto *string = json.get_ptr<const Json::string_t *>())
      return *string;
    fail("has something else where a text is expected");
    return {};
  }

  int64_t integer(const Json &json) {
    // A number above INT64_MAX is unsigned in nlohmann's terms.
    if (json.is_number_unsigned() && json.get<uint64_t>() > INT64_MAX)
      fail("has a number that is too large");
    else if (json.is_number_integer())
      return json.get<int64_t>();
    fail("has something else where a whole number is expected");
    return 0;
  }

  bool boolean(const Json &json) {
    if (json.is_boolean())
      return json.get<bool>();
    fail("has something else where true or false is expected");
    return false;
  }

  /// Decodes each item of a list by a member function of this class.
  template <typename T>
  std::vector<T> all(const Json &json, T (Decoder::*decode)(const Json &)) {
    std::vector<T> items;
    if (!json.is_array())
      fail("has something else where a list is expected");
    else
      for (const Json &item : json)
        items.push_back((this->*decode)(item));
    return items;
  }

  template <size_t size>
  size_t oneOf(const Json &json,
               const std::array<std::string_view, size> &names) {
    std::string word = text(json);
    for (size_t i = 0; i < size; ++i)
      if (names[i] == word)
        return i;
    fail("has the unknown word '" + word + "'");
    return 0;
  }

  TensorType type(const Json &json);
  Argument argument(const Json &json);
  Address address(const Json &json);
  TapeUse tapeUse(const Json &json);
  Instruction instruction(const Json &json);
  std::vector<Instruction> nested(const Json &json);
  Kernel kernel(const Json &json);
  Check check(const Json &json);
  Function function(const Json &json);

  std::string problem;
  size_t depth = 0;
  size_t nesting = 0;
};

TensorType Decoder::type(const Json &json) {
  TensorType type;
  if (Expected<ElementType> element =
          parseElementType(text(member(json, "element"))))
    type.element = *element;
  else
    fail("names an " + element.message());
  type.shape = all(member(json, "shape"), &Decoder::integer);
  return type;
}

Argument Decoder::argument(const Json &json) {
  return {type(member(json, "type")), text(member(json, "name")),
          integer(member(json, "donatedTo"))};
}

Address Decoder::address(const Json &json) {
  if (!json.is_array() || json.size() < 3) {
    fail("has something else where an address is expected");
    return {};
  }
  Address address;
  address.space = static_cast<Address::Space>(oneOf(json[0], spaceNames));
  address.index = integer(json[1]);
  address.offset = integer(json[2]);
  for (size_t i = 3; i < json.size(); ++i)
    address.strides.push_back(integer(json[i]));
  return address;
}

TapeUse Decoder::tapeUse(const Json &json) {
  if (!json.is_array() || json.size() != 3) {
    fail("has something else where a use of a tape is expected");
    return {};
  }
  return {static_cast<TapeUse::Role>(oneOf(json[0], roleNames)),
          address(json[1]), integer(json[2])};
}

Instruction Decoder::instruction(const Json &json) {
  Instruction instruction;
  instruction.kind =
      static_cast<Instruction::Kind>(oneOf(member(json, "kind"), kindNames));
  switch (instruction.kind) {
  case Instruction::Kind::launch:
    instruction.kernel = integer(member(json, "kernel"));
    instruction.operands = all(member(json, "operands"), &Decoder::address);
    instruction.tiles = integer(member(json, "tiles"));
    instruction.work = integer(member(json, "work"));
    instruction.joined = boolean(member(json, "joined"));
    break;
  case Instruction::Kind::copy:
    instruction.operands = all(member(json, "operands"), &Decoder::address);
    instruction.bytes = integer(member(json, "bytes"));
    break;
  case Instruction::Kind::check:
    break;
  case Instruction::Kind::loop:
    instruction.operands = all(member(json, "operands"), &Decoder::address);
    instruction.trips = integer(member(json, "trips"));
    instruction.reverse = boolean(member(json, "reverse"));
    instruction.tapes = all(member(json, "tapes"), &Decoder::tapeUse);
    instruction.scoped = boolean(member(json, "scoped"));
    instruction.text = text(member(json, "text"));
    if (depth == maxLoopDepth) {
      fail("nests loops too deeply");
      break;
    }
    ++depth;
    instruction.body = all(member(json, "body"), &Decoder::instruction);
    --depth;
    break;
  case Instruction::Kind::branch:
    instruction.operands = all(member(json, "operands"), &Decoder::address);
    instruction.body = nested(member(json, "body"));
    instruction.otherwise = nested(member(json, "otherwise"));
    break;
  case Instruction::Kind::repeat:
    instruction.operands = all(member(json, "operands"), &Decoder::address);
    instruction.trips = integer(member(json, "trips"));
    instruction.tapes = all(member(json, "tapes"), &Decoder::tapeUse);
    instruction.scoped = boolean(member(json, "scoped"));
    instruction.text = text(member(json, "text"));
    instruction.condition = nested(member(json, "condition"));
    instruction.body = nested(member(json, "body"));
    break;
  case Instruction::Kind::show:
    instruction.operands = all(member(json, "operands"), &Decoder::address);
    instruction.type = type(member(json, "type"));
    instruction.text = text(member(json, "text"));
    instruction.summary = boolean(member(json, "summary"));
    break;
  }
  return instruction;
}

/// A list within a branch or a loop with a condition.
std::vector<Instruction> Decoder::nested(const Json &json) {
  if (nesting == maxNesting) {
    fail("nests branches too deeply");
    return {};
  }
  ++nesting;
  std::vector<Instruction> list = all(json, &Decoder::instruction);
  --nesting;
  return list;
}

Kernel Decoder::kernel(const Json &json) {
  Kernel kernel;
  kernel.name = text(member(json, "name"));
  kernel.entry = integer(member(json, "entry"));
  if (json.is_object() && json.contains("threads")) {
    kernel.threads = integer(member(json, "threads"));
    kernel.sharedBytes = integer(member(json, "sharedBytes"));
    kernel.operandBytes = all(member(json, "operandBytes"), &Decoder::integer);
    kernel.cooperative = boolean(member(json, "cooperative"));
  }
  return kernel;
}

Check Decoder::check(const Json &json) {
  return {text(member(json, "op")), text(member(json, "location")),
          integer(member(json, "limit"))};
}

Function Decoder::function(const Json &json) {
  Function function;
  function.name = text(member(json, "name"));
  function.arguments = all(member(json, "arguments"), &Decoder::argument);
  function.results = all(member(json, "results"), &Decoder::type);
  function.arenaBytes = integer(member(json, "arenaBytes"));
  function.tapeBytes = integer(member(json, "tapeBytes"));
  function.preparedBytes = integer(member(json, "preparedBytes"));
  function.setup = all(member(json, "setup"), &Decoder::instruction);
  function.code = all(member(json, "code"), &Decoder::instruction);
  return function;
}

Program Decoder::program(const Json &json) {
  Program program;
  program.device = text(member(json, "device"));
  program.features = all(member(json, "features"), &Decoder::text);
  program.producer = text(member(json, "producer"));
  program.kernels = all(member(json, "kernels"), &Decoder::kernel);
  program.checks = all(member(json, "checks"), &Decoder::check);
  program.functions = all(member(json, "functions"), &Decoder::function);
  return program;
}

} // namespace

std::string serialize(const Program &program) {
  // A path that is not UTF-8 may stand in a location: replace what JSON lacks.
  std::string manifest = encode(program).dump(
      /*indent=*/-1, ' ', /*ensure_ascii=*/false,
      Json::error_handler_t::replace);
  std::string bytes(magic);
  bytes += formatVersion;
  bytes.resize(payloadAt);
  putWord(bytes, sizesAt, manifest.size());
  putWord(bytes, sizesAt + 8, program.image.size());
  putWord(bytes, sizesAt + 16, program.constants.size());
  bytes += manifest;
  bytes += program.image;
  bytes += program.constants;
  putWord(bytes, checksumAt, checksum(bytes));
  return bytes;
}

bool isProgram(std::string_view bytes) { return bytes.starts_with(magic); }

Expected<Program> deserialize(std::string_view bytes) {
  if (!isProgram(bytes))
    return Error{"not a dlc program"};
  if (bytes.size() < payloadAt)
    return Error{"invalid program: it is truncated"};
  if (bytes[magic.size()] != formatVersion)
    return Error{"invalid program: its format has version " +
                 std::to_string(int(bytes[magic.size()])) +
                 ", this runtime reads version " +
                 std::to_string(int(formatVersion))};
  // Each size is compared with what is left, so no sum can overflow.
  std::string_view rest = bytes.substr(payloadAt);
  std::array<std::string_view, 3> parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    uint64_t size = getWord(bytes, sizesAt + 8 * i);
    if (size > rest.size())
      return Error{"invalid program: it is truncated"};
    parts[i] = rest.substr(0, size);
    rest.remove_prefix(size);
  }
  if (!rest.empty())
    return Error{"invalid program: " + std::to_string(rest.size()) +
                 " bytes follow its end"};
  if (getWord(bytes, checksumAt) != checksum(bytes))
    return Error{"invalid program: its checksum does not match"};

  Json manifest = Json::parse(parts[0], nullptr, /*allow_exceptions=*/false);
  if (manifest.is_discarded())
    return Error{"invalid program: the manifest is not JSON"};
  Decoder decoder;
  Program program = decoder.program(manifest);
  if (decoder.failed())
    return decoder.error();
  program.image = parts[1];
  program.constants = parts[2];
  if (Status status = validate(program); !status.ok())
    return status.error();
  return program;
}

} // namespace dlc::runtime
