"""Writes the plain values of a row as TOML, in the shape that the library files have.

Bounds: text, whole numbers, truth values, dates as ISO text, lists, and tables; None is left out.
"""

import json
from collections.abc import Iterator
from typing import Any


def as_toml(table: dict[str, Any], prefix: str = "") -> str:
    """One table: its plain values first, then its tables, then its lists of tables."""
    return "\n".join(_lines(table, prefix)).strip() + "\n" if table else ""


def _lines(table: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, value in table.items():
        if value is not None and not (isinstance(value, dict) and value) and not _is_rows(value):
            yield f"{name} = {_value(value)}"
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from ("", f"[{prefix}{name}]", *_lines(value, f"{prefix}{name}."))
        elif _is_rows(value):
            for row in value:
                yield from ("", f"[[{prefix}{name}]]", *_lines(row, f"{prefix}{name}."))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if value == {}:
        return "{}"
    # JSON's escapes are TOML's, but for one control sign that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
