#include <dlc/data/Text.h>

#include "detail/Bytes.h"
#include "io/Reader.h"

#include <algorithm>
#include <cctype>

namespace dlc::data {
namespace {

constexpr int64_t byteLimit = int64_t(1) << 30;

/// The position of the first byte that is not part of a UTF-8 sequence, or
/// npos. Follows the bytes' classes, not every forbidden code point.
size_t findInvalid(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    auto byte = uint8_t(text[i]);
    size_t length = byte < 0x80                   ? 1
                    : byte >= 0xC2 && byte < 0xE0 ? 2
                    : byte >= 0xE0 && byte < 0xF0 ? 3
                    : byte >= 0xF0 && byte < 0xF5 ? 4
                                                  : 0;
    if (length == 0 || i + length > text.size())
      return i;
    for (size_t j = 1; j < length; ++j)
      if ((uint8_t(text[i + j]) & 0xC0) != 0x80)
        return i;
    i += length;
  }
  return std::string_view::npos;
}

} // namespace

std::string readText(const std::string &path, Loc where) {
  runtime::Reader reader =
      detail::check("readText", runtime::Reader::open(path), where);
  std::string text =
      detail::check("readText", reader.readAll(byteLimit), where);
  if (text.empty())
    detail::fail("readText", reader.error("it is empty"), where);
  if (size_t at = findInvalid(text); at != std::string::npos)
    detail::fail("readText",
                 reader.error("byte " + std::to_string(at) + " is not UTF-8"),
                 where);
  return text;
}

std::string lettersOnly(std::string_view text) {
  std::string letters;
  for (char c : text)
    if (std::isalpha(uint8_t(c)))
      letters += char(std::tolower(uint8_t(c)));
    else if (!letters.empty() && letters.back() != ' ')
      letters += ' ';
  return letters;
}

Tokens characters(std::string_view text) {
  Tokens tokens;
  for (char c : text)
    tokens.emplace_back(1, c);
  return tokens;
}

Tokens words(std::string_view text) {
  Tokens tokens;
  constexpr std::string_view spaces = " \t\r\n";
  for (size_t first = text.find_first_not_of(spaces);
       first != std::string_view::npos;) {
    size_t last = std::min(text.find_first_of(spaces, first), text.size());
    tokens.emplace_back(text.substr(first, last - first));
    first = text.find_first_not_of(spaces, last);
  }
  return tokens;
}

Vocabulary::Vocabulary(const std::vector<Tokens> &texts,
                       VocabularyOptions options) {
  auto add = [&](const std::string &token) {
    if (numbers.emplace(token, int32_t(tokens.size())).second)
      tokens.push_back(token);
  };
  add("<unk>");
  for (const std::string &token : options.reserved)
    add(token);
  // Of each token, minus its count and its first position: the order.
  std::map<std::string, std::pair<int64_t, int64_t>> counts;
  int64_t position = 0;
  for (const Tokens &text : texts)
    for (const std::string &token : text)
      --counts.try_emplace(token, 0, position++).first->second.first;
  std::vector<std::pair<std::pair<int64_t, int64_t>, std::string>> order;
  for (const auto &[token, count] : counts)
    if (-count.first >= options.minCount)
      order.emplace_back(count, token);
  std::sort(order.begin(), order.end());
  for (const auto &[count, token] : order)
    add(token);
}

int32_t Vocabulary::operator[](const std::string &token) const {
  auto at = numbers.find(token);
  return at == numbers.end() ? 0 : at->second;
}

const std::string &Vocabulary::token(int64_t number, Loc where) const {
  if (number < 0 || number >= size())
    throw Error("[Vocabulary] no token has number " + std::to_string(number) +
                    "; there are " + std::to_string(size()),
                where);
  return tokens[number];
}

std::vector<int32_t> Vocabulary::encode(const Tokens &text) const {
  std::vector<int32_t> codes;
  for (const std::string &token : text)
    codes.push_back((*this)[token]);
  return codes;
}

Tokens Vocabulary::decode(std::span<const int32_t> codes, Loc where) const {
  Tokens text;
  for (int32_t code : codes)
    text.push_back(token(code, where));
  return text;
}

TensorDataset sequences(std::span<const int32_t> text, int64_t steps,
                        int64_t stride, Loc where) {
  if (steps < 1 || stride < 1)
    throw Error("[sequences] expected at least 1 step and a stride of 1, got " +
                    std::to_string(steps) + " and " + std::to_string(stride),
                where);
  if (int64_t(text.size()) <= steps)
    throw Error("[sequences] a text of " + std::to_string(text.size()) +
                    " tokens holds no piece of " + std::to_string(steps) +
                    " and its continuation",
                where);
  std::vector<int32_t> inputs, targets;
  int64_t count = 0;
  for (int64_t i = 0; i + steps < int64_t(text.size()); i += stride, ++count) {
    inputs.insert(inputs.end(), &text[i], &text[i] + steps);
    targets.insert(targets.end(), &text[i] + 1, &text[i] + 1 + steps);
  }
  return TensorDataset({tensor(inputs, {count, steps}, where),
                        tensor(targets, {count, steps}, where)},
                       where);
}

Tensor padded(const std::vector<std::vector<int32_t>> &texts, int64_t length,
              int32_t padding, Loc where) {
  std::vector<int32_t> all;
  for (const std::vector<int32_t> &text : texts)
    for (int64_t i = 0; i < length; ++i)
      all.push_back(i < int64_t(text.size()) ? text[i] : padding);
  return tensor(all, {int64_t(texts.size()), length}, where);
}

} // namespace dlc::data
