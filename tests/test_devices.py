"""Each case that docs/devices.md tells names its kind and a test, and each test that it names is there."""

import re
from pathlib import Path

from tests.imports import ROOT

PAGE = (ROOT / "docs" / "devices.md").read_text(encoding="utf-8")
A_TEST = re.compile(r"`(test_\w+)`")
A_FILE = re.compile(r"`((?:tests|static)/[\w./-]+)`")
FUNCTION = re.compile(r"^ *def (test_\w+)", re.MULTILINE)
SECTIONS = ("The floor", "What may be missing", "In Spanish", "What was never seen")
LEAST_CASES = 50


def rows() -> list[list[str]]:
    """The cells of each case, without the heads of the tables."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if row[0] not in ("case", "hand") and not row[0].startswith("---")]


def functions() -> set[str]:
    files = Path(ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in FUNCTION.findall(file.read_text(encoding="utf-8"))}


def test_each_case_says_its_kind_and_what_happens_and_names_a_test() -> None:
    assert len(rows()) >= LEAST_CASES
    assert [row for row in rows() if len(row) != 4 or not all(row) or not A_TEST.search(row[3])] == []


def test_each_test_and_each_file_that_is_named_is_there() -> None:
    named = set(A_TEST.findall(PAGE))
    assert len(named) >= LEAST_CASES
    assert named - functions() == set()
    assert [file for file in A_FILE.findall(PAGE) if not (ROOT / file).exists()] == []


def test_the_floor_and_what_was_never_seen_are_told() -> None:
    assert [title for title in SECTIONS if f"\n## {title}\n" not in PAGE] == []
    floor = (ROOT / ".browserslistrc").read_text(encoding="utf-8")
    assert [one for one in ("Chrome 100", "Firefox 102", "Safari 15.4") if one not in PAGE] == []
    assert "Chrome >= 100" in floor and "Firefox >= 102" in floor and "Safari >= 15.4" in floor
