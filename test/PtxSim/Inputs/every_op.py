"""Checks that every op of the dialect runs on the simulated GPU.

every_op.py OPS_JSON SOURCE: looks for each op of TableGen's JSON in the functions
that run_again.py, as the tests beside this folder and test/Cuda call it, runs again
there. Prints ops that none of them has; fails if there are any.
"""
import glob
import json
import pathlib
import re
import shlex
import sys

from run_again import again, commands

# Walked by the runtime: every run has them.
LAUNCH_LIST = {"program", "launch", "copy", "show", "check", "loop", "branch", "repeat"}
# Made of other ops by passes, never by a user.
INTERNAL = {"kernel", "yield", "check_index", "shift_right_logical",
            "rng_bit_generator", "empty_tape"}


def dialect(path):
    records = json.loads(pathlib.Path(path).read_text())
    ops = (records[name] for name in records["!instanceof"]["Op"])
    return {op["opName"] for op in ops if op["opDialect"]["def"] == "Dlc_Dialect"}


def calls(source):
    """What each test gives run_again.py: files, and functions that it leaves out."""
    for pattern in ("test/PtxSim/execution-*.test", "test/Cuda/execution.test"):
        for test in source.glob(pattern):
            text = re.sub(r"\\\n# RUN:", " ", test.read_text())
            for line in re.findall(r"^# RUN: (.*run_again.py.*)$", text, re.MULTILINE):
                folder = source / "test/Execution" if "cd %source" in line else source
                words = shlex.split(line.replace("%source", str(source)))
                yield ([pathlib.Path(found) for word in words if word.endswith(".mlir")
                        for found in glob.glob(str(folder / word))],
                       {w.split("=")[1] for w in words if w.startswith("--except=")})


def functions(path):
    """The ops of each function of a file, with those of what it calls."""
    parts = re.split(r"func\.func (?:private )?@(\w+)", path.read_text())
    own = dict(zip(parts[1::2], parts[2::2]))

    def ops(name, callers):
        if name in callers or name not in own:
            return set()
        found = set(re.findall(r"\bdlc\.(\w+)", own[name]))
        for callee in re.findall(r"@(\w+)", own[name]):
            found |= ops(callee, callers | {name})
        return found

    return {name: ops(name, set()) for name in own}


def main(ops, source):
    missing = dialect(ops) - LAUNCH_LIST - INTERNAL
    for paths, skipped in calls(pathlib.Path(source)):
        for path in paths:
            held = functions(path)
            for line in commands(path):
                words = again("dlc", "simulator", line.replace("%s", str(path))) or []
                for name in re.findall(r"--function=(\w+)", " ".join(words)):
                    if name not in skipped:
                        missing -= held.get(name, set())
    for name in sorted(missing):
        print(f"dlc.{name} is in no run on the simulated GPU")
    return 1 if missing else 0


sys.exit(main(*sys.argv[1:]))
