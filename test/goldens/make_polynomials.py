#!/usr/bin/env python3
"""Prints the coefficients that compiler/Lowering/Math.cpp uses.

Needs mpmath; only for development: `test/goldens/make_polynomials.py [name]`.

Each polynomial p of degree n minimises the largest |w(x) (f(x) - p(x))| over
an interval, by Remez' exchange: solve for n + 1 coefficients and the levelled
error E at n + 2 points, w(x_i) (f(x_i) - p(x_i)) = (-1)^i E, then move the
points to the extrema of the error. w is chosen so that the printed number is
the relative error of the function that the polynomial is a part of.
Coefficients come out lowest degree last and are rounded once to the type.
"""

import struct
import sys

from mpmath import mp, mpf

mp.dps = 50


def remez(f, weight, low, high, degree):
    low, high = mpf(low), mpf(high)
    middle, half = (low + high) / 2, (high - low) / 2
    count = 60 * (degree + 2)
    # Chebyshev points, at which an error curve is well resolved.
    grid = [middle - half * mp.cos(mp.pi * (i + mpf(1) / 2) / count)
            for i in range(count)]
    grid = [low] + grid + [high]
    values = [f(x) for x in grid]
    weights = [abs(weight(x)) for x in grid]
    # Where the weight vanishes any value will do.
    weights = [max(w, max(weights) / 10000) for w in weights]
    chosen = [i * (len(grid) - 1) // (degree + 1) for i in range(degree + 2)]
    for _ in range(30):
        matrix = mp.matrix(degree + 2, degree + 2)
        right = mp.matrix(degree + 2, 1)
        for row, at in enumerate(chosen):
            t = (grid[at] - middle) / half
            for column in range(degree + 1):
                matrix[row, column] = t ** column
            matrix[row, degree + 1] = (-1) ** row / weights[at]
            right[row] = values[at]
        solution = mp.lu_solve(matrix, right)
        scaled = list(solution)[:degree + 1]
        errors = [w * (v - mp.polyval(scaled[::-1], (x - middle) / half))
                  for x, v, w in zip(grid, values, weights)]
        # The extremum of each stretch between two changes of sign.
        extrema = []
        for i, e in enumerate(errors):
            if extrema and (errors[extrema[-1]] > 0) == (e > 0):
                if abs(e) > abs(errors[extrema[-1]]):
                    extrema[-1] = i
            else:
                extrema.append(i)
        while len(extrema) > degree + 2:
            if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]):
                extrema.pop(0)
            else:
                extrema.pop()
        worst = max(abs(e) for e in errors)
        if len(extrema) < degree + 2 or extrema == chosen:
            break
        chosen = extrema
    # From the variable t back to x.
    result = [mpf(0)] * (degree + 1)
    for c in reversed(scaled):
        shifted = [mpf(0)] * (degree + 1)
        for i, r in enumerate(result):
            shifted[i] += r * (-middle / half)
            if i + 1 <= degree:
                shifted[i + 1] += r / half
        shifted[0] += c
        result = shifted
    return result, worst


def sumOf(term, terms=14):
    return mp.fsum(term(i) for i in range(terms))


def root(z):
    return mp.sqrt(z)


def erfTail(a):
    return -mp.log(mp.erfc(a))


def scaledErfc(t):
    """(1 + 2x) e^(x^2) erfc(x), where t = (x - 4) / (x + 4)."""
    if t >= 1:
        return 2 / mp.sqrt(mp.pi)
    x = 4 * (1 + t) / (1 - t)
    if x > 200:
        series = sumOf(lambda i: (-1) ** i * mp.fac2(2 * i - 1) / (2 * x * x) ** i, 8)
        return (1 + 2 * x) * series / (x * mp.sqrt(mp.pi))
    return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)


ln2 = mp.log(2)
quarter = mp.pi / 4 + mpf(1) / 128

