"""Something unwanted was noticed: one tap keeps it and says what to do, a second says how bad it is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coaching.core.person.unwanted import Bad, Kind, asks_for_danger_signs, asks_for_someone
from coaching.danger.way_back import way_back
from coaching.models import UnwantedEffect
from coaching.people.session import person_for, person_of
from coaching.plan.plans import current_plan
from coaching.progress.forms import MoreForm, UnwantedForm
from coaching.progress.unwanted import MORE, WHAT_TO_DO, WORDS, asking_for, report, say_more
from content.models import Technique


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unwanted(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("technique", "")[:60]
    form = UnwantedForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        told = form.cleaned_data
        person = person_for(request)
        kept = report(person, told["kind"], technique=_known(told["technique"]), token=told["token"], at=timezone.now())
        return redirect("coaching:unwanted_said", kept.client_id)
    context = {"unwanted": asking_for(_known(asked)), "is_refused": form is not None}
    return render(request, "coaching/unwanted.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unwanted_said(request: HttpRequest, client_id: str) -> HttpResponse:
    """What to do comes first; how bad it is may be said, and need not."""
    effect = _own(request, client_id)
    form = MoreForm(request.POST)
    if request.method == "POST" and form.is_valid():
        say_more(effect, form.bad, still_there=form.still_there)
        return redirect("coaching:unwanted_said", client_id)
    kind, bad = Kind(effect.kind), Bad(effect.bad) if effect.bad else None
    plan = current_plan(person_of(request))
    in_plan = {item.technique_id for item in plan.items.all() if item.state != "refused"} if plan else set()
    context = {
        "effect": effect,
        "words": WORDS[kind],
        "what_to_do": WHAT_TO_DO[kind],
        "asks_signs": asks_for_danger_signs(kind, bad),
        "asks_people": kind is Kind.LOW,
        "asks_someone": asks_for_someone(bad, still_there=effect.still_there),
        "more": MORE,
        "back": way_back(request, timezone.now()),
        "may_leave_out": effect.technique_id in in_plan,
    }
    return render(request, "coaching/unwanted_said.html", context)


def _known(technique: str) -> str:
    return technique if technique and Technique.objects.filter(slug=technique).exists() else ""


def _own(request: HttpRequest, client_id: str) -> UnwantedEffect:
    person = person_of(request)
    kept = person.unwanted_effects.select_related("technique").filter(client_id=client_id).first() if person else None
    if kept is None:
        raise Http404("nothing of that kind was told")
    return kept
