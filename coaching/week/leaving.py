"""Leaving well: what helped, what is kept, a plan for a bad time made from the person's own data, and coming back.

Whoever leaves is not asked for anything any more. Coming back is one tap, and asks only what has changed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.members import reminder_wishes
from accounts.models import ReminderWish
from coaching.core.learning.verdict import Verdict
from coaching.core.person.leads import WORDS_OF_TRIGGER
from coaching.core.week.calendar import planned_end
from coaching.core.week.leaving import months_after
from coaching.learning.effects import effects_of
from coaching.learning.goes import goes_of
from coaching.models import Booster, Ending, Person, Rhythm, WeekReview
from coaching.models.ending import MONTHS
from coaching.plan.plans import Coaching
from coaching.plan.start_rules import rule_for
from coaching.said import said
from coaching.week import flares
from coaching.week.weeks import begin, today_in
from content.core.week_facts import Fact
from content.models import Technique

HELPED = (Verdict.HELPS,)
MOST_SIGNS = 3


@dataclass(frozen=True, kw_only=True)
class Helped:
    """`words` come from the person's own goes alone."""

    technique: str
    name: str
    words: str
    goes: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the page of leaving begins with, from the person's own data; all of it theirs to change."""

    practices: tuple[Helped, ...]
    reviews: int
    kept: tuple[str, ...]
    signs: str
    first: str
    people: str


def draft_of(coaching: Coaching, *, hides_pain: bool) -> Draft:
    person = coaching.plan.person
    goes = goes_of(person.newest_practices, coaching.options)
    effects = effects_of(goes, coaching.options, pool=coaching.knowledge.pool, hides_pain=hides_pain)
    reviews = list(WeekReview.objects.filter(week__person=person).order_by("at"))
    helping = [one for one in effects if one.judged.verdict in HELPED]
    plan = flares.flare_plan_of(person)
    return Draft(
        practices=tuple(
            Helped(technique=one.technique, name=one.name, words=one.words, goes=one.practised) for one in effects
        ),
        reviews=len(reviews),
        kept=tuple(one.technique for one in helping) or coaching.recommendation.techniques[:1],
        signs="\n".join(_signs(coaching, reviews)),
        first=plan.first if plan else _first(coaching),
        people=plan.people if plan else "",
    )


def _signs(coaching: Coaching, reviews: list[WeekReview]) -> list[str]:
    """What turned it up by their own word, then what got in the way most often."""
    told = [WORDS_OF_TRIGGER[trigger] for trigger in WORDS_OF_TRIGGER if trigger in coaching.snapshot.told.triggers]
    ways = Counter(way for review in reviews for way in review.in_the_way)
    named = [Fact(way).label.partition("1 if ")[2].partition(",")[0] for way, _ in ways.most_common()]
    return [_as_sentence(words) for words in dict.fromkeys([*told, *named])][:MOST_SIGNS]


def _as_sentence(words: str) -> str:
    words = said(words)
    return words[:1].upper() + words[1:]


def _first(coaching: Coaching) -> str:
    picks = coaching.recommendation.picks
    step = coaching.steps.of(picks[0].technique) if picks else None
    return f"{said(picks[0].name)}: {step.amount}. {said(step.words)}" if picks and step else ""


@transaction.atomic
def leave(
    person: Person,
    *,
    words: Mapping[str, str],
    kept: list[str],
    needs_it_less: bool | None,
    wants_letters: bool,
    at: datetime,
    zone: ZoneInfo,
) -> Ending:
    """Once, from whichever tab. Reminders stop with it."""
    Person.objects.hold(person)
    standing = person.endings.standing().first()
    if standing:
        return standing
    today = today_in(zone, at)
    rhythm = begin(person, today)
    Rhythm.objects.filter(person=person).update(left_at=at)
    ending = Ending(
        person=person,
        at=at,
        kept=kept,
        needs_it_less=needs_it_less,
        was_planned=today >= rhythm.ends_on,
        wants_letters=wants_letters and person.user_id is not None,
        had_reminders=_stop_reminders(person, at),
    )
    ending.words = dict(words)
    ending.save()
    Booster.objects.bulk_create(
        Booster(ending=ending, month=month, due_on=months_after(today, month)) for month in MONTHS
    )
    return ending


def _stop_reminders(person: Person, at: datetime) -> str:
    """The way in which they came."""
    wish = reminder_wishes.wish_of(person.user) if person.user else None
    if wish is None or not wish.is_on:
        return ""
    reminder_wishes.stop(wish, ReminderWish.Stopped.LEFT, at)
    return wish.way


@transaction.atomic
def come_back(person: Person, *, at: datetime, zone: ZoneInfo) -> None:
    """A new eight weeks; the letters of the last ending end, and reminders stay as they are now: off."""
    person.endings.standing().update(returned_at=at)
    today = today_in(zone, at)
    Rhythm.objects.filter(person=person).update(left_at=None, began_on=today, ends_on=planned_end(today))


def standing_ending(person: Person | None) -> Ending | None:
    return person.endings.standing().prefetch_related("boosters").first() if person else None


def names_of(ending: Ending) -> list[tuple[str, str]]:
    """What is kept, by name; the address is empty where it is shut to the person by now."""
    rows = Technique.objects.filter(slug__in=ending.kept).values_list("slug", "name")
    return [(slug if rule_for(ending.person, slug).may_start else "", name) for slug, name in rows]


def open_booster(ending: Ending, today: date) -> Booster | None:
    """The newest look that is due and was not taken."""
    due = [one for one in ending.boosters.all() if one.due_on <= today]
    return due[-1] if due and due[-1].answered_at is None else None


def answer(booster: Booster, told: Mapping[str, int | None], at: datetime) -> None:
    known = ("doing", "calm", "confidence")
    values = {name: told.get(name) for name in known}
    Booster.objects.filter(pk=booster.pk, answered_at=None).update(answered_at=at, **values)
