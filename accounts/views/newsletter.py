"""Asking for letters, confirming, changing and stopping them.

None of these pages asks for a CSRF token. The form that asks for letters stands on
public pages that are kept in a cache, where a token cannot be, and its post does
nothing with anyone's session: it sends one mail, whose owner must press a button.
Against other sites that would post it for their visitors, `is_from_this_site` looks
at what the browser itself says of where the post came from. The pages behind signed
links act on the link alone, which a stranger cannot know; mail programs post to one
of them without a page or a cookie (RFC 8058).

A page that could not be opened answers the same for every kind of bad link, so that
nobody can learn from it who is subscribed.
"""

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.core.consent_words import NEWSLETTER_WORDS
from accounts.forms.newsletter import AddressForm, PreferencesForm, SubscribeForm
from accounts.mail.links import (
    Standing,
    moving_subscriber,
    standing_link,
    standing_path,
    standing_subscriber,
    standing_token,
    stopping_subscriber,
    wish_of,
)
from accounts.members.requests import posted
from accounts.members.same_origin import is_from_this_site
from accounts.models import Subscriber
from accounts.newsletter import course_wish, moving, subscriptions

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@get_or_post
def newsletter(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _newsletter_page(request, SubscribeForm())
    if not is_from_this_site(request):
        return _newsletter_page(request, SubscribeForm(), is_foreign=True)
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _newsletter_page(request, form)
    return _ask(request, form.cleaned_data["email"])


def _ask(request: HttpRequest, address: str) -> HttpResponse:
    too_many = ratelimit.consume_or_429(request, action="newsletter", key=address)
    if too_many:
        return too_many
    subscriptions.ask(address, language=get_language() or "en", at=timezone.now())
    return redirect("accounts:newsletter_received")


def _newsletter_page(request: HttpRequest, form: SubscribeForm, *, is_foreign: bool = False) -> HttpResponse:
    context = {"form": form, "is_foreign": is_foreign}
    return TemplateResponse(request, "newsletter/newsletter.html", context, status=403 if is_foreign else 200)


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "newsletter/received.html")


@csrf_exempt
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    wish = wish_of(token, at=at)
    if wish is None or not subscriptions.can_confirm(wish):
        return broken_link(request)
    if request.method == "POST":
        subscriptions.confirm(wish, at=at)
        return redirect(request.path)
    context = {
        "subscriber": wish.subscriber,
        "words": NEWSLETTER_WORDS[wish.words_version],
        "words_version": wish.words_version,
        "preferences_link": standing_link(wish.subscriber, Standing.PREFERENCES),
    }
    return TemplateResponse(request, "newsletter/confirm.html", context)


SubscriberView = Callable[[HttpRequest, Subscriber], HttpResponse]


def _of_subscriber(purpose: Standing) -> Callable[[SubscriberView], Callable[[HttpRequest, str], HttpResponse]]:
    """A view behind a signed link: it is handed the subscriber, or never called."""

    def wrap(view: SubscriberView) -> Callable[[HttpRequest, str], HttpResponse]:
        @csrf_exempt
        @get_or_post
        @wraps(view)
        def open_link(request: HttpRequest, token: str) -> HttpResponse:
            subscriber = standing_subscriber(token, purpose)
            return view(request, subscriber) if subscriber else broken_link(request)

        return open_link

    return wrap


@_of_subscriber(Standing.PREFERENCES)
def preferences(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    if not subscriber.is_active:
        return TemplateResponse(request, "newsletter/not_active.html", {"subscriber": subscriber})
    initial = {"course": course_wish.stands(subscriber)}
    form = PreferencesForm(posted(request), instance=subscriber, at=timezone.now(), initial=initial)
    if request.method == "POST" and form.is_valid():
        subscriptions.prefer(subscriber)
        record_wish = course_wish.give if form.cleaned_data.get("course") else course_wish.withdraw
        record_wish(subscriber, at=timezone.now())
        messages.success(request, _("Saved. Your next letter follows these choices."))
        return redirect(request.path)
    context = {"form": form, "subscriber": subscriber, **_links(subscriber)}
    return TemplateResponse(request, "newsletter/preferences.html", context)


def _links(subscriber: Subscriber) -> dict[str, str]:
    """The addresses of the other pages of these letters, for links and forms."""
    links = {f"{purpose.name.lower()}_link": standing_path(subscriber, purpose) for purpose in Standing}
    token = standing_token(subscriber, Standing.PREFERENCES)
    more = {f"{page}_link": reverse(f"accounts:newsletter_{page}", args=[token]) for page in ("address", "resume")}
    return links | more


@_of_subscriber(Standing.PREFERENCES)
def resume(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """The end of a pause; whoever only opens the address finds the page with the button."""
    if request.method == "POST":
        subscriptions.resume(subscriber)
        messages.success(request, _("Welcome back. Your letters come again."))
    return redirect(standing_path(subscriber, Standing.PREFERENCES))


@_of_subscriber(Standing.PREFERENCES)
def address(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    if not subscriber.is_active:
        return TemplateResponse(request, "newsletter/not_active.html", {"subscriber": subscriber})
    form = AddressForm(posted(request), subscriber=subscriber)
    if request.method == "POST" and form.is_valid():
        return _ask_to_move(request, subscriber, form.cleaned_data["email"])
    context = {"form": form, "subscriber": subscriber, **_links(subscriber)}
    return TemplateResponse(request, "newsletter/address.html", context)


def _ask_to_move(request: HttpRequest, subscriber: Subscriber, to: str) -> HttpResponse:
    too_many = ratelimit.consume_or_429(request, action="newsletter", key=to)
    if too_many:
        return too_many
    moving.ask(subscriber, to, at=timezone.now())
    messages.success(request, _("Now look in the new mailbox, and press the button in our letter there."))
    return redirect(standing_path(subscriber, Standing.PREFERENCES))


@csrf_exempt
@get_or_post
def move(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = moving_subscriber(token, at=timezone.now())
    if subscriber is None:
        return broken_link(request)
    if request.method != "POST":
        return TemplateResponse(request, "newsletter/move.html", {"subscriber": subscriber})
    if not moving.move(subscriber, at=timezone.now()):
        return broken_link(request)
    messages.success(request, _("Done. Your letters come to this address now."))
    return redirect(standing_path(subscriber, Standing.PREFERENCES))


@_of_subscriber(Standing.WHY)
def why(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    context = {"subscriber": subscriber, "events": subscriber.events.all(), **_links(subscriber)}
    return TemplateResponse(request, "newsletter/why.html", context)


@_of_subscriber(Standing.UNSUBSCRIBE)
def unsubscribe(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    return _stop(request, subscriber)


@csrf_exempt
@get_or_post
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The short address of a letter's header: a mail provider posts to it, a person may open it."""
    subscriber = stopping_subscriber(token)
    return _stop(request, subscriber) if subscriber else broken_link(request)


def _stop(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    if request.method != "POST":
        preferences_link = standing_link(subscriber, Standing.PREFERENCES)
        context = {"subscriber": subscriber, "preferences_link": preferences_link}
        return TemplateResponse(request, "newsletter/unsubscribe.html", context)
    subscriptions.unsubscribe(subscriber, at=timezone.now())
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse("Unsubscribed.", content_type="text/plain")
    return redirect(request.path)


def broken_link(request: HttpRequest) -> HttpResponse:
    response = TemplateResponse(request, "newsletter/broken_link.html", status=404)
    # Django would write the address of a 404 to the log, and with it a token that may be a good one cut short.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
