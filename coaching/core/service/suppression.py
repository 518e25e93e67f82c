"""Counts of people that name nobody: no figure under 10, and none that a subtraction would lead to.

A table has rows and columns, and its totals are printed too. A figure of 1 to 9 people is hidden. Whoever knows a total
and all cells but one knows that one too, so further figures are hidden with it, the smallest first, until

- every hidden figure could be another one: there is another table of whole numbers, with one person at least in each
  hidden place, that has all the figures which are printed;
- what is hidden in a line, its total apart, is 10 or more together, so that the sum of it tells of no small group.

An empty cell is no person and may be said. Example, one line with its total: 12, 4, 30, total 46. The 4 is hidden, and
46 - 12 - 30 would give it back; so the 12 is hidden too. All that can be found out is that the two are 16 together.

How the first is known: a table with its totals is a flow from one node to the rows, from these to the columns, to a
last node, and back. A hidden figure can be another one if and only if a unit more, or less, can go round through hidden
figures alone (the residual network of Ford and Fulkerson).

Prints of two nights are two tables of nearly the same people. What was hidden in one could be worked out from both: a
week that goes out of sight, taken from the totals before and after; or one person who went on since. So what may be
said is rounded to the nearest 5, as health services do with counts (NHS Digital's rule for small numbers): such a
difference is then off by several people, and nobody knows by how many.

Bounds: it holds for one table. Two tables that cut the same people in two ways are two sources, so the page prints each
thing once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LEAST, STEP = 10, 5


@dataclass(frozen=True, kw_only=True)
class Table:
    """`cells[row][column]`: people, None where hidden. The totals go by the same rule."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int | None]
    row_totals: Mapping[str, int | None]
    column_totals: Mapping[str, int | None]
    total: int | None

    def line(self, row: str) -> list[int | None]:
        return [self.cells[row, column] for column in self.columns]


TOTAL = ""
"""The name of the row and of the column of totals. Nothing else may be called so."""
Place = tuple[str, str]


def suppressed(counts: Mapping[Place, int], rows: Sequence[str], columns: Sequence[str]) -> Table:
    """`counts` of people by (row, column); one that is not there is 0."""
    full = _with_totals(counts, rows, columns)
    hidden = {place for place, count in full.items() if 0 < count < LEAST}
    while more := _next_to_hide(full, hidden, rows, columns):
        hidden.add(more)
    shown = {place: None if place in hidden else count for place, count in full.items()}
    return Table(
        rows=tuple(rows),
        columns=tuple(columns),
        cells={(row, column): shown[row, column] for row in rows for column in columns},
        row_totals={row: shown[row, TOTAL] for row in rows},
        column_totals={column: shown[TOTAL, column] for column in columns},
        total=shown[TOTAL, TOTAL],
    )


def suppressed_line(counts: Mapping[str, int], names: Sequence[str]) -> dict[str, int | None]:
    """One row of counts without a total: only what is small is hidden, as nothing adds up to it."""
    return {name: None if 0 < counts.get(name, 0) < LEAST else counts.get(name, 0) for name in names}


def rounded(count: int) -> int:
    """A count of people as it is printed; nobody stays nobody."""
    return (count + STEP // 2) // STEP * STEP


def _with_totals(counts: Mapping[Place, int], rows: Sequence[str], columns: Sequence[str]) -> dict[Place, int]:
    full = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        full[row, TOTAL] = sum(full[row, column] for column in columns)
    for column in (*columns, TOTAL):
        full[TOTAL, column] = sum(full[row, column] for row in rows)
    return full


def lines_of(rows: Sequence[str], columns: Sequence[str]) -> Iterator[list[Place]]:
    """Every set of figures of which one is the sum of the others: each row and each column, with its total."""
    for row in (*rows, TOTAL):
        yield [(row, column) for column in (*columns, TOTAL)]
    for column in (*columns, TOTAL):
        yield [(row, column) for row in (*rows, TOTAL)]


def _next_to_hide(
    full: Mapping[Place, int], hidden: set[Place], rows: Sequence[str], columns: Sequence[str]
) -> Place | None:
    """The smallest figure beside one that is given away; None where none is."""
    for line in _telling(full, hidden, rows, columns):
        beside = [place for place in line if place not in hidden and full[place] > 0]
        if beside:
            return min(beside, key=lambda place: (full[place], place))
    return None


def _telling(
    full: Mapping[Place, int], hidden: set[Place], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[list[Place]]:
    """The lines in which something more has to be hidden."""
    lines = list(lines_of(rows, columns))
    for line in lines:
        inside = [place for place in line if place in hidden]
        small = sum(full[place] for place in inside) < LEAST
        if inside and small and not any(TOTAL in place for place in inside):
            yield line
    for place in sorted(hidden):
        if not can_be_another(place, full, hidden):
            yield from (line for line in lines if place in line)


def can_be_another(place: Place, full: Mapping[Place, int], hidden: Iterable[Place]) -> bool:
    """Whether all that is printed leaves more than one value for a hidden figure."""
    beside = [other for other in hidden if other != place]
    tail, head = _ends(place)
    return _leads(head, tail, full, beside) or (full[place] > 1 and _leads(tail, head, full, beside))


def _ends(place: Place) -> tuple[str, str]:
    """From where to where a figure flows: in, rows, columns, out, and in again."""
    row, column = place
    if row == TOTAL:
        return ("out", "in") if column == TOTAL else (f"column {column}", "out")
    return ("in", f"row {row}") if column == TOTAL else (f"row {row}", f"column {column}")


def _leads(start: str, goal: str, full: Mapping[Place, int], hidden: Iterable[Place]) -> bool:
    """Whether a unit can go from one node to another: more of a figure along it, less of it against it."""
    ways: dict[str, set[str]] = {}
    for place in hidden:
        tail, head = _ends(place)
        ways.setdefault(tail, set()).add(head)
        if full[place] > 1:
            ways.setdefault(head, set()).add(tail)
    seen, open_nodes = {start}, [start]
    while open_nodes:
        for node in ways.get(open_nodes.pop(), set()) - seen:
            seen.add(node)
            open_nodes.append(node)
    return goal in seen
