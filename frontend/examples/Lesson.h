// What all lessons share: flags, figures to check, a place for files.

#ifndef DLC_EXAMPLES_LESSON_H
#define DLC_EXAMPLES_LESSON_H

#include <dlc/dlc.h>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace lesson {

/// The flags of every lesson; each also has --help.
struct Options {
  /// Folder with real data; without it the lesson draws its own.
  std::string data;
  /// Where files go; none without.
  std::string out;
  int64_t epochs = 0;
  uint64_t seed = 0;
  /// At most one a CPU; 0 is all.
  int threads = 0;
  /// Where it runs; empty: as DLC_DEVICE says, or on the CPU.
  std::string device;
  /// Small data and few epochs: seconds, for tests.
  bool quick = false;
  /// Quick, with as little as runs every step: for a simulated GPU.
  bool tiny = false;

  /// Epochs that a quick run cuts to `few`.
  int64_t epochsOr(int64_t few) const {
    return quick ? std::min(epochs, few) : epochs;
  }
  /// One of these numbers; a tiny run takes the small one if there is no third.
  int64_t size(int64_t full, int64_t small, int64_t least = 0) const {
    return tiny && least ? least : quick ? small : full;
  }
  /// The size of a batch.
  int64_t batch(int64_t full) const {
    return tiny ? std::min<int64_t>(full, 2) : full;
  }
  /// The run of `--out`, for train::fit.
  dlc::train::Run &run() const { return *folder; }
  /// Saves a picture or a page in `--out`.
  template <typename Picture>
  void save(const std::string &file, const Picture &picture) const {
    if (folder->exists())
      picture.save(folder->path(file));
  }
  std::shared_ptr<dlc::train::Run> folder;
};

/// A lesson's name, what it is about, and how many epochs it takes by default
/// (0: it has none).
struct About {
  std::string name, text;
  int64_t epochs = 0;
};

/// Another flag, e.g. {"--lr", "learning rate", lr}.
struct Flag {
  std::string name, text;
  double &value;
};

/// Reads the flags and runs the lesson; the exit status. An error is one line
/// on standard error and status 1; SIGINT ends with status 130.
int run(int argc, char **argv, const About &about,
        const std::function<void(const Options &)> &body,
        std::vector<Flag> flags = {});

/// Prints "metric NAME VALUE".
void metric(const std::string &name, double value);

/// MNIST's or Fashion-MNIST's files of `--data`, or digits that the program
/// draws: images u8 [n, 28, 28], labels i32 [n].
dlc::data::idx::Split images(const Options &options);

/// The mean of `f(batch)`, weighted by the batches' sizes, over all of `data`
/// in batches of 1,000.
double
meanOver(const dlc::data::TensorDataset &data,
         const std::function<double(const std::vector<dlc::Tensor> &)> &f);

/// Sentences in two languages as numbers, padded: for lessons 16 and 17.
struct Pairs {
  std::vector<dlc::data::Tokens> from, to;
  dlc::data::Vocabulary fromWords, toWords;
  /// i32 [n, words]: the sentence and its end; the translation after its
  /// beginning; the translation and its end.
  dlc::Tensor source, given, wanted;

  static constexpr int32_t padding = 1, begin = 2, end = 3;
  /// Booleans [n, words], false where a source is padding.
  dlc::Tensor mask() const { return source != padding; }
};

/// fr-en-small.txt of `--data` (a pair a line, a tab between), or drawn ones.
Pairs pairs(const Options &options);

/// A text as numbers, character by character, for lessons 15 and 17: the first
/// 10,000 letters of timemachine.txt of `--data`, or a drawn text.
struct Letters {
  std::string text;
  dlc::data::Vocabulary vocabulary;
  std::vector<int32_t> codes;

  /// All, and the first 90 %.
  std::span<const int32_t> all() const { return codes; }
  std::span<const int32_t> first() const {
    return all().first(codes.size() * 9 / 10);
  }
  /// The last 10 %, held out, in sequences of `steps` and what follows each.
  dlc::data::TensorDataset rest(int64_t steps) const {
    return dlc::data::sequences(all().subspan(first().size()), steps, steps);
  }
};

Letters letters(const Options &options);

} // namespace lesson

#endif // DLC_EXAMPLES_LESSON_H
