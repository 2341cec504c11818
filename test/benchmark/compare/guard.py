"""The speed guard: shares of the machine's measured limits against guard.json.

A share is what a case needs at the FMA or copying peak of the same run over
what it takes; times would differ between machines, shares hardly do on one of
the same kind. A case fails where the best share of several runs is below the
committed one by more than its tolerance.
"""

import json
import pathlib
import sys

TABLE = pathlib.Path(__file__).resolve().parent / "guard.json"
RUNS = 3


def shares(lines, costs):
    """case -> share of the limit that bounds it, of the fastest of its lines;
    `costs` says flops or bytes. The limits are the highest that any line tells:
    what a neighbour takes only lowers them, and would raise the shares."""
    def highest(field):
        return 1e9 * max((line[field] for line in lines if field in line),
                         default=float("inf"))
    perFlop, perByte = 1 / highest("peak_GFLOPs"), 1 / highest("peak_GBs")
    result = {}
    for line in lines:
        name = f"{line.get('suite')}/{line.get('name')}"
        if name not in costs or "median_ms" not in line:
            continue
        cost = costs[name]
        least = max(cost.get("flops", 0) * perFlop, cost.get("bytes", 0) * perByte)
        share = 1e3 * least / line["median_ms"]
        result[name] = max(share, result.get(name, 0))
    return result


def regressions(table, measured):
    """One line for each case that is too slow, or was not measured."""
    lines = []
    for name, case in table.items():
        if name not in measured:
            lines.append(f"{name}: not measured")
            continue
        least = case["share"] * (1 - case["tolerance"])
        if measured[name] < least:
            lines.append(f"{name}: {measured[name]:.3f} of the limit, at least "
                         f"{least:.3f} expected (committed: {case['share']:.3f} "
                         f"less {100 * case['tolerance']:.0f} %)")
    return lines


def updated(table, measured):
    """The table with today's shares; cost and tolerance stay."""
    return {name: {**case, "share": round(measured.get(name, case["share"]), 3)}
            for name, case in table.items()}


def measure(ours, table):
    lines = []
    names = {suite: [] for suite in ("train", "gemm", "ops", "conv")}
    for case in table:
        suite, name = case.split("/", 1)
        names[suite].append(name)
    lines += ours.run_models([("train", name) for name in names.pop("train")])
    for suite, wanted in names.items():
        if wanted:
            lines += ours.run_kernels(suite, wanted)
    return lines


def run(ours, update, path=TABLE):
    """The exit status: 1 if a case has become slower."""
    table = json.loads(path.read_text(encoding="utf-8"))
    lines = [line for _ in range(RUNS) for line in measure(ours, table)]
    measured = shares(lines, table)
    for name, share in measured.items():
        print(f"{name}: {share:.3f} of the limit, committed {table[name]['share']:.3f}")
    if update:
        text = json.dumps(updated(table, measured), indent=2)
        path.write_text(text + "\n", encoding="utf-8")
        return 0
    slower = regressions(table, measured)
    for line in slower:
        print("slower:", line, file=sys.stderr)
    print(f"{len(table) - len(slower)} of {len(table)} cases as fast as before")
    return 1 if slower else 0
