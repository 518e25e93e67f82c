"""Days and times as lists write them. The reading of a whole column is chosen once, and shown before it is believed.

03/04/2026 is the third of April to most of the world and the fourth of March to some, so nothing is guessed row by row:
a form fits a column only if every cell of it can be read so, and where more than one fits, a person chooses.

A time without a zone is taken as UTC, a day as its beginning; at worst that is 14 hours off.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from re import sub
from unicodedata import combining, normalize

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
ZONES_APART = timedelta(hours=14)
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p")
DAYS = {
    "day_first": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%y"),
    "month_first": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y"),
    "year_first": ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    "words": ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d-%b-%Y", "%d-%b-%y", "%d-%B-%Y", "%d-%B-%y"),
}
ENGLISH = {
    "January": "enero januar janvier janeiro gennaio januari ene jan janv gen",
    "February": "febrero februar fevrier fevereiro febbraio februari fevr fev febb",
    "March": "marzo marz mars marco maart mrz mrt",
    "April": "abril avril aprile abr avr",
    "May": "mayo mai maio maggio mei mag",
    "June": "junio juni juin junho giugno giu",
    "July": "julio juli juillet julho luglio juil lug",
    "August": "agosto aout augustus ago",
    "September": "septiembre setiembre septembre setembro settembre sept set",
    "October": "octubre oktober octobre outubro ottobre okt out ott",
    "November": "noviembre novembre novembro",
    "December": "diciembre dezember decembre dezembro dicembre dic dez dec",
}
MONTHS = {name: month for month, names in ENGLISH.items() for name in names.split()}
FORMS = {
    "iso": "year-month-day, as 2026-04-03 or 2026-04-03T09:30:00Z",
    "day_first": "day before month, as 03/04/2026 for 3 April",
    "month_first": "month before day, as 04/03/2026 for 3 April",
    "year_first": "year first, as 2026/04/03 or 20260403",
    "words": "with the month in words, as 3 April 2026",
    "mail": "as in mail, Fri, 03 Apr 2026 09:30:00 +0000",
    "seconds": "seconds since 1970, as 1775208600",
}


def forms_of(cells: Iterable[str]) -> list[str]:
    """Every form in which all cells can be read; those that are empty say nothing. None for no cells at all."""
    filled = [cell for cell in cells if cell]
    readable = [form for form in FORMS if filled and all(moment(cell, form) for cell in filled)]
    return [form for form in readable if form != "year_first" or "iso" not in readable]


def moment(text: str, form: str) -> datetime | None:
    """None for what is no time in this form, or none at which somebody can have agreed to letters."""
    try:
        at = _read(text.strip(), form)
    except (ValueError, OverflowError, OSError):
        return None
    if at is None:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if EARLIEST - ZONES_APART <= at <= LATEST else None


def _read(text: str, form: str) -> datetime | None:
    if form == "iso":
        return datetime.fromisoformat(_iso(text))
    if form == "mail":
        return parsedate_to_datetime(text)
    if form == "seconds":
        return _since_1970(text)
    plain = " ".join(text.replace(",", " ").replace("T", " ").split()) if form != "words" else _words(text)
    return next(filter(None, (_exactly(plain, each) for each in _candidates(form, _marks(plain)))), None)


@lru_cache(maxsize=200)
def _candidates(form: str, marks: str) -> list[str]:
    """Only those with the same marks between their numbers: to try all of them takes a minute for a long list."""
    return [day + time for day in DAYS[form] for time in TIMES if _marks(sub("%.", "", day + time)) == marks]


def _marks(text: str) -> str:
    return sub(r"\w", "", text).strip()


def _iso(text: str) -> str:
    """Without what some programs add: Go writes "2026-04-03 09:30:00.123456789 +0000 UTC"."""
    text = (
        sub(r"\s+[A-Z]{3,4}$", "", text) if text.endswith(("UTC", "GMT")) else sub(r"(\s[+-]\d{4})\s\S+$", r"\1", text)
    )
    text = sub(r"(\.\d{6})\d+", r"\1", text)
    return sub(r"\s+([+-]\d{2}:?\d{2})$", r"\1", text)


def _words(text: str) -> str:
    """With English names of months, whatever language they are in, and without the words between."""
    named = sub(r"[^\W\d_]+", lambda word: _month(word[0]), text.replace(".", ""))
    return " ".join(sub(r"\b(at|de|del|um|le|à|às|om)\b|,", " ", named).split())


def _month(word: str) -> str:
    bare = "".join(sign for sign in normalize("NFKD", word.lower()) if not combining(sign))
    return MONTHS.get(bare, word)


def _exactly(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _since_1970(text: str) -> datetime | None:
    if not (text.isascii() and text.isdecimal() and len(text) in (9, 10, 13)):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), tz=UTC)
