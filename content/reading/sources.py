"""What the rows of the coach's knowledge rest on: the references of all of them, in one query."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet, Value

from content.models import Caution, DemandCaution, Evidence

Sourced = Evidence | Caution | DemandCaution
SOURCED: tuple[type[Any], ...] = (Evidence, Caution, DemandCaution)
COLUMNS = ("kind", "row", "reference__position", "reference__slug")


class Sources:
    """Read once; a row that is asked about later has no more of them than it had then."""

    def __init__(self) -> None:
        self._found: Mapping[tuple[str, int], list[str]] = _read()

    def of(self, row: Sourced) -> tuple[str, ...]:
        """The slugs, in the order in which staff put the references."""
        return tuple(self._found.get((str(row._meta.model_name), row.pk), ()))


def _read() -> Mapping[tuple[str, int], list[str]]:
    sources: dict[tuple[str, int], list[str]] = defaultdict(list)
    first, *others = map(_named_by, SOURCED)
    for kind, row, _position, slug in sorted(first.union(*others, all=True), key=lambda one: one[2:]):
        sources[kind, row].append(slug)
    return sources


def _named_by(model: type[Any]) -> QuerySet[Any, Any]:
    name = str(model._meta.model_name)
    links = model.sources.through.objects.order_by()
    return links.annotate(kind=Value(name), row=F(f"{name}_id")).values_list(*COLUMNS)
