"""What changed in a week and why, in words; and a person's own words, as a page reads them back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.models import Week, WeekChange
from coaching.said import said, told

What, Why = WeekChange.What, WeekChange.Why


@dataclass(frozen=True, kw_only=True)
class Told:
    at: datetime
    words: str
    why: str


def to_read_back(written: Mapping[str, str]) -> dict[str, str]:
    """A wish to die was answered when it was written. It is never read back, least of all as a step to take."""
    return {name: never_as_a_wish(str(words)) for name, words in written.items()}


def told_of(week: Week) -> tuple[Told, ...]:
    """The newest first."""
    rows: Iterable[WeekChange] = week.changes.select_related("technique", "instead")
    return tuple(
        Told(at=row.at, words=_words(row), why=told(row.words) if row.words else WHY()[row.why]) for row in rows
    )


def WHY() -> dict[str, str]:  # noqa: N802 (a table, read in the language of the page)
    return {
        Why.ASKED: _("You asked for it."),
        Why.TOO_MUCH: _("You said that it was too much. That is worth knowing, and no failure."),
        Why.REVIEW: _("You decided it at your review."),
        Why.FLARE: _("A flare has begun. A smaller week is the plan for it."),
        Why.FLARE_OVER: _("The way back up is one step a week. Your review will offer it."),
        Why.SAFETY: _("For your safety."),
        Why.LIBRARY: _("We no longer offer it."),
        Why.PLAN: _("It is no longer in your plan."),
    }


def _words(row: WeekChange) -> str:
    named = {
        "name": said(row.technique.name) if row.technique else "",
        "instead": said(row.instead.name) if row.instead else "",
        "minutes": row.minutes,
    }
    if row.technique is None:
        return str(OF_THE_WEEK().get((row.what, row.why), OF_THE_WEEK()[What.LIGHTER, Why.TOO_MUCH]))
    return OF_ONE()[row.what] % named


def OF_THE_WEEK() -> dict[tuple[str, str], str]:  # noqa: N802
    return {
        (What.LIGHTER, Why.TOO_MUCH): _("The rest of the week is smaller."),
        (What.DOWN, Why.FLARE): _("The week is one step smaller."),
        (What.RESUMED, Why.FLARE_OVER): _("The flare is over."),
    }


def OF_ONE() -> dict[str, str]:  # noqa: N802
    return {
        What.MOVED: _("%(name)s has another day."),
        What.SWAPPED: _("%(instead)s came in place of %(name)s."),
        What.LIGHTER: _("%(name)s is lighter: %(minutes)s min."),
        What.PAUSED: _("%(name)s rests."),
        What.RESUMED: _("%(name)s is back."),
        What.TAKEN_OUT: _("%(name)s was left out."),
        What.UP: _("%(name)s: one step up."),
        What.DOWN: _("%(name)s: one step down."),
    }
