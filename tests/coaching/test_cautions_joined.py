"""A technique and what its guide asks of the body speak with one voice: the stricter holds, nothing is said twice."""

from content.core.cautions import CautionRow, care_with, joined, not_with
from content.core.vocabulary import Action, Condition, Limit
from tests.coaching.makers import caution

WARN = Action.WARN
OSTEO = Condition.OSTEOPOROSIS


def words(*rows: CautionRow) -> list[str]:
    return [row.words for row in rows]


def warning(said: str, *limits: Limit) -> CautionRow:
    return caution("yoga", OSTEO, WARN, words=said, limits=frozenset(limits))


def test_what_leaves_it_out_stands_alone() -> None:
    found = joined([warning("Softly.")], [caution("yoga", OSTEO, words="Wait.")])
    assert (words(*found), found[0].action) == (["Wait."], Action.EXCLUDE)


def test_the_own_words_come_first_where_both_leave_it_out() -> None:
    own, asked = caution("yoga", OSTEO, words="Ours."), caution("yoga", OSTEO, words="Wait.")
    assert words(*joined([own], [asked])) == ["Ours."]


def test_both_ask_for_care_in_words_of_their_own() -> None:
    assert words(*joined([warning("Softly.")], [warning("Back long.")])) == ["Softly.", "Back long."]


def test_the_same_words_are_said_once_and_all_limits_hold() -> None:
    found = joined([warning("Softly.", Limit.GENTLE)], [warning("Softly.", Limit.NO_DEEP_BENDS)])
    assert words(*found) == ["Softly."]
    assert found[0].limits == {Limit.GENTLE, Limit.NO_DEEP_BENDS}


def test_a_row_that_asks_for_nothing_more_is_not_said() -> None:
    own = warning("Long words on bends.", Limit.GENTLE, Limit.NO_DEEP_BENDS)
    assert words(*joined([own], [warning("No deep bends.", Limit.NO_DEEP_BENDS)])) == ["Long words on bends."]


def test_conditions_keep_their_order_and_are_named_by_what_they_do() -> None:
    rows = joined([caution("yoga", Condition.SURGERY)], [warning("Softly."), caution("yoga", Condition.FRACTURE)])
    assert [row.condition for row in rows] == [Condition.FRACTURE, Condition.SURGERY, OSTEO]
    assert not_with(rows) == (Condition.FRACTURE.label, Condition.SURGERY.label)
    assert care_with(rows) == (OSTEO.label,)
