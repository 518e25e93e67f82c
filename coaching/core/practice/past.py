"""One practice of the past, as pages and the learner read it: bare values, so that hundreds of them cost little."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
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


def past_of(row: Any) -> PastPractice:
    """From anything that has the same names, such as a row of the database. Its time as the database gives it back."""
    one = PastPractice._make(getattr(row, name) for name in PastPractice._fields)
    return one._replace(started_at=one.started_at.astimezone(UTC))


def with_these(newest_first: Iterable[PastPractice], others: Iterable[PastPractice], most: int) -> list[PastPractice]:
    """The newest of both, each once. Where one stands in both, what `others` say of it holds."""
    by_key = {one.pk: one for one in newest_first} | {one.pk: one for one in others}
    return sorted(by_key.values(), key=lambda one: (one.started_at, one.pk), reverse=True)[:most]


def written(newest_first: Iterable[PastPractice]) -> list[list[Any]]:
    """As JSON holds it, without the ratings at the end that nobody told."""
    return [_written(one) for one in newest_first]


class PastPractices(Sequence[PastPractice]):
    """Practices as `written` gave them, each read back when it is come to: most pages look at the newest few alone."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows, self._read = rows, list[PastPractice]()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[PastPractice]:
        for place in range(len(self._rows)):
            if place == len(self._read):
                self._read.append(_read_back(self._rows[place]))
            yield self._read[place]

    @overload
    def __getitem__(self, place: int) -> PastPractice: ...

    @overload
    def __getitem__(self, place: slice) -> list[PastPractice]: ...

    def __getitem__(self, place: int | slice) -> PastPractice | list[PastPractice]:
        return self._read_up_to(place + 1 if isinstance(place, int) and place >= 0 else len(self._rows))[place]

    def __reversed__(self) -> Iterator[PastPractice]:
        return reversed(self._read_up_to(len(self._rows)))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} practices>"

    def _read_up_to(self, count: int) -> list[PastPractice]:
        self._read += map(_read_back, self._rows[len(self._read) : count])
        return self._read


NOT_TOLD = (None,) * len(PastPractice._fields)


def read_back(rows: Sequence[Sequence[Any]]) -> PastPractices:
    return PastPractices(rows)


def _read_back(row: Sequence[Any]) -> PastPractice:
    told = [*row, *NOT_TOLD[len(row) :]]
    told[STARTED] = datetime.fromisoformat(told[STARTED])
    return PastPractice._make(told)


def _written(one: PastPractice) -> list[Any]:
    row = [*one[:STARTED], one.started_at.isoformat(), *one[STARTED + 1 :]]
    while row[-1] is None:
        row.pop()
    return row
