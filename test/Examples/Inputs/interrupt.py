"""Runs a command, sends SIGINT after its first epoch, prints how it ended."""

import signal
import subprocess
import sys

process = subprocess.Popen(
    sys.argv[1:], stdout=subprocess.PIPE, text=True)
for line in process.stdout:
    if line.split()[:1] == ["1"]:
        process.send_signal(signal.SIGINT)
    print(line, end="")
print("exit", process.wait())
