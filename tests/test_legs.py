"""The two legs of the gate leave no test out, and run none twice on one database."""

import re
import shlex
from itertools import product
from typing import cast

import pytest
from _pytest.mark.expression import Expression

from tests.imports import ROOT
from tests.legs import ABOUT_THE_DATABASE, LONG, LONG_BY_THEMSELVES, is_same_on_either, left_for_later

MARKS = ("browser", "serve", "pure", "either", "long")


def runs() -> list[list[str]]:
    """The arguments of each run of pytest in the gate."""
    script = (ROOT / "script" / "test").read_text().replace("\\\n", " ")
    lines = re.findall(r"^ +tests_on (.+)$", script, re.MULTILINE)
    return [shlex.split(line) for line in lines]


def takes(run: list[str], marks: set[str]) -> bool:
    places = [each for each in run if each.startswith("tests/")]
    wanted = {"tests/test_serve.py": "serve", "tests/browser": "browser"}
    if places and not marks & {wanted[place] for place in places}:
        return False
    return Expression.compile(run[run.index("-m") + 1]).evaluate(lambda name, **_: name in marks)


def kinds() -> list[set[str]]:
    """Every mixture of marks that a test can have."""
    mixtures = [{mark for mark, has in zip(MARKS, told, strict=True) if has} for told in product([0, 1], repeat=5)]
    return [
        marks
        for marks in mixtures
        if not {"browser", "serve"} <= marks and not {"pure", "either"} <= marks and not {"serve", "long"} <= marks
    ]


def test_the_gate_has_two_legs_of_three_runs() -> None:
    assert len(runs()) == 6
    assert [run[0].startswith("Second leg") for run in runs()] == [False] * 3 + [True] * 3


def test_every_test_runs_exactly_once_without_postgresql() -> None:
    on_sqlite = [run for run in runs() if "--pg" not in run]
    for marks in kinds():
        assert sum(takes(run, marks) for run in on_sqlite) == 1, marks


def test_every_test_of_the_database_runs_exactly_once_on_postgresql_and_no_other_does() -> None:
    on_postgresql = [run for run in runs() if "--pg" in run]
    for marks in kinds():
        wanted = 0 if marks & {"browser", "serve", "pure"} else 1
        assert sum(takes(run, marks) for run in on_postgresql) == wanted, marks


@pytest.mark.parametrize("file", sorted(ABOUT_THE_DATABASE | LONG))
def test_a_file_that_is_named_in_a_list_is_there(file: str) -> None:
    assert (ROOT / file).is_file()


def test_a_test_that_commits_or_is_about_the_database_is_in_the_first_leg_on_both() -> None:
    class Item:
        nodeid = "tests/coaching/test_result_pages.py::test_of_a_page"
        marks: frozenset[str] = frozenset()

        def get_closest_marker(self, name: str) -> object:
            return name if name in self.marks else None

    class AboutTheDatabase(Item):
        nodeid = f"{min(ABOUT_THE_DATABASE)}::test_of_a_query"

    class Killing(Item):
        marks = frozenset({"faults"})

    assert is_same_on_either(Item(), commits=False)
    assert not is_same_on_either(Item(), commits=True)
    assert not is_same_on_either(Killing(), commits=False)
    assert not is_same_on_either(AboutTheDatabase(), commits=False)


def test_of_a_test_with_many_cases_each_leg_has_some_and_no_case_is_in_neither() -> None:
    def cases(test: str, count: int) -> list[pytest.Item]:
        return cast("list[pytest.Item]", [Case(f"tests/test_a.py::{test}[{place}]") for place in range(count)])

    class Case:
        def __init__(self, nodeid: str) -> None:
            self.nodeid = nodeid

    assert left_for_later(cases("test_of_few", 2)) == set()
    later = left_for_later(cases("test_of_many", 10) + cases("test_of_few", 2))
    assert later == {f"tests/test_a.py::test_of_many[{place}]" for place in (1, 2, 3, 4, 5, 6, 7, 9)}


@pytest.mark.parametrize("test", sorted(LONG_BY_THEMSELVES))
def test_a_long_test_that_is_named_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text()
