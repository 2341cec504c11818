// CSV, CIFAR, image folders, text.

#include "Support.h"

#include <dlc/dlc.h>

#include <cmath>

using namespace dlc;
using test::errorOf;

namespace {

struct Csv : test::FolderTest {
  std::string message(const std::string &text, data::CsvOptions options = {}) {
    std::string start = "[csv] cannot read '" + path("a.csv") + "': ";
    std::string line =
        errorOf([&] { data::readCsv(write("a.csv", text), options); });
    return line.starts_with(start) ? line.substr(start.size()) : line;
  }
};

TEST_F(Csv, ReadsQuotesAndMissingValues) {
  data::Table table = data::readCsv(
      write("a.csv",
            "name,size\r\n\"a, \"\"b\"\"\",1.5\r\nNA,\r\n\"x\ny\",-2e3\r\n"));
  EXPECT_EQ(table.size(), 3);
  EXPECT_EQ(table.columns(), (std::vector<std::string>{"name", "size"}));
  EXPECT_EQ(table.cell(0, 0), "a, \"b\"");
  EXPECT_EQ(table.cell(2, 0), "x\ny");
  EXPECT_FALSE(table.isNumeric(0));
  EXPECT_TRUE(table.isNumeric(1));
  std::vector<double> size = table.numbers("size");
  EXPECT_EQ(size[0], 1.5);
  EXPECT_TRUE(std::isnan(size[1]));
  EXPECT_EQ(size[2], -2000);
  EXPECT_EQ(table.categories(0),
            (std::vector<std::string>{"a, \"b\"", "x\ny"}));
  EXPECT_EQ(table.toTensor({"size"}).shape(), (Shape{3, 1}));
}

TEST_F(Csv, OtherSeparatorsAndNoHeader) {
  data::Table table = data::readCsv(write("a.csv", "1;2\n3;4"),
                                    {.separator = ';', .header = false});
  EXPECT_EQ(table.toTensor().toVector<float>(),
            (std::vector<float>{1, 2, 3, 4}));
}

TEST_F(Csv, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(message("a,b\n1,2\n3\n"), "record 3 has 1 cells, the first has 2");
  EXPECT_EQ(message("a,b\n1,2,3\n"), "record 2 has 3 cells, the first has 2");
  EXPECT_EQ(message("a,b\n"), "it has no rows");
  EXPECT_EQ(message(""), "it has no rows");
  EXPECT_EQ(message("a\n\"b"),
            "record 2: a quote is out of place or not closed");
  data::Table table = data::readCsv(write("b.csv", "a,b\n1,2\n1,two\n"));
  EXPECT_EQ(errorOf([&] { table.numbers("b"); }),
            "[csv] '" + path("b.csv") +
                "': record 3, column 'b': 'two' is not a number");
  EXPECT_EQ(errorOf([&] { table.numbers("c"); }),
            "[csv] '" + path("b.csv") + "' has no column 'c'");
  EXPECT_EQ(errorOf([&] { data::readCsv(path("absent.csv")); }),
            "[csv] cannot read '" + path("absent.csv") +
                "': No such file or directory");
}

TEST_F(Csv, WritesWhatItReads) {
  data::writeCsv(path("a.csv"), {"x", "y"}, {{"1", "a,\"b\""}, {"2", ""}});
  data::Table table = data::readCsv(path("a.csv"));
  EXPECT_EQ(table.cell(0, 1), "a,\"b\"");
  EXPECT_EQ(table.cell(1, 1), "");
}

struct Cifar : test::FolderTest {
  /// A record whose planes hold 1, 2 and 3.
  static std::string record(char label) {
    return label + std::string(1024, 1) + std::string(1024, 2) +
           std::string(1024, 3);
  }
};

TEST_F(Cifar, ReadsRecords) {
  for (const char *name : {"data_batch_1.bin", "data_batch_3.bin"})
    write(name, record(4) + record(9));
  write("test_batch.bin", record(0));
  data::idx::Split split = data::cifar::load(folder);
  EXPECT_EQ(split.train[0].shape(), (Shape{4, 32, 32, 3}));
  EXPECT_EQ(split.train[1].toVector<int32_t>(),
            (std::vector<int32_t>{4, 9, 4, 9}));
  auto pixels = split.test[0].data<uint8_t>();
  EXPECT_EQ(std::vector<uint8_t>(pixels.begin(), pixels.begin() + 4),
            (std::vector<uint8_t>{1, 2, 3, 1}));
}

TEST_F(Cifar, SaysWhatIsWrong) {
  EXPECT_EQ(errorOf([&] { data::cifar::read(write("a", record(10))); }),
            "[cifar] cannot read '" + path("a") +
                "': the label of record 0 is 10, outside [0, 10)");
  EXPECT_EQ(errorOf([&] { data::cifar::read(write("a", record(1) + "x")); }),
            "[cifar] cannot read '" + path("a") +
                "': it holds 3074 bytes, no whole number of records of 3073");
  EXPECT_EQ(errorOf([&] { data::cifar::load(folder); }),
            "[cifar] no data_batch_1.bin and test_batch.bin in '" +
                folder.string() + "'");
}

struct Images : test::FolderTest {
  void image(const std::string &name, Shape shape, uint8_t value) {
    std::filesystem::create_directories((folder / name).parent_path());
    io::savePng(path(name), full(shape, value, DType::u8));
  }
};

TEST_F(Images, AFolderAClass) {
  image("cat/2.png", {4, 5}, 2);
  image("cat/1.png", {4, 5}, 1);
  image("dog/1.png", {4, 5}, 3);
  write("cat/readme.txt", "not an image");
  data::ImageFolder images = data::readImageFolder(folder, 1);
  EXPECT_EQ(images.classes, (std::vector<std::string>{"cat", "dog"}));
  EXPECT_EQ(images.samples[0].shape(), (Shape{3, 4, 5, 1}));
  Tensor corners = images.samples[0][{Slice(), 0, 0, 0}];
  EXPECT_EQ(corners.toVector<uint8_t>(), (std::vector<uint8_t>{1, 2, 3}));
  EXPECT_EQ(images.samples[1].toVector<int32_t>(),
            (std::vector<int32_t>{0, 0, 1}));
}

TEST_F(Images, SaysWhatIsWrong) {
  EXPECT_EQ(errorOf([&] { data::readImageFolder(folder); }),
            "[readImageFolder] '" + folder.string() + "' has no subfolders");
  image("cat/1.png", {4, 5}, 1);
  image("cat/2.png", {5, 5}, 1);
  EXPECT_EQ(errorOf([&] { data::readImageFolder(folder); }),
            "[readImageFolder] '" + path("cat/2.png") +
                "' has 5x5 pixels, the images before it 5x4");
  std::filesystem::remove(folder / "cat/1.png");
  std::filesystem::remove(folder / "cat/2.png");
  EXPECT_EQ(errorOf([&] { data::readImageFolder(folder); }),
            "[readImageFolder] no PNG file in '" + path("cat") + "'");
  EXPECT_EQ(errorOf([&] { data::readImageFolder(path("absent")); }),
            "[readImageFolder] cannot read '" + path("absent") +
                "': No such file or directory");
}

struct Text : test::FolderTest {};

TEST_F(Text, Vocabularies) {
  data::Tokens words = data::words("the cat\nand  the dog and the end");
  data::Vocabulary vocabulary({words}, {.minCount = 2, .reserved = {"<pad>"}});
  EXPECT_EQ(vocabulary.size(), 4); // <unk> <pad> the and
  EXPECT_EQ(vocabulary.encode(words),
            (std::vector<int32_t>{2, 0, 3, 2, 0, 3, 2, 0}));
  std::vector<int32_t> codes = {2, 3, 0};
  EXPECT_EQ(vocabulary.decode(codes), (data::Tokens{"the", "and", "<unk>"}));
  EXPECT_EQ(errorOf([&] { vocabulary.token(4); }),
            "[Vocabulary] no token has number 4; there are 4");
  EXPECT_EQ(data::lettersOnly("It's 3 o'clock!"), "it s o clock ");
}

TEST_F(Text, PiecesAndPadding) {
  std::vector<int32_t> text = {0, 1, 2, 3, 4, 5};
  data::TensorDataset pieces = data::sequences(text, 2, 3);
  EXPECT_EQ(pieces[0].toVector<int32_t>(), (std::vector<int32_t>{0, 1, 3, 4}));
  EXPECT_EQ(pieces[1].toVector<int32_t>(), (std::vector<int32_t>{1, 2, 4, 5}));
  EXPECT_EQ(errorOf([&] { data::sequences(text, 6, 1); }),
            "[sequences] a text of 6 tokens holds no piece of 6 and its "
            "continuation");
  EXPECT_EQ(data::padded({{1, 2, 3}, {4}}, 2, 9).toVector<int32_t>(),
            (std::vector<int32_t>{1, 2, 4, 9}));
}

TEST_F(Text, SaysWhatIsWrong) {
  EXPECT_EQ(data::readText(write("a", "é€😀")), "é€😀");
  EXPECT_EQ(errorOf([&] { data::readText(write("a", "")); }),
            "[readText] cannot read '" + path("a") + "': it is empty");
  EXPECT_EQ(errorOf([&] { data::readText(write("a", "ab\xff")); }),
            "[readText] cannot read '" + path("a") + "': byte 2 is not UTF-8");
}

} // namespace
