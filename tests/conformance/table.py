#!/usr/bin/env python3
"""docs/conformance.md from requirements.txt and from the tests' own word ("// Proves ID, ID").

table.py --check   fails if the document is not up to date, a row is empty, or something named does not exist
table.py --write   writes the document
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "tests/conformance/requirements.txt"
DOCUMENT = ROOT / "docs/conformance.md"

HEAD = """# Conformance

What the RFCs, and the attacks of the last years, ask of a validator; the function that obeys; the tests that prove it.
Made by `tests/conformance/table.py --write` from `tests/conformance/requirements.txt` and from the `// Proves` comments above the
tests; a test fails when this page is out of date, when a row is without a test, or when a named function or test is not there.
Sections are those of the design's checklist of standards.
"""

TAIL = """
## Outside this table

The audit of a zone's own data and servers (RFC 7344, 7477, 7583, 8078, 8901, 9471, 9615, 9859, 9975), verification of whole zones
(RFC 8976) and the drafts on DELEG and on algorithms without a number are no part of the verdict; [not-yet.md](not-yet.md) says what of them is missing.
The live tests (`tests/live`) put most of these requirements to real servers and to other validators; they are not listed row by row.
"""


def read_requirements(problems):
    """Returns [(title, is_free, [(id, phrase, function)])]."""
    sections, known = [], set()
    for number, line in enumerate(REQUIREMENTS.read_text().splitlines(), 1):
        if line.startswith("## "):
            title = line[3:].strip()
            sections.append((title.removesuffix("(free)").strip(), title.endswith("(free)"), []))
        elif line and not line.startswith("#"):
            fields = [field.strip() for field in line.split("|")]
            if len(fields) != 3 or not sections or fields[0] in known or not all(fields):
                problems.append(f"requirements.txt:{number}: not a new row of three fields")
                continue
            known.add(fields[0])
            sections[-1][2].append(tuple(fields))
    return sections


def proofs_in(path, problems):
    """Yields (id, test name) for every Proves comment of one file."""
    lines = path.read_text().splitlines()
    shown = path.relative_to(ROOT)
    at = 0
    while at < len(lines):
        start = re.match(r"\s*// Proves (.*)$", lines[at])
        if not start:
            at += 1
            continue
        first, text = at + 1, start.group(1)
        while text.endswith(",") and at + 1 < len(lines) and lines[at + 1].strip().startswith("//"):
            at += 1
            text += " " + lines[at].strip()[2:].strip()
        at += 1
        while at < len(lines) and lines[at].startswith("//") and "// Proves" not in lines[at]:
            at += 1
        test = re.match(r"TEST(?:_F|_P)?\((\w+), (\w+)\)", lines[at]) if at < len(lines) else None
        if not test:
            problems.append(f"{shown}:{first}: no TEST right below this comment")
            continue
        for requirement in text.rstrip(".").split(","):
            yield requirement.strip(), f"{test.group(1)}.{test.group(2)}", f"{shown}:{first}"


def collect_tests(known, problems):
    tests = {}
    for path in sorted(ROOT.glob("tests/**/*.cc")):
        for requirement, test, where in proofs_in(path, problems):
            if requirement not in known:
                problems.append(f"{where}: {requirement} is in no row of requirements.txt")
            row = tests.setdefault(requirement, [])
            if test not in row:
                row.append(test)
    return tests


def check_function(requirement, where, problems):
    file, _, function = where.partition(":")
    path = ROOT / file
    if not path.is_file():
        problems.append(f"{requirement}: {file} does not exist")
    elif not re.search(r"(?<![\w.>])(?:\w+::)*" + re.escape(function) + r"\(", re.sub(r"//.*", "", path.read_text())):
        problems.append(f"{requirement}: {file} has no function {function}")


def document(sections, tests, problems):
    out = [HEAD]
    count = {"rows": 0, "proven": 0, "na": 0}
    for title, is_free, rows in sections:
        out.append(f"\n## {title}\n\n| requirement | asks | obeyed by | proven by |\n|---|---|---|---|\n")
        for requirement, phrase, where in rows:
            proofs = tests.get(requirement, [])
            count["rows"] += 1
            if where.startswith("n/a:"):
                count["na"] += 1
                if proofs:
                    problems.append(f"{requirement}: marked n/a, and yet proven by {proofs[0]}")
                out.append(f"| {requirement} | {phrase} | – | not applicable: {where[4:].strip()} |\n")
                continue
            check_function(requirement, where, problems)
            if proofs:
                count["proven"] += 1
            elif not is_free:
                problems.append(f"{requirement}: no test proves it")
            file, _, function = where.partition(":")
            shown = "<br>".join(f"`{test}`" for test in proofs) or "–"
            out.append(f"| {requirement} | {phrase} | `{file}` `{function}` | {shown} |\n")
    out.append(TAIL)
    out.append(f"\n{count['rows']} requirements: {count['proven']} proven, {count['na']} not applicable.\n")
    return "".join(out)


def main(arguments):
    problems = []
    sections = read_requirements(problems)
    known = {row[0] for section in sections for row in section[2]}
    text = document(sections, collect_tests(known, problems), problems)
    if arguments == ["--write"]:
        DOCUMENT.write_text(text)
    elif arguments != ["--check"]:
        print(__doc__, file=sys.stderr)
        return 2
    elif not DOCUMENT.is_file() or DOCUMENT.read_text() != text:
        problems.append("docs/conformance.md is not what the table says: tests/conformance/table.py --write")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(text.splitlines()[-1])
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
