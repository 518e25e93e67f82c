"""A recording that staff bring is taken as it sounds, or refused with what was measured."""

from io import BytesIO
from math import pi, radians, sin

import pytest
import soundfile

from content.core.voices.loudness import SILENT, loudness_of
from content.core.voices.rules import Measured, ends_of, faults_of
from content.core.voices.true_peak import true_peak_of
from content.files.library import LIBRARY
from content.voices.judging import BYTES_AT_MOST, NO_MP3, SoundError, sound_of, without_tags
from script.speaking import measuring
from tests.voices import an_mp3

GOOD = Measured(seconds=4.0, loudness=-20.4, peak=-3.0, before=0.05, after=0.1)
FIELDS = {name: getattr(GOOD, name) for name in GOOD.__dataclass_fields__}


def tone(loudness: float, seconds: float = 2.0, rate: int = 24_000, pitch: float = 997.0) -> list[float]:
    height = 10 ** ((loudness + 3.01) / 20)
    return [height * sin(2 * pi * pitch * at / rate) for at in range(int(seconds * rate))]


@pytest.mark.parametrize("rate", [24_000, 48_000])
@pytest.mark.parametrize("loudness", [-30.0, -20.0, -12.0])
def test_a_tone_is_as_loud_as_the_recommendation_says(loudness: float, rate: int) -> None:
    assert loudness_of(tone(loudness, 1.0, rate), rate) == pytest.approx(loudness, abs=0.1)


def test_silence_between_words_does_not_make_them_softer() -> None:
    paused = [*tone(-20), *([0.0] * 96_000), *tone(-20)]
    assert loudness_of(paused, 24_000) == pytest.approx(-20, abs=0.4)


def test_what_is_far_softer_than_the_rest_does_not_count() -> None:
    assert loudness_of([*tone(-20, 4.0), *tone(-45, 4.0)], 24_000) == pytest.approx(-20, abs=0.4)


def test_low_rumble_counts_less_than_a_voice_and_nothing_is_silent() -> None:
    assert loudness_of(tone(-20, pitch=30), 24_000) < -26
    assert loudness_of([0.0] * 24_000, 24_000) == loudness_of([], 24_000) == SILENT


def test_a_word_shorter_than_a_block_is_measured_too() -> None:
    assert loudness_of(tone(-20, 0.3), 24_000) == pytest.approx(-20, abs=0.3)


def test_silence_at_the_ends_is_as_long_as_it_is() -> None:
    samples = [*([0.0] * 2400), 0.5, -0.9, *([0.001] * 1200)]
    assert ends_of(samples, 24_000) == (0.1, 0.05)
    assert ends_of([0.0] * 2400, 24_000)[0] == 0.1


@pytest.mark.parametrize("turn", [0, 45, 90])
def test_what_rises_between_two_samples_is_heard_and_counts(turn: float) -> None:
    """A tone of a quarter of the rate, whose samples may all lie 3 dB below its top (EBU Tech 3341, cases 15 to 17)."""
    samples = [0.5 * sin(pi * at / 2 + radians(turn)) for at in range(2400)]
    assert true_peak_of(samples) == pytest.approx(-6.0, abs=0.4)


def test_the_true_peak_is_that_of_the_tools_that_make_recordings() -> None:
    body = next((LIBRARY / "voices").rglob("*.mp3")).read_bytes()
    samples, _rate = soundfile.read(BytesIO(body), dtype="float64")
    assert true_peak_of(samples.tolist()) == pytest.approx(measuring.peak(samples), abs=0.2)


def test_nothing_is_no_peak_and_one_sample_is_one() -> None:
    assert true_peak_of([]) == true_peak_of([0.0] * 100) == float("-inf")
    assert true_peak_of([0.5]) == pytest.approx(-6.0, abs=0.1)


def test_a_recording_that_fits_has_no_fault() -> None:
    assert list(faults_of(GOOD, 4)) == list(faults_of(GOOD, None)) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"seconds": 4.1}, "It takes 4.1 seconds, and the shortest step that says it has 4."),
        ({"seconds": 0.1}, "It takes 0.1 seconds; a line takes 0.2 to 30."),
        ({"loudness": -17.3}, "Its loudness is -17.3 LUFS; it must be -20, at most 1 more or less."),
        ({"loudness": -22.2}, "Its loudness is -22.2 LUFS; it must be -20, at most 1 more or less."),
        ({"peak": -0.4}, "Its true peak is -0.4 dBTP, so it may be cut off; -1 is the most."),
        ({"before": 0.8}, "It begins with 0.8 seconds of silence; 0.5 is the most."),
        ({"after": 0.8}, "It ends with 0.8 seconds of silence; 0.5 is the most."),
    ],
)
def test_a_recording_that_does_not_fit_says_what_was_measured(changed: dict[str, float], message: str) -> None:
    assert list(faults_of(Measured(**{**FIELDS, **changed}), 4)) == [message]


@pytest.mark.parametrize("channels", [1, 2])
def test_an_mp3_of_one_or_two_channels_is_measured_as_it_will_sound(channels: int) -> None:
    sound, measured = sound_of(an_mp3(2.0, channels=channels), 4)
    assert sound[0] == 0xFF
    assert measured.loudness == pytest.approx(-20, abs=0.3)
    assert measured.seconds == pytest.approx(2.0, abs=0.2)


def refused(upload: bytes, room: int | None = None) -> str:
    with pytest.raises(SoundError) as error:
        sound_of(upload, room)
    return str(error.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    told = refused(an_mp3(3.0, loudness=-14.0), 2)
    assert "the shortest step that says it has 2." in told
    assert "Its loudness is -14." in told


def test_what_is_cut_off_in_one_channel_alone_is_refused() -> None:
    """Mixed with the other it would look whole."""
    told = refused(an_mp3(2.0, loudness=-3.5, channels=2, silent_channel=1))
    assert "Its true peak is" in told


@pytest.mark.parametrize(
    "upload",
    [b"", b"ID3", b"RIFF" + b"\0" * 400, b"OggS" + b"\0" * 400, b"\xff\xfb" + b"\0" * 4000, b"\xff" * 4000, b"words"],
    ids=["nothing", "a tag", "wav", "ogg", "no frames", "all ones", "text"],
)
def test_what_is_no_mp3_is_refused_in_plain_words(upload: bytes) -> None:
    assert refused(upload) == NO_MP3


def test_a_file_that_is_too_large_is_not_even_opened() -> None:
    assert refused(b"x" * (BYTES_AT_MOST + 1)).startswith("This file has 1.0 MB")


def test_minutes_of_sound_in_a_small_file_are_refused_before_they_are_unpacked() -> None:
    assert refused(an_mp3(64.0)).startswith("It takes 64 seconds")


def test_what_a_file_says_of_its_maker_is_taken_out() -> None:
    sound = an_mp3(1.0)
    before = b"ID3\x04\x00\x00\x00\x00\x00\x0bA name here"
    after = b"TAG" + b"Somebody".ljust(125, b"\0")
    assert without_tags(before + sound + after) == without_tags(sound) == sound
    assert b"name" not in sound_of(before + sound + after, None)[0]
