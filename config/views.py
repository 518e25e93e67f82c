"""The pages that belong to no room: what machines ask for, and what a person sees when something went wrong.

Django's stock error views read `request.POST` once more, so a form that could not be read the
first time (posted as utf-16, say) ends as a 500. Ours for 400 never touches what was posted; that for 500 looks in it
for danger alone, and takes none of it for granted.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from coaching.danger.hearing import page_in_trouble
from coaching.owner import owner
from config.machine.postgresql.away import breaker
from config.pages.broken import broken_page
from config.pages.health import Health, look
from config.pages.nearby import nearby

log = logging.getLogger("unloop.pages")
PERSONAL = ["/today/", "/plan/", "/progress/", "/recommendations/", "/balance/", "/tools/", "/accounts/", "/admin/"]
COPIES = "/offline/"
PAUSE_SECONDS = 300
SECONDS_UNTIL_BACK = 30
SECURITY_TXT_HOLDS = timedelta(days=180)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks the database nothing, so a slow database does not get the process restarted."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether to send visitors here. A late queue is told but turns nobody away: the pages still work."""
    health: Health = look()
    return JsonResponse(health.as_words(), status=200 if health.is_ready else 503)


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _private()), *_sitemap_lines()]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


def _private() -> list[str]:
    """In every language."""
    paths = [*PERSONAL, COPIES]
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [*paths, *(f"/{code}{path}" for code in others for path in paths if path != "/admin/")]


@require_safe
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). Without somebody who runs the site there is nobody to name."""
    contact = owner().link
    if not contact:
        raise Http404("no contact")
    until = timezone.now().replace(microsecond=0) + SECURITY_TXT_HOLDS
    lines = [f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en"]
    own = f"Canonical: {settings.SITE_URL}{reverse('security_txt')}"
    return HttpResponse("\n".join([*lines, own, ""]), content_type="text/plain; charset=utf-8")


def _sitemap_lines() -> list[str]:
    return [f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """For whoever looks at the old place, which no page names: bookmarks, feed readers, downloads."""
    return redirect(static("icons/favicon.ico"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", {"nearby": nearby(request.path)}, status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    response = render(request, "errors/429.html", status=429)
    response.headers["Retry-After"] = str(PAUSE_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    # The form is not taken; danger told in it is heard all the same, by `coaching.danger.hearing`.
    page = "errors/no_cookie.html" if reason == REASON_NO_CSRF_COOKIE else "errors/csrf.html"
    return render(request, page, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Whoever told of danger, or wrote words that call for care, finds whom to call, whatever broke."""
    response = _whom_to_call(request) or HttpResponse(broken_page(request.path))
    response.status_code = 500
    if breaker.is_open:
        # Nothing is broken, and nobody has to look into it: it comes back by itself.
        response.status_code = 503
        response.headers["Retry-After"] = str(SECONDS_UNTIL_BACK)
    return response


def _whom_to_call(request: HttpRequest) -> HttpResponse | None:
    """None where not even that can be drawn: the page that stands alone names the number too."""
    try:
        return page_in_trouble(request)
    except Exception:
        log.exception("The page that says whom to call could not be drawn.")
        return None