# name: (f, weight, low, high, degree for f32, degree for f64)
polynomials = {
    # e^x = 1 + x + x^2 p(x)
    "exp": (lambda x: sumOf(lambda i: x ** i / mp.factorial(i + 2), 30),
            lambda x: x * x / mp.exp(x), -ln2 / 2 * 1.01, ln2 / 2 * 1.01, 4, 10),
    # tanh x = x + x^3 p(x^2)
    "tanh": (lambda z: (mp.tanh(root(z)) / root(z) - 1) / z if z > 1e-8
             else -mpf(1) / 3 + 2 * z / 15 - 17 * z * z / 315,
             lambda z: z * root(z) / mp.tanh(root(z)) if z else mpf(10) ** -30,
             0, mpf("0.5625"), 5, 0),
    # ln(1 + x) = x - x^2 / 2 + x^3 p(x)
    "log": (lambda x: (mp.log1p(x) - x + x * x / 2) / x ** 3 if abs(x) > 1e-6
            else mpf(1) / 3 - x / 4 + x * x / 5 - x ** 3 / 6,
            lambda x: x ** 3 / mp.log1p(x) if x else mpf(10) ** -30,
            mp.sqrt(mpf(1) / 2) - 1, mp.sqrt(2) - 1, 8, 0),
    # ln((1 + s) / (1 - s)) = 2 s + s^3 p(s^2)
    "atanh": (lambda z: sumOf(lambda i: 2 * z ** i / (2 * i + 3), 40),
              lambda z: z / 2, 0, mpf("0.02944"), 3, 6),
    # ... = 2 s + 2/3 s^3 + s^5 p(s^2)
    "atanhTail": (lambda z: sumOf(lambda i: 2 * z ** i / (2 * i + 5), 40),
                  lambda z: z * z / 2, 0, mpf("0.02944"), 2, 7),
    # erf x = x + x p(x^2)
    "erf": (lambda z: sumOf(lambda i: (-z) ** i / mp.factorial(i) / (2 * i + 1), 60)
            * 2 / mp.sqrt(mp.pi) - 1,
            lambda z: root(z) / mp.erf(root(z)) if z else mpf(1), 0, mpf("0.8464"), 6, 11),
    # erf x = 1 - e^-p(x)
    "erfTail": (erfTail, lambda a: mp.erfc(a) / mp.erf(a), mpf("0.92"), (mpf("3.95"), mpf("5.95")), 7, 23),
    # erfc x = e^(-x^2) p(t) / (1 + 2 x), t = (x - 4) / (x + 4)
    "erfc": (scaledErfc, lambda t: 1 / scaledErfc(t), -1, (mpf("0.45"), mpf("0.75")), 10, 23),
    # sin x = x + x^3 p(x^2)
    "sin": (lambda z: sumOf(lambda i: (-1) ** (i + 1) * z ** i / mp.factorial(2 * i + 3), 20),
            lambda z: z, 0, quarter ** 2, 2, 5),
    # cos x = 1 - x^2 / 2 + x^4 p(x^2)
    "cos": (lambda z: sumOf(lambda i: (-1) ** i * z ** i / mp.factorial(2 * i + 4), 20),
            lambda z: z * z, 0, quarter ** 2, 2, 5),
    # atan x = x + x^3 p(x^2)
    "atan": (lambda z: (mp.atan(root(z)) - root(z)) / root(z) ** 3 if z > 1e-8
             else -mpf(1) / 3 + z / 5 - z * z / 7,
             lambda z: root(z) ** 3 / mp.atan(root(z)) if z else mpf(0) + mpf(10) ** -30, 0, 1, 8, 19),
}


def rounded(c, single):
    if single:
        return float.hex(struct.unpack("f", struct.pack("f", float(c)))[0])
    return float.hex(float(c))


def main():
    names = sys.argv[1:] or polynomials
    for name in names:
        f, weight, low, high, *degrees = polynomials[name]
        for single, degree in zip((True, False), degrees):
            if degree == 0:
                continue
            to = high[0 if single else 1] if isinstance(high, tuple) else high
            coefficients, error = remez(f, weight, low, to, degree)
            numbers = [rounded(c, single) for c in reversed(coefficients)]
            print(f"// {name}, {'f32' if single else 'f64'}: "
                  f"error 2^{float(mp.log(error, 2)):.1f}")
            print("{" + ", ".join(numbers) + "}")


if __name__ == "__main__":
    main()
