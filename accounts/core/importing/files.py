"""What kind of file somebody brought: its characters, its separator, and whether its first line holds headings.

People save lists in many ways: UTF-8 with and without a mark at its beginning, UTF-16 (what Excel calls Unicode text),
the Windows and Mac alphabets of the West; commas, semicolons, tabs; lines that end in CR alone. A file of another kind
(a workbook, a zip, a web page) is refused by its name, with what to do about it.

Bounds: rows of at most MOST_CELLS cells, cells of at most LONGEST_CELL signs, lines of less than LONGEST_LINE.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

LONGEST_CELL = 20_000
MOST_CELLS = 400
LONGEST_LINE = 1_000_000
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
ALPHABETS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a mark",
    "utf-16-be": "UTF-16 without a mark, the other way round",
    "cp1252": "Western European (Windows, Latin-1)",
    "mac_roman": "Western European (Mac)",
    "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)",
}
"""What Python calls it, and what a spreadsheet does."""
OTHER_KINDS = {
    b"PK\x03\x04": "This is a zip or an Excel workbook. Unpack it, or save the sheet as “CSV UTF-8”, and bring that.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook. Save the sheet as “CSV UTF-8” and bring that file.",
    b"%PDF": "This is a PDF. Bring the list as CSV.",
    b"\x1f\x8b": "This is a packed file (gzip). Unpack it first.",
}
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
EMPTY = "The file is empty."
TOO_LONG = "Line {} is longer than a line of a list can be. Is a quotation mark not closed?"


class ImportFileError(ValueError):
    """The file cannot be read; the message names what to repair."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the file is read. `separator` is one sign."""

    encoding: str
    separator: str
    has_headings: bool


def encoding_of(sample: bytes, *, is_utf8: bool) -> str:
    """`is_utf8`: whether the whole file can be read as such. Raises ImportFileError for a file of another kind."""
    if not sample.strip():
        raise ImportFileError(EMPTY)
    for start, fault in OTHER_KINDS.items():
        if sample.startswith(start):
            raise ImportFileError(fault)
    if sample[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise ImportFileError("This is a web page and no list. Look for “Export” and save the CSV.")
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if wide := _wide(sample):
        return wide
    if b"\x00" in sample:
        raise ImportFileError("The file holds signs that no text holds. Save it as “CSV UTF-8”.")
    if is_utf8:
        return "utf-8-sig"
    # Tables of three megabytes, for the few lists that are not saved as UTF-8.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample, cp_isolation=["cp1252", "mac_roman"]).best()
    return best.encoding if best else "cp1252"


def _wide(sample: bytes) -> str:
    """Every second byte of UTF-16 is zero as long as the words are in Latin letters, as addresses are."""
    even, odd = sample[0::2], sample[1::2]
    if odd and odd.count(0) > 0.4 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > 0.4 * len(even) and not odd.count(0) else ""


def layout_of(text: str, encoding: str) -> Layout:
    """The separator that finds most cells in the first lines; headings, unless the first line holds an address."""
    first = list(islice(_lines(text), 5))
    counts = {sign: sum(len(row) for row in _rows(first, sign)) for sign in SEPARATORS}
    separator = max(SEPARATORS, key=lambda sign: counts[sign])
    top = next(iter(_rows(first, separator)), [])
    return Layout(encoding=encoding, separator=separator, has_headings=not any("@" in cell for cell in top))


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return []


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, whichever of the three kinds."""
    return (match[0] for match in LINE.finditer(text))


def records(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The line on which each record ends, and its cells, trimmed. Empty lines are left out.

    Raises ImportFileError with the line at which reading went wrong.
    """
    reader = csv.reader(_bounded(lines), delimiter=separator, strict=True)
    good = 0
    try:
        for cells in reader:
            good = reader.line_num
            if any(cell.strip() for cell in cells):
                yield good, _checked(good, cells)
    except csv.Error as error:
        raise ImportFileError(f"Line {good + 1} cannot be read: {_cause(error)}") from None
    except UnicodeError:
        raise ImportFileError(
            f"From line {good + 1} on there are signs that do not fit how the file begins. Save it as “CSV UTF-8”."
        ) from None


def lines_of(readline: Callable[[int], str]) -> Iterator[str]:
    """The lines of a file, none of them kept in memory at any length: what is longer comes cut off."""
    while line := readline(LONGEST_LINE):
        yield line


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if len(line) >= LONGEST_LINE:
            raise ImportFileError(TOO_LONG.format(number))
        yield line


def _checked(line: int, cells: list[str]) -> list[str]:
    if len(cells) > MOST_CELLS or any(len(cell) > LONGEST_CELL for cell in cells):
        raise ImportFileError(TOO_LONG.format(line))
    if any("\x00" in cell for cell in cells):
        raise ImportFileError(f"Line {line} holds signs that no text holds. Save the file as “CSV UTF-8”.")
    return [meant(cell) for cell in cells]


def _cause(error: csv.Error) -> str:
    words = str(error)
    if "unexpected end" in words:
        return "a quotation mark opens there and is never closed."
    if "field larger" in words:
        return "it is longer than a line of a list can be. Is a quotation mark not closed?"
    if "expected after" in words:
        return "words follow a closing quotation mark. A quotation mark within a cell is written twice."
    return f"{words}."


# A spreadsheet runs what begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(words: str) -> str:
    """A cell that no spreadsheet runs. `meant` takes back exactly what this adds."""
    return f"'{words}" if words.lstrip("'").startswith(FORMULA_STARTS) else words


def meant(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def start_of(text: str, layout: Layout, *, is_whole: bool) -> list[list[str]]:
    """The records of a beginning. The last may be cut off, unless it is all there is."""
    rows: list[list[str]] = []
    try:
        for _, cells in records(_lines(text), layout.separator):
            rows.append(cells)
    except ImportFileError:
        if is_whole or not rows:
            raise
        return rows
    return rows if is_whole else rows[:-1]
