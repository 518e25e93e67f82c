"""A NOW answer beats everything: no page of a plan is shown while it stands."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coaching.intakes import standing_of
from coaching.people import person_of
from content.core.vocabulary import Level

View = Callable[..., HttpResponse]


def danger_first(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if standing_of(person_of(request)).level is Level.NOW:
            return redirect("coaching:emergency")
        return view(request, *args, **kwargs)

    return guarded
