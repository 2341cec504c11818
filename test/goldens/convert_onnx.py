#!/usr/bin/env python3
"""Writes test/Execution/onnx-*.mlir: ONNX's own node tests of the ops we have.
For development; needs Debian's libonnx-testdata and python3-onnx. A case is
taken if it is one op of ours and has few elements:

    convert_onnx.py && git diff --stat test/Execution
"""

import glob
import math
import os

import numpy as np
import onnx
from onnx import numpy_helper

import make_composites
from make_composites import Golden, NAMES

DATA = "/usr/share/libonnx-testdata/data/node"
LIMIT = 400
ELEMENTWISE = {
    "Abs": "abs", "Atan": "atan", "Ceil": "ceil", "Cos": "cosine", "Erf": "erf",
    "Exp": "exponential", "Floor": "floor", "Log": "log", "Neg": "negate",
    "Round": "round_nearest_even", "Sigmoid": "logistic", "Sign": "sign",
    "Sin": "sine", "Sqrt": "sqrt", "Tanh": "tanh", "Not": "not", "Relu": "relu",
    "Softplus": "softplus", "Add": "add", "Sub": "subtract", "Mul": "multiply",
    "Div": "divide", "Pow": "power", "And": "and", "Or": "or", "Xor": "xor",
    "Max": "maximum", "Min": "minimum", "PRelu": "prelu"}
ARITY = {"Add": 2, "Sub": 2, "Mul": 2, "Div": 2, "Pow": 2, "And": 2, "Or": 2,
         "Xor": 2, "Max": 2, "Min": 2, "PRelu": 2}


def same_shape(xs):
    return all(x.shape == xs[0].shape for x in xs)


def axes_of(a, x, xs):
    axes = a.get("axes")
    if axes is None and len(xs) > 1:
        axes = [int(i) for i in xs[1]]
    if axes is None or (len(axes) == 0 and not a.get("noop_with_empty_axes")):
        axes = range(x.ndim)
    return sorted(d % x.ndim for d in axes)


def pools(a, x):
    n = x.ndim - 2
    ones, zeros = [1] * n, [0] * (2 * n)
    if a.get("auto_pad", b"NOTSET") != b"NOTSET" or a.get("ceil_mode") or \
            any(d != 1 for d in a.get("dilations", ones)):
        return None
    pads = a.get("pads", zeros)
    return {"window": a["kernel_shape"], "strides": a.get("strides", ones),
            "low": pads[:n], "high": pads[n:]}


