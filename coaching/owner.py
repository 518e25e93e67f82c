"""Who is behind this site: what its owner filled in, and what they have not.

A reader is told either way. The gate (`manage.py check --deploy`) names what is empty and fails nobody for it: a
laptop has no owner, and nobody may have reviewed the texts yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info

ASKED = {
    "OWNER_NAME": "who made this",
    "OWNER_CONTACT": "how to reach them",
    "OWNER_FUNDING": "who pays for it",
    "OWNER_REVIEWER": "which clinician reviewed it",
}


@dataclass(frozen=True, kw_only=True)
class Owner:
    name: str = ""
    contact: str = ""
    funding: str = ""
    reviewer: str = ""

    @property
    def link(self) -> str:
        """Where a tap on the contact leads; empty when it is neither an address of mail nor of a page."""
        if self.contact.startswith("https://"):
            return self.contact
        return f"mailto:{self.contact}" if "@" in self.contact and " " not in self.contact else ""


def owner() -> Owner:
    return Owner(
        name=settings.OWNER_NAME,
        contact=settings.OWNER_CONTACT,
        funding=settings.OWNER_FUNDING,
        reviewer=settings.OWNER_REVIEWER,
    )


def say_what_is_empty(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    del app_configs, kwargs  # It is about the site.
    return [
        Info(
            f"The owner has not filled in {name}: readers of /about/ are not told {what}.",
            hint="See .env.example.",
            id=f"unloop.I00{place}",
        )
        for place, (name, what) in enumerate(ASKED.items(), start=1)
        if not getattr(settings, name)
    ]
