"""Pin, swap, refuse: respected, within safety, and its cost told."""

from coaching.core.recommend.options import Options
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.suggestion import Recommendation, Wished
from content.core.vocabulary import Condition, Grade, Need
from tests.coaching.makers import evidence, library, made_snapshot, rated, snapshot, technique

TROUBLED = {"tension": 8, "stuck_thoughts": 7, "avoid": 6, "sleep": 2, "gad_1": 2, "gad_2": 2}


def wished(
    *, pinned: tuple[str, ...] = (), refused: tuple[str, ...] = (), minutes: int = 30, **told: object
) -> Recommendation:
    options = library(pinned=frozenset(pinned), refused=frozenset(refused), minutes_a_day=minutes)
    return recommend(snapshot(**{**TROUBLED, **told}), options)


def test_a_pinned_technique_is_kept_and_its_cost_told() -> None:
    found = wished(pinned=("imagery",))
    cost = found.costs[0]
    assert "imagery" in found.techniques
    assert next(one for one in found.picks if one.technique == "imagery").is_pinned
    assert (cost.wish, cost.technique, cost.was_granted) == (Wished.PINNED, "imagery", True)
    assert cost.instead_of == ("cbt_worry",)
    assert cost.words == "You kept guided imagery. Without that we would suggest worry time."


def test_a_pin_on_what_is_picked_anyway_changes_nothing() -> None:
    cost = wished(pinned=("yoga",)).costs[0]
    assert (cost.points, cost.instead_of) == (0, ())
    assert cost.words == "You kept yoga. We would suggest it too."


def test_a_refused_technique_is_left_out_and_its_cost_told() -> None:
    found = wished(refused=("yoga",))
    cost = found.costs[0]
    assert "yoga" not in found.techniques
    assert cost.wish is Wished.REFUSED
    assert cost.words == "You left out yoga. Now there is room for walking."


def test_no_word_about_a_wish_speaks_of_what_is_lost() -> None:
    """What was left out is no fault: no points less, no ease less."""
    for slug in [one.slug for one in library().techniques if one.slot]:
        words = " ".join(cost.words for cost in wished(refused=(slug,)).costs + wished(pinned=(slug,)).costs)
        assert "less" not in words
        assert "points" not in words


def test_refusing_what_was_not_picked_changes_nothing() -> None:
    cost = wished(refused=("cold",)).costs[0]
    assert (cost.points, cost.words) == (0, "You left out cold. It was not among our picks.")


def test_a_swap_is_a_pin_and_a_refusal() -> None:
    found = wished(pinned=("yoga",), refused=("walking",))
    assert "yoga" in found.techniques
    assert "walking" not in found.techniques
    assert {cost.technique for cost in found.costs} == {"yoga", "walking"}


def test_no_wish_opens_what_a_caution_closed() -> None:
    found = wished(pinned=("heat",), conditions=["numb"])
    assert "heat" not in found.techniques
    assert not found.costs[0].was_granted
    assert found.costs[0].words == "We could not keep heat. It is left out for your safety. You may not feel a burn."


def test_a_caution_that_is_not_to_be_named_is_not_named_by_a_pin() -> None:
    found = wished(pinned=("mindfulness",), self_harm="yes")
    assert not found.costs[0].was_granted
    assert "suicid" not in found.costs[0].words.lower()


def test_two_pins_of_one_kind_are_both_kept() -> None:
    found = wished(pinned=("imagery", "pmr"))
    assert {cost.technique: cost.was_granted for cost in found.costs} == {"imagery": True, "pmr": True}


def test_of_four_pins_three_are_kept_and_it_is_said() -> None:
    found = wished(pinned=("imagery", "pmr", "walking", "pacing"))
    lost = [cost for cost in found.costs if not cost.was_granted]
    assert len(found.techniques) == 3
    assert [cost.words for cost in lost] == [
        f"We could not keep {library().by_slug[cost.technique].short_name} as well: a plan has room for three."
        for cost in lost
    ]
    assert len(lost) == 1


def test_a_pin_may_go_past_the_minutes_and_it_is_said() -> None:
    found = wished(pinned=("cbt_worry",), minutes=15)
    assert "cbt_worry" in found.techniques
    assert "What you kept takes 20 minutes a day: 5 more than you set." in found.notes


def test_a_pin_stands_even_alone_and_against_the_persons_own_ratings() -> None:
    options = library(pinned=frozenset({"heat"}), minutes_a_day=15)
    found = recommend(snapshot(), options, rated(heat=-2.0))
    assert found.techniques == ("heat",)


def test_a_pin_without_evidence_stands_and_says_whose_choice_it_is() -> None:
    found = recommend(made_snapshot({Need.SLEEP: 1.0}), library(pinned=frozenset({"pacing"})))
    pacing = next(one for one in found.picks if one.technique == "pacing")
    assert pacing.why == ("You chose it.",)
    assert pacing.grade_words == "Your own choice"


def test_a_page_cannot_be_pinned_into_a_place() -> None:
    found = wished(pinned=("education", "no_such_technique"))
    assert not any(cost.was_granted for cost in found.costs)
    assert "education" not in found.techniques


def test_what_is_both_pinned_and_refused_is_left_out() -> None:
    assert "yoga" not in wished(pinned=("yoga",), refused=("yoga",)).techniques


def test_refusing_all_that_serves_the_strongest_need_is_said() -> None:
    serving = tuple(one.slug for one in wished().weighed if Need.TENSION in one.served)
    found = wished(refused=serving)
    assert any("with these choices and minutes serves tight muscles" in note for note in found.notes)


def test_a_refusal_that_leaves_the_strongest_need_alone_is_said() -> None:
    rows = (evidence(Need.SLEEP, "aa", Grade.B_MINUS), evidence(Need.WORRY, "bb", Grade.A))
    options = Options(techniques=(technique("aa"), technique("bb")), evidence=rows, refused=frozenset({"aa"}))
    found = recommend(made_snapshot({Need.SLEEP: 1.0, Need.WORRY: 0.9}), options)
    assert found.techniques == ("bb",)
    assert any("serves poor sleep, which is strongest for you" in note for note in found.notes)


def test_refusing_everything_leaves_the_lessons() -> None:
    found = wished(refused=tuple(one.slug for one in library().techniques))
    assert found.picks == ()
    assert "The lessons are open to you." in found.notes[0]


def test_a_wish_changes_no_exclusion() -> None:
    plain, pinned = wished(conditions=["numb"]), wished(conditions=["numb"], pinned=("heat", "cold"))
    assert plain.exclusions == pinned.exclusions
    assert Condition.NUMBNESS in {one.condition for one in plain.exclusions}
