"""A row of somebody else's list judged, with the reason in plain words.

A row needs its proof: when they agreed, how, and in which words, from a column or said once for all. Who is known here
already keeps what they chose here: whoever left, bounced or complained is never brought back by a list, and nobody is
changed by one. Who had left there stays out, and goes on the list of those no later list brings in.

A list of people who are not to be written to needs addresses alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from accounts.core.addresses import address_fault, is_shared, letter_address_fault, normal_address
from accounts.core.importing.columns import NAMED, Choice
from accounts.core.importing.dates import EARLIEST, FORMS, ZONES_APART, moment
from accounts.core.importing.standings import Standing, standing_of
from accounts.core.sending.hours import every_zone
from content.core.vocabulary import Topic

LEAST_WORDS, LEAST_HOW, MOST_HOW, MOST_WORDS = 10, 3, 300, 2_000


class Verdict(StrEnum):
    NEW = "new"
    SKIPPED = "skipped"
    LEFT = "left"
    KEPT_AWAY = "kept away"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Row:
    line: int
    cells: Sequence[str]
    choice: Choice

    def __getitem__(self, what: str) -> str:
        """The cell of the column chosen for this, or what was said for all."""
        place = self.choice.places.get(what)
        cell = self.cells[place] if place is not None and place < len(self.cells) else ""
        return cell or self.choice.for_all.get(what, "")

    @property
    def address(self) -> str:
        """Without the name that a mail program writes before it."""
        named = NAMED.fullmatch(self["email"])
        return named[1] if named else self["email"]

    @property
    def email(self) -> str:
        return normal_address(self.address)

    @property
    def standing(self) -> Standing:
        """The worst that any of its columns says."""
        said = [
            standing_of(name, self.cells[at] if at < len(self.cells) else "") for at, name in self.choice.left.items()
        ]
        return next((each for each in said if each is not Standing.GETS), Standing.GETS)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`new` comes in, `skipped` is known here, `left` stays out, `refused` has a fault; the reason says which."""

    line: int
    email: str
    verdict: Verdict
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Here:
    """What is known here: statuses by address, addresses not to be written to, earlier lines of this list, choices."""

    statuses: Mapping[str, str]
    closed: Set[str]
    paces: Set[str]
    languages: Set[str]
    lines: Mapping[str, int] = field(default_factory=dict)


SKIPS = {
    "active": "Gets letters already. Nothing is changed.",
    "pending": "Was asked here and has not confirmed. Only they can.",
    "unsubscribed": "Left. Only they can come back.",
    "bounced": "Letters to this address came back.",
}
CLOSED = "Left, bounced or complained, and is on the list of those not to be written to. Only they can come back."
LEFT_THERE = {
    Standing.LEFT: "Had left there. Stays out; only they can come back.",
    Standing.BOUNCED: "Letters to this address came back there. Stays out.",
    Standing.COMPLAINED: "Had complained there. Stays out.",
    Standing.WAITING: "Never confirmed there. Stays out; they can sign up here.",
    Standing.UNKNOWN: "What the list says of them is not known here, so it is no yes. Stays out.",
}
STOPS = "Gets letters now. They end."
ON_IT = "Is not written to already."


def judge(rows: Iterable[Row], here: Here, *, at: datetime) -> Iterator[Judged]:
    seen = dict(here.lines)
    for row in rows:
        email = row.email
        if reason := _unfit(row, email, seen):
            yield Judged(line=row.line, email=email[:254], verdict=Verdict.REFUSED, reason=reason)
            continue
        seen[email] = row.line
        yield _kept_away(row, email, here) if row.choice.is_stay_away else _placed(row, email, here, at=at)


def _unfit(row: Row, email: str, seen: Mapping[str, int]) -> str | None:
    if not row["email"]:
        return "There is no address in this row."
    fault = address_fault(row.address)
    if fault:
        return str(fault)
    return f"The same address as in line {seen[email]}." if email in seen else None


def _kept_away(row: Row, email: str, here: Here) -> Judged:
    status = here.statuses.get(email, "")
    if email in here.closed or status in ("unsubscribed", "bounced"):
        return Judged(line=row.line, email=email, verdict=Verdict.SKIPPED, reason=ON_IT)
    reason = STOPS if status == "active" else ""
    return Judged(line=row.line, email=email, verdict=Verdict.KEPT_AWAY, reason=reason)


