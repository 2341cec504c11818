// Checkpoints: trees of tensors in a safetensors file.

#ifndef DLC_FRONTEND_IO_CHECKPOINT_H
#define DLC_FRONTEND_IO_CHECKPOINT_H

#include <dlc/Ops.h>
#include <dlc/Tree.h>

#include <map>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::io {

/// A tree under a name; its tensors are "name.path", or "path" without one.
struct Part {
  Part(TreeRef tree) : tree(tree) {}
  template <Tree T> Part(T &tree) : tree(tree) {}
  Part(std::string name, TreeRef tree) : name(std::move(name)), tree(tree) {}

  std::string name;
  TreeRef tree;
};

/// Writes all tensors of some trees: parameters, optimiser state, generators, a
/// loader's position. The file is complete, on the disk and checksummed before
/// it takes the place of an older one: whatever happens, one of the two is
/// there.
///
///     io::save("model.safetensors", {model});
///     io::save("all.safetensors", {{"model", model}, {"optimizer", optimizer},
///                                  {"rng", rng}, {"loader", loader}});
void save(const std::string &path, const std::vector<Part> &parts,
          Loc where = Loc::current());

/// Reads them back. Throws, and changes no tensor, unless the file is whole
/// (every byte is under its checksum) and holds exactly the trees' names, with
/// their shapes and element types.
void load(const std::string &path, const std::vector<Part> &parts,
          Loc where = Loc::current());

/// The tensors of any safetensors file, e.g. another program's.
std::map<std::string, Tensor> loadTensors(const std::string &path,
                                          Loc where = Loc::current());
/// Writes tensors under their names; as `save`.
void saveTensors(const std::string &path,
                 const std::map<std::string, Tensor> &tensors,
                 Loc where = Loc::current());

} // namespace dlc::io
#pragma GCC visibility pop

#endif // DLC_FRONTEND_IO_CHECKPOINT_H
