# Runs .mlir and .test files through lit's own shell; the site configuration in
# the build folder says where things are.

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

config.substitutions += [
    ("%dlc-opt", os.path.join(bin_dir, "dlc-opt")),
    ("%dlc", os.path.join(bin_dir, "dlc")),
    ("%bin", bin_dir),
    ("%source", config.source_dir),
    ("%build", config.binary_dir),
    ("%llvm-include", config.llvm_include_dir),
    ("%mlir-include", config.mlir_include_dir),
    ("%cxx", config.cxx),
    ("%python", config.python),
]

path = config.environment["PATH"] + os.pathsep + "/usr/local/cuda/bin"
ptxas = shutil.which("ptxas", path=path)
if ptxas:
    config.available_features.add("ptxas")
    config.substitutions.append(("%ptxas", ptxas))
if os.path.exists(os.path.join(config.binary_dir, "lib", "libdlc-compiler.so")):
    config.available_features.add("libdlc-compiler")
