#!/usr/bin/env python3
"""Tests what compare.py makes of lines that programs print."""

import json
import pathlib
import sys
import tempfile
import time
import unittest

import guard
from report import Results, columns_of, cpu_table, judged, summary, table
from rows import ROWS, AtMost, Copies, Ratio, Row, Share
from runs import HERE, KERNELS, Peers, Runner, parse_bench, parse_lines


def line(name, impl, ms, **more):
    return {"suite": "s", "name": name, "impl": impl, "median_ms": ms, **more}


LIMITS = {"suite": "limits", "name": "peak", "impl": "dlc", "GFLOPs": 124.0,
          "GBs": 13.5}


def results(*rounds):
    collected = Results()
    for lines in rounds:
        collected.begin_round()
        collected.add([LIMITS, *lines])
    return collected


class Parsing(unittest.TestCase):
    def test_lines_without_a_time_are_left_out(self):
        text = ('noise\n{"name": "a", "median_ms": 2}\n{broken\n'
                '{"name": "b", "skipped": "cores busy"}\n')
        self.assertEqual([case["name"] for case in parse_lines(text)], ["a"])

    def test_bench_that_was_cut_off_gives_nothing(self):
        self.assertEqual(parse_bench('{"context": {'), [])

    def test_bench_gives_the_median_repetition(self):
        runs = [{"name": f"f/repeats:{i}", "run_type": "iteration", "p50_s": s,
                 "min_s": s / 2, "flops": 1e-3 / s} for i, s in enumerate((3e-3, 1e-3, 2e-3))]
        runs.append({"name": "f/repeats:3", "run_type": "aggregate", "p50_s": 9})
        text = json.dumps({"context": {"peak flops/s": "150e9",
                                       "peak bytes/s": "10e9"},
                           "benchmarks": runs})
        case, = parse_bench(text)
        self.assertEqual((case["name"], case["median_ms"], case["min_ms"]),
                         ("f", 2, 0.5))
        self.assertEqual((case["peak_GFLOPs"], case["peak_GBs"]), (150, 10))


class Goals(unittest.TestCase):
    def verdict(self, goal, *lines, threads=1):
        return judged(results([*lines]), Row("s", "a", "A", goal), threads)

    def test_compute_scales_by_the_peak(self):
        # 248 / 124 = 2.
        self.assertTrue(self.verdict(AtMost(1), line("a", "dlc", 2)))
        self.assertFalse(self.verdict(AtMost(1), line("a", "dlc", 2.01)))

    def test_memory_scales_by_the_copy(self):
        self.assertTrue(self.verdict(AtMost(1, "memory"), line("a", "dlc", 4)))
        self.assertFalse(self.verdict(AtMost(1, "memory"), line("a", "dlc", 4.1)))
        # 27 MB at 13.5 GB/s are 2 ms.
        self.assertTrue(self.verdict(Copies(1.1, 27e6), line("a", "dlc", 2.2)))
        self.assertFalse(self.verdict(Copies(1.1, 27e6), line("a", "dlc", 2.21)))

    def test_latency_does_not_scale(self):
        self.assertFalse(self.verdict(AtMost(1, "none"), line("a", "dlc", 1.1)))

    def test_share_of_the_highest_peak_of_the_run(self):
        # A neighbour has halved the peak that this process measured.
        slow = line("a", "dlc", 1, GFLOPs=112.0, peak_GFLOPs=62.0, peak_GBs=9.0)
        self.assertTrue(self.verdict(Share(0.9), slow))
        self.assertFalse(self.verdict(Share(0.95), slow))
        fast = line("b", "dlc", 1, peak_GFLOPs=130.0, peak_GBs=9.0)
        self.assertFalse(self.verdict(Share(0.9), slow, fast))

    def test_each_round_has_its_own_speeds(self):
        # The clock rises; the goal is met at each one's, not at the highest.
        def at(ms, peak):
            return [line("a", "dlc", ms, peak_GFLOPs=peak, peak_GBs=9.0)]
        found = results(at(1.9, 124.0), at(1.9, 124.0), at(0.95, 248.0))
        row = Row("s", "a", "A", AtMost(1))
        self.assertTrue(judged(found, row, 1))
        self.assertEqual(found.typical_speeds(row).gflops, 124.0)
        # Two of three rounds decide.
        found = results(at(2.1, 124.0), at(1.9, 124.0), at(1.1, 248.0))
        self.assertFalse(judged(found, row, 1))

    def test_the_peak_beside_the_samples_counts(self):
        # Measured at half of the clock that the round had at its best.
        own = line("a", "dlc", 3.9, GFLOPs=50.0, of_peak=0.806, peak_GFLOPs=124.0)
        row = Row("s", "a", "A", AtMost(1))
        self.assertTrue(judged(results([own]), row, 1))
        self.assertFalse(judged(results([{**own, "of_peak": 0.5}]), row, 1))
        self.assertEqual(results([own]).share_of_peak(row), 0.806)

    def test_ratio_to_the_best_of_those_that_are_meant(self):
        lines = [line("a", "dlc", 1.0), line("a", "onednn_any", 0.96),
                 line("a", "onednn_nchw", 3.0), line("a", "blis", 0.5)]
        self.assertTrue(self.verdict(Ratio(0.95, "onednn"), *lines))
        self.assertFalse(self.verdict(Ratio(0.95), *lines))
        self.assertIsNone(self.verdict(Ratio(0.95, "xsmm"), *lines))

    def test_times_are_for_one_thread(self):
        self.assertIsNone(self.verdict(AtMost(1), line("a", "dlc", 1), threads=2))

    def test_what_was_not_measured_has_no_verdict(self):
        self.assertIsNone(self.verdict(AtMost(1)))


