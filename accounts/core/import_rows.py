"""A list of people who agreed to letters elsewhere: each row judged, with the reason in plain words.

A row needs its proof: when they agreed, how, and in which words. Who is known here already keeps what they chose
here: whoever left, bounced or complained is never brought back by a list, and nobody is changed by one.

The file: CSV in UTF-8 with a line of headings; COLUMNS must be there, MORE may be. Bounds: 20,000 rows, cells of 2,000
signs. A cell that a spreadsheet was kept from running as a formula (`'=1+1`) is read as it was meant.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from accounts.core.addresses import is_shared, letter_address_fault, normal_address
from content.core.vocabulary import Topic

COLUMNS = ("email", "consent_at", "consent_how", "consent_words")
MORE = ("topics", "pace", "language")
MOST_ROWS = 20_000
LONGEST_CELL = 2_000
LINE = re.compile(r"[^\n]*\n|[^\n]+")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LEAST_WORDS, LEAST_HOW = 10, 3
# A spreadsheet runs what begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ImportFileError(ValueError):
    """The file cannot be read at all; the message names what to repair."""


class Verdict(StrEnum):
    NEW = "new"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Row:
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One row: `new` comes in, `skipped` is known here already, `refused` has a fault; the reason says which."""

    line: int
    email: str
    verdict: Verdict
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Here:
    """What is known here: the status of each subscriber by address, addresses not to be written to, and choices."""

    statuses: Mapping[str, str]
    closed: Set[str]
    paces: Set[str]
    languages: Set[str]


SKIPS = {
    "active": "Gets letters already. Nothing is changed.",
    "pending": "Was asked here and has not confirmed. Only they can.",
    "unsubscribed": "Left. Only they can come back.",
    "bounced": "Letters to this address came back.",
}
CLOSED = "Left, bounced or complained, and was erased. Only they can come back."


def read_rows(text: str) -> list[Row]:
    """Raises ImportFileError for a file that is no such list."""
    if "\x00" in text:
        raise ImportFileError("The file holds signs that no text holds. Save it as “CSV UTF-8”.")
    try:
        lines = csv.reader(LINE.findall(text.removeprefix("\ufeff")), strict=True)
        headings = [heading.strip().lower() for heading in next(lines, [])]
        _check_headings(headings)
        rows = [_row(lines.line_num, headings, cells) for cells in lines if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise ImportFileError(f"This is no CSV that can be read: {error}.") from None
    if not rows:
        raise ImportFileError("The file has headings and no rows.")
    if len(rows) > MOST_ROWS:
        raise ImportFileError(f"The file has {len(rows)} rows; bring in {MOST_ROWS} at a time.")
    return rows


def _check_headings(headings: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in headings]
    if missing:
        raise ImportFileError(f"The first line must name the columns. Missing: {', '.join(missing)}.")
    strange = [heading for heading in headings if heading not in (*COLUMNS, *MORE)]
    if strange or len(set(headings)) < len(headings):
        raise ImportFileError(f"Only these columns are known, each once: {', '.join((*COLUMNS, *MORE))}.")


def _row(line: int, headings: list[str], cells: list[str]) -> Row:
    if len(cells) != len(headings):
        return Row(line=line, cells={"": f"has {len(cells)} cells; the headings are {len(headings)}"})
    return Row(line=line, cells=dict(zip(headings, map(_meant, cells), strict=True)))


def _meant(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def judge(rows: list[Row], here: Here, *, at: datetime) -> Iterator[Judged]:
    seen: dict[str, int] = {}
    for row in rows:
        email = normal_address(row["email"])
        if reason := _fault(row, email, seen, here, at=at):
            yield Judged(line=row.line, email=email[:254], verdict=Verdict.REFUSED, reason=reason)
            continue
        seen[email] = row.line
        if reason := CLOSED if email in here.closed else SKIPS.get(here.statuses.get(email, ""), ""):
            yield Judged(line=row.line, email=email, verdict=Verdict.SKIPPED, reason=reason)
        else:
            yield Judged(line=row.line, email=email, verdict=Verdict.NEW, values=_values(row))


def _fault(row: Row, email: str, seen: Mapping[str, int], here: Here, *, at: datetime) -> str | None:
    if "" in row.cells:
        return f"The row {row['']}."
    if any(len(cell) > LONGEST_CELL for cell in row.cells.values()):
        return f"A cell is longer than {LONGEST_CELL} signs."
    if fault := letter_address_fault(row["email"]):
        return str(fault)
    if is_shared(email):
        return "Several people read this mailbox, so one of them cannot have agreed for all. Ask them to sign up."
    if email in seen:
        return f"The same address as in line {seen[email]}."
    return _proof_fault(row, at=at) or _choice_fault(row, here)


def _proof_fault(row: Row, *, at: datetime) -> str | None:
    when = moment(row["consent_at"])
    if when is None:
        return "consent_at must be a day or a time such as 2026-03-14 or 2026-03-14T09:30:00Z."
    if not EARLIEST <= when <= at:
        return "consent_at is in the future, or before anybody had such letters."
    if len(row["consent_how"]) < LEAST_HOW:
        return "consent_how must say how they agreed, such as “sign-up sheet at the clinic”."
    if len(row["consent_words"]) < LEAST_WORDS:
        return "consent_words must hold the words that they agreed to."
    return None


def _choice_fault(row: Row, here: Here) -> str | None:
    topics = {topic.value for topic in Topic}
    if set(row["topics"].split()) - topics:
        return f"topics may be, with spaces between: {' '.join(sorted(topics))}."
    if row["pace"] and row["pace"] not in here.paces:
        return f"pace may be: {' '.join(sorted(here.paces))}."
    if row["language"] and row["language"] not in here.languages:
        return f"language may be: {' '.join(sorted(here.languages))}."
    return None


def moment(text: str) -> datetime | None:
    """A day or a time in ISO form; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _values(row: Row) -> dict[str, object]:
    chosen = {"topics": row["topics"].split(), "pace": row["pace"], "language": row["language"]}
    return {
        **{name: value for name, value in chosen.items() if value},
        "consent_at": moment(row["consent_at"]),
        "consent_note": row["consent_how"][:300],
        "consent_words": row["consent_words"],
    }
