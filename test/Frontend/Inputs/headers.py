"""Compiles each public header on its own: headers.py CXX FRONTEND TEMPORARY."""

import pathlib
import subprocess
import sys

cxx, frontend, temporary = sys.argv[1:]
headers = sorted(pathlib.Path(frontend, "dlc").rglob("*.h"))
assert len(headers) > 8, headers
for header in headers:
    source = pathlib.Path(temporary + ".cpp")
    source.write_text(f"#include <{header.relative_to(frontend)}>\n")
    subprocess.run([cxx, "-std=c++20", "-Wall", "-Wextra", "-Werror",
                    "-Wno-unused-parameter", "-fsyntax-only", "-I", frontend,
                    str(source)], check=True)
