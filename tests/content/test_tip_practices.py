"""A tip leads to the practice that its text speaks of, or to none."""

from pathlib import Path

import pytest

from content.core.texts.tips import follows
from content.files.checks import check_library
from content.files.library import read_library
from tests.content.makers import REFERENCE_FILE, TECHNIQUE_FILE, TIP_FILE, a_library

WALKING = {"name": "Walking, step by step", "short": "walking", "first_step": "Walk for 5 minutes, then turn back."}


@pytest.mark.parametrize(
    ("asked", "is_so"),
    [
        ("Take a photo of every box.", False),
        ("Think of the gentlest move you did this week. Halve that.", False),
        ("Walk to the next bus stop.", True),
        ("Go walking with the dog.", True),
    ],
)
def test_the_practice_follows_from_what_the_text_asks(asked: str, is_so: bool) -> None:  # noqa: FBT001
    assert follows(f"Walking is fine. **In 60 seconds.** {asked}", WALKING) is is_so


def test_a_text_without_its_minute_is_not_judged() -> None:
    assert follows("Take a photo of every box.", WALKING)


@pytest.mark.parametrize(("asked", "faults"), [("Count your pills.", 1), ("Take one slow breath.", 0)])
def test_the_check_of_the_library_refuses_another_practice(tmp_path: Path, asked: str, faults: int) -> None:
    tip = f"{TIP_FILE}\n**In 60 seconds.** {asked}\n"
    folder = a_library(tmp_path, references=REFERENCE_FILE, techniques=TECHNIQUE_FILE, tips__six_soft_breaths=tip)
    found = [placed for placed in check_library(read_library(folder)) if placed.finding.field == "practice"]
    assert len(found) == faults


def test_what_is_said_of_fibromyalgia_asks_for_no_walk() -> None:
    assert read_library().of("tip")["fibromyalgia-what-we-can-say"].values["practice"] is None
