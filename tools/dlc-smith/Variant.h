// Other ways to compile the same graph.

#ifndef DLC_TOOLS_DLC_SMITH_VARIANT_H
#define DLC_TOOLS_DLC_SMITH_VARIANT_H

#include "Pipelines/Pipelines.h"
#include "Random.h"

#include <optional>
#include <string>

namespace dlc::smith {

/// One change of how a graph is compiled; as text:
///   mcpu=x86-64-v3            another CPU
///   device=simulator          a GPU, simulated; never drawn
///   without=fusion/cse        a pass left out, wherever it stands in a stage
///   exchange=graph/2          the passes 2 and 3 of a stage, counted from 0,
///                             in the other order
struct Variant {
  enum Kind { none, cpu, simulator, without, exchange };
  Kind kind = none;
  /// The CPU or the pass.
  std::string name;
  Stage stage = Stage::graph;
  int64_t position = 0;

  std::string str() const;
  static std::optional<Variant> parse(llvm::StringRef text);
  static Variant draw(Random &random);

  /// Sets the target or what passes run.
  void apply(PipelineOptions &options) const;
};

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_VARIANT_H
