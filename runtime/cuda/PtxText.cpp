#include "cuda/PtxText.h"

#include <charconv>

namespace dlc::runtime::cuda::ptx {

namespace {

/// The first word after `key`; empty without one.
std::string_view wordAfter(std::string_view text, std::string_view key) {
  constexpr std::string_view blank = " \t\r\n,";
  size_t at = text.find(key);
  if (at == std::string_view::npos)
    return {};
  at = text.find_first_not_of(" \t", at + key.size());
  if (at == std::string_view::npos)
    return {};
  return text.substr(at, text.find_first_of(blank, at) - at);
}

} // namespace

int target(std::string_view text) {
  std::string_view word = wordAfter(text, ".target");
  int sm = 0;
  if (word.starts_with("sm_"))
    std::from_chars(word.data() + 3, word.data() + word.size(), sm);
  return sm;
}

std::string version(std::string_view text) {
  return std::string(wordAfter(text, ".version"));
}

std::string sourceOf(std::string_view text, std::string_view kernel) {
  std::string entry = ".entry " + std::string(kernel) + "(";
  size_t begin = text.find(entry);
  if (begin == std::string_view::npos)
    return {};
  std::string_view body = text.substr(begin + entry.size());
  body = body.substr(0, body.find("\n}"));
  // ".loc FILE LINE COLUMN"; line 0 stands for code that is nobody's.
  for (size_t at; (at = body.find(".loc")) != std::string_view::npos;) {
    body.remove_prefix(at + 4);
    std::string_view file = wordAfter(body, "");
    std::string_view line = wordAfter(body, file);
    if (line == "0" || file.empty() || line.empty())
      continue;
    // ".file FILE "path"".
    std::string key = ".file\t" + std::string(file) + " \"";
    size_t name = text.find(key);
    if (name == std::string_view::npos)
      return {};
    name += key.size();
    return std::string(text.substr(name, text.find('"', name) - name)) + ":" +
           std::string(line);
  }
  return {};
}

} // namespace dlc::runtime::cuda::ptx
