"""Reads `content/library/`: every file into plain values, or every fault with its file, line and field.

Nothing here knows the database. Three kinds of file: tables by name (`references.toml`), tables by
row (`evidence.toml`), and one text a file (`lessons/*.md`, `tips/*.md`, and `*.toml` of guides, ladders and rules). A
lesson in another language lies beside it: `lessons/breathing.es.md`. What `pictures.toml` describes lies in
`pictures/`.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from content.core.files.formats import FORMATS, Fault, dangling, read_fields
from content.core.files.shapes import SLUG
from content.core.vocabulary import Condition
from content.files.originals import file_of_picture, original_of, undescribed

LIBRARY = Path(__file__).parent.parent / "library"
VOICES = "voices"
"""The folder of recordings (`content/voices/recordings.py`); there is no text in it."""

# In the order in which rows can be written: each noun after those it names.
TABLES = {
    "reference": "references.toml",
    "person": "people.toml",
    "picture": "pictures.toml",
    "condition": "conditions.toml",
    "crisis_line": "crisis_lines.toml",
    "danger_sign": "danger_signs.toml",
    "scale": "scales.toml",
    "card": "cards.toml",
    "technique": "techniques.toml",
}
# The file of each, and the two fields that name a row.
ROWS = {
    "evidence": ("evidence.toml", ("technique", "need")),
    "caution": ("cautions.toml", ("technique", "condition")),
    "demand_caution": ("demand_cautions.toml", ("demand", "condition")),
}
FOLDERS = {
    "lesson": "lessons/*.md",
    "variant": "lessons/*.md",
    "guide": "guides/*.toml",
    "ladder": "ladders/*.toml",
    "step_rule": "step_rules/*.toml",
    "tip": "tips/*.md",
}
# Between the name of a lesson and its ending stands the language: breathing.es.md
VARIANT = re.compile(r"([^.]+)\.([^.]+)\Z")
# A library from before there were these has none.
MAY_LACK = {"pictures.toml", "demand_cautions.toml", "scales.toml"}
NOUNS = (*TABLES, *ROWS, *FOLDERS)

FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?\n)\+\+\+\n(.*)\Z", re.DOTALL)
LESSON_PARTS = {"# 1 minute": "brief", "# 4 minutes": "body", "# 12 minutes": "deeper"}
FILE_NAMES_OF_FIELDS = {"check_question": "check"}
TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, kw_only=True)
class FileFault:
    """One thing to repair, in the words `file: line: field: message`; line 0 when it is not known."""

    file: str
    message: str
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        return ": ".join(str(part) for part in (self.file, self.line, self.field, self.message) if part)


class LibraryError(Exception):
    """The files hold faults; nothing may be loaded until each is repaired."""

    def __init__(self, faults: list[FileFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row as its file holds it. `lines` says where each field begins, `beside` is the file of a picture."""

    noun: str
    key: str
    file: str
    values: dict[str, Any]
    line: int = 1
    lines: dict[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    beside: Path | None = None

    def place(self, fault: Fault) -> FileFault:
        name = FILE_NAMES_OF_FIELDS.get(fault.field, fault.field)
        return FileFault(file=self.file, line=self.line_of(fault.field), field=name, message=fault.message)

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)


@dataclass(frozen=True, kw_only=True)
class Library:
    entries: tuple[Entry, ...]

    def of(self, noun: str) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.entries if entry.noun == noun}

    def keys(self) -> dict[str, set[str]]:
        known: dict[str, set[str]] = {noun: set() for noun in NOUNS}
        for entry in self.entries:
            known[entry.noun].add(entry.key)
        return known


def read_library(folder: Path = LIBRARY) -> Library:
    """Every file, judged in full; raises LibraryError with all faults."""
    library, faults = survey(folder)
    if faults:
        raise LibraryError(faults)
    return library


def survey(folder: Path = LIBRARY) -> tuple[Library, list[FileFault]]:
    """All that can be read, faultless or not, and every fault."""
    faults: list[FileFault] = []
    library = Library(entries=tuple(_with_picture(folder, entry) for entry in _entries(folder, faults)))
    faults += [*_faults_of(library), *_undescribed(folder, library)]
    return library, sorted(faults, key=lambda fault: (fault.file, fault.line))


