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
                       for impl in cases.get(key, {})
                       if not impl.startswith("dlc")})

    def median(self, key, impl, field="median_ms"):
        values = [line[field] for line in self.cells(key, impl) if field in line]
        return statistics.median(values) if values else None

    def fastest(self, key, impl):
        """The fastest sample of all rounds."""
        return min((line.get("min_ms", line["median_ms"])
                    for line in self.cells(key, impl)), default=None)

    def fastest_rate(self, row):
        """GF/s of the fastest sample, of a row that counts them."""
        rate = self.median(row.key, "dlc", "GFLOPs")
        return rate and (rate * self.median(row.key, "dlc")
                         / self.fastest(row.key, "dlc"))

    def speeds(self, rounds=None):
        """Of the machine in some rounds, or in all: the highest in any process.
        What is below a neighbour has taken, and that must not make goals
        easier."""
        def highest(own, field):
            return max((line[name] for cases in rounds or self.rounds
                        for key, impls in cases.items()
                        for name in (field if key == ("limits", "peak") else own,)
                        for line in impls.values()
                        if line["impl"] == "dlc" and name in line), default=None)
        gflops = highest("peak_GFLOPs", "GFLOPs")
        gbs = highest("peak_GBs", "GBs")
        return Speeds(gflops, gbs) if gflops and gbs else None

    def speeds_by_round(self):
        """A machine's clock may be another in each round."""
        whole = self.speeds()
        return [self.speeds([cases]) or whole for cases in self.rounds]

    def lines_and_speeds(self, row):
        """Ours in each round, and how fast the machine was then. A case that
        says what share of the peak it reached compared its samples with the
        peak's beside them: that is the clock of these moments. For others it is
        the round's."""
        found = []
        for cases, speeds in zip(self.rounds, self.speeds_by_round()):
            line = cases.get(row.key, {}).get("dlc")
            if line and speeds:
                if line.get("of_peak"):
                    speeds = Speeds(line["GFLOPs"] / line["of_peak"], speeds.gbs)
                found.append((line, speeds))
        return found

    def typical_speeds(self, row):
        rounds = [speeds for _, speeds in self.lines_and_speeds(row)]
        return rounds and Speeds(*map(statistics.median, zip(
            *((speeds.gflops, speeds.gbs) for speeds in rounds))))

    def shortfall(self, row):
        """How much slower ours is than the goal that the machine's speed sets:
        the median over the rounds; None without any."""
        found = [row.goal.shortfall(line, speeds)
                 for line, speeds in self.lines_and_speeds(row)]
        return statistics.median(found) if found else None

    def share_of_peak(self, row):
        """The median over the rounds, beside the peak of the same process."""
        shares = [line["of_peak"] if "of_peak" in line
                  else line["GFLOPs"] / line["peak_GFLOPs"]
                  for line in self.cells(row.key, "dlc")
                  if line.get("GFLOPs") and "peak_GFLOPs" in line]
        return statistics.median(shares) if shares else None

    def ratio(self, keys, begins):
        """How much longer the best peer takes: the median over the rounds, or
        of the medians where a peer was not in a round of ours."""
        ratios = []
        for cases in self.rounds:
            ours = cases.get(keys[0], {}).get("dlc")
            theirs = [line["median_ms"] for key in keys
                      for impl, line in cases.get(key, {}).items()
                      if not impl.startswith("dlc") and impl.startswith(begins)]
            if ours and theirs:
                ratios.append(min(theirs) / ours["median_ms"])
        return statistics.median(ratios) if ratios else None

    def fastest_ratio(self, keys, begins):
        """The same of fastest samples, which neighbours disturb least."""
        ours = self.fastest(keys[0], "dlc")
        theirs = [self.fastest(key, impl) for key in keys
                  for impl in self.impls([key]) if impl.startswith(begins)]
        return min(theirs) / ours if ours and theirs else None


FRAMEWORKS = ("PyTorch", "JAX")


def columns_of(impls):
    """Columns of the frameworks' versions, then of everything else together."""
    versions = sorted({" ".join(impl.split("_")[0].split()[:2]) for impl in impls
                       if impl.startswith(FRAMEWORKS)})
    return [*versions, "library"]