def convert(kind, a, xs, ys):
    """(op, operands, attributes, results), or None."""
    x, y = (xs or [None])[0], ys[0]
    if kind in ELEMENTWISE:
        if len(xs) != ARITY.get(kind, 1):
            return None
        xs = [np.broadcast_to(v, y.shape) for v in xs]
        if kind == "Pow":
            xs = [v.astype(x.dtype) for v in xs]
        return ELEMENTWISE[kind], xs, {}, ys
    if kind in ("Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual"):
        if not same_shape(xs):
            return None
        direction = {"Equal": "EQ", "Less": "LT", "Greater": "GT",
                     "LessOrEqual": "LE", "GreaterOrEqual": "GE"}[kind]
        return "compare", xs, {"direction": f"#dlc<direction {direction}>"}, ys
    if kind == "Where" and same_shape(xs):
        return "select", xs, {}, ys
    if kind == "LeakyRelu":
        return "leaky_relu", xs, {"slope": a.get("alpha", 0.01)}, ys
    if kind == "Elu":
        return "elu", xs, {"alpha": a.get("alpha", 1.0)}, ys
    if kind in ("Softmax", "LogSoftmax"):
        op = "softmax" if kind == "Softmax" else "log_softmax"
        return op, xs, {"dimension": a.get("axis", -1) % x.ndim}, ys
    if kind in ("ArgMax", "ArgMin"):
        if a.get("select_last_index"):
            return None
        d = a.get("axis", 0) % x.ndim
        if a.get("keepdims", 1):
            y = y.squeeze(d)
        return kind.lower(), xs, {"dimension": d}, [y.astype(np.int32)]
    if kind == "TopK":
        if not a.get("largest", 1) or a.get("axis", -1) % x.ndim != x.ndim - 1:
            return None
        return "top_k", [x], {"k": int(xs[1][0])}, [y, ys[1].astype(np.int32)]
    if kind in ("ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceMean",
                "ReduceL1", "ReduceL2"):
        axes = axes_of(a, x, xs)
        kept = [s for d, s in enumerate(x.shape) if d not in axes]
        attributes = {"dimensions": axes}
        if kind == "ReduceMean":
            return "mean", [x], attributes, [y.reshape(kept)]
        if kind in ("ReduceL1", "ReduceL2"):
            attributes["order"] = float(kind[-1])
            return "norm", [x], attributes, [y.reshape(kept)]
        how = {"Sum": "add", "Max": "max", "Min": "min", "Prod": "mul"}[kind[6:]]
        attributes["kind"] = f"#dlc<reduction {how}>"
        return "reduce", [x], attributes, [y.reshape(kept)]
    if kind == "Einsum":
        equation = a["equation"].decode().replace(" ", "")
        if "." in equation or "->" not in equation:
            return None
        return "einsum", xs, {"equation": equation}, ys
    if kind == "SoftmaxCrossEntropyLoss":
        if a.get("reduction", b"mean") != b"none" or len(xs) > 2 or len(ys) > 1 or x.ndim != 2:
            return None
        attributes = {"smoothing": 0.0}
        if "ignore_index" in a:
            attributes["ignore_index"] = a["ignore_index"]
        return "softmax_cross_entropy", xs, attributes, ys
    if kind == "NegativeLogLikelihoodLoss":
        if a.get("reduction", b"mean") != b"none" or len(xs) > 2 or x.ndim != 2:
            return None
        return "nll", xs, {}, ys
    if kind == "BatchNormalization" and not a.get("training_mode") and len(ys) == 1:
        return "batch_norm_inference", xs, {"feature": 1, "epsilon": float(np.float32(a.get("epsilon", 1e-5)))}, ys
    if kind == "LayerNormalization" and len(xs) == 3:
        return "layer_norm", xs, {"epsilon": a.get("epsilon", 1e-5)}, ys[:1]
    if kind == "InstanceNormalization":
        return "instance_norm", xs, {"epsilon": a.get("epsilon", 1e-5)}, ys
    if kind == "MaxPool" and len(ys) == 1 and x.dtype == np.float32:
        attributes = pools(a, x)
        return attributes and ("max_pool", xs, attributes, ys)
    if kind == "AveragePool":
        attributes = pools(a, x)
        if attributes and a.get("count_include_pad"):
            attributes["count_padding"] = True
        return attributes and ("avg_pool", xs, attributes, ys)
    if kind == "GlobalAveragePool":
        return "global_avg_pool", xs, {}, [y.reshape(y.shape[:2])]
    if kind == "ConvTranspose":
        n = x.ndim - 2
        pads = a.get("pads", [0] * (2 * n))
        if len(xs) > 2 or "auto_pad" in a or "output_shape" in a or pads[:n] != pads[n:]:
            return None
        return "conv_transpose", xs, {
            "strides": a.get("strides", [1] * n), "padding": pads[:n],
            "output_padding": a.get("output_padding", [0] * n),
            "dilation": a.get("dilations", [1] * n), "groups": a.get("group", 1)}, ys
    if kind == "Conv":
        n = x.ndim - 2
        pads = a.get("pads", [0] * (2 * n))
        if len(xs) > 2 or a.get("auto_pad", b"NOTSET") != b"NOTSET":
            return None
        return "convolution", xs, {
            "strides": a.get("strides", [1] * n), "low": pads[:n], "high": pads[n:],
            "image_dilation": [1] * n, "filter_dilation": a.get("dilations", [1] * n),
            "groups": a.get("group", 1), "batch_groups": 1}, ys
    if kind == "QuantizeLinear" and xs[1].ndim == 0 and "axis" not in a:
        return "uniform_quantize", xs, {}, ys
    if kind == "DequantizeLinear" and xs[1].ndim == 0 and len(xs) == 3 and x.dtype != np.int32:
        return "uniform_dequantize", xs, {}, ys
    if kind == "Concat":
        return "concatenate", xs, {"dimension": a["axis"] % x.ndim}, ys
    if kind == "Transpose":
        return "transpose", xs, {"permutation": a.get("perm", list(range(x.ndim))[::-1])}, ys
    if kind == "CumSum":
        return "cumulative_sum", [x], {"dimension": int(xs[1]) % x.ndim,
                                       "reverse": bool(a.get("reverse", 0)),
                                       "exclusive": bool(a.get("exclusive", 0))}, ys
    if kind == "GatherND" and (xs[1] >= 0).all():
        b = a.get("batch_dims", 0)
        n = xs[1].shape[-1]
        return "gather", xs, {"batch_dims": b, "index_dims": list(range(b, b + n))}, ys
    if kind == "ScatterND" and a.get("reduction", b"none") in (b"none", b"add"):
        mode = "add" if a.get("reduction") == b"add" else "replace"
        return "scatter", xs, {"mode": f"#dlc<scatter_mode {mode}>", "batch_dims": 0,
                               "index_dims": list(range(xs[1].shape[-1]))}, ys
    if kind == "MatMul" and x.ndim == 2 and xs[1].ndim == 2:
        return "dot_general", xs, {"lhs_batch": [], "rhs_batch": [], "lhs_contract": [1],
                                   "rhs_contract": [0]}, ys
    if kind == "Reshape":
        return "reshape", [x], {}, ys
    return None


