"""Where whoever asks for a page stands on every ladder; somebody unknown begins on the first rungs."""

from django.http import HttpRequest
from django.utils import timezone

from coaching.core.intake.needs import take_snapshot
from coaching.intake.intakes import answers_now
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan.knowledge import knowledge
from coaching.plan.plans import current_plan, snapshot_of
from coaching.plan.rungs import Steps, steps_of

KEPT_AS = "coached_steps"
"""Looked up once a request."""


def steps_for(request: HttpRequest) -> Steps:
    kept = vars(request)
    if KEPT_AS not in kept:
        kept[KEPT_AS] = _read(request)
    return kept[KEPT_AS]


def _read(request: HttpRequest) -> Steps:
    person, known, minutes = person_of(request), knowledge(), preferences_of(request).minutes_a_day
    if person is None:
        return Steps(knowledge=known, minutes_a_day=minutes, at=timezone.now())
    plan = current_plan(person)
    if plan is None:
        newest = person.newest_intake
        answers = newest.answers if newest else {}
        return steps_of(person, snapshot_of(person, known.levels), answers, minutes, known, timezone.now())
    if not request.user.is_authenticated:
        minutes = plan.minutes_a_day
    answers = answers_now(plan.intake, person.newest_intake)
    return steps_of(person, take_snapshot(answers, known.levels), answers, minutes, known, timezone.now())
