// NumPy's array files.

#include "Support.h"

#include "io/Npy.h"

#include <zlib.h>

namespace dlc::runtime::test {
namespace {

class NpyTest : public FileTest {
protected:
  /// A file of version 1 with this header and data.
  std::string npy(const std::string &header, const std::string &data,
                  char version = 1) const {
    std::string bytes = "\x93NUMPY";
    bytes += version;
    bytes += '\0';
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
      bytes += static_cast<char>(header.size() >> (8 * i));
    return write("a.npy", bytes + header + data);
  }
  std::string dict(const std::string &descr, const std::string &shape,
                   const std::string &fortran = "False") const {
    return "{'descr': '" + descr + "', 'fortran_order': " + fortran +
           ", 'shape': " + shape + ", }\n";
  }
  /// The error of reading, without the path.
  std::string error(const std::string &file) const {
    std::string message = messageOf(readNpy(file)),
                start = "cannot read '" + file + "': ";
    return message.starts_with(start) ? message.substr(start.size()) : message;
  }
};

TEST_F(NpyTest, EveryTypeRoundTrips) {
  std::string data = std::string("\0\1\1\0\1\0", 6) + std::string(42, '\1');
  for (ElementType element :
       {ElementType::f32, ElementType::f64, ElementType::i32, ElementType::i64,
        ElementType::ui8, ElementType::ui32, ElementType::i1})
    for (std::vector<int64_t> shape :
         {std::vector<int64_t>{2, 3}, {6}, {}, {1, 0, 3}, {0}}) {
      TensorType type{element, shape};
      ASSERT_EQ(messageOf(writeNpy(path("a.npy"), type, data.data())), "");
      Expected<Array> array = readNpy(path("a.npy"));
      ASSERT_TRUE(array.ok()) << array.message();
      EXPECT_EQ(array->type, type);
      EXPECT_EQ(values<char>(array->buffer),
                std::vector<char>(data.begin(), data.begin() + type.bytes()));
    }
}

TEST_F(NpyTest, WritesWhatNumPyWrites) {
  float values[] = {1, 2, 3};
  ASSERT_TRUE(writeNpy(path("a.npy"), {ElementType::f32, {3}}, values).ok());
  std::string bytes = read(path("a.npy"));
  std::string header = "{'descr': '<f4', 'fortran_order': False, "
                       "'shape': (3,), }";
  EXPECT_EQ(bytes.substr(0, 10 + header.size()),
            std::string("\x93NUMPY\1\0\x76\0", 10) + header);
  EXPECT_EQ(bytes.size(), 128u + 12u);
  EXPECT_EQ(bytes[127], '\n');
  ASSERT_TRUE(writeNpy(path("a.npy"), {ElementType::f32, {1, 3}}, values).ok());
  EXPECT_TRUE(contains(read(path("a.npy")), "'shape': (1, 3), }"));
  ASSERT_TRUE(writeNpy(path("a.npy"), {ElementType::f32, {}}, values).ok());
  EXPECT_TRUE(contains(read(path("a.npy")), "'shape': (), }"));
}

TEST_F(NpyTest, ReadsOtherSpellings) {
  std::string data(4, '\1');
  for (std::string header :
       {std::string("{\"descr\":\"|u1\",\"fortran_order\":False,"
                    "\"shape\":(4,)}"),
        std::string("{'shape': (4,), 'fortran_order': False, "
                    "'descr': '<u1'}  \n"),
        dict("|u1", "( 4 , )")})
    for (char version : {1, 2, 3})
      EXPECT_EQ(error(npy(header, data, version)), "") << header;
}

TEST_F(NpyTest, ReadsGzip) {
  std::string bytes = read(npy(dict("|u1", "(3,)"), "abc"));
  gzFile file = gzopen(path("a.npy.gz").c_str(), "wb");
  gzwrite(file, bytes.data(), bytes.size());
  gzclose(file);
  EXPECT_EQ(values<char>(readNpy(path("a.npy.gz"))->buffer),
            (std::vector<char>{'a', 'b', 'c'}));
}

TEST_F(NpyTest, BooleansBecomeZeroOrOne) {
  std::string file = npy(dict("|b1", "(3,)"), std::string("\0\2\xff", 3));
  EXPECT_EQ(values<char>(readNpy(file)->buffer), (std::vector<char>{0, 1, 1}));
}

TEST_F(NpyTest, RefusesWhatItIsNot) {
  EXPECT_EQ(error(write("a.npy", "PK\3\4 a zip file")),
            "it is not a .npy file");
  EXPECT_EQ(error(write("a.npy", "")), "it is truncated: 8 bytes are missing");
  EXPECT_EQ(error(npy(dict("|u1", "()"), "a", 4)), ".npy version 4 is unknown");
}

TEST_F(NpyTest, RefusesOtherElements) {
  EXPECT_EQ(error(npy(dict(">f4", "(1,)"), "abcd")),
            "its elements are big-endian ('>f4')");
  EXPECT_EQ(error(npy(dict("|O", "(1,)"), "abcd")),
            "it holds Python objects ('|O')");
  for (std::string odd : {"<f1", "<U7", "", "f4", "<c8", "|f4"})
    EXPECT_EQ(error(npy(dict(odd, "(1,)"), "abcd")),
              "its element type '" + odd +
                  "' is not supported: expected f2, f4, f8, i1, i4, i8, "
                  "u1, u4, b1 or V2 (bf16)");
}

TEST_F(NpyTest, RefusesFortranOrder) {
  EXPECT_EQ(error(npy(dict("<f4", "(1,)", "True"), "abcd")),
            "it is in Fortran order; save it in C order");
}

TEST_F(NpyTest, RefusesTruncation) {
  std::string whole = read(npy(dict("<f4", "(3,)"), "123456789abc"));
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(error(write("a.npy", whole.substr(0, size))), "");
  // The header says more than the file can hold, so nothing is allocated.
  EXPECT_EQ(error(npy(dict("<f4", "(3,)"), "12345678")),
            "it is truncated: 4 bytes are missing");
  EXPECT_EQ(error(npy(dict("<f4", "(3,)"), "123456789abcd")),
            "more data follows than its header announces");
}

TEST_F(NpyTest, RefusesImpossibleSizes) {
  for (std::string shape :
       {"(1000000,)", "(4611686018427387904, 4)", "(9223372036854775807,)",
        "(0, 9223372036854775807)", "(4294967296, 4294967296, 0)"})
    EXPECT_TRUE(contains(error(npy(dict("<f4", shape), "abcd")),
                         "more than the file can hold"))
        << error(npy(dict("<f4", shape), "abcd"));
}

TEST_F(NpyTest, RefusesMalformedHeaders) {
  std::string good = dict("<f4", "(1,)");
  for (std::string header :
       {std::string(), std::string("{}"), std::string("{'descr': '<f4'}"),
        std::string("{'descr': '<f4"), dict("<f4", "(-1,)"), dict("<f4", "(1"),
        dict("<f4", "1"), dict("<f4", "(1 2)"),
        dict("<f4", "(99999999999999999999,)"), dict("<f4", "(1,)", "0"),
        good + "x", "{'evil': 1, " + good.substr(1)})
    EXPECT_EQ(error(npy(header, "abcd")), "its header is malformed") << header;
  EXPECT_EQ(error(npy(std::string(70'000, ' '), "", 2)),
            "its header claims 70000 bytes");
}

TEST_F(NpyTest, NoChangedByteDoesHarm) {
  const std::string good = read(npy(dict("<f4", "(1, 2)"), "12345678"));
  for (size_t at = 0; at < good.size(); ++at)
    for (unsigned char value : oddBytes) {
      std::string bad = good;
      bad[at] = static_cast<char>(value);
      Expected<Array> array = readNpy(write("a.npy", bad));
      EXPECT_TRUE(!array || array->buffer->bytes() == array->type.bytes());
    }
}

} // namespace
} // namespace dlc::runtime::test
