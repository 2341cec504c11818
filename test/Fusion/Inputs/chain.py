"""Prints a function of N chained exponentials."""
import sys

n = int(sys.argv[1])
print("func.func @chain(%v0: tensor<4xf32>) -> tensor<4xf32> {")
for i in range(n):
    print(f"  %v{i + 1} = dlc.exponential %v{i} : tensor<4xf32>")
print(f"  return %v{n} : tensor<4xf32>\n}}")
