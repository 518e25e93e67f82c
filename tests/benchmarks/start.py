"""script/benchmark start [--pg] [--requests N]: what a web process takes to begin, and what it holds then.

It is started as `script/serve` starts it, on a site whose files are warm: seconds until it answers a first request,
megabytes then, after every public page, and after a member's in all threads at once, each of which opens its own way to
the database; how many more after 20,000 requests of strangers and of the member, and after as many again. Last, what
the parcels of a device cost the first process of a machine, and each after it. One line of JSON comes last.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.asking import cpu_of
from tests.processes import ROOT
from tests.sites import THREADS, Site, a_server, a_site, start_web

LISTS = """
import django; django.setup()
from config.pages.standby import addresses
from config.parcels import answers
from config.pages.kept import LANGUAGES, EVERY, contents
import json
parcels = [answers.address_of(language, name) for language in (EVERY, *LANGUAGES) for name in contents(language)]
print(json.dumps({"pages": addresses(), "parcels": parcels}))
"""
OF_A_MEMBER = ("/today/", "/progress/", "/recommendations/", "/lessons/breathing/", "/practice/breathing/", "/tools/")
STARTS = 5
MEGABYTE = 1024 * 1024


def main(words: list[str]) -> None:
    requests = int(words[words.index("--requests") + 1]) if "--requests" in words else 20_000
    var = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "benchmark-start"
    shutil.rmtree(var, ignore_errors=True)
    with ExitStack() as opened:
        database = f"sqlite:///{var}/start.sqlite3"
        if "--pg" in words:
            # Not in VAR_DIR, which the account that runs a server started by root cannot enter.
            own = opened.enter_context(TemporaryDirectory(prefix="unloop-start-"))
            database = opened.enter_context(a_server(Path(own))).url
        site = opened.enter_context(a_site(var, database, webs=0))
        told = lists_of(site)
        with a_start(site):
            pass
        seconds, cpu = zip(*[begun(site) for _ in range(STARTS)], strict=True)
        figures: dict[str, Any] = {"first answer s": least(seconds), "processor s": least(cpu)}
        cookie = a_member(site)
        with a_start(site) as process:
            figures["MB at the first answer"] = megabytes(process)
            ask(site, told["pages"])
            figures["MB after all public pages"] = megabytes(process)
            ask_at_once(site, OF_A_MEMBER * 20, cookie)
            figures["MB after a member's pages"] = before = megabytes(process)
            strangers = requests - requests // 10
            for asked in (requests, 2 * requests):
                ask(site, (told["pages"] * (strangers // len(told["pages"]) + 1))[:strangers])
                ask(site, (OF_A_MEMBER * requests)[: requests // 10], cookie)
                figures[f"MB more after {asked} requests"] = round(megabytes(process) - before, 1)
        for name in ("first", "next"):
            with a_start(site) as process:
                used = cpu_of(process.pid)
                ask(site, told["parcels"])
                figures[f"parcels, {name} process, processor s"] = round(cpu_of(process.pid) - used, 2)
    sys.stdout.write("\n".join(f"{name.ljust(44)}{value:>9}" for name, value in figures.items()) + "\n")
    sys.stdout.write(json.dumps(figures) + "\n")


@contextmanager
def a_start(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """Until it has answered; it ends behind."""
    process = start_web(site, Path(site.settings["VAR_DIR"]))
    try:
        while site.ask("/", seconds=5)[0] != 200:
            time.sleep(0.005)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def begun(site: Site) -> tuple[float, float]:
    """Seconds until the front page has been answered, and of the processor."""
    at = time.monotonic()
    with a_start(site) as process:
        return time.monotonic() - at, cpu_of(process.pid)


def least(values: tuple[float, ...]) -> float:
    """A machine that has other work makes it longer, and nothing makes it shorter."""
    return round(min(values), 2)


def megabytes(process: subprocess.Popen[bytes]) -> float:
    """That the process which serves pages holds; the one above it only watches over it."""
    return round(max(_held(pid) for pid in (process.pid, *_below(process.pid))) / MEGABYTE, 1)


def _below(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _held(pid: int) -> int:
    told = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    return int(told[1]) * os.sysconf("SC_PAGE_SIZE")


def ask(site: Site, paths: Any, cookie: str = "") -> None:
    line = HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {"Host": f"localhost:{site.port}", "Accept-Encoding": "gzip, deflate, br"}
    for path in paths:
        line.request("GET", path, headers={**headers, "Cookie": cookie} if cookie else headers)
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
    line.close()


def ask_at_once(site: Site, paths: Any, cookie: str) -> None:
    """By as many as there are threads, so that each of them answers."""
    with ThreadPoolExecutor(THREADS) as askers:
        list(askers.map(lambda _: ask(site, paths, cookie), range(THREADS)))


def lists_of(site: Site) -> dict[str, list[str]]:
    return _last_line_of(site, "-c", LISTS)


def a_member(site: Site) -> str:
    return str(_last_line_of(site, "-m", "tests.benchmarks.web_people")["member"])


def _last_line_of(site: Site, *program: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, *program],
        env={**site.settings, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main(sys.argv[1:])
