"""One practice with the recordings that ship: real speech, decoded by a browser, each line when its cue is due."""

from typing import Any

import pytest
from playwright.sync_api import Page

from content.core.vocabulary import Size
from content.files.library import LIBRARY
from tests.browser.recordings import heard, leads, listen, until
from tests.browser.test_recorded_voice import IN_STEP, begin, begins_of, is_close, steps_of


@pytest.fixture(autouse=True)
def _recorded(settings: Any) -> None:
    settings.VOICES_FOLDER = LIBRARY / "voices"


def lateness(page: Page, dues: list[int]) -> list[float]:
    """Of each line, the seconds between its cue and the first that is heard of it."""
    begins = [sound["from"] for sound in heard(page)]
    return [min((at - due for at in begins if is_close(at, due)), default=float("inf")) for due in dues]


@pytest.mark.parametrize("size", Size)
def test_every_line_of_muscle_relaxation_is_heard_in_step_at_every_length(page: Page, size: Size) -> None:
    steps = steps_of("pmr", size)
    listen(page)
    begin(page, f"/practice/pmr/?size={int(size)}")
    leads(page)
    late = lateness(page, begins_of(steps))
    print({"size": int(size), "lines": len(late), "latest": round(max(late), 3)})  # noqa: T201
    assert max(late) <= IN_STEP
    assert page.evaluate("said") == []
    assert page.evaluate("tones") == 0


def test_in_spanish_too(page: Page) -> None:
    steps = steps_of("pmr")
    listen(page, speaker="alex")
    begin(page, "/es/practice/pmr/?size=4", "Empezar")
    leads(page)
    assert max(lateness(page, begins_of(steps))) <= IN_STEP
    assert page.evaluate("said") == []
    until(page, "document.querySelector('guide-player').cues.own.name === 'alex'")
