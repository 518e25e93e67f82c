"""docs/security.md names tests that are there, and numbers of the standard in their form."""

import re

from tests.imports import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
CELLS = [[cell.strip() for cell in row.strip("|").split("|")] for row in ROWS]


def test_each_test_that_is_named_is_there() -> None:
    there = {file.name for file in (ROOT / "tests").rglob("test_*.py")}
    assert sorted(set(re.findall(r"test_\w+\.py", PAGE)) - there) == []


def test_each_row_has_numbers_an_answer_and_how() -> None:
    number = r"\d{1,2}\.\d{1,2}\.\d{1,2}"
    wrong = [
        cells
        for cells in CELLS
        if len(cells) != 5
        or not re.fullmatch(rf"{number}(?:(?:, | to ){number})*", cells[0])
        or cells[2] not in ("yes", "partly", "no")
    ]
    assert wrong == []


def test_no_requirement_stands_twice() -> None:
    numbers = [number for cells in CELLS for number in cells[0].split(", ")]
    assert sorted({number for number in numbers if numbers.count(number) > 1}) == []


def test_what_is_partly_met_or_not_says_how_far() -> None:
    assert [cells for cells in CELLS if cells[2] != "yes" and not cells[3]] == []
