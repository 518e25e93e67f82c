"""One practice of the past, as pages and the learner read it: bare values, so that hundreds of them cost little."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, overload


class PastPractice(NamedTuple):
    """A rating is 0 to 10 (`managed` 0 to 3), and None where it was not told.

    A tuple rather than a dataclass: one is made for each of the newest practices on every page.
    """

    pk: int
    technique_id: str
    client_id: str
    started_at: datetime
    seconds: int
    tension_before: int | None = None
    tension_after: int | None = None
    pain_before: int | None = None
    pain_after: int | None = None
    belief_before: int | None = None
    belief_after: int | None = None
    confidence_before: int | None = None
    confidence_after: int | None = None
    managed: int | None = None
    night_before: int | None = None
    night_after: int | None = None
    pain_next_day: int | None = None


STARTED = PastPractice._fields.index("started_at")
_told_by = attrgetter(*PastPractice._fields)


def past_of(row: Any) -> PastPractice:
    """From anything that has the same names, such as a row of the database. Its time as the database gives it back."""
    one = PastPractice._make(_told_by(row))
    return one._replace(started_at=one.started_at.astimezone(UTC))


def written(newest_first: Iterable[PastPractice]) -> list[str]:
    """A line of JSON for each, without the ratings at the end that nobody told."""
    return [_written(one) for one in newest_first]


def without_key(one: PastPractice) -> str:
    """The line of one whose key is not known yet."""
    [line] = written([one])
    return line_of(json.loads(line)[1:])


def put_in(lines: Sequence[str], new: str, most: int) -> list[str]:
    """The line of a new one in its place among others, newest first, of which none is read but those ahead of it."""
    came = begun(new)
    place = next((at for at, line in enumerate(lines) if begun(line) < came), len(lines))
    return [*lines[:place], new, *lines[place:]][:most]


def key_of(line: str) -> int:
    return int(json.loads(line)[0])


class PastPractices(Sequence[PastPractice]):
    """Practices as `written` gave them, each read back when it is come to: most pages look at the newest few alone.

    The lines themselves are asked for with the first.
    """

    def __init__(self, lines: Callable[[], Sequence[str]]) -> None:
        self._ask, self._read = lines, list[PastPractice]()

    @cached_property
    def _lines(self) -> Sequence[str]:
        return self._ask()

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[PastPractice]:
        for place in range(len(self._lines)):
            if place == len(self._read):
                self._read_up_to(place + AT_ONCE)
            yield self._read[place]

    @overload
    def __getitem__(self, place: int) -> PastPractice: ...

    @overload
    def __getitem__(self, place: slice) -> list[PastPractice]: ...

    def __getitem__(self, place: int | slice) -> PastPractice | list[PastPractice]:
        return self._read_up_to(place + 1 if isinstance(place, int) and place >= 0 else len(self._lines))[place]

    def __reversed__(self) -> Iterator[PastPractice]:
        return reversed(self._read_up_to(len(self._lines)))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} practices>"

    def _read_up_to(self, count: int) -> list[PastPractice]:
        """Lines that are read together cost half of what they cost one by one."""
        self._read += map(_read_back, json.loads(f"[{','.join(self._lines[len(self._read) : count])}]"))
        return self._read


AT_ONCE = 16
"""Lines that are read together where a page goes through them one by one."""


NOT_TOLD = (None,) * len(PastPractice._fields)


def begun(line: str) -> tuple[datetime, int]:
    """When, and its key: by these they are in order."""
    row = json.loads(line)
    return datetime.fromisoformat(row[STARTED]), row[0]


def _read_back(row: Sequence[Any]) -> PastPractice:
    told = [*row, *NOT_TOLD[len(row) :]]
    told[STARTED] = datetime.fromisoformat(told[STARTED])
    return PastPractice._make(told)


def _written(one: PastPractice) -> str:
    row = [*one[:STARTED], one.started_at.isoformat(), *one[STARTED + 1 :]]
    while row[-1] is None:
        row.pop()
    return line_of(row)


def line_of(row: Sequence[Any]) -> str:
    return json.dumps(row, separators=(",", ":"))
