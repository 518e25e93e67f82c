"""Staff hear each line, see which nobody has recorded, and bring a recording by a person, which is then heard."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import StaffAct
from coaching.voices.desk import count_silent, page_of, pages_of
from content.core.voices.names import name_of
from content.models import Guide, HumanRecording
from content.models.human_recording import digest_of_line
from tests.coaching.shell_makers import text
from tests.content.makers import a_reviewer, a_writer
from tests.voices import DORA, HEART, MICHAEL, an_mp3, write_voices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

FIST = "Make a soft fist with both hands."
SHOULDERS = "Let your shoulders sink, and sink a bit more."
KEY = digest_of_line(FIST)[:16]
LINE, PAGE = f"/admin/voices/en/pmr/{KEY}/", "/admin/voices/en/pmr/"
MAP = "/voices/en/heart/pmr.json"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.VOICES_FOLDER = tmp_path
    write_voices(tmp_path, {HEART: [FIST], DORA: ["Toma aire"]})
    return tmp_path


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(a_reviewer())
    return client


def brought(client: Client, sound: bytes, address: str = LINE) -> Any:
    return client.post(address, {"sound": SimpleUploadedFile("me.mp3", sound)}, follow=True)


def spoken(client: Client, address: str = MAP) -> dict[str, Any]:
    return client.get(address).json()["lines"]


def test_the_first_page_says_how_many_lines_nobody_has_recorded(reviewer: Client) -> None:
    silent = count_silent(timezone.now())
    assert silent > 300
    page = text(reviewer.get("/admin/"))
    assert 'href="/admin/voices/"' in page
    assert f"{silent} lines have no current recording" in " ".join(page.split())


def test_every_page_that_speaks_is_listed_with_its_lines(reviewer: Client) -> None:
    page = text(reviewer.get("/admin/voices/"))
    for what in ("help-now", "flare", "pmr", "imagery", "lesson-heat"):
        assert f'href="/admin/voices/en/{what}/"' in page
    assert 'href="/admin/voices/es/pmr/"' in page
    assert 'href="/admin/voices/es/lesson-heat/"' not in page
    assert "Recorded words were made by a machine" in page


def test_a_line_can_be_heard_by_each_voice_that_says_it(reviewer: Client, folder: Path) -> None:
    write_voices(folder, {HEART: [FIST], MICHAEL: [FIST]})
    heard = re.findall(r'<audio controls preload="none" src="([^"]+)"', text(reviewer.get(LINE)))
    assert heard == [f"/voices/files/{name_of(FIST, voice)}.mp3" for voice in (HEART, MICHAEL)]
    assert "Heart, made by a machine" in text(reviewer.get(PAGE))


def test_the_list_can_be_narrowed_to_lines_without_a_recording(reviewer: Client) -> None:
    assert FIST in text(reviewer.get(PAGE))
    narrowed = text(reviewer.get(f"{PAGE}?silent"))
    assert FIST not in narrowed
    assert SHOULDERS in narrowed


def test_a_recording_by_a_person_is_heard_in_the_place_of_every_voice(reviewer: Client) -> None:
    sound = an_mp3(3.0)
    assert "From now on this recording is heard" in text(brought(reviewer, sound))
    row = HumanRecording.objects.get()
    address, seconds = spoken(reviewer)[FIST]
    assert (address, seconds) == (f"/voices/files/{row.name}.mp3", row.seconds)
    assert spoken(reviewer, "/voices/en/michael/pmr.json")[FIST] == [address, seconds]
    answer = reviewer.get(address)
    assert (answer.content, answer.headers["Content-Type"]) == (sound, "audio/mpeg")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "A person" in text(reviewer.get(LINE))


def test_another_one_takes_its_place_and_what_is_taken_out_leaves_the_machines(reviewer: Client) -> None:
    brought(reviewer, an_mp3(3.0))
    brought(reviewer, an_mp3(2.0))
    assert HumanRecording.objects.count() == 1
    assert spoken(reviewer)[FIST][1] == pytest.approx(2.0, abs=0.2)
    assert "The recording is gone" in text(reviewer.post(f"{LINE}remove/", follow=True))
    assert spoken(reviewer)[FIST] == [f"/voices/files/{name_of(FIST, HEART)}.mp3", 1.0]


def test_what_staff_did_is_written_down(reviewer: Client) -> None:
    brought(reviewer, an_mp3(2.0))
    reviewer.post(f"{LINE}remove/")
    acts = StaffAct.objects.order_by("at").values_list("what", flat=True)
    assert [*acts][-2:] == [f"took {way} a recording of a spoken line by a person" for way in ("in", "out")]


@pytest.mark.parametrize(
    ("sound", "says"),
    [
        (an_mp3(2.0, loudness=-12), "Its loudness is -12."),
        (an_mp3(8.0), "the shortest step that says it has"),
        (b"no sound at all", "This is no MP3 that can be read"),
        (b"", "The submitted file is empty"),
        (b"\xff" * (1024 * 1024 + 9), "a recording may have 1 MB at most"),
    ],
    ids=["too loud", "too long", "no MP3", "empty", "too large"],
)
def test_a_file_that_does_not_fit_is_refused_and_loses_nothing(reviewer: Client, sound: bytes, says: str) -> None:
    brought(reviewer, an_mp3(2.0))
    before = spoken(reviewer)
    answer = brought(reviewer, sound)
    assert answer.status_code == 422
    assert says in text(answer)
    assert spoken(reviewer) == before


def test_a_recording_goes_with_its_words_and_comes_back_with_them(reviewer: Client) -> None:
    brought(reviewer, an_mp3(2.0))
    guide, steps = Guide.objects.get(slug="pmr"), Guide.objects.get(slug="pmr").steps
    guide.steps = [{**step, "words": step["words"].replace(FIST, "Two soft fists.")} for step in steps]
    guide.save()
    assert FIST not in spoken(reviewer)
    assert reviewer.get(LINE).status_code == 404
    guide.steps = steps
    guide.save()
    assert spoken(reviewer)[FIST][0] == f"/voices/files/{HumanRecording.objects.get().name}.mp3"


def test_a_step_that_became_shorter_takes_the_word_from_a_recording_that_is_too_long_now(reviewer: Client) -> None:
    brought(reviewer, an_mp3(5.0))
    guide = Guide.objects.get(slug="pmr")
    guide.steps = [{**step, "seconds": 3} if step["words"] == FIST else step for step in guide.steps]
    guide.save()
    assert spoken(reviewer)[FIST][0] == f"/voices/files/{name_of(FIST, HEART)}.mp3"
    assert "too long for its step now" in text(reviewer.get(LINE))


def test_a_writer_may_hear_and_not_bring(client: Client) -> None:
    client.force_login(a_writer())
    page = text(client.get(LINE))
    assert "<audio" in page
    assert "Use this recording" not in page
    brought(client, an_mp3(2.0))
    assert client.post(f"{LINE}remove/").status_code == 403
    assert not HumanRecording.objects.exists()


@pytest.mark.parametrize("address", ["/admin/voices/", PAGE, LINE])
def test_nobody_else_sees_any_of_it(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["fr/pmr/", "en/none/", "en/pmr/0123456789abcdef/"])
def test_what_there_is_not_is_not_found(reviewer: Client, address: str) -> None:
    assert reviewer.get(f"/admin/voices/{address}").status_code == 404


def test_the_pages_of_a_language_cost_a_few_questions_and_the_count_is_kept(django_assert_max_num_queries: Any) -> None:
    at = timezone.now()
    assert [len(page.lines) > 30 for page in pages_of("en", at) if page.what == "pmr"] == [True]
    with django_assert_max_num_queries(5):
        pages_of("en", at)
    count_silent(at)
    with django_assert_max_num_queries(3):
        count_silent(at)


def test_each_page_of_the_list_has_the_lines_that_its_player_asks_for() -> None:
    at = timezone.now()
    for language in ("en", "es"):
        for page in pages_of(language, at):
            alone = page_of(language, page.what, at)
            assert alone is not None and [face.line for face in alone.lines] == [face.line for face in page.lines]


def test_the_count_follows_what_is_brought(reviewer: Client) -> None:
    before = count_silent(timezone.now())
    brought(reviewer, an_mp3(2.0), LINE.replace(KEY, digest_of_line(SHOULDERS)[:16]))
    assert count_silent(timezone.now()) == before - 1
    HumanRecording.objects.all().delete()
    assert count_silent(timezone.now()) == before


def test_no_page_of_lines_speaks_of_one_seconds(reviewer: Client) -> None:
    page = reviewer.get("/admin/voices/en/breathing/")
    lines = re.findall(r'href="(/admin/voices/en/breathing/[^"]+/)"', text(page))
    pages = [text(page), *(text(reviewer.get(line)) for line in lines)]
    assert sum("1 second " in each or "1 second." in each for each in pages) > 1
    assert not [each for each in pages if re.search(r"\b1 seconds", each)]
