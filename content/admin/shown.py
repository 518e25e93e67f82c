"""Plain values in words that staff read and compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.core.files.toml import as_toml
from content.core.texts.differences import Line, side_by_side
from content.models import Row


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field that two versions say differently."""

    name: str
    label: str
    lines: tuple[Line, ...]


def as_text(value: Any) -> str:
    """Text as it is, lists a line each, tables as in the library files."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return as_toml(value).strip()
    if isinstance(value, list):
        return "\n".join(as_text(item) if isinstance(item, dict) else str(item) for item in value)
    return str(value)


def label_of(row: Row, name: str) -> str:
    words = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def changed_names(row: Row, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in row.AUTHORED if before.get(name) != after.get(name)]


def changes_between(row: Row, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(
            name=name,
            label=label_of(row, name),
            lines=side_by_side(as_text(before.get(name)), as_text(after.get(name))),
        )
        for name in changed_names(row, before, after)
    ]
