"""The pages that explain: home, about, privacy."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from accounts.guard import known_browser
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.data_map.on_device import COOKIES, STORES
from coaching.data_map.whole import PARTS
from coaching.help.sayings import drawn_example
from coaching.languages import is_guide_said
from coaching.owner import owner
from coaching.people.session import erase_stranger, person_of
from coaching.said import learn
from coaching.voices.maps import speakers
from content.models import Guide, Lesson, Reference


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Unloop is, for whoever is new. Somebody with an account comes home to their own day."""
    if request.user.is_authenticated:
        return redirect("coaching:today")
    learn()
    lessons = Lesson.objects.published(timezone.now()).course().without_text()
    return render(request, "coaching/home.html", {"lessons": lessons, "example": drawn_example()})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    sources = Reference.objects.order_by("authors", "year")
    told = {"references": sources, "owner": owner(), "voices": speakers()}
    return render(request, "coaching/about.html", told)


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """What a device shows in place of a page that it does not hold. Made without the request, so it knows nobody."""
    guides = [guide for guide in Guide.objects.published(timezone.now()).defer("loaded") if is_guide_said(guide)]
    tools = TOOL.values() if get_language() == settings.LANGUAGE_CODE else ()
    with override(settings.LANGUAGE_CODE):
        english = reverse("coaching:offline")
    told = {"guides": guides, "tools": tools, "english": english}
    return HttpResponse(render_to_string("coaching/offline.html", told))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def privacy(request: HttpRequest) -> HttpResponse:
    """A post erases what this browser holds without an account."""
    if request.method == "POST":
        erase_stranger(request)
        messages.success(request, _("Erased. This browser holds nothing of you here any more."))
        response = redirect("coaching:privacy")
        known_browser.forget(response)
        return response
    is_stranger = not request.user.is_authenticated and person_of(request) is not None
    kept = {"kept": PARTS, "cookies": COOKIES, "stores": STORES}
    return render(request, "coaching/privacy.html", {"is_stranger": is_stranger, "owner": owner(), **kept})
