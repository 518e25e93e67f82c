"""Cohort files and the knowledge they are run with, read from disk; no database is asked.

The format of a cohort file is described in docs/simulation.md.
"""

import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from coaching.core.recommend.options import EvidenceRow, Options, TechniqueFacts
from coaching.core.simulator.cohorts import CohortError, MadeUpPerson, read_cohort
from coaching.core.simulator.simulate import World
from content.core.cautions import CautionRow
from content.core.demands import Demand
from content.core.signals import Signal
from content.core.vocabulary import Action, Condition, Family, Grade, Level, Limit, Need
from content.files.library import Library, read_library


def dice(seed: object) -> random.Random:
    """All chance of a simulation: the same seed, the same luck."""
    return random.Random(str(seed))  # noqa: S311 - made-up people, no secret


def load_cohort(path: Path, options: Options) -> tuple[MadeUpPerson, ...]:
    """The people of a file; raises CohortError with the file's name."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CohortError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise CohortError(f"{path}: is not JSON: {error}") from None
    try:
        return read_cohort(document, options.by_slug)
    except CohortError as wrong:
        raise CohortError(f"{path}: {wrong}") from None


def library_world(seed: int, *, is_pooled: bool = True) -> World:
    """The library's own knowledge, and chance that depends on the seed and the person alone."""
    library = _library()
    return World(
        options=library_options(),
        levels={sign: Level(entry.values["level"]) for sign, entry in library.of("danger_sign").items()},
        dice_for=lambda person: dice(f"{seed}/{person}"),
        is_pooled=is_pooled,
    )


@cache
def library_options() -> Options:
    library = _library()
    demands = {slug: frozenset(map(Demand, one.values["demands"])) for slug, one in library.of("guide").items()}
    return Options(
        techniques=tuple(
            _technique(slug, entry.values, demands.get(slug, frozenset()))
            for slug, entry in library.of("technique").items()
        ),
        evidence=tuple(_evidence(entry.values) for entry in library.of("evidence").values()),
        cautions=tuple(_caution(row.values, row.values["technique"]) for row in library.of("caution").values()),
        demand_cautions=tuple(
            _caution(row.values, slug)
            for slug, asked in demands.items()
            for row in library.of("demand_caution").values()
            if Demand(row.values["demand"]) in asked
        ),
    )


@cache
def _library() -> Library:
    return read_library()


def _technique(slug: str, row: Mapping[str, Any], demands: frozenset[Demand]) -> TechniqueFacts:
    named = {name: row[name] for name in ("name", "short", "minutes", "daily_minutes", "startable", "fair_trial")}
    return TechniqueFacts(
        slug=slug, family=Family(row["family"]), demands=demands, signal=Signal(row["outcome"]), **named
    )


def _evidence(row: Mapping[str, Any]) -> EvidenceRow:
    return EvidenceRow(
        need=Need(row["need"]),
        technique=row["technique"],
        grade=Grade(row["grade"]),
        dose=row["dose"],
        minutes=row["minutes"],
        weeks=row["weeks_to_benefit"],
        sources=tuple(row["sources"]),
    )


def _caution(row: Mapping[str, Any], technique: str) -> CautionRow:
    return CautionRow(
        technique=technique,
        condition=Condition(row["condition"]),
        action=Action(row["action"]),
        words=row["words"],
        limits=frozenset(map(Limit, row["limits"])),
    )
