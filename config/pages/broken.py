"""The page that stands when nothing else does: read once, so that it needs no template, no database and no context."""

from django.conf import settings
from django.utils.translation import get_language_from_path

ERRORS = settings.BASE_DIR / "templates" / "errors"
BROKEN_PAGE = (ERRORS / "500.html").read_text(encoding="utf-8")
BROKEN_PAGE_IN = {"es": (ERRORS / "500.es.html").read_text(encoding="utf-8")}


def broken_page(path: str) -> str:
    """In the language of the address."""
    return BROKEN_PAGE_IN.get(get_language_from_path(path) or "", BROKEN_PAGE)
