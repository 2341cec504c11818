#include "dlc/Error.h"

#include <vector>

namespace dlc {

std::string str(const Loc &where) {
  std::string text = where.file_name();
  text += ":" + std::to_string(where.line());
  if (where.column())
    text += ":" + std::to_string(where.column());
  return text;
}

Error::Error(const std::string &message, Loc where)
    : std::runtime_error(str(where) + ": " + message) {}

namespace {

struct Frame {
  std::string path;
  Loc where;
  bool isLibrary;
};

thread_local std::vector<Frame> frames;

} // namespace

Scope::Scope(std::string name, Loc where) {
  std::string outer = path();
  if (!outer.empty() && !name.empty())
    outer += ".";
  frames.push_back({outer + name, resolve(where), false});
}

Scope::Scope(Library) {
  if (frames.empty())
    frames.push_back({"", Loc(), false});
  else
    frames.push_back({frames.back().path, frames.back().where, true});
}

Scope Scope::library() { return Scope(Library()); }

Scope::~Scope() { frames.pop_back(); }

Loc Scope::resolve(Loc where) {
  return !frames.empty() && frames.back().isLibrary ? frames.back().where
                                                    : where;
}

std::string Scope::path() { return frames.empty() ? "" : frames.back().path; }

} // namespace dlc
