"""Every recording that ships is played back and measured: as loud as the others, never clipped, trimmed, in its step.

The first leg takes one recording in sixteen, the second all of them. How a recording is measured is shown here on
sounds that we make ourselves, so that a fault would be noticed.
"""

from io import BytesIO

import numpy as np
import pytest
import soundfile

from coaching.voices.checking import voice_faults, without_recording
from coaching.voices.of_files import SpokenLine, spoken_lines
from content.core.voices.manifest import Recording
from content.core.voices.names import key_of
from content.files.library import LIBRARY, read_library
from content.voices.recordings import manifest_in
from script.speaking.measuring import RATE, faults, loudness, measured

FOLDER = LIBRARY / "voices"
MANIFEST = manifest_in(FOLDER)
KEYS = sorted(MANIFEST.recordings)
MOST_BYTES_FOR_GUIDES = 6_000_000
MOST_BYTES = 40_000_000


# --- What is measured would be noticed ---------------------------------------------------


def tone(seconds: float, level: float = 0.12) -> np.ndarray:
    at = np.arange(int(seconds * RATE)) / RATE
    return level * np.sin(2 * np.pi * 440 * at)


def as_loud_as_others(sound: np.ndarray) -> np.ndarray:
    return sound * 10 ** ((-20 - loudness(sound)) / 20)


def mp3(sound: np.ndarray) -> bytes:
    made = BytesIO()
    soundfile.write(made, sound, RATE, format="MP3")
    return made.getvalue()


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE))


def test_a_sound_as_it_should_be_has_no_fault() -> None:
    assert faults(mp3(as_loud_as_others(tone(2)))) == []


def test_a_sound_shorter_than_a_window_of_the_meter_is_as_loud_as_the_same_for_longer() -> None:
    assert loudness(tone(0.2)) == pytest.approx(loudness(tone(3)), abs=0.3)
    assert faults(mp3(as_loud_as_others(tone(0.3)))) == []


@pytest.mark.parametrize(
    ("sound", "fault"),
    [
        (as_loud_as_others(tone(2)) * 1.4, "loudness is -17"),
        (as_loud_as_others(tone(2)) * 0.7, "loudness is -23"),
        (np.concatenate([silence(0.4), as_loud_as_others(tone(2))]), "begins with"),
        (np.concatenate([as_loud_as_others(tone(2)), silence(0.4)]), "ends with"),
        (np.concatenate([as_loud_as_others(tone(1)), silence(1.6), as_loud_as_others(tone(1))]), "is silent for"),
        (np.concatenate([tone(0.05, 0.99), as_loud_as_others(tone(9))]), "its true peak is"),
    ],
    ids=["loud", "soft", "late", "long after", "a pause", "a crack"],
)
def test_what_is_wrong_with_a_sound_is_named(sound: np.ndarray, fault: str) -> None:
    assert fault in "; ".join(faults(mp3(sound)))


def test_what_cannot_be_played_is_named() -> None:
    assert faults(b"no sound at all")[0].startswith("cannot be played")
    made = BytesIO()
    soundfile.write(made, np.stack([tone(1), tone(1)], axis=1), RATE, format="MP3")
    assert faults(made.getvalue()) == ["cannot be played: 24000 samples a second in 2 channels"]


# --- The recordings ----------------------------------------------------------------------


def wrong_with(key: str, listed: Recording) -> list[str]:
    path = FOLDER / f"{key}.mp3"
    if not path.is_file():
        return [f"{key}: is not there"]
    body = path.read_bytes()
    wrong = faults(body)
    if not wrong:
        measures = measured(body)
        differs = {
            f"is {len(body)} bytes": len(body) != listed.bytes,
            f"lasts {measures.seconds:.2f} seconds": abs(measures.seconds - listed.seconds) > 0.02,
            f"has {measures.loudness:.1f} LUFS": abs(measures.loudness - listed.loudness) > 0.15,
        }
        wrong = [f"{words}, and not what the list says" for words, is_so in differs.items() if is_so]
    return [f"{key}: {words}" for words in wrong]


def is_of_a_lesson(line: SpokenLine) -> bool:
    """Lessons may have lines that the device's own voice says; `check_library` names them."""
    return all(place.startswith("lesson ") for place in line.places)


def test_one_recording_in_sixteen_is_played_back_and_is_as_the_list_says() -> None:
    assert KEYS[::16]
    assert [fault for key in KEYS[::16] for fault in wrong_with(key, MANIFEST.recordings[key])] == []


@pytest.mark.long
def test_every_recording_is_played_back_and_is_as_the_list_says() -> None:
    assert [fault for key in KEYS for fault in wrong_with(key, MANIFEST.recordings[key])] == []


def test_no_file_lies_there_that_the_list_does_not_name() -> None:
    lying = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.mp3")}
    assert lying - set(KEYS) == set()


def test_both_languages_have_a_voice_and_it_says_every_line_of_the_guides_and_of_help_now() -> None:
    assert set(MANIFEST.languages) == {"en", "es"}
    silent = [
        f"{voice.key}: {line.text}"
        for voice, line in without_recording(read_library(LIBRARY), FOLDER)
        if not is_of_a_lesson(line)
    ]
    assert silent == []


def test_no_recording_is_longer_than_the_shortest_step_that_says_it() -> None:
    assert [str(fault) for fault in voice_faults(read_library(LIBRARY), FOLDER)] == []


def test_the_guides_of_a_voice_weigh_what_a_phone_can_carry() -> None:
    library = read_library(LIBRARY)
    weights = {
        voice.key: sum(
            MANIFEST.recordings[key_of(line.text, voice)].bytes
            for line in spoken_lines(library, voice.language)
            if not is_of_a_lesson(line)
        )
        for voice in MANIFEST.voices
    }
    assert weights.keys() >= {"en/heart", "es/dora"}
    assert max(weights.values()) <= MOST_BYTES_FOR_GUIDES, weights
    assert min(weights.values()) > 2_000_000, weights
    assert sum(one.bytes for one in MANIFEST.recordings.values()) <= MOST_BYTES
