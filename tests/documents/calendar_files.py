#!/usr/bin/env python3
"""Are the calendars of `rollover --format ics` read as they are meant, by a reader that is not ours (python3-icalendar)?

usage: calendar_files.py TRUSTWALK
"""
import glob
import json
import os
import subprocess
import sys

try:
    import icalendar
except ImportError:
    print("skipped: python3-icalendar is not installed")
    sys.exit(77)

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def shown(program, files, form):
    run = subprocess.run([program, "rollover", *files, "--format", form], cwd=TOP, capture_output=True, timeout=60, check=False)
    assert run.returncode in (0, 10), run.stderr
    return run.stdout


def check(program, files):
    octets = shown(program, files, "ics")
    lines = octets.split(b"\r\n")
    assert lines.pop() == b"" and not any(b"\n" in line or b"\r" in line for line in lines), "lines end in CRLF"
    assert all(len(line) <= 75 for line in lines), "at most 75 octets (RFC 5545 3.1)"
    for line in lines:
        line.decode("utf-8")  # no character is cut in two
    calendar = icalendar.Calendar.from_ical(octets)
    assert str(calendar["VERSION"]) == "2.0" and calendar["PRODID"]
    events = calendar.walk("VEVENT")
    verdict = json.loads(shown(program, files, "json"))
    steps = [step for phase in verdict["phases"] for step in phase["steps"] if step["not_before"]]
    assert len(events) == len(steps), (files, len(events), len(steps))
    assert len({str(event["UID"]) for event in events}) == len(events), "each event its own UID"
    for event, step in zip(events, steps):
        assert event["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M:%SZ") == step["not_before"], files
        assert event["DTSTAMP"].dt.strftime("%Y-%m-%dT%H:%M:%SZ") == verdict["now"], files
        assert step["text"] in str(event["SUMMARY"]), (step["text"], event["SUMMARY"])
        assert "\n" in str(event["DESCRIPTION"]), "an escaped line end is one"
    return len(events)


def main(program):
    folder = os.path.join(TOP, "docs", "rollover")
    stories = sorted({os.path.basename(path).rsplit("-", 1)[0] for path in glob.glob(folder + "/*.json")})
    events = calendars = 0
    for story in stories:
        files = sorted(glob.glob(f"{folder}/{story}-*.json"))
        for count in range(1, len(files) + 1):
            events += check(program, files[:count])
            calendars += 1
    print(f"{calendars} calendars, {events} events")
    return 0 if events >= len(stories) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
