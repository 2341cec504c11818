"""Runs the `dlc run` lines of other tests on the simulated GPU.

run_again.py DLC [--device=NAME] [--except=FUNCTION] FILE...: each RUN line that names
a backend is run again with --backend=both --device=simulator (or NAME); the tests'
tolerances stay. Prints what fails; fails if anything does, or if there was nothing to
run.
"""
import pathlib
import re
import shlex
import subprocess
import sys


def commands(path):
    """The RUN lines of a lit test, continued ones joined, DEFINEs expanded."""
    text = re.sub(r"\\\n//\s*RUN:", " ", path.read_text())
    defined = dict(re.findall(r"^// DEFINE: (%\{\w+\}) = (.*)$", text, re.MULTILINE))
    for line in re.findall(r"^// RUN: (.*)$", text, re.MULTILINE):
        while any(name in line for name in defined):
            for name, value in defined.items():
                line = line.replace(name, value)
        yield line


def again(dlc, device, line):
    """The simulator's command for a RUN line, or None."""
    words = shlex.split(line.split(" | ")[0])
    if words[:2] not in (["dlc", "run"], ["%dlc", "run"]):
        return None
    if not any(w.startswith("--backend=") for w in words):
        return None
    # Files, other CPUs and redirections are those tests' own business.
    if any(w.startswith(("%", "--mcpu", "--threads", "--output", "2>", ">", "&&")) for w in words[1:]):
        return None
    words = [w for w in words if not w.startswith("--backend")]
    return [dlc] + words[1:] + ["--backend=both", "--device=" + device]


def main(dlc, *arguments):
    skipped = {a.split("=")[1] for a in arguments if a.startswith("--except=")}
    device = next((a.split("=")[1] for a in arguments if a.startswith("--device=")), "simulator")
    done, bad = [], 0
    for path in map(pathlib.Path, (a for a in arguments if not a.startswith("--"))):
        for line in commands(path):
            words = again(dlc, device, line.replace("%s", str(path)))
            if (not words or any("--function=" + name in words for name in skipped)
                    or words in done):
                continue
            done.append(words)
            result = subprocess.run(words, capture_output=True, text=True, timeout=300)
            if result.returncode:
                bad += 1
                print(" ".join(words), result.stdout.strip(), result.stderr.strip()[-600:], "", sep="\n")
    print(f"{len(done)} runs, {bad} failed")
    return 1 if bad or not done else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
