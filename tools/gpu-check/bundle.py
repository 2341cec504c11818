"""Makes a folder that checks a GPU on a machine which has no LLVM.

bundle.py BIN FOLDER [--target=cuda:sm_80] FILE.mlir...: the `dlc run` lines of
these tests that compare with the interpreter become compiled programs, what they
are given and what the interpreter gives; with them go the runner, the libraries
that it needs, and run.sh, which does it all:

    python3 tools/gpu-check/bundle.py build/release/bin bundle test/Execution/*.mlir
    (copy the folder to the machine with the card)
    bundle/run.sh

A line whose program does not compile for the target is said and left out.
"""
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

LIMIT = 64 << 20
KEPT = ("--input", "--random", "--ulp", "--rtol", "--atol")
# Of the machine itself.
SYSTEM = ("libc.so", "libm.so", "ld-linux", "linux-vdso", "libpthread", "libdl")


def commands(path):
    """The RUN lines of a lit test, continued ones joined, DEFINEs expanded."""
    text = re.sub(r"\\\n//\s*RUN:", " ", path.read_text())
    defined = dict(re.findall(r"^// DEFINE: (%\{\w+\}) = (.*)$", text, re.MULTILINE))
    for line in re.findall(r"^// RUN: (.*)$", text, re.MULTILINE):
        while any(name in line for name in defined):
            for name, value in defined.items():
                line = line.replace(name, value)
        yield shlex.split(line.split(" | ")[0])


def add_case(dlc, folder, number, path, words, target):
    """The line of the list for a RUN line; None where there is nothing to run."""
    if words[:2] not in (["dlc", "run"], ["%dlc", "run"]) or "--backend=both" not in words:
        return None
    if any(w.startswith(("%{", "--mcpu", "--threads", "--input=@", "2>", ">")) for w in words):
        return None
    kept = [w for w in words if w.startswith(KEPT)]
    function = next((w.split("=")[1] for w in words if w.startswith("--function=")), "")
    if not function:
        names = re.findall(r"func\.func @(\w+)", path.read_text())
        function = names[0] if len(names) == 1 else ""
    if not function:
        return None
    program = f"{path.stem}.dlcprog"
    if not (folder / program).exists():
        subprocess.run([dlc, "compile", path, f"--target={target}", "-o", folder / program],
                       check=True, capture_output=True)
    flags = [w for w in kept if w.startswith(("--input", "--random"))]
    results = re.search(rf"@{function}\(.*?\)\s*->\s*([^{{]*)\{{", path.read_text(), re.DOTALL)
    count = results[1].count("tensor<")
    expected = [f"{number}-{i}.npy" for i in range(count)]
    subprocess.run([dlc, "run", path, f"--function={function}", "--backend=interpreter", *flags,
                    *(f"--output=@{folder / name}" for name in expected)],
                   check=True, capture_output=True)
    return " ".join([program, function, *kept, *(f"--expect={name}" for name in expected)])


def copy_runner(bin_folder, folder):
    shutil.copy(bin_folder / "gpu-check", folder)
    (folder / "lib").mkdir()
    listed = subprocess.run(["ldd", bin_folder / "gpu-check"], check=True, capture_output=True, text=True)
    for library in re.findall(r"=> (/\S+)", listed.stdout):
        if not pathlib.Path(library).name.startswith(SYSTEM):
            shutil.copy(library, folder / "lib")
    run = folder / "run.sh"
    run.write_text('#!/bin/sh\ncd "$(dirname "$0")" &&\n'
                   'LD_LIBRARY_PATH=$PWD/lib:$LD_LIBRARY_PATH exec ./gpu-check cases.txt "$@"\n')
    run.chmod(0o755)


def main(bin_folder, folder, *arguments):
    bin_folder, folder = pathlib.Path(bin_folder), pathlib.Path(folder)
    target = next((a.split("=")[1] for a in arguments if a.startswith("--target=")), "cuda:sm_80")
    folder.mkdir(parents=True)
    copy_runner(bin_folder, folder)
    lines, left_out = [], 0
    for path in map(pathlib.Path, (a for a in arguments if not a.startswith("--"))):
        for words in commands(path):
            try:
                line = add_case(bin_folder / "dlc", folder, len(lines), path, words, target)
            except subprocess.CalledProcessError as error:
                left_out += 1
                print(f"left out: {path.name}: {error.stderr.decode().strip()[:200]}")
                continue
            if line:
                lines.append(line)
    (folder / "cases.txt").write_text("\n".join(lines) + "\n")
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    print(f"{len(lines)} runs, {left_out} left out, {size / 2**20:.1f} MiB")
    return 1 if size > LIMIT or not lines else 0


sys.exit(main(*sys.argv[1:]))
