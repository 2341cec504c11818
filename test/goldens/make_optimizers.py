"""Writes optimizers.json: what PyTorch's optimisers and schedulers compute.

Development only: `python make_optimizers.py` with PyTorch and NumPy installed.
The test (test/unit/library/optim_test.cpp) makes the same parameters and the
same gradients with the same integer hash, and must get the same parameters to
1e-6 after 1, 2, 10 and 50 steps, and the same rates.
"""

import json
import pathlib

import numpy as np
import torch

SIZE, STEPS = 6, (1, 2, 10, 50)
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {"lr": 0.1, "weight_decay": 0.01}),
    "momentum": (torch.optim.SGD, {"lr": 0.02, "momentum": 0.9}),
    "nesterov": (torch.optim.SGD,
                 {"lr": 0.02, "momentum": 0.9, "nesterov": True,
                  "weight_decay": 0.001}),
    "adagrad": (torch.optim.Adagrad, {"lr": 0.05, "weight_decay": 0.001}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.9}),
    "rmsprop_momentum": (torch.optim.RMSprop,
                         {"lr": 0.002, "momentum": 0.5}),
    "adam": (torch.optim.Adam, {"lr": 0.01, "weight_decay": 0.01}),
    "adamw": (torch.optim.AdamW, {"lr": 0.01, "weight_decay": 0.1}),
}
CLIPS = {
    "clip_by_global_norm": lambda p: torch.nn.utils.clip_grad_norm_(p, 0.5),
    "clip_by_value": lambda p: torch.nn.utils.clip_grad_value_(p, 0.2),
}


def hashed(stream, count):
    """`count` hashes of 32 bits: murmur3's finaliser of (stream, position)."""
    h = np.arange(count, dtype=np.uint32) + np.uint32(stream * 0x9E3779B9 % 2**32)
    h ^= h >> 16
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> 13
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> 16
    return h


def values(stream):
    """Uniform in [-1, 1), multiples of 2^-23."""
    h = hashed(stream, SIZE) >> np.uint32(8)
    return torch.from_numpy(((h.astype(np.float32) - 2**23) / 2**23))


def parameters():
    return [values(1).requires_grad_(), values(2).requires_grad_()]


def set_gradients(ps, step):
    for i, p in enumerate(ps):
        p.grad = values(100 + 2 * step + i)


def run(optimizer, options, groups=None):
    ps = parameters()
    if groups:  # the second parameter has its own settings
        target = [{"params": ps[:1]}, {"params": ps[1:], **groups}]
    else:
        target = ps
    optimizer = optimizer(target, **options)
    result = {}
    for step in range(max(STEPS)):
        set_gradients(ps, step)
        optimizer.step()
        if step + 1 in STEPS:
            result[str(step + 1)] = [p.tolist() for p in ps]
    return {"options": options, "parameters": result}


def clipped(clip):
    ps = parameters()
    set_gradients(ps, 0)
    clip(ps)
    return [p.grad.tolist() for p in ps]


def rates(scheduler, steps=30, lr=0.1):
    optimizer = torch.optim.SGD(parameters(), lr=lr)
    scheduler = scheduler(optimizer)
    result = []
    for _ in range(steps):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return result


S = torch.optim.lr_scheduler
golden = {
    "made_by": f"make_optimizers.py, PyTorch {torch.__version__.split('+')[0]}",
    "optimizers": {n: run(*o) for n, o in OPTIMIZERS.items()},
    "groups": run(torch.optim.AdamW, {"lr": 0.01, "weight_decay": 0.1},
                  {"lr": 0.002, "weight_decay": 0.0}),
    "clips": {n: clipped(c) for n, c in CLIPS.items()},
    "schedules": {
        "stepwise": rates(lambda o: S.StepLR(o, 7, 0.5)),
        "milestones": rates(lambda o: S.MultiStepLR(o, [5, 20], 0.1)),
        "exponential": rates(lambda o: S.ExponentialLR(o, 0.9)),
        "polynomial": rates(lambda o: S.PolynomialLR(o, 20, 2)),
        # Beyond its end PyTorch's rate rises again: only until there.
        "cosine": rates(lambda o: S.CosineAnnealingLR(o, 25, 0.001), 26),
        "warmup": rates(lambda o: S.LinearLR(o, 0.25, 1.0, 8)),
    },
}
path = pathlib.Path(__file__).with_name("optimizers.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
