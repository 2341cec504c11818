"""Runs our programs and the peers', and reads what they print."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# What each kernel suite of ours is called, and where it stands.
KERNELS = {"gemm": "gemm.mlir", "ops": "ops.mlir", "conv": "convolutions.mlir"}


def environment(threads):
    """The peers' notes say what each of these is worth."""
    result = dict(os.environ)
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        result.pop(name, None)
    result.update(OMP_NUM_THREADS=str(threads), DLC_NUM_THREADS=str(threads),
                  BLIS_ARCH_TYPE="0", MALLOC_MMAP_MAX_="0",
                  MALLOC_TRIM_THRESHOLD_="8589934592")
    result.setdefault("PEER_QUIET", "0.05")
    result.setdefault("PEER_BUDGET", "0.15")
    try:
        flags = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        flags = ""
    if "avx512f" in flags:
        result.setdefault("ATEN_CPU_CAPABILITY", "avx512")
    return result


def pinned(threads, command):
    """One thread stays on one CPU."""
    cpus = sorted(os.sched_getaffinity(0))
    if threads != 1:
        return command
    return ["taskset", "-c", str(cpus[-1]), *command]


def parse_lines(text):
    """The JSON lines of a peer's script; a case that was skipped has no time."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("{"):
            continue
        try:
            case = json.loads(line)
        except ValueError:
            continue
        if "median_ms" in case or "monotonic_s" in case or "GBs" in case:
            lines.append(case)
    return lines


def parse_bench(text):
    """`dlc bench --format=json` as lines like the peers'."""
    try:
        report = json.loads(text)
    except json.JSONDecodeError:  # it ran out of time
        return []
    peaks = report["context"]
    times = {}
    for run in report["benchmarks"]:
        if run.get("run_type") == "iteration" and "error_message" not in run:
            times.setdefault(run["name"].split("/")[0], []).append(run)
    lines = []
    for name, runs in times.items():
        runs.sort(key=lambda run: run["p50_s"])
        run = runs[len(runs) // 2]
        case = {"name": name, "impl": "dlc", "median_ms": run["p50_s"] * 1e3,
                "min_ms": min(run["min_s"] for run in runs) * 1e3,
                "peak_GFLOPs": float(peaks["peak flops/s"]) / 1e9,
                "peak_GBs": float(peaks["peak bytes/s"]) / 1e9}
        if run.get("flops"):
            case["GFLOPs"] = run["flops"] / 1e9
        lines.append(case)
    return lines


class Runner:
    """Runs commands one after the other until `deadline` (time.monotonic)."""

    def __init__(self, threads, deadline, show=True):
        self.threads = threads
        self.deadline = deadline
        self.show = show
        self.missing = set()

    def output(self, command, folder=None, more=None, limit=None,
               pins=True):
        """What a command prints to its standard output, also if it fails or
        its time is up: then less."""
        left = self.deadline - time.monotonic()
        limit = left if limit is None else min(left, limit)
        if limit <= 0:
            return ""
        start = time.monotonic()
        with tempfile.TemporaryFile("w+", encoding="utf-8") as text:
            try:
                process = subprocess.Popen(
                    pinned(self.threads, command) if pins else command, cwd=folder,
                    stdout=text, stderr=subprocess.PIPE, text=True, start_new_session=True,
                    env={**environment(self.threads), **(more or {})})
            except OSError as error:
                self.note(command, str(error))
                return ""
            try:
                _, errors = process.communicate(timeout=limit)
                if process.returncode != 0:
                    self.note(command, errors.strip().splitlines()[-1:])
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                self.note(command, "ran out of time")
            if self.show:
                print(f"# {time.monotonic() - start:5.1f} s", *command,
                      file=sys.stderr, flush=True)
            text.seek(0)
            return text.read()

    def note(self, command, reason):
        """Says once why a peer is missing."""
        line = f"{' '.join(command)}: {reason}"
        if line not in self.missing:
            self.missing.add(line)
            print("compare:", line, file=sys.stderr, flush=True)

    def lines(self, command, **more):
        return parse_lines(self.output(command, **more))


class Ours:
    """Our programs; with `cpu` compiled for that CPU, as "dlc CPU"."""

    def __init__(self, runner, programs, seconds, cpu=None):
        self.runner = runner
        self.cpu = cpu
        self.models = str(programs / "models-benchmark")
        self.dlc = str(programs / "dlc")
        self.seconds = seconds

    def run_models(self, keys):
        names = "|".join(re.escape("/".join(key)) for key in keys)
        command = [self.models, "--threads", str(self.runner.threads),
                   "--seconds", str(self.seconds),
                   "--only", f"^({names}|limits/peak)$"]
        return self.named(self.runner.lines(command, more=self.cpu and
                                            {"DLC_CPU": self.cpu}))

    def named(self, lines):
        return [{**line, "impl": f"dlc {self.cpu}"} if self.cpu else line
                for line in lines]

    def run_kernels(self, suite, names):
        pattern = "^(" + "|".join(map(re.escape, names)) + ")$"
        text = self.runner.output(
            [self.dlc, "bench", str(HERE / "kernels" / KERNELS[suite]),
             f"--threads={self.runner.threads}", "--format=json",
             f"--filter={pattern}", f"--min-time={self.seconds / 5}",
             "--repetitions=3"]
            + ([f"--mcpu={self.cpu}"] if self.cpu else []))
        lines = self.named(parse_bench(text)) if text.strip() else []
        return [{**line, "suite": suite} for line in lines]

    def first_step(self, name, cache):
        """(milliseconds from process start, of them compiling) of a training
        step's first call."""
        start = time.clock_gettime(time.CLOCK_MONOTONIC)
        lines = self.runner.lines([self.models, "--first-step", name],
                                  more={"XDG_CACHE_HOME": cache},
                                  pins=False)  # Compiling has threads.
        return [((line["monotonic_s"] - start) * 1e3, line["compile_ms"])
                for line in lines[:1]]

    def first_steps(self, name, runs=3):
        """The least of several: with an empty cache, and with a filled one."""
        cold, warm = [], []
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as cache:
                cold += self.first_step(name, cache)
                warm += self.first_step(name, cache)
        return [tuple(map(min, zip(*times))) for times in (cold, warm) if times]

    def run_latency(self):
        cases = {}
        steps = {name: self.first_steps(name)
                 for name in ("mlp", "lenet", "resnet20")}
        if len(steps["mlp"]) > 1:
            cases["first_step_cold"], cases["first_step_warm"] = (
                times[0] for times in steps["mlp"])
        for name in ("lenet", "resnet20"):
            if len(steps[name]) > 1:
                cases[f"compile_{name}"], cases[f"compile_{name}_warm"] = (
                    times[1] for times in steps[name])
        return [{"suite": "latency", "name": name, "impl": "dlc",
                 "median_ms": ms} for name, ms in cases.items()]


class Peers:
    """Scripts and programs of a folder; what is not there is left out."""

    TRAIN_FIRST = ["softmax_reg", "mlp", "mlp_adam", "mlp_dropout", "lenet",
                   "lstm_char28", "transformer", "transformer_do0.1", "resnet20"]

    def __init__(self, runner, folder, pythons, build):
        self.runner = runner
        self.folder = folder
        self.build = build
        self.torches, self.jaxes = [], []
        for python in pythons:
            if version := self.version(python, "torch"):
                self.torches.append((python, f"PyTorch {version}"))
            if version := self.version(python, "jax"):
                self.jaxes.append((python, f"JAX {version}"))

    def version(self, python, module):
        text = self.runner.output(
            [python, "-c", "import importlib.util as u; "
             f"print(__import__('{module}').__version__ "
             f"if u.find_spec('{module}') else '')"])
        match = re.match(r"\d+\.\d+", text.strip())
        return match.group() if match else None

    def make(self):
        """Builds the peers' programs by their Makefile, outside their folder."""
        makefile = self.folder / "Makefile"
        if not makefile.exists():
            return
        self.build.mkdir(parents=True, exist_ok=True)
        for program in ("gemm_bench", "onednn_ops"):
            self.runner.output(
                ["make", "-s", "-C", str(self.build), "-f", str(makefile),
                 f"VPATH={self.folder}", program])

    def program(self, name):
        path = self.build / name
        return str(path) if path.exists() else None

    def script(self, python, name, *arguments, **more):
        if not (self.folder / name).exists():
            return []
        # No __pycache__ in a folder that is not ours.
        return self.runner.lines([python, "-B", name, *arguments],
                                 folder=self.folder, **more)

    def train(self, names, variants=None, is_first=True, limit=None):
        """PyTorch's steps; scripted ones, which differ little, once only."""
        names = [name for name in self.TRAIN_FIRST if name in names]
        threads = str(self.runner.threads)
        lines = []
        for python, label in self.torches if names else []:
            is_new = not label.startswith("PyTorch 1")
            if variants is None:
                chosen = "foreach,cl"
                if is_first and not is_new:
                    chosen += ",jit"
            elif not is_new:
                continue  # 1.x has no torch.compile.
            else:
                chosen = variants
            lines += self.script(python, "torch_train.py", threads, label,
                                 ",".join(names), chosen, limit=limit)
        return lines

    def torch(self, script, *arguments):
        threads = str(self.runner.threads)
        return [line for python, label in self.torches
                for line in self.script(python, script, threads, label, *arguments)]

    def jax(self, suite, names, limit=None):
        threads = str(self.runner.threads)
        return [line for python, label in self.jaxes
                for line in self.runner.lines(
                    [python, "-B", str(HERE / "jax_models.py"), threads, label, suite,
                     ",".join(names)], limit=limit)]

    def onednn(self, what):
        program = self.program("onednn_ops")
        threads = str(self.runner.threads)
        return self.runner.lines([program, threads, what]) if program else []

    def gemm(self):
        program = self.program("gemm_bench")
        threads = str(self.runner.threads)
        return [line for library in ("onednn", "openblas", "blis", "xsmm")
                for line in (self.runner.lines([program, library, threads, library])
                             if program else [])]
