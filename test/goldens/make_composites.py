#!/usr/bin/env python3
"""Writes test/Execution/golden-*.mlir: what PyTorch and NumPy say about the
composite ops. For development; needs torch and numpy. Each function computes
some cases of one op and yields whether all elements lie within the tolerance of
the numbers that stand beside them:

    make_composites.py && git diff --stat test/Execution
"""

import math
import os

import numpy as np
import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
RNG = np.random.default_rng(0)
NAMES = {"float32": "f32", "float64": "f64", "int32": "i32", "int64": "i64",
         "int8": "i8", "uint8": "ui8", "bool": "i1"}


def mlir_type(x):
    return "tensor<%s%s>" % ("".join(f"{n}x" for n in x.shape), NAMES[str(x.dtype)])


def element(v, dtype):
    if dtype == np.bool_:
        return "true" if v else "false"
    if not np.issubdtype(dtype, np.floating):
        return str(int(v))
    if math.isfinite(v):
        return repr(float(v)) if "e" not in repr(float(v)) or "." in repr(float(v)) \
            else repr(float(v)).replace("e", ".0e")
    bits = np.array(v, dtype).view(np.uint32 if dtype == np.float32 else np.uint64)
    return "0x%0*X" % (8 if dtype == np.float32 else 16, int(bits))


def dense(x):
    if x.size == 0:
        return "dense<>"

    def nest(a):
        if a.ndim == 0:
            return element(a[()], x.dtype)
        return "[" + ", ".join(nest(b) for b in a) + "]"
    return f"dense<{nest(x)}>"


def attr(v):
    if isinstance(v, bool):
        return None if not v else "unit"
    if isinstance(v, float):
        return f"{element(v, np.dtype(np.float64))} : f64"
    if isinstance(v, int):
        return f"{v} : i64"
    if isinstance(v, str):
        return f'"{v}"'
    return "array<i64" + (": " + ", ".join(map(str, v)) if len(v) else "") + ">"


class Golden:
    """One file: functions of cases."""

    def __init__(self, name, title):
        self.name, self.title, self.functions = name, title, []

    def op(self, op, cases, rtol=4e-6, atol=1e-6):
        """cases: (operands, attributes, results)."""
        lines, got, want, n = [], [], [], 0
        for operands, attributes, results in cases:
            values, types = [], []
            for x in operands:
                x = np.asarray(x)
                t = mlir_type(x)
                lines.append(f"  %c{n} = dlc.constant {dense(x)} : {t}")
                lines.append(f"  %v{n} = dlc.optimization_barrier %c{n} : {t}")
                values.append(f"%v{n}")
                types.append(t)
                n += 1
            results = [np.asarray(r) for r in results]
            attributes = {k: attr(v) for k, v in attributes.items()}
            listed = ", ".join(k if v == "unit" else f"{k} = {v}"
                               for k, v in attributes.items() if v)
            outs = ", ".join(mlir_type(r) for r in results)
            lines.append(
                f'  %r{n}{":%d" % len(results) if len(results) > 1 else ""} = "dlc.{op}"'
                f'({", ".join(values)}) {"<{" + listed + "}>" if listed else ""} : ({", ".join(types)}) -> '
                f'{"(" + outs + ")" if len(results) > 1 else outs}')
            for i, r in enumerate(results):
                name = f"%r{n}#{i}" if len(results) > 1 else f"%r{n}"
                t, flat = mlir_type(r), f"tensor<{r.size}xf64>"
                wide = t.replace(NAMES[str(r.dtype)] + ">", "f64>")
                lines.append(f"  %w{n}_{i} = dlc.convert {name} : {t} to {wide}")
                lines.append(f"  %f{n}_{i} = dlc.reshape %w{n}_{i} : {wide} to {flat}")
                got.append((f"%f{n}_{i}", flat))
                want.append(r.astype(np.float64).reshape(-1))
            n += 1
        want = np.concatenate(want)
        t = f"tensor<{want.size}xf64>"
        b = f"tensor<{want.size}xi1>"
        joined = ", ".join(g for g, _ in got)
        kinds = ", ".join(k for _, k in got)
        self.functions.append((op, "\n".join(lines + [
            f"  %got = dlc.concatenate {joined} dim 0 : ({kinds}) -> {t}",
            f"  %want = dlc.constant {dense(want)} : {t}",
            f"  %rtol = dlc.constant dense<{rtol:.17e}> : {t}",
            f"  %atol = dlc.constant dense<{atol:.17e}> : {t}",
            f"  %difference = dlc.subtract %got, %want : {t}",
            f"  %error = dlc.abs %difference : {t}",
            f"  %size = dlc.abs %want : {t}",
            f"  %relative = dlc.multiply %rtol, %size : {t}",
            f"  %limit = dlc.add %relative, %atol : {t}",
            f"  %near = dlc.compare LE, %error, %limit : {t}",
            f"  %same = dlc.compare EQ, %got, %want : {t}",
            f"  %nan = dlc.compare NE, %got, %got : {t}",
            f"  %wants = dlc.compare NE, %want, %want : {t}",
            f"  %nans = dlc.and %nan, %wants : {b}",
            f"  %finite = dlc.is_finite %got : {t}",
            f"  %close = dlc.and %near, %finite : {b}",
            f"  %either = dlc.or %close, %same : {b}",
            f"  %right = dlc.or %either, %nans : {b}",
            f"  %all = dlc.reduce and %right dims [0] : {b} to tensor<i1>",
            "  return %all : tensor<i1>"])))

    def write(self, prefix="golden", source="PyTorch and NumPy",
              script="make_composites.py"):
        path = os.path.join(HERE, "..", "Execution", f"{prefix}-{self.name}.mlir")
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"// {self.title} against {source}.\n"
                      f"// Made by test/goldens/{script}.\n")
            out.write("// RUN: dlc compile %s -o %t.dlcprog\n")
            for op, _ in self.functions:
                out.write(f"// RUN: dlc run %s --function={op} "
                          "--backend=interpreter | FileCheck %s\n"
                          f"// RUN: dlc run %t.dlcprog --function={op} "
                          "| FileCheck %s\n")
            out.write("// CHECK: result 0: tensor<i1> = 1\n")
            for op, body in self.functions:
                out.write(f"\nfunc.func @{op}() -> tensor<i1> {{\n{body}\n}}\n")


