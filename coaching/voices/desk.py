"""What staff see of the spoken lines: of each page how many have a recording, and of each line who says it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from coaching.languages import is_guide_said
from coaching.voices.lines import FLARE, HELP, LETTING_GO, Line, flare_lines, guide_lines, help_lines, lesson_lines
from coaching.voices.maps import LESSON, left_out_with, lines_of
from coaching.voices.of_files import SpokenLine, joined
from content.core.voices.manifest import Voice
from content.core.voices.rules import is_too_long
from content.models import Guide, HumanRecording, Lesson, LessonVariant
from content.models.human_recording import digest_of_line
from content.reading.stamp import library_stamp
from content.voices.recordings import Recorded, folder_now, manifest, recorded

MADE_BY_A_MACHINE = "Recorded words were made by a machine, unless it says here that a person speaks them."
OF_NO_ROW = {HELP: "Help now", FLARE: "Flare mode"}
"""The titles of pages that stand in no row of the library."""

Humans = Mapping[str, HumanRecording]
DIGITS = 16
"""Of the digest of a line, in an address of a page of lines."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One line by one voice that ships with the library."""

    voice: Voice
    address: str
    seconds: float
    is_too_long: bool


@dataclass(frozen=True, kw_only=True)
class LineFace:
    language: str
    line: SpokenLine
    said: tuple[Said, ...]
    human: HumanRecording | None

    @property
    def key(self) -> str:
        return digest_of_line(self.line.text)[:DIGITS]

    @property
    def human_address(self) -> str:
        return reverse("voice_file", args=[self.human.name]) if self.human else ""

    @property
    def is_human_too_long(self) -> bool:
        return self.human is not None and is_too_long(self.human.seconds, self.line.seconds)

    @property
    def is_silent(self) -> bool:
        """Whether nothing current and fitting says it, so that the device's own voice has to."""
        has_human = self.human is not None and not self.is_human_too_long
        return not has_human and not any(not said.is_too_long for said in self.said)


@dataclass(frozen=True, kw_only=True)
class PageFace:
    """The lines of one page that speaks, in one language."""

    language: str
    what: str
    title: str
    lines: tuple[LineFace, ...]

    @cached_property
    def silent(self) -> tuple[LineFace, ...]:
        return tuple(line for line in self.lines if line.is_silent)


def pages_of(language: str, at: datetime) -> tuple[PageFace, ...]:
    """Every page that speaks in this language: a few queries, however many there are."""
    with override(language):
        told = {what: (title, joined(lines)) for what, title, lines in _every_page(language, at)}
    texts = {line.text for _title, lines in told.values() for line in lines}
    humans = HumanRecording.objects.by_text(language, texts)
    return tuple(_page(language, what, title, lines, humans) for what, (title, lines) in told.items())


def page_of(language: str, what: str, at: datetime) -> PageFace | None:
    with override(language):
        lines = lines_of(what, language, at)
        told = None if lines is None else joined(lines)
    if told is None:
        return None
    humans = HumanRecording.objects.by_text(language, [line.text for line in told])
    return _page(language, what, _title_of(language, what, at), told, humans)


def _title_of(language: str, what: str, at: datetime) -> str:
    """Of a page that is there."""
    if what in OF_NO_ROW:
        return OF_NO_ROW[what]
    if what.startswith(LESSON):
        titles = {slug: title for slug, title, _html in _lessons(language, at)}
        return f"Lesson: {titles[what.removeprefix(LESSON)]}"
    return Guide.objects.get(slug=what).title


def _page(language: str, what: str, title: str, lines: Iterable[SpokenLine], humans: Humans) -> PageFace:
    faces = tuple(
        LineFace(language=language, line=line, said=tuple(_said(line, language)), human=humans.get(line.text))
        for line in lines
    )
    return PageFace(language=language, what=what, title=title, lines=faces)


def line_of(language: str, what: str, key: str, at: datetime) -> LineFace | None:
    page = page_of(language, what, at)
    return next((line for line in page.lines if line.key == key), None) if page else None


def count_silent(at: datetime) -> int:
    """Lines of all languages, each once, that only a device's own voice says. Counted anew when something changed."""
    return _count((library_stamp(at), manifest()), at)


_counted: list[tuple[tuple, int]] = []
"""What was counted last, and of which state of the library."""


def _count(stamp: tuple, at: datetime) -> int:
    if not _counted or _counted[0][0] != stamp:
        pages = (page for language, _name in settings.LANGUAGES for page in pages_of(language, at))
        silent = {(page.language, line.line.text) for page in pages for line in page.silent}
        _counted[:] = [(stamp, len(silent))]
    return _counted[0][1]


def _every_page(language: str, at: datetime) -> Iterator[tuple[str, str, Iterable[Line]]]:
    guides = {guide.slug: guide for guide in Guide.objects.published(at).defer("loaded") if is_guide_said(guide)}
    without_warmth = left_out_with()
    yield HELP, OF_NO_ROW[HELP], help_lines(without_warmth)
    yield FLARE, OF_NO_ROW[FLARE], flare_lines(guides.get(LETTING_GO), without_warmth)
    yield from ((slug, guide.title, guide_lines(guide)) for slug, guide in guides.items())
    for slug, title, html in _lessons(language, at):
        yield f"{LESSON}{slug}", f"Lesson: {title}", lesson_lines(slug, html)


def _lessons(language: str, at: datetime) -> Iterable[tuple[str, str, str]]:
    """Of lessons that readers have in this language: name, title, and the one minute."""
    published = Lesson.objects.published(at)
    if language == Lesson.language:
        return published.values_list("slug", "title", "brief_html")
    variants = LessonVariant.objects.published(at).filter(language=language, lesson__in=published)
    return variants.values_list("lesson_id", "title", "brief_html")


def _said(line: SpokenLine, language: str) -> Iterator[Said]:
    for voice in manifest().voices_in(language):
        if one := recorded(line.text, voice, folder_now()):
            yield _by(voice, one, line)


def _by(voice: Voice, one: Recorded, line: SpokenLine) -> Said:
    return Said(
        voice=voice,
        address=reverse("voice_file", args=[one.name]),
        seconds=one.recording.seconds,
        is_too_long=is_too_long(one.recording.seconds, line.seconds),
    )
