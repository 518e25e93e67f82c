"""The log: one tap each, for whoever wants it. Nothing of it is asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import words_arrived
from accounts.members.requests import posted
from coaching.models import LogEntry
from coaching.views.week import with_plan
from coaching.week import flares, log
from coaching.week.forms import ACTIVITY, MANAGED, MOODS, LogForm, fresh_id
from coaching.week.today import Here

Kind = LogEntry.Kind


@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def log_page(request: HttpRequest, now: Here) -> HttpResponse:
    form = LogForm(posted(request))
    if form.is_valid():
        return _kept(request, now, form)
    own_log = log.log_of(now.person, now.today)
    context = {
        "log": own_log,
        "form": form,
        "new_id": fresh_id(),
        "moods": MOODS,
        "activity": ACTIVITY,
        "managed": [*own_log.managed, *(str(words) for words in MANAGED if str(words) not in own_log.managed)],
        "triggers": log.triggers_first(now.coaching.snapshot.told.triggers),
        "is_stopped": bool(now.rhythm and now.rhythm.log_stopped_at),
        "flare_plan": flares.flare_plan_of(now.person) if own_log.has_flare else None,
    }
    return render(request, "coaching/log.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, now: Here, form: LogForm) -> HttpResponse:
    told = form.cleaned_data
    log.add(
        now.person,
        told["kind"],
        client_id=told["client_id"],
        on=now.today,
        at=now.at,
        value=form.number,
        words=form.words,
    )
    words_arrived(request)
    if told["kind"] == Kind.FLARE_BEGAN and now.rhythm:
        flares.begin(now.coaching, now.weeks, today=now.today, at=now.at)
    elif told["kind"] == Kind.FLARE_ENDED:
        flares.end(now.coaching.plan, now.weeks, now.at)
    return redirect("coaching:today" if request.POST.get("from") == "today" else "coaching:log")


@require_POST
@with_plan
def forget(request: HttpRequest, now: Here) -> HttpResponse:
    key = request.POST.get("entry", "")
    if key.isdecimal() and len(key) < 19:
        log.forget(now.person, int(key))
    return redirect("coaching:log")


@require_POST
@with_plan
def stop(request: HttpRequest, now: Here) -> HttpResponse:
    if request.POST.get("do") == "again":
        log.begin_again(now.person)
    else:
        log.stop(now.person, now.at)
    return redirect("coaching:log")
