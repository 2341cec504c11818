"""Checks who includes whom: a stage knows IR and itself, `codegen` also the
Program, only Pipelines and the tools see all stages, and nothing outside the
compiler and the tools sees MLIR or LLVM."""
import pathlib
import re
import sys

STAGES = ["Graph", "Autodiff", "Fusion", "Layout", "Lowering", "Codegen", "Interpreter"]
RUNTIME = ["abi", "cpu", "cuda", "device", "io"]
UPSTREAM = ["mlir", "llvm", "llvm-c"]

# The first part of an include's path that files below a folder may use.
ALLOWED = {
    "compiler/IR": ["IR"] + UPSTREAM,
    **{f"compiler/{stage}": ["IR", stage] + UPSTREAM for stage in STAGES},
    "compiler/Codegen": ["IR", "Codegen", "abi"] + UPSTREAM,
    "compiler/Pipelines": ["IR", "Pipelines"] + STAGES + UPSTREAM,
    "runtime/abi": ["abi"],
    "runtime": RUNTIME,
    "frontend": ["dlc", "detail", "IR/Shapes.h", "Pipelines/Compiler.h"] + RUNTIME,
    "frontend/examples": ["dlc"],
    "tools": ["IR", "Pipelines", "Codegen", "Interpreter"] + RUNTIME + UPSTREAM,
}
PROJECT = ["IR", "Pipelines", "dlc", "detail"] + STAGES + RUNTIME + UPSTREAM
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.MULTILINE)


def main(source):
    bad = checked = 0
    for folder in ["compiler", "runtime", "frontend", "tools"]:
        for path in sorted((source / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            name = path.relative_to(source).as_posix()
            rule = max((r for r in ALLOWED if name.startswith(r + "/")), key=len)
            for include in INCLUDE.findall(path.read_text()):
                checked += 1
                first = include.split("/")[0]
                if ("/" in include and first in PROJECT
                        and not {first, include} & set(ALLOWED[rule])):
                    print(f"{name}: may not include {include}")
                    bad += 1
    print(f"{checked} includes checked, {bad} forbidden")
    return 1 if bad or not checked else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
