"""Help now: a breath at once, whom to call, and the pages for danger signs and crisis.

Nothing here needs an account, a script, a row in the database, or a database that answers.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_POST,
    require_safe,
)

from coaching.core.practice.breath import GENTLE
from coaching.help import flare as flare_mode
from coaching.help.buttons import BREATH, CLOSED, WARMTH, rule_if_known
from coaching.help.crisis_lines import crisis_lines, from_file, lines_for, said_lines
from coaching.help.danger_standing import danger_standing
from coaching.help.whom_to_call import whom_to_call
from coaching.people.preferences import choose_country
from coaching.people.session import person_of
from coaching.plan.start_rules import rule_for_nobody
from coaching.practice.player import Player, breath_player, with_lengths
from coaching.tools.entries import flare_plan_of

WhatIsKnown = Callable[[HttpRequest], dict[str, Any]]
Instead = Callable[[], dict[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
def help_now(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        # The country is a preference, not a health answer; it is asked for, never guessed.
        told = request.POST.get("country", "")
        choose_country(request, told if lines_for(told, crisis_lines()) else "")
        return redirect("coaching:help_now")
    return _page_even_without_a_database(request, "coaching/help_now.html", _in_a_flare, _for_anyone)


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def help_now_copy(request: HttpRequest) -> HttpResponse:
    """Help now for a device without a network: made without the request, so it has to be safe for anyone."""
    context = {**_for_anyone(), "lines": crisis_lines(), "rule": rule_for_nobody(BREATH), "is_copy": True}
    return HttpResponse(render_to_string("coaching/help_now.html", context))


@require_POST
def flare(request: HttpRequest) -> HttpResponse:
    """On, or off and back to the page that was left."""
    if request.POST.get("do") == "leave":
        answer = redirect(_way_back(request))
        flare_mode.end(answer)
        return answer
    answer = redirect("coaching:home")
    flare_mode.begin(answer)
    return answer


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def flare_buttons(request: HttpRequest) -> HttpResponse:
    """What a device shows in flare mode without a network. Made without the request, so it knows nobody."""
    three = flare_mode.Flare(is_on=True, is_instead=True)
    return HttpResponse(render_to_string("base.html", {"flare": three, "is_copy": True}))


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "coaching:home"


@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    return _page_even_without_a_database(request, "coaching/emergency.html")


@require_safe
def crisis(request: HttpRequest) -> HttpResponse:
    return _page_even_without_a_database(request, "coaching/crisis.html")


def _page_even_without_a_database(
    request: HttpRequest, template: str, what_is_known: WhatIsKnown | None = None, instead: Instead = dict
) -> HttpResponse:
    """`what_is_known` says what is known of whoever asks; `instead` is said where nobody can be known."""
    try:
        context = {**(what_is_known(request) if what_is_known else {}), **whom_to_call(request), **_own_words(request)}
        return _in_no_cache(request, render(request, template, context))
    except Error:
        # Sessions live in the database too: the page knows nobody then, and stands all the same.
        return HttpResponse(render_to_string(template, {**instead(), "lines": said_lines(from_file())}))


def _in_a_flare(request: HttpRequest) -> dict[str, Any]:
    """Whoever has to call first presses Start themselves; nobody is sent to a warm pack that is shut to them."""
    starts = not danger_standing(request).is_now
    return {
        "player": replace(_breath(), starts_at_once=starts),
        "warmth": rule_if_known(request, WARMTH),
        "rule": rule_if_known(request, BREATH),
    }


def _for_anyone() -> dict[str, Any]:
    """A breath that waits to be started, and nothing warm."""
    return {"player": _breath(), "warmth": CLOSED}


def _breath() -> Player:
    return with_lengths(breath_player(GENTLE, minutes=5, has_no_pauses=True, is_asked=True))


def _own_words(request: HttpRequest) -> dict[str, object]:
    return {"flare_plan": flare_plan_of(person_of(request))} if request.user.is_authenticated else {}


def _in_no_cache(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The page of somebody who told us anything may hold their own words; everybody else's is the same for all."""
    if request.user.is_authenticated or person_of(request):
        add_never_cache_headers(answer)
    return answer
