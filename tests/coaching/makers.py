"""Makers: answers, snapshots and libraries with defaults, so that a test states only what matters."""

import tomllib
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from coaching.core.needs import Snapshot, take_snapshot
from coaching.core.options import CautionRow, EvidenceRow, History, Options, TechniqueFacts
from coaching.core.safety import SafetyReading
from content.core.vocabulary import Action, Condition, Family, Grade, Level, Limit, Need

LIBRARY = Path(__file__).resolve().parents[2] / "content" / "library"
SAFE = {"adult": "yes", "safety_now": ["none"], "safety_soon": ["none"], "self_harm": "no"}
QUIET = {
    **SAFE,
    "duration": "over12",
    **dict.fromkeys(("peg_1", "peg_2", "peg_3"), 2),
    **dict.fromkeys(("gad_1", "gad_2", "phq_1", "phq_2"), 0),
    "panic": "no",
    **dict.fromkeys(("tension", "stuck_thoughts", "avoid"), 1),
    "sleep": 8,
    "active_days": 5,
    "using_now": ["movement"],
    "conditions": ["none"],
}
"""A person with mild pain that has stayed, and nothing else of note."""


def answers(**told: Any) -> dict[str, Any]:
    return {**QUIET, **told}


def snapshot(**told: Any) -> Snapshot:
    return take_snapshot(answers(**told), danger_levels())


def made_snapshot(needs: dict[Need, float], conditions: frozenset[Condition] = frozenset(), **told: Any) -> Snapshot:
    """A snapshot by hand, its safety step done."""
    told.setdefault("safety", SafetyReading(complete=True))
    return Snapshot(needs=needs, conditions=conditions | {Condition.ANYONE}, **told)


def technique(slug: str, family: Family = Family.CALMING, minutes: int = 5, **told: Any) -> TechniqueFacts:
    return TechniqueFacts(slug=slug, name=slug.title(), family=family, minutes=minutes, daily_minutes=minutes, **told)


def evidence(need: Need, slug: str, grade: Grade = Grade.B, **told: Any) -> EvidenceRow:
    return EvidenceRow(need=need, technique=slug, grade=grade, **told)


def caution(slug: str, condition: Condition, action: Action = Action.EXCLUDE, **told: Any) -> CautionRow:
    return CautionRow(technique=slug, condition=condition, action=action, **{"words": "Not now.", **told})


def rated(**means: float) -> History:
    """A history in which each technique was rated four times, with this mean drop."""
    return History(estimates={slug: SimpleNamespace(mean=mean, sd=0.5, n=4) for slug, mean in means.items()})


def library(**wishes: Any) -> Options:
    """The real library, as its files hold it, with time for three picks."""
    techniques, rows, cautions = _read_library()
    held = {"techniques": techniques, "evidence": rows, "cautions": cautions, "minutes_a_day": 30}
    return Options(**{**held, **wishes})


@cache
def danger_levels() -> dict[str, Level]:
    return {sign: Level(row["level"]) for sign, row in _toml("danger_signs").items()}


@cache
def _read_library() -> tuple[tuple[TechniqueFacts, ...], tuple[EvidenceRow, ...], tuple[CautionRow, ...]]:
    techniques = tuple(_facts(slug, row) for slug, row in _toml("techniques").items())
    return techniques, tuple(map(_evidence, _toml("evidence")["row"])), tuple(map(_caution, _toml("cautions")["row"]))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((LIBRARY / f"{name}.toml").read_text())


def _facts(slug: str, row: dict[str, Any]) -> TechniqueFacts:
    named = {name: row[name] for name in ("name", "minutes", "daily_minutes", "startable", "short")}
    return TechniqueFacts(slug=slug, family=Family(row["family"]), **named)


def _evidence(row: dict[str, Any]) -> EvidenceRow:
    return EvidenceRow(
        need=Need(row["need"]),
        technique=row["technique"],
        grade=Grade(row["grade"]),
        dose=row["dose"],
        minutes=row["minutes"],
        weeks=row.get("weeks_to_benefit"),
        benefit=row["benefit"],
        note=row["note"],
        sources=tuple(row["sources"]),
    )


def _caution(row: dict[str, Any]) -> CautionRow:
    return CautionRow(
        technique=row["technique"],
        condition=Condition(row["condition"]),
        action=Action(row["action"]),
        words=row["words"],
        limits=frozenset(Limit(limit) for limit in row["limits"]),
        source=", ".join(row["sources"]) or row["source_note"],
    )
