"""script/benchmark growth [--few]: does a person's page take longer where a thousand times the people are?

On one PostgreSQL of its own are two databases: of 1,000 people and of 1,000,000 (`--few`: 200 and 20,000), each with an
account, ten practices and a row in every other table that a person can have. A site serves each. Members spread at
random open Today, a lesson, their results and their progress, and their devices send a practice: one request to the
one site, the next to the other, in turn, so that whatever else the machine does meets both. Told are the 95th of 100
times and the processor time of an answer, of the site and of the database, and how the second compares with the first.

Then a visitor and a member do all there is to do among the many, and of each kind of statement the planner says by
which index it finds the rows of which table of people. It ends with 1 when a 95th time grew by more than 5 %, or when
such a table is read whole. One line of JSON comes last.
"""

import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg

from tests.benchmarks.asking import JSON, NUMBER, SECRET, Line, Page, cpu_of
from tests.benchmarks.storm import say
from tests.benchmarks.web import wait_for_copies
from tests.pgplugin import put_away, start_postgresql
from tests.processes import ROOT
from tests.sites import Site, a_site, settings_of

FEW, MANY = (200, 20_000) if "--few" in sys.argv else (1_000, 1_000_000)
PAIRS = 200 if "--few" in sys.argv else 1_000
MOST = 1.05
ROOM = "-c shared_buffers=2GB -c maintenance_work_mem=512MB -c max_wal_size=16GB"
PAGES = {
    "Today": "/today/",
    "a lesson": "/lessons/breathing/",
    "results": "/recommendations/",
    "progress": "/progress/",
}
SYNC = "practice sync"
BACKENDS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


@dataclass(kw_only=True)
class Side:
    """One database, its site, and those of its people who can be somebody's browser."""

    people: int
    url: str
    site: Site
    members: list[dict[str, str]]
    line: Line | None = None
    times: list[float] = field(default_factory=list)

    def page(self, name: str, turn: int) -> Page:
        member = self.members[turn % len(self.members)]
        cookie = f"{member['cookie']}; csrftoken={SECRET}"
        if name != SYNC:
            return Page(port=self.site.port, path=PAGES[name], cookie=cookie)
        practice = {"guide": "breathing", "client_id": f"made-up-client-{NUMBER}", "seconds": 240, "tension_before": 7}
        item = {**practice, "started_at": datetime.now(UTC).isoformat(), "tension_after": 4}
        body = json.dumps({"owner": member["owner"], "items": [item]})
        return Page(port=self.site.port, path="/practice/sync/", cookie=cookie, body=body, kind=JSON)

    def ask(self, name: str, turn: int) -> None:
        page = self.page(name, turn)
        if self.line is None:
            self.line = Line(page)
        self.line.page = page
        begun = perf_counter()
        self.line.send()
        status, _ = self.line.read()
        self.times.append((perf_counter() - begun) * 1000)
        assert status == 200, (self.people, name, status)

    def backends(self) -> list[int]:
        with psycopg.connect(self.url) as connection:
            return [row[0] for row in connection.execute(BACKENDS)]

    def cpu(self) -> tuple[float, float]:
        """Seconds of the site, and of the database for it: of all connections, as a site opens more of them later."""
        return cpu_of(self.site.processes[0].pid), sum(cpu_of(pid) for pid in self.backends())


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="unloop-growth-"))
    try:
        server = start_postgresql(folder, ROOM)
        with ExitStack() as opened:
            few, many = (a_side(folder, server, people, opened) for people in (FEW, MANY))
            figures = {name: measured(name, few, many) for name in [*PAGES, SYNC]}
            told = asked_of(many.url, folder, "explain", MANY)
    finally:
        put_away(folder)
    tell_plans(told)
    grown = [name for name, row in figures.items() if row["p95_ratio"] > MOST]
    say(json.dumps({"few": FEW, "many": MANY, "grown": grown, "read_whole": told["whole"], "pages": figures}))
    sys.exit(1 if grown or told["whole"] else 0)


def a_side(folder: Path, server: str, people: int, opened: ExitStack) -> Side:
    begun = perf_counter()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE people_{people}".encode())
    url = server.rpartition("/")[0] + f"/people_{people}"
    members = asked_of(url, folder, "make", people)
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()
    say(f"{people:>9,} people: {row[0] if row else '?'}, made in {perf_counter() - begun:.0f} s")
    site = opened.enter_context(a_site(folder / f"var-{people}", url))
    wait_for_copies(folder / f"var-{people}")
    return Side(people=people, url=url, site=site, members=members)


def asked_of(url: str, folder: Path, what: str, people: int) -> Any:
    settings = {**settings_of(folder / f"var-{people}", url, 8000), "DATABASE_POOL": "0"}
    command = [sys.executable, "-m", "tests.benchmarks.growth_people", what, str(people)]
    done = subprocess.run(command, env=settings, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


# --- Measuring --------------------------------------------------------------------------


def measured(name: str, few: Side, many: Side) -> dict[str, float]:
    for turn in range(max(len(few.members), len(many.members))):
        for side in (few, many):
            side.ask(name, turn)
    for side in (few, many):
        side.times.clear()
    before = [side.cpu() for side in (few, many)]
    for turn in range(PAIRS):
        for side in (few, many) if turn % 2 else (many, few):
            side.ask(name, turn)
    used = [
        [(after - earlier) / PAIRS * 1000 for after, earlier in zip(side.cpu(), one, strict=True)]
        for side, one in zip((few, many), before, strict=True)
    ]
    row = {f"{kind}_{size}": round(value, 2) for kind, size, value in figures_of(few, many, used)}
    row |= {f"{kind}_ratio": round(row[f"{kind}_many"] / max(row[f"{kind}_few"], 0.01), 3) for kind in KINDS}
    tell(name, row)
    return row


KINDS = ("p50", "p95", "site_cpu", "database_cpu")


def figures_of(few: Side, many: Side, used: list[list[float]]) -> list[tuple[str, str, float]]:
    rows = []
    for size, side, (site, database) in zip(("few", "many"), (few, many), used, strict=True):
        times = sorted(side.times)
        values = (times[len(times) // 2], times[len(times) * 95 // 100], site, database)
        rows += [(kind, size, value) for kind, value in zip(KINDS, values, strict=True)]
    return rows


def tell(name: str, row: dict[str, float]) -> None:
    if name == next(iter(PAGES)):
        heads = [f"{kind}, {size}".rjust(19) for kind in KINDS for size in ("few", "many", "x")]
        say("\n" + "ms of an answer".ljust(16) + "".join(heads))
    cells = [f"{row[f'{kind}_{size}']:19}" for kind in KINDS for size in ("few", "many", "ratio")]
    say(name.ljust(16) + "".join(cells))


def tell_plans(told: dict[str, Any]) -> None:
    say(f"\n--- Statements about people, and the index by which each table is read ({len(told['lines'])} kinds)")
    for line in told["lines"]:
        say(line)
    for sql in told["whole"]:
        say(f"\nReads all of it: {sql}")


if __name__ == "__main__":
    main()
