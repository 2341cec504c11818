"""Makes a folder that checks a GPU on a machine which has no LLVM.

bundle.py BIN FOLDER [flags] FILE.mlir...: the `dlc run` lines of these tests that
compare with the interpreter become compiled programs, what they are given and what
the interpreter gives; with them go the runner, the libraries that it needs, and
run.sh, which does it all:

    python3 tools/gpu-check/bundle.py build/release/bin bundle --lessons=all \\
        --models=all --products=all test/Execution/*.mlir
    (copy the folder to the machine with the card)
    bundle/run.sh

Lessons and models are training steps: they run a few times and are compared with a
CPU, this machine's; the models' and products are timed. What does not compile for the target is
said and left out. Programs and arrays are packed; run.sh unpacks them.
"""
import argparse
import concurrent.futures
import functools
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile

from recordings import ALIKE, LESSONS, MODELS, PRODUCTS, of_lesson, of_model, of_product

LIMIT = 64 << 20
KEPT = ("--input", "--random", "--ulp", "--rtol", "--atol")
# Of the machine itself.
SYSTEM = ("libc.so", "libm.so", "ld-linux", "linux-vdso", "libpthread", "libdl")
PEERS = pathlib.Path(__file__).parents[2] / "test/benchmark/gpu/peers.py"
# Functions whose results show the bits of a NaN, which are the card's own.
UNLIKE = {("narrow-floats", "limits")}
# Of a simulated step: what is large takes minutes.
COUNTING_SECONDS = 20
PACKED = "programs.tar.gz"


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options)


