"""Every guide says what it asks of the body, and the cautions of each such act hold for it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from content.core.demands import PHYSICAL, Demand, demand_faults, shown
from content.core.vocabulary import Family
from content.files.checks import check_library
from content.files.library import LIBRARY, Library, read_library
from content.loading.packs import TABLE_FILES
from tests.content.makers import TECHNIQUE_FILE, a_library

GUIDES = sorted(path.stem for path in (LIBRARY / "guides").glob("*.toml"))
STEP = {"words": "Rest.", "seconds": 10, "cue": "rest", "sizes": ["1"]}
SILENT = """
title = "A quiet minute"
technique = "breathing"
skin = "steps"
summary = "Sit."
ready = "Sit down."
stop = "Stop if you like."
minutes = 1
"""

AGREED = """
standing     falls warn, numb warn, fainting warn
walking      urgent_sign exclude, open_sign exclude, effort_chest exclude, heart warn, numb warn, falls warn, preg warn
effort       urgent_sign exclude, open_sign exclude, effort_chest exclude, heart warn, preg warn
bending      urgent_sign exclude, open_sign exclude, fracture exclude, surgery exclude, osteo warn, preg warn
bending      leg_nerve warn
turning      urgent_sign exclude, open_sign exclude, fracture exclude, surgery exclude, osteo warn, preg warn
lying        preg warn
tensing      urgent_sign exclude, fracture exclude, surgery exclude, flare warn, bp warn, heart warn
feared_move  urgent_sign exclude, open_sign exclude, fracture exclude, surgery exclude, trauma warn, panic exclude
feared_move  heart exclude, lung exclude, asthma exclude, preg exclude, epilepsy exclude, fainting exclude
feared_move  effort_chest exclude
paced_breath panic warn, lung warn, asthma warn, preg warn, heart warn, fainting warn, anyone warn
breath_pause panic warn, lung warn, asthma warn, preg warn, heart warn, fainting warn, bp warn
heat         urgent_sign exclude, open_sign exclude, numb exclude, swelling exclude, skin exclude, cancer_area exclude
heat         circulation exclude, dvt exclude, bleeding exclude, patch exclude, preg warn, anyone warn
cold         urgent_sign exclude, open_sign exclude, raynaud exclude, numb exclude, circulation exclude, skin exclude
cold         anyone warn
relaxing     relax_anx warn
inward       trauma warn, psychosis exclude, crisis exclude, panic warn
eyes_closed  trauma warn, panic warn
pictures     psychosis exclude, trauma warn
strong_feelings low_mood warn, crisis warn
bed_times    bipolar warn, epilepsy warn, apnoea warn, safetyjob warn
"""
"""Evidence sections 3a and 4, read by what the body does."""


@cache
def library() -> Library:
    return read_library()


def guide(slug: str) -> dict[str, Any]:
    return library().of("guide")[slug].values


def agreed() -> dict[tuple[str, str], str]:
    lines = [line.split(None, 1) for line in AGREED.strip().splitlines()]
    cells = [(demand, *cell.split()) for demand, rest in lines for cell in rest.split(",")]
    return {(demand, condition): action for demand, condition, action in cells}


def held() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((LIBRARY / "demand_cautions.toml").read_text())["row"]
    return rows


def test_every_agreed_caution_on_a_demand_is_there_with_its_action() -> None:
    assert {(row["demand"], row["condition"]): row["action"] for row in held()} == agreed()
    assert len(held()) == len(agreed())


def test_a_pause_in_the_breath_is_never_left_to_whom_it_may_harm() -> None:
    assert all("no_holds" in row["limits"] for row in held() if row["demand"] == Demand.BREATH_PAUSE)


def test_what_waits_for_a_doctor_is_closed_by_every_sign() -> None:
    closed = {row["demand"] for row in held() if row["condition"] == "open_sign" and row["action"] == "exclude"}
    assert closed == {demand.value for demand in PHYSICAL}


@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_says_what_it_asks_of_the_body(slug: str) -> None:
    assert list(demand_faults(guide(slug))) == []
    assert guide(slug)["demands"]


def test_moves_that_are_filed_under_a_plan_for_the_day_bend_and_turn_a_back() -> None:
    assert {"standing", "bending", "turning", "effort"} <= set(guide("gentle-moves")["demands"])


@pytest.mark.parametrize("slug", GUIDES)
def test_what_moves_warms_or_cools_has_a_physical_demand(slug: str) -> None:
    family = library().of("technique")[guide(slug)["technique"]].values["family"]
    is_physical = family in (Family.MOVING, Family.EASING)
    assert bool({Demand(word) for word in guide(slug)["demands"]} & PHYSICAL) is is_physical


@pytest.mark.parametrize(
    ("told", "demand"),
    [
        ({"words": "Stand up slowly."}, Demand.STANDING),
        ({"words": "Turn your chest a little to one side."}, Demand.TURNING),
        ({"words": "Lean forward, and come back."}, Demand.BENDING),
        ({"words": "Sit or lie down."}, Demand.LYING),
        ({"words": "Close your eyes."}, Demand.EYES_CLOSED),
        ({"words": "Make a fist.", "cue": "tense"}, Demand.TENSING),
        ({"words": "Go on.", "cue": "walk"}, Demand.WALKING),
        ({"words": "Wait.", "cue": "hold"}, Demand.BREATH_PAUSE),
        ({"words": "Rest.", "instead": {"eyes_closed": {"words": "Rest your eyes."}}}, Demand.EYES_CLOSED),
        ({"words": "Rest.", "instead": {"easier": {"words": "Make a fist.", "cue": "tense"}}}, Demand.TENSING),
    ],
)
def test_a_step_gives_away_what_it_asks(told: dict[str, Any], demand: Demand) -> None:
    silent = {"skin": "steps", "ready": "", "demands": ["still"], "steps": [{**STEP, **told}]}
    assert shown(silent) == {demand}
    assert list(demand_faults(silent)) == [f"lacks what the guide shows: {demand.value}"]


def test_the_check_of_the_library_refuses_a_guide_that_is_silent_about_the_body(tmp_path: Path) -> None:
    def faults(text: str) -> list[str]:
        library = read_library(a_library(tmp_path, techniques=TECHNIQUE_FILE, guides__quiet=text))
        return [str(found) for found in check_library(library) if found.finding.field == "demands"]

    assert len(faults(SILENT)) == 1
    assert "name what the guide asks of the body" in faults(SILENT)[0]
    assert faults(f'{SILENT}demands = ["still"]\n') == []


def test_still_is_never_said_beside_a_move() -> None:
    told = {"skin": "steps", "ready": "", "steps": [], "demands": ["still", "bending"]}
    assert len(list(demand_faults(told))) == 1


def test_a_pack_may_hold_the_cautions_on_demands() -> None:
    assert "demand_cautions.toml" in TABLE_FILES