def _faults_of(library: Library) -> list[FileFault]:
    known = library.keys()
    return [
        entry.place(fault)
        for entry in library.entries
        for fault in (*entry.faults, *dangling(entry.values, FORMATS[entry.noun], known), *_key_faults(entry))
    ] + [
        FileFault(file=entry.file, line=entry.line, message=f"{entry.key} is there twice")
        for entry in _doubles(library)
    ]


def _key_faults(entry: Entry) -> list[Fault]:
    """Of the names of rows, only those of conditions are a closed vocabulary."""
    if entry.noun != "condition" or entry.key in [condition.value for condition in Condition]:
        return []
    return [Fault(field="", message=f"{entry.key} is no condition of the vocabulary")]


def _with_picture(folder: Path, entry: Entry) -> Entry:
    """What a picture shows is in a file of its own; its digest stands for it."""
    if entry.noun != "picture":
        return entry
    if not SLUG.match(entry.key):
        return replace(entry, faults=(*entry.faults, Fault(field="", message=f"{entry.key} is no name for a picture")))
    original = original_of(folder, entry.key)
    written = entry.values.get("digest")
    fault = original.fault or ("is not the file of this digest" if written not in ("", original.digest) else "")
    faults = [Fault(field="", message=f"{file_of_picture(entry.key)} {fault}")] if fault else []
    values = entry.values | {"digest": original.digest}
    return replace(entry, values=values, beside=original.path, faults=(*entry.faults, *faults))


def _undescribed(folder: Path, library: Library) -> list[FileFault]:
    message = f"has no entry in {TABLES['picture']} that describes it"
    return [FileFault(file=name, message=message) for name in undescribed(folder, library.of("picture"))]


def _doubles(library: Library) -> list[Entry]:
    seen: set[tuple[str, str]] = set()
    return [
        entry
        for entry in library.entries
        if (entry.noun, entry.key) in seen or seen.add((entry.noun, entry.key))  # type: ignore[func-returns-value]
    ]


def _entries(folder: Path, faults: list[FileFault]) -> Iterator[Entry]:
    for noun, name in TABLES.items():
        yield from _read(folder, folder / name, faults, lambda file, text, noun=noun: _tables(noun, file, text))
    for noun, (name, _) in ROWS.items():
        yield from _read(folder, folder / name, faults, lambda file, text, noun=noun: _rows(noun, file, text))
    for noun, pattern in FOLDERS.items():
        for path in _paths(folder, noun, pattern):
            yield from _read(folder, path, faults, lambda file, text, noun=noun: [_one(noun, file, text)])


def _paths(folder: Path, noun: str, pattern: str) -> list[Path]:
    """Lessons and their variants lie side by side."""
    return sorted(path for path in folder.glob(pattern) if ("." in path.stem) == (noun == "variant"))


