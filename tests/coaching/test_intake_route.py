"""The way through the intake."""

from coaching.core.intake.questionnaires import PRIVACY_CARD, STEPS
from coaching.core.intake.routing import blocks_plan, open_steps, step_after, step_before, taps
from tests.coaching.makers import answers


def slugs(**told: object) -> list[str]:
    return [step.slug for step in open_steps(answers(**told))]


def test_what_matters_comes_first_and_safety_next() -> None:
    assert [step.slug for step in STEPS] == [
        "goal",
        "safety",
        "pain",
        "mood",
        "worry-more",
        "body",
        "days",
        "health",
    ]


def test_the_rest_of_the_worry_scale_opens_from_two() -> None:
    assert "worry-more" not in slugs(gad_1=1, gad_2=0)
    assert "worry-more" in slugs(gad_1=1, gad_2=1)


def test_the_rest_of_the_worry_scale_opens_on_request() -> None:
    assert "worry-more" in slugs(gad_1=0, gad_2=0, more_gad="yes")


def test_a_closed_step_is_passed_over_both_ways() -> None:
    calm = answers()
    after, before = step_after("mood", calm), step_before("body", calm)
    assert after is not None
    assert before is not None
    assert (after.slug, before.slug) == ("body", "mood")


def test_the_ends_have_nothing_beyond() -> None:
    assert step_after("health", {}) is None
    assert step_before("goal", {}) is None


def test_the_flare_question_follows_coming_and_going_only() -> None:
    flare = next(item for step in STEPS for item in step.items if item.id == "flare_recent")
    assert flare.is_asked({"duration": "comesgoes"})
    assert not flare.is_asked({"duration": "over12"})
    assert not flare.is_asked({})


def test_age_and_both_safety_lists_stand_before_any_plan() -> None:
    assert [item.id for item in blocks_plan({})] == ["adult", "safety_now", "safety_soon"]
    assert blocks_plan({"adult": "yes", "safety_now": ["none"], "safety_soon": ["none"]}) == ()


def test_the_whole_intake_is_twenty_eight_taps_and_thirty_four_with_the_rest_of_the_worry_scale() -> None:
    whole = answers(values=["family"])
    assert taps(whole) == 28
    more = dict.fromkeys(("gad_3", "gad_4", "gad_5", "gad_6", "gad_7"), 1)
    assert taps({**whole, **more, "gad_1": 1, "gad_2": 1}) == 34


def test_words_and_unknown_answers_cost_no_tap() -> None:
    assert taps({"goal": "Walk to the shop", "peg_9": 3}) == len(open_steps({}))


def test_the_privacy_card_has_three_lines() -> None:
    assert len(PRIVACY_CARD) == 3
