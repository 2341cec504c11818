"""assemble.py DLC PTXAS FOLDER TARGET...: compiles the steps that FOLDER holds for each
target, assembles their PTX, and prints how many kernels there were and the words that
each spills, if any."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def assemble(dlc, ptxas, step, target):
    """(kernels, lines about those that spill) of a step."""
    with tempfile.TemporaryDirectory() as folder:
        ptx = pathlib.Path(folder) / "step.ptx"
        subprocess.run([dlc, "compile", step, f"--target=cuda:{target}", "--emit=ptx", "-o", ptx], check=True)
        done = subprocess.run([ptxas, "-v", f"-arch={target}", ptx, "-o", ptx.with_suffix(".cubin")],
                              check=True, text=True, capture_output=True)
    found = re.findall(r"Function properties for (\w+)\n.* (\d+) bytes spill stores, (\d+) bytes spill loads",
                       done.stderr)
    spills = [f"{step.stem} {target} {name}: {stores} bytes spilled"
              for name, stores, loads in found if int(stores) + int(loads)]
    return len(found), spills


def main():
    dlc, ptxas, folder, *targets = sys.argv[1:]
    steps = sorted(pathlib.Path(folder).glob("*.mlir"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = [pool.submit(assemble, dlc, ptxas, step, target) for step in steps for target in targets]
        for each in done:
            for line in each.result()[1]:
                print(line)
    kernels = sum(each.result()[0] for each in done)
    print(f"{len(steps)} steps, {len(targets)} targets, {kernels} kernels")


if __name__ == "__main__":
    main()
