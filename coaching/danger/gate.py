"""While somebody's answers are of the level NOW ("Call now"), they are led to the emergency page and see no page of a
plan, until they have answered anew."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coaching.core.questions.items import SAFETY
from coaching.core.recommend.suggestion import Blocked
from coaching.intake.intakes import is_in_danger, standing_of
from coaching.models import Person
from coaching.people.session import person_of, waiting_person

View = Callable[..., HttpResponse]


def danger_first(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_in_danger(person_of(request), waiting_person(request)):
            return redirect("coaching:emergency")
        return view(request, *args, **kwargs)

    return guarded


def way_out(person: Person | None, blocked: Blocked | None) -> HttpResponse:
    """Where a page without a plan leads: to what is missing, or to the page for minors."""
    if standing_of(person).is_under_age:
        return redirect("coaching:under_age")
    return redirect("coaching:intake_step", SAFETY) if blocked else redirect("coaching:intake")
