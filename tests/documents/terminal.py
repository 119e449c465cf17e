#!/usr/bin/env python3
"""What a terminal shows: the report at 40 to 200 columns, colour only where it is wanted, and the line of progress, which
comes with a slow run, stays inside the terminal and is gone at the end. Terminals are ptys of the kernel.

usage: terminal.py TRUSTWALK
"""

import concurrent.futures
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

TOP = pathlib.Path(__file__).resolve().parents[2]
TRUSTWALK = sys.argv[1]
ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
WIDTHS = (40, 80, 132, 200)
WORLDS = ("default", "guide-expired", "zone-partly-expired", "alias-leads-to-bogus", "server-stale", "delegation-insecure")
faults = []


def check(holds, text):
    if not holds:
        faults.append(text)


class Terminal:
    """One end of a pty; the other is a program's."""

    def __init__(self, width):
        self.ours, self.its = pty.openpty()
        fcntl.ioctl(self.its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
        mode = termios.tcgetattr(self.its)
        mode[1] &= ~termios.OPOST  # line ends stay as they are written
        termios.tcsetattr(self.its, termios.TCSANOW, mode)


def run(words, out=None, err=None, **environment):
    """stdout and stderr of a run; `out`, `err`: the width of a terminal there, else a pipe."""
    ends = {name: Terminal(width) if width else None for name, width in (("out", out), ("err", err))}
    variables = {**{key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS", "TERM")},
                 "TERM": "xterm", **environment}
    process = subprocess.Popen([TRUSTWALK, *words], stdin=subprocess.DEVNULL, env=variables,
                               stdout=ends["out"].its if out else subprocess.PIPE,
                               stderr=ends["err"].its if err else subprocess.PIPE)
    reading = {}
    for name, pipe in (("out", process.stdout), ("err", process.stderr)):
        if ends[name]:
            os.close(ends[name].its)
        reading[ends[name].ours if ends[name] else pipe.fileno()] = name
    heard = {"out": b"", "err": b""}
    while reading:
        for descriptor in select.select(list(reading), [], [])[0]:
            try:
                octets = os.read(descriptor, 65536)
            except OSError:  # EIO: the other end of the pty is closed
                octets = b""
            if octets:
                heard[reading[descriptor]] += octets
            else:
                del reading[descriptor]
    process.wait()
    for end in ends.values():
        if end:
            os.close(end.ours)
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
    return heard["out"].decode(), heard["err"].decode()


def columns(text):
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)
    return wide


def replay(name, *more):
    world = TOP / "fixtures" / name
    expected = json.loads((world / "expect.json").read_text())
    return ["replay", str(world / "evidence.json"), "--at", expected["now"], *expected.get("options", []), *more]


def widths():
    """Folded between words to the terminal's width; a line beyond it is one that could not be folded."""
    for name in WORLDS:
        for width in WIDTHS:
            text = ESCAPE.sub("", run(replay(name), out=width)[0])
            for line in text.splitlines():
                if columns(line) <= width:
                    continue
                body = re.sub(r"^[ │├└─]*(?:[a-z]+|DS|DNSKEY|no DS)?\s+", "", line)
                pasted = re.match(r"^ {10}\S", line)  # commands are never folded
                check(pasted or " " not in body.strip(), f"{name} at {width}: {columns(line)} columns: {line}")
        narrow, wide = (run(replay(name), out=width)[0].count("\n") for width in (40, 200))
        check(narrow > wide, f"{name}: as many lines at 40 columns as at 200")


def colours():
    words = replay("guide-expired")
    for title, wanted, kind in (
        ("a terminal", True, {"out": 80}),
        ("no terminal", False, {}),
        ("a dumb terminal", False, {"out": 80, "TERM": "dumb"}),
        ("NO_COLOR", False, {"out": 80, "NO_COLOR": "1"}),
        ("an empty NO_COLOR", True, {"out": 80, "NO_COLOR": ""}),
    ):
        out, err = run(words, **kind)
        check(("\x1b" in out) == wanted, f"colour: {title}")
        check("\x1b" not in err, f"{title}: escape sequences on stderr: {err!r}")
        check("\x1b" not in run(words + ["--color", "never"], **kind)[0], f"--color never: {title}")
        check("\x1b" in run(words + ["--color", "always"], **kind)[0], f"--color always: {title}")
    plain = run(words, out=80, NO_COLOR="1")[0]
    check(ESCAPE.sub("", run(words, out=80)[0]) == plain, "colour changes more than colour")


class Screen:
    """What a terminal makes of \\r, erase to the end of the line, and letters; the widest line it had to show."""

    def __init__(self, text):
        self.line, self.at, self.widest, self.shown = [], 0, 0, []
        for part in re.findall(r"\x1b\[K|\r|\n|[^\x1b\r\n]+", text):
            if part == "\r":
                self.at = 0
            elif part == "\n":
                self.line, self.at = [], 0
            elif part == "\x1b[K":
                del self.line[self.at:]
            else:
                self.line[self.at:self.at + len(part)] = part
                self.at += len(part)
                self.widest = max(self.widest, self.at)
                self.shown.append("".join(self.line))


def silent_servers():
    """One port at two loopback addresses; the kernel may have given it to somebody else at the second."""
    for attempt in range(20):
        sockets, port = [socket.socket(socket.AF_INET, kind) for kind in 2 * (socket.SOCK_STREAM, socket.SOCK_DGRAM)], 0
        try:
            for number, one in enumerate(sockets):
                one.bind((f"127.0.0.{1 + number // 2}", port))
                port = one.getsockname()[1]
                if one.type == socket.SOCK_STREAM:
                    one.listen(64)
            return port, sockets
        except OSError:
            for one in sockets:
                one.close()
    raise RuntimeError("no port is free")


def progress():
    """A walk whose root servers keep silent: two of them, on loopback addresses of this process, by UDP and by TCP."""
    port, sockets = silent_servers()
    name = "xn--bcher-kva." + "a-rather-long-label." * 6 + "example"
    with tempfile.TemporaryDirectory() as folder:
        hints = pathlib.Path(folder) / "hints"
        hints.write_text(". 3600 NS a.root.\n. 3600 NS b.root.\na.root. 3600 A 127.0.0.1\nb.root. 3600 A 127.0.0.2\n")
        words = ["check", name, "A", "--hints", str(hints), "-p", str(port), "--timeout", "1.2", "--retries", "0", "--deadline", "1.5"]
        cases = {"40": {"err": 40}, "80": {"err": 80}, "200": {"err": 200}, "pipe": {}, "dumb": {"err": 80, "TERM": "dumb"},
                 "never": {"err": 80}, "always": {}, "fast": {"err": 80}}
        more = {"never": ["--progress", "never"], "always": ["--progress", "always"]}
        with concurrent.futures.ThreadPoolExecutor(len(cases)) as pool:
            runs = {title: pool.submit(run, ["explain", "list"] if title == "fast" else words + more.get(title, []), **kind)
                    for title, kind in cases.items()}
        heard = {title: one.result()[1] for title, one in runs.items()}
        for title in ("pipe", "dumb", "never", "fast"):
            check("\x1b" not in heard[title] and "servers" not in heard[title], f"progress, {title}: {heard[title]!r}")
        for title in ("40", "80", "200", "always"):
            screen = Screen(heard[title])
            check(any(re.search(r"^\. \d/2 servers", line) for line in screen.shown), f"progress, {title}: {heard[title]!r}")
            check(screen.line == [], f"progress, {title}: stays at the end: {''.join(screen.line)}")
            check(screen.widest < int(title if title.isdigit() else 80), f"progress, {title}: {screen.widest} columns")
    for one in sockets:
        one.close()


widths()
colours()
progress()
print("\n".join(faults) or "terminals: nothing to complain of")
sys.exit(1 if faults else 0)
