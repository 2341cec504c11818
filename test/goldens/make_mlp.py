"""Writes mlp.json: losses of 50 SGD steps of an MLP 784-256-10, by PyTorch.

Development only: `python make_mlp.py` with PyTorch and NumPy installed. The
test (test/unit/library/golden_test.cpp) makes the same initial weights and
batches with the same integer hash, each value exact in f32, and must get the
same losses to 1e-4.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

INPUTS, HIDDEN, CLASSES, BATCH, STEPS = 784, 256, 10, 256, 50
RUNS = [
    {"lr": 0.1, "momentum": 0.0, "weight_decay": 0.0},
    {"lr": 0.02, "momentum": 0.9, "weight_decay": 0.01},
]


def hashed(stream, count):
    """`count` hashes of 32 bits: murmur3's finaliser of (stream, position)."""
    h = np.arange(count, dtype=np.uint32) + np.uint32(stream * 0x9E3779B9 % 2**32)
    h ^= h >> 16
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> 13
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> 16
    return h


def weights(stream, shape):
    """Uniform in [-1/16, 1/16), multiples of 2^-27."""
    h = hashed(stream, int(np.prod(shape))) >> np.uint32(8)
    return torch.from_numpy(
        ((h.astype(np.float32) - 2**23) / 2**27).reshape(shape))


def batch(step):
    """Each class is a fixed noise picture under noise of the sample's own."""
    labels = (hashed(1000 + step, BATCH) % CLASSES).astype(np.int64)
    pictures = (hashed(1, CLASSES * INPUTS) >> np.uint32(24)).reshape(CLASSES, INPUTS)
    noise = (hashed(2000 + step, BATCH * INPUTS) >> np.uint32(24)).reshape(BATCH, INPUTS)
    x = (pictures[labels] + 3 * noise).astype(np.float32) / 1024
    return torch.from_numpy(x), torch.from_numpy(labels)


def losses(lr, momentum, weight_decay):
    parameters = [
        weights(2, (INPUTS, HIDDEN)),
        weights(3, (HIDDEN,)),
        weights(4, (HIDDEN, CLASSES)),
        weights(5, (CLASSES,)),
    ]
    for p in parameters:
        p.requires_grad_()
    w1, b1, w2, b2 = parameters
    optimizer = torch.optim.SGD(
        parameters, lr, momentum=momentum, weight_decay=weight_decay)
    result = []
    for step in range(STEPS):
        x, y = batch(step)
        loss = F.cross_entropy(torch.relu(x @ w1 + b1) @ w2 + b2, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        result.append(round(loss.item(), 7))
    return result


golden = {
    "made_by": f"make_mlp.py, PyTorch {torch.__version__.split('+')[0]}",
    "runs": [{**run, "losses": losses(**run)} for run in RUNS],
}
path = pathlib.Path(__file__).with_name("mlp.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
