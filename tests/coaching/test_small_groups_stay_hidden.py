"""Staff see the service, not people: no figure under 10, and nothing that could be subtracted to one."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from coaching.core.service.suppression import (
    LEAST,
    TOTAL,
    Place,
    Table,
    can_be_another,
    rounded,
    suppressed,
    suppressed_line,
)

TABLES = 400


def shown_of(table: Table) -> dict[Place, int | None]:
    return {
        **table.cells,
        **{(row, TOTAL): count for row, count in table.row_totals.items()},
        **{(TOTAL, column): count for column, count in table.column_totals.items()},
        (TOTAL, TOTAL): table.total,
    }


def made_up(count: int, seed: int = 5) -> Iterator[tuple[dict[Place, int], list[str], list[str]]]:
    """Tables of up to 6 by 6, many of whose cells are small or empty."""
    chance = Random(seed)  # noqa: S311 - made-up tables, no secret
    for _ in range(count):
        rows = [f"r{place}" for place in range(chance.randint(1, 6))]
        columns = [f"c{place}" for place in range(chance.randint(1, 6))]
        sizes = (0, 1, 2, 4, 9, 10, 11, 15, 40)
        yield {place: chance.choice(sizes) for place in product(rows, columns)}, rows, columns


def full_of(counts: dict[Place, int], rows: list[str], columns: list[str]) -> dict[Place, int]:
    full = dict(counts)
    full |= {(row, TOTAL): sum(counts[row, column] for column in columns) for row in rows}
    full |= {(TOTAL, column): sum(counts[row, column] for row in rows) for column in columns}
    return full | {(TOTAL, TOTAL): sum(counts.values())}


def test_a_small_cell_takes_another_with_it() -> None:
    table = suppressed({("a", "x"): 12, ("a", "y"): 4, ("a", "z"): 30}, ["a"], ["x", "y", "z"])
    assert table.line("a") == [None, None, 30]
    assert table.row_totals["a"] == 46


def test_what_is_not_small_is_said() -> None:
    counts = {("a", "x"): 12, ("a", "y"): 10, ("b", "x"): 0, ("b", "y"): 30}
    table = suppressed(counts, ["a", "b"], ["x", "y"])
    assert dict(table.cells) == counts
    assert table.total == 52


def test_nobody_is_said_to_be_nobody() -> None:
    table = suppressed({}, ["a"], ["x"])
    assert table.cells["a", "x"] == table.total == 0


def test_no_figure_is_under_ten() -> None:
    for counts, rows, columns in made_up(TABLES):
        shown = shown_of(suppressed(counts, rows, columns)).values()
        assert not [count for count in shown if count is not None and 0 < count < LEAST]


def test_what_is_shown_is_true() -> None:
    for counts, rows, columns in made_up(TABLES):
        full, shown = full_of(counts, rows, columns), shown_of(suppressed(counts, rows, columns))
        assert all(count in (None, full[place]) for place, count in shown.items())


def test_no_hidden_figure_can_be_worked_out() -> None:
    for counts, rows, columns in made_up(TABLES):
        full, shown = full_of(counts, rows, columns), shown_of(suppressed(counts, rows, columns))
        hidden = {place for place, count in shown.items() if count is None}
        assert all(can_be_another(place, full, hidden) for place in hidden), (counts, hidden)


def test_the_sum_of_what_is_hidden_in_a_line_is_of_no_small_group() -> None:
    for counts, rows, columns in made_up(TABLES):
        table = suppressed(counts, rows, columns)
        for row in rows:
            hidden = [counts[row, column] for column in columns if table.cells[row, column] is None]
            assert not hidden or table.row_totals[row] is None or sum(hidden) >= LEAST


def test_that_a_figure_can_be_another_is_what_a_search_finds_too() -> None:
    """The rule is held against a plain search through all tables of 2 by 2 and 2 by 3 that fit what is printed."""
    checked = 0
    for counts, rows, columns in made_up(4000, seed=9):
        if len(rows) != 2 or len(columns) > 3 or max(counts.values()) > 15 or checked > 30:
            continue
        table = suppressed(counts, rows, columns)
        full, shown = full_of(counts, rows, columns), shown_of(table)
        hidden = [place for place in product(rows, columns) if shown[place] is None]
        if not 0 < len(hidden) <= 3:
            continue
        checked += 1
        found: dict[Place, set[int]] = {place: set() for place in hidden}
        for values in product(range(1, 26), repeat=len(hidden)):
            other = full_of({**counts, **dict(zip(hidden, values, strict=True))}, rows, columns)
            if all(count is None or other[place] == count for place, count in shown.items()):
                for place in hidden:
                    found[place].add(other[place])
        assert all(len(values) > 1 for values in found.values()), (counts, found, full)
    assert checked > 15


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11])
def test_a_line_without_a_total_hides_what_is_small(count: int) -> None:
    assert suppressed_line({"x": count}, ["x"]) == {"x": None if 0 < count < LEAST else count}


@pytest.mark.parametrize(("count", "said"), [(0, 0), (10, 10), (12, 10), (13, 15), (42, 40), (43, 45)])
def test_a_count_is_printed_to_the_nearest_five(count: int, said: int) -> None:
    assert rounded(count) == said


@pytest.mark.parametrize("came", range(1, LEAST))
def test_two_nights_do_not_give_away_the_few_of_a_week_that_came(came: int) -> None:
    """The totals of both nights and the week that went out of sight, as they are printed, leave several answers."""
    printed = (rounded(30), rounded(100 + 30), rounded(100 + came))
    could_be = {
        other
        for rest, gone, other in product(range(80, 120), range(LEAST, 60), range(30))
        if (rounded(gone), rounded(rest + gone), rounded(rest + other)) == printed
    }
    assert came in could_be
    assert min(could_be) < came < max(could_be) and len(could_be) > LEAST // 2
