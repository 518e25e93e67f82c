import pytest

from content.core.texts.wording import avoided_words


@pytest.mark.parametrize(
    "text",
    [
        "The pain is all in your head.",
        "This is caused by stress.",
        "People who catastrophise hurt more.",
        "A slipped disc can hurt.",
        "Bad posture is common.",
        "You failed the step.",
        "This will cure you.",
        "The method is proven.",
        "It is just panic.",
        "Many patients ask this.",
        "Now just relax.",
    ],
)
def test_words_that_blame_or_promise_are_found(text: str) -> None:
    assert avoided_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is not in your head.",
        "It does not mean the pain is in your head.",
        "Nobody can promise a cure.",
        "Be patient with your back.",
        'He thought, "My back is crumbling."',
        "Say it aloud or in your head.",
        "Heart failure needs a doctor.",
    ],
)
def test_words_that_are_denied_quoted_or_mean_something_else_are_let_be(text: str) -> None:
    assert avoided_words(text) == []


def test_a_denial_reaches_no_further_than_its_sentence() -> None:
    assert [said for said, _ in avoided_words("This is not new. It is a cure.")] == ["cure"]


def test_each_finding_says_what_to_say_instead() -> None:
    assert avoided_words("Bad posture.") == [("Bad posture", "Your next position is a good one. Change often.")]
