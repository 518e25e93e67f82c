from content.core.texts.differences import Line, Piece, side_by_side


def said(pieces: tuple[Piece, ...]) -> list[str]:
    return [f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces]


def test_two_texts_that_say_the_same_differ_in_nothing() -> None:
    assert side_by_side("One.\nTwo.", "One.\nTwo.") == ()


def test_the_words_that_changed_are_marked_on_both_sides() -> None:
    (line,) = side_by_side("Breathe in for 4.", "Breathe out for 4.")
    assert said(line.before) == ["Breathe ", "[in]", " for 4."]
    assert said(line.after) == ["Breathe ", "[out]", " for 4."]


def test_a_new_line_stands_on_one_side_only() -> None:
    kept, new = side_by_side("One.", "One.\nTwo.")
    assert not kept.is_changed
    assert (new.before, said(new.after), new.number_before, new.number_after) == ((), ["[Two.]"], None, 2)


def test_a_line_that_went_stands_on_the_other() -> None:
    _, gone = side_by_side("One.\nTwo.", "One.")
    assert (said(gone.before), gone.after, gone.number_after) == (["[Two.]"], (), None)


def test_long_stretches_that_stayed_are_left_out_once() -> None:
    before = "\n".join(f"Line {number}." for number in range(20))
    after = before.replace("Line 0.", "Line nought.").replace("Line 19.", "The end.")
    lines = side_by_side(before, after)
    assert [line.is_gap for line in lines] == [False, False, True, False, False]


def test_every_sign_of_both_sides_is_there_when_nothing_is_left_out() -> None:
    before, after = "a b c\nd  e\n", "a x c\n\nd e"
    lines = side_by_side(before, after)
    assert "\n".join("".join(p.text for p in line.before) for line in lines if line.number_before) == before
    assert "\n".join("".join(p.text for p in line.after) for line in lines if line.number_after) == after


def test_a_gap_is_no_change() -> None:
    assert not Line(is_gap=True).is_changed


def test_an_empty_line_that_stayed_is_blank_and_one_that_came_is_not() -> None:
    assert [line.is_blank for line in side_by_side("One.\n", "Two.\n")] == [False, True]
    assert not side_by_side("One.", "One.\n")[-1].is_blank
