// Text as numbers.

#ifndef DLC_FRONTEND_DATA_TEXT_H
#define DLC_FRONTEND_DATA_TEXT_H

#include <dlc/data/TensorDataset.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::data {

/// Reads a text file, plain or gzip. An empty one throws, and so does one that
/// is not UTF-8.
std::string readText(const std::string &path, Loc where = Loc::current());

/// Lower-case letters and single spaces; everything else becomes a space. What
/// the teaching text does to a novel.
std::string lettersOnly(std::string_view text);

using Tokens = std::vector<std::string>;

/// Each byte as a token.
Tokens characters(std::string_view text);
/// What stands between spaces, line breaks and tabs.
Tokens words(std::string_view text);

struct VocabularyOptions {
  /// Rarer tokens become the unknown one.
  int64_t minCount = 1;
  /// Come first, in this order, e.g. "<pad>", "<bos>", "<eos>".
  std::vector<std::string> reserved = {};
};

/// Tokens and their numbers: "<unk>" is 0, then the reserved ones, then the
/// others by falling count, equal counts in the order of the text.
class Vocabulary {
public:
  explicit Vocabulary(const std::vector<Tokens> &texts,
                      VocabularyOptions options = {});

  int64_t size() const { return int64_t(tokens.size()); }
  /// The number of a token, 0 if it is unknown.
  int32_t operator[](const std::string &token) const;
  /// The token of a number. Throws if there is none.
  const std::string &token(int64_t number, Loc where = Loc::current()) const;

  std::vector<int32_t> encode(const Tokens &tokens) const;
  Tokens decode(std::span<const int32_t> numbers,
                Loc where = Loc::current()) const;

private:
  std::vector<std::string> tokens;
  std::map<std::string, int32_t> numbers;
};

/// All pieces of `steps` numbers, `stride` apart, and what follows each number:
/// inputs and targets i32 [pieces, steps]. Throws if the text is too short.
TensorDataset sequences(std::span<const int32_t> text, int64_t steps,
                        int64_t stride, Loc where = Loc::current());

/// Numbers cut or padded to one length: i32 [texts, length].
Tensor padded(const std::vector<std::vector<int32_t>> &texts, int64_t length,
              int32_t padding, Loc where = Loc::current());

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_TEXT_H
