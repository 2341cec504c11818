// Trees that hold other tensors for a while.

#ifndef DLC_FRONTEND_DETAIL_RESTORE_H
#define DLC_FRONTEND_DETAIL_RESTORE_H

#include <dlc/Tree.h>

namespace dlc::detail {

/// Puts tensors of a tree back when it goes out of scope.
class Restore {
public:
  explicit Restore(std::vector<Leaf> leaves) : leaves(std::move(leaves)) {
    for (const Leaf &leaf : this->leaves)
      saved.push_back(*leaf.tensor);
  }
  ~Restore() {
    for (size_t i = 0; i < leaves.size(); ++i)
      *leaves[i].tensor = std::move(saved[i]);
  }
  Restore(const Restore &) = delete;
  Restore &operator=(const Restore &) = delete;

private:
  std::vector<Leaf> leaves;
  std::vector<Tensor> saved;
};

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_RESTORE_H
