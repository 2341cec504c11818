#include <dlc/optim/Schedule.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace dlc::optim {
namespace {

void checkPositive(const char *name, int64_t steps, Loc where) {
  if (steps < 1)
    throw Error("[" + std::string(name) + "] expected at least 1 step, got " +
                    std::to_string(steps),
                where);
}

} // namespace

Schedule constant(double rate) {
  return [=](int64_t) { return rate; };
}

Schedule stepwise(double rate, double factor, int64_t every, Loc where) {
  checkPositive("stepwise", every, where);
  return [=](int64_t step) {
    return rate * std::pow(factor, double(step / every));
  };
}

Schedule milestones(double rate, double factor, std::vector<int64_t> steps,
                    Loc where) {
  if (!std::is_sorted(steps.begin(), steps.end()))
    throw Error("[milestones] the steps must rise", where);
  return [=](int64_t step) {
    auto passed = std::upper_bound(steps.begin(), steps.end(), step);
    return rate * std::pow(factor, double(passed - steps.begin()));
  };
}

Schedule exponential(double rate, double factor) {
  return [=](int64_t step) { return rate * std::pow(factor, double(step)); };
}

Schedule polynomial(double rate, double power, int64_t steps, Loc where) {
  checkPositive("polynomial", steps, where);
  return [=](int64_t step) {
    double left = 1 - double(std::min(step, steps)) / double(steps);
    return rate * std::pow(left, power);
  };
}

Schedule cosine(double rate, double last, int64_t steps, Loc where) {
  checkPositive("cosine", steps, where);
  return [=](int64_t step) {
    double done = double(std::min(step, steps)) / double(steps);
    return last + (rate - last) * (1 + std::cos(std::numbers::pi * done)) / 2;
  };
}

Schedule inverseRoot(double rate, int64_t warmup, Loc where) {
  checkPositive("inverseRoot", warmup, where);
  return [=](int64_t step) {
    double share = double(step + 1) / double(warmup);
    return rate * std::min(share, 1 / std::sqrt(share));
  };
}

Schedule warmup(int64_t steps, double first, Schedule then, Loc where) {
  checkPositive("warmup", steps, where);
  return [=](int64_t step) {
    if (step >= steps)
      return then(step - steps);
    return first + (then(0) - first) * double(step) / double(steps);
  };
}

} // namespace dlc::optim
