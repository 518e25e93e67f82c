"""What a visit costs, counted: whole browsers one after the other, and 200 first visits in a minute.

script/benchmark visits [--few]

A site on PostgreSQL as an operator runs it. First a crowd of fresh browsers, the first right after the start: each
visitor asks over one connection for all that Chromium asks for at a first visit. Then the journey (`journey.py`):
Chromium itself, again and again with the same profile, each visit counted until its service worker is quiet: requests,
bytes on the line with their heads, and seconds of the processor in the site's processes. A table, then one line of
JSON. It ends with 1 when an answer to the crowd was not what it should be, or a first visit costs more than it may.
"""

import json
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.benchmarks.asking import cpu_of
from tests.benchmarks.journey import READER, WEBS, Journey, Row
from tests.pgplugin import free_port
from tests.sites import Site, a_server, a_site, start_anew
from tests.wire import a_wire

IS_FEW = "--few" in sys.argv
VISITORS, SECONDS = (20, 6) if IS_FEW else (200, 60)
DEVICES = 1 if IS_FEW else 3
AT_ONCE = 64
MOST_REQUESTS, MOST_BYTES, MOST_SECONDS = 20, 250_000, 0.1
"""Of a first visit, all that its worker asks for included."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    first_page: float
    whole: float
    errors: int


def visit(site: Site, paths: list[str], starts_at: float) -> Visit:
    time.sleep(max(0.0, starts_at - time.monotonic()))
    begun, first_page, errors = time.monotonic(), 0.0, 0
    line = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        for path in paths:
            line.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br", "Host": host_of(site)})
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, f"{path}: {answer.status}"
            first_page = first_page or time.monotonic() - begun
    except (OSError, HTTPException, AssertionError):
        errors = 1
    finally:
        line.close()
    return Visit(first_page=first_page, whole=time.monotonic() - begun, errors=errors)


def host_of(site: Site) -> str:
    return site.settings["SITE_URL"].partition("://")[2]


def crowd(site: Site, paths: list[str]) -> dict[str, Any]:
    before, begun = spent(site), time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        starts = [begun + number * SECONDS / VISITORS for number in range(VISITORS)]
        visits = list(visitors.map(lambda at: visit(site, paths, at), starts))
    took = time.monotonic() - begun
    return {
        "visits": VISITORS,
        "seconds": round(took, 1),
        "errors": sum(each.errors for each in visits),
        "requests": len(paths),
        "processor_ms_a_visit": round((spent(site) - before) / VISITORS * 1000, 1),
        "first_page_ms": [round(middle([each.first_page for each in visits], share) * 1000) for share in (0.5, 0.95)],
        "whole_ms": [round(middle([each.whole for each in visits], share) * 1000) for share in (0.5, 0.95)],
    }


def spent(site: Site) -> float:
    return sum(cpu_of(process.pid) for process in site.processes)


def middle(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def nothing_packed(site: Site) -> None:
    """As at the very first start of all."""
    shutil.rmtree(Path(site.settings["VAR_DIR"]) / "parcels", ignore_errors=True)
    start_anew(site, webs=WEBS)


def is_too_much(row: Row) -> bool:
    return row.requests > MOST_REQUESTS or row.size > MOST_BYTES or row.seconds > MOST_SECONDS


def table(rows: list[Row]) -> str:
    lines = [f"{'device':<11}{'visit':<47}{'requests':>9}{'kB':>8}{'server ms':>11}"]
    lines += [
        f"{row.device:<11}{row.visit:<47}{row.requests:>9}{row.size / 1000:>8.1f}{row.seconds * 1000:>11.0f}"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> int:
    folder, port = Path(tempfile.mkdtemp(prefix="unloop-visits-")), free_port()
    folder.chmod(0o711)
    with ExitStack() as opened:
        opened.callback(shutil.rmtree, folder, ignore_errors=True)
        server = opened.enter_context(a_server(folder / "server"))
        site = opened.enter_context(a_site(folder / "var", server.url, webs=WEBS, called_at=port))
        wire = opened.enter_context(a_wire(port, site.port))
        browser = opened.enter_context(sync_playwright()).chromium
        journey = Journey(site=site, wire=wire, browser=browser, folder=folder, devices=DEVICES)
        paths = journey.first_paths()
        nothing_packed(site)
        told = crowd(site, paths)
        journey.go()
    rows = journey.rows()
    first = next(row for row in rows if (row.device, row.visit) == (READER, "first visit"))
    told |= {
        "journey": [
            {
                "device": row.device,
                "visit": row.visit,
                "requests": row.requests,
                "bytes": row.size,
                "server_ms": round(row.seconds * 1000, 1),
            }
            for row in rows
        ],
        "once_ms": {name: round(seconds * 1000) for name, seconds in journey.once.items()},
    }
    sys.stdout.write(f"{table(rows)}\n{json.dumps(told)}\n")
    return int(bool(told["errors"]) or is_too_much(first))


if __name__ == "__main__":
    sys.exit(main())
