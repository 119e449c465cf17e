#!/usr/bin/python3
"""docs/versus-dnsviz.md: trustwalk and dnsviz on the same recorded worlds, each with a fault planted in it.

    versus_dnsviz.py TRUSTWALK --write    measures and writes the document
    versus_dnsviz.py TRUSTWALK --check    status 1 if what does not depend on the machine is another than the document says;
                                          77 if dnsviz is not installed
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FIXTURES = os.path.join(ROOT, "fixtures")
DOCUMENT = os.path.join(ROOT, "docs", "versus-dnsviz.md")

HEAD = """# trustwalk and dnsviz on the same evidence

Made by `tests/documents/versus_dnsviz.py`, not by hand: every recorded world of `fixtures/` that has a fault planted in it, judged by
`trustwalk replay` and, as a file of `dnsviz probe` with the same replies in it, by `dnsviz grok` 0.9.4 at the same time with the same
anchor. Worlds that are judged with options of their own, and those whose file grok cannot be given an anchor for, are left out.

- **cause** is what was planted, in our words (`trustwalk explain SLUG`).
- **first line**: of our result. `yes`: it names the planted fault. `first`: the fault breaks nothing, so no cause is named, and it is the
  first finding listed. `folded under X`: it is a fault by another name: the rule of the root cause (a record's failure before what its
  failure does, the parent before its child's denial, the target before the alias) names X, as one line. `beside X`: the answer is insecure,
  and the first line says why (X); the fault, which breaks nothing, stands below. `listed`: below other facts of the same rank.
  grok's result has no first line: it is a tree of the zones.
- **ours**: findings on the page, and those that are folded away as consequences of them.
- **theirs**: errors and warnings that grok prints, repeats counted.
- **their code**: whether grok has a code for the cause and raises it (`raised`, `not raised`), or has none (`no code`). Where the
  verdicts differ, theirs stands there too; why, says [differences.txt](../tests/dnsviz/differences.txt).
- **queries**: questions in the recording, the same for both: grok sees what we asked, not what its own probe would ask besides.
  Live runs of both on one wire: `tests/bench/beside_dnsviz.cc`.
- **ms**: time of our whole program / of grok alone, without the start of Python; the only columns that depend on the machine.

| world | verdict | cause | first line | ours | theirs | their code | queries | ms |
|---|---|---|---|---|---|---|---|---|
"""

# Codes of 0.9.4 that 0.11.1, after which the catalogue is made, spells otherwise.
RENAMED = {"NOT_AUTHORITATVE": ["NOT_AUTHORITATIVE"],
           "ORIGINAL_TTL_EXCEEDED": ["ORIGINAL_TTL_EXCEEDED_RRSET", "ORIGINAL_TTL_EXCEEDED_RRSIG"],
           "NO_NS_IN_PARENT": ["NO_NS_IN_PARENT_NXDOMAIN", "NO_NS_IN_PARENT_NODATA"]}


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)


def worlds():
    for name in sorted(os.listdir(FIXTURES)):
        folder = os.path.join(FIXTURES, name)
        evidence = os.path.join(folder, "evidence.json")
        if not os.path.exists(evidence) or name == "default":
            continue
        with open(os.path.join(folder, "expect.json"), encoding="utf-8") as file:
            expected = json.load(file)
        cause = expected.get("slug") or expected.get("cause")
        if cause and not expected.get("options"):
            yield name, evidence, cause


def dnsviz_codes():
    """slug -> codes, out of docs/findings.md, whose table is the catalogue's."""
    codes = {}
    with open(os.path.join(ROOT, "docs", "findings.md"), encoding="utf-8") as file:
        for line in file:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if line.startswith("| `") and len(cells) >= 10:
                codes[cells[0].strip("`")] = [] if cells[-1] in ("-", "") else cells[-1].split(", ")
    return codes


def judge(trustwalk, evidence):
    began = time.perf_counter()
    outcome = run([trustwalk, "replay", evidence, "--format", "json"])
    seconds = time.perf_counter() - began
    return json.loads(outcome.stdout), seconds


def rows(trustwalk):
    codes = dnsviz_codes()
    found, files = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, evidence, cause in worlds():
            ours, seconds = judge(trustwalk, evidence)
            path = os.path.join(folder, name + ".json")
            made = run([os.path.join(os.path.dirname(trustwalk), "dnsviz_of"), evidence])
            with open(path, "w", encoding="utf-8") as file:
                file.write(made.stdout)
            files.append(path)
            found.append((name, cause, ours, seconds))
        said = run(["/usr/bin/python3", os.path.join(ROOT, "tests", "lab", "run_dnsviz.py"), "assess"] + files)
    theirs = [json.loads(line) for line in said.stdout.splitlines()]
    for (name, cause, ours, seconds), grok in zip(found, theirs):
        yield row(name, cause, ours, grok, codes, seconds)


def row(name, cause, ours, grok, codes, seconds):
    causes = [ours["findings"][index]["slug"] for index in ours["causes"]]
    folded = sum(1 for finding in ours["findings"] if finding["consequence_of"] is not None)
    raised = {new for _, _, code in grok["codes"] for new in RENAMED.get(code, [code])}
    wanted = codes.get(cause, [])
    code = "no code" if not wanted else "raised" if raised & set(wanted) else "not raised"
    if "failed" in grok:
        code = "grok dies"
    elif grok["status"] not in ("", ours["verdict"]):
        code += ', "%s"' % grok["status"]
    first = place_of(cause, causes, ours["findings"])
    shown = "-" if "failed" in grok else str(grok["shown"])
    stable = [name, ours["verdict"], "`%s`" % cause, first, "%d+%d" % (len(ours["findings"]) - folded, folded), shown,
              code, str(ours["stats"]["queries"])]
    return stable, seconds * 1000, grok.get("seconds", 0) * 1000


def place_of(cause, causes, findings):
    if causes[:1] == [cause]:
        return "yes"
    if not causes and [f["slug"] for f in findings if f["consequence_of"] is None][:1] == [cause]:
        return "first"
    mine = [f for f in findings if f["slug"] == cause]
    if not mine:
        return "no"
    if all(f["consequence_of"] is not None for f in mine):
        return "folded under `%s`" % findings[mine[0]["consequence_of"]]["slug"]
    return "beside `%s`" % causes[0] if causes else "listed"


def line_of(stable, ours_ms, theirs_ms):
    return "| %s | %.0f / %s |" % (" | ".join(stable), ours_ms, "%.0f" % theirs_ms if theirs_ms else "-")


def totals(all_rows):
    shown = [int(stable[4].split("+")[0]) for stable, _, _ in all_rows]
    named, first = (sum(1 for stable, _, _ in all_rows if stable[3] == word) for word in ("yes", "first"))
    other = len(all_rows) - named - first
    raised = sum(1 for stable, _, _ in all_rows if stable[6].startswith("raised"))
    theirs = [int(stable[5]) for stable, _, _ in all_rows if stable[5] != "-"]
    ours_ms = statistics.median(ours for _, ours, _ in all_rows)
    theirs_ms = statistics.median(theirs_ms for _, _, theirs_ms in all_rows if theirs_ms)
    return ("\n%d worlds: our first line names the planted fault in %d; in %d it breaks nothing and is the first finding listed; of the other %d "
            "the table says\nwhat stands before it. grok raises a code for it in %d. On the page stand %d findings of "
            "ours (median %d a world)\nand %d errors and warnings of grok's (median %d). "
            % (len(all_rows), named, first, other, raised, sum(shown), statistics.median(shown), sum(theirs), statistics.median(theirs)),
            "Median time: %.0f ms of ours, start of the program included, beside %.0f ms.\n" % (ours_ms, theirs_ms))


def without_times(text):
    kept = []
    for line in text.splitlines():
        if line.startswith("| ") and line.count("|") > 9:
            line = line.rsplit("|", 2)[0]
        kept.append(line.split("Median time:")[0].rstrip())
    return kept


def main():
    trustwalk, wish = os.path.abspath(sys.argv[1]), sys.argv[2]
    if not os.path.exists("/usr/bin/dnsviz"):
        print("dnsviz is not installed")
        sys.exit(1 if os.environ.get("TRUSTWALK_REQUIRE_SERVERS") == "1" else 77)
    all_rows = list(rows(trustwalk))
    words, times = totals(all_rows)
    text = HEAD + "\n".join(line_of(*each) for each in all_rows) + "\n" + words + times
    if wish == "--write":
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(text)
        return
    with open(DOCUMENT, encoding="utf-8") as file:
        written = without_times(file.read())
    made = without_times(text)
    if written == made:
        return
    for line in sorted(set(made) ^ set(written)):
        print(("made    " if line in made else "written ") + line)
    print("docs/versus-dnsviz.md is outdated: tests/documents/versus_dnsviz.py %s --write" % sys.argv[1])
    sys.exit(1)


if __name__ == "__main__":
    main()
