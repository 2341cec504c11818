"""How long a recurrent network takes to compile, by the length of its scan.

Usage: compile_time.py DLC [ROUNDS]

For each length T a program of T steps, forward and with its gradient, is
compiled ROUNDS times (30 by default), the lengths in turn; the least CPU time
counts, less that of a program without ops. Prints milliseconds and the ratio to
T = 16.
"""

import os
import resource
import subprocess
import sys
import tempfile

LENGTHS = [16, 64, 256, 1024, 4096]

EMPTY = "func.func @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }"

MODEL = """
func.func @f(%h0: tensor<32x64xf32>, %xs: tensor<{T}x32x64xf32>, %w: tensor<64x64xf32>) -> {TYPE} {{
  %v = dlc.variable %w : tensor<64x64xf32>
  %last = dlc.scan {T} init(%h0) over(%xs) with(%v) {{
  ^bb0(%h: tensor<32x64xf32>, %x: tensor<32x64xf32>, %u: tensor<64x64xf32>):
    %a = dlc.dot_general %h, %u batch [] x [] contract [1] x [0] : tensor<32x64xf32>, tensor<64x64xf32> to tensor<32x64xf32>
    %s = dlc.add %a, %x : tensor<32x64xf32>
    %t = dlc.tanh %s : tensor<32x64xf32>
    dlc.yield %t : tensor<32x64xf32>
  }} : (tensor<32x64xf32>, tensor<{T}x32x64xf32>, tensor<64x64xf32>) -> tensor<32x64xf32>
  {END}
}}
"""
FORWARD = "return %last : tensor<32x64xf32>"
GRADIENT = """
  %g = dlc.constant dense<1.0> : tensor<32x64xf32>
  %d = dlc.grad of(%last) seed(%g) wrt(%v) : (tensor<32x64xf32>, tensor<32x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
  return %d : tensor<64x64xf32>"""


def cpu_time_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    dlc = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    with tempfile.TemporaryDirectory() as folder:
        def write(name, text):
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            return path

        programs = {"empty": write("empty.mlir", EMPTY)}
        for T in LENGTHS:
            for name, end, result in [("forward", FORWARD, "tensor<32x64xf32>"),
                                      ("gradient", GRADIENT,
                                       "tensor<64x64xf32>")]:
                programs[name, T] = write(
                    f"{name}{T}.mlir",
                    MODEL.format(T=T, END=end, TYPE=result))
        fastest = dict.fromkeys(programs, float("inf"))
        output = os.path.join(folder, "program")
        for _ in range(rounds):
            for key, path in programs.items():
                start = cpu_time_of_children()
                subprocess.run([dlc, "compile", path, "--emit=program", "-o",
                                output], check=True)
                taken = cpu_time_of_children() - start
                fastest[key] = min(fastest[key], taken)

    print("     T   forward           gradient")
    for T in LENGTHS:
        row = f"{T:6}"
        for name in ("forward", "gradient"):
            taken = fastest[name, T] - fastest["empty"]
            first = fastest[name, LENGTHS[0]] - fastest["empty"]
            row += f"  {1000 * taken:7.1f} ms  {taken / first:4.2f}"
        print(row)


main()
