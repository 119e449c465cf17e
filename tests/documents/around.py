#!/usr/bin/env python3
"""Do man pages and completions say what the option table says, to the programs that read them?

usage: around.py TRUSTWALK

scdoc makes the pages, man formats them without a warning; bash and fish complete in earnest, zsh parses. What -h of each verb
offers is the measure. 77 where scdoc or a shell is missing.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

missing = [program for program in ("scdoc", "groff", "bash", "fish", "zsh") if shutil.which(program) is None]
if missing:
    print("skipped: not installed:", *missing)
    sys.exit(77)

PAGES = ("trustwalk.1", "check_trustwalk.1", "trustwalk-json.5", "trustwalk.toml.5", "trustwalk-findings.7")
faults = []


def said(*words, **options):
    return subprocess.run(words, capture_output=True, text=True, timeout=120, **options)


def verbs_of(trustwalk):
    return re.findall(r"^  ([a-z]+) +\S", said(trustwalk, "-h").stdout.split("\n\nWithout a verb")[0], re.M)


def options_of(trustwalk, verb):
    """The options and flags that -h of the verb shows."""
    text = said(trustwalk, verb, "-h").stdout
    names = set()
    for line in text.splitlines():
        head = re.match(r"^ {1,2}((?:--?[A-Za-z0-9-]+(?:, )?)+)(?: |$)", line)
        if head:
            names.update(head[1].split(", "))
        flag = re.match(r"^  (\+[a-z]+=?)", line)
        if flag:
            names.add(flag[1])
    return names


def pages(trustwalk, verbs):
    for page in PAGES:
        source = said(trustwalk, "explain", "--man", page).stdout
        made = said("scdoc", input=source)
        if made.returncode != 0:
            faults.append(f"{page}: scdoc: {made.stderr}")
            continue
        shown = said("groff", "-man", "-Tutf8", "-ww", "-P-cbou", "-rLL=200n", input=made.stdout)
        if shown.returncode != 0 or shown.stderr:
            faults.append(f"{page}: groff: {shown.stderr}")
        text = re.sub("[\u2010\u2212]", "-", shown.stdout)
        if page == "trustwalk.1":
            for verb in verbs:
                if verb != "probe" and f"trustwalk {verb}" not in text:
                    faults.append(f"{page}: nothing of {verb}")
                for option in options_of(trustwalk, verb) if verb != "probe" else ():
                    if not re.search(rf"(^|[\s,]){re.escape(option)}\b" if option[-1] != "=" else re.escape(option), text):
                        faults.append(f"{page}: {verb} has {option}")
        if page == "check_trustwalk.1":
            for option in options_of(trustwalk, "probe"):
                if not re.search(rf"(^|[\s,]){re.escape(option)}\b", text):
                    faults.append(f"{page}: there is {option}")
        if page == "trustwalk-findings.7":
            for line in said(trustwalk, "explain", "list").stdout.splitlines():
                slug = re.match(r"^ *([a-z0-9]+(?:-[a-z0-9]+)+)\b", line)
                if slug and not re.search(rf"^\s+{slug[1]}$", text, re.M):
                    faults.append(f"{page}: nothing of {slug[1]}")


def bash_completes(file, line, index):
    words = " ".join(f"'{word}'" for word in line)
    script = f"source {file}; COMP_WORDS=({words}); COMP_CWORD={index}; _trustwalk; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    run = said("bash", "--norc", "-c", script)
    if run.stderr:
        faults.append(f"bash: {line}: {run.stderr}")
    return set(run.stdout.split())


def expect(found, wanted, what):
    if not set(wanted) <= found:
        faults.append(f"{what}: lacks {sorted(set(wanted) - found)[:8]}")


def bash(trustwalk, verbs, folder):
    file = os.path.join(folder, "trustwalk.bash")
    with open(file, "w") as out:
        out.write(said(trustwalk, "explain", "--completion", "bash").stdout)
    if said("bash", "-n", file).returncode != 0:
        faults.append("bash: does not parse")
    expect(bash_completes(file, ["trustwalk", ""], 1), verbs, "bash: verbs")
    for verb in verbs:
        expect(bash_completes(file, ["trustwalk", verb, ""], 2), options_of(trustwalk, verb), f"bash: {verb}")
    expect(bash_completes(file, ["check_trustwalk", "--"], 1), {o for o in options_of(trustwalk, "probe") if o[:2] == "--"},
           "bash: check_trustwalk")
    if bash_completes(file, ["trustwalk", "replay", "--format", "js"], 3) != {"json"}:
        faults.append("bash: --format js is json")
    if bash_completes(file, ["trustwalk", "check", "--expect", "in"], 3) != {"insecure", "indeterminate"}:
        faults.append("bash: --expect in")
    if bash_completes(file, ["trustwalk", "explain", "zone-signed-by-w"], 2) != {"zone-signed-by-wrong-key"}:
        faults.append("bash: slugs")


def fish(trustwalk, verbs, folder):
    file = os.path.join(folder, "trustwalk.fish")
    with open(file, "w") as out:
        out.write(said(trustwalk, "explain", "--completion", "fish").stdout)
    asked = [f"trustwalk {verb} -" for verb in verbs] + ["trustwalk ", "trustwalk check --color "]
    script = f"source {file}; " + "; ".join(f"echo '== {line}'; complete -C '{line}'" for line in asked)
    run = said("fish", "--no-config", "-c", script, env={**os.environ, "HOME": folder})
    if run.stderr:
        faults.append(f"fish: {run.stderr}")
    answers = {}
    for line in run.stdout.splitlines():
        if line.startswith("== "):
            current = answers.setdefault(line[3:], set())
        else:
            current.add(line.split("\t")[0])
    expect(answers["trustwalk "], verbs, "fish: verbs")
    expect(answers["trustwalk check --color "], ("auto", "always", "never"), "fish: --color")
    for verb in verbs:
        expect(answers[f"trustwalk {verb} -"], {o for o in options_of(trustwalk, verb) if o.startswith("--")}, f"fish: {verb}")


def zsh(trustwalk, verbs, folder):
    file = os.path.join(folder, "_trustwalk")
    text = said(trustwalk, "explain", "--completion", "zsh").stdout
    with open(file, "w") as out:
        out.write(text)
    parsed = said("zsh", "-f", "-n", file)
    if parsed.returncode != 0 or parsed.stderr:
        faults.append(f"zsh: {parsed.stderr}")
    for verb in verbs:
        part = text[text.index(f"\n  {verb})"):]
        part = part[:part.index(";;")]
        specs = set(re.findall(r"^    '\*(--?[A-Za-z0-9-]+)\[", part, re.M))
        expect(specs, {o for o in options_of(trustwalk, verb) if not o.startswith("+")}, f"zsh: {verb}")


def main(trustwalk):
    trustwalk = os.path.abspath(trustwalk)
    verbs = verbs_of(trustwalk)
    if len(verbs) < 10:
        faults.append(f"-h shows only {verbs}")
    pages(trustwalk, verbs)
    with tempfile.TemporaryDirectory() as folder:
        bash(trustwalk, verbs, folder)
        fish(trustwalk, verbs, folder)
        zsh(trustwalk, verbs, folder)
    print("\n".join(faults) or f"{len(verbs)} verbs, {len(PAGES)} pages, 3 shells: all as in the option table")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
