"""Which column of a list holds what: a guess by name and by what its cells look like, for a person to correct.

The names are those that other programs write (Mailchimp, Substack, Buttondown, listmonk, Ghost) and our own. A column
called `email` in which no address stands is not taken for one; a column of addresses with any other name is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accounts.core.importing.dates import forms_of
from accounts.core.importing.standings import Standing, names_standing, standing_of

SHOWN = 3
MOST_LOOKED_AT = 1000
MOSTLY = 0.5
# What looks like an address. Whether it is one that letters reach is judged row by row.
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
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
    ),
    "consent_how": ("consent_how", "optin_source"),
    "consent_words": ("consent_words", "consent_text", "consent wording", "gdpr_text"),
    "topics": ("topics",),
    "pace": ("pace",),
    "language": ("language", "lang", "locale"),
    "paused_until": ("paused_until",),
}
"""The best name first."""


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
    headings, body = (rows[0], rows[1:]) if rows and has_headings else ([], rows)
    found = []
    for place in range(width):
        heading = headings[place] if place < len(headings) else ""
        cells = tuple(row[place] if place < len(row) else "" for row in body[:MOST_LOOKED_AT])
        if heading or any(cells):
            found.append(Column(place=place, heading=heading or f"Column {place + 1}", cells=cells))
    return found


def guess(columns: Sequence[Column]) -> Choice:
    named = {what: column for what in NAMES if (column := _by_name(columns, what))}
    if address := _of_addresses(columns, named.get("email")):
        named["email"] = address
    else:
        named.pop("email", None)
    agreed = named.get("consent_at")
    forms = forms_of(agreed.cells) if agreed else []
    if agreed and not forms:
        del named["consent_at"]
    left = {column.place: column.heading for column in columns if _says_who_left(column)}
    places = {what: column.place for what, column in named.items()}
    return Choice(places=places, left=left, date_form=forms[0] if len(forms) == 1 else "")


def _says_who_left(column: Column) -> bool:
    """By its name, and by words that are known: a `state` may be one of the fifty."""
    known = [standing_of(column.heading, cell) is not Standing.UNKNOWN for cell in column.cells]
    return names_standing(column.heading) and sum(known) >= len(known) / 2


def _by_name(columns: Sequence[Column], what: str) -> Column | None:
    """The best of its names; where two columns bear the same one, that which holds something."""
    by_name: dict[str, Column] = {}
    for column in columns:
        name = column.heading.strip().lower()
        if name not in by_name or not any(by_name[name].cells):
            by_name[name] = column
    there = [by_name[name] for name in NAMES[what] if name in by_name]
    return next((column for column in there if any(column.cells)), there[0] if there else None)


def _of_addresses(columns: Sequence[Column], named: Column | None) -> Column | None:
    others = [column for column in columns if column is not named]
    return next((column for column in [*([named] if named else []), *others] if _holds_addresses(column)), None)


def _holds_addresses(column: Column) -> bool:
    filled = [cell for cell in column.cells if cell]
    return bool(filled) and sum(bool(ADDRESS.fullmatch(cell)) for cell in filled) >= MOSTLY * len(filled)
