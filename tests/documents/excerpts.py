#!/usr/bin/env python3
"""Is the output that our documents show the output of today's trustwalk?

usage: excerpts.py TRUSTWALK DOCUMENT...

A fenced block that follows a line

    <!-- shown: replay fixtures/guide-island/evidence.json -->

must be found, line by line, in what `TRUSTWALK replay fixtures/…` prints (run at the top of the tree). A line of the block
that is only "…" stands for any lines; "…" at a line's end for the rest of it; lines that begin with "$ " are the reader's.
Such a comment before a picture, ![…](FILE), asks for the same octets as FILE holds.
"""
import os
import re
import shlex
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHOWN = re.compile(r"^(?P<quote>(?:> )?)<!-- shown: (?P<words>.*) -->$")
PICTURE = re.compile(r"^!\[.*\]\((?P<path>[^)]*)\)$")


def main(program, paths):
    tried = [excerpt for path in paths for excerpt in excerpts(path)]
    faults = [fault for excerpt in tried for fault in check(program, *excerpt)]
    for fault in faults:
        print(fault)
    print(f"{len(tried)} excerpts, {len(faults)} of them outdated")
    return 1 if faults or not tried else 0


def excerpts(path):
    """Yields (where, words of the command, lines that must be there or None, path of a picture or None)."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for number, line in enumerate(lines):
        found = SHOWN.match(line)
        if not found:
            continue
        where = f"{os.path.relpath(path, TOP)}:{number + 1}"
        words = shlex.split(found["words"])
        picture = PICTURE.match(lines[number + 1])
        if picture:
            yield where, words, None, os.path.join(os.path.dirname(path), picture["path"])
        else:
            yield where, words, block(lines[number + 1:], found["quote"], where), None


def block(lines, quote, where):
    inside = [line.removeprefix(quote) for line in lines]
    if not inside[0].startswith("```"):
        sys.exit(f"{where}: no block follows")
    end = inside.index("```", 1)
    return [line.strip() for line in inside[1:end] if not line.startswith("$ ")]


def check(program, where, words, wanted, picture):
    run = subprocess.run([program, *words], cwd=TOP, capture_output=True, timeout=60,
                         env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"})
    command = " ".join(["trustwalk", *words])
    if picture is not None:
        with open(picture, "rb") as file:
            if file.read() != run.stdout:
                yield f"{where}: {picture} is not what `{command}` draws"
        return
    printed = [line.strip() for line in run.stdout.decode().split("\n")]
    missing = first_missing(wanted, printed)
    if missing is not None:
        yield f"{where}: `{command}` does not print this line there: {missing}\n" + run.stdout.decode() + run.stderr.decode()


def first_missing(wanted, printed):
    """None, or the first wanted line that does not come in its place."""
    at, anywhere = 0, True
    for line in wanted:
        if line == "…":
            anywhere = True
            continue
        places = range(at, len(printed)) if anywhere else range(at, min(at + 1, len(printed)))
        place = next((place for place in places if same(line, printed[place])), None)
        if place is None:
            return line
        at, anywhere = place + 1, False
    return None


def same(wanted, printed):
    return printed.startswith(wanted[:-1]) if wanted.endswith("…") else printed == wanted


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:]))
