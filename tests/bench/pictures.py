#!/usr/bin/env python3
"""CPU of the whole program from a recording to a picture: user and system time of the child, the least and the median of many runs."""

import json
import os
import pathlib
import resource
import statistics
import subprocess

TOP = pathlib.Path(os.environ.get("TRUSTWALK_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
TRUSTWALK = os.environ.get("TRUSTWALK", str(TOP / "build/bench/trustwalk"))


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def milliseconds(world, form, runs=41):
    now = json.loads((world / "expect.json").read_text())["now"]
    out = []
    for _ in range(runs):
        before = cpu()
        subprocess.run([TRUSTWALK, "replay", str(world / "evidence.json"), "--at", now, "--format", form],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        out.append(1000 * (cpu() - before))
    return min(out), statistics.median(out)


for name in ("default", "zone-partly-expired", "multi-signer-present"):
    for form in ("short", "dot", "timeline", "svg", "html"):
        least, median = milliseconds(TOP / "fixtures" / name, form)
        print(f"{name:24} {form:9} {least:6.1f} ms CPU at least, {median:6.1f} mostly")
