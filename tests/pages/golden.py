#!/usr/bin/env python3
"""What people look at, kept to be compared: text, picture, timeline and report of twenty fixtures, in tests/pages/golden.
A difference is no fault by itself: `./dev golden` writes them anew, and the diff of that is what a change did to the output.

The fixtures are recordings and the output is a function of them, so that the octets are the same everywhere; the layout is
that of Graphviz 2.42. All formats of all fixtures would be forty times as much, and nobody would read it: pages.py opens them
all. The report is kept without its style and without the two drawings, which have files of their own.

usage: golden.py TRUSTWALK [--write]
"""

import difflib
import json
import pathlib
import re
import subprocess
import sys

import pages

TOP = pages.TOP
GOLDEN = TOP / "tests" / "pages" / "golden"
FILES = {"text": "txt", "svg": "svg", "timeline": "timeline.svg", "html": "html"}


def made(trustwalk, name, form):
    world = TOP / "fixtures" / name
    expected = json.loads((world / "expect.json").read_text())
    run = subprocess.run([trustwalk, "replay", str(world / "evidence.json"), "--at", expected["now"], *expected.get("options", []),
                          "--format", form], capture_output=True)
    text = run.stdout.decode()
    if form == "html":
        text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)
        text = re.sub(r"(<svg [^>]*role=\"img\").*?</svg>", r"\1></svg>", text, flags=re.DOTALL)
    return text


def main():
    trustwalk, write = sys.argv[1], "--write" in sys.argv
    GOLDEN.mkdir(exist_ok=True)
    differences = 0
    for name in pages.TWENTY:
        for form, ending in FILES.items():
            path, text = GOLDEN / f"{name}.{ending}", made(trustwalk, name, form)
            known = path.read_text() if path.exists() else ""
            if text == known:
                continue
            differences += 1
            if write:
                path.write_text(text)
                print("written:", path.relative_to(TOP))
            elif differences <= 5:
                lines = difflib.unified_diff(known.splitlines(), text.splitlines(), str(path.relative_to(TOP)), "now", lineterm="", n=0)
                print("\n".join(line[:240] for line, _ in zip(lines, range(20))))
    wanted = {f"{name}.{ending}" for name in pages.TWENTY for ending in FILES.values()}
    for path in GOLDEN.iterdir():
        if path.name not in wanted:
            differences += 1
            print("belongs to no fixture of the twenty:", path.relative_to(TOP))
            if write:
                path.unlink()
    if differences and not write:
        print(f"\n{differences} files differ: look at them, then ./dev golden and commit its diff")
    return 1 if differences and not write else 0


if __name__ == "__main__":
    sys.exit(main())
