"""What a device needs to install the site and to open it without a network: the manifest and the worker's list.

The worker (`static/js/service-worker.js`) is the same for everybody; what it keeps is listed here. Every name in the
list carries a hash of its content, so a new version of anything is a new list, and a new list is a new worker.
"""

import json
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coaching.help.flare import SECONDS as FLARE_SECONDS
from coaching.offline.copies import NAMES
from config.pages.compressed import answer_of, compressed
from config.pages.kept import (
    EVERY,
    FILES,
    FIRST,
    HELP_IN,
    WORKER,
    bytes_of,
    file_names,
    guides,
    kept_stamp,
    picture_names,
    tools,
)

PAPER = "#fbf7f0"
"""The ground of the light look. A manifest knows one colour; the pages name one for each scheme."""


@require_safe
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> JsonResponse:
    told = {
        "id": reverse("coaching:home"),
        "name": "Unloop",
        "short_name": "Unloop",
        "description": _("Self-guided coaching for back pain and worry that feed each other."),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": reverse("coaching:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "categories": ["health", "lifestyle"],
        "icons": [_icon("192"), _icon("512"), _icon("maskable-512", purpose="maskable")],
        "shortcuts": [
            {"name": _("Help now"), "url": reverse("coaching:help_now")},
            {"name": _("Practice"), "url": reverse("coaching:practices")},
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _icon(name: str, purpose: str = "any") -> dict[str, str]:
    size = name.rsplit("-", 1)[-1]
    source = static(f"icons/icon-{name}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@require_safe
@cache_control(public=True, no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, and names its scope, so that it may serve every page.

    Browsers ask for it at each visit. Its tag, one for all ways of compressing, says that it is still the same.
    """
    tag, bodies = _worker()
    response = answer_of(request, bodies, "text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response


Written = tuple[str, dict[str, bytes]]
written: dict[tuple, Written] = {}
"""The worker of this process as it was last handed out, tag and bodies, by what it depends on."""


def _worker() -> Written:
    stamp = (kept_stamp(), _templates(), settings.DEBUG)
    latest = written.get(stamp)
    if latest is None:
        code = _code().encode()
        latest = (f'W/"{sha256(code).hexdigest()[:32]}"', compressed(code))
        written.clear()
        written[stamp] = latest
    return latest


def _code() -> str:
    kept = _list()
    scripts = "\n".join(bytes_of(name).decode() for name in WORKER)  # in one answer: nobody has to ask for each
    kept["version"] = sha256(json.dumps([kept, scripts, _templates()]).encode()).hexdigest()[:12]
    return f"self.unloop = {json.dumps(kept)};\n{scripts}"


def _list() -> dict[str, Any]:
    return {
        "static": settings.STATIC_URL,
        "isHashed": not settings.DEBUG,
        "shell": [static(name) for name in file_names()],
        "pictures": [static(name) for name in picture_names()],
        "parcels": {
            "first": reverse("parcel", args=[EVERY, FIRST]),
            "files": reverse("parcel", args=[EVERY, FILES]),
            "list": reverse("parcels", args=[settings.LANGUAGE_CODE]),
        },
        "guides": [*guides(), *tools()],
        "others": {_home(language).rstrip("/"): _for_readers_in(language) for language in HELP_IN},
        "choices": NAMES,
        "flare": _flare(),
    }


def _for_readers_in(language: str) -> dict[str, Any]:
    """What a device keeps whose reader has opened a page in that language. Tools are there in English alone."""
    with override(language):
        return {"parcels": reverse("parcels", args=[language]), "guides": guides()}


def _home(language: str) -> str:
    with override(language):
        return reverse("coaching:home")


def _flare() -> dict[str, Any]:
    """What makes a copy look as flare mode shows it, in each language by what its addresses begin with."""
    languages = (settings.LANGUAGE_CODE, *HELP_IN)
    return {
        "pages": {_home(language).rstrip("/"): _flare_pages(language) for language in languages},
        "style": static("css/flare.css"),
        "seconds": FLARE_SECONDS,
    }


def _flare_pages(language: str) -> dict[str, str]:
    with override(language):
        return {
            "address": reverse("coaching:flare"),
            "buttons": reverse("coaching:flare_buttons"),
            "home": reverse("coaching:home"),
            "leave": render_to_string("parts/_flare_leave.html", {"is_copy": True}),
        }


@cache
def _templates() -> str:
    """Read once a process: templates change only when the site is put up anew."""
    digest = sha256()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
