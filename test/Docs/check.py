"""Keeps the output shown in documents true.

A block that follows `<!-- run: COMMAND -->` must be what COMMAND prints when run
in docs/. `check.py FILE...` fails on a difference; `check.py --update FILE...`
writes what the commands print now.
"""
import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"(<!-- run: (.*?) -->\n```\w*\n)(.*?)(```\n)", re.DOTALL)


def output(command, folder):
    run = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder,
                         capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{command}\nexit status {run.returncode}\n{run.stderr}")
    return "\n".join(line.rstrip() for line in run.stdout.strip("\n").split("\n")) + "\n"


def main(arguments):
    update = arguments[:1] == ["--update"]
    checked = 0
    for name in arguments[update:]:
        path = pathlib.Path(name)
        text = path.read_text()

        def block(match):
            nonlocal checked
            checked += 1
            return match[1] + output(match[2], path.parent) + match[4]

        now = BLOCK.sub(block, text)
        if update:
            path.write_text(now)
        elif now != text:
            sys.exit(f"{path} shows output that its commands no longer print; "
                     f"run test/Docs/check.py --update {path}")
    if not checked:
        sys.exit("no command found")


main(sys.argv[1:])
