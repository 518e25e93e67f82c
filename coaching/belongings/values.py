"""One value of a file that somebody brings, as its column takes it, or what is wrong with it."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import ReminderWish
from coaching.belongings import sealed_shapes as shapes
from coaching.models import WeekChange
from coaching.progress.asking import note_item, own_items
from content.core.vocabulary import Level

EARLIEST = date(2000, 1, 1)
AHEAD = timedelta(days=400)
"""How far a plan may reach: a course of weeks, and letters up to half a year after its end."""
A_DAY = timedelta(days=1)

MAY_BE_AHEAD = frozenset(
    {
        *("person.check_in_from", "rhythm.ends_on", "weeks.begins_on", "weeks.ends_on", "week_steps.day"),
        *("week_changes.day", "week_changes.to_day", "boosters.due_on", "comparison_days.on"),
    }
)
"""Days on which something is meant to be. Everything else has happened, so it cannot lie in the future."""

LARGEST_NUMBER = 10**6
"""More than anything of ours counts, and far from where a column ends: one more can still be added to it."""

WITH_CLIENT_ID = ("practices", "tool_entries", "unwanted_effects", "log")
Check = Callable[[Any], str]


class BadValue(Exception):
    """The words say what is wrong; the place in the file is known to whoever asked."""


def shape_checks(at: datetime) -> dict[str, Check]:
    """Table and name -> the check of a value whose inside the database does not look at."""
    return {
        "intakes.answers": shapes.answers,
        "check_ins.answers": shapes.check_in_answers([*own_items(), note_item()]),
        "lessons.notes": shapes.texts_of("reflection", "changed"),
        "breaths.name": shapes.one_line,
        "rhythm.step": shapes.texts_of("words", "when", "where"),
        "week_steps.place": shapes.one_line,
        "log.words": shapes.texts_of("what", "category", "amount"),
        "endings.words": shapes.texts_of("helped", "signs", "first", "people", "note"),
        "plans.sure": shapes.of_each_technique(shapes.is_sure, is_past(at)),
        "plans.held": shapes.of_each_technique(shapes.is_held, is_past(at)),
        "endings.kept": shapes.slugs,
        "week_reviews.in_the_way": shapes.in_the_way,
        "intakes.safety_level": shapes.one_of(level.value for level in Level),
        "week_steps.why": shapes.one_of(WeekChange.Why.values),
        "endings.had_reminders": shapes.one_of(["daily", "weekly", *ReminderWish.Way.values]),
        "profile.time_zone": shapes.zone,
        **{f"{table}.client_id": shapes.client_id for table in WITH_CLIENT_ID},
    }


def read_value(column: "models.Field", told: Any, name: str, at: datetime) -> Any:
    """`name` is that of the table and of the column, such as "weeks.ends_on"."""
    if told is None:
        if column.null:
            return None
        raise BadValue(_("something has to stand here"))
    value = _read(column, told)
    if isinstance(value, date):
        _check_time(value, name, at)
    try:
        return column.clean(value, None)
    except ValidationError as error:
        raise BadValue(" ".join(error.messages)) from error


def _read(column: "models.Field", told: Any) -> Any:
    for kind, read in READERS.items():
        if isinstance(column, kind):
            return read(told)
    raise BadValue(_("this cannot be brought"))


def _a_bool(told: Any) -> bool:
    if isinstance(told, bool):
        return told
    raise BadValue(_("this is neither true nor false"))


def _a_whole_number(told: Any) -> int:
    if type(told) is int and abs(told) <= LARGEST_NUMBER:
        return told
    raise BadValue(_("this is no whole number, or too large"))


def _a_number(told: Any) -> float:
    # Compared first: a whole number of a thousand digits is no float at all.
    if type(told) in (int, float) and abs(told) <= LARGEST_NUMBER and math.isfinite(told):
        return float(told)
    raise BadValue(_("this is no number, or too large"))


def _a_text(told: Any) -> str:
    if shapes.is_text(told):
        return str(told)
    raise BadValue(_("this is no text, or too long"))


def _by(parse: Callable[[str], Any], words: str) -> Callable[[Any], Any]:
    def read(told: Any) -> Any:
        try:
            value = parse(told) if isinstance(told, str) and len(told) <= 40 else None
        except ValueError:
            value = None
        if value is None:
            raise BadValue(_(words))
        return value

    return read


def _moment(told: str) -> datetime | None:
    value = parse_datetime(told)
    return value if value and value.tzinfo else None


# A moment is a day too, for Django as for Python, so it is asked first.
READERS: Mapping[type, Callable[[Any], Any]] = {
    models.BooleanField: _a_bool,
    models.IntegerField: _a_whole_number,
    models.FloatField: _a_number,
    models.DateTimeField: _by(_moment, gettext_noop("this is no moment with a time zone")),
    models.DateField: _by(parse_date, gettext_noop("this is no day")),
    models.TimeField: _by(parse_time, gettext_noop("this is no time of day")),
    models.CharField: _a_text,
    models.TextField: _a_text,
    models.JSONField: lambda told: told,
}


def is_past(at: datetime) -> Callable[[Any], bool]:
    """Whether a text is a moment that may have been, as columns of moments take it."""

    def check(told: Any) -> bool:
        try:
            value = READERS[models.DateTimeField](told)
            _check_time(value, "", at)
        except BadValue:
            return False
        return True

    return check


def _check_time(value: date, name: str, at: datetime) -> None:
    day = value.date() if isinstance(value, datetime) else value
    latest = at.date() + (AHEAD if name in MAY_BE_AHEAD else A_DAY)
    if day > latest:
        raise BadValue(_("this lies in the future"))
    if day < EARLIEST:
        raise BadValue(_("this lies too far back"))
