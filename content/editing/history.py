"""Writes and reads the versions of a row. Everything that changes a row remembers it here, in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Max

from content.core.vocabulary import Change
from content.editing.nouns import NOUNS_OF_MODELS
from content.models import Row, Version
from content.models.version import VersionQuerySet

WRITING = [Change.EDITED.value, Change.RESTORED.value, Change.PUT_BACK.value]


def versions_of(row: Row) -> VersionQuerySet:
    return Version.objects.of(NOUNS_OF_MODELS[type(row)], row.key)


def latest_number(row: Row) -> int:
    """0 for a row whose history has not begun."""
    latest: int | None = versions_of(row).aggregate(latest=Max("number"))["latest"]
    return latest or 0


def begin(row: Row, at: datetime) -> None:
    """Keeps what a row says before the first change that is remembered."""
    if not latest_number(row):
        remember(row, Change.BEGAN, by=None, at=at)


def remember(row: Row, change: Change, *, by: AbstractBaseUser | None, at: datetime, note: str = "") -> Version:
    version = _version(row, row.working_values(), change, latest_number(row) + 1, at)
    version.by_id, version.note = by.pk if by else None, note
    version.save()
    return version


def remember_all(
    said: Iterable[tuple[Row, Mapping[str, Any]]],
    change: Change,
    *,
    at: datetime,
    by: AbstractBaseUser | None = None,
) -> None:
    """Many rows at once, each with what it says, in few queries."""
    latest = _latest_numbers()
    versions = [
        _version(row, values, change, latest.get((NOUNS_OF_MODELS[type(row)], row.key), 0) + 1, at)
        for row, values in said
    ]
    for version in versions:
        version.by_id = by.pk if by else None
    Version.objects.bulk_create(versions)


def begin_all(rows: Iterable[Row], *, at: datetime) -> None:
    latest = _latest_numbers()
    new = [row for row in rows if (NOUNS_OF_MODELS[type(row)], row.key) not in latest]
    remember_all(((row, row.working_values()) for row in new), Change.BEGAN, at=at)


def writers_of(row: Row) -> set[int]:
    """The ids of all who wrote in it since it was last published: they may not review it."""
    versions = versions_of(row)
    published = versions.filter(change__in=[Change.PUBLISHED.value, Change.APPROVED.value])
    since = published.aggregate(latest=Max("number"))["latest"] or 0
    return {by for by in versions.filter(number__gt=since, change__in=WRITING).values_list("by", flat=True) if by}


def _version(row: Row, values: Mapping[str, Any], change: Change, number: int, at: datetime) -> Version:
    noun = NOUNS_OF_MODELS[type(row)]
    return Version(
        noun=noun, key=row.key, number=number, values=dict(values), stage=row.stage, change=change.value, at=at
    )


def _latest_numbers() -> dict[tuple[str, str], int]:
    rows = Version.objects.order_by().values_list("noun", "key").annotate(latest=Max("number"))
    return {(noun, key): latest for noun, key, latest in rows}
