"""Draws random functions, runs each compiled and interpreted, and compares.

usage: random_graphs.py FOLDER FIRST_SEED COUNT

A seed always draws the same function, which is written to FOLDER/SEED.mlir. It
computes in f64, so that code which is right agrees to 1e-9 and code which is
wrong does not; what only rounding could decide (a comparison of computed
values) is drawn from arguments alone. Two in five functions end in a gradient.
"""

import math
import os
import random
import subprocess
import sys

# One for each seed in turn: the bound holds on every ISA and for all threads.
FLAGS = ["--mcpu=host", "--mcpu=x86-64-v3", "--mcpu=x86-64", "--threads=3"]
SIZES = [1, 2, 3, 4, 5, 7, 8, 16, 17, 33, 64, 70]
MAX_ELEMENTS = 20000


def tensor(shape, element="f64"):
    return "tensor<" + "".join(f"{size}x" for size in shape) + element + ">"


class Value:
    def __init__(self, name, shape, exact):
        self.name, self.shape = name, tuple(shape)
        # Whether compiled code has the interpreter's bits.
        self.exact = exact

    @property
    def type(self):
        return tensor(self.shape)


class Function:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines = []
        self.count = 0
        # Whether every op so far has a gradient rule.
        self.differentiable = True
        self.arguments = [
            Value(f"%a{i}", self.sizes(self.rng.choice([0, 1, 1, 2, 2, 2, 3])), True)
            for i in range(self.rng.randint(2, 4))]
        self.values = list(self.arguments)
        ops = [self.unary, self.unary, self.binary, self.binary, self.binary,
               self.select, self.reduce, self.reduce, self.transpose,
               self.reshape, self.slice, self.pad, self.dot, self.dot,
               self.softmax, self.iota, self.scan, self.reverse,
               self.concatenate, self.cut, self.box, self.update, self.gather,
               self.scatter, self.sort, self.cumulative_sum]
        for _ in range(self.rng.randint(4, 22)):
            self.rng.choice(ops)(self.pick())
        self.results = self.values[-4:]
        if self.rng.random() < 0.4 and self.differentiable:
            self.gradient()

    def sizes(self, rank):
        sizes = SIZES + [0] if self.rng.random() < 0.1 else SIZES
        return [self.rng.choice(sizes) for _ in range(rank)]

    def text(self):
        arguments = ", ".join(f"{a.name}: {a.type}" for a in self.arguments)
        types = ", ".join(r.type for r in self.results)
        names = ", ".join(r.name for r in self.results)
        body = "\n".join(f"  {line}" for line in self.lines)
        return (f"func.func @f({arguments}) -> ({types}) {{\n{body}\n"
                f"  return {names} : {types}\n}}\n")

    # Building blocks.

    def fresh(self):
        self.count += 1
        return f"%v{self.count}"

    def emit(self, text, shape, exact):
        value = Value(self.fresh(), shape, exact)
        self.lines.append(f"{value.name} = dlc.{text}")
        self.values.append(value)
        return value

    def pick(self):
        recent = self.values[-4:] if self.rng.random() < 0.6 else self.values
        return self.rng.choice(recent)

    def constant(self, shape, number):
        return self.emit(f"constant dense<{number}> : {tensor(shape)}", shape, True)

    def apply(self, op, *operands, exact=True):
        names = ", ".join(x.name for x in operands)
        return self.emit(f"{op} {names} : {operands[0].type}", operands[0].shape,
                         exact and all(x.exact for x in operands))

    def above_one(self, x):
        return self.apply("add", self.apply("abs", x), self.constant(x.shape, 1.0))

    def broadcast(self, x, shape):
        """x under `shape`, or None where it does not fit."""
        dims, start = [], 0
        for size in x.shape:
            places = [d for d in range(start, len(shape)) if size in (1, shape[d])]
            if not places:
                return None
            dims.append(self.rng.choice(places[:2]))
            start = dims[-1] + 1
        if x.shape == tuple(shape):
            return x
        return self.emit(f"broadcast_in_dim {x.name} dims {dims} : {x.type} to "
                         f"{tensor(shape)}", shape, x.exact)

    def partner(self, x):
        """A value of x's shape."""
        same = [y for y in self.values if y.shape == x.shape]
        if len(same) == 1 or self.rng.random() < 0.4:
            for _ in range(6):
                if y := self.broadcast(self.pick(), x.shape):
                    return y
        return self.rng.choice(same)

    # Ops, each on a value.

    def unary(self, x):
        op = self.rng.choice(["negate", "abs", "relu", "tanh", "logistic",
                              "exponential", "sqrt", "log"])
        if op == "exponential":
            x = self.apply("tanh", x, exact=False)
        elif op in ("sqrt", "log"):
            x = self.above_one(x)
        self.apply(op, x, exact=op in ("negate", "abs", "relu", "sqrt"))

    def binary(self, x):
        op = self.rng.choice(["add", "subtract", "multiply", "divide", "maximum",
                              "minimum"])
        y = self.partner(x)
        if op == "divide":
            y = self.above_one(y)
        elif op == "multiply":
            y = self.apply("tanh", y, exact=False)
        self.apply(op, x, y)

    def select(self, x):
        y, z = self.partner(x), self.partner(x)
        if x.exact and y.exact:
            direction = self.rng.choice(["LT", "LE", "GT", "GE", "EQ", "NE"])
            p = self.fresh()
            self.lines.append(
                f"{p} = dlc.compare {direction}, {x.name}, {y.name} : {x.type}")
            self.emit(f"select {p}, {x.name}, {z.name} : "
                      f"{tensor(x.shape, 'i1')}, {x.type}", x.shape, z.exact)

    def reduce(self, x):
        rank = len(x.shape)
        dims = sorted(self.rng.sample(range(rank), self.rng.randint(0, rank)))
        kept = [d for d in range(rank) if d not in dims]
        kind = self.rng.choice(["add", "add", "add", "max", "min"])
        if math.prod(x.shape) == 0:
            kind = "add"
        shape = [x.shape[d] for d in kept]
        y = self.emit(f"reduce {kind} {x.name} dims {dims} : {x.type} to "
                      f"{tensor(shape)}", shape, x.exact and kind != "add")
        if dims and self.rng.random() < 0.5:
            y = self.emit(f"broadcast_in_dim {y.name} dims {kept} : {y.type} to "
                          f"{x.type}", x.shape, y.exact)
            self.apply(self.rng.choice(["subtract", "add"]), x, y)

    def transpose(self, x):
        order = self.rng.sample(range(len(x.shape)), len(x.shape))
        shape = [x.shape[d] for d in order]
        self.emit(f"transpose {x.name} perm {order} : {x.type} to {tensor(shape)}",
                  shape, x.exact)

    def reshape(self, x):
        count = math.prod(x.shape)
        shapes = [[count], [1, count], [count, 1]]
        shapes += [[d, count // d] for d in range(2, 9) if count % d == 0]
        shape = self.rng.choice(shapes)
        self.emit(f"reshape {x.name} : {x.type} to {tensor(shape)}", shape, x.exact)

    def slice(self, x):
        start = [self.rng.randint(0, max(0, size - 1)) for size in x.shape]
        limit = [self.rng.randint(low, size) for low, size in zip(start, x.shape)]
        by = [self.rng.choice([1, 1, 2, 3]) for _ in x.shape]
        shape = [-(-(high - low) // step) for low, high, step in zip(start, limit, by)]
        if math.prod(shape) or self.rng.random() < 0.1:
            self.emit(f"slice {x.name} from {start} to {limit} by {by} : {x.type} "
                      f"to {tensor(shape)}", shape, x.exact)

    def pad(self, x):
        low, high, interior = ([self.rng.choice(choices) for _ in x.shape]
                               for choices in ([0, 0, 1, 2], [0, 0, 1, 3], [0, 0, 0, 2]))
        shape = [a + b + size + max(size - 1, 0) * gap
                 for a, b, size, gap in zip(low, high, x.shape, interior)]
        if math.prod(shape) > MAX_ELEMENTS:
            return
        scalars = [y for y in self.values if y.shape == ()]
        v = self.rng.choice(scalars + [None]) or self.constant((), 0.5)
        self.emit(f"pad {x.name} with {v.name} low {low} high {high} interior "
                  f"{interior} : {x.type}, {v.type} to {tensor(shape)}", shape,
                  x.exact and v.exact)

    def dot(self, x):
        y = self.pick()
        pairs = [(i, j) for i, a in enumerate(x.shape)
                 for j, b in enumerate(y.shape) if a == b]
        if not pairs:
            return
        self.rng.shuffle(pairs)
        (i, j), batch = pairs[0], []
        if self.rng.random() < 0.3:
            batch = [(k, l) for k, l in pairs if k != i and l != j][:1]
        left = [d for d in range(len(x.shape)) if d not in [i] + [b[0] for b in batch]]
        right = [d for d in range(len(y.shape)) if d not in [j] + [b[1] for b in batch]]
        shape = ([x.shape[b[0]] for b in batch] + [x.shape[d] for d in left] +
                 [y.shape[d] for d in right])
        if math.prod(shape) > MAX_ELEMENTS or len(shape) > 6:
            return
        z = self.emit(f"dot_general {x.name}, {y.name} batch {[b[0] for b in batch]} x "
                      f"{[b[1] for b in batch]} contract [{i}] x [{j}] : {x.type}, "
                      f"{y.type} to {tensor(shape)}", shape, False)
        self.apply("multiply", z, self.constant(shape, 0.125))

    def softmax(self, x):
        if math.prod(x.shape) and x.shape:
            op = self.rng.choice(["softmax", "log_softmax"])
            self.emit(f"{op} {x.name} dim {self.rng.randrange(len(x.shape))} : {x.type}",
                      x.shape, False)

    def iota(self, x):
        if x.shape:
            y = self.emit(f"iota dim {self.rng.randrange(len(x.shape))} : {x.type}",
                          x.shape, True)
            self.apply("multiply", y, self.constant(x.shape, 0.25))

    def scan(self, x):
        if not x.shape:
            return
        row, reverse = tensor(x.shape[1:]), self.rng.choice(["", "reverse "])
        init, name = self.constant(x.shape[1:], 0.5), self.fresh()
        self.lines.append(
            f"{name}:2 = dlc.scan {x.shape[0]} {reverse}init({init.name}) "
            f"over({x.name}) with({init.name}) {{\n"
            f"  ^bb0(%acc: {row}, %x: {row}, %k: {row}):\n"
            f"    %p = dlc.multiply %acc, %k : {row}\n"
            f"    %q = dlc.add %p, %x : {row}\n"
            f"    %z = dlc.tanh %q : {row}\n"
            f"    dlc.yield %q, %z : {row}, {row}\n"
            f"  }} : ({row}, {x.type}, {row}) -> ({row}, {x.type})")
        self.values += [Value(f"{name}#0", x.shape[1:], False),
                        Value(f"{name}#1", x.shape, False)]

    # Ops that move elements.

    def move(self, text, shape, exact):
        self.differentiable = False
        return self.emit(text, shape, exact)

    def reverse(self, x):
        dims = sorted(self.rng.sample(range(len(x.shape)),
                                      self.rng.randint(0, len(x.shape))))
        self.move(f"reverse {x.name} dims {dims} : {x.type}", x.shape, x.exact)

    def concatenate(self, x):
        if not x.shape:
            return
        d = self.rng.randrange(len(x.shape))
        parts = [y for y in self.values
                 if len(y.shape) == len(x.shape) and
                 all(a == b or i == d for i, (a, b) in enumerate(zip(x.shape, y.shape)))]
        parts = [x] + self.rng.choices(parts, k=self.rng.randint(0, 5))
        self.rng.shuffle(parts)
        shape = list(x.shape)
        shape[d] = sum(y.shape[d] for y in parts)
        if math.prod(shape) <= MAX_ELEMENTS:
            types = ", ".join(y.type for y in parts)
            self.move(f"concatenate {', '.join(y.name for y in parts)} dim {d} : "
                      f"({types}) -> {tensor(shape)}", shape,
                      all(y.exact for y in parts))

    def cut(self, x):
        low, high = ([self.rng.choice([0, 0, -1, 1]) for _ in x.shape] for _ in "ab")
        shape = [a + b + size for a, b, size in zip(low, high, x.shape)]
        if math.prod(shape) > MAX_ELEMENTS or min(shape, default=0) < 0:
            return
        v = self.constant((), 0.5)
        self.move(f"pad {x.name} with {v.name} low {low} high {high} interior "
                  f"{[0] * len(low)} : {x.type}, {v.type} to {tensor(shape)}", shape,
                  x.exact)

    def starts(self, x):
        names = []
        for size in x.shape:
            names.append(self.fresh())
            self.lines.append(f"{names[-1]} = dlc.constant "
                              f"dense<{self.rng.randint(-1, size)}> : tensor<i32>")
        return ", ".join(names), "".join(", tensor<i32>" for _ in names)

    def box(self, x):
        shape = [self.rng.choice([size, self.rng.randint(min(1, size), size)])
                 for size in x.shape]
        names, types = self.starts(x)
        self.move(f"dynamic_slice {x.name} at({names}) sizes {shape} : "
                  f"({x.type}{types}) -> {tensor(shape)}", shape, x.exact)

    def update(self, x):
        fitting = [y for y in self.values if len(y.shape) == len(x.shape) and
                   all(a <= b for a, b in zip(y.shape, x.shape))]
        y = self.rng.choice(fitting)
        names, types = self.starts(x)
        self.move(f"dynamic_update_slice {x.name}, {y.name} at({names}) : "
                  f"({x.type}, {y.type}{types}) -> {x.type}", x.shape,
                  x.exact and y.exact)

    def places(self, x):
        """Rows of indices: their name, type and shape, and what is indexed."""
        rank = len(x.shape)
        batch = self.rng.choice([0, 0, min(1, rank)])
        dims = sorted(self.rng.sample(range(batch, rank),
                                      self.rng.randint(0, min(2, rank - batch))))
        if 0 in [x.shape[d] for d in dims]:
            return None
        rows = list(x.shape[:batch]) + [self.rng.choice([1, 3, 17])]
        shape = rows + [len(dims)]
        count, name = math.prod(shape), self.fresh()
        # Some lie outside.
        numbers = [self.rng.randint(-1, x.shape[d]) for _ in range(math.prod(rows))
                   for d in dims]
        raw = "".join(f"{n & 0xffffffff:08x}" for n in numbers)
        raw = "".join(raw[i + 6:i + 8] + raw[i + 4:i + 6] + raw[i + 2:i + 4] + raw[i:i + 2]
                      for i in range(0, len(raw), 8))
        value = f'dense<"0x{raw}">' if count > 1 else f"dense<{(numbers + [0])[0]}>"
        self.lines.append(f"{name} = dlc.constant {value} : {tensor(shape, 'i32')}")
        window = [x.shape[d] for d in range(batch, rank) if d not in dims]
        return name, tensor(shape, "i32"), rows + window, batch, dims

    def gather(self, x):
        found = self.places(x)
        if found and math.prod(found[2]) <= MAX_ELEMENTS:
            name, index, shape, batch, dims = found
            self.move(f"gather {x.name}, {name} batch_dims {batch} index_dims {dims} : "
                      f"{x.type}, {index} to {tensor(shape)}", shape, x.exact)

    def scatter(self, x):
        found = self.places(x)
        if not found or math.prod(found[2]) > MAX_ELEMENTS:
            return
        name, index, shape, batch, dims = found
        same = [y for y in self.values if list(y.shape) == shape]
        y = self.rng.choice(same) if same else self.constant(shape, 0.75)
        mode = self.rng.choice(["add", "replace"])
        self.move(f"scatter {mode} {x.name}, {name}, {y.name} batch_dims {batch} "
                  f"index_dims {dims} : {x.type}, {index}, {y.type}", x.shape,
                  x.exact and y.exact)

    def sort(self, x):
        if not x.shape or not x.exact:
            return
        y = self.partner(x)
        descending = self.rng.choice(["", " descending"])
        name = self.fresh()
        self.lines.append(f"{name}:2 = dlc.sort {x.name}, {y.name} dim "
                          f"{self.rng.randrange(len(x.shape))}{descending} : "
                          f"{x.type}, {x.type}")
        self.differentiable = False
        self.values += [Value(f"{name}#0", x.shape, True),
                        Value(f"{name}#1", x.shape, y.exact)]

    def cumulative_sum(self, x):
        if x.shape:
            words = self.rng.choice(["", " reverse", " exclusive", " reverse exclusive"])
            y = self.move(f"cumulative_sum {x.name} dim "
                          f"{self.rng.randrange(len(x.shape))}{words} : {x.type}",
                          x.shape, x.exact)
            self.apply("multiply", y, self.constant(x.shape, 0.125))

    def gradient(self):
        y = self.results[-1]
        seed = self.constant(y.shape, 1.0)
        wrt = self.rng.sample(self.arguments, 2)
        names = ", ".join(x.name for x in wrt)
        types = ", ".join(x.type for x in wrt)
        first, second = self.fresh(), self.fresh()
        self.lines.append(
            f"{first}, {second} = dlc.grad of({y.name}) seed({seed.name}) "
            f"wrt({names}) : ({y.type}, {y.type}, {types}) -> ({types})")
        self.results = self.results + [Value(first, wrt[0].shape, False),
                                       Value(second, wrt[1].shape, False)]


def main():
    folder, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.makedirs(folder, exist_ok=True)
    failures = 0
    for seed in range(first, first + count):
        path = os.path.join(folder, f"{seed}.mlir")
        with open(path, "w", encoding="utf-8") as file:
            file.write(Function(seed).text())
        run = subprocess.run(
            ["dlc", "run", path, "--backend=both", "--random=1", "--rtol=1e-9",
             "--atol=1e-9", "--verify-contracts", FLAGS[seed % len(FLAGS)],
             *sys.argv[4:]],
            capture_output=True, text=True)
        if run.returncode:
            failures += 1
            print(f"{path}:\n{run.stdout}{run.stderr}", flush=True)
    print(f"{failures} of {count} failed")
    sys.exit(failures > 0)


main()
