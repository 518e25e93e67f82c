"""What a player asks for: the voices of a language, and the recordings of the lines of one page by one voice.

Both are the same for everybody, and name only what is published, current and whole. A text that staff have changed is
not among the lines any more, and a recording that is longer than its step is left out: the device's own voice says
those.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from coaching.languages import is_guide_said
from coaching.voices.lines import FLARE, HELP, LETTING_GO, Line, flare_lines, guide_lines, help_lines, lesson_lines
from coaching.voices.of_files import SpokenLine, joined
from content.core.voices.manifest import Voice
from content.core.voices.rules import is_too_long
from content.models import Guide, Lesson
from content.reading.variants import in_language
from content.voices.recordings import Recorded, folder_now, manifest, recorded

LESSON = "lesson-"
Told = dict[str, Any]


def voices_told(language: str) -> Told:
    """Those that can speak; the first is the usual one."""
    samples = {voice: _sample(voice) for voice in manifest().voices_in(language)}
    voices = [{"name": voice.name, "says": voice.says, "sample": sample} for voice, sample in samples.items() if sample]
    return {"voices": voices, "default": voices[0]["name"] if voices else ""}


def _sample(voice: Voice) -> str:
    """The address of the longest line of Help now that it says, which any page may let somebody hear."""
    with override(voice.language):
        lines = sorted(help_lines(), key=lambda line: -len(line.text))
    every = (recorded(line.text, voice, folder_now()) for line in lines)
    return next((_address(one) for one in every if one), "")


def recordings_told(voice: Voice, what: str, at: datetime) -> Told | None:
    """None where there is no such page in the voice's language."""
    with override(voice.language):
        lines = lines_of(what, voice.language, at)
        # Here, as each line is put into its language when it is asked for.
        return None if lines is None else _recordings(joined(lines), voice)


def lines_of(what: str, language: str, at: datetime) -> Iterable[Line] | None:
    if what == HELP:
        return help_lines()
    if what == FLARE:
        return flare_lines(_guide(LETTING_GO, at))
    if what.startswith(LESSON):
        return _lines_of_lesson(what.removeprefix(LESSON), language, at)
    guide = _guide(what, at)
    return None if guide is None else guide_lines(guide)


def _guide(slug: str, at: datetime) -> Guide | None:
    guide = Guide.objects.published(at).filter(slug=slug).first()
    return guide if guide and is_guide_said(guide) else None


def _lines_of_lesson(slug: str, language: str, at: datetime) -> Iterable[Line] | None:
    lesson = Lesson.objects.published(at).filter(slug=slug).first()
    shown = in_language(lesson, language, at) if lesson else None
    return lesson_lines(slug, shown.brief_html) if shown and shown.language == language else None


def _recordings(lines: Iterable[SpokenLine], voice: Voice) -> Told:
    folder = folder_now()
    every = {line: recorded(line.text, voice, folder) for line in lines}
    fitting = {
        line.text: one for line, one in every.items() if one and not is_too_long(one.recording.seconds, line.seconds)
    }
    return {
        "lines": {text: [_address(one), one.recording.seconds] for text, one in fitting.items()},
        "bytes": sum(one.recording.bytes for one in fitting.values()),
    }


def _address(one: Recorded) -> str:
    return reverse("voice_file", args=[one.name])
