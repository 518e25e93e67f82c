"""What is picked, in which order, and what is told of it."""

from types import SimpleNamespace

import pytest

from coaching.core.recommend.options import EvidenceRow, History, Options
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.suggestion import Left, Pick, Recommendation
from content.core.vocabulary import Action, Condition, Family, Grade, Limit, Need, Slot, Stage
from tests.coaching.makers import caution, evidence, library, made_snapshot, rated, snapshot, technique

TROUBLED = {"tension": 8, "stuck_thoughts": 7, "avoid": 6, "sleep": 2, "gad_1": 2, "gad_2": 2}


def small(*rows: tuple[str, Family, Grade], need: Need = Need.AROUSAL, **wishes: object) -> Options:
    """A library of techniques that each serve one need."""
    return Options(
        techniques=tuple(technique(slug, family) for slug, family, _ in rows),
        evidence=tuple(evidence(need, slug, grade) for slug, _, grade in rows),
        **{"minutes_a_day": 60, **wishes},
    )


def pick(found: Recommendation, slug: str) -> Pick:
    return next(one for one in found.picks if one.technique == slug)


def test_three_picks_stand_in_three_places() -> None:
    found = recommend(snapshot(**TROUBLED), library())
    assert {one.slot for one in found.picks} == set(Slot)
    assert [one.rank for one in found.picks] == [1, 2, 3]


def test_the_better_grade_comes_first() -> None:
    options = small(("low", Family.CALMING, Grade.C), ("high", Family.MOVING, Grade.A))
    assert recommend(made_snapshot({Need.AROUSAL: 1.0}), options).techniques == ("high", "low")


def test_what_is_expected_can_be_worked_out_by_hand() -> None:
    found = recommend(snapshot(tension=8, peg_1=6, peg_2=6, peg_3=6), library())
    yoga = next(one for one in found.weighed if one.slug == "yoga")
    assert yoga.prior == pytest.approx(0.2 * (3 * 0.8 + 3.25 * 0.8))


def test_ties_go_to_the_shorter_dose_then_to_the_alphabet() -> None:
    long, short = technique("aa", minutes=10), technique("bb", minutes=5)
    same = technique("cc", minutes=5)
    rows = tuple(evidence(Need.AROUSAL, slug) for slug in ("aa", "bb", "cc"))
    options = Options(techniques=(same, long, short), evidence=rows)
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), options)
    assert found.techniques == ("bb",)
    assert [one.slug for one in found.weighed] == ["bb", "cc", "aa"]
    assert [other.why for other in found.picks[0].outranked] == [
        "We expect as much from it; bb comes first by name.",
        "We expect as much from it; bb asks for fewer minutes.",
    ]


def test_sets_of_equal_worth_go_to_the_alphabet() -> None:
    """By hand: aa and move are worth 0.8 + 0.6 + 0.25 x 1.4 = 1.75; zz and move 1.1 + (1.08 - 0.9) + 0.25 x 1.88."""
    rows: tuple[EvidenceRow, ...] = (evidence(Need.WORRY, "move", Grade.A), evidence(Need.TENSION, "aa", Grade.B))
    rows = (*rows, evidence(Need.WORRY, "zz", Grade.B), evidence(Need.TENSION, "zz", Grade.C))
    options = Options(techniques=(technique("zz"), technique("aa"), technique("move", Family.MOVING)), evidence=rows)
    told = made_snapshot({Need.WORRY: 1.0, Need.TENSION: 1.0})
    assert set(recommend(told, options, rated(zz=1.08)).techniques) == {"aa", "move"}
    assert set(recommend(told, options, rated(zz=1.09)).techniques) == {"zz", "move"}


def test_the_strongest_need_is_served_though_another_technique_adds_up_higher() -> None:
    """Sleep is the one strong need; testing thoughts does a little for five others."""
    needs = {Need.SLEEP: 0.9} | dict.fromkeys(
        (Need.AROUSAL, Need.WORRY, Need.PANIC, Need.FEAR_AVOID, Need.SUBACUTE), 0.8
    )
    options = library(refused=frozenset({"pmr"}))
    found = recommend(made_snapshot(needs), options)
    by_sum = max((one for one in found.weighed if one.technique.slot is Slot.MIND), key=lambda one: one.expected)
    assert by_sum.slug == "cbt_thought"
    assert "sleep" in found.techniques
    why = next(other.why for other in pick(found, "sleep").outranked if other.technique == "cbt_thought")
    assert why == "It does not serve poor sleep, which is strongest for you."