def f32(*shape, scale=1.0):
    return (RNG.standard_normal(shape) * scale).astype(np.float32)


def wide(x):
    """As a torch tensor in f64."""
    return torch.from_numpy(np.array(x, np.float64))


def single(t):
    return np.asarray(t.detach() if hasattr(t, "detach") else t).astype(np.float32)


def unary(function, inputs, attributes=lambda i: {}):
    return [([x], attributes(i), [single(function(wide(x), i))])
            for i, x in enumerate(inputs)]


EDGES = np.array([0.0, -0.0, 1e-30, -1e-30, 20, -20, 90, -90, 1e30, -1e30,
                  np.nan], np.float32)
SHAPES = [(), (7,), (2, 3), (2, 0), (2, 1, 3)]


def activations():
    g = Golden("activations", "Activations")
    inputs = [f32(*s, scale=3) for s in SHAPES] + [EDGES]
    g.op("relu", unary(lambda x, i: F.relu(x), inputs))
    slopes = [0.01, 0.2, 0.0, 1.5, 0.3, 0.01]
    g.op("leaky_relu", unary(lambda x, i: F.leaky_relu(x, slopes[i]), inputs,
                             lambda i: {"slope": slopes[i]}))
    g.op("prelu", [([x, s], {}, [single(torch.where(wide(x) > 0, wide(x), wide(x) * wide(s)))])
                   for x in inputs for s in [f32(*x.shape)]])
    g.op("elu", unary(lambda x, i: F.elu(x, slopes[i]), inputs,
                      lambda i: {"alpha": slopes[i]}))
    g.op("softplus", unary(lambda x, i: F.softplus(x, threshold=1e9)
                           if i < 5 else torch.where(x > 50, x, F.softplus(x)), inputs))
    g.op("gelu", unary(lambda x, i: F.gelu(x), inputs) +
         [([x], {"tanh": True}, [single(F.gelu(wide(x), approximate="tanh"))])
          for x in inputs])
    g.op("silu", unary(lambda x, i: F.silu(x), inputs))
    g.op("hard_sigmoid", unary(lambda x, i: F.hardsigmoid(x), inputs))
    g.write()


