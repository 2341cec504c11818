"""Times the training steps of test/benchmark/models on a GPU with PyTorch (eager, and
torch.compile's max-autotune with CUDA graphs) and JAX, and products of matrices with
cuBLAS through PyTorch, where they are installed.

peers.py [--minutes=N] [--only=REGEX]: lines "STEP PROGRAM MILLISECONDS" for gpu-check;
what is missing, and why, in lines that begin with #. For development alone: nothing of
the library needs it. Everything is exact f32, as ours is: no TF32.
"""
import argparse
import os
import re
import sys
import time

SECONDS = 0.3
ROUNDS = 5


class Deadline:
    def __init__(self, minutes):
        self.end = time.monotonic() + 60 * minutes

    def is_over(self):
        return time.monotonic() > self.end


def say(text):
    print(f"# {text}", flush=True)


def report(step, program, milliseconds):
    print(f"{step} {program} {milliseconds:.6g}", flush=True)


def best_of(run, time_of):
    """The best of some times of a step, among many in a row."""
    run(3)
    each = time_of(5)
    count = max(1, int(SECONDS * 1e3 / ROUNDS / max(each, 1e-3)))
    return min(time_of(count) for _ in range(ROUNDS))


# PyTorch.


def torch_cases(torch):
    nn, F = torch.nn, torch.nn.functional

    class Block(nn.Module):
        def __init__(self, inputs, outputs, stride):
            super().__init__()
            self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
            self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
            self.norm1, self.norm2 = nn.BatchNorm2d(outputs), nn.BatchNorm2d(outputs)
            self.project = nn.Identity() if inputs == outputs else nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

        def forward(self, x):
            y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
            return F.relu(y + self.project(x))

    def resnet20():
        layers = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
        for inputs, outputs in ((16, 16), (16, 32), (32, 64)):
            for i in range(3):
                first = i == 0 and inputs != outputs
                layers.append(Block(inputs if first else outputs, outputs, 2 if first else 1))
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))

    class CharModel(nn.Module):
        def __init__(self):
            super().__init__()
            self.core, self.output = nn.LSTM(28, 256, batch_first=True), nn.Linear(256, 28)

        def forward(self, x):
            return self.output(self.core(x)[0].flatten(0, 1))

    class EncoderLayer(nn.Module):
        def __init__(self, rate):
            super().__init__()
            self.project, self.output = nn.Linear(256, 768), nn.Linear(256, 256)
            self.wide, self.narrow = nn.Linear(256, 1024), nn.Linear(1024, 256)
            self.norm1, self.norm2, self.rate = nn.LayerNorm(256), nn.LayerNorm(256), rate

        def attend(self, x):
            n, length, _ = x.shape
            q, k, v = self.project(x).view(n, length, 3, 4, 64).permute(2, 0, 3, 1, 4)
            seen = F.scaled_dot_product_attention(q, k, v, dropout_p=self.rate)
            return self.output(seen.transpose(1, 2).flatten(2))

        def forward(self, x):
            x = self.norm1(x + F.dropout(self.attend(x), self.rate))
            hidden = F.dropout(F.relu(self.wide(x)), self.rate)
            return self.norm2(x + F.dropout(self.narrow(hidden), self.rate))

    class Encoder(nn.Module):
        def __init__(self, rate):
            super().__init__()
            self.layers = nn.Sequential(EncoderLayer(rate), EncoderLayer(rate))
            self.output = nn.Linear(256, 10)

        def forward(self, x):
            return self.output(self.layers(x).mean(1))

    def digits():
        return torch.rand(256, 784), torch.randint(10, (256,))

    def mlp():
        return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))

    def with_dropout():
        return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Dropout(0.2), nn.Linear(256, 256), nn.ReLU(),
                             nn.Dropout(0.5), nn.Linear(256, 10))

    def lenet():
        return nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5),
                             nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.ReLU(),
                             nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))

    def letters():
        return torch.rand(32, 35, 28), torch.randint(28, (32 * 35,))

    def sentences():
        return torch.rand(8, 128, 256), torch.randint(10, (8,))

    return {
        "linear_reg": (lambda: nn.Linear(2, 1), lambda: (torch.rand(10, 2), torch.rand(10, 1))),
        "softmax_reg": (lambda: nn.Linear(784, 10), digits),
        "mlp": (mlp, digits),
        "mlp_adam": (mlp, digits),
        "mlp_dropout": (with_dropout, digits),
        "lenet": (lenet, lambda: (torch.rand(256, 1, 28, 28), torch.randint(10, (256,)))),
        "resnet20": (resnet20, lambda: (torch.rand(64, 3, 32, 32), torch.randint(10, (64,)))),
        "lstm_char28": (CharModel, letters),
        "transformer": (lambda: Encoder(0), sentences),
        "transformer_do0.1": (lambda: Encoder(0.1), sentences),
    }


