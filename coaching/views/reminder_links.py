"""What a link in a reminder opens: stopping them, once more later, a break; and the calendar.

A link shows a page, and a press acts. They act on the link alone, which a stranger cannot know, and on no session, so
no token of a form is asked for; mail programs post to the first of them without a page or a cookie (RFC 8058), and so
does a notice on a device.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.members import reminder_wishes
from accounts.models import ReminderWish
from coaching.models import ReminderSlot
from coaching.reminders import later
from coaching.reminders.feed import feed_of
from coaching.reminders.links import slot_to_repeat, wish_of_calendar, wish_to_stop

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@get_or_post
def stop(request: HttpRequest, token: str) -> HttpResponse:
    wish = wish_to_stop(token)
    if wish is None:
        return _broken_link(request)
    if request.method != "POST":
        return render(request, "coaching/reminder_stop.html", {"wish": wish})
    reminder_wishes.stop(wish, ReminderWish.Stopped.ASKED, timezone.now())
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse("Stopped.", content_type="text/plain")
    return redirect(request.path)


@csrf_exempt
@get_or_post
def once_more(request: HttpRequest, token: str) -> HttpResponse:
    """Later today, or a break. Doing it twice does it once. A notice opens the page where nothing came of its press."""
    named, at = slot_to_repeat(token), timezone.now()
    if named is None:
        return _broken_link(request)
    wish, slot = named
    if request.method == "POST":
        if request.POST.get("do") == "break":
            later.take_a_break(wish, at)
        else:
            later.remind_again(wish, slot, at)
            if later.offer_of(wish, slot, at).waits_at is None:
                return _once_more_page(request, wish, slot, at, status=409)
        return redirect(request.path)
    return _once_more_page(request, wish, slot, at)


def _once_more_page(
    request: HttpRequest, wish: ReminderWish, slot: ReminderSlot, at: datetime, status: int = 200
) -> HttpResponse:
    context = {"wish": wish, "offer": later.offer_of(wish, slot, at)}
    return render(request, "coaching/reminder_later.html", context, status=status)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    wish = wish_of_calendar(token)
    if wish is None:
        return _broken_link(request)
    feed = feed_of(wish, timezone.now())
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse = HttpResponseNotModified()
    if feed.etag not in known and f"W/{feed.etag}" not in known:
        response = HttpResponse(feed.body, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="unloop.ics"'
    for name, value in (("ETag", feed.etag), ("Cache-Control", "private, no-cache"), ("X-Robots-Tag", "noindex")):
        response.headers[name] = value
    return response


def _broken_link(request: HttpRequest) -> HttpResponse:
    response = TemplateResponse(request, "coaching/reminder_broken.html", status=404)
    # Django would write the address of a 404 to the log, and with it a token that may be a good one cut short.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
