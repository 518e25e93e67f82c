"""Which column of a list holds what: a guess by name and by what its cells look like, for a person to correct.

The names are those that other programs write (Mailchimp, Substack, Buttondown, listmonk, Ghost) and our own. A column
called `email` in which no address stands is not taken for one; a column of addresses with any other name is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accounts.core.importing.dates import forms_of, moment
from accounts.core.importing.standings import (
    Standing,
    is_status,
    names_standing,
    plain,
    standing_of,
    tells_standing,
)

SHOWN = 3
MOST_LOOKED_AT = 1000
MOSTLY = 0.5
# What looks like an address. Whether it is one that letters reach is judged row by row.
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NAMED = re.compile(r"[^<>@]*<\s*([^<>\s]+@[^<>\s]+)\s*>[\s,;]*")
"""As mail programs write it: Walter <walter@example.org>."""

NAMES = {
    "email": ("email", "email address", "email_address", "e-mail", "e-mail address", "mail", "subscriber", "correo"),
    "consent_at": (
        "consent_at",
        "confirm_time",
        "confirmed_at",
        "confirmation_date",
        "optin_time",
        "opt_in_time",
        "subscribed_at",
        "subscription date",
        "subscription_date",
        "signup_date",
        "sign_up_date",
        "creation_date",
        "created_at",
        "created",
        "joined",
        "date joined",
        "date added",
        "date_added",
        "start date",
        "create date",
        "added_time",
        "signed up",
        "subscribed",
        "fecha de alta",
        "fecha de suscripción",
        "anmeldedatum",
        "angemeldet am",
        "eingetragen am",
        "date d'inscription",
        "inscrit le",
        "data de inscrição",
        "data di iscrizione",
        "inschrijfdatum",
        "date",
        "fecha",
        "datum",
        "data",
    ),
    "consent_how": ("consent_how", "optin_source", "signup_source", "sign-up source"),
    "consent_words": ("consent_words", "consent_text", "consent wording", "gdpr_text"),
    "topics": ("topics",),
    "pace": ("pace",),
    "language": ("language", "lang", "locale"),
    "paused_until": ("paused_until",),
    "time_zone": ("time_zone",),
    "letters_hour": ("letters_hour",),
}
"""The best name first. Those of other languages are for what people write into a sheet of their own."""

# A day of something else. A number of eight or ten digits is more often a telephone than a day.
ANOTHER_DAY = re.compile(
    r"birth|geburt|naci|naiss|nasc|last|letzt|ultim|derni|open|click|updat|chang|modif|expir|pay|order"
)
A_DAY = re.compile(r".*\d[-/. :]\d.*|.*[A-Za-z]{3,} \d.*|\d.*[A-Za-z]{3,}.*", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Column:
    place: int
    heading: str
    cells: tuple[str, ...]
    """Those of the rows that were looked at, empty ones among them."""

    @property
    def examples(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, self.cells)))[:SHOWN]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The place of each column that was chosen, by what it holds; `left` are those that say who had left."""

    places: Mapping[str, int]
    left: Mapping[int, str] = field(default_factory=dict)
    """With their headings, which say how to read them."""
    date_form: str = ""
    for_all: Mapping[str, str] = field(default_factory=dict)
    """What holds for rows without a column, or whose cell is empty; a day in ISO form."""
    is_stay_away: bool = False
    """A list of people who are not to be written to."""


def columns_of(rows: Sequence[Sequence[str]], *, has_headings: bool) -> list[Column]:
    """A column without a heading is named by its place. One without a heading and without words is no column."""
    width = max((len(row) for row in rows), default=0)
    headings, body = _parted(rows) if rows and has_headings else ([], rows)
    columns = []
    for place in range(width):
        heading = headings[place] if place < len(headings) else ""
        cells = tuple(row[place] if place < len(row) else "" for row in body[:MOST_LOOKED_AT])
        if heading or any(cells):
            columns.append(Column(place=place, heading=heading or f"Column {place + 1}", cells=cells))
    return columns


def _parted(rows: Sequence[Sequence[str]]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Headings and what follows. A title may stand above them, which fills one cell of its line."""
    above = next((place for place, row in enumerate(rows) if any("@" in cell for cell in row)), 1)
    wide = (place for place in range(above) if sum(bool(cell) for cell in rows[place]) > 1)
    place = next(wide, 0)
    return rows[place], rows[place + 1 :]


def guess(columns: Sequence[Column]) -> Choice:
    left = {column.place: column.heading for column in columns if _says_who_left(column)}
    others = [column for column in columns if column.place not in left]
    named = {what: of_that_name[0] for what in NAMES if (of_that_name := _by_name(columns, what))}
    if address := _of_addresses(columns, named.get("email")):
        named["email"] = address
    else:
        named.pop("email", None)
    named.pop("consent_at", None)
    if agreed := _of_days(_by_name(others, "consent_at"), others):
        named["consent_at"] = agreed
    forms = _apart(agreed.cells) if agreed else []
    places = {what: column.place for what, column in named.items()}
    return Choice(places=places, left=left, date_form=forms[0] if len(forms) == 1 else "")


def _says_who_left(column: Column) -> bool:
    """By its name, where its words are known (a `state` may be one of the fifty), or by such words alone. A `status` in
    words that nobody here knows is taken for one too: then everybody stays out until a person has looked at it."""
    if tells_standing(column.cells):
        return True
    known = [standing_of(column.heading, cell) is not Standing.UNKNOWN for cell in column.cells]
    is_known = sum(known) >= len(known) / 2 or (is_status(column.heading) and any(column.cells))
    return names_standing(column.heading) and is_known


def _by_name(columns: Sequence[Column], what: str) -> list[Column]:
    """The best of its names first; where two columns bear the same one, that which holds something."""
    by_name: dict[str, Column] = {}
    for column in columns:
        name = plain(column.heading)
        if name not in by_name or not any(by_name[name].cells):
            by_name[name] = column
    there = [by_name[plain(name)] for name in NAMES[what] if plain(name) in by_name]
    return sorted(there, key=lambda column: not any(column.cells))


def _of_days(named: Sequence[Column], others: Sequence[Column]) -> Column | None:
    """The first of those named that holds days; without one, the only one of all that does."""
    if dated := next((column for column in named if forms_of(column.cells)), None):
        return dated
    days = [column for column in others if _holds_days(column) and not ANOTHER_DAY.search(plain(column.heading))]
    return days[0] if len(days) == 1 else None


def _apart(cells: Sequence[str]) -> list[str]:
    """The forms that fit; one alone where all of them read the same."""
    forms = forms_of(cells)
    read_alike = len({tuple(moment(cell, form) for cell in cells) for form in forms}) == 1
    return forms[:1] if read_alike else forms


def _holds_days(column: Column) -> bool:
    return all(A_DAY.fullmatch(cell) for cell in column.cells if cell) and bool(forms_of(column.cells))


def _of_addresses(columns: Sequence[Column], named: Column | None) -> Column | None:
    others = [column for column in columns if column is not named]
    return next((column for column in [*([named] if named else []), *others] if _holds_addresses(column)), None)


def _holds_addresses(column: Column) -> bool:
    filled = [cell for cell in column.cells if cell]
    return bool(filled) and sum(
        bool(ADDRESS.fullmatch(cell) or NAMED.fullmatch(cell)) for cell in filled
    ) >= MOSTLY * len(filled)
