"""Checks docs/reference.md against the op definitions, or writes it.

usage: reference.py [--update] MLIR_TBLGEN MLIR_INCLUDE SOURCE
"""
import pathlib
import re
import subprocess
import sys

HEAD = """# Ops of the `dlc` dialect

Made from the definitions in `compiler/IR` by `test/Docs/reference.py --update`;
a test fails when it is out of date. A *composite* is decomposed by `fusion`.

"""


def document(tblgen, include, source):
    ir = source / "compiler" / "IR"
    text = subprocess.run(
        [tblgen, "-gen-op-doc", "-I", include, "-I", ir, ir / "DlcOps.td"],
        check=True, capture_output=True, text=True).stdout
    # The autogeneration remark and what names no fact of ours.
    text = re.sub(r"<!--.*?-->\n", "", text, flags=re.DOTALL)
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return HEAD + "\n".join(lines) + "\n"


def main(arguments):
    update = arguments[:1] == ["--update"]
    tblgen, include, source = arguments[update:]
    path = pathlib.Path(source) / "docs" / "reference.md"
    text = document(tblgen, include, pathlib.Path(source))
    if update:
        path.write_text(text)
    elif not path.exists() or path.read_text() != text:
        sys.exit("docs/reference.md is out of date: run test/Docs/reference.py --update")


main(sys.argv[1:])
