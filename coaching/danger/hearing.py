"""Danger told in any post is heard first, and answered whatever else is wrong with the request.

The views of the questions call `hear_first` before they look at anything else. What reaches no such view, because
its token ran out, its address is gone, it came too often or something broke, is heard by `danger_is_heard`; a form
that cannot be read at all is taken up in `coaching/danger/unread.py`.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override

from accounts.guard.second_factor import is_staff_page
from accounts.members.same_origin import is_from_this_site
from accounts.sealing import CannotOpen
from coaching.core.intake.safety import SIGN_LISTS, SafetyReading
from coaching.core.tools.crisis_words import asks_for_care, typed_in
from coaching.danger.hurry import hurry, no_more_hurry
from coaching.help.care_for_words import care_is_waiting
from coaching.help.crisis_lines import from_file, said_lines
from coaching.help.whom_to_call import whom_to_call
from coaching.intake.forms import RoundField
from coaching.intake.intakes import Seen, hear, is_in_danger, standing_of, tells_of_danger, told_in
from coaching.people.session import person_for, person_of, waiting_person

ASKED = (*SIGN_LISTS, "self_harm")
HEARD, GIVEN = "danger_was_heard", "danger_was_answered_with"
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)
"""What is raised where a form cannot be read."""

REFUSED, SERVER_ERROR = 400, 500
GetResponse = Callable[[HttpRequest], HttpResponse]


def hear_first(request: HttpRequest, told: SafetyReading, posted: QueryDict) -> Seen:
    """Keep what is told of danger, before anything else of the post is looked at."""
    vars(request)[HEARD] = True
    page = RoundField().clean(posted.get("round"))
    if tells_of_danger(told):
        hurry(request)
        return hear(person_for(request, comes_first=True), told, page, timezone.now())
    at = standing_of(person_of(request)).safety_round
    return Seen(page=page, before=at, now=at)


def danger_page(request: HttpRequest, told: SafetyReading, onward: str) -> HttpResponse | None:
    """Whom to call, for what was told. A page can owe two answers: neither hides the other.

    It is shown as the answer itself: what was told is in no address, and a yes on self-harm is nowhere else.
    """
    if told.is_emergency or (told.crisis and is_in_danger(person_of(request), waiting_person(request))):
        return emergency_page(request, told)
    if told.crisis:
        return _given(request, "coaching/crisis.html", {"onward": onward, **whom_to_call(request)})
    return None


def emergency_page(request: HttpRequest, told: SafetyReading) -> HttpResponse:
    context = {"with_crisis": told.crisis, **whom_to_call(request)}
    return _given(request, "coaching/emergency.html", context)


def _given(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = vars(request)[GIVEN] = render(request, template, context)
    return response


def danger_outlives_its_session(get_response: GetResponse) -> GetResponse:
    """Somebody logs out in another tab at this very moment, or the session cannot be kept: the answer is given."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        no_more_hurry(request)
        given = vars(request).get(GIVEN)
        is_lost = response.status_code == REFUSED or response.status_code >= SERVER_ERROR
        return given if given and is_lost else response

    return answer


def danger_is_heard(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A view that heard it and then broke has shown nobody whom to call.
        was_answered = HEARD in vars(request) and response.status_code < SERVER_ERROR
        if request.method != "POST" or was_answered or is_of_staff(request):
            return response
        return _heard_after_all(request, response) or response

    return answer


def _heard_after_all(request: HttpRequest, refused: HttpResponse) -> HttpResponse | None:
    response = answer_to_danger(request, _readable(request))
    if response:
        response.status_code = refused.status_code if refused.status_code >= 400 else 200
        add_never_cache_headers(response)
    return response


def answer_to_danger(request: HttpRequest, posted: QueryDict) -> HttpResponse | None:
    """What a post tells of danger, whatever else it says, is kept and answered; None where it tells of none."""
    if not any(name in posted for name in ASKED):
        return None
    try:
        return _acted_on(request, posted)
    except (Error, CannotOpen):
        return _not_kept(posted)


def _acted_on(request: HttpRequest, posted: QueryDict) -> HttpResponse | None:
    told = told_in(posted)
    # From another site's page nothing is kept: it is answered alone.
    if is_from_this_site(request):
        hear_first(request, told, posted)
    return danger_page(request, told, reverse("coaching:intake_step", args=["safety"]))


def page_in_trouble(request: HttpRequest) -> HttpResponse | None:
    """Where something of ours broke: whom to call, if what was posted, here or just before, tells of danger."""
    if is_of_staff(request):
        return None
    if request.method != "POST":
        return _crisis_page() if care_is_waiting(request) else None
    return vars(request).get(GIVEN) or _not_kept(_readable(request))


def _not_kept(posted: QueryDict) -> HttpResponse | None:
    """Nobody can be asked how urgent a sign is, so whom to call is said for any. Asks the database nothing."""
    has_sign = any(set(posted.getlist(name)) - {"none", ""} for name in SIGN_LISTS)
    with_crisis = "yes" in _said_of_self_harm(posted) or asks_for_care(typed_in(dict(posted.lists())))
    if has_sign:
        words = {"with_crisis": with_crisis, "lines": said_lines(from_file()), "is_not_kept": True}
        return HttpResponse(render_to_string("coaching/emergency.html", words))
    return _crisis_page() if with_crisis else None


def rehearse() -> None:
    """Draw in each language what is said in danger: the first who needs it does not wait until templates are read."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            _not_kept(QueryDict(f"{next(iter(SIGN_LISTS))}=rehearsal&self_harm=yes"))
            _crisis_page()


def _crisis_page() -> HttpResponse:
    words = {"lines": said_lines(from_file()), "is_not_kept": True}
    return HttpResponse(render_to_string("coaching/crisis.html", words))


def _said_of_self_harm(posted: QueryDict) -> list[str]:
    return [said.strip().lower() for said in posted.getlist("self_harm")]


def _readable(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except UNREADABLE:
        return QueryDict()


def is_of_staff(request: HttpRequest) -> bool:
    """Staff try made-up answers in the simulator."""
    return is_staff_page(request)
