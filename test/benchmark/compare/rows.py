"""The table: what is timed, what speed it should reach, and who else is timed.

Speeds in milliseconds were set on a machine of 248 GF/s (FMA) and 54 GB/s
(copy); `scale` says which of the two a row is measured by elsewhere.
"""

import dataclasses

REFERENCE_GFLOPS = 248.0
REFERENCE_GBS = 54.0


def number(value):
    """Three digits; a dash for what was not measured."""
    return "–" if value is None else f"{value:.3g}" if value < 100 else f"{value:.0f}"


@dataclasses.dataclass(frozen=True)
class Speeds:
    """What the machine can do: GF/s of multiply-adds, GB/s of copying."""
    gflops: float
    gbs: float


@dataclasses.dataclass(frozen=True)
class AtMost:
    """Milliseconds; `scale` is compute, memory or none."""
    ms: float
    scale: str = "compute"

    def limit(self, speeds):
        return self.ms * {"compute": REFERENCE_GFLOPS / speeds.gflops,
                          "memory": REFERENCE_GBS / speeds.gbs,
                          "none": 1.0}[self.scale]

    def text(self, speeds):
        return f"≤ {number(self.limit(speeds))} ms"

    def shortfall(self, ours, speeds):
        return ours["median_ms"] / self.limit(speeds)


@dataclasses.dataclass(frozen=True)
class Ratio:
    """The time of the best peer whose name begins with `of` over ours."""
    least: float
    of: str = ""

    def text(self, _speeds):
        return f"≥ {self.least:g} × {self.of or 'best peer'}"


@dataclasses.dataclass(frozen=True)
class Share:
    """Of the FMA peak."""
    least: float

    def text(self, speeds):
        return f"≥ {self.least:g} of peak"

    def shortfall(self, ours, speeds):
        return self.least * speeds.gflops / ours["GFLOPs"]


@dataclasses.dataclass(frozen=True)
class Copies:
    """Times what copying `bytes` (read and written) takes."""
    most: float
    bytes: float

    def limit(self, speeds):
        return 1e3 * self.most * self.bytes / (speeds.gbs * 1e9)

    def text(self, speeds):
        return f"≤ {self.most:g} × copy ({number(self.limit(speeds))} ms)"

    def shortfall(self, ours, speeds):
        return ours["median_ms"] / self.limit(speeds)


@dataclasses.dataclass(frozen=True)
class Row:
    suite: str
    name: str
    label: str
    goal: object
    # Of peers that call the same thing otherwise.
    also: tuple = ()

    @property
    def key(self):
        return (self.suite, self.name)


def _gemm():
    rows = [Row("gemm", f"{n}x{n}x{n}_nn", f"product {n}³", Ratio(0.95, "onednn"))
            for n in (256, 512, 1024, 2048)]
    for name in ("256x256x784_nn", "784x256x256_tn", "256x784x256_nt"):
        rows.append(Row("gemm", name, f"product {name}", Ratio(0.95, "onednn")))
    for name, share in (("256x10x784_nn", 0.9), ("256x10x256_nn", 0.8),
                        ("784x10x256_tn", 0.9), ("256x10x256_tn", 0.8)):
        rows.append(Row("gemm", name, f"product {name}", Share(share)))
    rows.append(Row("gemm", "256x256x10_nt", "product 256x256x10_nt", Ratio(0.95)))
    return rows


def _convolutions():
    few = ["lenet1_256x1x28_6k5", "lenet2_256x6x14_16k5", "res_64x3x32_16k3"]
    many = ["res_64x16x32_16k3", "res_64x32x16_32k3", "res_64x64x8_64k3"]
    rows = []
    for name in few + many:
        for direction in ("fwd", "bwd_d", "bwd_w"):
            if direction == "bwd_d" and name in (few[0], few[2]):
                continue  # No gradient of the images.
            goal = Ratio(3 if name in few else 1.1, "onednn_any")
            rows.append(Row("conv", f"{name}_{direction}",
                            f"convolution {name}_{direction}", goal))
    return rows


ROWS = [
    Row("train", "linear_reg", "linear regression, 2 inputs, batch 10", AtMost(0.002)),
    Row("train", "softmax_reg", "softmax regression 784-10", AtMost(0.055)),
    Row("train", "mlp", "MLP 784-256-10, SGD", AtMost(0.93)),
    Row("train", "mlp_adam", "the same, Adam", AtMost(1.00)),
    Row("train", "mlp_dropout", "MLP 784-256-256-10, dropout", AtMost(1.45)),
    Row("train", "lenet", "LeNet 28×28", AtMost(3.4)),
    Row("train", "resnet20", "ResNet-20, 32×32, batch 64", AtMost(71)),
    Row("train", "lstm_char28", "LSTM 256, 35 steps, batch 32", AtMost(10.8),
        also=(("lstm", "lstm_layer_in28_fb"),)),
    Row("train", "transformer", "Transformer, 2 layers, d 256", AtMost(47)),
    Row("train", "transformer_do0.1", "the same, dropout 0.1", AtMost(51)),
    *_gemm(),
    Row("ops", "chain_16M", "elementwise chain of 4 ops, 16 M",
        Copies(1.1, 8.0 * (1 << 24))),
    Row("ops", "softmax_ce_fb_4096x1000", "cross-entropy [4096, 1000], both ways",
        AtMost(1.2, "memory")),
    Row("ops", "softmax_ce_fb_256x10", "cross-entropy [256, 10], both ways",
        AtMost(0.005)),
    Row("ops", "layer_norm_fb_4096x1024", "layer norm [4096, 1024], both ways",
        AtMost(1.8, "memory")),
    Row("ops", "normal_1M", "1 M random normals", AtMost(0.5)),
    Row("ops", "bernoulli_1M", "1 M dropout mask", AtMost(0.25)),
    Row("ops", "dropout_fwd_1M", "1 M dropout", AtMost(0.25)),
    *_convolutions(),
    Row("ops", "attention_8x4x128x64", "attention forward, 8×4 heads, 128, d 64",
        AtMost(0.9)),
    Row("latency", "first_step_cold", "process start to first MLP step, cold",
        AtMost(120, "none")),
    Row("latency", "first_step_warm", "the same, warm cache", AtMost(20, "none")),
    Row("latency", "compile_lenet", "compile a LeNet training step",
        AtMost(300, "none")),
    Row("latency", "compile_resnet20", "compile a ResNet-20 training step",
        AtMost(1500, "none")),
    Row("latency", "compile_lenet_warm", "LeNet, warm", AtMost(10, "none")),
    Row("latency", "compile_resnet20_warm", "ResNet-20, warm", AtMost(10, "none")),
    Row("latency", "small_expression", "a small expression outside compile",
        AtMost(0.002, "none")),
    Row("infer", "mlp_b1", "inference, batch 1: MLP", AtMost(0.009)),
    Row("infer", "lenet_b1", "the same: LeNet", AtMost(0.013)),
    Row("infer", "resnet20_b1", "the same: ResNet-20", AtMost(0.40)),
]