def cell(results, keys, column):
    """A column's best implementation for a row: its time and its name."""
    best = None
    for key in keys:
        for impl in results.impls([key]):
            isFramework = impl.startswith(FRAMEWORKS)
            if (impl.split("_")[0] != column) if isFramework else column != "library":
                continue
            ms = results.median(key, impl)
            if ms is not None and (best is None or ms < best[0]):
                variant = impl[len(column) + 1:] if isFramework else impl
                best = (ms, variant)
    if best is None:
        return "–"
    return number(best[0]) + (f" ({best[1]})" if best[1] else "")


def judged(results, row, threads, by_fastest=False):
    """Whether a row is met, or None where that cannot be said."""
    keys = (row.key, *row.also)
    if isinstance(row.goal, Ratio):
        ratio = results.fastest_ratio if by_fastest else results.ratio
        value = ratio(keys, row.goal.of)
        return None if value is None else value >= row.goal.least
    # The times are for one thread.
    if threads != 1:
        return None
    shortfall = results.shortfall(row)
    if by_fastest and shortfall is not None:
        least, rate = results.fastest(row.key, "dlc"), results.fastest_rate(row)
        shortfall = row.goal.shortfall({"median_ms": least, "GFLOPs": rate},
                                       results.speeds())
    return None if shortfall is None else shortfall <= 1


def table(results, rows, threads):
    """The rows as a Markdown table."""
    keys = [key for row in rows for key in (row.key, *row.also)]
    columns = columns_of(results.impls(keys))
    lines = ["| row | ours, ms | fastest | of FMA peak | the same, fastest | goal here "
             "| met | met by the fastest | " + " | ".join(columns)
             + " | best peer / ours | fastest peer / fastest ours |"]
    lines.append("|" + "---|" * (10 + len(columns)))
    speeds = results.speeds()
    verdict = {True: "yes", False: "**no**", None: "–"}

    def times(value):
        return "–" if value is None else f"{value:.2f}"

    for row in rows:
        keys = (row.key, *row.also)
        typical = results.typical_speeds(row)
        median, least = results.median(row.key, "dlc"), results.fastest(row.key, "dlc")
        rate = results.fastest_rate(row)
        share = rate / speeds.gflops if rate and speeds else None
        lines.append("| " + " | ".join([
            row.label, number(median), number(least),
            times(results.share_of_peak(row)), times(share),
            row.goal.text(typical) if typical else "–",
            verdict[judged(results, row, threads)],
            verdict[judged(results, row, threads, by_fastest=True)],
            *(cell(results, keys, column) for column in columns),
            times(results.ratio(keys, "")),
            times(results.fastest_ratio(keys, ""))]) + " |")
    return "\n".join(lines)


def cpu_table(results, rows, cpus):
    """The fastest samples, compiled for this and for other CPUs."""
    lines = ["| row | this CPU, ms | " + " | ".join(cpus) + " |"]
    lines.append("|" + "---|" * (2 + len(cpus)))
    for row in rows:
        times = [results.fastest(row.key, impl)
                 for impl in ("dlc", *(f"dlc {cpu}" for cpu in cpus))]
        if None not in times:
            cells = [number(times[0])] + [
                f"{number(ms)} ({ms / times[0]:.2f} ×)" for ms in times[1:]]
            lines.append(f"| {row.label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def summary(results, rows, threads):
    verdicts = [judged(results, row, threads) for row in rows]
    fastest = [judged(results, row, threads, by_fastest=True) for row in rows]
    rounds = [speeds for speeds in results.speeds_by_round() if speeds]

    def span(values, digits):
        texts = [f"{value:.{digits}f}" for value in (min(values), max(values))]
        return " to ".join(dict.fromkeys(texts))

    speeds = "unknown speeds" if not rounds else (
        f"FMA peak {span([each.gflops for each in rounds], 0)} GF/s, "
        f"copy {span([each.gbs for each in rounds], 1)} GB/s")
    return (f"{threads} thread{'s' if threads > 1 else ''}: "
            f"{verdicts.count(True)} rows met, {verdicts.count(False)} not met "
            f"({fastest.count(True)} and {fastest.count(False)} by the fastest), "
            f"{verdicts.count(None)} without a verdict; {len(results.rounds)} "
            f"rounds; {speeds}")
