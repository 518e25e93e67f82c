"""What comes to something only at its end goes on where its slice ended, and is never begun without an end."""

from collections.abc import Callable, Iterator

import pytest

from accounts.work import walks
from accounts.work.slices import for_ever

FIRST, SECOND = "first turn", "second turn"


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_known", {})
    monkeypatch.setattr(walks, "_ended", {})


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


def test_a_turn_that_comes_round_meanwhile_goes_on_with_the_one_before_and_is_next() -> None:
    made: list[str] = []
    assert not walks.go_on("all", FIRST, counting_to(2, made, "first"), one_step)
    assert not walks.go_on("all", SECOND, counting_to(2, made, "second"), one_step)
    assert walks.go_on("all", FIRST, counting_to(2, made, "first"), for_ever)
    assert made == ["begun", "first"]
    assert walks.go_on("all", SECOND, counting_to(2, made, "second"), for_ever)
    assert made == ["begun", "first", "begun", "second"]


def test_a_slice_of_a_turn_that_came_to_its_end_does_nothing_more() -> None:
    made: list[str] = []
    assert not walks.go_on("all", FIRST, counting_to(1, made), one_step)
    assert not walks.go_on("all", SECOND, counting_to(1, made), for_ever)
    assert walks.go_on("all", FIRST, counting_to(1, made), for_ever)
    assert made == ["begun", "made"]


def test_what_was_left_lying_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    walks.go_on("all", FIRST, counting_to(1, made, "old"), one_step)
    monkeypatch.setattr(walks, "LEFT_LYING", -1.0)
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
