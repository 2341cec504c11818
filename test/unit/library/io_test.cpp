// Checkpoints, NumPy's files, PNG.

#include "Support.h"

#include <dlc/dlc.h>

#include <csignal>
#include <sys/resource.h>

using namespace dlc;
using test::errorOf;

namespace {

struct Io : test::FolderTest {};

struct Model {
  Tensor w = tensor<float>({{1, 2}, {3, 4}});
  Tensor count = tensor<int64_t>({7});
  Tensor flags = tensor<bool>({true, false});
  void visit(Visitor &v) {
    v("w", w);
    v.buffer("count", count);
    v.buffer("flags", flags);
  }
};

TEST_F(Io, CheckpointsKeepEveryTensor) {
  Model model;
  Generator rng(42);
  uniform(rng, {5});
  io::save(path("a"), {{"model", model}, {"rng", rng}});
  Model other;
  other.w = zeros({2, 2});
  other.count = tensor<int64_t>({0});
  Generator fresh;
  io::load(path("a"), {{"model", other}, {"rng", fresh}});
  EXPECT_EQ(other.w.toVector<float>(), model.w.toVector<float>());
  EXPECT_EQ(other.count.toVector<int64_t>(), (std::vector<int64_t>{7}));
  EXPECT_EQ(uniform(fresh, {3}).toVector<float>(),
            uniform(rng, {3}).toVector<float>());
  auto tensors = io::loadTensors(path("a"));
  EXPECT_EQ(tensors.size(), 4u);
  EXPECT_EQ(tensors["model.flags"].dtype(), DType::boolean);
}

TEST_F(Io, ACheckpointOfAnotherModelChangesNothing) {
  Model model;
  io::save(path("a"), {model});
  auto message = [&](TreeRef tree) {
    std::string start = "[load] cannot read '" + path("a") + "': ";
    std::string text = errorOf([&] { io::load(path("a"), {tree}); });
    EXPECT_TRUE(text.starts_with(start)) << text;
    return text.substr(std::min(start.size(), text.size()));
  };
  Model shape, type;
  shape.w = zeros({2, 3});
  shape.count = tensor<int64_t>({1});
  EXPECT_EQ(message(shape),
            "it is of another model: 'w' is a tensor<2x2xf32>, expected a "
            "tensor<2x3xf32>");
  EXPECT_EQ(shape.count.item<int64_t>(), 1);
  type.w = zeros({2, 2}, DType::f64);
  EXPECT_EQ(message(type),
            "it is of another model: 'w' is a tensor<2x2xf32>, expected a "
            "tensor<2x2xf64>");
  std::map<std::string, Tensor> fewer = {{"w", model.w}},
                                named = {{"v", model.w}};
  EXPECT_EQ(message(fewer),
            "it is of another model: nothing here is named 'count'");
  EXPECT_EQ(message(named), "it is of another model: it has no 'v'");
}

TEST_F(Io, EveryByteOfACheckpointIsChecked) {
  Model model;
  io::save(path("a"), {model});
  std::string bytes = read("a");
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] ^= char(1 << i % 8);
    Model other;
    other.w = zeros({2, 2});
    EXPECT_THROW(io::load(write("b", damaged), {other}), Error) << i;
    EXPECT_EQ(sum(other.w).item(), 0) << i;
  }
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW(io::load(write("c", bytes.substr(0, size)), {model}), Error)
        << size;
  EXPECT_THROW(io::load(write("d", bytes + " "), {model}), Error);
}

TEST_F(Io, HeadersAreNotBelieved) {
  auto message = [&](const std::string &header) {
    std::string size(8, '\0');
    size[0] = char(header.size());
    std::string file = write("a", size + header + std::string(16, 'x'));
    std::string text = errorOf([&] { io::loadTensors(file); });
    return text.substr(text.find("': ") + 3);
  };
  EXPECT_EQ(message("{"), "its header is damaged: it is not what safetensors "
                          "files hold");
  EXPECT_EQ(message(R"({"a":{"dtype":"F8","shape":[],"data_offsets":[0,1]}})"),
            "its header is damaged: 'a' has the element type \"F8\", which is "
            "not supported");
  EXPECT_EQ(
      message(
          R"({"a":{"dtype":"F32","shape":[9000000000,9000000000],"data_offsets":[0,16]}})"),
      "its header is damaged: 'a': its shape and its range of the data "
      "disagree");
  EXPECT_EQ(
      message(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}})"),
      "its header is damaged: the data of 'a' begin at 8, not at 0");
  EXPECT_EQ(
      message(
          R"({"a":{"dtype":"U8","shape":[900000],"data_offsets":[0,900000]}})"),
      "its header claims more bytes than the file can hold");
}

