"""Taking the answers: step by step, saved at each, safety before all else.

Whatever arrives is first read for danger signs, before it is checked as a form, so that a
broken or hand-made post cannot hide one. A NOW answer stays in force until the safety
questions are answered again on a page that was made after it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from coaching.core.intake.answers import storable
from coaching.core.intake.questionnaires import VERSION, Step
from coaching.core.intake.safety import SAFETY_LISTS, SafetyReading, read_safety
from coaching.core.intake.signs import most_urgent
from coaching.models import Intake, Person
from content.core.vocabulary import Level
from content.models import DangerSign

SAFETY_ITEMS = (*SAFETY_LISTS, "self_harm", "extra_care")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a person is in the intake: the answers to show, and the row they are kept in, if any.

    `is_again`: all was answered once before, so one part can be changed alone.
    """

    intake: Intake | None
    answers: dict[str, Any]
    safety_round: int
    level: Level | None
    is_again: bool = False


def standing_of(person: Person | None) -> Standing:
    newest = person.newest_intake if person else None
    if person is None or newest is None:
        return Standing(intake=None, answers={}, safety_round=1, level=None)
    answers = newest.answers
    if newest.finished_at:
        # Answering again starts from the last answers; danger signs are always asked afresh.
        answers = {name: value for name, value in answers.items() if name not in SAFETY_ITEMS}
    return Standing(
        intake=None if newest.finished_at else newest,
        answers=answers,
        safety_round=newest.safety_round,
        level=Level(newest.safety_level) if newest.safety_level else None,
        is_again=bool(newest.finished_at) or person.intakes.finished().exists(),
    )


def is_in_danger(person: Person | None, waiting: Person | None = None) -> bool:
    """Whether a NOW answer stands: the person's own, or a later one that this browser held before they logged in."""
    own = person.newest_intake if person else None
    other = waiting.newest_intake if waiting else None
    if own and own.safety_level == Level.NOW:
        return True
    if other is None or other.safety_at is None or other.safety_level != Level.NOW:
        return False
    return own is None or own.safety_at is None or own.safety_at < other.safety_at


def answers_now(intake: Intake, newest: Intake | None) -> dict:
    """The answers of a finished intake, with age, danger signs and conditions as they were told since."""
    if newest is None or newest.pk == intake.pk:
        return intake.answers
    is_safety_newer = newest.safety_at is not None and newest.safety_at >= intake.started_at
    asked_since = ("adult", *SAFETY_ITEMS) if is_safety_newer else ("adult",)
    finished, since = intake.answers, newest.answers
    kept = {name: value for name, value in finished.items() if name not in asked_since}
    kept |= {name: value for name, value in since.items() if name in asked_since}
    # A condition closes from the moment it is ticked; taken back, it opens only with the finished answers.
    if told := {*finished.get("conditions", ()), *since.get("conditions", ())}:
        kept["conditions"] = sorted(told)
    return kept


def sign_levels() -> dict[str, Level]:
    return {slug: Level(level) for slug, level in DangerSign.objects.values_list("slug", "level")}


def read_raw_safety(posted: QueryDict) -> SafetyReading:
    """What a post says of safety, well-formed or not, whichever step it was sent to."""
    raw: dict[str, Any] = {name: posted.getlist(name) for name in SAFETY_LISTS if name in posted}
    # With several values the most serious one counts, not the last.
    told = posted.getlist("self_harm")
    raw["self_harm"] = "yes" if "yes" in told else posted.get("self_harm")
    return read_safety(raw, sign_levels())


@transaction.atomic
def raise_alarm(person: Person, reading: SafetyReading, at: datetime) -> None:
    """Keep a NOW answer at once, whatever else is wrong with the post."""
    intake = _open(person, at)
    answers = intake.answers
    for name in SAFETY_LISTS:
        kept = {*answers.get(name, []), *reading.signs} - {"none"}
        answers[name] = sorted(kept & _of_list(name)) or answers.get(name, [])
    intake.answers = answers
    _settle_safety(intake, Level.NOW, at)


@transaction.atomic
def keep_alarm(person: Person, at: datetime) -> None:
    """A NOW answer came with answers that were joined: it stands, and every page made before is out of date."""
    intake = _open(person, at)
    intake.safety_round = max(person.intakes.values_list("safety_round", flat=True))
    _settle_safety(intake, Level.NOW, at)


def _of_list(name: str) -> set[str]:
    return set(DangerSign.objects.of_step(name).values_list("slug", flat=True))


@transaction.atomic
def save_step(person: Person, step: Step, found: dict[str, Any], seen_round: int | None, at: datetime) -> bool:
    """Keep the answers of one step; False when the page was out of date and must be shown again."""
    intake = _open(person, at)
    answers = {**intake.answers, **found}
    if step.slug == "safety":
        reading = read_safety(answers, sign_levels())
        if seen_round != intake.safety_round and _is_lower(reading.level, intake.safety_level):
            return False
        intake.answers = _kept(answers)
        _settle_safety(intake, reading.level, at)
        return True
    intake.answers = _kept(answers)
    intake.changed_at = at
    intake.save()
    return True


@transaction.atomic
def finish(intake: Intake, at: datetime) -> None:
    # A sign told in another tab at this moment is written first, or after; never over this.
    Person.objects.select_for_update().get(pk=intake.person_id)
    Intake.objects.filter(pk=intake.pk, finished_at=None).update(finished_at=at, changed_at=at)
    intake.person.forget_what_was_read()


def _open(person: Person, at: datetime) -> Intake:
    # Two tabs meet here: the second waits until the first has been saved.
    Person.objects.select_for_update().get(pk=person.pk)
    person.forget_what_was_read()
    newest = person.intakes.newest()
    if newest and not newest.finished_at:
        return newest
    standing = standing_of(person)
    intake = Intake(person=person, version=VERSION, started_at=at, changed_at=at)
    intake.safety_round = standing.safety_round
    intake.safety_level = standing.level or ""
    intake.answers = standing.answers
    intake.save()
    person.forget_what_was_read()
    return intake


def _settle_safety(intake: Intake, level: Level | None, at: datetime) -> None:
    intake.safety_level = level or ""
    intake.safety_round += 1
    intake.safety_at = intake.changed_at = at
    intake.save()


def _kept(answers: dict[str, Any]) -> dict[str, Any]:
    return storable({name: value for name, value in answers.items() if value is not None})


def _is_lower(level: Level | None, than: str) -> bool:
    """Whether a level is less urgent than the one in force."""
    if not than:
        return False
    return level is None or most_urgent(level, Level(than)) is not level
