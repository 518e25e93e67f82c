"""How soon a practice can begin on a slow phone: `script/benchmark phone`. Figures to read, nothing that can fail.

The site runs as it is served, on a database of its own, and Lighthouse opens practice pages as its mobile profile
does: 150 ms there and back, 1.6 Mbit/s, a processor four times slower than this one. So a machine that is
busy with something else tells of that. Needs Node 20, by which npx fetches the pinned Lighthouse. A line of JSON
for each page, each figure the median of the rounds:

    performance     Lighthouse's score, 0 to 100
    first_paint_ms  until there is something to read, and to press: Start is a link until the player is there, so a
                    browser answers it without a script (tests/browser/test_early_start.py)
    ready_ms        until the last script is there: sound, the clock, what the person chose
    blocked_ms      how long it would not have answered meanwhile
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any

from tests.browser import chromium
from tests.pgplugin import free_port, put_away, settings_for

LIGHTHOUSE = "lighthouse@12.8.2"
ROUNDS = 5
PAGES = ("/practice/breathing/", "/practice/pmr/?size=4", "/practice/walking/", "/help-now/")
FIGURES = {"first_paint_ms": "first-contentful-paint", "ready_ms": "interactive", "blocked_ms": "total-blocking-time"}
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="unloop-benchmark-"))
    port = free_port()
    os.environ |= settings_for(folder) | {"SITE_URL": f"http://localhost:{port}"}
    for command in ("migrate", "createcachetable", "load_library", "collectstatic --noinput"):
        subprocess.run([sys.executable, "manage.py", *command.split(), "-v0"], cwd=ROOT, check=True)
    site = subprocess.Popen([Path(sys.executable).with_name("granian"), *serving(port)], cwd=ROOT)
    try:
        sleep(5)
        for page in PAGES:
            rounds = [open_once(f"http://localhost:{port}{page}") for _ in range(ROUNDS)]
            sys.stdout.write(f"{json.dumps({'page': page} | middle(rounds))}\n")
    finally:
        site.terminate()
        site.wait()
        put_away(folder)


def serving(port: int) -> list[str]:
    how = f"--interface wsgi --host 127.0.0.1 --port {port} --blocking-threads 4 --log-level warning"
    return [*how.split(), "config.wsgi:application"]


def open_once(address: str) -> dict[str, float]:
    flags = f"--chrome-flags=--headless=new {' '.join(chromium.FLAGS)}"
    told = subprocess.run(
        ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", "--only-categories=performance", flags],
        env=os.environ | {"CHROME_PATH": chromium.find()},
        capture_output=True,
        check=True,
    )
    report: dict[str, Any] = json.loads(told.stdout)
    figures = {name: report["audits"][audit]["numericValue"] for name, audit in FIGURES.items()}
    return {"performance": report["categories"]["performance"]["score"] * 100, **figures}


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(each[name] for each in rounds)) for name in rounds[0]}


if __name__ == "__main__":
    main()
