"""Checks that no function of ours has one definition inline and another that is not.

one_definition.py BUILD: looks at the symbols of the static libraries in BUILD/lib. The
linker reports two strong definitions; of a strong and a weak one it takes the strong
one, and whoever was compiled with the other calls that. (An optimised build has
inlined most weak ones; one at -O0 shows all.)
"""
import pathlib
import re
import subprocess
import sys

libraries = sorted(pathlib.Path(sys.argv[1]).glob("lib/libDlc*.a"))
names = subprocess.run(["llvm-nm", "--defined-only", "--print-file-name", *libraries],
                       capture_output=True, text=True, check=True).stdout
strong, weak = {}, {}
for file, kind, name in re.findall(r"^(\S+): \S* (\w) (\S*3dlc\S*)$", names, re.MULTILINE):
    {"T": strong, "W": weak}.get(kind, {})[name] = file
both = sorted(strong.keys() & weak.keys())
for name in both:
    print(f"{name} has two definitions: {strong[name]} {weak[name]}")
sys.exit(1 if both or not strong else 0)
