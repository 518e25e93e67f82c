"""Whose clock the days follow: taken from the browser in one tap, chosen from a list, or left as it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.profile import ZoneForm
from accounts.members import reminder_wishes
from accounts.members.requests import posted
from coaching.people.preferences import choose_zone, zone_to_begin_with
from coaching.people.zones import leave_as_it_is, name_of

PAGES = {"today": "coaching:today", "plan": "coaching:recommendations"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def zone(request: HttpRequest) -> HttpResponse:
    back = PAGES.get(request.POST.get("from", ""), "coaching:plan")
    if request.POST.get("do") == "leave":
        leave_as_it_is(request)
        return redirect(back)
    form = ZoneForm(posted(request), initial={"zone": zone_to_begin_with(request)})
    if request.method == "POST" and form.is_valid():
        choose_zone(request, form.cleaned_data["zone"])
        if request.user.is_authenticated:
            reminder_wishes.follow_clock(request.user, timezone.now())
        name = name_of(form.cleaned_data["zone"])
        messages.success(request, _("Your days follow the clock of %(place)s now.") % {"place": name})
        return redirect(back)
    return render(request, "coaching/zone.html", {"form": form}, status=422 if form.errors else 200)
