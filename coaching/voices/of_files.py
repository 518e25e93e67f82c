"""The spoken lines of a whole library as it lies in its files: what recordings are made from. Asks no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import override

from coaching.help.buttons import WARMTH
from coaching.languages import words_of
from coaching.said import is_said
from coaching.voices.lines import LETTING_GO, Line, flare_lines, guide_lines, help_lines, lesson_lines
from content.core.texts import markup
from content.core.vocabulary import Action, Condition
from content.files.library import Entry, Library
from content.models import Guide
from content.models.variant import variant_slug

NO_PICTURE = markup.Shown(sources=(), source="", sizes="", width=0, height=0, description="")
"""A picture is shown and never spoken."""


@dataclass(frozen=True, kw_only=True)
class SpokenLine:
    """A text once, with all places where it is spoken and the shortest seconds that any of them leaves."""

    text: str
    places: tuple[str, ...]
    seconds: int | None


def spoken_lines(library: Library, language: str) -> tuple[SpokenLine, ...]:
    """In the order in which they come. What is not written in this language is spoken in none of it."""
    with override(language):
        return joined(chain.from_iterable(_lines(library, language)))


def joined(lines: Iterable[Line]) -> tuple[SpokenLine, ...]:
    by_text: dict[str, list[Line]] = {}
    for line in lines:
        by_text.setdefault(line.text, []).append(line)
    return tuple(_joined(text, told) for text, told in by_text.items() if text)


def _joined(text: str, lines: list[Line]) -> SpokenLine:
    seconds = [line.seconds for line in lines if line.seconds is not None]
    places = tuple(dict.fromkeys(line.place for line in lines))
    return SpokenLine(text=text, places=places, seconds=min(seconds, default=None))


def _lines(library: Library, language: str) -> Iterator[Iterable[Line]]:
    guides = {slug: guide_of(entry) for slug, entry in library.of("guide").items()}
    told = {slug: guide for slug, guide in guides.items() if all(map(is_said, words_of(guide)))}
    left_out_with = _left_out_with(library, guides.get(WARMTH), language)
    yield help_lines(left_out_with)
    yield flare_lines(told.get(LETTING_GO), left_out_with)
    yield from map(guide_lines, told.values())
    for slug, lesson in library.of("lesson").items():
        written = lesson if language == "en" else library.of("variant").get(variant_slug(slug, language))
        if written:
            yield lesson_lines(slug, _brief_html(written))


def _left_out_with(library: Library, warmth: Guide | None, language: str) -> tuple[str, ...]:
    """Every condition that closes a warm pack to somebody, as its page names it."""
    demands = warmth.demands if warmth else ()
    rows = [row.values for kind in ("caution", "demand_caution") for row in library.of(kind).values()]
    closing = {
        row["condition"]
        for row in rows
        if row["action"] == Action.EXCLUDE.value and (row.get("technique") == WARMTH or row.get("demand") in demands)
    }
    label = "label" if language == "en" else f"label_{language}"
    conditions = library.of("condition")
    return tuple(conditions[slug].values[label] for slug in Condition if slug in closing and slug in conditions)


def guide_of(entry: Entry) -> Guide:
    """A row of no database."""
    values = {name: value for name, value in entry.values.items() if name in Guide.AUTHORED}
    return Guide(slug=entry.key, technique_id=values.pop("technique"), **values)


def _brief_html(entry: Entry) -> str:
    brief = entry.values["brief"]
    pictures = {mark.what: NO_PICTURE for mark in markup.picture_marks(brief)}
    return markup.render(brief, pictures=pictures).html
