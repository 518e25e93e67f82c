"""What is kept of somebody's weeks: to take along as plain values, and to give to whoever they turn out to be."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.members.extent import WHOLE, Extent
from coaching.models import Ending, LogEntry, Person, Rhythm, Week, WeekStep


def export_weeks(person: Person, extent: Extent = WHOLE) -> dict[str, Any]:
    weeks = person.weeks.prefetch_related("steps", "changes").select_related("review").order_by("begins_on")
    endings = person.endings.prefetch_related("boosters").order_by("at")
    return {
        "rhythm": _rhythm(Rhythm.objects.filter(person=person).first()),
        "weeks": extent.oldest_first(weeks, partial(_week, extent=extent)),
        "log": extent.oldest_first(person.log.order_by("at", "id"), _entry),
        "endings": extent.oldest_first(endings, _ending),
    }


def _rhythm(rhythm: Rhythm | None) -> dict[str, Any]:
    if rhythm is None:
        return {}
    told = ("began_on", "ends_on", "review_day", "enough_on", "log_stopped_at")
    return {**_values(rhythm, told), "small_step": rhythm.step}


def _week(week: Week, extent: Extent) -> dict[str, Any]:
    review = getattr(week, "review", None)
    return {
        **_values(week, ("begins_on", "ends_on", "made_at", "committed_at", "eased_at")),
        "steps": [_step(week, step) for step in week.steps.all()],
        "changes": extent.came_along(week.changes.all(), partial(_values, names=CHANGE)),
        "review": _values(review, REVIEW) if review else {},
    }


CHANGE = ("at", "what", "why", "technique_id", "instead_id", "day", "to_day", "minutes", "words")
STEP = ("technique_id", "day", "at", "minutes", "rung", "state", "done_at", "probability")
REVIEW = (
    *("at", "done", "planned", "in_the_way", "confidence", "move", "technique_id", "instead_id", "rule", "words"),
    *("decided", "decided_at", "probability"),
)
BOOSTER = ("month", "due_on", "sent_at", "answered_at", "doing", "calm", "confidence", "probability")


def _step(week: Week, step: WeekStep) -> dict[str, Any]:
    step.week = week
    return {**_values(step, STEP), "place": step.place}


def _entry(entry: LogEntry) -> dict[str, Any]:
    return {**_values(entry, ("kind", "on", "at", "value")), "written": entry.words}


def _ending(ending: Ending) -> dict[str, Any]:
    told = ("at", "kept", "needs_it_less", "was_planned", "wants_letters", "had_reminders", "returned_at")
    boosters = [_values(booster, BOOSTER) for booster in ending.boosters.all()]
    return {**_values(ending, told), "written": ending.words, "boosters": boosters}


def _values(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def hand_over_weeks(waiting: Person, person: Person) -> None:
    """The account's own weeks stay; without any, the other's come along. What was logged of either is kept."""
    _hand_over_log(waiting, person)
    if Rhythm.objects.filter(person=person).exists():
        return
    for ending in waiting.endings.all():
        words, ending.person = ending.words, person
        ending.words = words
        ending.save()
    for rhythm in Rhythm.objects.filter(person=waiting):
        step, rhythm.person = rhythm.step, person
        rhythm.step = step
        rhythm.save()
    for week in waiting.weeks.prefetch_related("steps"):
        _hand_over_week(week, person)


def _hand_over_week(week: Week, person: Person) -> None:
    """The seal of each place names its owner, so the places are sealed anew."""
    places = [(step, _place(week, step)) for step in week.steps.all()]
    week.person = person
    week.save()
    for step, place in places:
        step.week, step.place = week, place
        step.save(update_fields=["sealed_place"])


def _place(week: Week, step: WeekStep) -> str:
    step.week = week
    return step.place


def _hand_over_log(waiting: Person, person: Person) -> None:
    known = set(person.log.values_list("client_id", flat=True))
    for entry in waiting.log.all():
        if entry.client_id not in known:
            words, entry.person = entry.words, person
            entry.words = words
            entry.save()
