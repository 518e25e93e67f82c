"""The checks of `content/core/texts/checks.py` over whole files, each finding with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.core.files.step_rules import faults_among
from content.core.texts.checks import FINDINGS_OF, Finding, Known, Severity, safety_findings
from content.core.texts.paths import paths_of
from content.core.texts.tips import follows
from content.files.library import FILE_NAMES_OF_FIELDS, ROWS, TABLES, Entry, Library
from content.files.truths import truth_findings

SAFETY_TEXTS = {"danger_sign": "question", "caution": "words", "demand_caution": "words", "condition": "help"}


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A finding in a file, printed as `file: line: field: message`."""

    file: str
    line: int
    finding: Finding

    @property
    def is_error(self) -> bool:
        return self.finding.severity is Severity.ERROR

    def __str__(self) -> str:
        field = FILE_NAMES_OF_FIELDS.get(self.finding.field, self.finding.field)
        return f"{self.file}: {self.line}: {field}: {self.finding.severity}: {self.finding.message}"


def check_library(library: Library, pictures: Iterable[str] = (), ladders: Iterable[str] = ()) -> list[Placed]:
    """Findings in every entry that has its shape; the others are faults of the file already.

    `pictures` and `ladders` name those that are known from elsewhere: where the files are to be loaded.
    """
    known = known_in(library, pictures)
    library = Library(entries=tuple(entry for entry in library.entries if not entry.faults))
    return [
        *(placed for entry in library.entries for placed in _entry_findings(entry, known)),
        *_safety_findings(library),
        *_course_findings(library),
        *_tip_findings(library),
        *_technique_findings(library, frozenset(ladders)),
        *placed_truths(library),
        *_rule_findings(library),
    ]


def placed_truths(library: Library) -> list[Placed]:
    """Where the texts do not agree among themselves."""
    findings = truth_findings(library)
    return [Placed(file=entry.file, line=entry.line_of(one.field), finding=one) for entry, one in findings]


def known_in(library: Library, pictures: Iterable[str] = ()) -> Known:
    keys = library.keys()
    return Known(
        references=frozenset(keys["reference"]),
        pictures=frozenset({*keys["picture"], *pictures}),
        paths=paths_of(lessons=keys["lesson"], guides=keys["guide"], tips=keys["tip"]),
        guides={slug: entry.values for slug, entry in library.of("guide").items() if not entry.faults},
    )


def _entry_findings(entry: Entry, known: Known) -> Iterator[Placed]:
    if find := FINDINGS_OF.get(entry.noun):
        for finding in find(entry.values, known):
            yield Placed(file=entry.file, line=entry.line_of(finding.field) + finding.line - 1, finding=finding)


def _safety_findings(library: Library) -> Iterator[Placed]:
    for noun, field in SAFETY_TEXTS.items():
        entries = library.of(noun).values()
        texts = [entry.values[field] for entry in entries if entry.values[field]]
        for finding in safety_findings(field, texts):
            yield Placed(file=TABLES.get(noun) or ROWS[noun][0], line=1, finding=finding)


def _course_findings(library: Library) -> Iterator[Placed]:
    lessons = [entry for entry in library.of("lesson").values() if entry.values["course"]]
    places = sorted(entry.values["course"] for entry in lessons)
    if places != [1, 2, 3, 4, 5, 6]:
        message = f"the course has the places {places}; it needs 1 to 6, each once"
        yield Placed(file="lessons", line=1, finding=Finding(field="course", message=message))


def _tip_findings(library: Library) -> Iterator[Placed]:
    techniques = library.of("technique")
    for entry in library.of("tip").values():
        practice = techniques.get(entry.values["practice"] or "")
        if practice and not follows(entry.values["body"], practice.values):
            message = f"leads to {practice.key}, and the text asks for something else; leave it out, or choose another"
            yield Placed(
                file=entry.file, line=entry.line_of("practice"), finding=Finding(field="practice", message=message)
            )


def _technique_findings(library: Library, elsewhere: frozenset[str]) -> Iterator[Placed]:
    """Whoever may begin with a technique is told how: every one that can be practised has its ladder."""
    ladders = library.of("ladder")
    for key, entry in ladders.items():
        if key != entry.values["technique"]:
            message = f"is the ladder of {entry.values['technique']}, so its file must bear that name"
            yield Placed(file=entry.file, line=1, finding=Finding(field="technique", message=message))
    for key, entry in library.of("technique").items():
        if entry.values["startable"] and key not in ladders.keys() | elsewhere:
            message = f"{key} can be practised and has no ladder in ladders/{key}.toml"
            yield Placed(file=entry.file, line=entry.line, finding=Finding(field="startable", message=message))


def _rule_findings(library: Library) -> Iterator[Placed]:
    """The rules of a step are asked one after another, so they must fit together."""
    entries = library.of("step_rule")
    for key, field, message in faults_among([(key, entry.values) for key, entry in entries.items()]):
        entry = entries[key]
        yield Placed(file=entry.file, line=entry.line_of(field), finding=Finding(field=field, message=message))
