"""What an authored text must keep before a reader sees it, as a list of findings.

An error stops publishing and the build; a warning is shown to the author. Bounds (evidence file, section 6):

- reading grade: error above 8, warning above 6, judged on stretches of at least 100 words;
- safety text: error above 5, judged on all of it together;
- words: 1 minute 110 to 240, 4 minutes 500 to 900, 12 minutes 1000 to 1900 more, a tip 110 to 240;
- every footnote names a known source, every link a known page, and no word is on the avoid list;
- steps of a guide add up to 60, 240 and 720 seconds, within 5 in 100; a ladder climbs (`ladders.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from content.core.demands import demand_faults
from content.core.files import ladders, step_rules
from content.core.signals import signal_faults
from content.core.steps import own_length_faults, read_steps
from content.core.texts import markup, readability, readability_es
from content.core.texts.wording import avoided_words
from content.core.vocabulary import Size, Skin
from content.core.ways import place_faults

GRADE_AT_MOST = 8.0
GRADE_AIM = 6.0
SAFETY_GRADE_AT_MOST = 5.0
EASE_AT_LEAST, EASE_AIM = 60, 70
"""Of the Spanish score; our own choice of bounds."""
STRETCH = 100
SUMMARY_AT_MOST = 180
LESSON_WORDS = {"brief": (110, 240), "body": (500, 900), "deeper": (1000, 1900)}
TIP_WORDS = (110, 240)
SECONDS_OF_SIZE = {Size.ONE: 60, Size.FOUR: 240, Size.TWELVE: 720}


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to look at, in one field; `line` counts from 1 inside the field's own text."""

    field: str
    message: str
    severity: Severity = Severity.ERROR
    line: int = 1
    is_hard: bool = False
    """True when the text would be broken for a reader, not merely hard to read; drafts are stopped by these too."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What footnotes and links may point to, and each guide's `skin` and `demands`. None where nobody can tell."""

    references: frozenset[str]
    paths: frozenset[str]
    pictures: frozenset[str] | None = None
    guides: Mapping[str, Mapping[str, Any]] | None = None


def lesson_findings(values: Mapping[str, Any], known: Known) -> list[Finding]:
    return [
        *_missing_parts(values),
        *_summary_findings(values),
        *(finding for name in LESSON_WORDS for finding in text_findings(name, values[name], known)),
        *(finding for name, bounds in LESSON_WORDS.items() for finding in length_findings(name, values[name], bounds)),
        *sources_present("body", values["body"]),
        *_small_texts(values),
    ]


def tip_findings(values: Mapping[str, Any], known: Known) -> list[Finding]:
    return [
        *_summary_findings(values),
        *text_findings("body", values["body"], known),
        *length_findings("body", values["body"], TIP_WORDS),
        *sources_present("body", values["body"]),
        *_wording_findings("title", values["title"]),
    ]


def guide_findings(values: Mapping[str, Any], _known: Known) -> list[Finding]:
    own = values.get("own_length", {})
    steps = " ".join(step.in_every_way for step in read_steps(values["steps"]))
    spoken = " ".join(own.values())
    return [
        *(Finding(field="demands", message=message) for message in demand_faults(values)),
        *_seconds_findings(values),
        *(Finding(field="steps", message=message) for message in place_faults(read_steps(values["steps"]))),
        *(finding for name in ("summary", "ready", "stop") for finding in _wording_findings(name, values[name])),
        *_wording_findings("steps", steps),
        *_grade_findings("steps", steps, 1),
        *(Finding(field="own_length", message=message) for message in own_length_faults(values["skin"], own)),
        *_wording_findings("own_length", spoken),
        *(_grade_findings("own_length", spoken, 1) if spoken else ()),
    ]


def variant_findings(values: Mapping[str, Any], known: Known) -> list[Finding]:
    """A lesson in another language: the same forms, sources and lengths, and its own measure of easy reading.

    The words to avoid are English, so a variant needs a careful reader of its own language the more.
    """
    texts = {name: values[name] for name in LESSON_WORDS}
    return [
        *_summary_findings(values),
        *(finding for name, source in texts.items() for finding in form_findings(name, source, known)),
        *(finding for name, source in texts.items() for finding in _ease_findings(name, source, values["language"])),
        *(
            finding
            for name, bounds in LESSON_WORDS.items()
            for finding in length_findings(name, values[name], bounds, readability_es.count)
        ),
        *sources_present("body", values["body"]),
    ]