def test_the_strongest_need_is_served_well_rather_than_a_little() -> None:
    found = recommend(snapshot(sleep=0), library(minutes_a_day=10))
    assert found.strongest is Need.SLEEP
    assert "sleep" in found.techniques


def test_a_need_that_nothing_safe_serves_is_said() -> None:
    options = small(("calm", Family.CALMING, Grade.B))
    found = recommend(made_snapshot({Need.AROUSAL: 0.5, Need.SLEEP: 1.0}), options)
    assert found.techniques == ("calm",)
    assert any("poor sleep, which is strongest for you" in note for note in found.notes)


def test_not_enough_evidence_is_no_reason_to_pick() -> None:
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), small(("cold", Family.EASING, Grade.D)))
    assert found.picks == ()
    assert [one.slug for one in found.weighed] == ["cold"]


def test_what_is_advised_against_for_a_need_is_left_out_with_the_reason() -> None:
    options = small(("pmr", Family.CALMING, Grade.X), need=Need.PANIC)
    found = recommend(made_snapshot({Need.PANIC: 0.75}), options)
    assert found.picks == ()
    assert [(one.technique, one.kind) for one in found.exclusions] == [("pmr", Left.NOT_ADVISED)]
    assert "sudden rushes of fear" in found.exclusions[0].words


def test_muscle_relaxation_is_never_picked_for_panic() -> None:
    found = recommend(snapshot(panic="yes", tension=10, sleep=0), library())
    assert "pmr" not in found.techniques
    assert "pmr" in [one.technique for one in found.exclusions]


def test_work_for_a_therapist_is_a_signpost_and_gives_no_points() -> None:
    found = recommend(made_snapshot({Need.PANIC: 0.75}), library(cautions=()))
    assert [one.technique for one in found.signposts] == ["exposure"]
    assert "exposure" not in [one.slug for one in found.weighed if one.expected]


def test_rows_that_hold_only_beside_another_need_wait_for_it() -> None:
    alone = recommend(made_snapshot({Need.PERSISTENT: 0.8}), library())
    assert {one.slug: one.expected for one in alone.weighed}["exposure"] == 0
    both = recommend(made_snapshot({Need.PERSISTENT: 0.8, Need.FEAR_AVOID: 0.5}), library())
    assert {one.slug: one.prior for one in both.weighed}["exposure"] == pytest.approx(0.2 * (3 * 0.8 + 3 * 0.5))


def test_an_active_technique_is_there_when_pain_persists_and_nothing_passive_stands_above_it() -> None:
    options = Options(
        techniques=(technique("heat", Family.EASING), technique("walking", Family.MOVING)),
        evidence=(
            evidence(Need.TENSION, "heat", Grade.A),
            evidence(Need.PERSISTENT, "walking", Grade.C),
        ),
    )
    needs = {Need.TENSION: 1.0, Need.PERSISTENT: 0.5}
    assert recommend(made_snapshot(needs), options).techniques == ("walking", "heat")


def test_nothing_passive_stands_alone_when_pain_persists() -> None:
    options = small(("heat", Family.EASING, Grade.A), need=Need.PERSISTENT)
    assert recommend(made_snapshot({Need.PERSISTENT: 1.0}), options).picks == ()


def test_a_fresh_pain_may_have_warmth_first() -> None:
    options = small(("heat", Family.EASING, Grade.A_MINUS), ("walking", Family.MOVING, Grade.B), need=Need.ACUTE)
    assert recommend(made_snapshot({Need.ACUTE: 1.0}), options).techniques == ("heat", "walking")


def test_facts_are_for_reading_and_take_no_place() -> None:
    found = recommend(snapshot(using_now=["rest", "medicine"]), library())
    assert {page.technique for page in found.reading} == {"facts_passive", "facts_meds", "education"}
    assert not {one.family for one in found.picks} & {Family.READING, Family.DISCOURAGED}


def test_a_facts_page_stays_open_though_the_care_is_left_out() -> None:
    found = recommend(snapshot(using_now=["medicine"], conditions=["ulcer"]), library())
    page = next(one for one in found.reading if one.technique == "facts_meds")
    assert page.not_for_you
    assert page.cautions[0].words == "Do not take pills like ibuprofen unless your doctor says so."