def softmax():
    g = Golden("softmax", "The softmax family")
    inputs = [(f32(7, scale=3), 0), (f32(2, 3), 0), (f32(2, 3), 1),
              (f32(2, 3, 4, scale=50), 1), (np.array([[0, -np.inf, 2]], np.float32), 1),
              (np.array([[1, np.nan, 2], [1000, 1001, 999]], np.float32), 1),
              (f32(3, 0), 1), (f32(4, 1), 1)]
    for op, f in [("softmax", torch.softmax), ("log_softmax", torch.log_softmax)]:
        g.op(op, [([x], {"dimension": d}, [single(f(wide(x), d))]) for x, d in inputs])
    inputs += [(np.array([[-np.inf, -np.inf], [np.inf, 0]], np.float32), 1)]
    g.op("log_sum_exp", [([x], {"dimension": d},
                          [single(torch.logsumexp(wide(x), d))]) for x, d in inputs])
    ints = [np.array(v, t) for v, t in [
        ([0, 2, 1], np.int32), ([[0], [3]], np.int64), (1, np.int32),
        ([-1, 4, 2], np.int32), ([], np.int32)]]
    g.op("one_hot", [([x], {}, [(x[..., None] == np.arange(3)).astype(np.float32)])
                     for x in ints])
    ties = [(np.array([1, 3, 3, 0], np.float32), 0),
            (np.array([[1, np.nan, 3, np.nan], [0, -0.0, 0, 0]], np.float32), 1),
            (f32(3, 4), 0), (f32(2, 3, 4), 1),
            (np.array([[5, 5], [7, -7]], np.int32), 0),
            (np.array([200, 100, 255], np.uint8), 0),
            (np.full((2, 2), -np.inf, np.float32), 1)]
    for op, f in [("argmax", np.argmax), ("argmin", np.argmin)]:
        g.op(op, [([x], {"dimension": d}, [f(x, axis=d).astype(np.int32)])
                  for x, d in ties])
    g.write()


def statistics():
    g = Golden("statistics", "Statistics")
    inputs = [(f32(7), [0]), (f32(2, 3, 4), [1]), (f32(2, 3, 4), [0, 2]),
              (f32(2, 3), [0, 1]), (f32(3, 0), [1]), (f32(2, 3), []),
              (f32(4, 5, scale=1) + 1000, [1]),
              (np.array([[1, np.nan], [np.inf, 2]], np.float32), [1])]
    axes = lambda d: tuple(d) if d else ()
    with np.errstate(all="ignore"):
        g.op("mean", [([x], {"dimensions": d}, [single(
            np.mean(x.astype(np.float64), axis=axes(d)) if d else x)])
            for x, d in inputs])
        g.op("variance", [([x], {"dimensions": d, "correction": c}, [single(
            np.var(x.astype(np.float64), axis=tuple(d), ddof=c))])
            for c in (0, 1) for x, d in inputs if d], rtol=2e-5)
    vectors = [(f32(7), [0]), (f32(2, 3, 4), [1]), (f32(2, 3), [0, 1]),
               (np.array([3e30, 4e30], np.float32), [0]),
               (np.array([3e-30, 4e-30], np.float32), [0]),
               (np.zeros((2, 2), np.float32), [1]),
               (np.array([[np.inf, 1], [np.nan, 1]], np.float32), [1])]
    cases = []
    for p in (2.0, 1.0, 3.0, 0.5, 0.0, math.inf, -math.inf):
        for x, d in vectors:
            if p == 0.5 and not np.isfinite(x).all():
                continue
            flat = wide(x)
            value = torch.linalg.vector_norm(flat, p, dim=d)
            cases.append(([x], {"dimensions": d, "order": p}, [single(value)]))
    g.op("norm", cases, rtol=1e-5, atol=0)
    lists = [(f32(7), 3), (f32(2, 5), 2), (np.array([1, 3, 3, 2], np.float32), 4),
             (np.array([[4, 9, 9], [1, 1, 2]], np.int32), 2),
             (np.array([2, np.nan, 7, -np.inf], np.float32), 3), (f32(3, 2), 0)]

    def top(x, k):
        key = -np.where(np.isnan(x), np.inf, x.astype(np.float64))
        order = np.argsort(key, axis=-1, kind="stable")[..., :k]
        return [np.take_along_axis(x, order, -1), order.astype(np.int32)]
    g.op("top_k", [([x], {"k": k}, top(x, k)) for x, k in lists])
    g.write()


