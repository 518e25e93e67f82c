"""Makers of what a summary is built from, and of links, with defaults."""

from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from coaching.core.progress.scales import SCALES, Reading
from coaching.core.summary.choice import Choice
from coaching.core.summary.summary import (
    Flagged,
    Material,
    NextStep,
    Noticed,
    Practised,
    Summary,
    Told,
    Treated,
    summary_of,
)
from coaching.models import Person, SharedLink
from coaching.sharing.links import Secret, make_link, secret_of_page
from content.core.vocabulary import Level
from tests.coaching.shell_makers import NOON

TODAY = date(2026, 11, 2)
SECRET = Secret(token="T" * 43, code="123456")


def fresh_secret() -> Secret:
    """Another one each time."""
    return secret_of_page(Person(), token_urlsafe(24), "")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def readings(slug: str, *totals: int, every: int = 7) -> dict[Any, tuple[Reading, ...]]:
    """One each so many days, the last one today."""
    last = len(totals) - 1
    told = tuple(Reading(on=ago((last - place) * every), total=total) for place, total in enumerate(totals))
    return {SCALES[slug]: told}


def material(**told: Any) -> Material:
    """A person who has something to tell in each part."""
    usual: dict[str, Any] = {
        "series": {**readings("peg", 21, 20, 12, 9), **readings("gad7", 14, 13, 8, 6, every=14)},
        "practised": (Practised(name="Slow breathing", goes=6, last_on=ago(1)),),
        "flagged": (Flagged(words="A fever?", level=Level.TODAY, days=(Told(on=ago(20)),)),),
        "noticed": (Noticed(words="Dizzy", with_what="Slow breathing", times=2, last_on=ago(3)),),
        "treated": (Treated(on=ago(2), what="My own pills", amount="two"), Treated(on=ago(5), what="Massage")),
        "goal": "Carry my grandchild",
        "matters": ("Time with family",),
        "next_step": NextStep(name="Walking", amount="5 minutes, once a day"),
        "small_step": "Stand at the door, after lunch",
    }
    return Material(**{**usual, **told})


def summary(of: Material | None = None, **chosen: Any) -> Summary:
    return summary_of(of or material(), Choice(**chosen), today=TODAY)


def a_link(person: Person, *, at: datetime = NOON, days: int = 7, secret: Secret = SECRET, **told: Any) -> SharedLink:
    usual: dict[str, Any] = {"kind": SharedLink.Kind.SUMMARY, "content": {"name": "N."}, "language": "en"}
    return make_link(person, secret=secret, at=at, days=days, **{**usual, **told})
