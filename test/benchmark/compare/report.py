"""What the rounds say together."""

import statistics

from rows import Ratio, Speeds, number


class Results:
    """The lines of every round: round -> (suite, name) -> impl -> line."""

    def __init__(self):
        self.rounds = []

    def begin_round(self):
        self.rounds.append({})

    def add(self, lines):
        for line in lines:
            if "median_ms" not in line and line.get("suite") != "limits":
                continue
            key = (line.get("suite"), line.get("name"))
            self.rounds[-1].setdefault(key, {})[line["impl"]] = line

    def cells(self, key, impl):
        return [cases[key][impl] for cases in self.rounds
                if impl in cases.get(key, {})]

    def impls(self, keys):
        return sorted({impl for cases in self.rounds for key in keys
                       for impl in cases.get(key, {}) if impl != "dlc"})

    def median(self, key, impl, field="median_ms"):
        values = [line[field] for line in self.cells(key, impl) if field in line]
        return statistics.median(values) if values else None

    def speeds(self):
        """Of the machine: the highest in any process of the run. What is below
        a neighbour has taken, and that must not make goals easier."""
        def highest(own, field):
            return max((line[name] for cases in self.rounds
                        for key, impls in cases.items()
                        for name in (field if key == ("limits", "peak") else own,)
                        for line in impls.values()
                        if line["impl"] == "dlc" and name in line), default=None)
        gflops = highest("peak_GFLOPs", "GFLOPs")
        gbs = highest("peak_GBs", "GBs")
        return Speeds(gflops, gbs) if gflops and gbs else None

    def ratio(self, keys, begins):
        """How much longer the best peer takes: the median over the rounds, or
        of the medians where a peer was not in a round of ours."""
        ratios = []
        for cases in self.rounds:
            ours = cases.get(keys[0], {}).get("dlc")
            theirs = [line["median_ms"] for key in keys
                      for impl, line in cases.get(key, {}).items()
                      if impl != "dlc" and impl.startswith(begins)]
            if ours and theirs:
                ratios.append(min(theirs) / ours["median_ms"])
        return statistics.median(ratios) if ratios else None


def columns_of(impls):
    """Columns of PyTorch's versions, then of everything else together."""
    torches = sorted({" ".join(impl.split("_")[0].split()[:2]) for impl in impls
                      if impl.startswith("PyTorch")})
    return [*torches, "library"]


def cell(results, keys, column):
    """A column's best implementation for a row: its time and its name."""
    best = None
    for key in keys:
        for impl in results.impls([key]):
            isTorch = impl.startswith("PyTorch")
            if (impl.split("_")[0] != column) if isTorch else column != "library":
                continue
            ms = results.median(key, impl)
            if ms is not None and (best is None or ms < best[0]):
                variant = impl[len(column) + 1:] if isTorch else impl
                best = (ms, variant)
    if best is None:
        return "–"
    return number(best[0]) + (f" ({best[1]})" if best[1] else "")


def judged(results, row, threads):
    """Whether a row is met, or None where that cannot be said."""
    keys = (row.key, *row.also)
    if isinstance(row.goal, Ratio):
        return row.goal.is_met(None, None, lambda of: results.ratio(keys, of))
    speeds = results.speeds()
    ours = {field: results.median(row.key, "dlc", field)
            for field in ("median_ms", "GFLOPs")}
    # The times are for one thread.
    if threads != 1 or speeds is None or ours["median_ms"] is None:
        return None
    return row.goal.is_met(ours, speeds, None)


def table(results, rows, threads):
    """The rows as a Markdown table."""
    keys = [key for row in rows for key in (row.key, *row.also)]
    columns = columns_of(results.impls(keys))
    lines = ["| row | ours, ms | of FMA peak | goal here | met | "
             + " | ".join(columns) + " | best peer / ours |"]
    lines.append("|" + "---|" * (6 + len(columns)))
    speeds = results.speeds()
    for row in rows:
        keys = (row.key, *row.also)
        rate = results.median(row.key, "dlc", "GFLOPs")
        share = rate / speeds.gflops if rate and speeds else None
        met = judged(results, row, threads)
        ratio = results.ratio(keys, "")
        lines.append("| " + " | ".join([
            row.label, number(results.median(row.key, "dlc")),
            "–" if share is None else f"{share:.2f}",
            row.goal.text(speeds) if speeds else "–",
            {True: "yes", False: "**no**", None: "–"}[met],
            *(cell(results, keys, column) for column in columns),
            "–" if ratio is None else f"{ratio:.2f}"]) + " |")
    return "\n".join(lines)


def summary(results, rows, threads):
    verdicts = [judged(results, row, threads) for row in rows]
    speeds = results.speeds() or Speeds(0, 0)
    return (f"{threads} thread{'s' if threads > 1 else ''}: "
            f"{verdicts.count(True)} rows met, {verdicts.count(False)} not met, "
            f"{verdicts.count(None)} without a verdict; {len(results.rounds)} "
            f"rounds; FMA peak {speeds.gflops:.0f} GF/s, copy {speeds.gbs:.1f} GB/s")