def einsum():
    g = Golden("einsum", "Einsum")
    cases = []
    for equation, shapes in [
            ("ij,jk->ik", [(2, 3), (3, 4)]), ("bij,bjk->bik", [(2, 3, 4), (2, 4, 2)]),
            ("ii->i", [(3, 3)]), ("ii->", [(3, 3)]), ("ij->ji", [(2, 3)]),
            ("i,j->ij", [(2,), (3,)]), ("i,i->", [(4,), (4,)]),
            ("ij,jk,kl->il", [(2, 3), (3, 4), (4, 2)]), ("ijk->", [(2, 3, 2)]),
            ("bhqd,bhkd->bhqk", [(2, 2, 3, 4), (2, 2, 2, 4)]),
            ("ij,ij->ij", [(2, 3), (2, 3)]), ("ik,jk->ijk", [(2, 3), (4, 3)]),
            ("ij,k->i", [(2, 3), (4,)]), ("iij,j->i", [(2, 2, 3), (3,)]),
            ("i,ij,j->", [(2,), (2, 3), (3,)]), ("ij,jk->ik", [(2, 0), (0, 3)])]:
        xs = [f32(*s) for s in shapes]
        cases.append((xs, {"equation": equation},
                      [single(np.einsum(equation, *[x.astype(np.float64) for x in xs]))]))
    g.op("einsum", cases)
    g.write()


