"""The check of the library names each recording that does not fit, and each line that has none."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coaching.voices.checking import voice_faults, without_recording
from content.files.library import read_library
from tests.content.test_library_files import REFERENCE_FILE, a_library
from tests.voices import DORA, HEART, MICHAEL, write_list, write_voices

BRIEF = "Open your hands. Let the fingers fall where they like."
LIBRARY = read_library()


def silent(folder: Path) -> set[str]:
    return {f"{voice.key}: {line.text}" for voice, line in without_recording(LIBRARY, folder)}


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in voice_faults(LIBRARY, folder)]


def checked(folder: Path, *, quiet: bool = False) -> str:
    """Of a small library, which says only the lines of Help now, and lacks a course."""
    library = a_library(folder, references=REFERENCE_FILE)
    written = StringIO()
    with pytest.raises(CommandError):
        call_command("check_library", folder=library, quiet=quiet, stdout=written)
    return written.getvalue()


def test_a_line_without_a_recording_is_known_by_its_voice(tmp_path: Path) -> None:
    write_voices(tmp_path, {HEART: [BRIEF], DORA: ["Toma aire"]}, voices=[HEART, DORA])
    told = silent(tmp_path)
    assert {"en/heart: Breathe in", "es/dora: Bebe un sorbo de agua."} <= told
    assert not {f"en/heart: {BRIEF}", "es/dora: Toma aire"} & told


def test_a_file_that_is_cut_short_is_no_recording(tmp_path: Path) -> None:
    write_voices(tmp_path, {HEART: [BRIEF]}, voices=[HEART])
    next(tmp_path.rglob("*.mp3")).write_bytes(b"half")
    assert f"en/heart: {BRIEF}" in silent(tmp_path)


def test_a_recording_that_is_longer_than_its_step_is_refused_with_line_and_seconds(tmp_path: Path) -> None:
    write_voices(tmp_path, {MICHAEL: [BRIEF, "Breathe in"]}, seconds=24.2)
    fault = f'voices/en/michael: "{BRIEF}" (pmr, 4 minutes, pmr, 12 minutes): '
    assert fault + "it is spoken for 24.2 seconds, and its shortest step has 24" in faults(tmp_path)
    assert len(faults(tmp_path)) == 2
    write_voices(tmp_path, {MICHAEL: [BRIEF]}, seconds=24.0)
    assert faults(tmp_path) == []


def test_a_recording_that_is_louder_than_the_others_is_refused(tmp_path: Path) -> None:
    write_voices(tmp_path, {HEART: [BRIEF]}, loudness=-17.5)
    assert [fault.rpartition(": ")[2] for fault in faults(tmp_path)] == ["its loudness is -17.5 LUFS, not -20 within 1"]


def test_the_check_counts_a_recording_that_does_not_fit_as_an_error_and_a_missing_one_not(tmp_path: Path) -> None:
    write_voices(tmp_path / "voices", {HEART: ["Breathe in"]}, voices=[HEART], seconds=3.5)
    told = checked(tmp_path)
    assert "it is spoken for 3.5 seconds, and its shortest step has 3" in told
    assert "voices/en/heart: Breathe out, slowly: has no recording, so the device's own voice says it" in told
    assert "has no recording" not in checked(tmp_path, quiet=True)


def test_a_list_that_cannot_be_read_is_an_error_and_says_why(tmp_path: Path) -> None:
    write_list(tmp_path / "voices", [{"name": "heart"}], {})
    assert "voices/manifest.json: voice 1: must have" in checked(tmp_path, quiet=True)


def test_a_library_without_voices_is_whole(tmp_path: Path) -> None:
    assert "voice" not in checked(tmp_path)
