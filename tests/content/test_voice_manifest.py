"""What a recording is called, and the list of recordings: read whole, or refused with the place of the fault."""

import json
from typing import Any

import pytest

from content.core.voices.manifest import ManifestError, Recording, Voice, read_manifest
from content.core.voices.names import key_of, name_of
from content.core.voices.rules import is_even, is_too_long

HEART = {"name": "heart", "language": "en", "says": "Heart", "settings": "a model; pace 0.85"}
DORA = {"name": "dora", "language": "es", "says": "Dora", "settings": "a model; pace 0.85"}
SOUND = {"seconds": 3.42, "bytes": 10234, "loudness": -20.1}
KEY = "en/heart/0123456789abcdef0123"
VOICE = Voice(**HEART)


def written(voices: Any = (HEART, DORA), recordings: Any = None) -> str:
    return json.dumps({"voices": voices, "recordings": {KEY: SOUND} if recordings is None else recordings})


def test_the_first_voice_of_a_language_stands_first_and_a_recording_is_named_by_its_file() -> None:
    manifest = read_manifest(written([HEART, {**HEART, "name": "michael"}, DORA]))
    assert [voice.name for voice in manifest.voices_in("en")] == ["heart", "michael"]
    assert manifest.languages == ("en", "es")
    assert manifest.voice("es", "dora") == Voice(**DORA)
    assert manifest.voice("es", "heart") is None
    assert manifest.recordings[KEY] == Recording(seconds=3.42, bytes=10234, loudness=-20.1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "must hold voices and recordings"),
        (json.dumps({"voices": []}), "must hold voices and recordings"),
        (written({}), "must list its voices"),
        (written([{**HEART, "says": ""}]), "voice 1: says must be a text"),
        (written([DORA, {**HEART, "name": "../up"}]), "voice 2: name must be"),
        (written([{**HEART, "language": "english"}]), "voice 1: language must be"),
        (written([{**HEART, "extra": "x"}]), "voice 1: must have"),
        (written([HEART, HEART]), "names the voice en/heart twice"),
        (written(recordings=[]), "must name its recordings"),
        (written(recordings={"en/heart/../../settings": SOUND}), "must be language, voice and 20 hex digits"),
        (written(recordings={"en/dora/0123456789abcdef0123": SOUND}), "of a voice in the list"),
        (written(recordings={KEY: {"seconds": 1}}), f"{KEY}: must have"),
        (written(recordings={KEY: SOUND | {"seconds": True}}), f"{KEY}: seconds must be a number"),
        (written(recordings={KEY: SOUND | {"seconds": 0}}), "seconds must be more than 0"),
        (written(recordings={KEY: SOUND | {"bytes": 1.5}}), "bytes must be a whole number"),
        (written(recordings={KEY: SOUND | {"loudness": "loud"}}), "loudness must be a number"),
        (written(recordings={KEY: SOUND}).replace("-20.1", "NaN"), "loudness must be a number"),
    ],
)
def test_a_list_with_a_fault_is_refused_and_says_where(text: str, message: str) -> None:
    with pytest.raises(ManifestError, match=message.replace("[", r"\[")):
        read_manifest(text)


def test_the_same_words_have_the_same_name_however_they_are_laid_out() -> None:
    assert name_of("Breathe  in.\n Now out. ", VOICE) == name_of("Breathe in. Now out.", VOICE)
    assert key_of("Breathe in.", VOICE) == f"en/heart/{name_of('Breathe in.', VOICE)}"
    assert len(name_of("Breathe in.", VOICE)) == 20


@pytest.mark.parametrize(
    "other",
    [{"name": "michael"}, {"language": "es"}, {"settings": "a model; pace 0.9"}],
    ids=["voice", "language", "settings"],
)
def test_another_voice_language_or_way_of_making_it_is_another_recording(other: dict[str, str]) -> None:
    assert name_of("Breathe in.", Voice(**HEART | other)) != name_of("Breathe in.", VOICE)
    assert name_of("Breathe on.", VOICE) != name_of("Breathe in.", VOICE)
    assert name_of("Breathe in.", Voice(**HEART | {"says": "Another name for it"})) == name_of("Breathe in.", VOICE)


@pytest.mark.parametrize(("seconds", "room", "is_so"), [(4.0, 4, False), (4.1, 4, True), (40.0, None, False)])
def test_a_line_ends_before_its_shortest_step_does(seconds: float, room: int | None, *, is_so: bool) -> None:
    assert is_too_long(seconds, room) is is_so


@pytest.mark.parametrize(("loudness", "is_so"), [(-20.9, True), (-19.1, True), (-21.1, False), (-18.9, False)])
def test_every_recording_is_as_loud_as_the_others(loudness: float, *, is_so: bool) -> None:
    assert is_even(loudness) is is_so