def losses():
    g = Golden("losses", "Losses")
    cases = []
    for shape, kind in [((2, 3), np.int32), ((4, 5), np.int64), ((2, 2, 3), np.int32),
                        ((3,), np.int32)]:
        x, y = f32(*shape, scale=4), RNG.integers(0, shape[-1], shape[:-1]).astype(kind)
        for s in (0.0, 0.1):
            flat = F.cross_entropy(wide(x).reshape(-1, shape[-1]),
                                   torch.from_numpy(np.atleast_1d(y).reshape(-1)).long(),
                                   reduction="none", label_smoothing=s)
            cases.append(([x, y], {"smoothing": s}, [single(flat).reshape(y.shape)]))
    x, y = f32(4, 3), np.array([0, -100, 2, -100], np.int32)
    cases.append(([x, y], {"ignore_index": -100},
                  [single(F.cross_entropy(wide(x), torch.from_numpy(y).long(), reduction="none"))]))
    p = np.abs(f32(4, 3))
    p /= p.sum(-1, keepdims=True)
    for s in (0.0, 0.2):
        cases.append(([x, p], {"smoothing": s},
                      [single(F.cross_entropy(wide(x), wide(p), reduction="none",
                                              label_smoothing=s))]))
    big = np.array([[1000, -1000, 0], [-1e30, 0, 1e30]], np.float32)
    y = np.array([0, 2], np.int32)
    cases.append(([big, y], {}, [single(F.cross_entropy(wide(big), torch.from_numpy(y).long(),
                                                        reduction="none"))]))
    g.op("softmax_cross_entropy", cases, rtol=1e-5)
    cases = []
    for shape in [(2, 3), (4, 5), (1, 2), (2, 2, 3), (3,)]:
        x = single(torch.log_softmax(wide(f32(*shape)), -1))
        y = RNG.integers(0, shape[-1], shape[:-1]).astype(np.int32)
        rows = -np.take_along_axis(x, np.asarray(y)[..., None], -1)[..., 0]
        cases.append(([x, y], {}, [rows]))
    x, y = f32(3, 2), np.array([1, 7, 0], np.int64)
    cases.append(([x, y], {"ignore_index": 7}, [np.array([-x[0, 1], 0, -x[2, 0]], np.float32)]))
    g.op("nll", cases)

    shapes = [(), (5,), (2, 3), (2, 0), (2, 1, 2)]

    def pairs(function, targets, **attributes):
        result = []
        for s in shapes:
            x, t = f32(*s, scale=3), targets(s)
            result.append(([x, t], attributes, [single(function(wide(x), wide(t)))]))
        return result
    chance = lambda s: np.asarray(RNG.random(s), np.float32)
    normal = lambda s: f32(*s, scale=3)
    edges = ([np.array([1e4, -1e4, 0, 88, -104], np.float32), np.array([1, 0, 0.5, 0, 1], np.float32)])
    g.op("sigmoid_binary_cross_entropy",
         pairs(lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none"), chance) +
         [(edges, {}, [single(F.binary_cross_entropy_with_logits(wide(edges[0]), wide(edges[1]),
                                                                 reduction="none"))])])
    g.op("mse", pairs(lambda x, t: (x - t) ** 2, normal))
    g.op("l1", pairs(lambda x, t: (x - t).abs(), normal))
    cases = []
    for d in (1.0, 0.5, 3.0):
        cases += pairs(lambda x, t: F.huber_loss(x, t, delta=d, reduction="none"), normal, delta=d)
    g.op("huber", cases)
    g.op("kl_div", pairs(lambda x, t: F.kl_div(x, t, reduction="none"), chance) +
         [([np.array([-1, -2, -3], np.float32), np.array([0, 1, 0.5], np.float32)], {},
           [single(F.kl_div(wide([-1, -2, -3]), wide([0, 1, 0.5]), reduction="none"))])])
    g.write()


def normalization():
    g = Golden("normalization", "Normalisations")
    training, inference = [], []
    for shape, axis in [((4, 3), 1), ((2, 3, 4), 1), ((2, 3, 2, 2), 1), ((3, 2, 4), 2),
                        ((2, 5, 3), 0)]:
        x = f32(*shape, scale=2) + 3
        n = shape[axis]
        scale, bias = f32(n), f32(n)
        mean, var = f32(n), np.abs(f32(n)) + np.float32(0.1)
        moved = wide(x).movedim(axis, 1)
        y = F.batch_norm(moved, None, None, wide(scale), wide(bias), True, 0.1, 1e-5)
        others = [d for d in range(len(shape)) if d != axis]
        training.append(([x, scale, bias], {"feature": axis, "epsilon": 1e-5},
                         [single(y.movedim(1, axis)), single(wide(x).mean(others)),
                          single(wide(x).var(others, unbiased=False))]))
        y = F.batch_norm(moved, wide(mean), wide(var), wide(scale), wide(bias), False, 0.1, 1e-3)
        inference.append(([x, scale, bias, mean, var], {"feature": axis, "epsilon": 1e-3},
                          [single(y.movedim(1, axis))]))
    g.op("batch_norm_training", training, rtol=2e-5, atol=1e-5)
    g.op("batch_norm_inference", inference, rtol=2e-5, atol=1e-5)
    layer, rms = [], []
    for shape, row in [((2, 8), 1), ((2, 3, 4), 2), ((5,), 1), ((2, 3, 4), 1), ((3, 1), 1)]:
        x, scale, bias = f32(*shape, scale=2), f32(*shape[-row:]), f32(*shape[-row:])
        layer.append(([x, scale, bias], {"epsilon": 1e-5},
                      [single(F.layer_norm(wide(x), shape[-row:], wide(scale), wide(bias), 1e-5))]))
        dims = list(range(-row, 0))
        root = (wide(x) ** 2).mean(dims, keepdim=True).add(1e-6).sqrt()
        rms.append(([x, scale], {"epsilon": 1e-6}, [single(wide(x) / root * wide(scale))]))
    g.op("layer_norm", layer, rtol=2e-5, atol=1e-5)
    g.op("rms_norm", rms, rtol=1e-5)
    group, instance = [], []
    for shape, groups in [((2, 4, 3), 2), ((2, 4, 2, 2), 1), ((1, 6, 5), 3), ((3, 4, 2), 4),
                          ((2, 2, 2, 1, 2), 2)]:
        x, scale, bias = f32(*shape), f32(shape[1]), f32(shape[1])
        group.append(([x, scale, bias], {"groups": groups, "epsilon": 1e-5},
                      [single(F.group_norm(wide(x), groups, wide(scale), wide(bias), 1e-5))]))
        instance.append(([x, scale, bias], {"epsilon": 1e-5},
                         [single(F.instance_norm(wide(x), None, None, wide(scale), wide(bias),
                                                 True, 0.1, 1e-5))]))
    g.op("group_norm", group, rtol=2e-5, atol=1e-5)
    g.op("instance_norm", instance, rtol=2e-5, atol=1e-5)
    g.write()


def layers():
    g = Golden("layers", "Layers")
    cases = []
    for entries, index in [((5, 3), [0, 4, 4]), ((5, 3), [[1], [2]]), ((4,), [3, 0]),
                           ((3, 2, 2), 1), ((2, 3), np.zeros((0,), int))]:
        table, i = f32(*entries), np.array(index, np.int32)
        cases.append(([table, i], {}, [table[i]]))
    g.op("embedding", cases)

    tmax = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}
    tavg = {1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}
    biggest, mean = [], []
    for shape, window, stride, pad in [
            ((1, 2, 6), [2], [2], [0]), ((2, 1, 4, 5), [2, 3], [1, 2], [0, 1]),
            ((1, 1, 5, 5), [3, 3], [2, 2], [1, 1]), ((1, 2, 3, 3, 4), [2, 1, 2], [1, 1, 2], [1, 0, 1]),
            ((1, 1, 7), [3], [3], [1])]:
        x, n = f32(*shape), len(window)
        attributes = {"window": window, "strides": stride, "low": pad, "high": pad}
        biggest.append(([x], attributes, [single(tmax[n](wide(x), window, stride, pad))]))
        for counts in (True, False):
            mean.append(([x], dict(attributes, count_padding=counts),
                         [single(tavg[n](wide(x), window, stride, pad, False, counts))]))
    x = np.array([[[1, np.nan, 3, 4]]], np.float32)
    attributes = {"window": [2], "strides": [2], "low": [0], "high": [0]}
    biggest.append(([x], attributes, [np.array([[[np.nan, 4]]], np.float32)]))
    g.op("max_pool", biggest)
    g.op("avg_pool", mean)
    g.op("global_avg_pool", [([x], {}, [single(wide(x).mean(list(range(2, x.ndim))) if x.ndim > 2 else x)])
                             for x in [f32(2, 3, 4), f32(1, 2, 3, 3), f32(2, 2), f32(2, 1, 2, 2, 2),
                                       f32(3, 2, 1)]])
    tconv = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}
    cases = []
    for shape, filters, stride, pad, extra, dilation, groups in [
            ((1, 2, 5), (2, 3, 3), [1], [0], [0], [1], 1), ((2, 2, 4), (2, 3, 3), [2], [1], [1], [1], 1),
            ((1, 4, 3, 3), (4, 2, 2, 3), [2, 1], [0, 1], [0, 0], [1, 1], 2),
            ((1, 2, 3, 4), (2, 1, 3, 2), [2, 3], [1, 0], [1, 2], [2, 1], 1),
            ((1, 3, 4, 4), (3, 1, 3, 3), [1, 1], [1, 1], [0, 0], [1, 1], 3),
            ((1, 1, 2, 2, 2), (1, 2, 2, 2, 2), [2, 1, 2], [0, 0, 1], [0, 0, 1], [1, 1, 1], 1)]:
        x, w = f32(*shape), f32(*filters)
        y = tconv[len(stride)](wide(x), wide(w), None, stride, pad, extra, groups, dilation)
        cases.append(([x, w], {"strides": stride, "padding": pad, "output_padding": extra,
                               "dilation": dilation, "groups": groups}, [single(y)]))
    g.op("conv_transpose", cases)

    rnn, gru, lstm = [], [], []
    for n, i, h in [(2, 3, 4), (1, 1, 1), (3, 2, 5), (2, 4, 2), (4, 3, 3)]:
        x, state, cell = f32(n, i), f32(n, h), f32(n, h)
        for gates, cases in [(1, rnn), (3, gru), (4, lstm)]:
            w, u, b = f32(gates * h, i), f32(gates * h, h), f32(gates * h)
            c = f32(h)
            X, H, C, W, U, B = map(wide, (x, state, cell, w, u, b))
            if gates == 1:
                cases.append(([x, state, w, u, b], {}, [single(torch.tanh(X @ W.T + H @ U.T + B))]))
            elif gates == 3:
                second = torch.cat([torch.zeros(2 * h, dtype=torch.float64), wide(c)])
                y = torch.gru_cell(X, H, W, U, B, second)
                cases.append(([x, state, w, u, b, c], {}, [single(y)]))
            else:
                y = torch.lstm_cell(X, (H, C), W, U, B, torch.zeros_like(B))
                cases.append(([x, state, cell, w, u, b], {}, [single(y[0]), single(y[1])]))
    g.op("rnn_cell", rnn)
    g.op("gru_cell", gru)
    g.op("lstm_cell", lstm)
    g.write()


