"""The Chromium of the machine. Playwright would fetch its own; here it drives what the system's packages left.

Run as a module, it prints where that is, or with `--version` what it is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = "/Applications/{0}.app/Contents/MacOS/{0}"
MISSING = "Chromium is not installed. On Debian: apt-get install chromium. Elsewhere: name a Chrome in CHROMIUM."

# A browser under test needs no sandbox of its own as root, and must call nobody.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class NoBrowser(Exception):
    """There is no browser on this machine. The tests fail then; they are never skipped."""


def find() -> str:
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else list(NAMES)
    on_path = [path for name in named if (path := shutil.which(name))]
    on_mac = [path for name in ("Chromium", "Google Chrome") if Path(path := MAC.format(name)).exists()]
    if not on_path and not on_mac:
        raise NoBrowser(MISSING)
    return [*on_path, *on_mac][0]


def version() -> str:
    said = subprocess.run([find(), "--version", "--no-sandbox"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:2])


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{version() if '--version' in sys.argv else find()}\n")
    except NoBrowser as error:
        sys.exit(str(error))
