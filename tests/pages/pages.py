#!/usr/bin/env python3
"""Every fixture's picture, timeline and report in a real browser: no complaint, no request beyond the file itself, no
page wider than a phone, no serious finding of axe-core, valid HTML. The same of chains made to break them (HOSTILE), which
have to be well-formed to xmllint too, and inside the bounds of docs/reports.md.

usage: pages.py TRUSTWALK NODE_MODULES HOSTILE
TRUSTWALK_SOAK in the environment: axe-core and html-validate for every fixture and not for the twenty named here alone.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import browser

TOP = pathlib.Path(__file__).resolve().parents[2]
FORMATS = ("svg", "timeline", "html")
# One of each kind of thing that a page can show.
TWENTY = """default guide-expired guide-unsigned guide-island alias-leads-to-bogus anchor-missing cds-differs-from-ds
    chain-breaks-soon delegation-insecure delegation-lame denial-missing ds-mistyped forwarder-fails insecure-by-local-rule
    multi-signer-present server-silent server-stale signature-expired zone-partly-expired zone-signed-by-wrong-key""".split()
# docs/reports.md, "Bounds": octets of what is written of chains with three hundred of everything.
BOUNDS = {"svg.svg": 1_500_000, "timeline.svg": 400_000, "html": 2_000_000, "txt": 2_000_000}
SKIPPED = 77

# Serious and critical findings of axe-core, and the words that tell where.
AXE = """axe.run(document, Object.assign({resultTypes: ['violations']}, %s)).then(all => all.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html.slice(0, 120)).join(' | ')))"""


def main():
    trustwalk, modules = sys.argv[1], pathlib.Path(sys.argv[2])
    program = browser.program()
    axe = modules / "axe-core" / "axe.min.js"
    there = (("chromium", program), (str(axe), axe.exists()), ("xmllint", shutil.which("xmllint")))
    missing = [name for name, is_there in there if not is_there]
    if missing:
        print("not here (./dev test installs it):", ", ".join(missing))
        return 1 if os.environ.get("TRUSTWALK_REQUIRE_SERVERS") else SKIPPED
    folder = pathlib.Path(tempfile.mkdtemp(prefix="trustwalk-pages-"))
    try:
        fixtures = sorted(path.parent.name for path in (TOP / "fixtures").glob("*/evidence.json"))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            faults = [fault for made in pool.map(lambda name: render(trustwalk, name, folder), fixtures) for fault in made]
        unknown = sorted(set(TWENTY) - set(fixtures))
        faults += [f"no such fixture: {name}" for name in unknown]
        closely = fixtures if os.environ.get("TRUSTWALK_SOAK") else TWENTY
        hostile = made_hostile(sys.argv[3], folder)
        faults += well_formed_and_bounded(hostile, folder)
        faults += in_browser(program, axe.read_text(), fixtures + hostile, closely + hostile, folder)
        faults += valid(modules, [str(folder / f"{name}.html") for name in closely + hostile])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(faults) or f"{len(fixtures) * len(FORMATS)} pages of {len(fixtures)} fixtures, {len(closely)} of them closely, and "
          f"{len(hostile)} hostile worlds: nothing to complain of")
    return 1 if faults else 0


def made_hostile(program, folder):
    subprocess.run([program, str(folder)], check=True)
    return sorted(path.name[:-5] for path in folder.glob("hostile-*.html"))


def well_formed_and_bounded(names, folder):
    faults = []
    for name in names:
        for ending, most in BOUNDS.items():
            path = folder / f"{name}.{ending}"
            if path.stat().st_size > most:
                faults.append(f"{path.name}: {path.stat().st_size} octets, more than {most}")
            if ending.endswith("svg"):
                said = subprocess.run(["xmllint", "--noout", "--nonet", str(path)], capture_output=True, text=True)
                faults += [f"{path.name}: {line}" for line in said.stderr.splitlines()]
    return faults


def render(trustwalk, name, folder):
    """All formats of one fixture; says what is wrong with them as text."""
    world = TOP / "fixtures" / name
    expected = json.loads((world / "expect.json").read_text())
    run = subprocess.run([trustwalk, "replay", str(world / "evidence.json"), "--at", expected["now"], *expected.get("options", []),
                          "--format", ",".join(FORMATS), "-o", str(folder / f"{name}.%f")], capture_output=True, text=True)
    if run.returncode != expected["exit"]:
        return [f"{name}: exit {run.returncode}: {run.stderr}"]
    faults = []
    for form in FORMATS:
        path = folder / f"{name}.{form}"
        text = path.read_text()
        if form != "html":
            path.rename(folder / f"{name}.{form}.svg")
        # An address in the text of a finding is text; as a value of an attribute or in a style it could be asked for.
        outside = re.findall(r"""(?:[a-z:-]+\s*=\s*["']?|url\(|@import)\s*["']?\s*((?:https?:)?//[^"'\s>)]*)""", text)
        faults += [f"{name}.{form}: refers to {one}" for one in outside if one != "http://www.w3.org/2000/svg"]
    return faults


def in_browser(program, axe, fixtures, closely, folder):
    faults, chromium = [], browser.Browser(program)
    try:
        chromium.show(390)
        for name in fixtures:
            for form in ("svg.svg", "timeline.svg", "html"):
                path = folder / f"{name}.{form}"
                complaints, asked = chromium.open(path.as_uri())
                faults += [f"{name}.{form}: the browser says: {one}" for one in complaints]
                faults += [f"{name}.{form}: asks for {one}" for one in asked if one != path.as_uri()]
                if form == "html":
                    faults += accessible(chromium, axe if name in closely else None, name)
    finally:
        chromium.close()
    return faults


def accessible(chromium, axe, name):
    faults = []
    width = chromium.run("document.documentElement.scrollWidth")
    if width > 390:
        faults.append(f"{name}.html: {width} points wide on a phone of 390")
    if axe is None:
        return faults
    # What is folded away is looked at too.
    chromium.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    chromium.run(axe + "; 0")
    for scheme in ("light", "dark"):
        chromium.show(390, scheme=scheme)
        rules = "{}" if scheme == "light" else "{runOnly: ['color-contrast']}"  # all that a scheme changes
        faults += [f"{name}.html, {scheme}: {one}" for one in chromium.run(AXE % rules)]
    chromium.show(390)
    return faults


def valid(modules, paths):
    run = subprocess.run(["node", str(modules / "html-validate" / "bin" / "html-validate.mjs"), "--config",
                          str(TOP / "tests" / "pages" / "htmlvalidate.json"), "--formatter", "text", *paths],
                         capture_output=True, text=True)
    return (run.stdout + run.stderr).splitlines() if run.returncode else []


if __name__ == "__main__":
    sys.exit(main())
