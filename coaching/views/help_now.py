"""Help now: a breath at once, whom to call, and the pages for danger signs and crisis.

Nothing here needs an account, a script or a row in the database.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from coaching.crisis_help import crisis_lines, lines_for
from coaching.player import GENTLE, Player, breath_player
from coaching.preferences import preferences_of
from content.core.vocabulary import Limit


@require_http_methods(["GET", "POST"])
def help_now(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        # The country is a preference, not a health answer; it is asked for, never guessed.
        request.session["country"] = request.POST.get("country", "")[:2].upper()
        return redirect("coaching:help_now")
    return render(request, "coaching/help_now.html", {"player": _breath(), **calls(request)})


@require_GET
def emergency(request: HttpRequest) -> HttpResponse:
    return render(request, "coaching/emergency.html", calls(request))


@require_GET
def crisis(request: HttpRequest) -> HttpResponse:
    return render(request, "coaching/crisis.html", calls(request))


def _breath() -> Player:
    return breath_player(GENTLE, minutes=5, limits=frozenset({Limit.NO_HOLDS.value}))


def calls(request: HttpRequest) -> dict[str, object]:
    lines = crisis_lines()
    return {"lines": lines, "mine": lines_for(preferences_of(request).country, lines)}
