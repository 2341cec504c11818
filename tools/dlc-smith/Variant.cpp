#include "Variant.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace dlc;
using namespace dlc::smith;
using llvm::StringRef;

/// "a,b{x=1,2},func.func(c,d)" at its outer commas.
static llvm::SmallVector<std::string> splitPasses(StringRef text) {
  llvm::SmallVector<std::string> passes(1);
  int depth = 0;
  for (char c : text) {
    depth += c == '(' || c == '{';
    depth -= c == ')' || c == '}';
    if (c == ',' && depth == 0)
      passes.emplace_back();
    else
      passes.back() += c;
  }
  return passes;
}

/// The pass's own name, without options and the op that it runs on.
static StringRef passName(StringRef pass) {
  if (pass.consume_front("func.func("))
    pass.consume_back(")");
  return pass.take_until([](char c) { return c == '{'; });
}

/// Passes that make a graph better, not different: these may be left out, and
/// stand in any order.
static constexpr StringRef optional[] = {
    "canonicalize", "cse", "dlc-simplify-algebra", "dlc-stabilize",
    "dlc-sink-transposes"};

static std::string adjusted(const Variant &variant, StringRef text) {
  text.consume_front("builtin.module(");
  text.consume_back(")");
  llvm::SmallVector<std::string> passes = splitPasses(text);
  if (variant.kind == Variant::without) {
    llvm::erase_if(passes, [&](const std::string &pass) {
      return passName(pass) == variant.name;
    });
  } else {
    size_t i = static_cast<size_t>(variant.position);
    auto isOptional = [&](size_t at) {
      return at < passes.size() &&
             llvm::is_contained(optional, passName(passes[at]));
    };
    if (isOptional(i) && isOptional(i + 1))
      std::swap(passes[i], passes[i + 1]);
  }
  return "builtin.module(" + llvm::join(passes, ",") + ")";
}

void Variant::apply(PipelineOptions &options) const {
  if (kind == cpu)
    options.cpu = name;
  else if (kind == simulator)
    options.target = "cuda:sm_80";
  else if (kind != none)
    options.adjust = [variant = *this](Stage at, StringRef pipeline) {
      return at == variant.stage ? adjusted(variant, pipeline) : pipeline.str();
    };
}

std::string Variant::str() const {
  switch (kind) {
  case none:
    return "none";
  case cpu:
    return "mcpu=" + name;
  case simulator:
    return "device=simulator";
  case without:
    return ("without=" + dlc::name(stage) + "/" + name).str();
  case exchange:
    return ("exchange=" + dlc::name(stage) + "/" + llvm::Twine(position)).str();
  }
  llvm_unreachable("a variant without a text");
}

std::optional<Variant> Variant::parse(StringRef text) {
  Variant variant;
  if (text == "none")
    return variant;
  if (text == "device=simulator") {
    variant.kind = simulator;
    return variant;
  }
  auto [kind, rest] = text.split('=');
  auto [stage, name] = rest.split('/');
  if (kind == "mcpu" && !rest.empty()) {
    variant.kind = cpu;
    variant.name = rest;
    return variant;
  }
  auto parsed = parseStage(stage);
  if (!parsed)
    return std::nullopt;
  variant.stage = *parsed;
  variant.name = name;
  if (kind == "without" && llvm::is_contained(optional, name)) {
    variant.kind = without;
    return variant;
  }
  if (kind == "exchange" && !name.getAsInteger(10, variant.position)) {
    variant.kind = exchange;
    return variant;
  }
  return std::nullopt;
}

Variant Variant::draw(Random &random) {
  static constexpr StringRef texts[] = {"mcpu=x86-64-v3",
                                        "mcpu=x86-64",
                                        "mcpu=x86-64-v3",
                                        "mcpu=x86-64",
                                        "without=graph/canonicalize",
                                        "without=graph/cse",
                                        "without=graph/dlc-simplify-algebra",
                                        "without=graph/dlc-stabilize",
                                        "without=autodiff/dlc-simplify-algebra",
                                        "without=autodiff/canonicalize",
                                        "without=autodiff/cse",
                                        "without=fusion/dlc-stabilize",
                                        "without=fusion/dlc-sink-transposes",
                                        "without=fusion/dlc-simplify-algebra",
                                        "without=fusion/canonicalize",
                                        "without=fusion/cse",
                                        "exchange=graph/1",
                                        "exchange=graph/2",
                                        "exchange=graph/3",
                                        "exchange=autodiff/1",
                                        "exchange=autodiff/2",
                                        "exchange=fusion/5",
                                        "exchange=fusion/8"};
  return *parse(random.pick(llvm::ArrayRef(texts)));
}
