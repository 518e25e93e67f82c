"""What a player asks for: the voices of a language, and the recordings of the lines of one page by one voice.

Both are the same for everybody, and name only what is published, current and whole. A text that staff have changed is
not among the lines any more, and a recording that is longer than its step is left out: the device's own voice says
those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from coaching.help.buttons import WARMTH
from coaching.languages import is_guide_said
from coaching.plan.start_rules import rule_for_nobody
from coaching.voices.lines import FLARE, HELP, LETTING_GO, Line, flare_lines, guide_lines, help_lines, lesson_lines
from coaching.voices.of_files import SpokenLine, joined
from coaching.voices.player_words import player_words
from content.core.voices.manifest import Voice
from content.core.voices.rules import is_too_long
from content.models import Guide, HumanRecording, Lesson
from content.reading.variants import in_language
from content.voices.recordings import folder_now, manifest, recorded

LESSON = "lesson-"
Told = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Speakers:
    """The voices of one language, as the page of credits names them."""

    language: str
    names: tuple[str, ...]


def speakers() -> tuple[Speakers, ...]:
    names = dict(settings.LANGUAGES)
    told = manifest()
    return tuple(
        Speakers(language=names[language], names=tuple(voice.says for voice in told.voices_in(language)))
        for language in told.languages
        if language in names
    )


def voices_told(language: str) -> Told:
    """Those that can speak; the first is the usual one."""
    samples = {voice: _sample(voice) for voice in manifest().voices_in(language)}
    voices = [{"name": voice.name, "says": voice.says, "sample": sample} for voice, sample in samples.items() if sample]
    with override(language):
        words = player_words()
    return {"voices": voices, "default": voices[0]["name"] if voices else "", "words": words}


def _sample(voice: Voice) -> str:
    """The address of the longest line of Help now that it says, which any page may let somebody hear."""
    with override(voice.language):
        lines = sorted(help_lines(), key=lambda line: -len(line.text))
    every = (recorded(line.text, voice, folder_now()) for line in lines)
    return next((_address(one.name) for one in every if one), "")


def recordings_told(voice: Voice, what: str, at: datetime) -> Told | None:
    """None where there is no such page in the voice's language."""
    with override(voice.language):
        lines = lines_of(what, voice.language, at)
        # Here, as each line is put into its language when it is asked for.
        return None if lines is None else _recordings(joined(lines), voice)


def lines_of(what: str, language: str, at: datetime) -> Iterable[Line] | None:
    if what == HELP:
        return help_lines(left_out_with())
    if what == FLARE:
        return flare_lines(_guide(LETTING_GO, at), left_out_with())
    if what.startswith(LESSON):
        return _lines_of_lesson(what.removeprefix(LESSON), language, at)
    guide = _guide(what, at)
    return None if guide is None else guide_lines(guide)


def left_out_with() -> tuple[str, ...]:
    """All that somebody of whom nothing is known is told to leave the warm pack of Help now out with."""
    return rule_for_nobody(WARMTH).not_with


def _guide(slug: str, at: datetime) -> Guide | None:
    guide = Guide.objects.published(at).filter(slug=slug).first()
    return guide if guide and is_guide_said(guide) else None


def _lines_of_lesson(slug: str, language: str, at: datetime) -> Iterable[Line] | None:
    lesson = Lesson.objects.published(at).filter(slug=slug).first()
    shown = in_language(lesson, language, at) if lesson else None
    return lesson_lines(slug, shown.brief_html) if shown and shown.language == language else None


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What says a line: a file that ships with the library, or a recording that a person made."""

    name: str
    seconds: float
    bytes: int


def _recordings(lines: Sequence[SpokenLine], voice: Voice) -> Told:
    humans = HumanRecording.objects.by_text(voice.language, [line.text for line in lines])
    every = {line.text: _heard(line, voice, humans.get(line.text)) for line in lines}
    fitting = {text: one for text, one in every.items() if one}
    return {
        "lines": {text: [_address(one.name), one.seconds] for text, one in fitting.items()},
        "bytes": sum(one.bytes for one in fitting.values()),
    }


def _heard(line: SpokenLine, voice: Voice, human: HumanRecording | None) -> Heard | None:
    """A person's recording, else that of the voice; each only where its step leaves the time for it."""
    if human and not is_too_long(human.seconds, line.seconds):
        return Heard(name=human.name, seconds=human.seconds, bytes=human.size)
    one = recorded(line.text, voice, folder_now())
    if one is None or is_too_long(one.recording.seconds, line.seconds):
        return None
    return Heard(name=one.name, seconds=one.recording.seconds, bytes=one.recording.bytes)


def _address(name: str) -> str:
    return reverse("voice_file", args=[name])
