"""What comes to something only at its end goes on where its slice ended, and is never begun without an end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from accounts.work import walks
from accounts.work.slices import for_ever

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
FIRST, SECOND = walks.turn_of(NOON), walks.turn_of(NOON + timedelta(days=1))


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_known", {})


def one_step() -> bool:
    return False


def counting_to(number: int, made: list[str], name: str = "made") -> Callable[[], Iterator[int]]:
    def steps() -> Iterator[int]:
        made.append("begun")
        yield from range(number)
        made.append(name)

    return steps


def test_it_goes_on_where_the_slice_before_ended() -> None:
    made: list[str] = []
    slices = [walks.go_on("all", FIRST, counting_to(2, made), one_step) for _ in range(3)]
    assert slices == [False, False, True]
    assert made == ["begun", "made"]


def test_a_later_turn_begins_anew_and_a_slice_of_the_one_before_ends() -> None:
    made: list[str] = []
    assert not walks.go_on("all", FIRST, counting_to(1, made, "old"), one_step)
    assert not walks.go_on("all", SECOND, counting_to(1, made, "new"), one_step)
    assert walks.go_on("all", FIRST, counting_to(1, made, "old"), for_ever)
    assert walks.go_on("all", SECOND, counting_to(1, made, "new"), for_ever)
    assert made == ["begun", "begun", "new"]


def test_in_another_process_it_begins_anew() -> None:
    made: list[str] = []
    walks.go_on("all", FIRST, counting_to(1, made), one_step)
    walks._known.clear()
    assert walks.go_on("all", FIRST, counting_to(1, made), for_ever)
    assert made == ["begun", "begun", "made"]


def test_one_that_failed_is_not_taken_for_one_that_came_to_its_end() -> None:
    def failing() -> Iterator[None]:
        yield
        raise ValueError("in the middle")

    made: list[str] = []
    walks.go_on("all", FIRST, failing, one_step)
    with pytest.raises(ValueError, match="in the middle"):
        walks.go_on("all", FIRST, failing, one_step)
    assert walks.go_on("all", FIRST, counting_to(1, made), for_ever)
    assert made == ["begun", "made"]