def test_discouraged_advice_is_named_as_not_advised() -> None:
    found = recommend(snapshot(duration="under6"), library())
    left = next(one for one in found.exclusions if one.technique == "bed_rest")
    assert left.kind is Left.NOT_ADVISED


def test_few_minutes_give_fewer_picks_and_it_is_said() -> None:
    found = recommend(snapshot(**TROUBLED), library(minutes_a_day=10))
    assert found.minutes <= 10
    assert len(found.picks) < 3
    assert any(note.startswith("This fits 10 minutes a day. With ") for note in found.notes)


def test_no_minutes_give_no_picks_and_it_is_said() -> None:
    found = recommend(snapshot(**TROUBLED), library(minutes_a_day=0))
    assert found.picks == ()
    assert found.notes


def test_enough_minutes_are_not_mentioned() -> None:
    assert not any("minutes a day" in note for note in recommend(snapshot(**TROUBLED), library()).notes)


def test_a_caution_removes_the_technique_and_says_why() -> None:
    found = recommend(snapshot(conditions=["numb"], duration="under6"), library())
    left = next(one for one in found.exclusions if one.technique == "heat")
    assert "heat" not in found.techniques
    assert (left.kind, left.condition, left.is_hidden) == (Left.CAUTION, Condition.NUMBNESS, False)
    assert left.words == "You may not feel a burn."


def test_prefer_not_to_say_leaves_out_all_that_any_condition_would_and_names_none() -> None:
    found = recommend(snapshot(conditions=["skip"], **TROUBLED), library())
    gone = {one.technique for one in found.exclusions}
    assert {"heat", "cold", "yoga", "walking", "pmr", "imagery", "mindfulness", "exposure"} <= gone
    assert all(one.is_hidden and one.condition is None for one in found.exclusions if one.kind is Left.CAUTION)
    assert all(care.condition in (None, Condition.ANYONE) for one in found.picks for care in one.cautions)
    assert any("we do not know if they are safe" in note for note in found.notes)


def test_a_warning_comes_with_the_pick_once_with_all_its_limits() -> None:
    found = recommend(snapshot(**TROUBLED, conditions=["heart", "fainting"]), library(pinned=frozenset({"breathing"})))
    words = [care.words for care in pick(found, "breathing").cautions]
    assert len(words) == len(set(words))
    assert {Limit.NO_HOLDS, Limit.SEATED} <= pick(found, "breathing").limits


def test_a_caution_that_asks_for_the_last_place_halves_what_is_expected() -> None:
    options = small(("aa", Family.CALMING, Grade.B), ("bb", Family.CALMING, Grade.C))
    low = caution("aa", Condition.RELAX_ANXIOUS, Action.WARN, limits=frozenset({Limit.RANK_LOW}))
    told = made_snapshot({Need.AROUSAL: 1.0}, frozenset({Condition.RELAX_ANXIOUS}))
    plain = recommend(told, options)
    lowered = recommend(told, Options(techniques=options.techniques, evidence=options.evidence, cautions=(low,)))
    assert lowered.weighed[0].expected == plain.weighed[0].expected / 2


def test_a_pick_tells_the_answers_that_led_to_it_and_how_sure_the_science_is() -> None:
    walking = pick(recommend(snapshot(**TROUBLED, active_days=1), library()), "walking")
    assert "You avoid moving because you fear harm: 6 of 10." in walking.why
    assert "You were active on 1 day last week." in walking.why
    assert (walking.grade, walking.grade_words) == (Grade.A, "Good evidence")
    assert walking.dose
    assert walking.benefit == "May show in 6 to 12 weeks."
    assert "hayden21" in walking.sources
    assert {other.technique for other in walking.outranked} == {"yoga", "pacing", "exposure"}


def test_what_asks_for_more_minutes_than_are_free_says_so() -> None:
    thought = pick(recommend(snapshot(**TROUBLED), library()), "cbt_thought")
    why = next(other.why for other in thought.outranked if other.technique == "cbt_worry")
    assert why == "It asks for 20 minutes a day, and 10 are free."


def test_each_pick_opens_the_loop_where_it_is_needed_most() -> None:
    places = {one.technique: one.place for one in recommend(snapshot(**TROUBLED), library()).picks}
    assert places == {"walking": Stage.PAIN, "cbt_thought": Stage.ALARM, "pmr": Stage.WITHDRAWAL}


