// The body of a loop, a branch or a checkpoint, recorded apart. Regions see
// nothing of what stands outside: what a body uses from there becomes an input
// of the op and an argument of the region.

#ifndef DLC_FRONTEND_DETAIL_BODY_H
#define DLC_FRONTEND_DETAIL_BODY_H

#include "detail/Graph.h"

#include <dlc/Tree.h>

namespace dlc::detail {

struct Body {
  /// Its own arguments, then nothing: `close` adds what comes from outside.
  Region region;
  /// What it takes from outside, in the order of use.
  std::vector<Ref> captures;

  const std::vector<Ref> &results() const { return region.results; }
};

/// A body's argument, and the handle through which the body sees it.
struct Parameter {
  Leaf place;
  Type type;
  bool weak;
};

/// Records what `run` computes; it returns the leaves of its results, which are
/// taken. The parameters' handles get their tensors back.
Body recordBody(const char *op, const std::vector<Parameter> &parameters,
                const std::function<std::vector<Leaf>()> &run, Loc where);

/// Gives all regions the same captured arguments, after their own; returns
/// them.
std::vector<Ref> close(std::initializer_list<Body *> bodies);

/// The nodes of leaves, as parameters of a body.
std::vector<Parameter> parametersOf(const char *op,
                                    const std::vector<Leaf> &leaves, Loc where);

/// Throws unless `next` has the types of `inits`.
void checkCarries(const char *op, const std::vector<Ref> &inits,
                  const std::vector<Ref> &next, Loc where);

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_BODY_H
