"""script/benchmark web [--pg] [--peer] [--seconds N]: pages beside a bare Django view, as they are served.

First those of strangers, then those of somebody with a plan, 2,000 practices and 200 check-ins, and what they and a
visitor send.

Each page is measured in turn with the bare view, several rounds of both, so that whatever else the machine does meets
both. `ratio` is of answers a second, `cpu ratio` of processor time an answer: the second is what a machine that is
shared can tell. `--peer` sets up Wagtail in an environment of its own in VAR_DIR, with the lesson's words on one of its
pages, in the frame that its own start makes and on a database of the same kind, and measures that too. A table, then
one JSON line by the name of the page.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks import wagtail_peer
from tests.benchmarks.asking import JSON, NUMBER, SECRET, Page, Rate, rate_of, times_of
from tests.pgplugin import free_port
from tests.processes import ROOT
from tests.sites import Site, a_server, a_site

PAGES = {
    "home": "/",
    "lesson": "/lessons/breathing/",
    "help now": "/help-now/",
    "practice": "/practice/breathing/",
    "questions": "/intake/",
    "lesson in Spanish": "/es/lessons/breathing/",
    "lesson, made anew": "/lessons/breathing/?size=5",
}
"""The last one reads what stands behind the question mark, and so is Django's."""

OF_A_MEMBER = {
    "Today": "/today/",
    "results": "/recommendations/",
    "progress": "/progress/",
    "a member's practice": "/practice/breathing/",
    "a member's lesson": "/lessons/breathing/",
}
ROUNDS = 3
QUERIES = """
import django, sys
from django.db import connection
from config.wsgi import application
from config.pages.stranger import FOR_A_COPY, ask, environ_of_a_stranger
asked = []
def count(execute, *told):
    asked.append(1)
    return execute(*told)
for path in sys.argv[1:]:
    for _ in range(2):
        asked.clear()
        environ = environ_of_a_stranger(path.partition("?")[0])
        environ.pop(FOR_A_COPY)
        with connection.execute_wrapper(count):
            ask(application, {**environ, "QUERY_STRING": path.partition("?")[2]})
    print(len(asked))
"""


def main(words: list[str]) -> None:
    seconds = float(words[words.index("--seconds") + 1]) if "--seconds" in words else 1.0
    var = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "benchmark-web"
    for old in var.glob("web.sqlite3*"):
        old.unlink()
    with ExitStack() as opened:
        database = f"sqlite:///{var}/web.sqlite3"
        if "--pg" in words:
            # Not in VAR_DIR, which the account that runs a server started by root cannot enter.
            own = opened.enter_context(TemporaryDirectory(prefix="unloop-web-"))
            database = opened.enter_context(a_server(Path(own))).url
        site = opened.enter_context(a_site(var, database))
        bare_port, bare_process = opened.enter_context(served("tests.benchmarks.bare:application", ROOT))
        bare = (Page(port=bare_port, path="/"), bare_process)
        pages = {name: (Page(port=site.port, path=path), site.processes[0].pid) for name, path in PAGES.items()}
        pages |= {name: (page, site.processes[0].pid) for name, page in of_people(site).items()}
        queries = dict(zip(PAGES, queries_of(site), strict=True))
        if "--peer" in words:
            settings = wagtail_peer.environment(var, database)
            folder = wagtail_peer.set_up(var, site.ask("/lessons/breathing/")[1].decode(), settings)
            port, process = opened.enter_context(
                served("peer.wsgi:application", folder, wagtail_peer.python(var), settings)
            )
            pages["Wagtail"] = (Page(port=port, path="/"), process)
        wait_for_copies(var)
        tell({name: measured(page, bare, seconds, queries.get(name)) for name, page in pages.items()})


def of_people(site: Site) -> dict[str, Page]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.web_people"],
        env=site.settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    member, visitor = (f"{told[who]}; csrftoken={SECRET}" for who in ("member", "visitor"))
    pages = {name: Page(port=site.port, path=path, cookie=member) for name, path in OF_A_MEMBER.items()}
    answers = urlencode({"gad_1": 2, "gad_2": 1, "phq_1": 0, "phq_2": 1, "round": told["round"]})
    pages["intake POST"] = Page(port=site.port, path="/intake/mood/", cookie=visitor, body=answers, wanted=302)
    practice = {"guide": "breathing", "client_id": f"made-up-client-{NUMBER}", "seconds": 240, "tension_before": 7}
    item = {**practice, "started_at": datetime.now(UTC).isoformat(), "tension_after": 4}
    sent = json.dumps({"owner": told["owner"], "items": [item]})
    pages["practice sync"] = Page(port=site.port, path="/practice/sync/", cookie=member, body=sent, kind=JSON)
    return pages


@contextmanager
def served(
    application: str, folder: Path, python: Path | None = None, environment: dict[str, str] | None = None
) -> Iterator[tuple[int, int]]:
    """By granian as `script/serve` starts it; port and process."""
    port = free_port()
    granian = [str((python or Path(sys.executable)).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    granian += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", application]
    process = subprocess.Popen(granian, cwd=folder, env={**os.environ, **(environment or {})})
    try:
        wait_for_answer(Page(port=port, path="/"))
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for_answer(page: Page) -> None:
    ends_at = time.monotonic() + 60
    while True:
        try:
            times_of(page, seconds=0, least=1)
        except (OSError, AssertionError):
            assert time.monotonic() < ends_at, f"nothing answers at {page.port}"
            time.sleep(0.2)
        else:
            return


def wait_for_copies(var: Path) -> None:
    """A process that has just begun makes its copies for when the database is away, which is not what is measured."""
    ends_at = time.monotonic() + 120
    while not (var / "standby.json").exists() and time.monotonic() < ends_at:
        time.sleep(0.5)


def queries_of(site: Site) -> list[int]:
    """Of the second time that each page is asked for."""
    done = subprocess.run(
        [sys.executable, "-c", QUERIES, *PAGES.values()],
        env=site.settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(line) for line in done.stdout.split()]


def measured(
    page: tuple[Page, int], bare: tuple[Page, int], seconds: float, queries: int | None
) -> dict[str, float | int | None]:
    rate_of(*page, seconds / 4)
    pairs = [(rate_of(*page, seconds), rate_of(*bare, seconds)) for _ in range(ROUNDS)]
    times = times_of(page[0], seconds=seconds)
    return {
        "ratio": round(_ratio(pairs, "a_second"), 4),
        "cpu_ratio": round(1 / _ratio(pairs, "cpu_ms"), 4),
        "a_second": round(median(one.a_second for one, _ in pairs)),
        "cpu_ms": round(median(one.cpu_ms for one, _ in pairs), 4),
        "bare_cpu_ms": round(median(other.cpu_ms for _, other in pairs), 4),
        "p50_ms": round(times[len(times) // 2], 3),
        "p99_ms": round(times[len(times) * 99 // 100], 3),
        "queries": queries,
    }


def _ratio(pairs: list[tuple[Rate, Rate]], name: str) -> float:
    """Of rounds that stood side by side."""
    return median(getattr(one, name) / max(getattr(other, name), 1e-6) for one, other in pairs)


def tell(figures: dict[str, dict[str, Any]]) -> None:
    columns = list(next(iter(figures.values())))
    lines = ["".join(["page".ljust(20), *(name.rjust(13) for name in columns)])]
    lines += [
        "".join([name.ljust(20), *(str(row[column]).rjust(13) for column in columns)]) for name, row in figures.items()
    ]
    sys.stdout.write("\n".join([*lines, json.dumps(figures), ""]))


if __name__ == "__main__":
    main(sys.argv[1:])
