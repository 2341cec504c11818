"""Plans the lessons' recorded steps: no arena is more than 5 % larger than what lives
at one time. Prints those that are larger at all."""
import re
import subprocess
import sys

paths = sys.argv[1:]
worst = 1.0
for path in paths:
    text = subprocess.run(["dlc", "explain", path], capture_output=True, text=True,
                          check=True).stdout
    plans = re.findall(r"^arena (\d+) bytes, of which at most (\d+) live", text, re.MULTILINE)
    assert plans, path
    for arena, live in plans:
        if arena != live:
            print(path, "arena", arena, "live", live)
            worst = max(worst, int(arena) / int(live))
assert paths and worst <= 1.05, worst