def test_the_persons_own_ratings_take_the_place_of_the_evidence() -> None:
    options = small(("aa", Family.CALMING, Grade.A), ("bb", Family.CALMING, Grade.C))
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), options, rated(aa=0.2, bb=2.0))
    assert found.techniques == ("bb",)
    assert "You rated 4 goes. We now expect about 2.0 points of ease out of 10." in found.picks[0].why


def test_ratings_of_other_people_are_named_when_they_count() -> None:
    learned = History(estimates={"aa": SimpleNamespace(mean=1.5, sd=0.5, n=0)})
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), small(("aa", Family.CALMING, Grade.A)), learned)
    assert found.picks[0].expected == 1.5
    assert "What people who shared their ratings told us counts here too." in found.picks[0].why


def test_what_did_little_for_the_person_does_not_serve_the_strongest_need_well() -> None:
    rows: tuple[EvidenceRow, ...] = (evidence(Need.SLEEP, "aa", Grade.A), evidence(Need.SLEEP, "bb", Grade.B_MINUS))
    rows = (*rows, *(evidence(need, "aa", Grade.A) for need in (Need.WORRY, Need.TENSION)))
    options = Options(techniques=(technique("aa"), technique("bb")), evidence=rows)
    told = made_snapshot({Need.SLEEP: 1.0, Need.WORRY: 0.9, Need.TENSION: 0.9})
    assert recommend(told, options).techniques == ("aa",)
    assert recommend(told, options, rated(aa=1.0)).techniques == ("bb",)


def test_what_has_brought_no_ease_is_not_picked_again() -> None:
    options = small(("aa", Family.CALMING, Grade.A))
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), options, rated(aa=-0.5))
    assert found.picks == ()


def test_something_the_person_rated_well_may_be_picked_without_evidence() -> None:
    options = small(("cold", Family.EASING, Grade.D), need=Need.ACUTE)
    assert recommend(made_snapshot({Need.ACUTE: 1.0}), options, rated(cold=1.0)).techniques == ("cold",)


def test_one_place_is_kept_for_something_worth_trying_and_it_is_said() -> None:
    three = (("aa", Family.CALMING, Grade.B), ("ab", Family.CALMING, Grade.B_MINUS), ("ba", Family.MOVING, Grade.A))
    history = rated(aa=0.7, ba=1.0)
    told = made_snapshot({Need.AROUSAL: 1.0})
    assert recommend(told, small(*three), history).techniques == ("ba", "aa")
    tried = recommend(told, small(*three, explore=True), history)
    assert tried.techniques == ("ba", "ab")
    assert pick(tried, "ab").is_worth_trying
    assert "You have not tried it yet. We keep one place for something worth trying." in pick(tried, "ab").why


def test_the_only_place_is_not_given_to_something_new() -> None:
    two = (("aa", Family.CALMING, Grade.B), ("ab", Family.CALMING, Grade.B_MINUS))
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), small(*two, explore=True), rated(aa=0.7))
    assert found.techniques == ("aa",)
    assert not found.picks[0].is_worth_trying


def test_nothing_new_costs_the_strongest_need_its_place() -> None:
    rows: tuple[EvidenceRow, ...] = (evidence(Need.SLEEP, "aa", Grade.A), evidence(Need.WORRY, "ab", Grade.A))
    rows = (*rows, evidence(Need.WORRY, "ba", Grade.A))
    options = Options(
        techniques=(technique("aa"), technique("ab"), technique("ba", Family.MOVING)), evidence=rows, explore=True
    )
    told = made_snapshot({Need.SLEEP: 1.0, Need.WORRY: 0.9})
    assert set(recommend(told, options, rated(aa=0.8, ba=0.8)).techniques) == {"aa", "ba"}


def test_nothing_new_is_tried_where_it_would_cost_too_much() -> None:
    three = (("aa", Family.CALMING, Grade.B), ("ab", Family.CALMING, Grade.B), ("ba", Family.MOVING, Grade.B))
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), small(*three, explore=True), rated(aa=3.0, ba=0.5))
    assert found.techniques == ("aa", "ba")


def test_without_any_needs_there_is_a_way_on() -> None:
    found = recommend(made_snapshot({}), library())
    assert found.picks == ()
    assert "The first lesson and slow breathing" in found.notes[0]
