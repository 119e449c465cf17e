#!/usr/bin/env python3
"""What every fixture looks like in every format, kept in tests/pages/golden to be compared. A difference is no fault by itself:
`./dev golden` writes it anew, and the diff of that is what a change did to the output.

    text/NAME.txt   what most people read, whole
    lines/FORM.txt  the forms that are one line, a line for each fixture
    whole/NAME.*    every other form, of twenty fixtures
    digests.txt     every other form of every fixture: octets, and the head of their SHA-256
    style.css       the page's style, once

The fixtures are recordings and the output is a function of them, so that the octets are the same everywhere; the layout is
that of Graphviz 2.42. Pages are kept without style and without their two drawings, which are forms of their own.

A digest says that something has changed and not what: outputs that are as kept are put aside in SPARE, and where one of them
differs later, its lines are shown, each change once with the number of outputs that have it.

usage: golden.py TRUSTWALK SPARE [--write]
"""

import collections
import concurrent.futures
import difflib
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import pages

TOP = pages.TOP
GOLDEN = TOP / "tests" / "pages" / "golden"
LINES = ("short", "ndjson", "nagios", "checkmk")
ENDINGS = {"dot": "dot", "svg": "svg", "timeline": "timeline.svg", "html": "html", "json": "json", "prom": "prom",
           "openmetrics": "openmetrics", "junit": "junit.xml", "sarif": "sarif"}
FORMS = ("text", *LINES, *ENDINGS)
STYLE = re.compile(r"<style>(.*?)</style>", flags=re.DOTALL)
DRAWING = re.compile(r"(<svg [^>]*role=\"img\").*?</svg>", flags=re.DOTALL)


def made(trustwalk, name, folder):
    """What the program writes of one fixture, by form."""
    world = TOP / "fixtures" / name
    expected = json.loads((world / "expect.json").read_text())
    words = [trustwalk, "replay", str(world / "evidence.json"), "--at", expected["now"], *expected.get("options", [])]
    most = [form for form in FORMS if form != "short"]  # its files end in .txt, as those of text do
    run = subprocess.run([*words, "--format", ",".join(most), "-o", str(folder / f"{name}.%f")], capture_output=True, text=True)
    short = subprocess.run([*words, "--format", "short"], capture_output=True, text=True)
    if (run.returncode, short.returncode) != (expected["exit"], expected["exit"]):
        raise RuntimeError(f"{name}: exit {run.returncode}: {run.stderr}")
    files = {form: folder / f"{name}.{'txt' if form == 'text' else form}" for form in most}
    return {"short": short.stdout} | {form: path.read_bytes().decode() for form, path in files.items()}


def all_made(trustwalk, names):
    with tempfile.TemporaryDirectory(prefix="trustwalk-golden-") as folder:
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            out = dict(zip(names, pool.map(lambda name: made(trustwalk, name, pathlib.Path(folder)), names)))
    for forms in out.values():
        forms["style"] = STYLE.search(forms["html"]).group(1)
        forms["html"] = DRAWING.sub(r"\1></svg>", STYLE.sub("<style></style>", forms["html"]))
    return out


def digest(text):
    octets = text.encode()
    return f"{len(octets):7} {hashlib.sha256(octets).hexdigest()[:20]}"


def to_keep(outputs):
    """The files of tests/pages/golden, by their path in it."""
    files = {"style.css": next(iter(outputs.values()))["style"], "digests.txt": ""}
    for form in LINES:
        files[f"lines/{form}.txt"] = "".join(f"{name}: {line}\n" for name, forms in outputs.items() for line in forms[form].splitlines())
    for name, forms in outputs.items():
        files[f"text/{name}.txt"] = forms["text"]
        for form, ending in ENDINGS.items():
            files["digests.txt"] += f"{form + ' ' + name:50} {digest(forms[form])}\n"
            if name in pages.TWENTY:
                files[f"whole/{name}.{ending}"] = forms[form]
    return files


def differing(kept, now):
    """(form, fixture) of the digests that are others than before."""
    known = set(kept.splitlines())
    return [line.split()[:2] for line in now.splitlines() if line not in known]


def changes(before, after):
    """The runs of lines taken away and put in, without where they stand."""
    run = []
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0):
        if line.startswith(("---", "+++")) and not run:
            continue
        if line.startswith("@@"):
            if run:
                yield tuple(run)
            run = []
        else:
            run.append(line)
    if run:
        yield tuple(run)


def window(change):
    """Of one long line for another what differs, and some of what stands around it: places in a drawing are no change."""
    if len(change) != 2 or change[0][0] == change[1][0] or max(map(len, change)) < 160:
        return tuple(line if len(line) < 400 else line[:400] + " …" for line in change[:20])
    before, after = change[0][1:], change[1][1:]
    head = len(os.path.commonprefix([before, after]))
    tail = min(len(os.path.commonprefix([before[::-1], after[::-1]])), min(len(before), len(after)) - head)
    return tuple(f"{sign}… {text[max(head - 24, 0):len(text) - tail][:300]} …" for sign, text in (("-", before), ("+", after)))


def tell(changed, outputs, spare):
    """Each change once, with the number of outputs that have it."""
    where, unknown = collections.defaultdict(list), []
    for form, name in changed:
        before = spare / f"{name}.{form}"
        if not before.exists():
            unknown.append(f"{form} of {name}")
            continue
        for change in {window(change) for change in changes(before.read_bytes().decode(), outputs[name][form])}:
            where[change].append(f"{form} of {name}")
    for change, places in sorted(where.items(), key=lambda one: -len(one[1]))[:40]:
        print(f"in {len(places)} outputs ({places[0]}{', …' if len(places) > 1 else ''}):")
        print("\n".join("    " + line for line in change))
    if len(where) > 40:
        print(f"and {len(where) - 40} changes more")
    if unknown:
        print(f"{len(unknown)} outputs changed that were not seen before ({unknown[0]}, …): what they were is not known here")


def put_aside(outputs, spare):
    shutil.rmtree(spare, ignore_errors=True)
    spare.mkdir(parents=True)
    for name, forms in outputs.items():
        for form in ENDINGS:
            (spare / f"{name}.{form}").write_bytes(forms[form].encode())


def kept_text(path):
    return (GOLDEN / path).read_bytes().decode() if (GOLDEN / path).exists() else ""


def main():
    trustwalk, spare, write = sys.argv[1], pathlib.Path(sys.argv[2]), "--write" in sys.argv
    names = sorted(path.parent.name for path in (TOP / "fixtures").glob("*/evidence.json"))
    outputs = all_made(trustwalk, names)
    files = to_keep(outputs)
    there = {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file()}
    changed = sorted(path for path in files if files[path] != kept_text(path))
    strange = sorted(there - set(files))
    tell(differing(kept_text("digests.txt"), files["digests.txt"]), outputs, spare)
    for path in changed:
        if write:
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(files[path].encode())
        elif path != "digests.txt":
            lines = difflib.unified_diff(kept_text(path).splitlines(), files[path].splitlines(), path, "now", lineterm="", n=0)
            print("\n".join(line[:400] for line, _ in zip(lines, range(12))))
    for path in strange:
        print("belongs to no fixture:", path)
        if write:
            (GOLDEN / path).unlink()
    if write or not (changed or strange):
        put_aside(outputs, spare)
    if not (changed or strange):
        print(f"{len(names)} fixtures in {len(FORMS)} formats: all as they were")
    elif write:
        print(f"{len(changed)} files written, {len(strange)} taken away: git diff tests/pages/golden")
    else:
        print(f"\n{len(changed)} files differ: look at them, then ./dev golden and commit its diff")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