def _ease_findings(field: str, source: str, language: str) -> Iterator[Finding]:
    if not language.startswith("es"):
        message = f"is not scored for easy reading: no formula here knows {language}"
        yield Finding(field=field, severity=Severity.WARNING, message=message)
        return
    for line, text in _stretches(source):
        ease = readability_es.ease_of(text)
        if ease < EASE_AT_LEAST:
            yield Finding(
                field=field, line=line, message=f"scores {ease:.0f} for easy reading; {EASE_AT_LEAST} at least"
            )
        elif ease < EASE_AIM:
            message = f"scores {ease:.0f} for easy reading; aim for {EASE_AIM}"
            yield Finding(field=field, line=line, severity=Severity.WARNING, message=message)


def technique_findings(values: Mapping[str, Any], _known: Known) -> list[Finding]:
    return [Finding(field=field, message=message, is_hard=True) for field, message in signal_faults(values)]


def ladder_findings(values: Mapping[str, Any], known: Known) -> list[Finding]:
    guide = (known.guides or {}).get(values["technique"])
    faults = (("rungs", fault) for fault in ladders.faults_in(values["rungs"], guide))
    return _in_rows(values, faults, "rungs", ladders.spoken(values["rungs"]))


def step_rule_findings(values: Mapping[str, Any], _known: Known) -> list[Finding]:
    return _in_rows(values, step_rules.faults_in(values), "words", values["words"])


def _in_rows(values: Mapping[str, Any], faults: Iterable[tuple[str, str]], field: str, spoken: str) -> list[Finding]:
    hard = [Finding(field=name, is_hard=True, message=fault) for name, fault in faults]
    said = (("title", values["title"]), ("basis", values["basis"]), (field, spoken))
    return [*hard, *(one for each in said for one in _wording_findings(*each)), *_grade_findings(field, spoken, 1)]


FINDINGS_OF = {
    "lesson": lesson_findings,
    "variant": variant_findings,
    "tip": tip_findings,
    "guide": guide_findings,
    "ladder": ladder_findings,
    "step_rule": step_rule_findings,
    "technique": technique_findings,
}


def text_findings(field: str, source: str, known: Known) -> list[Finding]:
    """All that can be wrong inside one Markdown text, but for its length."""
    return [*form_findings(field, source, known), *reading_findings(field, source)]


def form_findings(field: str, source: str, known: Known) -> list[Finding]:
    """What is broken or better said otherwise, in any language."""
    return [
        *_broken_findings(field, source, known),
        *_picture_findings(field, source, known),
        *(
            finding
            for passage in markup.passages(source)
            for line, text in ((passage.line, passage.heading), *passage.blocks)
            for finding in _wording_findings(field, text, line)
        ),
    ]


def reading_findings(field: str, source: str) -> list[Finding]:
    """How hard the text is to read; the formula is made for English."""
    return [finding for line, text in _stretches(source) for finding in _grade_findings(field, text, line)]


@dataclass(frozen=True, kw_only=True)
class SectionGrade:
    """How one section reads by itself. Below `STRETCH` words a grade jumps; those are judged with the next."""

    heading: str
    line: int
    words: int
    grade: float

    @property
    def is_rough(self) -> bool:
        return self.words < STRETCH


def section_grades(source: str) -> list[SectionGrade]:
    return [
        SectionGrade(
            heading=passage.heading,
            line=passage.line,
            words=readability.count(passage.text).words,
            grade=readability.grade_of(passage.text),
        )
        for passage in markup.passages(source)
        if passage.blocks
    ]


def length_findings(
    field: str, source: str, bounds: tuple[int, int], count: Callable[[str], readability.Counts] = readability.count
) -> Iterator[Finding]:
    low, high = bounds
    words = sum(count(passage.text).words for passage in markup.passages(source))
    if not low <= words <= high:
        yield Finding(field=field, message=f"has {words} words; it promises {low} to {high}")


def sources_present(field: str, source: str) -> Iterator[Finding]:
    if not markup.note_marks(source):
        yield Finding(field=field, message="names no source; add at least one [^key]")


def safety_findings(field: str, texts: Iterable[str]) -> Iterator[Finding]:
    """For texts of one kind that must be the plainest of all, judged together."""
    joined = " ".join(text if text.endswith((".", "?")) else f"{text}." for text in texts)
    if (grade := readability.grade_of(joined)) > SAFETY_GRADE_AT_MOST:
        yield Finding(field=field, message=f"reads at grade {grade:.1f} over all; safety text may be 5 at most")


