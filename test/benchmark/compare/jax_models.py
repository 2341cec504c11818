"""Times JAX's training steps, and its inference of one sample, on the CPU.

jax_models.py THREADS LABEL train|infer CASE,CASE...: a JSON line a case, as the peers'
scripts print them. The models are those of ../gpu/peers.py. For development alone.
"""

import json
import os
import pathlib
import statistics
import sys
import time

SECONDS = 0.5
LEAST, MOST = 7, 400


def timed(run):
    """Median and least milliseconds of calls of run(1)."""
    run(3)
    samples = []
    end = time.perf_counter() + SECONDS
    while (time.perf_counter() < end or len(samples) < LEAST) and len(samples) < MOST:
        start = time.perf_counter()
        run(1)
        samples.append(1e3 * (time.perf_counter() - start))
    return statistics.median(samples), min(samples), len(samples)


def inference(jax, model, parameters, x, _labels):
    forward = jax.jit(lambda x: model(parameters, x, None))
    one = x[:1]

    def run(count):
        for _ in range(count):
            forward(one).block_until_ready()

    return run


def main():
    threads, label, suite, names = sys.argv[1:]
    # XLA makes as many threads as the process may use CPUs.
    cpus = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cpus[-int(threads):])
    os.environ["JAX_PLATFORMS"] = "cpu"
    import jax
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "gpu"))
    import peers

    cases = peers.jax_cases(jax)
    for name in names.split(","):
        key = name.removesuffix("_b1")
        if key not in cases:
            continue
        model, parameters, data = cases[key]
        run = (inference(jax, model, parameters, *data) if suite == "infer"
               else peers.jax_steps(jax, key, model, parameters, *data))
        median, least, count = timed(run)
        print(json.dumps({"suite": suite, "name": name, "impl": label,
                          "threads": int(threads), "median_ms": round(median, 6),
                          "min_ms": round(least, 6), "n": count}), flush=True)


if __name__ == "__main__":
    main()
