"""Fresh browsers come for the first time, 200 in a minute: what they wait for, and what it costs the site.

script/benchmark visits

A site on PostgreSQL as an operator runs it. Each visitor asks for the front page, for what stands on it, and for what
the worker keeps at once, over one connection, as a browser that has nothing yet. The first comes right after the start.
It ends with 1 when a single answer was not what it should be. One line of JSON comes last.
"""

import gzip
import json
import os
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.sites import Site, a_server, a_site

VISITORS, SECONDS = (20, 6) if "--few" in sys.argv else (200, 60)
AT_ONCE = 64
ON_THE_PAGE = re.compile(r'<(?:link|script)[^>]* (?:href|src)="(/(?:static/|manifest)[^"]+)"')
KEPT_AT_ONCE = ("/offline/parcels/every/files/", "/offline/parcels/every/help/")


@dataclass(frozen=True, kw_only=True)
class Visit:
    requests: int
    size: int
    first_page: float
    whole: float
    errors: int


def visit(site: Site, starts_at: float) -> Visit:
    time.sleep(max(0.0, starts_at - time.monotonic()))
    sizes: list[int] = []
    begun, errors = time.monotonic(), 0
    line = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        page = ask(line, "/", sizes)
        first_page = time.monotonic() - begun
        for path in [*ON_THE_PAGE.findall(page.decode()), "/sw.js", *KEPT_AT_ONCE]:
            ask(line, path, sizes)
    except (OSError, HTTPException, AssertionError):
        first_page, errors = time.monotonic() - begun, 1
    finally:
        line.close()
    whole = time.monotonic() - begun
    return Visit(requests=len(sizes), size=sum(sizes), first_page=first_page, whole=whole, errors=errors)


def ask(line: HTTPConnection, path: str, sizes: list[int]) -> bytes:
    # The page is read here, and Python knows no brotli of its own.
    line.request("GET", path, headers={"Accept-Encoding": "gzip" if path == "/" else "gzip, br"})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{path}: {answer.status}"
    sizes.append(len(body))
    return gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body


def processor_seconds(site: Site) -> float:
    """Of all processes of the site so far, as the kernel counts them."""
    mine = {process.pid for process in site.processes}
    tick, total = os.sysconf("SC_CLK_TCK"), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(stat.parent.name) in mine or int(told[1]) in mine:
            total += int(told[11]) + int(told[12])
    return total / tick


def middle(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="unloop-visits-"))
    folder.chmod(0o711)
    with a_server(folder / "server") as server, a_site(folder / "var", server.url, webs=2) as site:
        before, begun = processor_seconds(site), time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            starts = [begun + number * SECONDS / VISITORS for number in range(VISITORS)]
            visits = list(crowd.map(lambda at: visit(site, at), starts))
        took, spent = time.monotonic() - begun, processor_seconds(site) - before
    told = {
        "visits": VISITORS,
        "seconds": round(took, 1),
        "errors": sum(each.errors for each in visits),
        "requests": max(each.requests for each in visits),
        "bytes": max(each.size for each in visits),
        "processor_ms_a_visit": round(spent / VISITORS * 1000, 1),
        "first_page_ms": [round(middle([each.first_page for each in visits], share) * 1000) for share in (0.5, 0.95)],
        "whole_ms": [round(middle([each.whole for each in visits], share) * 1000) for share in (0.5, 0.95)],
    }
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if told["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
