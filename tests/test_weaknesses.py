"""A finding of bandit's that nobody answered is noticed, and one that is answered is not."""

from tests.weaknesses import is_answered

FOUND = {"test_id": "B608", "line_range": [2], "line_number": 2}


def test_a_finding_without_an_answer_is_noticed() -> None:
    assert not is_answered(FOUND, "a = 1\nb = f'SELECT {a}'\n")
    assert not is_answered(FOUND, "a = 1\nb = f'SELECT {a}'  # noqa: S105 (no password)\n")


def test_an_answer_says_which_finding_and_why() -> None:
    assert is_answered(FOUND, "a = 1\nb = f'SELECT {a}'  # noqa: S608 (our own number)\n")
    assert is_answered(FOUND, "a = 1\nb = f'SELECT {a}'  # nosec B608 (our own number)\n")
    assert not is_answered(FOUND, "a = 1\nb = f'SELECT {a}'  # nosec B608\n")
