"""Compares the "metric NAME VALUE" lines of two outputs: agree.py BOUND A B.

Fails where a value differs by more than BOUND, relative to the larger one, or
where there is none.
"""
import sys

bound, *paths = sys.argv[1:]
metrics = [{words[1]: float(words[2]) for words in map(str.split, open(path))
            if len(words) == 3 and words[0] == "metric"} for path in paths]
bad = metrics[0].keys() ^ metrics[1].keys()
for name in metrics[0].keys() & metrics[1].keys():
    x, y = (m[name] for m in metrics)
    if abs(x - y) > float(bound) * max(abs(x), abs(y)):
        print(name, x, y)
        bad.add(name)
print(f"{len(metrics[0])} metrics, {len(bad)} differ")
sys.exit(1 if bad or not metrics[0] else 0)
