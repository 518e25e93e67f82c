"""`script/serve` on a clean copy of the repository: what a newcomer types, sees and stops."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.pgplugin import free_port
from tests.processes import ROOT, read_to_end, wait_for_line, wait_until

# They share one clone (tests/sharing.py).
pytestmark = pytest.mark.serve

PATHS = ["/", "/lessons/", "/intake/", "/practice/", "/help-now/", "/tips/", "/newsletter/", "/accounts/signup/"]
PATHS += ["/admin/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/outbox/", "/lessons/breathing/"]
RUNNING = "Ctrl-C stops it"


@dataclass
class Run:
    """What one run said and did."""

    said: list[str] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    exit_code: int | None = None
    left_over: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The work tree without what git ignores: no database, no secrets, no stamps."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def newcomer(**more: str) -> dict[str, str]:
    """The environment of somebody who set nothing, but for the packages, which are there already."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "VENV": sys.prefix, **more}


@pytest.fixture(scope="module", autouse=True)
def ctrl_c_counts() -> None:
    """A shell that starts something in the background has it ignore Ctrl-C, and whoever that starts in turn."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def serving(clone: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], Run]]:
    process = subprocess.Popen(
        ["script/serve"],
        cwd=clone,
        env=newcomer(PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    run = Run()
    try:
        run.said = wait_for_line(process, RUNNING)
        yield process, run
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stop(process: subprocess.Popen[str], run: Run, by: signal.Signals) -> None:
    """A terminal sends Ctrl-C to all that runs in it; a service manager sends SIGTERM to the one that it started."""
    if by == signal.SIGINT:
        os.killpg(process.pid, by)
    else:
        process.send_signal(by)
    run.said += read_to_end(process).splitlines()
    run.exit_code = process.returncode
    run.left_over = running_in(process.pid)


def running_in(group: int) -> list[str]:
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,args="], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if line.split()[0] == str(group)]


def status_of(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def first_run(clone: Path) -> Run:
    port = free_port()
    with serving(clone, port) as (process, run):
        run.statuses = {path: status_of(port, path) for path in PATHS}
        stop(process, run, signal.SIGINT)
    return run


def test_every_public_page_answers(first_run: Run) -> None:
    assert {path: status for path, status in first_run.statuses.items() if status != 200} == {}


def test_the_first_run_says_where_to_go_and_how_staff_get_in(first_run: Run) -> None:
    said = "\n".join(first_run.said)
    assert "/admin/" in said
    assert "/outbox/" in said
    assert "assword" in said


def test_ctrl_c_stops_the_site_and_the_worker(first_run: Run) -> None:
    said = "\n".join(first_run.said)
    assert first_run.left_over == []
    assert first_run.exit_code == 130, said
    assert "Traceback" not in said


def test_secrets_are_for_the_owner_alone(clone: Path, first_run: Run) -> None:
    assert (clone / "var" / "secrets.env").stat().st_mode & 0o077 == 0


def test_a_second_run_sets_nothing_up_again_and_keeps_its_secrets(clone: Path, first_run: Run) -> None:
    secrets = (clone / "var" / "secrets.env").read_text(encoding="utf-8")
    with serving(clone, free_port()) as (process, run):
        stop(process, run, signal.SIGTERM)
    assert [line for line in run.said if "==>" in line or "assword" in line] == []
    assert (clone / "var" / "secrets.env").read_text(encoding="utf-8") == secrets
    assert run.left_over == []


def test_when_the_site_dies_the_worker_does_not_go_on_alone(clone: Path, first_run: Run) -> None:
    with serving(clone, free_port()) as (process, _):
        subprocess.run(["pkill", "-KILL", "-g", str(process.pid), "-f", "config.wsgi"], check=True)
        assert "The web server ended by itself" in read_to_end(process)
        assert process.returncode == 1
        wait_until(lambda: running_in(process.pid) == [])


def test_the_site_outlives_its_worker_and_starts_it_again(clone: Path, first_run: Run) -> None:
    port = free_port()
    with serving(clone, port) as (process, run):
        subprocess.run(["pkill", "-KILL", "-g", str(process.pid), "-f", "manage.py worker"], check=True)
        told = wait_for_line(process, "The background worker ended by itself")
        assert "The site goes on; the worker starts again in 1 s." in told[-1]
        assert status_of(port, "/lessons/breathing/") == 200
        wait_for_line(process, "is running")
        stop(process, run, signal.SIGTERM)
    assert run.left_over == []


def test_a_taken_port_is_told_in_one_sentence(clone: Path, first_run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"Port {port} on 127.0.0.1 cannot be had" in refusal(clone, newcomer(PORT=port))


def test_a_port_that_is_no_number_is_told(clone: Path, first_run: Run) -> None:
    assert 'PORT must be a number, and is "eighty"' in refusal(clone, newcomer(PORT="eighty"))


def refusal(clone: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["script/serve"], cwd=clone, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if line]
    assert len(told) == 1, done.stderr
    return told[0]


def stand_ins(folder: Path, script: str, *names: str) -> Path:
    """Programs of these names that do what the script says."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


PYTHONS = ["python3", "python3.11", "python3.12", "python3.13", "python3.14"]


def test_an_old_python_is_told_in_one_sentence(clone: Path, tmp_path: Path) -> None:
    old = stand_ins(tmp_path / "bin", '[ "$1" = --version ] && echo Python 3.9.2 || exit 1', *PYTHONS)
    environment = newcomer(PATH=f"{old}:{os.environ['PATH']}", VENV=str(tmp_path / "venv"))
    assert "Python 3.11 or newer is needed, and Python 3.9.2 was found" in refusal(clone, environment)


def test_a_python_without_its_venv_half_is_told_in_one_sentence(clone: Path, tmp_path: Path) -> None:
    half = stand_ins(tmp_path / "bin", '[ "$1" != -m ] || { echo ensurepip is not available; exit 1; }', *PYTHONS)
    environment = newcomer(PATH=f"{half}:{os.environ['PATH']}", VENV=str(tmp_path / "venv"))
    assert "apt-get install python3-venv" in refusal(clone, environment)


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("error: command 'gcc' failed: No such file or directory", "the compiler is missing"),
        ("Temporary failure in name resolution", "The package index cannot be reached"),
        ("something nobody foresaw", "A package could not be installed"),
    ],
)
def test_packages_that_cannot_be_installed_are_told_in_one_sentence(
    clone: Path, tmp_path: Path, pip_says: str, told: str
) -> None:
    stand_ins(tmp_path / "bin", f'[ "$1" != -m ] || {{ echo "{pip_says}"; exit 1; }}', "python")
    (tmp_path / "pyvenv.cfg").touch()
    assert told in refusal(clone, newcomer(VENV=str(tmp_path)))
