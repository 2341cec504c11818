#!/usr/bin/env python3
"""Times the MLP's training step, alone or interleaved with PyTorch's.

Prints the JSON lines of each run, then a table: milliseconds a step, the share
of the FMA peak measured in the same run, the time from process start to the
end of the first step with an empty and with a filled cache, and, with --peers,
ratios to PyTorch.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time


def json_lines(command, cwd=None, environment=None):
    """The JSON lines that a command prints, shown as they come."""
    process = subprocess.run(
        command, cwd=cwd, env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE, text=True)
    if process.returncode != 0:
        sys.exit(f"compare.py: {command[0]} ended with {process.returncode}")
    sys.stdout.write(process.stdout)
    sys.stdout.flush()
    return [json.loads(line) for line in process.stdout.splitlines()
            if line.startswith("{")]


def pinned(threads, command):
    """One thread stays on one CPU, as the peers' notes advise."""
    cpus = sorted(os.sched_getaffinity(0))
    return ["taskset", "-c", str(cpus[-1]), *command] if threads == 1 else command


def first_step(program):
    """Milliseconds from process start to the end of the first step."""
    with tempfile.TemporaryDirectory() as cache:
        figures = {"cold": [], "warm": []}
        for kind in ["cold"] + ["warm"] * 5:
            start = time.clock_gettime(time.CLOCK_MONOTONIC)
            line = json_lines([program, "--first-step"],
                              environment={"XDG_CACHE_HOME": cache})[0]
            figures[kind].append((line["monotonic_s"] - start) * 1e3)
    return {kind: statistics.median(times) for kind, times in figures.items()}


def has_torch(python):
    probe = subprocess.run([python, "-c", "import torch; print(torch.__version__)"],
                           capture_output=True, text=True)
    return probe.stdout.strip() if probe.returncode == 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", required=True, help="mlp-benchmark")
    parser.add_argument("--peers", type=pathlib.Path,
                        help="folder with torch_train.py")
    parser.add_argument("--python", default=sys.executable,
                        help="the Python that has PyTorch")
    parser.add_argument("--variants", default="eager,foreach,jit",
                        help="PyTorch's variants, see torch_train.py")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())

    torch = None
    if arguments.peers:
        if not (arguments.peers / "torch_train.py").exists():
            sys.exit(f"compare.py: no torch_train.py in {arguments.peers}")
        torch = has_torch(arguments.python)
        if not torch:
            print(f"PyTorch is not importable by {arguments.python}; "
                  "it is left out", file=sys.stderr)

    summary = []
    for threads in map(int, arguments.threads.split(",")):
        ours, shares, theirs = [], [], {}
        for _ in range(arguments.rounds):
            for line in json_lines(pinned(threads, [program, "--threads", str(threads)])):
                if line["suite"] == "train":
                    ours.append(line["median_ms"])
                    shares.append(line["of_peak"])
            if not torch:
                continue
            command = [arguments.python, "torch_train.py", str(threads), "torch",
                       "mlp", arguments.variants]
            environment = {"OMP_NUM_THREADS": str(threads)}
            for line in json_lines(pinned(threads, command), arguments.peers, environment):
                if "median_ms" in line:
                    theirs.setdefault(line["impl"], []).append(line["median_ms"])
        mine = statistics.median(ours)
        summary.append(f"{threads} threads: {mine:.3f} ms a step, "
                       f"{statistics.median(shares):.3f} of the FMA peak")
        for name, times in sorted(theirs.items()):
            ratios = [peer / our for peer, our in zip(times, ours)]
            summary.append(f"{threads} threads: {name} {torch} "
                           f"{statistics.median(times):.3f} ms, "
                           f"{statistics.median(ratios):.2f} times ours")
    start = first_step(program)
    summary.append(f"process start to end of first step: {start['cold']:.0f} ms "
                   f"cold, {start['warm']:.0f} ms with a warm cache")
    print("\n".join(summary))


if __name__ == "__main__":
    main()
