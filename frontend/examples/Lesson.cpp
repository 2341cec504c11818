#include "Lesson.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace lesson {

using namespace dlc;

int run(int argc, char **argv, const About &about,
        const std::function<void(const Options &)> &body,
        std::vector<Flag> flags) {
  Options options;
  options.epochs = about.epochs;
  CLI::App app(about.text);
  app.option_defaults()->always_capture_default();
  app.add_option("--data", options.data,
                 "folder with real data (default: drawn by the program)");
  app.add_option("--epochs", options.epochs, "passes over the data")
      ->check(CLI::Range(0, 1'000'000));
  app.add_option("--seed", options.seed, "of weights, order and drawn data");
  app.add_option("--threads", options.threads,
                 "threads, at most one a CPU (default: all)")
      ->check(CLI::Range(1, 1'000));
  app.add_option("--device", options.device, "cpu, cuda, cuda:N or auto");
  app.add_option("--out", options.out, "folder for pictures, figures, model");
  app.add_flag("--quick", options.quick, "small data, few epochs");
  app.add_flag("--tiny", options.tiny,
               "a few samples, one epoch: for a simulated GPU");
  for (Flag &flag : flags)
    app.add_option(flag.name, flag.value, flag.text);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &help) {
    return app.exit(help);
  } catch (const CLI::Error &error) {
    std::fprintf(stderr, "%s: %s\n", about.name.c_str(), error.what());
    return 1;
  }

  if (options.tiny) {
    options.quick = true;
    options.epochs = std::min<int64_t>(options.epochs, 1);
  }
  if (options.threads)
    setenv("DLC_NUM_THREADS", std::to_string(options.threads).c_str(), 1);
  if (!options.device.empty())
    setenv("DLC_DEVICE", options.device.c_str(), 1);
  train::Interrupt interrupt;
  try {
    options.folder = std::make_shared<train::Run>(
        options.out,
        train::Config{{"lesson", about.name},
                      {"data", options.data},
                      {"epochs", std::to_string(options.epochs)},
                      {"seed", std::to_string(options.seed)},
                      {"quick", options.quick ? "true" : "false"}});
    body(options);
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s: %s\n", about.name.c_str(), error.what());
    return 1;
  }
  return train::Interrupt::requested() ? 130 : 0;
}

void metric(const std::string &name, double value) {
  std::printf("metric %s %.6g\n", name.c_str(), value);
  std::fflush(stdout);
}

data::idx::Split images(const Options &options) {
  if (!options.data.empty())
    return data::idx::load(options.data);
  return {data::glyphs(options.size(10'000, 3'000, 16), options.seed),
          data::glyphs(options.size(2'000, 500, 8), options.seed + 1)};
}

double meanOver(const data::TensorDataset &data,
                const std::function<double(const std::vector<Tensor> &)> &f) {
  metrics::Average average;
  for (const std::vector<Tensor> &batch :
       data::DataLoader(data, {.batch = 1000}))
    average.add(f(batch), double(batch[0].size(0)));
  return average.value();
}

Pairs pairs(const Options &options) {
  std::vector<data::Tokens> from, to;
  auto add = [&](std::string_view one, std::string_view other) {
    from.push_back(data::words(one));
    to.push_back(data::words(other));
  };
  if (options.data.empty()) {
    // Numbers in another order.
    const std::vector<std::string> french = {"un", "deux", "trois", "quatre"};
    const std::vector<std::string> english = {"one", "two", "three", "four"};
    for (size_t i = 0; i < 4; ++i)
      for (size_t j = 0; j < size_t(options.size(4, 2)); ++j)
        add(french[i] + " et " + french[j] + " .",
            english[j] + " after " + english[i] + " .");
  } else {
    std::string path = options.data + "/fr-en-small.txt";
    std::istringstream text(data::readText(path));
    int64_t number = 0;
    for (std::string line; std::getline(text, line);) {
      ++number;
      size_t tab = line.find('\t');
      if (tab == std::string::npos)
        throw Error("'" + path + "': line " + std::to_string(number) +
                    " has no tab between two sentences");
      add(line.substr(0, tab), line.substr(tab + 1));
    }
  }
  data::VocabularyOptions reserved = {.reserved = {"<pad>", "<bos>", "<eos>"}};
  data::Vocabulary fromWords(from, reserved), toWords(to, reserved);
  std::vector<std::vector<int32_t>> source, given, wanted;
  size_t longest = 0;
  for (size_t i = 0; i < from.size(); ++i) {
    source.push_back(fromWords.encode(from[i]));
    source.back().push_back(Pairs::end);
    wanted.push_back(toWords.encode(to[i]));
    given.push_back(wanted.back());
    given.back().insert(given.back().begin(), Pairs::begin);
    wanted.back().push_back(Pairs::end);
    longest = std::max({longest, source.back().size(), wanted.back().size()});
  }
  auto size = int64_t(longest);
  return {from,
          to,
          fromWords,
          toWords,
          data::padded(source, size, Pairs::padding),
          data::padded(given, size, Pairs::padding),
          data::padded(wanted, size, Pairs::padding)};
}

/// Sentences of a small grammar.
static std::string sentences(int64_t length, uint64_t seed) {
  const std::vector<std::vector<std::string>> words = {
      {"the", "a", "every"},
      {"traveller", "machine", "garden", "clock", "river"},
      {"sees", "follows", "forgets", "repairs"},
      {"the", "a", "some"},
      {"time", "morning", "lamp", "story", "stone"}};
  Generator rng(seed);
  std::vector<float> chances = uniform(rng, {length}).toVector<float>();
  std::string text;
  for (size_t i = 0; std::ssize(text) < length; ++i) {
    const auto &choice = words[i % words.size()];
    text += choice[size_t(chances[i] * float(choice.size()))] + " ";
  }
  return text.substr(0, size_t(length));
}

Letters letters(const Options &options) {
  std::string text;
  if (options.data.empty())
    text = sentences(options.size(10'000, 1'500), options.seed);
  else
    text = data::lettersOnly(data::readText(options.data + "/timemachine.txt"))
               .substr(0, 10'000);
  data::Tokens characters = data::characters(text);
  data::Vocabulary vocabulary({characters});
  return {text, vocabulary, vocabulary.encode(characters)};
}

} // namespace lesson
