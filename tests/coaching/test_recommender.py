"""What is picked, in which order, and what is told of it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from coaching.core.recommend.options import EvidenceRow, History, Options
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.suggestion import Left, Pick, Recommendation
from content.core.vocabulary import Action, Condition, Family, Grade, Limit, Need, Slot
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


def test_three_picks_are_of_three_kinds_and_the_order_is_the_plan_s() -> None:
    found = recommend(snapshot(**TROUBLED), library())
    assert len({one.family for one in found.picks}) == 3
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
    same, last = technique("cc", minutes=5), technique("dd", minutes=10)
    rows = tuple(evidence(Need.AROUSAL, slug) for slug in ("aa", "bb", "cc", "dd"))
    options = Options(techniques=(last, same, long, short), evidence=rows)
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), options)
    assert found.techniques == ("bb", "cc", "aa")
    assert [one.slug for one in found.weighed] == ["bb", "cc", "aa", "dd"]
    why = {one.technique: one.outranked[0].why for one in found.picks}
    assert why["bb"] == "It may help as much; bb asks for fewer minutes."
    assert why["aa"] == "It may help as much; aa comes first by name."


def test_a_technique_counts_for_one_need_so_many_small_gains_do_not_add_up() -> None:
    """zz does a little for four needs, which adds up to more than aa; aa answers the strongest need well."""
    needs = {Need.TENSION: 1.0} | dict.fromkeys((Need.WORRY, Need.AROUSAL, Need.SLEEP), 0.9)
    rows = (*(evidence(need, "zz", Grade.B_MINUS) for need in needs), evidence(Need.TENSION, "aa", Grade.B))
    options = Options(techniques=(technique("zz"), technique("aa")), evidence=rows)
    found = recommend(made_snapshot(needs), options)
    assert next(iter(found.weighed)).slug == "zz"
    assert found.techniques[0] == "aa"


def test_the_strongest_need_is_served_first_though_another_technique_adds_up_higher() -> None:
    """Sleep is the one strong need; testing thoughts does a little for five others."""
    needs = {Need.SLEEP: 0.9} | dict.fromkeys(
        (Need.AROUSAL, Need.WORRY, Need.PANIC, Need.FEAR_AVOID, Need.SUBACUTE), 0.8
    )
    found = recommend(made_snapshot(needs), library(refused=frozenset({"pmr", "cbt_worry"}), minutes_a_day=5))
    by_sum = max((one for one in found.weighed if one.technique.slot is Slot.MIND), key=lambda one: one.expected)
    assert by_sum.slug == "cbt_thought"
    assert found.techniques == ("sleep",)
    why = next(other.why for other in pick(found, "sleep").outranked if other.technique == "cbt_thought")
    assert why == "It does not serve poor sleep."


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
    assert {page.technique for page in found.to_read} == {"facts_passive", "facts_meds", "education"}
    assert not {one.family for one in found.picks} & {Family.READING, Family.DISCOURAGED}


def test_a_facts_page_stays_open_though_the_care_is_left_out() -> None:
    found = recommend(snapshot(using_now=["medicine"], conditions=["ulcer"]), library())
    page = next(one for one in found.to_read if one.technique == "facts_meds")
    assert page.not_for_you
    assert page.cautions[0].words == "Do not take pills like ibuprofen unless your doctor says so."


def test_discouraged_advice_is_named_as_not_advised() -> None:
    found = recommend(snapshot(duration="under6"), library())
    left = next(one for one in found.exclusions if one.technique == "bed_rest")
    assert left.kind is Left.NOT_ADVISED


def test_few_minutes_give_fewer_picks_each_begun_smaller_and_it_is_said() -> None:
    found = recommend(snapshot(**TROUBLED), library(minutes_a_day=10))
    assert found.minutes <= 10
    assert len(found.picks) == 2
    assert found.techniques == recommend(snapshot(**TROUBLED), library()).techniques[:2]
    assert any(note.startswith("This fits 10 minutes a day. With 5 more ") for note in found.notes)


def test_with_less_than_a_dose_asks_for_the_first_pick_is_begun_smaller() -> None:
    found = recommend(made_snapshot({Need.PERSISTENT: 1.0}), library(minutes_a_day=3))
    assert [(one.technique, one.minutes, one.is_begun_smaller) for one in found.picks] == [("walking", 3, True)]


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
    walking = pick(recommend(snapshot(avoid=6, active_days=0), library()), "walking")
    assert walking.why[0] == "You avoid moving because you fear harm: 6 of 10."
    assert "You were active on no day last week." in walking.why
    assert (walking.need, walking.grade, walking.grade_words) == (
        Need.FEAR_AVOID,
        Grade.A_MINUS,
        "Good evidence, with a gap",
    )
    assert walking.dose
    assert walking.benefit == "May show in 4 to 12 weeks."
    assert "walkback" in walking.sources
    assert {"yoga", "pacing", "exposure"} <= {other.technique for other in walking.outranked}


def test_what_the_evidence_says_less_of_says_so() -> None:
    sleep = pick(recommend(snapshot(sleep=0), library()), "sleep")
    why = {other.technique: other.why for other in sleep.outranked}
    assert why["breathing"] == "For poor sleep the science says less of it: a little evidence, very low certainty."


def test_each_pick_opens_the_loop_at_the_need_it_is_there_for() -> None:
    found = recommend(snapshot(**TROUBLED), library())
    assert [(one.need, one.place) for one in found.picks] == [(one.need, one.need.stage) for one in found.picks]
    assert found.picks[0].place is found.strongest.stage
    assert found.picks[1].place is not found.strongest.stage


def test_the_persons_own_ratings_take_the_place_of_the_evidence() -> None:
    options = small(("aa", Family.CALMING, Grade.A), ("bb", Family.CALMING, Grade.C))
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), options, rated(aa=0.2, bb=2.0))
    assert found.techniques == ("bb", "aa")
    assert "You rated 4 goes. We now expect about 2.0 points of ease out of 10." in found.picks[0].why


def test_ratings_of_other_people_are_named_when_they_count() -> None:
    learned = History(estimates={"aa": SimpleNamespace(mean=1.5, sd=0.5, n=0)})
    found = recommend(
        made_snapshot({Need.AROUSAL: 1.0}), replace(small(("aa", Family.CALMING, Grade.A)), is_pooled=True), learned
    )
    assert found.picks[0].expected == 1.5
    assert "What people who shared their ratings told us counts here too." in found.picks[0].why


def test_nothing_is_said_of_other_people_where_nobody_shares_ratings() -> None:
    learned = History(estimates={"aa": SimpleNamespace(mean=1.5, sd=0.5, n=0)})
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), small(("aa", Family.CALMING, Grade.A)), learned)
    assert not any("shared" in words for words in found.picks[0].why)


def test_what_did_little_for_the_person_does_not_serve_the_strongest_need_well() -> None:
    rows: tuple[EvidenceRow, ...] = (evidence(Need.SLEEP, "aa", Grade.A), evidence(Need.SLEEP, "bb", Grade.B_MINUS))
    rows = (*rows, *(evidence(need, "aa", Grade.A) for need in (Need.WORRY, Need.TENSION)))
    options = Options(techniques=(technique("aa"), technique("bb")), evidence=rows)
    told = made_snapshot({Need.SLEEP: 1.0, Need.WORRY: 0.9, Need.TENSION: 0.9})
    assert recommend(told, options).techniques == ("aa", "bb")
    assert recommend(told, options, rated(aa=1.0)).techniques == ("bb", "aa")


def test_what_has_brought_no_ease_is_not_picked_again() -> None:
    options = small(("aa", Family.CALMING, Grade.A))
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), options, rated(aa=-0.5))
    assert found.picks == ()


def test_something_the_person_rated_well_may_be_picked_without_evidence() -> None:
    options = small(("cold", Family.EASING, Grade.D), need=Need.ACUTE)
    assert recommend(made_snapshot({Need.ACUTE: 1.0}), options, rated(cold=1.0)).techniques == ("cold",)


def test_the_last_place_is_kept_for_something_worth_trying_and_it_is_said() -> None:
    rest = (("ac", Family.CALMING, Grade.B), ("ba", Family.MOVING, Grade.A))
    three = (("aa", Family.CALMING, Grade.B), ("ab", Family.CALMING, Grade.B_MINUS), *rest)
    history = rated(aa=0.65, ac=0.6, ba=1.0)
    told = made_snapshot({Need.AROUSAL: 1.0})
    assert recommend(told, small(*three), history).techniques == ("ba", "aa", "ac")
    tried = recommend(told, small(*three, explore=True), history)
    assert tried.techniques == ("ba", "aa", "ab")
    assert pick(tried, "ab").is_worth_trying
    assert "You have not tried it yet. We keep one place for something worth trying." in pick(tried, "ab").why


def test_the_only_place_is_not_given_to_something_new() -> None:
    two = (("aa", Family.CALMING, Grade.B), ("ab", Family.CALMING, Grade.B_MINUS))
    few = small(*two, explore=True, minutes_a_day=5)
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), few, rated(aa=0.7))
    assert found.techniques == ("aa",)
    assert not found.picks[0].is_worth_trying


def test_nothing_new_costs_the_strongest_need_its_place() -> None:
    rows: tuple[EvidenceRow, ...] = (evidence(Need.SLEEP, "aa", Grade.A), evidence(Need.WORRY, "ab", Grade.A))
    rows = (*rows, evidence(Need.WORRY, "ba", Grade.A))
    options = Options(
        techniques=(technique("aa"), technique("ab"), technique("ba", Family.MOVING)),
        evidence=rows,
        explore=True,
        minutes_a_day=10,
    )
    told = made_snapshot({Need.SLEEP: 1.0, Need.WORRY: 0.9})
    assert recommend(told, options, rated(aa=0.8, ba=0.8)).techniques == ("aa", "ab")


def test_nothing_new_is_tried_where_it_would_cost_too_much() -> None:
    three = (("aa", Family.CALMING, Grade.B), ("ab", Family.CALMING, Grade.B), ("ba", Family.MOVING, Grade.B))
    few = small(*three, explore=True, minutes_a_day=10)
    found = recommend(made_snapshot({Need.AROUSAL: 1.0}), few, rated(aa=1.2, ba=1.2))
    assert found.techniques == ("aa", "ba")


def test_without_any_needs_there_is_a_way_on() -> None:
    found = recommend(made_snapshot({}), library())
    assert found.picks == ()
    assert "The first lesson and slow breathing" in found.notes[0]
