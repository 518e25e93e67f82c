"""Which pages are kept ready, and which of them read what stands behind the question mark.

A page that is missing here is as slow as before, and nothing else. One that stands here must be the same for every
stranger but for its holes (`holes.py`); `tests/test_ready_pages.py` asks each of them twice.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

from config.machine.addresses import in_english

READ_NO_QUERY = frozenset(
    {
        *(f"coaching:{name}" for name in ("home", "about", "people", "intake", "under_age", "close", "clinics")),
        *(f"coaching:{name}" for name in ("help_now", "emergency", "crisis", "flare_buttons", "help_now_copy")),
        *(f"coaching:{name}" for name in ("lesson_print", "practices", "offline", "tools", "privacy")),
        *("content:evidence", "content:tip", "accounts:newsletter", "accounts:letter"),
        *("worker", "manifest", "robots", "voices", "voice_lines"),
    }
)
"""Whatever is asked of them, they are the same."""

READ_A_QUERY = frozenset(
    {
        *(f"coaching:{name}" for name in ("lesson", "lessons", "practice", "practice_copy", "tool", "tool_copy")),
        *("content:tips", "accounts:letters"),
    }
)
"""A size, a search, a page of a list: asked for so, they are Django's."""

MEANS_NOTHING = frozenset(
    {
        *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid", "_gl", "msclkid"),
        *("igshid", "igsh", "ttclid", "twclid", "li_fat_id", "yclid"),
        *("mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "_kx", "vero_id", "ml_subscriber", "ml_subscriber_hash"),
    }
)
"""What letters and adverts write behind addresses, besides all that begins as below. No page may read any of it."""

TRACKS = "utm_"
VOICES = "/voices/"
FILES = frozenset({"/sw.js", "/robots.txt", "/manifest.webmanifest", "/es/manifest.webmanifest"})
LONGEST = 200
"""Characters of an address that is looked at."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    reads_a_query: bool


def kind_of(path: str) -> Kind | None:
    """None where the page of this address is not kept."""
    return _kind_of(path) if len(path) <= LONGEST and (path.endswith("/") or _is_file(path)) else None


def _is_file(path: str) -> bool:
    return path in FILES or (path.startswith(VOICES) and path.endswith(".json"))


@lru_cache(maxsize=2048)
def _kind_of(path: str) -> Kind | None:
    try:
        with override(settings.LANGUAGE_CODE):
            name = resolve(in_english(path)).view_name
    except Resolver404:
        return None
    if name in READ_NO_QUERY:
        return Kind(reads_a_query=False)
    return Kind(reads_a_query=True) if name in READ_A_QUERY else None


def asks_for_something(query: str) -> bool:
    """Whether any of it is not known to mean nothing."""
    names = (part.partition("=")[0] for part in query.split("&") if part)
    return any(name not in MEANS_NOTHING and not name.startswith(TRACKS) for name in names)
