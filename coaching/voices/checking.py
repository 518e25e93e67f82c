"""What is wrong with the recordings of a library, line by line: spoken for too long, or not as loud as the others.

A recording of words that nobody says any more is no fault here: `script/speak` takes it out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coaching.voices.of_files import SpokenLine, spoken_lines
from content.core.voices.manifest import Manifest, Voice
from content.core.voices.names import key_of
from content.core.voices.rules import LOUDNESS, LOUDNESS_WITHIN, is_even, is_too_long
from content.files.library import Library
from content.voices.recordings import manifest_in, recorded


@dataclass(frozen=True, kw_only=True)
class VoiceFault:
    voice: Voice
    line: SpokenLine
    message: str

    def __str__(self) -> str:
        return f'voices/{self.voice.key}: "{self.line.text}" ({", ".join(self.line.places[:3])}): {self.message}'


def voice_faults(library: Library, folder: Path) -> Iterator[VoiceFault]:
    """Of every recording of a line that is spoken."""
    manifest = manifest_in(folder)
    for language in manifest.languages:
        for line in spoken_lines(library, language):
            for voice in manifest.voices_in(language):
                for message in _messages(line, voice, manifest):
                    yield VoiceFault(voice=voice, line=line, message=message)


def _messages(line: SpokenLine, voice: Voice, manifest: Manifest) -> Iterator[str]:
    recording = manifest.recordings.get(key_of(line.text, voice))
    if recording is None:
        return
    if is_too_long(recording.seconds, line.seconds):
        yield f"it is spoken for {recording.seconds:.1f} seconds, and its shortest step has {line.seconds}"
    if not is_even(recording.loudness):
        yield f"its loudness is {recording.loudness:.1f} LUFS, not {LOUDNESS:.0f} within {LOUDNESS_WITHIN:.0f}"


def without_recording(library: Library, folder: Path) -> Iterator[tuple[Voice, SpokenLine]]:
    """Lines that no current and whole file says."""
    manifest = manifest_in(folder)
    for language in manifest.languages:
        for line in spoken_lines(library, language):
            for voice in manifest.voices_in(language):
                if recorded(line.text, voice, folder) is None:
                    yield voice, line
