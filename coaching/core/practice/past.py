"""One practice of the past, as pages and the learner read it: bare values, so that hundreds of them cost little."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple


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


def read_back(rows: Iterable[Sequence[Any]]) -> list[PastPractice]:
    return [_read_back(row) for row in rows]


def _read_back(row: Sequence[Any]) -> PastPractice:
    told = [*row, *[None] * (len(PastPractice._fields) - len(row))]
    told[STARTED] = datetime.fromisoformat(told[STARTED])
    return PastPractice._make(told)


def _written(one: PastPractice) -> list[Any]:
    row = [*one[:STARTED], one.started_at.isoformat(), *one[STARTED + 1 :]]
    while row[-1] is None:
        row.pop()
    return row
