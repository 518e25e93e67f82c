"""Whoever shortens a step in the admin is told which recordings are now too long for it, before readers are."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.voices.fitting import recordings_too_long
from coaching.voices.maps import recordings_told
from content.models import Guide, HumanRecording
from content.voices.human import keep
from content.voices.judging import sound_of
from tests.content.makers import a_writer
from tests.voices import DORA, HEART, an_mp3, write_voices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

FIST = "Make a soft fist with both hands."
TITLE = "Recordings that no longer fit"


@pytest.fixture(autouse=True)
def _voices(tmp_path: Path, settings: Any) -> None:
    settings.VOICES_FOLDER = tmp_path
    write_voices(tmp_path, {HEART: [FIST], DORA: ["Cierra los puños con suavidad."]}, seconds=3.5)


def shortened(seconds: int) -> Guide:
    """The guide with a change that waits: its steps of the fist take so long."""
    guide = Guide.objects.get(slug="pmr")
    steps = [step | ({"seconds": seconds} if step["words"] == FIST else {}) for step in guide.steps]
    guide.proposal = {"base": {"steps": guide.steps}, "values": {"steps": steps}}
    guide.proposal_status = "draft"
    guide.save(update_fields=["proposal", "proposal_status"])
    return guide


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(a_writer())
    return client


def page_of(client: Client, guide: Guide) -> str:
    return " ".join(unescape(client.get(f"/admin/content/guide/{guide.pk}/change/").content.decode()).split())


def test_a_step_that_was_shortened_is_named_with_its_line_and_seconds(writer: Client) -> None:
    page = page_of(writer, shortened(3))
    assert TITLE in page
    assert f"English, Heart:</strong> “{FIST}” takes 3.5 seconds, and its shortest step has 3." in page


def test_a_step_that_leaves_the_time_is_not(writer: Client) -> None:
    assert TITLE not in page_of(writer, shortened(4))
    assert TITLE not in page_of(writer, Guide.objects.get(slug="pmr"))


def test_readers_hear_the_published_words_until_the_change_is_theirs() -> None:
    guide = shortened(3)
    told = recordings_told(HEART, "pmr", timezone.now())
    assert told
    assert FIST in told["lines"]
    guide.assign(guide.proposal["values"])
    guide.save(update_fields=["steps"])
    told = recordings_told(HEART, "pmr", timezone.now())
    assert told
    assert FIST not in told["lines"]


def test_a_recording_by_a_person_is_looked_at_too() -> None:
    keep("en", FIST, *sound_of(an_mp3(3.3), None))
    assert HumanRecording.objects.count() == 1
    assert [one.who for one in recordings_too_long(shortened(3))] == ["Heart", "A person"]


def test_every_recording_that_ships_fits_its_guide(settings: Any) -> None:
    settings.VOICES_FOLDER = settings.BASE_DIR / "content" / "library" / "voices"
    assert [one for guide in Guide.objects.all() for one in recordings_too_long(guide)] == []