class Report(unittest.TestCase):
    def test_ratios_are_taken_round_by_round(self):
        # The machine slows down: each round's ratio is 2.
        found = results([line("a", "dlc", 1), line("a", "peer", 2)],
                        [line("a", "dlc", 5), line("a", "peer", 10)],
                        [line("a", "dlc", 9)])
        self.assertEqual(found.ratio([("s", "a")], ""), 2)

    def test_table(self):
        row = Row("s", "a", "A", AtMost(1), also=(("t", "b"),))
        other = {**line("b", "lib", 7), "suite": "t"}
        found = results([line("a", "dlc", 2.5, min_ms=2.0), other,
                         line("a", "PyTorch 1.13", 8, min_ms=5.0),
                         line("a", "PyTorch 1.13_jit", 6)])
        header, _, cells = table(found, [row], 1).splitlines()
        self.assertIn("| PyTorch 1.13 | library |", header)
        self.assertEqual(
            cells, "| A | 2.5 | 2 | – | – | ≤ 2 ms | **no** | yes | 6 (jit) "
            "| 7 (lib) | 2.40 | 2.50 |")
        self.assertIn("0 rows met, 1 not met (1 and 0 by the fastest)",
                      summary(found, [row], 1))

    def test_the_fastest_share_of_the_peak(self):
        row = Row("s", "a", "A", Share(0.9))
        found = results([line("a", "dlc", 2, min_ms=1.0, GFLOPs=60.0)])
        self.assertFalse(judged(found, row, 1))
        self.assertTrue(judged(found, row, 1, by_fastest=True))
        self.assertIn("| 0.97 |", table(found, [row], 1))

    def test_other_cpus_are_no_peers(self):
        rows = [Row("s", "a", "A", AtMost(1)), Row("s", "b", "B", AtMost(1))]
        found = results([line("a", "dlc", 2), line("a", "dlc x86-64", 9, min_ms=7.0),
                         line("b", "dlc", 1)])
        self.assertIsNone(found.ratio([("s", "a")], ""))
        self.assertEqual(columns_of(found.impls([("s", "a")])), ["library"])
        _, _, *cells = cpu_table(found, rows, ["x86-64"]).splitlines()
        self.assertEqual(cells, ["| A | 2 | 7 (3.50 ×) |"])

    def test_a_missing_peer_is_a_dash(self):
        row = Row("s", "a", "A", AtMost(1))
        cells = table(results([line("a", "dlc", 2)]), [row], 1).splitlines()[2]
        self.assertEqual(cells, "| A | 2 | 2 | – | – | ≤ 2 ms | yes | yes | – | – | – |")
        self.assertEqual(columns_of([]), ["library"])

    def test_every_framework_has_a_column(self):
        row = Row("s", "a", "A", AtMost(1))
        found = results([line("a", "dlc", 2), line("a", "JAX 0.10", 3),
                         line("a", "PyTorch 2.15_compile", 5), line("a", "onednn", 4)])
        header, _, cells = table(found, [row], 1).splitlines()[:3]
        self.assertIn("| JAX 0.10 | PyTorch 2.15 | library |", header)
        self.assertIn("| 3 | 5 (compile) | 4 (onednn) | 1.50 |", cells)

    def test_a_missing_folder_of_scripts_is_no_error(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            runner = Runner(1, time.monotonic() + 60, show=False)
            peers = Peers(runner, folder, ["no-such-python"], folder / "build")
            peers.make()
            self.assertEqual(peers.train(["mlp"]) + peers.gemm()
                             + peers.onednn("ops") + peers.torch("x.py")
                             + peers.jax("train", ["mlp"]), [])

    def test_a_command_that_runs_too_long_gives_what_it_has_printed(self):
        runner = Runner(2, time.monotonic() + 60, show=False)
        slow = ("import time; print('{\"median_ms\": 1}', flush=True); "
                "time.sleep(60)")
        lines = runner.lines([sys.executable, "-c", slow], limit=5)
        self.assertEqual(lines, [{"median_ms": 1}])


class Rows(unittest.TestCase):
    def test_each_kernel_row_has_its_function(self):
        for suite, file in KERNELS.items():
            text = (HERE / "kernels" / file).read_text(encoding="utf-8")
            for row in ROWS:
                if row.suite == suite:
                    self.assertRegex(text, f'@"?{row.name}"?\\(', row.name)

    def test_keys_are_unique(self):
        keys = [row.key for row in ROWS]
        self.assertEqual(len(keys), len(set(keys)))


class Guard(unittest.TestCase):
    TABLE = {"gemm/a": {"flops": 1e9, "share": 0.8, "tolerance": 0.1},
             "ops/b": {"bytes": 1e9, "share": 0.5, "tolerance": 0.2}}

    def lines(self, slower=1.0):
        # Limits: 10 ms of flops, 100 ms of bytes.
        peaks = {"peak_GFLOPs": 100.0, "peak_GBs": 10.0}
        return [{"suite": "gemm", "name": "a", "median_ms": 12.5 * slower, **peaks},
                {"suite": "ops", "name": "b", "median_ms": 200.0, **peaks},
                {"suite": "ops", "name": "unknown", "median_ms": 1, **peaks}]

    def test_as_fast_as_before(self):
        measured = guard.shares(self.lines(), self.TABLE)
        self.assertEqual(measured, {"gemm/a": 0.8, "ops/b": 0.5})
        self.assertEqual(guard.regressions(self.TABLE, measured), [])

    def test_a_planted_regression_is_found(self):
        measured = guard.shares(self.lines(slower=1.2), self.TABLE)
        report = guard.regressions(self.TABLE, measured)
        self.assertEqual(len(report), 1)
        self.assertIn("gemm/a: 0.667 of the limit, at least 0.720", report[0])

    def test_within_the_tolerance(self):
        measured = guard.shares(self.lines(slower=1.09), self.TABLE)
        self.assertEqual(guard.regressions(self.TABLE, measured), [])

    def test_the_best_of_several_runs_counts(self):
        lines = [line for slower in (3.0, 1.0, 2.0)
                 for line in self.lines(slower)]
        measured = guard.shares(lines, self.TABLE)
        self.assertEqual(guard.regressions(self.TABLE, measured), [])

    def test_a_disturbed_peak_hides_nothing(self):
        disturbed = [{**line, "peak_GFLOPs": 50.0} for line in self.lines(1.5)]
        measured = guard.shares(disturbed + self.lines(1.5), self.TABLE)
        self.assertEqual(len(guard.regressions(self.TABLE, measured)), 1)

    def test_what_was_not_measured_is_not_passed(self):
        self.assertEqual(len(guard.regressions(self.TABLE, {})), 2)

    def test_update_keeps_costs_and_tolerances(self):
        table = guard.updated(self.TABLE, {"gemm/a": 0.9123456})
        self.assertEqual(table["gemm/a"],
                         {"flops": 1e9, "share": 0.912, "tolerance": 0.1})
        self.assertEqual(table["ops/b"], self.TABLE["ops/b"])

    def test_exit_status_and_committed_table(self):
        class Fake:
            def __init__(self, slower):
                self.slower = slower

            def run_models(self, keys):
                return []

            def run_kernels(self, suite, names):
                return [each for each in Guard().lines(self.slower)
                        if each["suite"] == suite]

        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "guard.json"
            path.write_text(json.dumps(self.TABLE), encoding="utf-8")
            self.assertEqual(guard.run(Fake(1.0), False, path), 0)
            self.assertEqual(guard.run(Fake(2.0), False, path), 1)
            self.assertEqual(guard.run(Fake(2.0), True, path), 0)
            self.assertEqual(guard.run(Fake(2.0), False, path), 0)

    def test_the_committed_table_names_rows(self):
        keys = {"/".join(row.key) for row in ROWS}
        committed = json.loads(guard.TABLE.read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(committed), 12)
        self.assertLessEqual(set(committed), keys)


if __name__ == "__main__":
    unittest.main()
