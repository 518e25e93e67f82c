"""What the player offers stays inside what is safe for anyone."""

from coaching.core.practice.breath import GENTLE
from coaching.practice.choices import choices_of
from coaching.practice.player import breath_player, player_of, with_lengths
from content.models import Guide


def offered(*, has_no_pauses: bool = False) -> dict[str, list[int]]:
    player = breath_player(GENTLE, minutes=4, has_no_pauses=has_no_pauses)
    return {dial.name: [value for value, _words in dial.options] for dial in player.breath_dials}


def test_the_shortest_breath_on_offer_takes_six_seconds() -> None:
    dials = offered()

    assert min(dials["in"]) + min(dials["out"]) >= 6


def test_a_pause_is_never_longer_than_two_seconds() -> None:
    dials = offered()

    assert max(dials["hold"] + dials["rest"]) == 2


def test_where_a_caution_says_so_there_is_no_pause_at_all() -> None:
    guide = Guide(slug="slow", skin="breath", pattern={"in": 4, "hold": 2, "out": 6, "rest": 2})
    for query in ({}, {"in": "4", "hold": "2", "out": "6", "rest": "1"}):
        player = player_of(choices_of(guide, query, frozenset({"no_holds"})))
        assert player.script["pattern"] == {"in": 4, "hold": 0, "out": 6, "rest": 0}
    assert not {"hold", "rest"} & set(offered(has_no_pauses=True))


def test_the_length_asked_for_is_the_length_offered_first() -> None:
    player = with_lengths(breath_player(GENTLE, minutes=12, has_no_pauses=True))

    assert next(dial.value for dial in player.dials if dial.name == "minutes") == 12


def test_a_guide_in_steps_runs_the_steps_of_the_size_asked_for() -> None:
    steps = [
        {"words": "Sit.", "seconds": 60, "cue": "rest", "part": "", "sizes": ["1", "4"]},
        {"words": "Wait.", "seconds": 180, "cue": "rest", "part": "", "sizes": ["4"]},
    ]
    guide = Guide(slug="sitting", skin="steps", steps=steps)

    player = player_of(choices_of(guide, {"size": "1"}, frozenset()))

    assert [step["words"] for step in player.script["steps"]] == ["Sit."]
    assert player.left == "1 min left"
    assert player_of(choices_of(guide, {"size": "4"}, frozenset())).left == "4 min left"


def test_the_player_of_a_pack_knows_the_longest_time_it_may_be_on() -> None:
    own = dict.fromkeys(("begin", "rest", "check", "off", "after"), "Look at your skin.")
    guide = Guide(slug="cold", technique_id="cold", skin="timer", own_length=own)

    player = player_of(choices_of(guide, {"minutes": "5"}, frozenset()))

    assert player.script["most"] == 600
    assert "Take the pack off" in player.script["off"]
