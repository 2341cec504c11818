#include "gpu-check/Steps.h"

#include "io/Npy.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

namespace dlc::gpucheck {

namespace {

/// Some elements of a result, evenly spread.
using Sample = std::vector<double>;
constexpr int64_t mostSampled = 256;

/// The noise of a bundle.
constexpr uint64_t seed = 7;
constexpr double nudged = 1e-6, allowance = 10;
/// Of the size of a result, whatever a CPU's own results do.
constexpr double leastBound = 1e-4;

Sample sample(const runtime::TensorType &type, const void *data) {
  int64_t count = std::min(type.count(), mostSampled);
  Sample values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(
        ptxsim::numberAt(type.element, data, i * type.count() / count));
  return values;
}

/// The results of so many steps: as they are, or how a state has changed.
Expected<std::vector<Sample>> samplesOf(runtime::Execution &step,
                                        const Buffers &start, int64_t steps) {
  const runtime::Function &function = step.function();
  Expected<Buffers> arguments = copyTo(step.device(), start);
  if (!arguments)
    return arguments.error();
  Buffers results;
  if (Status status = advance(step, *arguments, results, steps); !status.ok())
    return status.error();

  std::vector<Sample> samples(function.results.size());
  std::vector<int64_t> states(function.results.size(), -1);
  for (size_t i = 0; i < function.arguments.size(); ++i)
    if (int64_t result = function.arguments[i].donatedTo; result >= 0)
      states[result] = static_cast<int64_t>(i);
  for (size_t r = 0; r < samples.size(); ++r) {
    const runtime::TensorType &type = function.results[r];
    int64_t state = states[r];
    auto host = runtime::moveTo(runtime::hostDevice(),
                                state < 0 ? results[r] : (*arguments)[state]);
    if (!host)
      return host.error();
    samples[r] = sample(type, (*host)->data());
    if (state < 0)
      continue;
    Sample before = sample(type, start[state]->data());
    for (size_t i = 0; i < before.size(); ++i)
      samples[r][i] -= before[i];
  }
  return samples;
}

double sizeOf(const Sample &x) {
  double sum = 0;
  for (double value : x)
    sum += value * value;
  return std::sqrt(sum);
}

/// Infinite where one of two numbers is not finite and the other is another.
double distance(const Sample &x, const Sample &y) {
  Sample difference;
  for (size_t i = 0; i < x.size(); ++i) {
    bool same = x[i] == y[i] || (std::isnan(x[i]) && std::isnan(y[i]));
    difference.push_back(same ? 0 : x[i] - y[i]);
  }
  double size = sizeOf(difference);
  return std::isnan(size) ? std::numeric_limits<double>::infinity() : size;
}

/// Of the results of a step, as a file has them: a line each.
struct Reference {
  double bound = 0;
  Sample values;
};

Expected<std::vector<Reference>> readReferences(const std::string &path) {
  std::ifstream file(path);
  if (!file)
    return Error{"cannot open '" + path + "'"};
  std::vector<Reference> references;
  for (std::string line; std::getline(file, line);) {
    Reference reference;
    char *at = line.data();
    auto next = [&](double &number) {
      char *begin = at;
      number = std::strtod(begin, &at); // "nan" and "inf", too
      return at != begin;
    };
    if (!next(reference.bound))
      return Error{"'" + path + "' is damaged"};
    for (double value; next(value);)
      reference.values.push_back(value);
    references.push_back(std::move(reference));
  }
  return references;
}

} // namespace

Expected<Buffers> stepArguments(const runtime::Function &function,
                                double nudge) {
  Buffers buffers;
  for (size_t i = 0; i < function.arguments.size(); ++i) {
    const runtime::TensorType &type = function.arguments[i].type;
    // Noise in -4 … 4, or any integer.
    Expected<runtime::Array> array = ptxsim::randomArray(type, seed + i);
    if (!array)
      return array.error();
    std::string_view element = name(type.element);
    bool isFloat = element[0] == 'f' || element[0] == 'b';
    for (int64_t e = 0; e < type.count(); ++e) {
      void *data = array->buffer->data();
      double noise = ptxsim::numberAt(type.element, data, e);
      double value = isFloat ? (noise + 4) / 80 * (1 + nudge * (e % 3 - 1))
                             : std::fmod(std::fabs(noise), 2);
      ptxsim::setNumber(*array, e, value);
    }
    buffers.push_back(array->buffer);
  }
  return buffers;
}

Status advance(runtime::Execution &step, Buffers &arguments, Buffers &results,
               int64_t count) {
  const runtime::Function &function = step.function();
  for (int64_t i = 0; i < count; ++i) {
    if (Status status = step.run(arguments, results); !status.ok())
      return status;
    for (size_t a = 0; a < arguments.size(); ++a)
      if (int64_t result = function.arguments[a].donatedTo; result >= 0)
        arguments[a] = std::move(results[result]);
  }
  return {};
}

Status checkSteps(const Case &what, const std::string &folder,
                  runtime::Execution &step, Outcome &outcome) {
  auto references = readReferences(folder + what.expected[0]);
  if (!references)
    return references.error();
  Expected<Buffers> start = stepArguments(step.function());
  if (!start)
    return start.error();
  auto samples = samplesOf(step, *start, what.steps);
  if (!samples)
    return samples.error();
  if (samples->size() != references->size())
    return Error{"the step has " + std::to_string(samples->size()) +
                 " results, expected " + std::to_string(references->size())};
  double worst = 0;
  size_t unsteady = 0;
  for (size_t r = 0; r < samples->size(); ++r) {
    const auto &[bound, values] = (*references)[r];
    const Sample &got = (*samples)[r];
    if (got.size() != values.size())
      return Error{"result " + std::to_string(r) + " has another size"};
    double off = distance(got, values), size = sizeOf(values);
    if (!(off <= bound)) {
      outcome.passed = false;
      outcome.text = "result " + std::to_string(r) + " " +
                     step.function().results[r].str() + " is off by " +
                     std::to_string(off) + " of " + std::to_string(size) +
                     ", at most " + std::to_string(bound) + " is allowed";
      return {};
    }
    // What says nothing is not counted as right.
    if (bound > size / 2 && size > 0)
      ++unsteady;
    else if (size > 0)
      worst = std::max(worst, off / size);
  }
  char text[128];
  std::snprintf(text, sizeof text, "%lld steps, %zu results within %.1e",
                static_cast<long long>(what.steps), samples->size() - unsteady,
                worst);
  outcome.text = text;
  if (unsteady)
    outcome.text += ", " + std::to_string(unsteady) + " too unsteady to tell";
  return {};
}

Status writeSteps(const Case &what, const std::string &folder, bool inputs) {
  auto step = load(runtime::hostDevice(), folder + what.program, what.function);
  if (!step)
    return step.error();
  const runtime::Function &function = (*step)->function();
  Expected<Buffers> start = stepArguments(function),
                    moved = stepArguments(function, nudged);
  if (!start || !moved)
    return start ? moved.error() : start.error();
  auto expected = samplesOf(**step, *start, what.steps);
  if (!expected)
    return expected.error();
  auto near = samplesOf(**step, *moved, what.steps);
  if (!near)
    return near.error();
  std::ofstream file(folder + what.expected[0]);
  file.precision(9);
  for (size_t r = 0; r < expected->size(); ++r) {
    const Sample &values = (*expected)[r];
    file << std::max(allowance * distance(values, (*near)[r]),
                     leastBound * sizeOf(values));
    for (double value : values)
      file << " " << value;
    file << "\n";
  }
  for (size_t i = 0; inputs && i < start->size(); ++i) {
    std::string path = folder + what.program + "." + std::to_string(i) + ".npy";
    if (Status status = runtime::writeNpy(path, function.arguments[i].type,
                                          (*start)[i]->data());
        !status.ok())
      return status;
  }
  return file.flush() ? Status() : Error{"cannot write what is expected"};
}

} // namespace dlc::gpucheck
