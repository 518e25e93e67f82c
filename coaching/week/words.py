"""What changed in a week and why, in words; what a rule asks for; and a person's own words, as a page reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.models import Week, WeekChange
from coaching.said import said, told
from content.core.week_facts import Fact

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


def rule_asks(fact: Fact, least: int | None, most: int | None) -> str:
    """One condition of a rule, for whoever is proposed something by it."""
    plain = SO_OR_NOT().get(fact)
    if plain:
        return plain if least else _("Not so: %(that)s") % {"that": plain}
    counts = {"fact": COUNTED()[fact], "least": least, "most": most}
    if least is not None and most is not None:
        return _("%(fact)s: from %(least)s to %(most)s") % counts
    return _("%(fact)s: %(least)s or more") % counts if least is not None else _("%(fact)s: %(most)s or less") % counts


def SO_OR_NOT() -> dict[Fact, str]:  # noqa: N802
    return {
        Fact.ENOUGH: _("You did as many goes as this step calls enough."),
        Fact.SWAP: _("There is something else that could take its place."),
        Fact.FLARE: _("A flare is running."),
        Fact.FLARE_OVER: _("A flare made it smaller, and the flare is over."),
        Fact.EASED: _("You made it smaller when a week was too much."),
        Fact.PAIN: _("Pain got in the way."),
        Fact.TIME: _("There was no time."),
        Fact.TIRED: _("You were too tired."),
        Fact.FORGOT: _("It slipped your mind."),
        Fact.FEAR: _("You were afraid of the move."),
        Fact.MOOD: _("Low mood or worry got in the way."),
        Fact.LIFE: _("Life came in between."),
    }


def COUNTED() -> dict[Fact, str]:  # noqa: N802
    return {
        Fact.GOES: _("Goes that you did in the week"),
        Fact.SHARE: _("Of 100 goes that the week held, those you did"),
        Fact.WORSE: _("Of 100 goes, those that left you worse"),
        Fact.CONFIDENCE: _("How sure you are of the next week, of 10"),
        Fact.PLACE: _("The step you stand on, counted from the lowest"),
        Fact.ABOVE: _("Steps above it that fit you"),
    }
