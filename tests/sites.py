"""A whole site as an operator runs it: granian and a worker on a database of its own, for what only shows there."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.pgplugin import find_tools, free_port, run, start_postgresql
from tests.processes import ROOT

THREADS = 4
"""Of a web process, as `script/serve` starts it."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A PostgreSQL that can be stopped and started."""

    folder: Path
    url: str

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2].partition("/")[0])

    def stop(self) -> None:
        run(find_tools() / "pg_ctl", "-D", self.folder / "postgresql", "-m", "immediate", "stop")

    def start(self) -> None:
        data = self.folder / "postgresql"
        options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p {self.port}"
        run(find_tools() / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")


@contextmanager
def a_server(folder: Path) -> Iterator[Server]:
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(folder=folder, url=start_postgresql(folder))
    try:
        yield server
    finally:
        if (folder / "postgresql" / "postmaster.pid").exists():
            server.stop()


@dataclass(kw_only=True)
class Site:
    port: int
    settings: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    root: Path = ROOT
    """The tree of the release that runs."""

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        done = [sys.executable, str(self.root / "manage.py"), *command]
        return subprocess.run(done, env=self.settings, cwd=self.root, capture_output=True, text=True, check=False)

    def ask(self, path: str, *, seconds: float = 30) -> tuple[int, bytes, float]:
        """Status, words, and how many seconds it took. The status is 0 where nothing came."""
        begun = time.monotonic()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=seconds) as answer:
                return answer.status, answer.read(), time.monotonic() - begun
        except urllib.error.HTTPError as error:
            return error.code, error.read(), time.monotonic() - begun
        except (OSError, HTTPException):
            return 0, b"", time.monotonic() - begun

    def post(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes, float]:
        begun = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read(), time.monotonic() - begun
        finally:
            connection.close()

    def wait_for(self, path: str, *, status: int = 200, seconds: float = 60) -> float:
        """How many seconds it took until the page had this status."""
        begun = time.monotonic()
        while self.ask(path, seconds=5)[0] != status:
            assert time.monotonic() - begun < seconds, f"{path} never answered {status}"
            time.sleep(0.05)
        return time.monotonic() - begun


def settings_of(var: Path, database_url: str, port: int) -> dict[str, str]:
    """`port` is where browsers call it."""
    var.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "VAR_DIR": str(var),
        "SITE_URL": f"http://localhost:{port}",
        "VISITS_A_MINUTE": "0",  # all that a test or a measurement sends comes from one source
        "DEBUG": "false",
        "SECRET_KEY": "the-key-of-the-tests-and-of-nothing-else-at-all",
        "FIELD_KEYS": "test:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=",
        "EMAIL_URL": "dummy://",
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "1",
    }


@contextmanager
def a_site(
    var: Path, database_url: str, *, webs: int = 1, threads: int = THREADS, workers: int = 0, called_at: int = 0
) -> Iterator[Site]:
    """It runs when it is given, on a migrated database with the library in it. Browsers call it at its own port, or at
    another where something stands between.
    """
    port = free_port()
    site = Site(port=port, settings=settings_of(var, database_url, called_at or port))
    _prepare(site)
    try:
        _start(site, var, webs, threads, workers)
        if webs:
            site.wait_for("/healthz")
        yield site
    finally:
        for process in site.processes:
            process.terminate()
        for process in site.processes:
            process.wait(timeout=30)


def _prepare(site: Site) -> None:
    for command in (["migrate", "-v0"], ["createcachetable"], ["load_library"], ["collectstatic", "--no-input", "-v0"]):
        done = site.manage(*command)
        assert done.returncode == 0, done.stderr


RELEASED = ("accounts", "coaching", "config", "content", "static", "templates")


def another_tree(of: Path, root: Path) -> Path:
    """What runs of a site, copied: change a file of it, and it is another release."""
    for name in RELEASED:
        shutil.copytree(of / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "requirements.lock"):
        shutil.copy(of / name, root / name)
    return root


def release(site: Site, root: Path, *, webs: int = 1) -> None:
    """Another tree takes over as docs/deploy.md has it. The files of the one before stay where they are."""
    site.root = root
    _prepare(site)
    start_anew(site, webs=webs)


def start_anew(site: Site, *, webs: int = 1) -> None:
    for process in site.processes:
        process.terminate()
    for process in site.processes:
        process.wait(timeout=30)
    site.processes[:] = [start_web(site, Path(site.settings["VAR_DIR"]), webs)]
    site.wait_for("/healthz")


def _start(site: Site, var: Path, webs: int, threads: int, workers: int) -> None:
    if webs:
        site.processes.append(start_web(site, var, webs, threads))
    for number in range(1, workers + 1):
        site.processes.append(_run([sys.executable, str(site.root / "manage.py"), "worker"], site, var, number))


def start_web(site: Site, var: Path, webs: int = 1, threads: int = THREADS) -> subprocess.Popen[bytes]:
    """As `script/serve` starts it."""
    granian = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    granian += ["--port", str(site.port), "--workers", str(webs), "--blocking-threads", str(threads)]
    granian += ["--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"]
    return _run(granian, site, var, 0)


def _run(command: list[str], site: Site, var: Path, number: int) -> subprocess.Popen[bytes]:
    with (var / f"process-{number}.log").open("wb") as log:
        return subprocess.Popen(command, env=site.settings, cwd=site.root, stdout=log, stderr=log)
