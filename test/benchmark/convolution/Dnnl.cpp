#include "Dnnl.h"

#include <cstddef>
#include <cstdio>
#include <dlfcn.h>
#include <memory>
#include <vector>

using namespace dlc::convolution;

namespace {
/// Room for any of the library's descriptors, which we only pass on.
struct alignas(64) Descriptor {
  std::byte bytes[1 << 14];
};
struct Argument {
  int index;
  void *memory;
};

// Values of the library's enumerations.
constexpr int cpu = 1, f32 = 3, anyTag = 1, direct = 1, defaultStream = 1;
constexpr int forwardTraining = 64;
constexpr int argSrc = 1, argDst = 17, argWeights = 33, argDiffSrc = 129,
              argDiffDst = 145, argDiffWeights = 161;
constexpr int querySrc = 129, queryDiffSrc = 130, queryWeights = 131,
              queryDiffWeights = 132, queryDst = 133, queryDiffDst = 134;
void *const allocate = reinterpret_cast<void *>(~size_t(0));
} // namespace

void *Dnnl::symbol(const char *name) {
  void *found = dlsym(library, name);
  if (!found)
    std::fprintf(stderr, "convolution-benchmark: no %s in the library\n", name);
  return found;
}

/// Calls the function of that name; whether it is there and gave 0.
#define DNNL(name, ...)                                                        \
  [&](auto... arguments) {                                                     \
    void *f = symbol("dnnl_" #name);                                           \
    return f && reinterpret_cast<int (*)(decltype(arguments)...)>(f)(          \
                    arguments...) == 0;                                        \
  }(__VA_ARGS__)

bool Dnnl::open(const char *path) {
  library = dlopen(path, RTLD_NOW);
  if (!library) {
    std::fprintf(stderr, "convolution-benchmark: %s\n", dlerror());
    return false;
  }
  return DNNL(engine_create, &engine, cpu, size_t(0)) &&
         DNNL(stream_create, &stream, engine, defaultStream);
}

std::function<void()> Dnnl::prepare(const Layer &l, Pass pass) {
  auto describe = [&](std::vector<int64_t> dims) {
    dims.resize(12); // dnnl_dims_t
    auto *d = new Descriptor();
    return DNNL(memory_desc_init_by_tag, d, 4, dims.data(), f32, anyTag)
               ? d
               : nullptr;
  };
  Descriptor *src = describe({l.images, l.channels, l.height, l.width});
  Descriptor *weights = describe({l.outputs, l.channels, l.taps, l.taps});
  Descriptor *dst =
      describe({l.images, l.outputs, l.outHeight(), l.outWidth()});
  if (!src || !weights || !dst)
    return {};
  int64_t strides[12] = {l.stride, l.stride},
          padding[12] = {l.padding, l.padding};
  Descriptor *none = nullptr;

  // The gradients' descriptors take a forward one as a hint.
  void *forward = nullptr, *chosen = nullptr, *attributes = nullptr;
  auto op = std::make_unique<Descriptor>();
  bool good =
      DNNL(convolution_forward_desc_init, op.get(), forwardTraining, direct,
           src, weights, none, dst, strides, padding, padding) &&
      DNNL(primitive_desc_create, &forward, op.get(), attributes, engine,
           static_cast<void *>(nullptr));
  std::vector<std::pair<int, int>> operands; // argument, query
  switch (pass) {
  case Pass::forward:
    chosen = forward;
    operands = {
        {argSrc, querySrc}, {argWeights, queryWeights}, {argDst, queryDst}};
    break;
  case Pass::dataGradient:
    good = good &&
           DNNL(convolution_backward_data_desc_init, op.get(), direct, src,
                weights, dst, strides, padding, padding) &&
           DNNL(primitive_desc_create, &chosen, op.get(), attributes, engine,
                forward);
    operands = {{argDiffSrc, queryDiffSrc},
                {argWeights, queryWeights},
                {argDiffDst, queryDiffDst}};
    break;
  case Pass::weightGradient:
    good = good &&
           DNNL(convolution_backward_weights_desc_init, op.get(), direct, src,
                weights, none, dst, strides, padding, padding) &&
           DNNL(primitive_desc_create, &chosen, op.get(), attributes, engine,
                forward);
    operands = {{argSrc, querySrc},
                {argDiffWeights, queryDiffWeights},
                {argDiffDst, queryDiffDst}};
    break;
  }
  void *primitive = nullptr;
  if (!good || !DNNL(primitive_create, &primitive, chosen))
    return {};

  using QueryMd = const void *(*)(void *, int, int);
  auto query =
      reinterpret_cast<QueryMd>(symbol("dnnl_primitive_desc_query_md"));
  std::vector<Argument> arguments;
  for (auto [index, what] : operands) {
    void *memory = nullptr, *data = nullptr;
    const void *layout = query(chosen, what, 0);
    auto size = reinterpret_cast<size_t (*)(const void *)>(
        symbol("dnnl_memory_desc_get_size"))(layout);
    if (!DNNL(memory_create, &memory, layout, engine, allocate) ||
        !DNNL(memory_get_data_handle, memory, &data))
      return {};
    for (size_t i = 0; i < size / sizeof(float); ++i)
      static_cast<float *>(data)[i] = static_cast<float>(i % 17) / 16 - 0.5f;
    arguments.push_back({index, memory});
  }
  using Execute = int (*)(void *, void *, int, const Argument *);
  auto execute = reinterpret_cast<Execute>(symbol("dnnl_primitive_execute"));
  return [=, stream = stream] {
    execute(primitive, stream, static_cast<int>(arguments.size()),
            arguments.data());
  };
}
