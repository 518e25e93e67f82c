"""Texts of the library that a page in Spanish needs and that have no Spanish: new ones, and those that were changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import override
from django.utils.translation.trans_real import catalog

from content.core.vocabulary import Status
from content.models import (
    Caution,
    ConditionText,
    DangerSign,
    DemandCaution,
    Evidence,
    EvidenceCard,
    Guide,
    Ladder,
    Lesson,
    LessonVariant,
    Scale,
    StepRule,
    Technique,
    Translation,
)

SPANISH = "es"
LIKE_ENOUGH = 0.6
OWN_SPANISH = (
    (DangerSign, ("question", "advice")),
    (ConditionText, ("label",)),
    (Caution, ("words",)),
    (DemandCaution, ("words",)),
    (Scale, ("name", "anyway")),
)
"""Rows that hold both languages, side by side: a field and the one beside it that ends in _es."""

BY_WORDS = (
    (Technique, ("name", "short")),
    (ConditionText, ("help",)),
    (Evidence, ("dose", "benefit", "note")),
    (EvidenceCard, ("title", "size", "certainty", "for_whom", "time", "harms", "cost")),
    (Lesson, ("title", "summary")),
    (StepRule, ("title", "words")),
    (Guide, ("title", "summary", "ready", "stop")),
)


@dataclass(frozen=True, kw_only=True)
class Due:
    """`before` is the Spanish of words that are most like these: often the same text before it was changed."""

    where: str
    english: str
    before: str = ""
    is_by_words: bool = True
    """Its Spanish is a row of its own; else it stands beside the English, in the same row."""

    @property
    def query(self) -> str:
        return urlencode({"english": self.english, "words": self.before})


def due(at: datetime) -> tuple[Due, ...]:
    """In the order of the library. What no reader sees yet is left out."""
    written = dict(Translation.objects.filter(language=SPANISH).values_list("english", "words"))
    with override(SPANISH):
        catalogue: Any = catalog()
    known = {key: said for key, said in catalogue._catalog.items() if isinstance(key, str)} | written
    missing = {text: where for where, text in _texts(at) if text and not _is_known(text, known)}
    by_words = (Due(where=where, english=text, before=_nearest(text, known)) for text, where in missing.items())
    return (*_beside(), *by_words)


def _is_known(text: str, known: dict[str, str]) -> bool:
    return any(one in known for one in (text, text[:1].upper() + text[1:], text[:1].lower() + text[1:]))


def _nearest(text: str, known: dict[str, str]) -> str:
    near = get_close_matches(text, known, n=1, cutoff=LIKE_ENOUGH)
    return known[near[0]] if near else ""


def _beside() -> Iterator[Due]:
    for model, names in OWN_SPANISH:
        for row in model._default_manager.all():
            for name in names:
                english, spanish = getattr(row, name), getattr(row, f"{name}_es")
                if english and (not spanish or _is_stale(row.loaded, name, english, spanish)):
                    yield Due(where=_place(row), english=english, before=spanish, is_by_words=False)
    for variant in LessonVariant.objects.filter(language=SPANISH).select_related("lesson"):
        parts = [name for name in LessonVariant.SAID if name in variant.lesson.loaded]
        own, lesson = variant.loaded, variant.lesson
        if any(
            lesson.loaded[name] != getattr(lesson, name) and own.get(name) == getattr(variant, name) for name in parts
        ):
            yield Due(where=_place(variant), english=lesson.title, before=variant.title, is_by_words=False)


def _is_stale(loaded: dict[str, Any], name: str, english: str, spanish: str) -> bool:
    """The English is no more what came with the library, and the Spanish still is."""
    return name in loaded and loaded[name] != english and loaded.get(f"{name}_es") == spanish


def _texts(at: datetime) -> Iterator[tuple[str, str]]:
    for model, names in BY_WORDS:
        for row in model._default_manager.all():
            if getattr(row, "status", Status.PUBLISHED.value) == Status.PUBLISHED.value:
                yield from ((_place(row), getattr(row, name)) for name in names)
    yield from _of_guides(at)
    for ladder in Ladder.objects.published(at):
        yield from ((_place(ladder), rung["words"]) for rung in ladder.rungs)


def _of_guides(at: datetime) -> Iterator[tuple[str, str]]:
    for guide in Guide.objects.published(at):
        yield from ((_place(guide), words) for words in guide.own_length.values() if isinstance(words, str))
        for step in guide.timed_steps:
            yield _place(guide), step.words
            yield from ((_place(guide), other.words) for other in step.instead.values())


def _place(row: object) -> str:
    return f"{row._meta.verbose_name}: {row}"  # type: ignore[attr-defined]
