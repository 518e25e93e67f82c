"""A NOW answer beats everything: no page of a plan is shown while it stands."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coaching.intake.intakes import is_in_danger
from coaching.people.session import person_of, waiting_person

View = Callable[..., HttpResponse]


def danger_first(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_in_danger(person_of(request), waiting_person(request)):
            return redirect("coaching:emergency")
        return view(request, *args, **kwargs)

    return guarded
