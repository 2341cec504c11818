"""Prints the memory that the gradient of a loop of T trips plans: as one scan,
and as a scan of sqrt T checkpoints, each a scan of sqrt T trips."""
import math
import re
import subprocess

VECTOR, MATRIX = "tensor<64xf32>", "tensor<64x64xf32>"


def steps(trips):
    return f"""
  %y = dlc.scan {trips} init(%h0) over() with(%w) {{
  ^bb0(%h: {VECTOR}, %v: {MATRIX}):
    %p = dlc.dot_general %h, %v batch [] x [] contract [0] x [0] : {VECTOR}, {MATRIX} to {VECTOR}
    %t = dlc.tanh %p : {VECTOR}
    dlc.yield %t : {VECTOR}
  }} : ({VECTOR}, {MATRIX}) -> {VECTOR}"""


def checkpointed(trips):
    inner = re.sub(r"%(h0|w|y)\b", r"%\g<1>i", steps(trips))
    return f"""
  %y = dlc.scan {trips} init(%h0) over() with(%w) {{
  ^bb0(%ho: {VECTOR}, %wo: {MATRIX}):
    %z = dlc.checkpoint(%ho, %wo) {{
    ^bb0(%h0i: {VECTOR}, %wi: {MATRIX}):{inner}
      dlc.yield %yi : {VECTOR}
    }} : ({VECTOR}, {MATRIX}) -> {VECTOR}
    dlc.yield %z : {VECTOR}
  }} : ({VECTOR}, {MATRIX}) -> {VECTOR}"""


def planned(loop):
    text = f"""func.func @f(%h0: {VECTOR}, %w: {MATRIX}, %g: {VECTOR}) -> {MATRIX} {{{loop}
  %d = dlc.grad of(%y) seed(%g) wrt(%w) : ({VECTOR}, {VECTOR}, {MATRIX}) -> {MATRIX}
  return %d : {MATRIX}
}}"""
    plan = subprocess.run(["dlc", "explain", "-"], input=text,
                          capture_output=True, text=True, check=True).stdout
    return int(re.search(r"arena (\d+) bytes", plan)[1])


print(f"{'T':>6} {'one scan':>10} {'checkpoints':>12}")
for trips in [16, 64, 256, 1024, 4096]:
    print(f"{trips:6} {planned(steps(trips)):10} "
          f"{planned(checkpointed(math.isqrt(trips))):12}")