TEST_F(Io, AFailedSaveKeepsTheOldFile) {
  Model model;
  io::save(path("a"), {model});
  std::string before = read("a");
  model.w = tensor<float>({{5, 6}, {7, 8}});
  // A disk that is full: no file may grow beyond this.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit old;
  getrlimit(RLIMIT_FSIZE, &old);
  rlimit small = {64, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  std::string text = errorOf([&] { io::save(path("a"), {model}); });
  setrlimit(RLIMIT_FSIZE, &old);
  EXPECT_EQ(text, "[save] cannot write '" + path("a") + "': File too large");
  EXPECT_EQ(read("a"), before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  EXPECT_EQ(errorOf([&] { io::save("/dev/full", {model}); }),
            "[save] cannot write '/dev/full': No space left on device");
  EXPECT_EQ(errorOf([&] { io::save(path("no/a"), {model}); }),
            "[save] cannot write '" + path("no/a") +
                "': No such file or directory");
}

TEST_F(Io, NumpyFiles) {
  Tensor a = tensor<double>({{1, 2, 3}}), b = tensor<uint8_t>({4, 5});
  io::saveNpy(path("a.npy"), a);
  Tensor read1 = io::loadNpy(path("a.npy"));
  EXPECT_EQ(read1.shape(), (Shape{1, 3}));
  EXPECT_EQ(read1.toVector<double>(), a.toVector<double>());

  io::saveNpz(path("c.npz"), {{"a", a}, {"b", b}, {"empty", zeros({0, 2})}});
  auto all = io::loadNpz(path("c.npz"));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all["a"].toVector<double>(), a.toVector<double>());
  EXPECT_EQ(all["b"].toVector<uint8_t>(), b.toVector<uint8_t>());
  EXPECT_EQ(all["empty"].shape(), (Shape{0, 2}));

  std::string bytes = read("c.npz");
  size_t at = bytes.find("\x04\x05");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 9;
  EXPECT_EQ(errorOf([&] { io::loadNpz(write("d.npz", bytes)); }),
            "[loadNpz] cannot read '" + path("d.npz") +
                "': 'b.npy' is damaged");
  std::string text =
      errorOf([&] { io::loadNpz(write("e.npz", bytes.substr(0, 100))); });
  EXPECT_TRUE(text.starts_with("[loadNpz] cannot read '" + path("e.npz") +
                               "': it is not a .npz file"))
      << text;
}

TEST_F(Io, PngImages) {
  Tensor image = tensor<uint8_t>({{0, 100, 255}, {1, 2, 3}});
  io::savePng(path("a.png"), image);
  Tensor grey = io::loadPng(path("a.png"), 1), rgb = io::loadPng(path("a.png"));
  EXPECT_EQ(grey.shape(), (Shape{2, 3, 1}));
  EXPECT_EQ(grey.toVector<uint8_t>(), image.toVector<uint8_t>());
  EXPECT_EQ(rgb.shape(), (Shape{2, 3, 3}));
  std::string bytes = read("a.png");
  std::string text =
      errorOf([&] { io::loadPng(write("b.png", bytes.substr(0, 50))); });
  EXPECT_TRUE(text.starts_with("[loadPng] cannot read '" + path("b.png")))
      << text;
  EXPECT_EQ(errorOf([&] { io::savePng(path("c.png"), zeros({2, 2})); }),
            "[encodePng] expected u8 [height, width] or [height, width, 1 or "
            "3], got tensor<2x2xf32>");
}

} // namespace
