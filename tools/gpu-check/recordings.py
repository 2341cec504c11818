"""Training steps of lessons and of the benchmark's models, as the compiler gets
them: what DLC_DUMP writes while they run on this machine's CPU.

recordings.py BIN FOLDER: writes those of the lessons, with a few samples, for
test/Cuda/steps.test (after a lesson has changed):

    python3 tools/gpu-check/recordings.py build/release/bin test/Cuda/Inputs/steps

With `--check LESSON...` it writes nothing, and fails where FOLDER is out of date:
where what these lessons record is not what it holds, or the source of any lesson has
changed since.
"""
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

LESSONS = ("linear-regression softmax-regression mlp polynomial weight-decay dropout stability "
           "house-prices wine cnn resnet rnn seq2seq transformer explain gan cyclegan optimizers "
           "compression transfer").split()
MODELS = ("linear_reg softmax_reg mlp mlp_adam mlp_dropout lenet resnet20 lstm_char28 transformer "
          "transformer_do0.1").split()
# Rows = columns = depth, and the type of the operands. cuBLAS has them too.
PRODUCTS = {"product_1024_f32": (1024, "f32"), "product_4096_f32": (4096, "f32"),
            "product_4096_bf16": (4096, "bf16")}
# Much like another step of their lesson: not worth the simulator's time.
ALIKE = set("compression-1 compression-3 dropout-0 gan-2 gan-5 optimizers-2 optimizers-4 optimizers-6 "
            "polynomial-1 polynomial-2 rnn-1 rnn-3 rnn-5 transfer-2 transformer-1 weight-decay-2 "
            "weight-decay-3".split())
# Of what the steps were recorded from.
SOURCES = "sources.txt"


def recordings(command):
    """The texts of what a command compiles that changes a state in place."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                       env={**os.environ, "DLC_DUMP": folder, "DLC_DEVICE": "cpu"})
        programs = sorted(pathlib.Path(folder).iterdir(), key=lambda p: int(p.name.rpartition("-")[2]))
        texts = [(p / "0-recording.mlir").read_text() for p in programs]
        # One of those that differ in their lines alone.
        return list({without_places(text): text for text in texts if "dlc.donate" in text}.values())


def without_places(text):
    """Without the lines that its ops come from."""
    return re.sub(r' loc\("[^"]*":\d+:\d+\)', "", text)


def of_lesson(bin_folder, name, size):
    return recordings([bin_folder / name, f"--{size}", "--epochs", "1"])


def of_model(bin_folder, name):
    return recordings([bin_folder / "models-benchmark", "--first-step", name])[:1]


def of_product(name):
    size, element = PRODUCTS[name]
    matrix = f"tensor<{size}x{size}x{element}>"
    return [f"""func.func @main(%a: {matrix}, %b: {matrix}) -> {matrix} {{
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : {matrix}, {matrix} to {matrix}
  return %c : {matrix}
}}
"""]


def steps_of(bin_folder, name):
    """File name ⇒ text, for each step of a lesson that the test runs."""
    steps = {}
    for number, text in enumerate(of_lesson(bin_folder, name, "tiny")):
        if f"{name}-{number}" in ALIKE:
            continue
        # As it is usually written, which is shorter.
        steps[f"{name}-{number}.mlir"] = subprocess.run(
            [bin_folder / "dlc-opt"], input=without_places(text), text=True, check=True,
            capture_output=True).stdout
    return steps


def sources():
    """A line for each lesson: a hash of its source without comments and spaces."""
    examples = pathlib.Path(__file__).parents[2] / "frontend/examples"
    lines = []
    for name in LESSONS:
        (path,) = examples.glob(f"*-{name}.cpp")
        code = "".join(re.sub(r"//.*", "", path.read_text()).split())
        lines.append(f"{name} {hashlib.sha256(code.encode()).hexdigest()}\n")
    return lines


def write(bin_folder, folder):
    """Writes the steps of tiny lessons to FOLDER/NAME-N.mlir, in place of all that is there."""
    for old in folder.glob("*.mlir"):
        old.unlink()
    for name in LESSONS:
        for file, text in steps_of(bin_folder, name).items():
            (folder / file).write_text(text)
    (folder / SOURCES).write_text("".join(sources()))


def check(bin_folder, folder, names):
    """What is out of date, as lines to print."""
    known = (folder / SOURCES).read_text().splitlines(keepends=True)
    stale = [f"{line.split()[0]}: its source has changed" for line in sources() if line not in known]
    for name in names:
        steps = steps_of(bin_folder, name)
        held = {path.name: path.read_text() for path in folder.glob(f"{name}-*.mlir")}
        stale += [f"{file}: the lesson records something else"
                  for file in sorted(steps.keys() | held.keys()) if steps.get(file) != held.get(file)]
    return stale


def main(bin_folder, folder, *names):
    bin_folder, folder = pathlib.Path(bin_folder), pathlib.Path(folder)
    if not names:
        return write(bin_folder, folder)
    if names[0] != "--check":
        sys.exit(__doc__)
    if stale := check(bin_folder, folder, names[1:]):
        sys.exit("\n".join(stale) + "\nrecord the steps again (tools/gpu-check/recordings.py)")


if __name__ == "__main__":
    main(*sys.argv[1:])
