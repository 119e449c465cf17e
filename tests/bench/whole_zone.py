#!/usr/bin/env python3
"""Whole zones, judged by trustwalk and by the others, of the same files in the same run: wall time, processor time, peak
memory, and ratios. The floor is bare OpenSSL: as many verifications as the zone has signatures, on all cores at once.

usage: whole_zone.py [--names N,N…] [--algorithms 13,8] [--turns N] [--mix] [--keep FOLDER]
Default: 100,000 names of algorithm 13 and 20,000 of RSA-2048; a million: --names 1000000 --turns 1.
Programs: TRUSTWALK, and signed_zone in TRUSTWALK_BUILD_DIR (./dev bench sets both). Prints a table; judges nothing, and
fails only where one of the programs refuses a zone that is good.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ORIGIN = "bench.test."
BUILD = pathlib.Path(os.environ.get("TRUSTWALK_BUILD_DIR", "build/bench"))
TRUSTWALK = os.environ.get("TRUSTWALK", str(BUILD / "trustwalk"))
os.environ["PATH"] += ":/usr/local/sbin:/usr/sbin:/sbin"


class Cost:
    """Of one program: the least of its turns, since whatever else runs on the machine only adds."""

    def __init__(self):
        self.wall = self.cpu = self.memory = float("inf")
        self.status = None

    def take(self, wall, usage, status):
        self.wall = min(self.wall, wall)
        self.cpu = min(self.cpu, usage.ru_utime + usage.ru_stime)
        self.memory = min(self.memory, usage.ru_maxrss / 1024)
        self.status = status


def measure(command, cost, log):
    begin = time.monotonic()
    with open(log, "wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    cost.take(time.monotonic() - begin, usage, child.returncode)


def floor(algorithm, signatures):
    """Seconds that OpenSSL needs for that many verifications on all cores, by its own account."""
    name = "ecdsap256" if algorithm == 13 else "rsa2048"
    said = subprocess.run(["openssl", "speed", "-seconds", "2", "-multi", str(os.cpu_count()), name],
                          capture_output=True, text=True, check=True).stdout
    a_second = float(re.findall(r"([0-9.]+)\s*$", said.strip().splitlines()[-1])[0])
    return signatures / a_second


def has_verb_zone():
    return subprocess.run([TRUSTWALK, "zone", "--help"], capture_output=True).returncode == 0


def kzonesign(zone, folder):
    """--verify reads a configuration; its data base of keys stays empty."""
    config = folder / "knot.conf"
    config.write_text(f'database:\n  storage: "{folder}/knot"\nzone:\n  - domain: {ORIGIN}\n    file: "{zone}"\n'
                      "    dnssec-validation: on\n    journal-content: none\n")
    return ["kzonesign", "-c", str(config), "--verify", ORIGIN]


def programs(zone, folder):
    rows = []
    if has_verb_zone():
        rows += [("trustwalk zone", [TRUSTWALK, "zone", str(zone), "-k", f"{zone}.key"]),
                 ("trustwalk zone, one thread", [TRUSTWALK, "zone", str(zone), "-k", f"{zone}.key", "--jobs", "1"])]
    else:
        print("  (this trustwalk has no verb zone)")
    others = [("ldns-verify-zone", ["ldns-verify-zone", "-k", f"{zone}.key", str(zone)]),
              ("dnssec-verify", ["dnssec-verify", "-q", "-o", ORIGIN, str(zone)]),
              ("kzonecheck -d on", ["kzonecheck", "-o", ORIGIN, "-d", "on", str(zone)]),
              ("kzonesign --verify", kzonesign(zone, folder)),
              ("nsd-checkzone (reads only)", ["nsd-checkzone", ORIGIN, str(zone)])]
    for name, command in others:
        if shutil.which(command[0]):
            rows.append((name, command))
        else:
            print(f"  ({command[0]} is not installed)")
    return rows


def make(wish, algorithm, names, folder):
    zone = folder / f"zone-{algorithm}-{names}{'-mix' if wish.mix else ''}"
    if not zone.exists():
        command = [str(BUILD / "signed_zone"), "--names", str(names), "--algorithm", str(algorithm), "-o", str(zone)]
        subprocess.run(command + (["--mix"] if wish.mix else []), check=True)
    with open(zone, "rb") as text:
        return zone, sum(b"\tRRSIG\t" in line or b" RRSIG " in line for line in text)


def row(name, cost, best, bare):
    ratio = f"{cost.wall / best:9.2f}" if best else " " * 9
    print(f"  {name:<30}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.memory:9.0f}{ratio}{cost.wall / bare:9.2f}{cost.status:8}")


def judged(wish, algorithm, names, folder):
    zone, signatures = make(wish, algorithm, names, folder)
    print(f"\n{names} names, algorithm {algorithm}{', mixed' if wish.mix else ''}: {signatures} signatures,"
          f" {zone.stat().st_size / 1e6:.0f} MB")
    bare = floor(algorithm, signatures)
    rows = [(name, command, Cost()) for name, command in programs(zone, folder)]
    for _ in range(wish.turns):
        for name, command, cost in rows:
            measure(command, cost, folder / (re.sub(r"\W+", "-", name) + ".log"))
    verifiers = [cost for name, _, cost in rows if not name.startswith(("trustwalk", "nsd"))]
    best = min((cost.wall for cost in verifiers if cost.status == 0), default=None)
    print(f"  {'':<30}{'wall s':>9}{'CPU s':>9}{'MB':>9}{'/best':>9}{'/bare':>9}{'status':>8}")
    for name, _, cost in rows:
        row(name, cost, best, bare)
    print(f"  {'bare OpenSSL, ' + str(os.cpu_count()) + ' cores':<30}{bare:9.2f}{bare * os.cpu_count():9.2f}")
    if cost := next((cost for name, _, cost in rows if name == "trustwalk zone"), None):
        print(f"  wall: 1/{best / cost.wall:.1f} of the best verifier (aim 1/5), {cost.wall / bare:.2f} of bare OpenSSL"
              f" (aim {'0.6' if algorithm == 13 else '1.5'}); memory {cost.memory:.0f} MB, the others from"
              f" {min(each.memory for each in verifiers):.0f}; {1e6 * cost.cpu / names:.1f} µs of processor time a name\n"
              f"  processor time: 1/{min(each.cpu for each in verifiers) / cost.cpu:.1f} of the least of the others")
    return [(name, folder) for name, _, cost in rows if cost.status != 0]


def main():
    read = argparse.ArgumentParser(add_help=True)
    read.add_argument("--names", default="")
    read.add_argument("--algorithms", default="13,8")
    read.add_argument("--turns", type=int, default=2)
    read.add_argument("--mix", action="store_true")
    read.add_argument("--keep", default="")
    wish = read.parse_args()
    refused = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(wish.keep or temporary).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        for algorithm in map(int, wish.algorithms.split(",")):
            for names in map(int, (wish.names or ("100000" if algorithm == 13 else "20000")).split(",")):
                refused += judged(wish, algorithm, names, folder)
        for name, _ in refused:
            print(f"whole_zone: {name} does not accept the zone", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