class Bundle:
    """Each `of_...` gives lines of the list and adds their files; several may run at
    the same time."""

    def __init__(self, bin_folder, folder, target, steps):
        self.bin, self.folder, self.target, self.steps = bin_folder, folder, target, steps
        self.left_out = []
        folder.mkdir(parents=True)

    def compile(self, source, program, target):
        run(self.bin / "dlc", "compile", source, f"--target={target}", "-o", program)

    def attempt(self, title, make, *arguments):
        """What `make` gives; notes what keeps it from giving anything."""
        try:
            return make(*arguments)
        except subprocess.CalledProcessError as error:
            self.left_out.append(f"left out: {title}: {error.stderr.decode().strip()[:200]}")
            return []

    # Tests.

    def of_test(self, path):
        lines = []
        for words in commands(path):
            lines += self.attempt(path.name, self.test_line, path, words, len(lines))
        return lines

    def test_line(self, path, words, number):
        """The line of the list for a RUN line; none where there is nothing to run."""
        if words[:2] not in (["dlc", "run"], ["%dlc", "run"]) or "--backend=both" not in words:
            return []
        if any(w.startswith(("%{", "--mcpu", "--threads", "--input=@", "2>", ">")) for w in words):
            return []
        kept = [w for w in words if w.startswith(KEPT)]
        function = next((w.split("=")[1] for w in words if w.startswith("--function=")), "")
        if not function:
            names = re.findall(r"func\.func @(\w+)", path.read_text())
            function = names[0] if len(names) == 1 else ""
        if not function or (path.stem, function) in UNLIKE:
            return []
        program = f"{path.stem}.dlcprog"
        if not (self.folder / program).exists():
            self.compile(path, self.folder / program, self.target)
        flags = [w for w in kept if w.startswith(("--input", "--random"))]
        results = re.search(rf"@{function}\(.*?\)\s*->\s*([^{{]*)\{{", path.read_text(), re.DOTALL)
        expected = [f"{path.stem}.{number}-{i}.npy" for i in range(results[1].count("tensor<"))]
        run(self.bin / "dlc", "run", path, f"--function={function}", "--backend=interpreter", *flags,
            *(f"--output=@{self.folder / name}" for name in expected))
        return [" ".join([program, function, *kept, *(f"--expect={name}" for name in expected)])]

    # Training steps.

    def of_steps(self, name, record, flags=""):
        texts = self.attempt(name, record)
        lines = []
        for number, text in enumerate(texts):
            title = name if len(texts) == 1 else f"{name}-{number}"
            if title not in ALIKE:
                lines += self.attempt(title, self.step_line, title, text, flags)
        return lines

    def step_line(self, name, text, flags):
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            (work / "step.mlir").write_text(text)
            # Expected of this very machine's CPU, so for it alone.
            self.compile(work / "step.mlir", work / "step.dlcprog", "cpu")
            (work / "cases.txt").write_text(f"step.dlcprog main --steps={self.steps} --expect=expect\n")
            counts = "--count" in flags
            run(self.bin / "gpu-check", work / "cases.txt", "--write-inputs" if counts else "--write")
            self.compile(work / "step.mlir", self.folder / f"{name}.dlcprog", self.target)
            shutil.copy(work / "expect", self.folder / f"{name}.expect")
            line = f"{name}.dlcprog main --steps={self.steps} --expect={name}.expect"
            if "--time" in flags:
                line += " --time"
            if counts and self.count(name, work):
                line += f" --counters={name}.counters"
            return [line]

    def count(self, name, work):
        """What ptx-sim counts in a step, unless that takes too long."""
        inputs = sorted(work.glob("*.npy"), key=lambda p: int(p.name.split(".")[-2]))
        try:
            done = run(self.bin / "ptx-sim", self.folder / f"{name}.dlcprog", "--stats=json",
                       *(f"--input=@{path}" for path in inputs), timeout=COUNTING_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        text = done.stdout.decode()
        kernels = json.loads(text[text.index("\n{") if "\n{" in text else 0:])["kernels"]
        with open(self.folder / f"{name}.counters", "w") as file:
            for k in kernels:
                sectors = (k["loads"]["sectors"] + k["stores"]["sectors"]) * 32
                print(k["name"], sectors, k["bytesRead"] + k["bytesWritten"], k["shared"]["conflicts"], file=file)
        return True

    # What runs it.

    def add_runner(self, with_peers):
        shutil.copy(self.bin / "gpu-check", self.folder)
        (self.folder / "lib").mkdir()
        listed = run("ldd", self.bin / "gpu-check", text=True)
        for library in re.findall(r"=> (/\S+)", listed.stdout):
            if not pathlib.Path(library).name.startswith(SYSTEM):
                shutil.copy(library, self.folder / "lib")
        script = '#!/bin/sh\ncd "$(dirname "$0")" || exit 1\npeers=\n'
        if with_peers:
            shutil.copy(PEERS, self.folder)
            script += (
                "if command -v python3 >/dev/null; then\n"
                "  timeout 220 python3 peers.py --minutes=3 >peers.txt 2>peers.log ||\n"
                '    echo "# the peers ended with status $?, see peers.log" >>peers.txt\n'
                "else\n"
                '  echo "# no peers: there is no python3" >peers.txt\n'
                "fi\n"
                "peers=--peers=peers.txt\n")
        script += (f"if [ -f {PACKED} ]; then tar xzf {PACKED} && rm {PACKED} || exit 1; fi\n")
        script += ("LD_LIBRARY_PATH=$PWD/lib:$LD_LIBRARY_PATH exec ./gpu-check cases.txt "
                   '--minutes=4 $peers "$@"\n')
        (self.folder / "run.sh").write_text(script)
        (self.folder / "run.sh").chmod(0o755)

    def pack(self):
        """What is text, or many small files."""
        files = sorted([*self.folder.glob("*.dlcprog"), *self.folder.glob("*.npy")])
        with tarfile.open(self.folder / PACKED, "w:gz", compresslevel=6) as packed:
            for path in files:
                packed.add(path, path.name)
                path.unlink()

    def size(self):
        return sum(f.stat().st_size for f in self.folder.rglob("*") if f.is_file())


def commands(path):
    """The RUN lines of a lit test, continued ones joined, DEFINEs expanded."""
    text = re.sub(r"\\\n//\s*RUN:", " ", path.read_text())
    defined = dict(re.findall(r"^// DEFINE: (%\{\w+\}) = (.*)$", text, re.MULTILINE))
    for line in re.findall(r"^// RUN: (.*)$", text, re.MULTILINE):
        while any(name in line for name in defined):
            for name, value in defined.items():
                line = line.replace(name, value)
        yield shlex.split(line.split(" | ")[0])


def named(value, everything):
    return everything if value == "all" else value.split(",") if value else []


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bin", type=pathlib.Path, help="folder of dlc, gpu-check and the lessons")
    parser.add_argument("folder", type=pathlib.Path, help="the bundle, which is made")
    parser.add_argument("--target", default="cuda:sm_80")
    parser.add_argument("--lessons", default="", help="'all', or names with commas between")
    parser.add_argument("--recorded", default="", help="a folder with steps that recordings.py has written")
    parser.add_argument("--steps", type=int, default=3, help="how often each step runs")
    parser.add_argument("--models", default="", help="the benchmark's: 'all', or names with commas between")
    parser.add_argument("--products", default="", help="of matrices: 'all', or names with commas between")
    parser.add_argument("tests", nargs="*", type=pathlib.Path)
    options = parser.parse_intermixed_args()
    bundle = Bundle(options.bin, options.folder, options.target, options.steps)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        def begin(names, record, flags=""):
            return [pool.submit(bundle.of_steps, name, functools.partial(record, name), flags) for name in names]

        # Begun with what takes longest; listed with the small ones first.
        products = begin(named(options.products, PRODUCTS), of_product, "--time")
        models = begin(named(options.models, MODELS), lambda name: of_model(options.bin, name), "--time --count")
        lessons = begin(named(options.lessons, LESSONS), lambda name: of_lesson(options.bin, name, "quick"))
        folder = pathlib.Path(options.recorded)
        recorded = begin(sorted(path.stem for path in folder.glob("*.mlir")) if options.recorded else [],
                         lambda name: [(folder / f"{name}.mlir").read_text()])
        tests = [pool.submit(bundle.of_test, path) for path in options.tests]
        lines = [line for each in [*tests, *lessons, *recorded, *models, *products] for line in each.result()]
    bundle.pack()
    bundle.add_runner(bool(options.models or options.products))
    (options.folder / "cases.txt").write_text("\n".join(lines) + "\n")
    for line in bundle.left_out:
        print(line)
    print(f"{len(lines)} runs, {len(bundle.left_out)} left out, {bundle.size() / 2**20:.1f} MiB")
    return 1 if bundle.size() > LIMIT or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
