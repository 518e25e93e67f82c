"""The Chromium of the machine. Playwright would fetch its own; here it drives what the system's packages left.

There are two of them. The headless shell is the same engine without the windows, menus and profiles around it: a fresh
visitor costs it a fifth of the work, so it is taken wherever it is. The whole one always does, and is needed for what
belongs to the browser rather than to its pages.

Run as a module, it prints where the one to take is, with `--shell` or `--whole` where that one is, or with `--version`
what the one to take is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
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
    """The one to take for pages: the one that was named, or the shell, or the whole one."""
    is_named = bool(os.environ.get("CHROMIUM"))
    return find_whole() if is_named or not shutil.which(SHELL) else find_shell()


def find_shell() -> str:
    path = shutil.which(SHELL)
    if not path:
        raise NoBrowser(MISSING)
    return path


def find_whole() -> str:
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else list(NAMES)
    on_path = [path for name in named if (path := shutil.which(name))]
    on_mac = [path for name in ("Chromium", "Google Chrome") if Path(path := MAC.format(name)).exists()]
    if not on_path and not on_mac:
        raise NoBrowser(MISSING)
    return [*on_path, *on_mac][0]


def version() -> str:
    said = subprocess.run([find(), "--version", "--no-sandbox"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:2])


ASKED = {"--shell": find_shell, "--whole": find_whole, "--version": version}

if __name__ == "__main__":
    try:
        sys.stdout.write(f"{ASKED.get(sys.argv[-1], find)()}\n")
    except NoBrowser as error:
        sys.exit(str(error))
