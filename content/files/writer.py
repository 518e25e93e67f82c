"""Writes fields into the texts of library files, and leaves every other sign as it stands there.

TOML is edited in place, so that hand-written comments and the order of fields survive; a part
of a Markdown body is replaced between its headings. What has no entry yet gets one at the end.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from content.core.files.toml import as_toml
from content.files.library import FILE_NAMES_OF_FIELDS, FOLDERS, FRONT_MATTER, LESSON_PARTS, ROWS, TABLES, row_key

PARTS = {name: heading for heading, name in LESSON_PARTS.items()}
DAYS = {"reviewed_on", "next_review", "checked_on", "services_checked_on", "on"}
MARKDOWN = ("lesson", "variant", "tip")
NAMED_BY_FILE = {"variant": ("lesson", "language"), "picture": ("digest",)}


def file_of(noun: str, key: str) -> str:
    """Where an entry of a kind stands, or would stand."""
    if noun in TABLES:
        return TABLES[noun]
    if noun in ROWS:
        return ROWS[noun][0]
    return FOLDERS[noun].replace("*", key)


def with_fields(text: str, noun: str, key: str, fields: Mapping[str, Any]) -> str:
    """The text of a file with some fields of one of its entries changed."""
    fields = {name: value for name, value in fields.items() if name not in NAMED_BY_FILE.get(noun, ())}
    if noun in MARKDOWN:
        return _with_front_matter(text, noun, fields)
    document = _toml().parse(text)
    _set_fields(_entry_in(document, noun, key), fields)
    return _toml().dumps(document)


def with_entry(text: str, noun: str, key: str, values: Mapping[str, Any]) -> str:
    """The text of a file with one more entry at its end; an empty text for one that has a file to itself."""
    said = {FILE_NAMES_OF_FIELDS.get(name, name): _as_in_file(name, value) for name, value in values.items()}
    said = {name: value for name, value in said.items() if name not in NAMED_BY_FILE.get(noun, ())}
    if noun in MARKDOWN:
        names = ["body"] if noun == "tip" else [*LESSON_PARTS.values()]
        front = as_toml({name: value for name, value in said.items() if name not in names})
        return f"+++\n{front}+++\n{_body(noun, {name: said[name] for name in names})}"
    if noun in ("guide", "ladder", "step_rule"):
        return as_toml(said)
    head, prefix = ("[[row]]", "row.") if noun in ROWS else (f"[{key}]", f"{key}.")
    return f"{text.rstrip()}\n\n{head}\n{as_toml(said, prefix)}".lstrip()


def _entry_in(document: Any, noun: str, key: str) -> Any:
    if noun in TABLES:
        return document[key]
    if noun in ROWS:
        return next(row for row in document["row"] if row_key(noun, row) == key)
    return document


def _with_front_matter(text: str, noun: str, fields: Mapping[str, Any]) -> str:
    match = FRONT_MATTER.match(text)
    assert match is not None  # noqa: S101 (the file was read before)
    front, body = match.groups()
    parts = {name: value for name, value in fields.items() if name in PARTS or (noun, name) == ("tip", "body")}
    if settings := {name: value for name, value in fields.items() if name not in parts}:
        document = _toml().parse(front)
        _set_fields(document, settings)
        front = _toml().dumps(document)
    if parts:
        body = _body(noun, parts) if noun == "tip" else _with_parts(body, parts)
    return f"+++\n{front}+++\n{body}"


def _with_parts(body: str, parts: Mapping[str, str]) -> str:
    pieces = re.split(r"^(# .*?)[ \t]*$", body, flags=re.MULTILINE)
    for place in range(1, len(pieces), 2):
        name = LESSON_PARTS[pieces[place]]
        if name in parts:
            is_last = place + 2 >= len(pieces)
            pieces[place + 1] = f"\n\n{parts[name]}\n{'' if is_last else chr(10)}"
    return "".join(pieces)


def _body(noun: str, parts: Mapping[str, str]) -> str:
    if noun == "tip":
        return f"\n{parts['body']}\n"
    return "".join(f"\n{heading}\n\n{parts[name]}\n" for heading, name in LESSON_PARTS.items())


def _set_fields(table: Any, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        in_file = FILE_NAMES_OF_FIELDS.get(name, name)
        if value is None:
            table.pop(in_file, None)
        else:
            table[in_file] = _item(name, _as_in_file(name, value))


def _as_in_file(name: str, value: Any) -> Any:
    """Rows keep a reflection as its words, files as a table."""
    return {"question": value} if name == "reflection" and value else value


def _item(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return _text(name, value)
    if isinstance(value, dict):
        return _table(value)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return _inline_rows(value) if name == "changes" else _rows(value)
    return _toml().item(value)


def _text(name: str, value: str) -> Any:
    if name in DAYS and value:
        return _toml().date(date.fromisoformat(value).isoformat())
    return _toml().string(value)


def _table(value: Mapping[str, Any]) -> Any:
    table = _toml().table()
    for name, item in value.items():
        table.add(name, _item(name, item))
    return table


def _rows(rows: list[dict[str, Any]]) -> Any:
    array = _toml().aot()
    for row in rows:
        array.append(_table(row))
    return array


def _inline_rows(rows: list[dict[str, Any]]) -> Any:
    array = _toml().array()
    for row in rows:
        table = _toml().inline_table()
        for name, item in row.items():
            table.append(name, _item(name, item))
        array.append(table)
    return array


def _toml() -> Any:
    # Most of a megabyte, for the few who take files of the library out.
    import tomlkit  # noqa: PLC0415

    return tomlkit
