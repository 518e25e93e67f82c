"""The links that somebody handed out, as their own page lists them: what, until when, and each time it was opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coaching.models import LinkOpening, Person, SharedLink

Kind, Browser = SharedLink.Kind, LinkOpening.Browser
MOST_ENDED = 40
"""Links that have ended, the newest. One that is open is always listed: it can be ended nowhere else."""

MOST_OPENINGS = 200
"""Of one link, the newest. How many more there were is said; the file of My data holds each of them."""

NEWEST = "newest_openings"
KINDS: Mapping[str, object] = {
    Kind.SUMMARY: _("My summary"),
    Kind.STEP: _("My step of this week"),
    Kind.FLARE_PLAN: _("My flare plan"),
    Kind.RECORD: _("My record, for a clinic’s software"),
}
WITH: Mapping[str, object] = {
    Browser.PHONE: _("on a phone or tablet"),
    Browser.COMPUTER: _("on a computer"),
    Browser.SOFTWARE: _("by a clinic’s software"),
    Browser.UNKNOWN: _("with something we do not know"),
}
NAMES = {"firefox": "Firefox", "chrome": "Chrome", "safari": "Safari", "edge": "Edge", "samsung": "Samsung Internet"}


@dataclass(frozen=True, kw_only=True)
class ToldOpening:
    when: str
    browser: str


@dataclass(frozen=True, kw_only=True)
class ToldLink:
    """`state`: open, revoked, over, or shut after too many wrong codes."""

    key: int
    kind: str
    made: str
    until: str
    state: str
    opened: int
    attempts_left: int
    openings: tuple[ToldOpening, ...]

    @property
    def unlisted(self) -> int:
        """How many earlier openings stand here as a number alone."""
        return max(0, self.opened - len(self.openings))

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True, kw_only=True)
class ToldLinks:
    """`unlisted`: how many links that ended earlier are not among them."""

    links: tuple[ToldLink, ...] = ()
    unlisted: int = 0


def links_of(person: Person, at: datetime, zone: ZoneInfo) -> ToldLinks:
    """Every open one, then those that have ended; the newest first in each."""
    newest = LinkOpening.objects.order_by("-at", "-id")[:MOST_OPENINGS]
    rows = person.shared_links.prefetch_related(Prefetch("openings", queryset=newest, to_attr=NEWEST))
    alive = person.shared_links.alive(at)
    ended = rows.exclude(pk__in=alive.values("pk"))
    told = [*rows.alive(at), *ended[:MOST_ENDED]]
    return ToldLinks(
        links=tuple(_told_link(row, at, zone) for row in told), unlisted=max(0, ended.count() - MOST_ENDED)
    )


def _told_link(row: SharedLink, at: datetime, zone: ZoneInfo) -> ToldLink:
    return ToldLink(
        key=row.pk,
        kind=str(KINDS[row.kind]),
        made=moment(row.made_at, zone),
        until=moment(row.expires_at, zone),
        state=_state(row, at),
        opened=row.opened,
        attempts_left=row.attempts_left,
        openings=tuple(ToldOpening(when=moment(one.at, zone), browser=_browser(one)) for one in getattr(row, NEWEST)),
    )


def _state(row: SharedLink, at: datetime) -> str:
    if row.revoked_at:
        return "revoked"
    if row.expires_at <= at:
        return "over"
    return "open" if row.attempts_left else "shut"


def _browser(one: LinkOpening) -> str:
    return " ".join(filter(None, [NAMES.get(one.name, ""), str(WITH[one.browser])]))


def moment(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "SHORT_DATETIME_FORMAT")