def attention():
    g = Golden("attention", "Attention")
    cases = []

    def reference(scores, v):
        total = torch.logsumexp(scores, -1)
        weights = torch.where(torch.isinf(total)[..., None], torch.zeros_like(scores),
                              torch.exp(scores - total[..., None]))
        return weights @ v, total, weights
    for batch, q, k, d, e, masked, causal in [
            ((), 3, 4, 2, 3, False, False), ((2,), 3, 3, 4, 4, False, True),
            ((2,), 4, 2, 3, 2, True, False), ((1, 2), 3, 5, 2, 2, True, True),
            ((), 3, 2, 2, 2, False, True), ((2, 2), 1, 1, 1, 1, False, False)]:
        Q, K, V = f32(*batch, q, d), f32(*batch, k, d), f32(*batch, k, e)
        scores = wide(Q) @ wide(K).transpose(-1, -2) * 0.7
        operands = [Q, K, V]
        if masked:
            mask = RNG.random((*batch, q, k)) < 0.5
            operands.append(mask)
            scores = scores.masked_fill(torch.from_numpy(~mask), -math.inf)
        if causal:
            i, j = np.arange(q)[:, None], np.arange(k)[None]
            scores = scores.masked_fill(torch.from_numpy(j - i > k - q), -math.inf)
        y, total, _ = reference(scores, wide(V))
        cases.append((operands, {"scale": 0.7, "causal": causal}, [single(y), single(total)]))
    g.op("scaled_dot_product_attention", cases, rtol=1e-5)
    cases = []
    for batch, q, k, h, e, masked in [((), 2, 3, 4, 2, False), ((2,), 3, 2, 3, 3, True),
                                      ((1, 2), 2, 2, 2, 1, False), ((3,), 1, 4, 2, 2, True),
                                      ((), 1, 1, 1, 1, False)]:
        Q, K, V, w = f32(*batch, q, h), f32(*batch, k, h), f32(*batch, k, e), f32(h)
        scores = (torch.tanh(wide(Q)[..., :, None, :] + wide(K)[..., None, :, :]) * wide(w)).sum(-1)
        operands = [Q, K, V, w]
        if masked:
            mask = RNG.random((*batch, q, k)) < 0.6
            operands.append(mask)
            scores = scores.masked_fill(torch.from_numpy(~mask), -math.inf)
        y, _, weights = reference(scores, wide(V))
        cases.append((operands, {}, [single(y), single(weights)]))
    g.op("additive_attention", cases, rtol=1e-5)
    g.write()


