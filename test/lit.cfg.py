# Runs .mlir and .test files through lit's own shell; the site configuration in
# the build folder says where things are.

import ctypes
import os
import shutil
import lit.formats

config.name = "dlc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "unit", "benchmark"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.binary_dir, "test")

bin_dir = os.path.join(config.binary_dir, "bin")
config.environment["PATH"] = os.pathsep.join(
    [bin_dir, config.llvm_tools_dir, config.environment["PATH"]])

# A cache of its own for every run, so that no test profits from an older one.
cache = os.path.join(config.test_exec_root, "cache")
shutil.rmtree(cache, ignore_errors=True)
config.environment["XDG_CACHE_HOME"] = cache

# LLVM's allocators poison what they free, but Debian's libraries, which were
# built without the sanitizer, do not clear the poison when they allocate. The
# leak checker itself crashes now and then in a process that closes libraries.
if config.sanitize:
    config.available_features.add("sanitize")
    config.environment["ASAN_OPTIONS"] = "allow_user_poisoning=0:detect_leaks=0"

config.substitutions += [
    ("%dlc-opt", os.path.join(bin_dir, "dlc-opt")),
    ("%dlc", os.path.join(bin_dir, "dlc")),
    ("%bin", bin_dir),
    ("%source", config.source_dir),
    ("%build", config.binary_dir),
    ("%llvm-include", config.llvm_include_dir),
    ("%mlir-include", config.mlir_include_dir),
    ("%cxx", config.cxx + (" -fsanitize=address,undefined"
                          if config.sanitize else "")),
    ("%python", config.python),
    # Random graphs to draw: a sanitized build is slow.
    ("%graphs", "20" if config.sanitize else "1000"),
    # Where a CUDA driver lies that executes on ptx-sim.
    ("%fake-libcuda", os.path.join(config.binary_dir, "lib", "fake-libcuda")),
]

try:
    ctypes.CDLL("libcuda.so.1")
    config.available_features.add("nvidia-driver")
except OSError:
    pass

with open("/proc/cpuinfo") as info:
    if "avx512_bf16" in info.read():
        config.available_features.add("avx512bf16")

path = config.environment["PATH"] + os.pathsep + "/usr/local/cuda/bin"
ptxas = shutil.which("ptxas", path=path)
if ptxas:
    config.available_features.add("ptxas")
    config.substitutions.append(("%ptxas", ptxas))
if os.path.exists(os.path.join(config.binary_dir, "lib", "libdlc-compiler.so")):
    config.available_features.add("libdlc-compiler")

# Of a debug build: an unoptimised library exports templates of the standard
# library, and the lessons take minutes.
if config.build_type == "Release":
    config.available_features.add("optimized")
