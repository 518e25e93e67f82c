"""What the shell of a page, its header and its footer, depends on: a handful of small values, asked for when drawn."""

from functools import lru_cache

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

from coaching.people.session import SESSION_KEY

ROOMS = {
    "lessons": "coaching:lessons",
    "practices": "coaching:practices",
    "tips": "content:tips",
    "tools": "coaching:tools",
}
"""Each link of the bars that is current on its own page and on those below it."""

PAGES = {"today": "coaching:today", "plan": "coaching:plan", "progress": "coaching:progress"}
"""Those that are current on their own page alone."""


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def has_account(self) -> bool:
        user = getattr(self._request, "user", None)
        return user is not None and user.is_authenticated

    @property
    def has_begun(self) -> bool:
        """Whether there are pages of theirs: with an account, or with answers that this visit holds."""
        return self.has_account or bool(hasattr(self._request, "session") and self._request.session.get(SESSION_KEY))

    @property
    def rooms(self) -> str:
        """The names of the links that are current, with a space between two."""
        path = self._request.path
        return " ".join(
            name
            for name, address, is_below in _links(get_language(), get_script_prefix(), get_urlconf())
            if path == address or (is_below and address in path)
        )


def shell(request: HttpRequest) -> dict[str, Shell]:
    """For every page."""
    return {"shell": Shell(request)}


@lru_cache(maxsize=16)
def _links(_language: str | None, _prefix: str, _urlconf: str | None) -> tuple[tuple[str, str, bool], ...]:
    return tuple((name, reverse(page), page in ROOMS.values()) for name, page in {**ROOMS, **PAGES}.items())
