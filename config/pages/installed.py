"""What a device needs to install the site and to open it without a network: the manifest and the worker's list.

The worker (`static/js/service-worker.js`) is the same for everybody; what it keeps is listed here. Every name in the
list carries a hash of its content, so a new version of anything is a new list, and a new list is a new worker.
"""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from coaching.help.flare import SECONDS as FLARE_SECONDS
from coaching.offline.copies import NAMES, pages_to_keep, tools_to_keep
from config.machine.languages import TRANSLATED

PAPER = "#fbf7f0"
"""The ground of the light look. A manifest knows one colour; the pages name one for each scheme."""

SHELL = ("css/site.css", "css/flare.css", "fonts/*.woff2", "icons/*", "js/*.js", "sound/*")
WORKER = ("js/unsent.js", "js/worker-flare.js", "js/worker-push.js", "js/service-worker.js")
PAGES = ("offline", "home", "practices", "lessons", "help_now", "emergency", "crisis", "flare_buttons")
COPIES = {"help_now": "help_now_copy"}
"""Pages whose copy is another page: it knows nobody, and so has to be safe for anyone."""

HELP_IN = ("es",)
"""Other languages in which the pages that help are kept too."""

HELP = ("help_now", "emergency", "crisis", "flare_buttons", "offline")
"""Those pages, and what stands in the place of one that a device does not hold."""


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
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, and names its scope, so that it may serve every page."""
    kept: dict[str, Any] = {
        "static": settings.STATIC_URL,
        "isHashed": not settings.DEBUG,
        "shell": [static(name) for name in _shell_names()],
        "pages": [*map(_page, PAGES), *_help_in_other_languages()],
        "guides": [*pages_to_keep(), *tools_to_keep()],
        "others": {_home(language).rstrip("/"): _for_readers_in(language) for language in HELP_IN},
        "choices": NAMES,
        "flare": _flare(),
    }
    scripts = ", ".join(json.dumps(static(name)) for name in WORKER)
    kept["version"] = sha256(json.dumps([kept, scripts, _templates()]).encode()).hexdigest()[:12]
    code = f"self.unloop = {json.dumps(kept)};\nimportScripts({scripts});\n"
    headers = {"Service-Worker-Allowed": "/"}
    return HttpResponse(code, content_type="text/javascript; charset=utf-8", headers=headers)


def _page(name: str) -> tuple[str, str]:
    """The address of a page, and of what is kept for it."""
    return reverse(f"coaching:{name}"), reverse(f"coaching:{COPIES.get(name, name)}")


def _help_in_other_languages() -> Iterator[tuple[str, str]]:
    for language in HELP_IN:
        with override(language):
            yield from map(_page, HELP)


def _for_readers_in(language: str) -> dict[str, Any]:
    """What else a device keeps whose reader has opened a page in that language. Tools are there in English alone."""
    with override(language):
        names = [name for name in PAGES if name not in HELP and f"coaching:{name}" in TRANSLATED]
        return {"pages": [*map(_page, names)], "guides": pages_to_keep()}


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
            "leave": render_to_string("parts/_flare_leave.html"),
        }


@cache
def _shell_names() -> tuple[str, ...]:
    root = settings.BASE_DIR / "static"
    names = {str(path.relative_to(root)) for pattern in SHELL for path in root.glob(pattern)}
    return tuple(sorted(names - set(WORKER[1:])))


@cache
def _templates() -> str:
    """Read once a process: templates change only when the site is put up anew."""
    digest = sha256()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
