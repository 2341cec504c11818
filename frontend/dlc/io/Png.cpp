#include <dlc/io/Png.h>

#include "detail/Bytes.h"
#include "io/Reader.h"
#include "io/Writer.h"

#include <array>
#include <cstring>
#include <png.h>

namespace dlc::io {
namespace {

/// No image is larger, as a file or unpacked.
constexpr int64_t byteLimit = 1 << 28;

struct Image : png_image {
  Image() : png_image{} { version = PNG_IMAGE_VERSION; }
  ~Image() { png_image_free(this); }
};

} // namespace

Tensor loadPng(const std::string &path, int64_t channels, Loc where) {
  const char *op = "loadPng";
  if (channels != 1 && channels != 3)
    detail::fail(
        op, "expected 1 or 3 channels, got " + std::to_string(channels), where);
  runtime::Reader reader =
      detail::check(op, runtime::Reader::open(path), where);
  std::string bytes = detail::check(op, reader.readAll(byteLimit), where);
  Image image;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    detail::fail(op, reader.error(image.message), where);
  image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  if (int64_t(image.width) > byteLimit / channels / image.height)
    detail::fail(op,
                 reader.error("it claims " + std::to_string(image.width) + "x" +
                              std::to_string(image.height) + " pixels"),
                 where);
  std::vector<uint8_t> pixels(PNG_IMAGE_SIZE(image));
  png_color black = {};
  if (!png_image_finish_read(&image, &black, pixels.data(), 0, nullptr))
    detail::fail(op, reader.error(image.message), where);
  return tensor(pixels, {image.height, image.width, channels}, where);
}

std::string encodePng(const Tensor &picture, Loc where) {
  const char *op = "encodePng";
  Shape shape = picture.shape(where);
  if (shape.size() == 2)
    shape.push_back(1);
  if (picture.dtype() != DType::u8 || shape.size() != 3 ||
      (shape[2] != 1 && shape[2] != 3) || picture.count() == 0)
    detail::fail(
        op,
        "expected u8 [height, width] or [height, width, 1 or 3], got " +
            detail::typeOf(picture).str(),
        where);
  Image image;
  image.height = uint32_t(shape[0]), image.width = uint32_t(shape[1]);
  image.format = shape[2] == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  const void *pixels = picture.data<uint8_t>(where).data();
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, 0,
                                 nullptr))
    detail::fail(op, image.message, where);
  bytes.resize(size);
  return bytes;
}

void savePng(const std::string &path, const Tensor &image, Loc where) {
  std::string bytes = encodePng(image, where);
  detail::check("savePng", runtime::writeFile(path, {bytes}), where);
}

} // namespace dlc::io
