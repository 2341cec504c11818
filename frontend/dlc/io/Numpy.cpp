#include <dlc/io/Numpy.h>

#include "detail/Bytes.h"
#include "io/Npy.h"
#include "io/Writer.h"

#include <array>
#include <cstring>
#include <memory>
#include <vector>
#include <zip.h>

namespace dlc::io {
namespace {

using runtime::Reader;

/// Larger archives are refused before they are read.
constexpr int64_t byteLimit = int64_t(1) << 34;
constexpr std::string_view ending = ".npy";

struct Discard {
  void operator()(zip_t *archive) const { zip_discard(archive); }
  void operator()(zip_file_t *file) const { zip_fclose(file); }
  void operator()(zip_source_t *source) const { zip_source_free(source); }
};
template <typename T> using Owned = std::unique_ptr<T, Discard>;

struct ZipError : zip_error_t {
  ZipError() { zip_error_init(this); }
  ~ZipError() { zip_error_fini(this); }
};

} // namespace

Tensor loadNpy(const std::string &path, Loc where) {
  runtime::Array array =
      detail::check("loadNpy", runtime::readNpy(path), where);
  return detail::tensorOf(array.type, std::move(array.buffer), where);
}

void saveNpy(const std::string &path, const Tensor &tensor, Loc where) {
  std::string_view data = detail::bytesOf(tensor, where);
  detail::check("saveNpy",
                runtime::writeNpy(path, detail::typeOf(tensor), data.data()),
                where);
}

std::map<std::string, Tensor> loadNpz(const std::string &path, Loc where) {
  const char *op = "loadNpz";
  Reader reader = detail::check(op, Reader::open(path), where);
  int64_t bound = reader.bound();
  std::string bytes = detail::check(op, reader.readAll(byteLimit), where);
  auto fail = [&](const std::string &text) {
    detail::fail(op, reader.error(text), where);
  };

  ZipError problem;
  Owned<zip_source_t> source(
      zip_source_buffer_create(bytes.data(), bytes.size(), 0, &problem));
  Owned<zip_t> archive(source ? zip_open_from_source(source.get(),
                                                     ZIP_RDONLY | ZIP_CHECKCONS,
                                                     &problem)
                              : nullptr);
  if (!archive)
    fail(std::string("it is not a .npz file: ") + zip_error_strerror(&problem));
  source.release(); // the archive's now

  std::map<std::string, Tensor> tensors;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive.get(), 0); ++i) {
    zip_stat_t info;
    if (zip_stat_index(archive.get(), i, 0, &info) != 0)
      fail(zip_strerror(archive.get()));
    std::string name = info.name;
    // Deflate makes at most 1032 bytes of one.
    if (int64_t(info.size) < 0 || int64_t(info.size) / 1032 > bound)
      fail("'" + name + "' claims more bytes than the file can hold");
    std::string member(info.size, '\0');
    Owned<zip_file_t> file(zip_fopen_index(archive.get(), i, 0));
    // The read of one byte too many checks the member's checksum.
    char beyond;
    if (!file ||
        zip_fread(file.get(), member.data(), member.size()) !=
            zip_int64_t(member.size()) ||
        zip_fread(file.get(), &beyond, 1) != 0)
      fail("'" + name + "' is damaged");
    runtime::Array array = detail::check(
        op,
        runtime::readNpy(Reader::over(path + "/" + name, std::move(member))),
        where);
    if (name.ends_with(ending))
      name.resize(name.size() - ending.size());
    tensors[name] =
        detail::tensorOf(array.type, std::move(array.buffer), where);
  }
  return tensors;
}

void saveNpz(const std::string &path,
             const std::map<std::string, Tensor> &tensors, Loc where) {
  auto fail = [&](const char *text) {
    detail::fail("saveNpz", "cannot write '" + path + "': " + text, where);
  };
  ZipError problem;
  Owned<zip_source_t> target(zip_source_buffer_create(nullptr, 0, 0, &problem));
  Owned<zip_t> archive(
      target ? zip_open_from_source(target.get(), ZIP_TRUNCATE, &problem)
             : nullptr);
  if (!archive)
    fail(zip_error_strerror(&problem));
  zip_source_keep(target.get());

  std::vector<std::string> members;
  members.reserve(tensors.size()); // libzip reads them when it closes
  for (const auto &[name, tensor] : tensors) {
    members.push_back(runtime::npyHeader(detail::typeOf(tensor)));
    members.back() += detail::bytesOf(tensor, where);
    zip_source_t *source = zip_source_buffer(
        archive.get(), members.back().data(), members.back().size(), 0);
    zip_int64_t index =
        source ? zip_file_add(archive.get(), (name + ".npy").c_str(), source,
                              ZIP_FL_ENC_UTF_8)
               : -1;
    if (index < 0) {
      zip_source_free(source);
      fail(zip_strerror(archive.get()));
    }
    zip_set_file_compression(archive.get(), index, ZIP_CM_STORE, 0);
    // The same tensors give the same bytes.
    zip_file_set_dostime(archive.get(), index, 0, 0x21, 0);
  }
  if (zip_close(archive.get()) != 0)
    fail(zip_strerror(archive.get()));
  archive.release();

  zip_source_open(target.get());
  std::string bytes;
  std::array<char, 1 << 16> piece;
  while (zip_int64_t got =
             zip_source_read(target.get(), piece.data(), piece.size())) {
    if (got < 0)
      fail("out of memory");
    bytes.append(piece.data(), got);
  }
  zip_source_close(target.get());
  std::array<std::string_view, 1> parts = {bytes};
  detail::check("saveNpz", runtime::writeFileDurably(path, parts), where);
}

} // namespace dlc::io
