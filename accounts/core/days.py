"""A day as people type it by hand: which days can be meant.

`05/03/2026` is the fifth of March in Sydney and the third of May in Boston, and nothing in it says which. It is never
guessed: both are named, and the person says which. A browser with a calendar sends 2026-03-05, which is one day.
"""

import re
import unicodedata
from datetime import date

YEAR_FIRST = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})")
YEAR_LAST = re.compile(r"(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{4}|\d{2})")
CENTURY = 2000
"""Of a year in two digits: nobody writes of a day before this site was there."""


def days_meant(text: str) -> list[date]:
    """Every day that this may be, in the order day-month and then month-day; none when it is no day.

    Digits of any script count, and signs that are not seen do not.
    """
    signs = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    plain = "".join(str(unicodedata.digit(sign, sign)) for sign in signs).strip().rstrip(".")
    if match := YEAR_FIRST.fullmatch(plain):
        year, month, day = map(int, match.groups())
        return _days((year, month, day))
    if match := YEAR_LAST.fullmatch(plain):
        one, other, year = map(int, match.groups())
        year += CENTURY if len(match[3]) == len("26") else 0
        return _days((year, other, one), (year, one, other))
    return []


def _days(*meant: tuple[int, int, int]) -> list[date]:
    days = []
    for year, month, day in meant:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(days))
