"""script/benchmark lighthouse [--rounds N]: public pages as Lighthouse sees them on a phone with a slow line.

A site as an operator runs it, and Chromium; Lighthouse comes from npm as tests/lighthouse pins it
and slows line and processor down itself. Of each page the middle of N rounds (3): how Lighthouse scores its speed, when
the first words and the largest part are there, how long a tap would wait, how far things move, and what it weighs. It
ends with 1 where one is below 95. A table, then one JSON line.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from tests.browser import chromium
from tests.processes import ROOT, wait_until
from tests.sites import Site, a_site

HERE = ROOT / "tests" / "lighthouse"
LEAST = 95
PAGES = (
    *("/", "/lessons/", "/lessons/breathing/", "/practice/", "/practice/breathing/", "/help-now/", "/evidence/"),
    *("/about/", "/intake/", "/es/", "/es/lessons/breathing/", "/es/practice/breathing/", "/es/help-now/"),
)
FIGURES = {
    "first words ms": "first-contentful-paint",
    "largest part ms": "largest-contentful-paint",
    "taps wait ms": "total-blocking-time",
    "speed index ms": "speed-index",
    "moves": "cumulative-layout-shift",
    "bytes": "total-byte-weight",
}


def main(words: list[str]) -> int:
    rounds = int(words[words.index("--rounds") + 1]) if "--rounds" in words else 3
    if not (HERE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    var = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "benchmark-lighthouse"
    with a_site(var, f"sqlite:///{var}/site.sqlite3") as site:
        # A process that has just begun makes its copies for when the database is away.
        wait_until((var / "standby.json").exists, seconds=120)
        figures = {path: middle([seen(site, path, var) for _ in range(rounds)]) for path in PAGES}
    columns = ["score", *FIGURES]
    lines = ["".join(["page".ljust(26), *(name.rjust(17) for name in columns)])]
    lines += [
        "".join([path.ljust(26), *(str(row[name]).rjust(17) for name in columns)]) for path, row in figures.items()
    ]
    sys.stdout.write("\n".join([*lines, json.dumps(figures), ""]))
    return int(any(row["score"] < LEAST for row in figures.values()))


def seen(site: Site, path: str, var: Path) -> dict[str, float]:
    site.ask(path)
    told = var / "lighthouse.json"
    flags = " ".join([*chromium.FLAGS, "--headless=new", "--no-sandbox"])
    program = ["npx", "lighthouse", f"http://localhost:{site.port}{path}", "--only-categories=performance", "--quiet"]
    program += ["--output=json", f"--output-path={told}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": chromium.find_whole()}
    subprocess.run(program, cwd=HERE, env=environment, check=True, capture_output=True)
    return of_report(json.loads(told.read_text(encoding="utf-8")))


def of_report(report: dict[str, Any]) -> dict[str, float]:
    score = round(report["categories"]["performance"]["score"] * 100)
    audits = report["audits"]
    return {"score": score, **{name: audits[audit]["numericValue"] for name, audit in FIGURES.items()}}


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(one[name] for one in rounds), 3 if name == "moves" else None) for name in rounds[0]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
