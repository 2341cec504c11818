# The GoogleTest binaries: every bin/*-tests, one lit test for each of theirs.

import os
import lit.formats

config.name = "dlc-unit"
config.test_format = lit.formats.GoogleTest(".", "-tests")
config.test_source_root = os.path.join(config.binary_dir, "bin")
config.test_exec_root = config.test_source_root
config.environment["XDG_CACHE_HOME"] = os.path.join(
    config.binary_dir, "test", "cache")

# See ../lit.cfg.py. Memory that the system refuses is an error, not the end.
if config.sanitize:
    config.environment["ASAN_OPTIONS"] = (
        "allow_user_poisoning=0:detect_leaks=0:allocator_may_return_null=1")
