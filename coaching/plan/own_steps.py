"""Where whoever asks for a page stands on every ladder, and how sure they are of a step.

Somebody unknown begins on the first rungs. How sure one is, is asked once a week and answered at once: less sure than
7 of 10 makes the step smaller. The 7 is a rule of thumb of self-help courses, and our own choice.
"""

from dataclasses import replace
from datetime import datetime

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.core.person.told import where_told
from coaching.core.practice.rung import SURE_FROM
from coaching.intake.intakes import sign_levels
from coaching.intake.known import answers_now, known_at
from coaching.models import Plan
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan.knowledge import knowledge
from coaching.plan.plans import current_plan
from coaching.plan.rungs import FOR_PLACE, Example, Goes, Step, Steps, sure_of
from coaching.plan.start_rules import snapshot_from, snapshot_of
from content.core.ways import example_for
from content.models import Guide

KEPT_AS = "coached_steps"
"""Looked up once a request."""


def steps_for(request: HttpRequest) -> Steps:
    kept = vars(request)
    if KEPT_AS not in kept:
        kept[KEPT_AS] = _read(request)
    return kept[KEPT_AS]


def _read(request: HttpRequest) -> Steps:
    person, at = person_of(request), timezone.now()
    start = Steps(knowledge=knowledge(), minutes_a_day=preferences_of(request).minutes_a_day, at=at)
    if person is None:
        return start
    levels, goes, plan = sign_levels(), Goes.of(person), current_plan(person)
    if plan is None:
        newest = person.newest_intake
        answers = known_at(person, newest) if newest else {}
        return replace(start, snapshot=snapshot_of(person, levels), answers=answers, goes=goes)
    minutes = start.minutes_a_day if request.user.is_authenticated else plan.minutes_a_day
    answers = answers_now(person, plan.intake)
    known = replace(start, snapshot=snapshot_from(answers, levels), answers=answers, goes=goes)
    return replace(known, minutes_a_day=minutes, sure=sure_of(plan.sure, at), held=plan.held)


def example_told(request: HttpRequest, technique: str) -> Example | None:
    """What the guide of a technique says for the place that whoever asks has told us. Guides are in English."""
    person = person_of(request)
    newest = person.newest_intake if person else None
    where = where_told(known_at(person, newest)) if person and newest else ""
    if not where or get_language() != settings.LANGUAGE_CODE:
        return None
    guide = Guide.objects.published(timezone.now()).filter(slug=technique).only("slug", "steps").first()
    words = example_for(guide.timed_steps, where) if guide else ""
    return Example(where=str(FOR_PLACE[where]), words=words) if words else None


class SureForm(forms.Form):
    technique = forms.SlugField()
    value = forms.IntegerField(min_value=0, max_value=10)


@transaction.atomic
def tell(plan: Plan, technique: str, value: int, at: datetime) -> None:
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    held.sure = held.sure | {technique: {"value": value, "at": at.isoformat()}}
    held.save(update_fields=["sure"])


def reply(value: int, before: Step, after: Step) -> str:
    """What we say at once. `before` and `after` are the step as it was and as it is now."""
    if value >= SURE_FROM:
        return _("Good. Then this is your step for the week.")
    if after.minutes < before.minutes or after.amount != before.amount:
        return _("Then let us make it smaller: %(amount)s.") % {"amount": after.amount}
    return _("It is the smallest step there is. Half of it counts too, and so does only beginning.")
