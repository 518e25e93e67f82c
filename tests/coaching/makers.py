"""Makers: answers, snapshots and libraries with defaults, so that a test states only what matters."""

import tomllib
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from coaching.core.intake.needs import Snapshot, take_snapshot
from coaching.core.intake.safety import SafetyReading
from coaching.core.recommend.options import EvidenceRow, History, Options, TechniqueFacts
from content.core.cautions import CautionRow
from content.core.demands import Demand
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
    techniques, rows, cautions, on_demands = _read_library()
    told = {"cautions": cautions, "demand_cautions": on_demands}
    return Options(**{"techniques": techniques, "evidence": rows, "minutes_a_day": 30, **told, **wishes})


@cache
def danger_levels() -> dict[str, Level]:
    return {sign: Level(row["level"]) for sign, row in _toml("danger_signs").items()}


@cache
def _read_library() -> tuple[tuple[Any, ...], ...]:
    techniques = tuple(_facts(slug, row) for slug, row in _toml("techniques").items())
    cautions = tuple(_caution(row, row["technique"]) for row in _toml("cautions")["row"])
    asked = tuple(
        _caution(row, one.slug)
        for one in techniques
        for row in _toml("demand_cautions")["row"]
        if row["demand"] in one.demands
    )
    return techniques, tuple(map(_evidence, _toml("evidence")["row"])), cautions, asked


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((LIBRARY / f"{name}.toml").read_text())


def _facts(slug: str, row: dict[str, Any]) -> TechniqueFacts:
    named = {name: row[name] for name in ("name", "minutes", "daily_minutes", "startable", "short")}
    demands = frozenset(map(Demand, _toml(f"guides/{slug}")["demands"])) if row["startable"] else frozenset()
    return TechniqueFacts(slug=slug, family=Family(row["family"]), demands=demands, **named)


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


def _caution(row: dict[str, Any], technique: str) -> CautionRow:
    return CautionRow(
        technique=technique,
        condition=Condition(row["condition"]),
        action=Action(row["action"]),
        words=row["words"],
        limits=frozenset(Limit(limit) for limit in row["limits"]),
        source=", ".join(row["sources"]) or row["source_note"],
    )
