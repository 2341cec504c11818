"""Compares the figures that lessons print with a table.

Reads the output of `dlc examples --all` on standard input: "== NUMBER LESSON",
then lines "metric NAME VALUE". A line of the table is "LESSON METRIC RELATION
VALUE [in real runs...]", RELATION one of < <= == >= >, or "LESSON METRIC *
OTHER-METRIC RELATION FACTOR" for metric RELATION factor * other.
"""
import operator
import sys

RELATIONS = {"<": operator.lt, "<=": operator.le, "==": operator.eq,
             ">=": operator.ge, ">": operator.gt}

figures, lesson = {}, None
for line in sys.stdin:
    words = line.split()
    if len(words) == 3 and words[0] == "==" and not words[1].endswith(":"):
        lesson = words[2]
    elif len(words) == 3 and words[0] == "metric":
        figures[lesson, words[1]] = float(words[2])

bad = checked = 0
for line in open(sys.argv[1]):
    words = line.split("#")[0].split()
    if not words:
        continue
    lesson, name, *rest = words
    value = figures.get((lesson, name))
    if rest[0] == "*":
        other = figures.get((lesson, rest[1]))
        limit = None if other is None else float(rest[3]) * other
        relation = rest[2]
    else:
        relation, limit = rest[0], float(rest[1])
    checked += 1
    if value is None or limit is None:
        print(f"{lesson}: no metric {name}")
        bad += 1
    elif not RELATIONS[relation](value, limit):
        print(f"{lesson}: {name} is {value}, expected {relation} {limit}")
        bad += 1
print(f"{checked} figures checked, {bad} wrong")
sys.exit(1 if bad or not checked else 0)
