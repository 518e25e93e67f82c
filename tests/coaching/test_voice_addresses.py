"""What a player asks for to speak: only what is published, current and whole, the same for everybody."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from coaching.help.flare import COOKIE
from coaching.voices.lines import guide_lines, help_lines
from content.core.voices.manifest import Voice
from content.core.voices.names import name_of
from content.editing.previews import preview_link
from content.editing.saving import edit
from content.models import Guide, Lesson
from tests.content.makers import NOW, a_writer
from tests.voices import DORA, HEART, MICHAEL, write_voices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PMR, BREATH = "/voices/en/heart/pmr.json", "/voices/en/heart/breathing.json"
FIST = "Make a soft fist with both hands."


def lines_of(slug: str, language: str = "en") -> list[str]:
    with override(language):
        return [line.text for line in guide_lines(Guide.objects.get(slug=slug))]


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.VOICES_FOLDER = tmp_path
    with override("es"):
        spanish = [line.text for line in help_lines()]
    write_voices(tmp_path, {HEART: [*lines_of("pmr"), "Breathe in", "Try it now."], DORA: spanish})
    return tmp_path


def told(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    return answer.json()


def who_speaks(client: Client) -> tuple[list[dict[str, str]], str]:
    answer = told(client, "/voices/en/")
    return answer["voices"], answer["default"]


def address_of(text: str, voice: Voice = HEART) -> str:
    return f"/voices/files/{name_of(text, voice)}.mp3"


def test_a_language_tells_who_speaks_it_and_lets_each_be_heard(client: Client, folder: Path) -> None:
    spanish = told(client, "/voices/es/")
    assert (spanish["default"], [voice["name"] for voice in spanish["voices"]]) == ("dora", ["dora"])
    sample = client.get(spanish["voices"][0]["sample"])
    assert sample.content.decode().startswith("es/dora says ")
    assert client.get("/voices/fr/").status_code == 404


def test_a_voice_that_says_nothing_yet_is_not_offered(client: Client, folder: Path) -> None:
    assert [voice["name"] for voice in told(client, "/voices/en/")["voices"]] == ["heart"]
    write_voices(folder, {DORA: ["Toma aire"]})
    assert who_speaks(client) == ([], "")


def test_the_dials_of_a_voice_are_in_its_language(client: Client, folder: Path) -> None:
    words = {language: told(client, f"/voices/{language}/")["words"] for language in ("en", "es")}
    assert words["en"]["hear"] == "Hear it"
    assert words["en"].keys() == words["es"].keys()
    assert not [name for name, said in words["en"].items() if words["es"][name] == said]


def test_a_guide_tells_where_each_of_its_lines_lies_and_how_long_it_takes(client: Client, folder: Path) -> None:
    answer = told(client, PMR)
    assert [*answer["lines"]] == list(dict.fromkeys(lines_of("pmr")))
    assert answer["lines"][FIST] == [address_of(FIST), 1.0]
    assert answer["bytes"] == sum(len(client.get(address).content) for address, _ in answer["lines"].values())


def test_what_has_no_recording_is_not_there(client: Client, folder: Path) -> None:
    assert [*told(client, BREATH)["lines"]] == ["Breathe in"]
    assert told(client, "/voices/en/michael/pmr.json") == {"lines": {}, "bytes": 0}


@pytest.mark.parametrize("body", [b"", b"half a file"], ids=["empty", "cut short"])
def test_a_broken_file_is_left_out_and_not_handed_out(client: Client, folder: Path, body: bytes) -> None:
    (folder / f"en/heart/{name_of(FIST, HEART)}.mp3").write_bytes(body)
    assert FIST not in told(client, PMR)["lines"]
    assert client.get(address_of(FIST)).status_code == 404


def test_a_missing_file_is_left_out_and_is_not_found(client: Client, folder: Path) -> None:
    (folder / f"en/heart/{name_of(FIST, HEART)}.mp3").unlink()
    assert FIST not in told(client, PMR)["lines"]
    assert client.get(address_of(FIST)).status_code == 404


@pytest.mark.parametrize("name", ["no", "manifest", "0" * 20, "0" * 64, "..", "%2e%2e"])
def test_no_other_file_is_handed_out(client: Client, folder: Path, name: str) -> None:
    assert client.get(f"/voices/files/{name}.mp3").status_code == 404


def test_a_recording_that_is_longer_than_its_step_is_left_to_the_device(client: Client, folder: Path) -> None:
    write_voices(folder, {HEART: lines_of("pmr")}, seconds=6.5)
    lines = told(client, PMR)["lines"]
    assert "Sit or lie down. Breathe as you like." in lines
    assert FIST not in lines


def test_help_now_and_flare_mode_have_their_lines_in_each_language(client: Client, folder: Path) -> None:
    spanish = told(client, "/voices/es/dora/help-now.json")["lines"]
    assert spanish["Toma aire"] == [address_of("Toma aire", DORA), 1.0]
    flare = told(client, "/voices/en/heart/flare.json")["lines"]
    assert {"Breathe in", "Nothing gets tight today. You only let go, part by part."} <= flare.keys()
    assert FIST not in flare


def test_the_one_minute_of_a_lesson_has_its_sentences(client: Client, folder: Path) -> None:
    lessons = [
        slug
        for slug in ("breathing", "heat")
        if "Try it now." in told(client, f"/voices/en/heart/lesson-{slug}.json")["lines"]
    ]
    assert lessons == ["breathing", "heat"]
    assert client.get("/voices/es/dora/lesson-breathing.json").status_code == 200
    assert client.get("/voices/es/dora/lesson-heat.json").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/voices/en/nobody/pmr.json",
        "/voices/es/heart/pmr.json",
        "/voices/fr/heart/pmr.json",
        "/voices/en/heart/no.json",
    ],
)
def test_who_or_what_there_is_not_is_not_found(client: Client, folder: Path, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("list_of_voices", [b"{", b"\xff\xfe", b"[]"])
def test_a_list_that_cannot_be_read_breaks_no_page(client: Client, folder: Path, list_of_voices: bytes) -> None:
    (folder / "manifest.json").write_bytes(list_of_voices)
    assert who_speaks(client) == ([], "")
    assert client.get(PMR).status_code == client.get(address_of(FIST)).status_code == 404
    assert client.get("/practice/pmr/").status_code == 200


def test_a_site_without_recordings_has_no_voices_and_all_its_pages(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.VOICES_FOLDER = tmp_path / "none"
    assert who_speaks(client) == ([], "")
    assert client.get("/practice/pmr/").status_code == 200


def test_a_text_that_staff_changed_is_no_line_any_more_once_it_is_published(client: Client, folder: Path) -> None:
    guide = Guide.objects.get(slug="pmr")
    for step in guide.steps:
        step["words"] = step["words"].replace(FIST, "Make two soft fists.")
    guide.save()
    lines = told(client, PMR)["lines"]
    assert FIST not in lines
    assert "Make two soft fists." not in lines
    write_voices(folder, {HEART: ["Make two soft fists."]})
    assert [*told(client, PMR)["lines"]] == ["Make two soft fists."]


def test_what_no_reader_sees_yet_is_told_to_nobody(client: Client, folder: Path) -> None:
    """Neither a change that waits, nor a guide that is not published: not even to whoever holds its preview."""
    secret = "A word that nobody has published."
    write_voices(folder, {HEART: [secret, FIST]})
    guide = Guide.objects.get(slug="pmr")
    steps = [{**step, "words": step["words"].replace(FIST, secret)} for step in guide.steps]
    edit(guide, {"steps": steps}, by=a_writer(), at=NOW)
    assert secret in client.get(preview_link(guide)).content.decode()
    assert [*told(client, PMR)["lines"]] == [FIST]
    Guide.objects.filter(pk=guide.pk).update(status="draft", publish_at=None)
    assert client.get(PMR).status_code == 404


def test_a_recording_is_kept_for_ever_and_says_what_it_is(client: Client, folder: Path) -> None:
    answer = client.get(address_of(FIST), headers={"Accept-Encoding": "gzip"})
    assert answer.content == f"en/heart says {FIST}".encode()
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert client.head(address_of(FIST)).status_code == 200
    assert client.post(address_of(FIST)).status_code == 405


def test_flare_mode_asks_for_no_recording_twice(client: Client, folder: Path) -> None:
    client.cookies[COOKIE] = "on"
    assert "no-store" not in client.get(address_of(FIST)).headers["Cache-Control"]
    assert "no-store" in client.get("/practice/pmr/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "part", "where"),
    [
        ("bytes=0-1", b"en", "bytes 0-1/"),
        ("bytes=3-7", b"heart", "bytes 3-7/"),
        ("bytes=-6", b"hands.", ""),
        ("bytes=0-999999", None, "bytes 0-"),
    ],
)
def test_a_player_may_ask_piece_by_piece(client: Client, folder: Path, asked: str, part: bytes, where: str) -> None:
    whole = client.get(address_of(FIST)).content
    answer = client.get(address_of(FIST), headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == (whole if part is None else part)
    assert answer.headers["Content-Range"].startswith(where)
    assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")


@pytest.mark.parametrize(("asked", "status"), [("bytes=999-", 416), ("bytes=5-2", 416), ("bytes=-", 200), ("x", 200)])
def test_a_piece_that_there_is_not_is_refused(client: Client, folder: Path, asked: str, status: int) -> None:
    assert client.get(address_of(FIST), headers={"Range": asked}).status_code == status


def test_a_recording_costs_no_question_and_a_page_of_lines_few(
    client: Client, folder: Path, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get(address_of(FIST))
    with django_assert_max_num_queries(3):
        client.get(PMR)


def test_a_lesson_that_is_not_published_has_no_lines(client: Client, folder: Path) -> None:
    Lesson.objects.filter(slug="heat").update(status="draft", publish_at=None)
    assert client.get("/voices/en/heart/lesson-heat.json").status_code == 404


@pytest.mark.parametrize(
    ("path", "told"), [("/about/", "A machine made the recordings."), ("/es/about/", "una máquina")]
)
def test_the_page_of_credits_names_every_voice_and_says_that_a_machine_made_it(
    client: Client, folder: Path, path: str, told: str
) -> None:
    page = " ".join(client.get(path).content.decode().split())
    assert told in page
    for name in (HEART.says, MICHAEL.says, DORA.says, "Kokoro-82M"):
        assert name in page


def test_a_site_without_voices_credits_none(client: Client, tmp_path: Path, settings: Any) -> None:
    settings.VOICES_FOLDER = tmp_path / "none"
    assert "A machine made" not in client.get("/about/").content.decode()
