"""What each kind of library file may hold: its fields, their shapes, and what they may leave out.

The same table judges a file before it is loaded and a form before it is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from content.core.demands import Demand
from content.core.files import ladders, shapes, step_rules
from content.core.files.shapes import Reader, ShapeError, each, or_none, slug, slugs, term, text, truth, whole, words
from content.core.signals import Asked, Signal
from content.core.vocabulary import (
    Action,
    Basis,
    Certainty,
    Condition,
    Family,
    Grade,
    Level,
    Limit,
    Need,
    SafetyStep,
    Skin,
    Topic,
    Verification,
)
from content.core.week_facts import Move

NEEDED = object()


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: its reader, its value when left out, and the noun whose keys it must name."""

    read: Reader
    default: Any = NEEDED
    names: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to repair in one field."""

    field: str
    message: str


Format = Mapping[str, Field]


def read_fields(table: Mapping[str, Any], of: Format) -> tuple[dict[str, Any], list[Fault]]:
    """The plain values of a table, and every fault found in it; a faulty field has no value."""
    faults = [Fault(field=name, message="is not a known field") for name in table if name not in of]
    values: dict[str, Any] = {}
    for name, field in of.items():
        if name not in table and field.default is NEEDED:
            faults.append(Fault(field=name, message="is missing"))
            continue
        try:
            values[name] = field.read(table[name]) if name in table else field.default
        except ShapeError as wrong:
            faults.append(Fault(field=name, message=str(wrong)))
    return values, faults


def dangling(values: Mapping[str, Any], of: Format, known: Mapping[str, Iterable[str]]) -> list[Fault]:
    """Every name that stands for nothing."""
    return [
        Fault(field=name, message=f"names no known {field.names}: {key}")
        for name, field in of.items()
        if field.names and name in values
        for key in _names_in(values[name])
        if key not in known[field.names]
    ]


def _names_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = value.get("technique")
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _needed(read: Reader, names: str = "") -> Field:
    return Field(read=read, names=names)


def _maybe(read: Reader, default: Any, names: str = "") -> Field:
    return Field(read=read, default=default, names=names)


def _named(noun: str) -> Field:
    return _needed(slug, noun)


def _maybe_named(noun: str) -> Field:
    return _maybe(or_none(slug), None, noun)


_position = _maybe(whole(0, 10000), 0)
_sources = _maybe(slugs, [], "reference")
_verification = _maybe(term(Verification), Verification.MEMORY.value)
_review: dict[str, Field] = {
    "reviewed_by": _maybe(text, ""),
    "reviewed_on": _maybe(or_none(shapes.day), None),
    "next_review": _maybe(or_none(shapes.day), None),
    "changes": _maybe(shapes.changes, []),
}

_caution: dict[str, Field] = {
    "condition": _needed(term(Condition)),
    "action": _needed(term(Action)),
    "words": _needed(words),
    "limits": _maybe(each(term(Limit)), []),
    "sources": _sources,
    "source_note": _maybe(text, ""),
    "verification": _verification,
    "words_es": _maybe(text, ""),
}

FORMATS: dict[str, Format] = {
    "reference": {
        "authors": _maybe(text, ""),
        "year": _maybe(whole(0, 2100), 0),
        "title": _needed(words),
        "journal": _maybe(text, ""),
        "doi": _maybe(text, ""),
        "pmid": _maybe(text, ""),
        "pmcid": _maybe(text, ""),
        "isbn": _maybe(text, ""),
        "url": _maybe(text, ""),
        "verification": _needed(term(Verification)),
        "finding": _maybe(text, ""),
        "certainty": _maybe(term(Certainty), Certainty.NOT_RATED.value),
        "note": _maybe(text, ""),
        "position": _position,
    },
    "person": {"name": _needed(words), "age": _needed(whole(18, 110)), "about": _needed(words)},
    "picture": {"description": _needed(words), "digest": _maybe(text, "")},
    "condition": {
        "label": _needed(words),
        "group": _maybe(text, ""),
        "help": _maybe(text, ""),
        "position": _position,
        "asked": _maybe(truth, True),
        "label_es": _maybe(text, ""),
    },
    "scale": {
        "name": _needed(words),
        "name_es": _maybe(text, ""),
        "important": _maybe(or_none(whole(1, 100)), None),
        "swing_tenths": _needed(whole(1, 1000)),
        "every": _needed(whole(7, 366)),
        "steady_every": _needed(whole(7, 366)),
        "anyway": _maybe(text, ""),
        "anyway_es": _maybe(text, ""),
        "sources": _sources,
        "source_note": _maybe(text, ""),
        "verification": _verification,
        "position": _position,
    },
    "danger_sign": {
        "question": _needed(words),
        "worry": _needed(words),
        "level": _needed(term(Level)),
        "step": _needed(term(SafetyStep)),
        "sources": _sources,
        "source_note": _maybe(text, ""),
        "verification": _verification,
        "position": _position,
        "advice": _maybe(text, ""),
        "question_es": _maybe(text, ""),
        "advice_es": _maybe(text, ""),
    },
    "crisis_line": {
        "country": _needed(words),
        "code": _maybe(text, ""),
        "emergency": _maybe(text, ""),
        "urgent": _maybe(text, ""),
        "corroborated": _maybe(text, ""),
        "checked_on": _maybe(or_none(shapes.day), None),
        "position": _position,
        "lines": _maybe(shapes.crisis_lines, []),
        "services": _maybe(shapes.services, []),
        "services_checked_on": _maybe(or_none(shapes.day), None),
        "country_es": _maybe(text, ""),
        "emergency_es": _maybe(text, ""),
    },
    "card": {
        "title": _needed(words),
        "size": _needed(words),
        "certainty": _needed(words),
        "for_whom": _maybe(text, ""),
        "time": _maybe(text, ""),
        "harms": _maybe(text, ""),
        "cost": _maybe(text, ""),
        "sources": _sources,
        **_review,
    },
    "technique": {
        "name": _needed(words),
        "short": _needed(words),
        "family": _needed(term(Family)),
        "summary": _maybe(text, ""),
        "minutes": _maybe(whole(0, 120), 0),
        "daily_minutes": _maybe(whole(0, 120), 0),
        "position": _position,
        "card": _maybe_named("card"),
        "first_step": _maybe(text, ""),
        "startable": _needed(truth),
        "outcome": _maybe(term(Signal), Signal.NONE.value),
        "asked": _maybe(term(Asked), Asked.NEVER.value),
        "fair_trial": _maybe(whole(0, 60), 0),
    },
    "evidence": {
        "need": _needed(term(Need)),
        "technique": _named("technique"),
        "grade": _needed(term(Grade)),
        "dose": _maybe(text, ""),
        "dose_basis": _maybe(term(Basis), Basis.PRAGMATIC.value),
        "minutes": _maybe(whole(0, 120), 0),
        "benefit": _maybe(text, ""),
        "benefit_basis": _maybe(term(Basis), Basis.PRAGMATIC.value),
        "weeks_to_benefit": _maybe(or_none(whole(0, 156)), None),
        "sources": _sources,
        "note": _maybe(text, ""),
    },
    "caution": {"technique": _named("technique"), **_caution},
    "demand_caution": {"demand": _needed(term(Demand)), **_caution},
    "lesson": {
        "title": _needed(words),
        "summary": _needed(words),
        "course": _maybe(or_none(whole(1, 6)), None),
        "technique": _maybe_named("technique"),
        "card": _maybe_named("card"),
        "needs": _maybe(each(term(Need)), []),
        "related": _maybe(slugs, [], "lesson"),
        "position": _position,
        **_review,
        "brief": _needed(words),
        "body": _needed(words),
        "deeper": _needed(words),
        "check_question": _needed(shapes.question),
        "task": _needed(shapes.task, "technique"),
        "reflection": _maybe(shapes.reflection, ""),
    },
    "variant": {
        "lesson": _named("lesson"),
        "language": _needed(shapes.language),
        "label": _maybe(text, ""),
        "card_words": _maybe(shapes.card_words, {}),
        "title": _needed(words),
        "summary": _needed(words),
        **_review,
        "brief": _needed(words),
        "body": _needed(words),
        "deeper": _needed(words),
        "check_question": _maybe(shapes.question, {}),
        "task": _maybe(shapes.task, {}, "technique"),
        "reflection": _maybe(shapes.reflection, ""),
    },
    "guide": {
        "title": _needed(words),
        "technique": _named("technique"),
        "skin": _needed(term(Skin)),
        "summary": _needed(words),
        "ready": _needed(words),
        "stop": _needed(words),
        "demands": _maybe(each(term(Demand)), []),
        "pattern": _maybe(shapes.pattern, {}),
        "minutes": _needed(whole(1, 60)),
        "own_length": _maybe(shapes.own_length, {}),
        "steps": _maybe(shapes.steps, []),
        "position": _position,
        **_review,
    },
    "ladder": {
        "title": _needed(words),
        "technique": _named("technique"),
        "rungs": _needed(ladders.rungs),
        "basis": _needed(words),
        "sources": _sources,
        **_review,
    },
    "step_rule": {
        "title": _needed(words),
        "order": _needed(whole(1, 999)),
        "move": _needed(term(Move)),
        "when": _maybe(step_rules.conditions, []),
        "words": _needed(words),
        "basis": _needed(words),
        "sources": _sources,
        **_review,
    },
    "tip": {
        "title": _needed(words),
        "summary": _needed(words),
        "topics": _needed(each(term(Topic))),
        "practice": _maybe_named("technique"),
        "position": _position,
        **_review,
        "body": _needed(words),
    },
}
