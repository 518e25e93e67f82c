"""What a device keeps: which pages and files, in which language, and in which parcel they come."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from coaching.offline.copies import pages_to_keep, tools_to_keep
from config.machine.languages import TRANSLATED
from content.reading.stamp import library_stamp

Pairs = list[tuple[str, str]]
"""Address of a page, and of what is kept for it."""

SHELL = ("css/site.css", "css/flare.css", "fonts/*.woff2", "js/*.js", "sound/*")
PICTURES = ("icons/*",)
OF_BOTH = ("js/unsent.js", "js/kept-voices.js")
"""Pages use these too."""

WORKER = (
    *OF_BOTH,
    *("js/worker-flare.js", "js/worker-push.js"),
    *("js/worker-parcels.js", "js/service-worker.js"),
)
PAGES = ("home", "practices", "lessons")
"""Those that lead on. They come with the practices."""

COPIES = {"help_now": "help_now_copy"}
"""Pages whose copy is another page: it knows nobody, and so has to be safe for anyone."""

HELP = ("help_now", "emergency", "crisis", "flare_buttons", "offline")
"""Pages that help, and what stands in the place of one that a device does not hold: kept by every device at once."""

HELP_IN = ("es",)
"""Other languages in which they are kept too."""

LETTING_GO = "/practice/pmr/?size=4&muscles=release"
"""Where one of the three buttons of flare mode leads, in English."""

EVERY, FIRST, FILES = "every", "help", "files"
LANGUAGES = (settings.LANGUAGE_CODE, *HELP_IN)


def contents(language: str) -> dict[str, Pairs]:
    """The pages of each parcel of a language, by the parcel's name. `every` has what is there for all of them."""
    if language == EVERY:
        return {FIRST: first_pages(), FILES: []}
    if language not in LANGUAGES:
        return {}
    with override(language):
        parcels = {"pages": leading_pages()}
        if language == settings.LANGUAGE_CODE:
            parcels["tools"] = tools()
        for page, copy in guides():
            slug = page.partition("?")[0].rstrip("/").rpartition("/")[2]
            parcels.setdefault(f"practice-{slug}", []).append((page, copy))
    return parcels


def first_pages() -> Pairs:
    """Help now and flare mode, in every language."""
    return [pair for language in LANGUAGES for pair in _first_pages_in(language)]


def _first_pages_in(language: str) -> Iterator[tuple[str, str]]:
    with override(language):
        yield from map(_page, HELP)
        yield from (pair for pair in guides() if pair[0].endswith(LETTING_GO))


def leading_pages() -> Pairs:
    """In the language that is active now."""
    return [_page(name) for name in PAGES if f"coaching:{name}" in TRANSLATED or _is_english()]


def _is_english() -> bool:
    return reverse("coaching:home") == "/"


def guides() -> Pairs:
    return [(page, copy) for page, copy in pages_to_keep()]


def tools() -> Pairs:
    return [(page, copy) for page, copy in tools_to_keep()]


def _page(name: str) -> tuple[str, str]:
    return reverse(f"coaching:{name}"), reverse(f"coaching:{COPIES.get(name, name)}")


def kept_stamp() -> tuple:
    """Changes when anything changes that a device keeps. One question, asked once a second."""
    return (*library_stamp(timezone.now()), settings.SITE_URL, settings.STATIC_URL)


# --- Files -------------------------------------------------------------------------------


@cache
def file_names() -> tuple[str, ...]:
    return tuple(sorted(_matching(SHELL) - (set(WORKER) - set(OF_BOTH))))


@cache
def picture_names() -> tuple[str, ...]:
    return tuple(sorted(_matching(PICTURES)))


def _matching(patterns: tuple[str, ...]) -> set[str]:
    root = settings.BASE_DIR / "static"
    return {str(path.relative_to(root)) for pattern in patterns for path in root.glob(pattern)}


def bytes_of(name: str) -> bytes:
    """As it is served: a collected file has the hashed names of others in it. With DEBUG none is collected."""
    written = settings.BASE_DIR / "static" / name
    if settings.DEBUG:
        return written.read_bytes()
    path = Path(staticfiles_storage.path(getattr(staticfiles_storage, "stored_name", str)(name)))
    return (path if path.exists() else written).read_bytes()
