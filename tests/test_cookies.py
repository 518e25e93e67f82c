"""On https each cookie of ours is bound to this host by its name, whoever sets it: a view or a script."""

import re
from pathlib import Path

import pytest

from tests.imports import ROOT

APPS = ("accounts", "coaching", "config", "content")
SETTERS = [file for app in APPS for file in sorted((ROOT / app).rglob("*.py")) if ".set_cookie(" in file.read_text()]
SCRIPTS = [file for file in sorted((ROOT / "static" / "js").rglob("*.js")) if "document.cookie" in file.read_text()]
BY_ITS_HOST = re.compile(r'COOKIE\b[^=\n]*= .*"__Host-(\w+)" if settings\.IS_HTTPS else "\1"')


def test_there_are_some() -> None:
    assert len(SETTERS) >= 3
    assert len(SCRIPTS) >= 2


@pytest.mark.parametrize("file", SETTERS, ids=lambda file: file.stem)
def test_a_view_names_its_cookie_by_the_host(file: Path) -> None:
    text = file.read_text()
    calls = re.findall(r"\.set_cookie\(\s*(\w+)", text)
    assert set(calls) == {"COOKIE"}
    assert BY_ITS_HOST.search(text)


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.stem)
def test_so_does_a_script(file: Path) -> None:
    text = file.read_text()
    assert '"__Host-' in text
    assert 'location.protocol === "https:"' in text


def test_the_zone_that_a_script_tells_is_read_by_the_same_name() -> None:
    assert BY_ITS_HOST.search((ROOT / "coaching" / "people" / "zones.py").read_text())