def _placed(row: Row, email: str, here: Here, *, at: datetime) -> Judged:
    if reason := known_here(email, here):
        return Judged(line=row.line, email=email, verdict=Verdict.SKIPPED, reason=reason)
    if row.standing is not Standing.GETS:
        values = {"complained": True} if row.standing is Standing.COMPLAINED else {}
        has_gone = row.standing not in (Standing.WAITING, Standing.UNKNOWN)
        verdict = Verdict.LEFT if has_gone else Verdict.SKIPPED
        return Judged(line=row.line, email=email, verdict=verdict, reason=LEFT_THERE[row.standing], values=values)
    fault = _fault(row, email, here, at=at)
    if fault:
        return Judged(line=row.line, email=email, verdict=Verdict.REFUSED, reason=fault)
    return Judged(line=row.line, email=email, verdict=Verdict.NEW, values=_values(row, at=at))


def known_here(email: str, here: Here) -> str:
    """Why a list changes nothing for this address; empty when nobody here knows it."""
    return CLOSED if email in here.closed else SKIPS.get(here.statuses.get(email, ""), "")


def _fault(row: Row, email: str, here: Here, *, at: datetime) -> str | None:
    if fault := letter_address_fault(row.address):
        return str(fault)
    if is_shared(email):
        return "Several people read this mailbox, so one of them cannot have agreed for all. Ask them to sign up."
    return _proof_fault(row, at=at) or _choice_fault(row, here)


def _proof_fault(row: Row, *, at: datetime) -> str | None:
    when = agreed_at(row)
    if when is None:
        return _no_time(row)
    if not EARLIEST <= when <= at + ZONES_APART:
        return "The time at which they agreed is in the future, or before anybody had such letters."
    if len(row["consent_how"]) < LEAST_HOW:
        return "How they agreed is not said, such as “sign-up sheet at the clinic”."
    if not LEAST_WORDS <= len(row["consent_words"]) <= MOST_WORDS:
        return "The words that they agreed to are missing, or no sentence."
    return None


def agreed_at(row: Row) -> datetime | None:
    place = row.choice.places.get("consent_at")
    cell = row.cells[place] if place is not None and place < len(row.cells) else ""
    return moment(cell, row.choice.date_form) if cell else moment(row.choice.for_all.get("consent_at", ""), "iso")


def _no_time(row: Row) -> str:
    cell = row["consent_at"]
    if not cell:
        return "When they agreed is not said."
    return f"“{cell[:40]}” is no time written as {FORMS.get(row.choice.date_form, 'it was chosen')}."


def _choice_fault(row: Row, here: Here) -> str | None:
    topics = {topic.value for topic in Topic}
    if set(row["topics"].split()) - topics:
        return f"topics may be, with spaces between: {' '.join(sorted(topics))}."
    if row["pace"] and row["pace"] not in here.paces:
        return f"pace may be: {' '.join(sorted(here.paces))}."
    if row["language"] and _language(row) not in here.languages:
        return f"language may be: {' '.join(sorted(here.languages))}."
    if row["paused_until"] and _paused_until(row) is None:
        return "paused_until must be a day such as 2026-04-03."
    if row["time_zone"] and row["time_zone"] not in every_zone():
        return "time_zone must be a name such as Europe/Paris."
    if row["letters_hour"] and _hour(row) is None:
        return "letters_hour must be an hour from 0 to 23."
    return None


def _language(row: Row) -> str:
    """es-MX and es_MX are written to in Spanish."""
    return row["language"].lower().replace("_", "-").partition("-")[0]


def _paused_until(row: Row) -> date | None:
    try:
        return date.fromisoformat(row["paused_until"])
    except ValueError:
        return None


def _hour(row: Row) -> int | None:
    cell = row["letters_hour"]
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 3 and int(cell) < 24 else None


def _values(row: Row, *, at: datetime) -> dict[str, object]:
    when = agreed_at(row)
    chosen: dict[str, object] = {
        "topics": row["topics"].split(),
        "pace": row["pace"],
        "language": _language(row),
        "paused_until": row["paused_until"],
        "time_zone": row["time_zone"],
    }
    return {
        **{name: value for name, value in chosen.items() if value},
        **({} if _hour(row) is None else {"letters_hour": _hour(row)}),
        "consent_at": min(when, at).isoformat() if when else None,
        "consent_note": row["consent_how"][:MOST_HOW],
        "consent_words": row["consent_words"],
    }
