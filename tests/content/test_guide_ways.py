"""A guide can be done in more than one way; a caution shuts a way, and a sore part is left out."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from content.core.steps import Step, read_steps
from content.core.texts.readability import grade_of
from content.core.texts.wording import avoided_words
from content.core.vocabulary import Cue, Limit, Size
from content.core.ways import (
    QUESTIONS,
    Way,
    chosen,
    options_of,
    parts_of,
    questions_of,
    sizes_open,
    steps_as,
)

GUIDES = {
    path.stem: read_steps(tomllib.loads(path.read_text())["steps"])
    for path in sorted((Path(__file__).parents[2] / "content" / "library" / "guides").glob("*.toml"))
}
QUESTION = {question.name: question for question in QUESTIONS}
OTHER = {"words": "Sit.", "cue": "rest", "part": ""}
STANDING = ("stand", "wall", "on the spot", "foot to foot", "walk")


def a_step(words: str = "Sit.", **values: Any) -> Step:
    row = {"words": words, "seconds": 10, "cue": "rest", "sizes": ["1", "4", "12"], **values}
    [step] = read_steps([row])
    return step


def words(steps: list[Step]) -> list[str]:
    return [step.words for step in steps]


def test_a_way_changes_what_it_names_and_keeps_the_rest() -> None:
    step = a_step("Round.", cue="move", part="cat_cow", instead={"easier": {"words": "Sway."}, "seated": OTHER})
    easier, seated = step.said({"easier"}), step.said({"seated"})
    assert (easier.words, easier.cue, easier.part) == ("Sway.", "move", "cat_cow")
    assert (seated.words, seated.cue, seated.part) == ("Sit.", "rest", "")
    assert step.said({"shore"}).words == step.said().words == "Round."


def test_a_way_says_other_words_in_the_same_seconds() -> None:
    steps = [a_step("Stand.", instead={"seated": {"words": "Sit."}}), a_step("Rest.")]
    found = steps_as(steps, size=Size.FOUR, ways={Way.SEATED})
    assert words(found) == ["Sit.", "Rest."]
    assert [step.seconds for step in found] == [10, 10]
    assert words(steps_as(steps, size=Size.FOUR)) == ["Stand.", "Rest."]


def test_a_limit_leaves_out_the_step_that_it_shuts() -> None:
    steps = [a_step("Bend.", without=["no_deep_bends"]), a_step("Rest.")]
    assert words(steps_as(steps, size=Size.ONE, limits={Limit.NO_DEEP_BENDS})) == ["Rest."]


def test_a_sore_part_is_left_out_with_all_that_is_done_to_it() -> None:
    steps = [a_step("Tense.", cue="tense", part="back"), a_step("Let go.", part="back"), a_step("Rest.")]
    assert words(steps_as(steps, size=Size.ONE, sore={"back"})) == ["Rest."]


def test_what_a_caution_shuts_is_not_offered_and_not_given_when_asked_for() -> None:
    muscles = QUESTION["muscles"]
    assert [option.value for option in options_of(muscles, {"release_only"})] == ["release"]
    assert chosen(muscles, "", {"release_only"}).value == "release"
    assert chosen(QUESTION["eyes"], "eyes_closed", {"eyes_open"}).value == ""
    assert chosen(QUESTION["moves"], "easier", {"seated"}).value == "seated"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_under_all_limits_at_once_every_question_keeps_an_answer(question: Any) -> None:
    assert options_of(question, set(Limit))


def test_keeping_it_short_shuts_the_long_size() -> None:
    assert sizes_open({"short"}) == (Size.ONE, Size.FOUR)
    assert sizes_open(()) == tuple(Size)


@pytest.mark.parametrize(
    ("slug", "asked"),
    [
        ("imagery", ["place", "eyes"]),
        ("body-scan", ["eyes"]),
        ("mindfulness", ["eyes"]),
        ("yoga", ["where", "moves"]),
        ("gentle-moves", ["where", "moves"]),
        ("pmr", ["muscles"]),
        ("walking", []),
        ("exposure", ["where"]),
        ("heat", ["where"]),
    ],
)
def test_a_guide_asks_what_it_has_an_answer_for(slug: str, asked: list[str]) -> None:
    assert [question.name for question in questions_of(GUIDES[slug])] == asked


def test_the_sore_parts_are_those_that_the_size_tenses() -> None:
    assert parts_of(steps_as(GUIDES["pmr"], size=Size.ONE)) == ("shoulders",)


@pytest.mark.parametrize("size", Size)
def test_letting_go_alone_tenses_nothing(size: Size) -> None:
    found = steps_as(GUIDES["pmr"], size=size, ways={Way.RELEASE})
    assert Cue.TENSE not in {step.cue for step in found}
    assert sum(step.seconds for step in found) == {"1": 60, "4": 240, "12": 720}[size.value]


@pytest.mark.parametrize("slug", ["yoga", "gentle-moves"])
@pytest.mark.parametrize("size", Size)
def test_the_seated_way_never_asks_to_stand(slug: str, size: Size) -> None:
    told = steps_as(GUIDES[slug], size=size, ways={Way.SEATED})
    standing = [line for line in words(told) if any(word in line.casefold() for word in STANDING)]
    assert [line for line in standing if "as if to stand" not in line] == []


def test_with_thin_bones_chair_yoga_has_no_bend() -> None:
    told = steps_as(GUIDES["yoga"], size=Size.TWELVE, limits={"no_deep_bends"})
    assert {"cat_cow", "child_rest"} & {step.part for step in told} == set()


def test_every_part_of_the_eyes_closed_way_ends_with_eyes_open() -> None:
    for slug in ("imagery", "body-scan", "mindfulness"):
        for size in Size:
            last = steps_as(GUIDES[slug], size=size, ways={Way.EYES_CLOSED})[-1]
            assert "Open your eyes" in last.words, (slug, size)


@pytest.mark.parametrize("way", Way)
def test_the_words_of_a_way_are_plain_and_kind(way: Way) -> None:
    told = [step.instead[way] for steps in GUIDES.values() for step in steps if way in step.instead]
    spoken = " ".join(each.words for each in told)
    assert told
    assert grade_of(spoken) <= 6
    assert avoided_words(spoken) == []
    assert "!" not in spoken
