#include <dlc/train/Run.h>

#include "detail/Bytes.h"
#include "io/Writer.h"

#include <dlc/data/Text.h>
#include <dlc/plot/Figure.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

namespace dlc::train {
namespace {

using nlohmann::ordered_json;

void write(const std::string &path, const std::string &text, Loc where) {
  detail::check("train", runtime::writeFile(path, {text}), where);
}

/// A number where the text is one.
ordered_json valueOf(const std::string &text) {
  ordered_json value = ordered_json::parse(text, nullptr, false);
  return value.is_number() || value.is_boolean() ? value : ordered_json(text);
}

} // namespace

Run::Run(std::string folder, const Config &config, Loc where)
    : directory(std::move(folder)) {
  if (!exists())
    return;
  std::error_code problem;
  std::filesystem::create_directories(directory, problem);
  if (problem)
    throw Error("[train] cannot make '" + directory + "': " + problem.message(),
                where);
  ordered_json root = ordered_json::object();
  for (const auto &[name, text] : config)
    root[name] = valueOf(text);
  write(path("config.json"), root.dump(2) + "\n", where);
}

std::string Run::path(const std::string &file) const {
  return (std::filesystem::path(directory) / file).string();
}

void Run::add(const std::vector<std::pair<std::string, double>> &row) {
  ordered_json line;
  for (const auto &[name, value] : row) {
    line[name] = value; // null if it is not finite
    if (name == row.front().first)
      continue;
    if (!curves.count(name))
      names.push_back(name);
    curves[name].emplace_back(row.front().second, value);
  }
  lines += line.dump() + "\n";
}

void Run::log(const std::vector<std::pair<std::string, double>> &row,
              Loc where) {
  if (!exists() || row.empty())
    return;
  add(row);
  write(path("metrics.jsonl"), lines, where);

  plot::Figure figure({.xLabel = row.front().first});
  for (const std::string &name : names) {
    std::vector<double> x, y;
    for (auto [at, value] : curves[name])
      x.push_back(at), y.push_back(value);
    figure.line(std::move(x), std::move(y), name, where);
  }
  figure.save(path("curve.svg"), where);
}

void Run::reload(Loc where) {
  std::error_code ignored;
  if (!std::filesystem::exists(path("metrics.jsonl"), ignored))
    return;
  std::istringstream text(data::readText(path("metrics.jsonl"), where));
  for (std::string line; std::getline(text, line);) {
    ordered_json value = ordered_json::parse(line, nullptr, false);
    std::vector<std::pair<std::string, double>> row;
    if (value.is_object())
      for (auto &[name, number] : value.items())
        row.emplace_back(name, number.is_number() ? number.get<double>() : NAN);
    if (!row.empty())
      add(row);
  }
}

void Run::saveModel(TreeRef model, Loc where) {
  if (exists())
    io::save(path("model.safetensors"), {model}, where);
}

} // namespace dlc::train
