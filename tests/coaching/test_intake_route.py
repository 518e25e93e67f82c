"""The way through the intake."""

from coaching.core.intake.groups import in_groups
from coaching.core.intake.questionnaires import PRIVACY_CARD, STEPS
from coaching.core.intake.routing import blocks_plan, open_steps, step_after, taps
from coaching.core.questions.chapters import GROUPS
from coaching.core.questions.items import Answers
from tests.coaching.makers import answers

MOST_TAPS_ON_DANGER = 7


def slugs(**told: object) -> list[str]:
    return [step.slug for step in open_steps(answers(**told))]


def test_what_matters_comes_first_and_safety_next() -> None:
    assert [step.slug for step in STEPS] == [
        "goal",
        "below-the-waist",
        "after-a-fall",
        "chest-and-tummy",
        "feeling-ill",
        "how-the-pain-is",
        "one-direct-question",
        "pain",
        "mood",
        "worry-more",
        "body",
        "days",
        "yours",
        "heart-and-lungs",
        "bones-and-nerves",
        "eyes-blood-and-skin",
        "stomach-and-medicines",
        "mind-sleep-and-work",
    ]


def test_the_rest_of_the_worry_scale_opens_from_two() -> None:
    assert "worry-more" not in slugs(gad_1=1, gad_2=0)
    assert "worry-more" in slugs(gad_1=1, gad_2=1)


def test_the_rest_of_the_worry_scale_opens_on_request() -> None:
    assert "worry-more" in slugs(gad_1=0, gad_2=0, more_gad="yes")


def test_a_closed_step_is_passed_over() -> None:
    calm = answers()
    after = step_after("mood", calm)
    assert after is not None
    assert after.slug == "body"


def test_the_end_has_nothing_beyond() -> None:
    assert step_after("mind-sleep-and-work", {}) is None


def test_the_flare_question_follows_coming_and_going_only() -> None:
    flare = next(item for step in STEPS for item in step.items if item.id == "flare_recent")
    assert flare.is_asked({"duration": "comesgoes"})
    assert not flare.is_asked({"duration": "over12"})
    assert not flare.is_asked({})


def test_age_every_group_of_signs_and_the_direct_question_stand_before_any_plan() -> None:
    assert [item.id for item in blocks_plan({})] == ["adult", *GROUPS, "self_harm"]
    asked = {group: ["none"] for group in GROUPS}
    assert blocks_plan({"adult": "yes", **asked, "asked_directly": True}) == ()


def well_person(**told: object) -> Answers:
    return in_groups(answers(values=["family"], **told))


def test_a_well_person_answers_danger_in_six_taps() -> None:
    screens = [step for step in STEPS if step.is_safety]
    asked = {item.id for step in screens for item in step.items}
    others = {name: value for name, value in well_person().items() if name not in asked}
    assert taps(well_person()) - taps(others) == 0
    assert sum(1 for step in screens) == 6 <= MOST_TAPS_ON_DANGER


def test_a_tick_on_a_screen_of_danger_costs_next_as_well() -> None:
    assert taps({**well_person(), "signs_pain": ["cough_pain"]}) == taps(well_person()) + 1


def test_without_our_own_four_questions_it_is_34_taps_and_40_with_the_rest_of_the_worry_scale() -> None:
    assert taps(well_person()) == 34
    more = dict.fromkeys(("gad_3", "gad_4", "gad_5", "gad_6", "gad_7"), 1)
    assert taps({**well_person(), **more, "gad_1": 1, "gad_2": 1}) == 40


def test_words_and_unknown_answers_cost_no_tap() -> None:
    assert taps({"goal": "Walk to the shop", "peg_9": 3}) == len(open_steps({}))


def test_the_privacy_card_has_three_lines() -> None:
    assert len(PRIVACY_CARD) == 3