def quantization():
    g = Golden("quantization", "Quantisation and pruning")
    there, back, fake = [], [], []
    for shape, scale, zero, kind in [((5,), 0.5, 0, np.int8), ((2, 3), 0.25, 3, np.uint8),
                                     ((4,), 0.125, -128, np.int8), ((), 2.0, 255, np.uint8),
                                     ((2, 0), 1.0, 0, np.int8)]:
        low, high = np.iinfo(kind).min, np.iinfo(kind).max
        x = f32(*shape, scale=40 * scale)
        s, z = np.float32(scale), np.array(zero, kind)
        q = np.clip(np.round(x / s) + zero, low, high).astype(kind)
        there.append(([x, s, z], {}, [q]))
        back.append(([q, s, z], {}, [((q.astype(np.int64) - zero) * s).astype(np.float32)]))
        y = (np.clip(np.round(x / s) + zero, low, high) - zero) * s
        fake.append(([x, s, np.float32(zero)], {"low": int(low), "high": int(high)},
                     [np.asarray(y, np.float32)]))
    x = np.array([0.5, 1.5, 2.5, -0.5, np.nan, np.inf, -np.inf, 1e30], np.float32)
    there.append(([x, np.float32(1), np.array(7, np.int8)], {},
                  [np.array([7, 9, 9, 7, 7, 127, -128, 127], np.int8)]))
    g.op("uniform_quantize", there)
    g.op("uniform_dequantize", back)
    g.op("fake_quant", fake)
    cases = []
    for x, drop in [(f32(7), 3), (f32(2, 3), 0), (f32(2, 3), 6),
                    (np.array([1, -1, 1, 0.5], np.float32), 2),
                    (np.array([np.nan, 3, -4], np.float32), 2)]:
        order = np.argsort(np.abs(x).reshape(-1), kind="stable")
        mask = np.ones(x.size, bool)
        mask[order[:drop]] = False
        cases.append(([x], {"drop": drop}, [mask.reshape(x.shape)]))
    g.op("magnitude_mask", cases)
    g.write()


if __name__ == "__main__":
    for family in (activations, softmax, statistics, einsum, losses, normalization,
                   layers, attention, quantization):
        family()