def time_torch(torch, name, make, data, compiled):
    F = torch.nn.functional
    model = make().cuda().train()
    x, y = (t.cuda() for t in data())
    if name.endswith("_adam"):
        optimizer = torch.optim.Adam(model.parameters(), 1e-3, capturable=compiled)
    else:
        optimizer = torch.optim.SGD(model.parameters(), 0.01)
    measure = F.mse_loss if y.is_floating_point() else F.cross_entropy

    def loss_of(x, y):
        return measure(model(x), y)

    update = optimizer.step
    if compiled:
        loss_of = torch.compile(loss_of, mode="max-autotune")  # with CUDA graphs
        update = torch.compile(lambda: optimizer.step(), mode="max-autotune")

    def run(count):
        for _ in range(count):
            if compiled:
                torch.compiler.cudagraph_mark_step_begin()
            optimizer.zero_grad(set_to_none=True)
            loss_of(x, y).backward()
            update()

    return best_of(run, timed_by_events(torch, run))


def run_cublas(torch, only):
    """What tools/gpu-check/recordings.py calls product_SIZE_TYPE."""
    for size, element, kind in ((1024, "f32", torch.float32), (4096, "f32", torch.float32),
                                (4096, "bf16", torch.bfloat16)):
        name = f"product_{size}_{element}"
        if not re.search(only, name):
            continue
        a, b = (torch.rand(size, size, device="cuda").to(kind) for _ in range(2))
        c = torch.empty_like(a)

        def run(count):
            for _ in range(count):
                torch.matmul(a, b, out=c)

        report(name, "cublas", best_of(run, timed_by_events(torch, run)))


def timed_by_events(torch, run):
    def time_of(count):
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        run(count)
        end.record()
        torch.cuda.synchronize()
        return start.elapsed_time(end) / count

    return time_of


def run_torch(only, deadline):
    try:
        import torch
    except ImportError as error:
        return say(f"PyTorch is not installed: {error}")
    if not torch.cuda.is_available():
        return say(f"PyTorch {torch.__version__} finds no GPU")
    say(f"PyTorch {torch.__version__}, CUDA {torch.version.cuda}")
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    try:
        run_cublas(torch, only)
    except RuntimeError as error:
        say(f"cublas: {str(error).splitlines()[0][:150]}")
    can_compile = hasattr(torch, "compile")
    if not can_compile:
        say("this PyTorch has no torch.compile")
    for program in ["torch-eager"] + ["torch-compile"] * can_compile:
        for name, (make, data) in torch_cases(torch).items():
            if not re.search(only, name):
                continue
            if deadline.is_over():
                say(f"{program} {name}: not timed, the time is over")
                continue
            try:
                torch.manual_seed(0)
                report(name, program, time_torch(torch, name, make, data, program == "torch-compile"))
            except Exception as error:  # another program's, of any kind
                say(f"{program} {name}: {type(error).__name__}: {str(error).splitlines()[0][:150]}")


# JAX, without libraries above it.


