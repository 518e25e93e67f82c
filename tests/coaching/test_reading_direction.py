"""Words that run from right to left stand apart within a sentence of ours."""

from coaching.core.tools.replying.thoughts import say
from coaching.core.week.small_steps import offers
from content.core.reading_direction import apart

STAIRS = "\u0635\u0639\u0648\u062f \u0627\u0644\u062f\u0631\u062c (2)"
APART = f"\N{FIRST STRONG ISOLATE}{STAIRS}\N{POP DIRECTIONAL ISOLATE}"


def test_only_words_that_run_from_right_to_left_are_set_apart() -> None:
    assert [apart(words) for words in ("", "The stairs (2)", "Лестница", STAIRS)] == [
        "",
        "The stairs (2)",
        "Лестница",
        APART,
    ]


def test_signs_that_turn_the_rest_of_a_line_are_left_out() -> None:
    assert apart(f"{STAIRS}\N{POP DIRECTIONAL ISOLATE} 3") == f"{APART[:-1]} 3\N{POP DIRECTIONAL ISOLATE}"
    assert apart("The stairs\N{RIGHT-TO-LEFT OVERRIDE} (2)") == "The stairs (2)"


def test_a_reply_sets_apart_what_it_quotes() -> None:
    assert f"Begin with “{APART}”." in say("ladder", "begin", step=STAIRS).words
    assert "Begin with “Bed”." in say("ladder", "begin", step="Bed").words


def test_a_first_step_sets_apart_the_goal_that_it_speaks_of() -> None:
    assert offers(STAIRS, ()).steps[0] == f"The first two minutes of it: {APART}"
