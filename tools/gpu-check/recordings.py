"""Training steps of lessons and of the benchmark's models, as the compiler gets
them: what DLC_DUMP writes while they run on this machine's CPU.

recordings.py BIN FOLDER: writes those of the lessons, with a few samples, for
test/Cuda/steps.test (after a lesson has changed):

    python3 tools/gpu-check/recordings.py build/release/bin test/Cuda/Inputs/steps
"""
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
# Much like another step of their lesson: not worth the simulator's time.
ALIKE = set("compression-1 compression-3 dropout-0 gan-2 gan-5 optimizers-2 optimizers-4 optimizers-6 "
            "polynomial-1 polynomial-2 rnn-1 rnn-3 rnn-5 transfer-2 transformer-1 weight-decay-2 "
            "weight-decay-3".split())


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


def main(bin_folder, folder):
    """Writes the steps of tiny lessons to FOLDER/NAME-N.mlir, in place of all that is there."""
    bin_folder, folder = pathlib.Path(bin_folder), pathlib.Path(folder)
    for old in folder.glob("*.mlir"):
        old.unlink()
    for name in LESSONS:
        for number, text in enumerate(of_lesson(bin_folder, name, "tiny")):
            if f"{name}-{number}" in ALIKE:
                continue
            # As it is usually written, which is shorter.
            short = subprocess.run([bin_folder / "dlc-opt"], input=without_places(text), text=True,
                                   check=True, capture_output=True).stdout
            (folder / f"{name}-{number}.mlir").write_text(short)


if __name__ == "__main__":
    main(*sys.argv[1:])
