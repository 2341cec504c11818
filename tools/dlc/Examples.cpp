// dlc examples: lists the lessons, or runs the programs installed beside us.

#include "Commands.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <chrono>
#include <unistd.h>

using namespace dlc;
using namespace dlc::tool;
using llvm::StringRef;

namespace {

struct Lesson {
  const char *number, *name, *text;
};

/// Made by CMake from the programs of frontend/examples and their first lines.
constexpr Lesson lessons[] = {
#include "Lessons.inc"
};

constexpr llvm::StringLiteral usage =
    R"(usage: dlc examples                    list the lessons
       dlc examples NAME [FLAGS]       run one; NAME --help lists its flags
       dlc examples --all [FLAGS]      run one after the other
)";

/// The program of a lesson: beside this one, or where `cmake --install` puts
/// it. Empty if it is in neither place.
std::string find(const char *self, StringRef name) {
  std::string program = llvm::sys::fs::getMainExecutable(self, (void *)&find);
  StringRef folder = llvm::sys::path::parent_path(program);
  for (const char *below : {"", "../libexec/dlc"}) {
    llvm::SmallString<256> path(folder);
    llvm::sys::path::append(path, below, name);
    if (llvm::sys::fs::can_execute(path))
      return path.str().str();
  }
  return "";
}

int list() {
  for (const Lesson &lesson : lessons)
    llvm::outs() << lesson.number << "  " << llvm::left_justify(lesson.name, 22)
                 << lesson.text << "\n";
  return 0;
}

int runAll(char **argv, llvm::ArrayRef<StringRef> flags) {
  llvm::SmallVector<StringRef> failed;
  for (const Lesson &lesson : lessons) {
    std::string path = find(argv[0], lesson.name);
    if (path.empty())
      return fail(llvm::Twine("no program '") + lesson.name +
                  "' beside dlc or in ../libexec/dlc");
    llvm::outs() << "== " << lesson.number << " " << lesson.name << "\n";
    llvm::outs().flush();
    llvm::SmallVector<StringRef> arguments = {path};
    arguments.append(flags.begin(), flags.end());
    auto start = std::chrono::steady_clock::now();
    int status = llvm::sys::ExecuteAndWait(path, arguments);
    std::chrono::duration<double> time =
        std::chrono::steady_clock::now() - start;
    llvm::outs() << "== " << lesson.name
                 << llvm::format(": %.1f s\n", time.count());
    if (status == 130)
      return status;
    if (status != 0)
      failed.push_back(lesson.name);
  }
  if (failed.empty())
    return 0;
  return fail("failed: " + llvm::join(failed, ", "));
}

} // namespace

int dlc::tool::runExamples(int argc, char **argv) {
  if (argc < 3)
    return list();
  StringRef name = argv[2];
  llvm::SmallVector<StringRef> flags(argv + 3, argv + argc);
  if (name == "--all")
    return runAll(argv, flags);
  if (name == "--help" || name == "-h") {
    llvm::outs() << usage;
    return 0;
  }
  for (const Lesson &lesson : lessons) {
    if (name != lesson.name && name != lesson.number)
      continue;
    std::string path = find(argv[0], lesson.name);
    if (path.empty())
      return fail("no program '" + name + "' beside dlc or in ../libexec/dlc");
    argv[2] = path.data();
    execv(path.c_str(), argv + 2);
    return fail("cannot run '" + path + "'");
  }
  return fail("no lesson '" + name + "'; see dlc examples");
}
