"""Made-up people for the simulation: what a cohort file may hold, and reading one.

The format is described in docs/simulation.md. A file that holds anything unknown or out of range is
refused as a whole, with the person and the field named: a simulation over half-read people proves nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Protocol

from coaching.core.intake.answers import BUILT_IN, AnswerError, clean_all
from coaching.core.intake.questionnaires import ITEM
from coaching.core.questions.items import Kind

MOST_SESSIONS = 1000
CONDITION_LISTS = {"conditions": "condition", "safety_now": "danger sign", "safety_soon": "danger sign"}


class Dice(Protocol):
    """The only source of chance: a seeded `random.Random`, made by the caller."""

    def random(self) -> float: ...
    def gauss(self, mu: float, sigma: float, /) -> float: ...
    def choice(self, seq: Sequence[Any], /) -> Any: ...


class CohortError(ValueError):
    """Something in a cohort file that cannot be used, with the person and the field it stands in."""


@dataclass(frozen=True, kw_only=True)
class MadeUpPerson:
    """`effects`: the true mean drop of one go on 0 to 10. `drift`: its change a session. `adherence`: the chance of
    practising what is offered. `noise_sd`: the standard deviation of one drop around its mean."""

    id: str
    answers: Mapping[str, Any]
    effects: Mapping[str, float]
    noise_sd: float
    adherence: Mapping[str, float]
    sessions: int
    drift: Mapping[str, float]

    def effect(self, technique: str, session: int) -> float:
        """The true mean drop in a session, counted from 1."""
        moved = self.effects[technique] + self.drift.get(technique, 0.0) * (session - 1)
        return min(max(moved, -10.0), 10.0)

    def value(self, technique: str, session: int) -> float:
        """The drop to expect from offering it: a technique that is not practised relieves nothing."""
        return self.adherence[technique] * self.effect(technique, session)


def read_cohort(document: Any, techniques: Collection[str]) -> tuple[MadeUpPerson, ...]:
    """The people of a parsed file; `techniques` are all slugs the library knows. Raises CohortError."""
    rows = document.get("people") if isinstance(document, Mapping) else document
    if not isinstance(rows, list) or not rows:
        raise CohortError('The file must hold a list of people, or an object with such a list under "people".')
    people = tuple(_person(place, row, techniques) for place, row in enumerate(rows, start=1))
    seen: set[str] = set()
    for person in people:
        if person.id in seen:
            raise CohortError(f"person {person.id}: id: there are two of them")
        seen.add(person.id)
    return people


def _person(place: int, row: Any, techniques: Collection[str]) -> MadeUpPerson:
    if not isinstance(row, Mapping):
        raise CohortError(f"person number {place}: must be an object")
    name = row.get("id")
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        raise CohortError(f"person number {place}: id: must be a name or a number")
    try:
        effects = _by_slug(row, "effects", techniques, -10, 10)
        return MadeUpPerson(
            id=str(name),
            answers=_answers(row.get("answers")),
            effects=effects,
            noise_sd=_number(row.get("noise_sd"), "noise_sd", 0, 100),
            adherence=_by_slug(row, "adherence", techniques, 0, 1),
            sessions=_sessions(row.get("sessions")),
            drift=_drift(row, effects, techniques),
        )
    except CohortError as wrong:
        raise CohortError(f"person {name}: {wrong}") from None


def _answers(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise CohortError("answers: must be an object of item ids and answers")
    for item, noun in CONDITION_LISTS.items():
        _refuse_unknown_ticks(item, noun, raw.get(item))
    try:
        return clean_all({item: _ticked_none(item, value) for item, value in raw.items()})
    except AnswerError as wrong:
        raise CohortError(f"answers: {wrong}") from None


def _refuse_unknown_ticks(item: str, noun: str, ticks: Any) -> None:
    known = BUILT_IN[ITEM[item].asks_library] | {option.code for option in ITEM[item].options}
    for tick in ticks if isinstance(ticks, list) else []:
        if tick not in known:
            raise CohortError(f"answers: {item}: unknown {noun}: {tick}")


def _ticked_none(item: str, value: Any) -> Any:
    """An empty list says that nothing was ticked; a list left out says that it was not answered."""
    is_list = item in ITEM and ITEM[item].kind is Kind.TICKS and item in CONDITION_LISTS
    return ["none"] if is_list and value == [] else value


def _by_slug(row: Mapping, field: str, techniques: Collection[str], low: float, high: float) -> dict[str, float]:
    figures = row.get(field)
    if not isinstance(figures, Mapping) or not figures:
        raise CohortError(f"{field}: must be an object of technique slugs and numbers")
    for slug in figures:
        if slug not in techniques:
            raise CohortError(f"{field}: unknown technique: {slug}")
    return {slug: _number(value, f"{field}: {slug}", low, high) for slug, value in figures.items()}


def _drift(row: Mapping, effects: Mapping[str, float], techniques: Collection[str]) -> dict[str, float]:
    drift = row.get("drift")
    if drift is None or drift == {}:
        return {}
    if isinstance(drift, Mapping):
        return _by_slug(row, "drift", techniques, -10, 10)
    return dict.fromkeys(effects, _number(drift, "drift", -10, 10))


def _sessions(raw: Any) -> int:
    if type(raw) is not int or not 0 <= raw <= MOST_SESSIONS:
        raise CohortError(f"sessions: must be a whole number from 0 to {MOST_SESSIONS}")
    return raw


def _number(raw: Any, field: str, low: float, high: float) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw) or not low <= raw <= high:
        raise CohortError(f"{field}: must be a number from {low} to {high}")
    return float(raw)
