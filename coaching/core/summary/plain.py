"""A summary as values that JSON holds, and back: so that what was shown is kept sealed, and shown again as it was.

It is read by the types of the dataclasses themselves, so that no field can be forgotten. What a later version added has
its usual value; what it took away is passed by.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from coaching.core.summary.summary import Summary

Made = TypeVar("Made")


def as_plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [as_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): as_plain(one) for name, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def summary_from(plain: Mapping[str, Any]) -> Summary:
    """KeyError, TypeError or ValueError for what `as_plain` never made."""
    made: Summary = _made(Summary, {**plain, "flagged": [_with_days(one) for one in plain.get("flagged", ())]})
    return made


def _with_days(flagged: Mapping[str, Any]) -> Mapping[str, Any]:
    """Links of an earlier version hold a first and a last day. By the last, at the latest, it was told."""
    return flagged if "days" in flagged else {**flagged, "days": [{"on": flagged["last_on"], "is_exact": False}]}


def _made(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        return None if plain is None else _made(next(one for one in get_args(kind) if one is not type(None)), plain)
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], one) for one in plain)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {name: _made(get_args(kind)[1], one) for name, one in plain.items()}
    return _of_type(kind, plain)


def _of_type(kind: type, plain: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {one.name for one in fields(kind)}
        return kind(**{name: _made(hints[name], value) for name, value in plain.items() if name in known})
    if issubclass(kind, date):
        return date.fromisoformat(plain)
    return kind(plain) if issubclass(kind, StrEnum | str | int | float) else plain