def _read(folder: Path, path: Path, faults: list[FileFault], parse: Callable[[str, str], list[Entry]]) -> list[Entry]:
    file = path.relative_to(folder).as_posix()
    try:
        return parse(file, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if file not in MAY_LACK:
            faults.append(FileFault(file=file, message="the file is missing"))
    except UnicodeDecodeError:
        faults.append(FileFault(file=file, message="the file is not UTF-8 text"))
    except LibraryError as bad:
        faults += bad.faults
    return []


def _toml(file: str, text: str, lines_before: int = 0) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = TOML_LINE.search(str(error))
        line = int(match.group(1)) + lines_before if match else 0
        message = TOML_LINE.sub("", str(error)).strip()
        raise LibraryError([FileFault(file=file, line=line, message=message)]) from None


def _tables(noun: str, file: str, text: str) -> list[Entry]:
    return [
        _entry(noun, key, file, table, _table_lines(text, rf"\[{re.escape(key)}\]"))
        for key, table in _toml(file, text).items()
    ]


def row_key(noun: str, table: Mapping[str, Any]) -> str:
    """What names a row among those of its file."""
    return "/".join(str(table.get(name)) for name in ROWS[noun][1])


def _rows(noun: str, file: str, text: str) -> list[Entry]:
    document = _toml(file, text)
    starts = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^\[\[row\]\]", text, re.MULTILINE)]
    rows = document.pop("row", [])
    if document or len(starts) != len(rows):
        raise LibraryError([FileFault(file=file, message="must hold [[row]] tables and nothing else")])
    return [
        _entry(noun, row_key(noun, table), file, table, _field_lines(text, start))
        for table, start in zip(rows, starts, strict=True)
    ]


def _one(noun: str, file: str, text: str) -> Entry:
    slug = Path(file).stem
    if file.endswith(".toml"):
        return _entry(noun, slug, file, _toml(file, text), _field_lines(text, 0))
    match = FRONT_MATTER.match(text)
    if not match:
        raise LibraryError([FileFault(file=file, line=1, message="must begin with front matter between +++ lines")])
    front, body = match.groups()
    table = _toml(file, front, lines_before=1)
    first_line = front.count("\n") + 3
    parts, part_lines = _lesson_parts(file, body, first_line) if noun != "tip" else _tip_parts(body, first_line)
    lines = {name: line + 1 for name, line in _field_lines(front, 0).items()}
    named = _named_by_file(file, slug, table) if noun == "variant" else {}
    return _entry(noun, slug, file, _renamed(table) | named | parts, lines | part_lines)


def _named_by_file(file: str, stem: str, table: dict[str, Any]) -> dict[str, str]:
    match = VARIANT.match(stem)
    if not match or {"lesson", "language"} & table.keys():
        message = "must be called lesson.language.md, and says neither of the two inside"
        raise LibraryError([FileFault(file=file, line=1, message=message)])
    return {"lesson": match.group(1), "language": match.group(2)}


def _renamed(table: dict[str, Any]) -> dict[str, Any]:
    in_file = {name: ours for ours, name in FILE_NAMES_OF_FIELDS.items()}
    return {in_file.get(name, name): value for name, value in table.items()}


def _tip_parts(body: str, first_line: int) -> tuple[dict[str, str], dict[str, int]]:
    return {"body": body.strip()}, {"body": first_line + _blank_lines(body)}


def _lesson_parts(file: str, body: str, first_line: int) -> tuple[dict[str, str], dict[str, int]]:
    pieces = re.split(r"^(# .*?)[ \t]*$", body, flags=re.MULTILINE)
    headings = pieces[1::2]
    if headings != list(LESSON_PARTS) or pieces[0].strip():
        message = "must have exactly these parts, in this order: " + ", ".join(LESSON_PARTS)
        raise LibraryError([FileFault(file=file, line=first_line, message=message)])
    parts, lines, line = {}, {}, first_line + pieces[0].count("\n")
    for heading, text in zip(headings, pieces[2::2], strict=True):
        parts[LESSON_PARTS[heading]] = text.strip()
        lines[LESSON_PARTS[heading]] = line + _blank_lines(text)
        line += text.count("\n")
    return parts, lines


def _blank_lines(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _entry(noun: str, key: str, file: str, table: dict[str, Any], lines: dict[str, int]) -> Entry:
    values, faults = read_fields(table, FORMATS[noun])
    entry = Entry(noun=noun, key=key, file=file, values=values, line=lines.get("", 1), lines=lines)
    return replace(entry, faults=tuple(faults))


def _table_lines(text: str, header: str) -> dict[str, int]:
    match = re.search(rf"^{header}", text, re.MULTILINE)
    return _field_lines(text, text.count("\n", 0, match.start()) + 1) if match else {}


def _field_lines(text: str, start: int) -> dict[str, int]:
    """Where each field of the table that starts at a line begins, up to the next table of its own; "" is the table."""
    lines = {"": max(start, 1)}
    for number, line in enumerate(text.split("\n")[start:], start=start + 1):
        if start and re.match(r"\[[^\[.]*\]|\[\[row\]\]", line):
            break
        match = re.match(r"\[+([\w-]+\.)?([\w-]+)[\w.-]*\]|([\w-]+)\s*=", line)
        if match:
            lines.setdefault(match.group(2) or match.group(3), number)
    return lines | {ours: lines[name] for ours, name in FILE_NAMES_OF_FIELDS.items() if name in lines}
