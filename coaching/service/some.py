"""People by the thousand, in the order of their ids: each is in one group, so what is counted of groups adds up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coaching.models import Person

AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True)
class Some:
    """Whoever has an id after `after` and up to `last`; the last group has no end, and so whoever comes meanwhile."""

    after: str
    last: str | None

    def of(self, rows: Any, person: str = "person") -> Any:
        """Those of the rows that are of these people."""
        rows = rows.filter(**{f"{person}__gt": self.after})
        return rows.filter(**{f"{person}__lte": self.last}) if self.last is not None else rows


def everybody() -> Iterator[Some]:
    after: str | None = ""
    while after is not None:
        last = (
            Person.objects.filter(pk__gt=after)
            .order_by("pk")
            .values_list("pk", flat=True)[AT_ONCE - 1 : AT_ONCE]
            .first()
        )
        yield Some(after=after, last=last)
        after = last
