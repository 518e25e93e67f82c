"""Each guided practice keeps the time it promises and asks only for what it can ask."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from content.core.texts.readability import grade_of
from content.core.texts.wording import avoided_words
from content.core.vocabulary import Cue, Limit, Size, Skin

LIBRARY = Path(__file__).parents[2] / "content" / "library"
SECONDS = {Size.ONE: 60, Size.FOUR: 240, Size.TWELVE: 720}
EXTRA = {
    "belly-breathing": "breathing",
    "body-scan": "mindfulness",
    "gentle-moves": "pacing",
    "defusion": "mindfulness",
}
GUIDES = sorted(path.stem for path in (LIBRARY / "guides").glob("*.toml"))
PARTS = "hands forearms upper_arms shoulders face jaw neck chest belly back hips thighs calves feet".split()
POSES = (
    "standing_sway seated_twist_small knee_hug pelvic_tilt cat_cow child_rest "
    "shoulder_roll side_reach heel_slide wall_lean sit_to_stand march"
).split()
MOVING = ["yoga", "gentle-moves"]


def guide(slug: str) -> dict[str, Any]:
    return tomllib.loads((LIBRARY / "guides" / f"{slug}.toml").read_text())


def techniques() -> dict[str, Any]:
    return tomllib.loads((LIBRARY / "techniques.toml").read_text())


def spoken(found: dict[str, Any]) -> str:
    steps = " ".join(step["words"] for step in found["steps"])
    own = " ".join(found.get("own_length", {}).values())
    return f"{found['summary']} {found['ready']} {found['stop']} {steps} {own}"


def test_every_technique_that_can_be_started_has_its_guide() -> None:
    startable = {slug for slug, technique in techniques().items() if technique["startable"]}
    assert set(GUIDES) == startable | EXTRA.keys()
    assert len(GUIDES) == 17


@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_belongs_to_its_technique(slug: str) -> None:
    assert guide(slug)["technique"] == EXTRA.get(slug, slug)


@pytest.mark.parametrize("size", SECONDS)
@pytest.mark.parametrize("slug", GUIDES)
def test_the_steps_of_a_size_last_as_long_as_the_size_promises(slug: str, size: Size) -> None:
    seconds = sum(step["seconds"] for step in guide(slug)["steps"] if size in step["sizes"])
    assert abs(seconds - SECONDS[size]) <= 0.05 * SECONDS[size]


@pytest.mark.parametrize("slug", GUIDES)
def test_every_step_has_words_seconds_a_known_cue_and_a_size(slug: str) -> None:
    for step in guide(slug)["steps"]:
        assert step["words"].strip()
        assert step["seconds"] > 0
        assert Cue(step["cue"])
        assert step["sizes"]
        assert all(Size(size) for size in step["sizes"])


@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_says_how_to_begin_and_when_to_stop(slug: str) -> None:
    found = guide(slug)
    assert Skin(found["skin"])
    assert found["ready"].strip()
    assert found["stop"].strip()
    assert len(found["summary"]) <= 180


@pytest.mark.parametrize("slug", GUIDES)
def test_no_guide_holds_the_breath(slug: str) -> None:
    found = guide(slug)
    assert Cue.HOLD not in {step["cue"] for step in found["steps"]}
    assert found.get("pattern", {}).get("hold", 0) == found.get("pattern", {}).get("rest", 0) == 0


@pytest.mark.parametrize("slug", ["breathing", "belly-breathing"])
def test_a_paced_breath_goes_out_longer_than_it_comes_in(slug: str) -> None:
    pattern = guide(slug)["pattern"]
    assert pattern["out"] > pattern["in"]


def test_muscle_relaxation_visits_every_part_and_lets_each_tense_part_go() -> None:
    steps = guide("pmr")["steps"]
    tensed = [step["part"] for step in steps if step["cue"] == Cue.TENSE]
    assert tensed == PARTS
    assert tensed == [step["part"] for step in steps if step["cue"] == Cue.RELEASE and step["part"]]


def test_muscle_relaxation_tenses_for_a_short_time_only() -> None:
    assert all(step["seconds"] <= 7 for step in guide("pmr")["steps"] if step["cue"] == Cue.TENSE)


@pytest.mark.parametrize("slug", MOVING)
def test_every_move_names_a_known_pose(slug: str) -> None:
    poses = {step["part"] for step in guide(slug)["steps"] if step["cue"] == Cue.MOVE}
    assert poses
    assert poses <= set(POSES)


def test_cold_never_lies_on_the_back_for_more_than_ten_minutes() -> None:
    steps = [step for step in guide("cold")["steps"] if Size.TWELVE in step["sizes"]]
    off = next(place for place, step in enumerate(steps) if "Take the pack off." in step["words"])
    assert sum(step["seconds"] for step in steps[:off]) <= 600


@pytest.mark.parametrize("slug", ["heat", "cold"])
def test_whoever_sets_the_time_of_a_pack_is_told_of_their_skin_and_when_to_take_it_off(slug: str) -> None:
    said = guide(slug)["own_length"]
    assert "cloth" in said["begin"]
    assert "look at your skin" in said["check"]
    assert "Take it off" in said["check"]
    assert "Take the pack off now" in said["off"]


def test_whoever_sets_the_time_of_a_walk_is_told_to_turn_back() -> None:
    said = guide("walking")["own_length"]
    assert "Turn back" in said["turn"]
    assert "chat" in said["slow"]


def test_only_packs_and_walks_have_words_for_a_time_of_ones_own() -> None:
    assert {slug for slug in GUIDES if "own_length" in guide(slug)} == {
        slug for slug in GUIDES if guide(slug)["skin"] in (Skin.TIMER, Skin.WALK)
    }


def test_sleep_never_asks_for_fewer_hours_in_bed() -> None:
    cautions = tomllib.loads((LIBRARY / "cautions.toml").read_text())["row"]
    limited = [row for row in cautions if row["technique"] == "sleep"]
    assert all(row["limits"] == [Limit.WAKE_TIME_ONLY] for row in limited)
    assert "never asks you to sleep fewer hours" in guide("sleep")["ready"]


@pytest.mark.parametrize("slug", GUIDES)
def test_the_words_are_plain_and_kind(slug: str) -> None:
    words = spoken(guide(slug))
    assert grade_of(words) <= 6
    assert avoided_words(words) == []
    assert "!" not in words
