"""Recordings that no longer fit a guide as staff are writing it: the shortest step that says a line became shorter.

Readers hear such a line from the next voice that fits, or from the device; nothing is cut off. So this warns, and holds
nobody back. What lies in files is refused by `check_library` (`checking.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from coaching.languages import is_guide_said
from coaching.voices.lines import guide_lines
from coaching.voices.of_files import SpokenLine, joined
from content.core.voices.manifest import Voice
from content.core.voices.rules import is_too_long
from content.models import Guide, HumanRecording
from content.voices.recordings import Recorded, folder_now, manifest, recorded


@dataclass(frozen=True, kw_only=True)
class TooLong:
    """One recording of a line. `who` says it; `room` is the shortest time that a step leaves for it, in seconds."""

    language: str
    text: str
    who: str
    seconds: float
    room: int | None


def recordings_too_long(guide: Guide) -> tuple[TooLong, ...]:
    """With the changes that wait, in every language in which the guide is said."""
    written = Guide(slug=guide.slug)
    written.assign(guide.working_values())
    return tuple(one for code, name in settings.LANGUAGES for one in _in(code, name, written))


def _in(code: str, language: str, guide: Guide) -> Iterator[TooLong]:
    with override(code):
        lines = joined(guide_lines(guide)) if is_guide_said(guide) else ()
    humans = HumanRecording.objects.by_text(code, [line.text for line in lines])
    for line in lines:
        told = [(voice.says, one.recording.seconds) for voice, one in _recorded(line, code)]
        if human := humans.get(line.text):
            told.append(("A person", human.seconds))
        for who, seconds in told:
            if is_too_long(seconds, line.seconds):
                yield TooLong(language=language, text=line.text, who=who, seconds=seconds, room=line.seconds)


def _recorded(line: SpokenLine, language: str) -> Iterator[tuple[Voice, Recorded]]:
    for voice in manifest().voices_in(language):
        if one := recorded(line.text, voice, folder_now()):
            yield voice, one
