"""The page of reminders: days, hour, ways, the devices and the calendar; and whether they help."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.members import reminder_wishes
from accounts.members.requests import OwnRequest, posted
from accounts.models import Profile, ReminderWish, Suppression
from coaching.models import PushDevice, Rhythm
from coaching.people.preferences import zone_to_begin_with
from coaching.reminders import chance, devices
from coaching.reminders.forms import DeviceForm, ReminderForm, initial_of
from coaching.reminders.later import is_on_break
from coaching.reminders.links import calendar_link

View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def reminders(request: OwnRequest) -> HttpResponse:
    profile, wish = Profile.objects.of(request.user), reminder_wishes.wish_of(request.user)
    begin = initial_of(wish, zone_to_begin_with(request))
    form = ReminderForm(posted(request), initial=begin, may_mail=request.user.is_proved)
    if request.method == "POST" and form.is_valid():
        _keep(request, profile, form, timezone.now())
        messages.success(request, _("Saved."))
        return redirect("coaching:reminders")
    context = {
        "form": form,
        "wish": wish,
        "zone": profile.zone,
        "comes_back": _comes_back(wish, request.user.email),
        "is_on_break": bool(wish and is_on_break(wish, timezone.now())),
        "has_left": Rhythm.objects.filter(person__user=request.user).exclude(left_at=None).exists(),
        "calendar": calendar_link(wish) if wish else "",
        "push_key": devices.public_key(),
        "devices": PushDevice.objects.filter(user=request.user) if devices.is_configured() else (),
    }
    return render(request, "coaching/reminders.html", context, status=422 if form.errors else 200)


def _comes_back(wish: ReminderWish | None, address: str | None) -> bool:
    return bool(wish and wish.is_on and wish.way == wish.Way.MAIL and address and Suppression.objects.forbids(address))


def _keep(request: OwnRequest, profile: Profile, form: ReminderForm, at: datetime) -> None:
    zone = form.cleaned_data["time_zone"]
    if zone != profile.time_zone:
        Profile.objects.filter(pk=profile.pk).update(time_zone=zone)
        profile.time_zone = zone
    by_chance = form.cleaned_data["by_chance"]
    reminder_wishes.keep(request.user, form.wish, by_chance=by_chance, language=get_language() or "en", at=at)


def with_wish(view: View) -> View:
    """For whoever has chosen something already; the others begin with the page."""

    @never_cache
    @login_required
    @wraps(view)
    def asked(request: OwnRequest) -> HttpResponse:
        wish = reminder_wishes.wish_of(request.user)
        return view(request, wish) if wish else redirect("coaching:reminders")

    return asked


@require_POST
@with_wish
def stop(request: HttpRequest, wish: ReminderWish) -> HttpResponse:
    if reminder_wishes.stop(wish, ReminderWish.Stopped.ASKED, timezone.now()):
        messages.success(request, _("Done. No more reminders come."))
    return redirect("coaching:reminders")


@require_POST
@with_wish
def end_break(request: HttpRequest, wish: ReminderWish) -> HttpResponse:
    reminder_wishes.pause(wish, None, timezone.now())
    messages.success(request, _("The break is over."))
    return redirect("coaching:reminders")


@require_POST
@never_cache
@login_required
def calendar(request: OwnRequest) -> HttpResponse:
    if request.POST.get("do") == "close":
        reminder_wishes.close_calendar(request.user, timezone.now())
        messages.success(request, _("Done. The old link opens nothing any more."))
    else:
        reminder_wishes.open_calendar(request.user, get_language() or "en", timezone.now())
        messages.success(request, _("Here is your link."))
    return redirect("coaching:reminders")


@require_POST
@never_cache
@login_required
def add_device(request: OwnRequest) -> HttpResponse:
    """Sent by a script: 204 when it is kept."""
    form = DeviceForm(request.POST)
    if not devices.is_configured() or not form.is_valid():
        return HttpResponse(status=422)
    devices.keep_device(request.user, **form.cleaned_data, at=timezone.now())
    return HttpResponse(status=204)


@require_POST
@never_cache
@login_required
def forget_device(request: OwnRequest) -> HttpResponse:
    key = request.POST.get("device", "")
    if key.isdecimal() and len(key) < 19:
        devices.forget_device(request.user, int(key))
        messages.success(request, _("Done. That device gets no more reminders."))
    return redirect("coaching:reminders")


@require_safe
@with_wish
def effect(request: HttpRequest, wish: ReminderWish) -> HttpResponse:
    shown = chance.shown_of(wish, timezone.now())
    words = chance.words_of(shown, have_stopped=wish.stopped == ReminderWish.Stopped.HARM)
    return render(request, "coaching/reminders_effect.html", {"wish": wish, "shown": shown, "words": words})
