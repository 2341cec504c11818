#include <dlc/train/Progress.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace dlc::train {
namespace {

constexpr int width = 32;
constexpr auto redrawAfter = std::chrono::milliseconds(50);

double secondsOf(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

} // namespace

Progress::Progress(int64_t steps, bool quiet)
    : steps(steps), quiet(quiet), terminal(isatty(STDOUT_FILENO) != 0),
      colour(terminal && !std::getenv("NO_COLOR")) {}

Progress::~Progress() { clear(); }

double Progress::seconds() const { return secondsOf(Clock::now() - start); }

void Progress::step(int64_t done) {
  Clock::time_point now = Clock::now();
  if (quiet || !terminal || (now - drawn < redrawAfter && done < steps))
    return;
  drawn = now;
  barIsShown = true;
  std::string bar(
      std::clamp<int64_t>(done * width / std::max<int64_t>(steps, 1), 0, width),
      '#');
  double passed = std::max(seconds(), 1e-9), rate = double(done) / passed;
  std::printf("\r\033[K%s%s%s%s %lld/%lld, %.4g/s, %.0f s left",
              colour ? "\033[32m" : "", bar.c_str(), colour ? "\033[0m" : "",
              std::string(width - bar.size(), '.').c_str(),
              static_cast<long long>(done), static_cast<long long>(steps), rate,
              double(steps - done) / std::max(rate, 1e-9));
  std::fflush(stdout);
}

void Progress::row(const std::vector<Cell> &cells) {
  clear();
  start = Clock::now();
  if (quiet)
    return;
  // A column is as wide as its format or its name.
  auto print = [&](auto text) {
    for (const Cell &cell : cells) {
      int wide =
          std::max(std::atoi(cell.format.c_str() + 1), int(cell.name.size()));
      std::printf("%s%*s", &cell == &cells[0] ? "" : "  ", wide,
                  text(cell).c_str());
    }
  };
  if (!headIsPrinted) {
    std::printf("%s", colour ? "\033[1m" : "");
    print([](const Cell &cell) { return cell.name; });
    std::printf("%s\n", colour ? "\033[0m" : "");
    headIsPrinted = true;
  }
  print([](const Cell &cell) {
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), cell.format.c_str(), cell.value);
    return std::string(text.data());
  });
  std::printf("\n");
  std::fflush(stdout);
}

void Progress::clear() {
  if (barIsShown)
    std::printf("\r\033[K");
  barIsShown = false;
}

} // namespace dlc::train
