#!/usr/bin/env python3
"""The pictures of docs/: screenshots of reports of recorded worlds. By hand: screenshots.py TRUSTWALK (then look at them)."""

import json
import pathlib
import subprocess
import sys
import tempfile

import browser
import pages

# file, fixture, format, width, height, scheme
SHOTS = (
    ("report-desktop.png", "guide-expired", "html", 1100, 1000, "light"),
    ("report-dark.png", "server-stale", "html", 1100, 1000, "dark"),
    ("report-phone.png", "zone-partly-expired", "html", 390, 844, "light"),
    ("timeline.png", "server-stale", "timeline", 960, 0, "light"),
)


def main():
    chromium = browser.Browser(browser.program())
    with tempfile.TemporaryDirectory() as folder:
        for name, fixture, form, width, height, scheme in SHOTS:
            world = pages.TOP / "fixtures" / fixture
            page = pathlib.Path(folder) / f"{fixture}.{'html' if form == 'html' else 'svg'}"
            now = json.loads((world / "expect.json").read_text())["now"]
            subprocess.run([sys.argv[1], "replay", str(world / "evidence.json"), "--at", now, "--format", form, "-o", str(page)])
            chromium.show(width, height or 600, scheme)
            chromium.open(page.as_uri())
            if height == 0:
                chromium.show(width, int(chromium.run("+document.documentElement.getAttribute('height')")), scheme)
            chromium.picture(pages.TOP / "docs" / name, whole=False)
    chromium.close()


if __name__ == "__main__":
    main()
