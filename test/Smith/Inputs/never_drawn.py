"""Prints the dialect's ops that dlc-smith has not drawn, sorted.

usage: never_drawn.py TABLEGEN.json COVERAGE
"""
import json
import sys

records = json.load(open(sys.argv[1], encoding="utf-8"))
ops = {records[name]["opName"] for name in records["!instanceof"]["Op"]
       if records[name]["opDialect"]["def"] == "Dlc_Dialect"}
drawn = {word.removeprefix("dlc.")
         for line in open(sys.argv[2], encoding="utf-8")
         for word in line.split() if "." in word}
print(*sorted(ops - drawn))
