#!/usr/bin/env python3
"""Times our training steps, kernels and latencies, in turn with the peers'.

Prints a table: ours, each peer's best, the goal that rows.py sets for a machine
of this speed, and whether it is met. A peer that is missing is a dash. Without
--peers, ours alone.
"""

import argparse
import json
import pathlib
import re
import sys
import time

import guard
from report import Results, cpu_table, summary, table
from rows import ROWS
from runs import KERNELS, Ours, Peers, Runner


def wanted(rows, suite):
    return [row.name for row in rows if row.suite == suite]


def one_round(ours, others, peers, rows, results, is_first):
    """Ours, `others` (ours for other CPUs) and theirs, suite by suite, so that
    they share the machine's mood."""
    def in_turn(mine, *theirs):
        for each in (ours, *others):
            results.add(mine(each))
        for peer in theirs if peers else ():
            results.add(peer())

    train = wanted(rows, "train")
    models = [row.key for row in rows if row.suite in ("train", "infer")]
    if any(row.key == ("latency", "small_expression") for row in rows):
        models.append(("latency", "small_expression"))
    if models or is_first:
        in_turn(lambda each: each.run_models(models))
    if peers and train:
        results.add(peers.train(train, is_first=is_first))
        if "mlp" in train:
            results.add(peers.onednn("mlp"))
        if "lstm_char28" in train:
            results.add(peers.onednn("lstm"))
    if peers and wanted(rows, "infer"):
        results.add(peers.torch("torch_infer.py"))
    theirs = {"gemm": [lambda: peers.gemm()],
              "ops": [lambda: peers.onednn("ops"),
                      lambda: peers.torch("torch_ops.py", "ops")],
              "conv": [lambda: peers.onednn("conv")]}
    for suite in KERNELS:
        if names := wanted(rows, suite):
            in_turn(lambda each: each.run_kernels(suite, names), *theirs[suite])
    if is_first and any(row.suite == "latency" for row in rows):
        results.add(ours.run_latency())
    if is_first and peers:
        # Compiling takes long, so once, each in at most a third of the time.
        def third():
            return (peers.runner.deadline - time.monotonic()) / 3

        if train:
            results.add(peers.train(train, "compile", limit=third()))
        for suite in ("train", "infer"):
            if names := wanted(rows, suite):
                results.add(peers.jax(suite, names, limit=third()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--programs", type=pathlib.Path, required=True,
                        help="folder of models-benchmark and dlc")
    parser.add_argument("--peers", type=pathlib.Path,
                        help="folder with the peers' scripts")
    parser.add_argument("--python", action="append",
                        help="a Python with PyTorch or JAX; may be repeated")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cpu", action="append", default=[],
                        help="time ours compiled for this CPU, too (x86-64-v3); "
                        "may be repeated")
    parser.add_argument("--rows", default=".",
                        help="a regular expression found in SUITE/NAME of a row")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=15,
                        help="no round starts that would probably end later")
    parser.add_argument("--seconds", type=float, default=0.4,
                        help="how long each of our cases is measured in a round")
    parser.add_argument("--json", type=pathlib.Path, help="keep every line here")
    parser.add_argument("--guard", action="store_true",
                        help="compare ours with the committed speeds instead")
    parser.add_argument("--update", action="store_true",
                        help="with --guard: commit to today's speeds")
    arguments = parser.parse_args()

    rows = [row for row in ROWS
            if re.search(arguments.rows, f"{row.suite}/{row.name}")]
    if not rows:
        parser.error(f"no row matches '{arguments.rows}'")
    start = time.monotonic()
    runner = Runner(arguments.threads, start + 60 * arguments.minutes)
    ours = Ours(runner, arguments.programs.resolve(), arguments.seconds)
    others = [Ours(runner, arguments.programs.resolve(), arguments.seconds, cpu)
              for cpu in arguments.cpu]
    if arguments.guard:
        sys.exit(guard.run(ours, arguments.update))
    peers = None
    if arguments.peers:
        if not arguments.peers.is_dir():
            parser.error(f"no folder {arguments.peers}")
        peers = Peers(runner, arguments.peers.resolve(),
                      arguments.python or ["python3"],
                      arguments.programs.resolve().parent / "peers")
        peers.make()

    results = Results()
    longest = 0
    for i in range(arguments.rounds):
        begun = time.monotonic()
        if i and begun + longest > runner.deadline:
            break
        results.begin_round()
        one_round(ours, others, peers, rows, results, is_first=i == 0)
        # The first round compiles; the later ones are alike.
        longest = (time.monotonic() - begun) / (2 if i == 0 else 1)
    if arguments.json:
        lines = [{"round": i, **line} for i, cases in enumerate(results.rounds)
                 for impls in cases.values() for line in impls.values()]
        arguments.json.write_text("\n".join(map(json.dumps, lines)) + "\n",
                                  encoding="utf-8")
    print(table(results, rows, arguments.threads))
    if arguments.cpu:
        print()
        print(cpu_table(results, rows, arguments.cpu))
    print()
    print(summary(results, rows, arguments.threads))


if __name__ == "__main__":
    main()