def jax_cases(jax):
    jnp = jax.numpy
    random = jax.random.PRNGKey(0)

    def layers(*sizes):
        return [(0.05 * jax.random.normal(random, (i, o)), jnp.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def dense(parameters, x, key):
        for w, b in parameters[:-1]:
            x = jax.nn.relu(x @ w + b)
        w, b = parameters[-1]
        return x @ w + b

    def convolve(x, parameters, padding):
        w, b = parameters
        y = jax.lax.conv_general_dilated(x, w, (1, 1), [(padding, padding)] * 2,
                                         dimension_numbers=("NHWC", "HWIO", "NHWC"))
        y = jax.nn.relu(y + b)
        return jax.lax.reduce_window(y, 0.0, jax.lax.add, (1, 2, 2, 1), (1, 2, 2, 1), "VALID") / 4

    def lenet(parameters, x, key):
        x = convolve(convolve(x, parameters["first"], 2), parameters["second"], 0)
        return dense(parameters["top"], x.reshape(x.shape[0], -1), key)

    def filters(*shape):
        return 0.05 * jax.random.normal(random, shape), jnp.zeros(shape[-1])

    def conv(x, w, stride):
        k = w.shape[0] // 2
        return jax.lax.conv_general_dilated(x, w, (stride, stride), [(k, k)] * 2,
                                            dimension_numbers=("NHWC", "HWIO", "NHWC"))

    def standardise(x, scale, bias, axes):
        mean = x.mean(axes, keepdims=True)
        return (x - mean) * jax.lax.rsqrt(x.var(axes, keepdims=True) + 1e-5) * scale + bias

    def norm(parameters, x):  # of a batch, without running statistics
        return standardise(x, *parameters, (0, 1, 2))

    def norm_of(features):
        return jnp.ones(features), jnp.zeros(features)

    def block_of(inputs, outputs):
        return {"conv1": filters(3, 3, inputs, outputs)[0], "norm1": norm_of(outputs),
                "conv2": filters(3, 3, outputs, outputs)[0], "norm2": norm_of(outputs),
                "project": [] if inputs == outputs else [filters(1, 1, inputs, outputs)[0], norm_of(outputs)]}

    def block(p, x):
        stride = 2 if p["project"] else 1
        y = jax.nn.relu(norm(p["norm1"], conv(x, p["conv1"], stride)))
        y = norm(p["norm2"], conv(y, p["conv2"], 1))
        if p["project"]:
            x = norm(p["project"][1], conv(x, p["project"][0], stride))
        return jax.nn.relu(x + y)

    def resnet20(p, x, key):
        x = jax.nn.relu(norm(p["norm"], conv(x, p["first"], 1)))
        for each in p["blocks"]:
            x = block(each, x)
        return dense(p["top"], x.mean((1, 2)), key)

    def lstm(p, x, key):
        def trip(carry, x):
            h, c = carry
            i, f, g, o = jnp.split(x @ p["input"] + h @ p["hidden"] + p["bias"], 4, 1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(c)
            return (h, c), h

        zeros = jnp.zeros((x.shape[0], p["hidden"].shape[0]))
        _, outputs = jax.lax.scan(trip, (zeros, zeros), x.transpose(1, 0, 2))
        return dense(p["top"], outputs.transpose(1, 0, 2).reshape(-1, zeros.shape[1]), key)

    def drop(x, rate, key):
        return x if rate == 0 else jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)

    def encoder(rate):
        def layer(p, x, keys):
            n, length, width = x.shape
            q, k, v = dense(p["project"], x, None).reshape(n, length, 3, 4, -1).transpose(2, 0, 3, 1, 4)
            weights = jax.nn.softmax(q @ k.swapaxes(2, 3) / 8)
            seen = drop(weights, rate, keys[0]) @ v
            seen = dense(p["output"], seen.transpose(0, 2, 1, 3).reshape(n, length, width), None)
            x = standardise(x + drop(seen, rate, keys[1]), *p["norm1"], -1)
            hidden = drop(jax.nn.relu(dense(p["wide"], x, None)), rate, keys[2])
            narrow = dense(p["narrow"], hidden, None)
            return standardise(x + drop(narrow, rate, keys[3]), *p["norm2"], -1)

        def run(p, x, key):
            for each, part in zip(p["layers"], jax.random.split(key, len(p["layers"]))):
                x = layer(each, x, jax.random.split(part, 4))
            return dense(p["top"], x.mean(1), key)

        return run

    def layer_of():
        return {"project": layers(256, 768), "output": layers(256, 256), "wide": layers(256, 1024),
                "narrow": layers(1024, 256), "norm1": norm_of(256), "norm2": norm_of(256)}

    def with_dropout(p, x, key):
        keys = jax.random.split(key)
        x = drop(jax.nn.relu(dense(p[:1], x, None)), 0.2, keys[0])
        x = drop(jax.nn.relu(dense(p[1:2], x, None)), 0.5, keys[1])
        return dense(p[2:], x, None)

    def labels(count, classes):
        return jnp.arange(count) * 7 % classes

    def uniform(*shape):
        return jax.random.uniform(random, shape)

    digits = uniform(256, 784), labels(256, 10)
    convolutions = {"first": filters(5, 5, 1, 6), "second": filters(5, 5, 6, 16), "top": layers(400, 120, 84, 10)}
    widths = [16] * 4 + [32] * 3 + [64] * 3
    residual = {"first": filters(3, 3, 3, 16)[0], "norm": norm_of(16), "top": layers(64, 10),
                "blocks": [block_of(*pair) for pair in zip(widths, widths[1:])]}
    recurrent = {"input": layers(28, 1024)[0][0], "hidden": layers(256, 1024)[0][0], "bias": jnp.zeros(1024),
                 "top": layers(256, 28)}
    encoding = {"layers": [layer_of(), layer_of()], "top": layers(256, 10)}
    sentences = uniform(8, 128, 256), labels(8, 10)
    return {
        "linear_reg": (dense, layers(2, 1), (uniform(10, 2), uniform(10, 1))),
        "softmax_reg": (dense, layers(784, 10), digits),
        "mlp": (dense, layers(784, 256, 10), digits),
        "mlp_adam": (dense, layers(784, 256, 10), digits),
        "mlp_dropout": (with_dropout, layers(784, 256, 256, 10), digits),
        "lenet": (lenet, convolutions, (uniform(256, 28, 28, 1), digits[1])),
        "resnet20": (resnet20, residual, (uniform(64, 32, 32, 3), labels(64, 10))),
        "lstm_char28": (lstm, recurrent, (uniform(32, 35, 28), labels(32 * 35, 28))),
        "transformer": (encoder(0), encoding, sentences),
        "transformer_do0.1": (encoder(0.1), encoding, sentences),
    }


def jax_steps(jax, name, model, parameters, x, y):
    """A function that runs a number of training steps and waits for the last one."""
    jnp, tree = jax.numpy, jax.tree_util.tree_map

    def loss(parameters, key):
        scores = model(parameters, x, key)
        if y.dtype == jnp.float32:
            return jnp.mean((scores - y) ** 2) / 2
        return -jnp.mean(jax.nn.log_softmax(scores)[jnp.arange(y.shape[0]), y])

    def descend(state):
        parameters, first, second, count = state
        gradients = jax.grad(loss)(parameters, jax.random.fold_in(jax.random.PRNGKey(1), count))
        count = count + 1
        if not name.endswith("_adam"):
            return tree(lambda p, g: p - 0.01 * g, parameters, gradients), first, second, count
        first = tree(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
        second = tree(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
        rate = 1e-3 * jnp.sqrt(1 - 0.999 ** count) / (1 - 0.9 ** count)
        return tree(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), parameters, first, second), first, second, count

    step = jax.jit(descend, donate_argnums=0)
    # Donated, so no two of them may be one array.
    copies = [tree(jnp.array, parameters), tree(jnp.zeros_like, parameters), tree(jnp.zeros_like, parameters)]
    state = [(*copies, jnp.zeros((), jnp.int32))]

    def run(count):
        for _ in range(count):
            state[0] = step(state[0])
        jax.block_until_ready(state[0])

    return run


def time_jax(jax, name, model, parameters, x, y):
    run = jax_steps(jax, name, model, parameters, x, y)

    def time_of(count):
        start = time.perf_counter()
        run(count)
        return (time.perf_counter() - start) * 1e3 / count

    return best_of(run, time_of)


def run_jax(only, deadline):
    try:
        import jax
    except ImportError as error:
        return say(f"JAX is not installed: {error}")
    try:
        if jax.default_backend() != "gpu":
            return say(f"JAX {jax.__version__} finds no GPU")
    except RuntimeError as error:
        return say(f"JAX {jax.__version__}: {str(error).splitlines()[0]}")
    jax.config.update("jax_default_matmul_precision", "highest")
    say(f"JAX {jax.__version__}")
    for name, (model, parameters, data) in jax_cases(jax).items():
        if not re.search(only, name):
            continue
        if deadline.is_over():
            say(f"jax {name}: not timed, the time is over")
            continue
        try:
            report(name, "jax", time_jax(jax, name, model, parameters, *data))
        except Exception as error:  # another program's, of any kind
            say(f"jax {name}: {type(error).__name__}: {str(error).splitlines()[0][:150]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--only", default=".")
    options = parser.parse_args()
    deadline = Deadline(options.minutes)
    # JAX would keep most of the card's memory from PyTorch.
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    run_jax(options.only, deadline)
    run_torch(options.only, deadline)


if __name__ == "__main__":
    sys.exit(main())
