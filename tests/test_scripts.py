"""The scripts leave alone what they did not make: VENV may name any folder by mistake."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT


def bash(words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LOG": os.devnull, **variables}
    return subprocess.run(["bash", "-c", words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def old_venv(folder: Path) -> Path:
    """As another project left it: a Python that is not there any more."""
    (folder / "kept").mkdir(parents=True)
    (folder / "kept" / "work.txt").write_text("mine")
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n")
    return folder


@pytest.mark.parametrize("script", ["test", "serve", "dev", "console", "check"])
def test_a_folder_that_is_no_virtual_environment_is_refused_and_kept(script: str, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    run = bash(f"script/{script} tests/none.py", VENV=str(tmp_path), VAR_DIR=str(tmp_path / "var"))
    assert run.returncode == 1
    assert "no virtual environment" in run.stderr
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_old_environment_that_something_else_made_is_refused_and_kept(tmp_path: Path) -> None:
    venv = old_venv(tmp_path / "venv")
    run = bash("script/test tests/none.py", VENV=str(venv), VAR_DIR=str(tmp_path / "var"))
    assert run.returncode == 1
    assert "something else made it" in run.stderr
    assert (venv / "kept" / "work.txt").read_text() == "mine"


def test_an_old_environment_of_our_own_is_cleared(tmp_path: Path) -> None:
    venv = old_venv(tmp_path / "venv")
    (venv / ".installed-requirements.txt").touch()
    assert bash(". script/_common.sh; clear_old_venv", VENV=str(venv)).returncode == 0
    assert not venv.exists()


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    assert bash(". script/_common.sh; refuse_foreign_venv", VENV=str(tmp_path)).returncode == 0


@pytest.mark.parametrize("changed", ["requirements.txt", "requirements.lock"])
def test_a_package_that_changed_in_either_list_is_installed(tmp_path: Path, changed: str) -> None:
    """A hole is mended in the lock alone where another package brings the one that has it."""
    for name in ("requirements.txt", "requirements.lock"):
        (tmp_path / name).write_text("one==1\n")
    run = f"cd {tmp_path}; . {ROOT}/script/_common.sh; pip_install() {{ echo installed; }}; install requirements.txt"
    assert "installed" in bash(run, VENV=str(tmp_path)).stdout
    assert bash(run, VENV=str(tmp_path)).stdout == ""
    (tmp_path / changed).write_text("one==1.0.1\n")
    assert "installed" in bash(run, VENV=str(tmp_path)).stdout


def test_what_is_made_of_packages_is_made_anew_when_the_lock_changes() -> None:
    """Their migrations and their static files come with them."""
    sums = re.findall(r"sum_of (requirements\.txt[^)]*)", (ROOT / "script" / "_site.sh").read_text())
    assert len(sums) == 2
    assert [each for each in sums if "requirements.lock" not in each] == []


SCRIPTS = sorted(file.name for file in (ROOT / "script").iterdir() if file.is_file() and not file.suffix)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_says_what_it_does_when_it_is_asked_and_does_nothing_else(script: str, tmp_path: Path) -> None:
    run = bash(f"script/{script} --help", VAR_DIR=str(tmp_path / "var"), VENV=str(tmp_path / "venv"))
    second_line = (ROOT / "script" / script).read_text(encoding="utf-8").splitlines()[1]
    assert run.returncode == 0
    assert run.stdout.splitlines()[0] == second_line.removeprefix("# ")
    assert list(tmp_path.iterdir()) == []


def test_whoever_names_nothing_to_measure_reads_what_there_is() -> None:
    run = bash("script/benchmark asking")
    named = re.findall(r"^    (\w+) +(\w.+)$", run.stderr, re.MULTILINE)
    assert run.returncode == 1
    assert {"growth", "recommend", "web"} <= {name for name, _ in named}
    assert {"asking", "bare", "web_people"} & {name for name, _ in named} == set()


CLEAN = "No known vulnerabilities found"
PASSED_OVER = f"{CLEAN}\ndjango  Dependency not found on PyPI and could not be audited: django (5.2.19)"


@pytest.mark.parametrize(
    ("told", "ends", "status", "words"),
    [
        (CLEAN, 0, 0, ""),
        ("Found 2 known vulnerabilities in 1 package", 1, 1, ""),
        (PASSED_OVER, 0, 2, "1 packages were not found"),
        ("ConnectionError", 1, 2, "nothing was audited"),
    ],
)
def test_what_was_not_audited_is_never_said_to_be_sound(
    told: str, ends: int, status: int, words: str, tmp_path: Path
) -> None:
    """A list that knows none of our packages answers that none of them is weak."""
    auditor = tmp_path / "tools" / "bin" / "pip-audit"
    auditor.parent.mkdir(parents=True)
    auditor.write_text(f"#!/bin/sh\necho '{told}'\nexit {ends}\n")
    auditor.chmod(0o755)
    run = bash("script/audit", VAR_DIR=str(tmp_path), VENV=sys.prefix)
    assert (run.returncode, words in run.stderr) == (status, True)
