#include "Pipelines/ParseInput.h"

#include "IR/Shapes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Visitors.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace dlc;

static constexpr size_t maxBytes = size_t(1) << 30;
static constexpr int maxDepth = 256;

//===-- Before parsing
//-----------------------------------------------------===//

namespace {

/// Walks MLIR text far enough to know how deep the parser would recurse.
class DepthCheck {
public:
  DepthCheck(StringRef text, StringRef name, MLIRContext *context)
      : text(text), name(name), context(context) {}

  LogicalResult run() {
    for (; at < text.size(); ++at) {
      switch (text[at]) {
      case '\n':
        ++line;
        lineStart = at + 1;
        operators = 0;
        break;
      case '"':
        skipString();
        break;
      case '/':
        if (text.substr(at).starts_with("//"))
          at = std::min(text.find('\n', at), text.size()) - 1;
        break;
      case '-':
        // The `>` of an arrow closes nothing.
        if (text.substr(at).starts_with("->"))
          ++at;
        else if (++operators > maxOperators)
          return error("expression is too long");
        break;
      case '*':
      case '+':
        // Affine expressions recurse on their operators.
        if (++operators > maxOperators)
          return error("expression is too long");
        break;
      case '(':
      case '[':
      case '{':
      case '<':
        if (++depth > maxDepth)
          return error("brackets are nested more than " + Twine(maxDepth) +
                       " deep");
        break;
      case '>':
        if (text.substr(at).starts_with(">="))
          break;
        [[fallthrough]];
      case ')':
      case ']':
      case '}':
        depth = std::max(depth - 1, 0);
        break;
      case ',':
      case '=':
      case ':':
        operators = 0;
        break;
      }
    }
    return success();
  }

private:
  static constexpr int maxOperators = 1000;

  void skipString() {
    for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at)
      if (text[at] == '\\')
        ++at;
    // An unterminated string ends at its line; the parser complains.
    if (at < text.size() && text[at] == '\n')
      --at;
  }

  LogicalResult error(const Twine &message) {
    return emitError(
               FileLineColLoc::get(context, name, line, at - lineStart + 1))
           << message;
  }

  StringRef text, name;
  MLIRContext *context;
  size_t at = 0, lineStart = 0;
  unsigned line = 1;
  int depth = 0, operators = 0;
};

} // namespace

static LogicalResult checkText(StringRef text, StringRef name,
                               MLIRContext *context) {
  Location start = FileLineColLoc::get(context, name, 1, 1);
  if (text.starts_with("ML\xefR"))
    return emitError(start, "is MLIR bytecode; only MLIR's text form is read");
  if (text.size() > maxBytes)
    return emitError(start, "has more than 1 GiB of text");
  if (text.contains('\0'))
    return emitError(start, "is not text: it holds a zero byte");
  return DepthCheck(text, name, context).run();
}

//===-- After parsing
//------------------------------------------------------===//

/// The first reason why a tensor inside `root` is not addressable.
template <typename AttrOrType> static std::string findError(AttrOrType root) {
  std::string error;
  root.walk([&](RankedTensorType tensor) {
    if (!tensor.hasStaticShape())
      return WalkResult::advance();
    error = shapes::checked(tensor.getShape()).error;
    return error.empty() ? WalkResult::advance() : WalkResult::interrupt();
  });
  return error;
}

static LogicalResult checkTypes(ModuleOp module) {
  WalkResult walked = module.walk([](Operation *op) {
    std::string error = findError(op->getAttrDictionary());
    for (Type type : op->getResultTypes())
      if (error.empty())
        error = findError(type);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (Type type : block.getArgumentTypes())
          if (error.empty())
            error = findError(type);
    if (error.empty())
      return WalkResult::advance();
    op->emitError() << error;
    return WalkResult::interrupt();
  });
  return failure(walked.wasInterrupted());
}

OwningOpRef<ModuleOp> dlc::parseModule(StringRef text, StringRef name,
                                       MLIRContext *context) {
  if (failed(checkText(text, name, context)))
    return {};
  auto module = parseSourceString<ModuleOp>(text, context, name);
  if (module && failed(checkTypes(*module)))
    return {};
  return module;
}

llvm::Expected<std::string> dlc::readInputFile(StringRef path) {
  auto fail = [&](std::error_code code) {
    return llvm::createStringError(code, "cannot read '%s': %s",
                                   path.str().c_str(), code.message().c_str());
  };
  llvm::sys::fs::file_status status;
  if (path != "-") {
    if (std::error_code code = llvm::sys::fs::status(path, status))
      return fail(code);
    if (llvm::sys::fs::is_directory(status))
      return fail(std::make_error_code(std::errc::is_a_directory));
    if (!llvm::sys::fs::is_regular_file(status))
      return llvm::createStringError(std::errc::invalid_argument,
                                     "cannot read '%s': not a regular file",
                                     path.str().c_str());
  }
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path);
  if (!buffer)
    return fail(buffer.getError());
  return (*buffer)->getBuffer().str();
}

void dlc::printDiagnostic(const Diagnostic &diagnostic, llvm::raw_ostream &os) {
  auto print = [&](Location loc, StringRef kind, const auto &message) {
    if (auto file = loc->findInstanceOf<FileLineColLoc>()) {
      os << file.getFilename().getValue() << ":";
      // A module has no line.
      if (file.getLine())
        os << file.getLine() << ":" << file.getColumn() << ":";
      os << " ";
    }
    os << kind << ": " << message << "\n";
  };
  switch (diagnostic.getSeverity()) {
  case DiagnosticSeverity::Error:
    print(diagnostic.getLocation(), "error", diagnostic);
    break;
  case DiagnosticSeverity::Warning:
    print(diagnostic.getLocation(), "warning", diagnostic);
    break;
  case DiagnosticSeverity::Note:
  case DiagnosticSeverity::Remark:
    print(diagnostic.getLocation(), "note", diagnostic);
    break;
  }
  for (const Diagnostic &note : diagnostic.getNotes())
    print(note.getLocation(), "note", note);
}
