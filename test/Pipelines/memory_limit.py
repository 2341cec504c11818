"""Plans a module for smaller and smaller memory limits, down to the least that it
takes: each plan keeps to its limit, and none needs more than the one before."""
import re
import subprocess
import sys


def plan(limit):
    """(arena, launches repeated), or (None, the least) where it does not fit."""
    done = subprocess.run(["dlc", "explain", sys.argv[1], f"--memory-limit={limit}"],
                          capture_output=True, text=True)
    if done.returncode != 0:
        return None, int(re.search(r"take (\d+) bytes at least", done.stderr)[1])
    repeated = re.search(r"what is not kept: (\d+)", done.stdout)
    return (int(re.search(r"arena (\d+) bytes", done.stdout)[1]),
            int(repeated[1]) if repeated else 0)


_, least = plan(1)
arena, repeated = plan(1 << 40)
whole = arena
assert repeated == 0
while arena > least:
    limit = max(least, arena - whole // 16)
    smaller, more = plan(limit)
    assert smaller is not None and smaller <= limit, (limit, smaller)
    assert smaller < arena and more >= repeated, (limit, smaller, more)
    arena, repeated = smaller, more
assert repeated > 0 and arena * 2 < whole, (whole, arena)
assert plan(least - 1)[0] is None