def _broken_findings(field: str, source: str, known: Known) -> Iterator[Finding]:
    for mark in markup.refused_marks(source):
        yield Finding(field=field, line=mark.line, is_hard=True, message=f"holds {mark.what}, which is not allowed")
    for mark in markup.note_marks(source):
        if mark.what not in known.references:
            message = f"cites [^{mark.what}], which is no known reference"
            yield Finding(field=field, line=mark.line, is_hard=True, message=message)
    for mark in markup.link_marks(source):
        if mark.what.startswith("/") and _path(mark.what) not in known.paths:
            message = f"links to {mark.what}, which is no known page"
            yield Finding(field=field, line=mark.line, is_hard=True, message=message)


def _picture_findings(field: str, source: str, known: Known) -> Iterator[Finding]:
    for mark in markup.picture_marks(source):
        if known.pictures is not None and mark.what not in known.pictures:
            message = f"shows picture:{mark.what}, which is no known picture"
            yield Finding(field=field, line=mark.line, is_hard=True, message=message)
    for mark in markup.pictures_without_words(source):
        message = f"shows picture:{mark.what} without saying in words what it shows"
        yield Finding(field=field, line=mark.line, message=message)


def _path(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]


def _stretches(source: str) -> Iterator[tuple[int, str]]:
    """The running text cut at headings, short sections joined to the next, the last to the one before."""
    sections = [(passage.line, passage.text) for passage in markup.passages(source) if passage.blocks]
    stretches: list[tuple[int, str]] = []
    for line, text in sections:
        if stretches and readability.count(stretches[-1][1]).words < STRETCH:
            stretches[-1] = (stretches[-1][0], f"{stretches[-1][1]} {text}")
        else:
            stretches.append((line, text))
    if len(stretches) > 1 and readability.count(stretches[-1][1]).words < STRETCH:
        line, text = stretches.pop()
        stretches[-1] = (stretches[-1][0], f"{stretches[-1][1]} {text}")
    yield from stretches


def _grade_findings(field: str, text: str, line: int) -> Iterator[Finding]:
    grade = readability.grade_of(text)
    if grade > GRADE_AT_MOST:
        yield Finding(field=field, line=line, message=f"reads at grade {grade:.1f}; 8 at most")
    elif grade > GRADE_AIM:
        message = f"reads at grade {grade:.1f}; aim for 6"
        yield Finding(field=field, line=line, severity=Severity.WARNING, message=message)


def _wording_findings(field: str, text: str, line: int = 1) -> Iterator[Finding]:
    for words, instead in avoided_words(text):
        yield Finding(field=field, line=line, message=f'says "{words}"; say instead: {instead}')
    if "!" in text:
        yield Finding(field=field, line=line, severity=Severity.WARNING, message="has an exclamation mark")


def _summary_findings(values: Mapping[str, Any]) -> Iterator[Finding]:
    if (length := len(values["summary"])) > SUMMARY_AT_MOST:
        yield Finding(field="summary", message=f"has {length} signs; {SUMMARY_AT_MOST} at most")
    yield from _wording_findings("summary", values["summary"])


def _missing_parts(values: Mapping[str, Any]) -> Iterator[Finding]:
    wanted = {"check_question": "a check question", "task": "a home task", "reflection": "a reflection question"}
    for field, name in wanted.items():
        if not values[field]:
            yield Finding(field=field, severity=Severity.WARNING, message=f"has no {name.partition(' ')[2]}")
    if not values["course"] and not values["card"]:
        yield Finding(field="card", severity=Severity.WARNING, message="has no evidence card")


def _small_texts(values: Mapping[str, Any]) -> Iterator[Finding]:
    question = values["check_question"]
    answers = question.get("answers", [])
    texts = [
        ("title", values["title"]),
        ("task", values["task"].get("words", "")),
        ("reflection", values["reflection"]),
        # A wrong answer may hold a wrong phrase; what we say about it may not.
        *(("check_question", text) for text in [question.get("question", ""), *(a["feedback"] for a in answers)]),
    ]
    for field, text in texts:
        yield from _wording_findings(field, text)
    if answers and (right := sum(answer["right"] for answer in answers)) != 1:
        yield Finding(field="check_question", is_hard=True, message=f"has {right} right answers; it needs exactly one")


def _seconds_findings(values: Mapping[str, Any]) -> Iterator[Finding]:
    if values["skin"] == Skin.BREATH and not values["pattern"]:
        yield Finding(field="pattern", is_hard=True, message="a paced breath needs its pattern")
    if values["skin"] == Skin.BREATH and not values["steps"]:
        return
    steps = read_steps(values["steps"])
    for size, seconds in SECONDS_OF_SIZE.items():
        total = sum(step.seconds for step in steps if size.value in step.sizes)
        if not 0.95 * seconds <= total <= 1.05 * seconds:
            message = f"the steps of size {size.value} last {total} seconds; they should last {seconds}"
            yield Finding(field="steps", message=message)
