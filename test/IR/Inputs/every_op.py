"""Checks, for each op in TableGen's JSON, what docs/adding-an-op.md asks for:
a description with an example, a round trip, a negative test if C++ verifies it,
an execution against the interpreter (so there is a lowering or decomposition)
and a frontend function. test/unit/interpreter checks the tables of C++."""

import glob
import json
import os
import re
import sys

dump, source = sys.argv[1:]

# Made by the compiler, never by a user.
INTERNAL = {"kernel", "yield", "check_index", "shift_right_logical",
            "rng_bit_generator", "empty_tape"}
# Walked by the runtime; tested with the planner.
LAUNCH_LIST = {"program", "launch", "copy", "show", "check", "loop", "branch",
               "repeat"}
# Inferred types that cannot fail.
CANNOT_FAIL = {"compare", "is_finite", "optimization_barrier"}


def read(pattern):
    paths = glob.glob(os.path.join(source, pattern), recursive=True)
    return "\n".join(open(path, encoding="utf-8").read() for path in paths)


invalid = read("test/IR/invalid*.mlir")
round_trips = read("test/IR/*.mlir").replace(invalid, "")
executed = read("test/Execution/*.mlir")
frontend = read("frontend/**/*.cpp")
rejected = set(re.findall(
    r"expected-error[^\n]*\n(?:[^\n]*expected-error[^\n]*\n)*[^\n]*dlc\.(\w+)",
    invalid))

records = json.load(open(dump, encoding="utf-8"))
failures = 0
for record in records["!instanceof"]["Op"]:
    op = records[record]
    if op["opDialect"]["def"] != "Dlc_Dialect":
        continue
    name = op["opName"]
    verified = op["hasVerifier"] or (
        name not in CANNOT_FAIL
        and any(trait["def"] == "Inferred" for trait in op["traits"]))

    def mentions(text):
        return re.search(rf"\bdlc\.{name}\b", text)

    for ok, what in [
        (op["summary"], "a summary"),
        ("Example" in (op["description"] or ""), "an example in its description"),
        (mentions(round_trips), "a round trip in test/IR"),
        (not verified or name in rejected, "a negative test in test/IR/invalid*.mlir"),
        (name in LAUNCH_LIST or name in INTERNAL or mentions(executed),
         "a test in test/Execution"),
        (name in LAUNCH_LIST or name in INTERNAL
         or re.search(rf'"(dlc\.)?{name}"', frontend),
         "a function in the frontend"),
    ]:
        if not ok:
            print(f"dlc.{name} lacks {what}")
            failures += 1
sys.exit(failures > 0)
