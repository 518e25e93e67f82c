"""Whom to call. Works with an empty database, or none: then the numbers come from the file."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import Error
from django.utils.translation import get_language

import content
from content.models import CrisisLine

FILE = Path(content.__file__).parent / "library" / "crisis_lines.toml"
SAID = ("country", "emergency")
"""What of a line is words, and so may be said in another language."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """Whom to call in one country, in the language of the page."""

    country: str
    code: str
    emergency: str
    urgent: str
    checked_on: Any
    lines: list[dict[str, str]]
    services: list[dict[str, str]]
    """Care that is not urgent: where to ask for a talking therapy or a physio."""

    services_checked_on: Any = None


def crisis_lines() -> list[Line]:
    """Every country's lines, in the order staff gave them."""
    try:
        rows = list(CrisisLine.objects.values(*_fields()))
    except Error:
        rows = []
    return said_lines(rows or from_file())


@lru_cache(maxsize=1)
def from_file() -> list[dict[str, Any]]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return sorted(({"slug": slug, **row} for slug, row in rows.items()), key=lambda row: row["position"])


def lines_for(country: str, lines: list[Line]) -> Line | None:
    """The lines of a country somebody chose. Unknown is never guessed: None."""
    return next((line for line in lines if country and line.code.upper() == country.upper()), None)


def said_lines(rows: list[dict[str, Any]]) -> list[Line]:
    language = (get_language() or "").partition("-")[0]
    return [_said(row, language) for row in rows]


def _said(row: dict[str, Any], language: str) -> Line:
    words = {name: row.get(f"{name}_{language}") or row[name] for name in SAID}
    rest = {name: row[name] for name in ("code", "urgent", "checked_on")}
    return Line(
        **words,
        **rest,
        lines=[_in(language, one, "name", "note") for one in row["lines"]],
        services=[_in(language, one, "name", "how") for one in row.get("services", [])],
        services_checked_on=row.get("services_checked_on"),
    )


def _in(language: str, one: dict[str, str], *names: str) -> dict[str, str]:
    words = {name: one.get(f"{name}_{language}") or one.get(name, "") for name in names}
    return {**one, **words}


def _fields() -> tuple[str, ...]:
    return ("slug", *CrisisLine.AUTHORED)
