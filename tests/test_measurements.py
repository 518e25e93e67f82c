"""What `script/benchmark` names can begin: each by itself, outside any test, on a machine where nothing is set."""

import os
import re
import subprocess
import sys

import pytest

from tests.processes import ROOT

pytestmark = pytest.mark.long

FILES = sorted((ROOT / "tests" / "benchmarks").glob("*.py"))
BY_THEMSELVES = [
    file.stem for file in FILES if re.fullmatch("[a-z]+", file.stem) and "__main__" in file.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", BY_THEMSELVES)
def test_each_measurement_finds_all_that_it_needs(name: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-c", f"import tests.benchmarks.{name}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