def load(path):
    with open(path, "rb") as f:
        tensor = onnx.TensorProto()
        tensor.ParseFromString(f.read())
    return numpy_helper.to_array(tensor)


plain = make_composites.attr
make_composites.attr = lambda v: v if isinstance(v, str) and v.startswith("#dlc") else plain(v)

cases = {}
for folder in sorted(glob.glob(os.path.join(DATA, "test_*"))):
    model = onnx.load(os.path.join(folder, "model.onnx"))
    if len(model.graph.node) != 1:
        continue
    node = model.graph.node[0]
    if "" in node.input or node.domain not in ("", "ai.onnx"):
        continue
    try:
        xs = [load(p) for p in sorted(glob.glob(folder + "/test_data_set_0/input_*.pb"))]
        ys = [load(p) for p in sorted(glob.glob(folder + "/test_data_set_0/output_*.pb"))]
    except Exception:  # Sequences and maps are no tensors.
        continue
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    if not ys or any(str(v.dtype) not in NAMES or v.ndim > 8 for v in xs + ys) or \
            sum(v.size for v in xs + ys) > LIMIT:
        continue
    made = convert(node.op_type, attributes, xs, ys)
    if made:
        op, operands, attributes, results = made
        lists = {k: [int(i) for i in v] if isinstance(v, (list, tuple, range)) else v
                 for k, v in attributes.items()}
        cases.setdefault(op, []).append((operands, lists, results))

COMPOSITES = set(os.popen(f"grep -ohP 'Dlc_(Unary|Op|AlongDim|Statistic|Pool|Draw)<\"\\K\\w+' "
                          f"{make_composites.HERE}/../../compiler/IR/Composites.td "
                          f"{make_composites.HERE}/../../compiler/IR/Layers.td").read().split())
for name, title, chosen in [
        ("composites", "Composites", [op for op in cases if op in COMPOSITES]),
        ("primitives", "Primitives", [op for op in cases if op not in COMPOSITES])]:
    golden = Golden(name, title)
    for op in sorted(chosen):
        golden.op(op, cases[op], rtol=2e-5, atol=1e-5)
    golden.write(prefix="onnx", source="ONNX's node tests", script="convert_onnx.py")
    print(name, {op: len(cases[op]) for op in sorted(chosen)})
