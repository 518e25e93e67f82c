"""What is kept of somebody, in plain words: each part of the export with what it is called, and where it is changed.

It is made from the export itself, so nothing that can be taken along is missing from the page but what stands in a
list before its newest lines (`accounts/members/extent.py`), and there the page says so. What we say stands in
the language of the page; what the person wrote stands as they wrote it, in whatever language that was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from accounts.core.countries import COUNTRIES
from accounts.members.extent import Newest
from coaching.belongings.wording import LABELS, PARTS, choices_of
from coaching.core.intake.questionnaires import ITEM
from coaching.core.questions.items import Item
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.shapes import OWN, Ask, Rows
from coaching.plan.knowledge import knowledge
from coaching.progress.asking import own_items
from coaching.said import told
from content.models import ConditionText, DangerSign, Guide, Lesson, Technique

COUNTRY = dict(COUNTRIES)
LONGEST = 2000
"""Of one value on the page; the file has all of it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """`in_all`: how many there are in the file, where `inner` is the newest of a longer list; else 0."""

    label: str
    value: str = ""
    inner: tuple["Line", ...] = ()
    in_all: int = 0


@dataclass(frozen=True, kw_only=True)
class Part:
    """`change_at` names the page on which this is changed or removed; empty where it goes by itself. `in_all` is as
    that of a line."""

    key: str
    title: str
    change_at: str = ""
    lines: tuple[Line, ...] = ()
    in_all: int = 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the export a value stands. `names`: slug of a practice or a lesson -> what it is called. `ticks`: slug
    of a danger sign or a condition -> as it is asked, in the language of the page.

    `hides` are the beginnings of keys whose numbers are not said.
    """

    path: str
    names: Mapping[str, str]
    ticks: Mapping[str, str]
    asks: Mapping[str, Item | Ask | Rows]
    hides: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.path.rpartition(".")[2]

    def inside(self, key: str) -> "Place":
        return replace(self, path=f"{self.path}.{key}" if self.path else key)


SAID_ELSEWHERE = frozenset({"exported_at", "rows"})
"""The moment stands at the top, and the rows are the same once more, for programs."""


OF_PAIN = ("pain", "peg")
RATING = "rating"
"""Of a day of a comparison: of what, its outcome says."""


def in_words(export: Mapping[str, Any], *, hides_pain: bool = False) -> list[Part]:
    """Of a member's whole export, or of a visitor's; what is empty is left out.

    Whoever `hides_pain` meets none of these numbers on a page. The file has them.
    """
    knowledge()  # what staff have translated since
    parts = {**{key: value for key, value in export.items() if key != "coaching"}, **export.get("coaching", {})}
    asks = {**ITEM, **{item.id: item for item in own_items()}}
    top = Place(path="", names=_names(), ticks=_ticks(), asks=asks, hides=OF_PAIN if hides_pain else ())
    made = [_part(top.inside(key), value) for key, value in parts.items() if key not in SAID_ELSEWHERE]
    return [part for part in made if part.lines]


def _names() -> dict[str, str]:
    guides, lessons = (table.objects.values_list("slug", "title") for table in (Guide, Lesson))
    return {**dict(guides), **dict(lessons), **dict(Technique.objects.values_list("slug", "name"))}


def _ticks() -> dict[str, str]:
    signs = {row.slug: row.said("question") for row in DangerSign.objects.only("slug", "question", "question_es")}
    conditions = ConditionText.objects.only("slug", "label", "label_es")
    return {**signs, **{row.slug: row.said("label") for row in conditions}}


def _part(place: Place, value: Any) -> Part:
    title, change_at = PARTS[place.key]
    lines = tuple(_lines(value, place))
    return Part(key=place.key, title=told(title), change_at=change_at, lines=lines, in_all=_in_all(value))


def _lines(value: Any, place: Place) -> Iterator[Line]:
    if isinstance(value, Mapping):
        place = _with_own_asks(value, place)
        if place.hides and value.get("outcome") == "pain":
            place = replace(place, hides=(*place.hides, RATING))
        yield from (line for key, each in value.items() if (line := _line(each, place.inside(str(key)))))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value, start=value.first if isinstance(value, Newest) else 1):
            inner = tuple(_lines(each, place))
            if inner:
                yield Line(label=str(number), inner=inner)
            elif words := _words(each, place):
                yield Line(label=str(number), value=words)


def _with_own_asks(entry: Mapping[str, Any], place: Place) -> Place:
    """What stands in an entry of a tool is called as that tool asks it."""
    tool = TOOL.get(str(entry.get("tool", "")))
    return replace(place, asks=dict(_asks_of(tool.parts))) if tool else place


def _asks_of(parts: Any) -> Iterator[tuple[str, Ask | Rows]]:
    for part in parts:
        for item in part.items:
            yield (item.id, item)
            if isinstance(item, Rows):
                yield from ((ask.id, ask) for ask in item.asks)


def _line(value: Any, place: Place) -> Line | None:
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        said = format_html_join(", ", "{}", ((words,) for each in value if (words := _words(each, place))))
        return Line(label=label_of(place), value=said) if said else None
    if isinstance(value, Mapping | list | tuple):
        inner = tuple(_lines(value, place))
        return Line(label=label_of(place), inner=inner, in_all=_in_all(value)) if inner else None
    words = _("hidden, as you chose") if _is_hidden(value, place) else _words(value, place)
    return Line(label=label_of(place), value=words) if words else None


def _in_all(value: Any) -> int:
    return value.in_all if isinstance(value, Newest) else 0


def _is_hidden(value: Any, place: Place) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and place.key.startswith(place.hides)


def label_of(place: Place) -> str:
    """Nothing is called by the name of its column: `tests/coaching/test_my_data_in_words.py` walks all of them."""
    key = place.key
    ask = place.asks.get(key) if ".answers" in place.path else None
    words = _question(ask) if ask else LABELS.get(place.path) or LABELS.get(key) or place.names.get(key)
    return told(words or key.replace("_", " "))


def _question(ask: Item | Ask | Rows) -> str:
    if isinstance(ask, Item):
        return " ".join(words for words in (ask.stem, ask.question) if words)
    return ask.label


def _words(value: Any, place: Place) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return _day(value)
    return _ours(str(value), place) or _day_in(str(value)) or _theirs(str(value), place)


def _ours(value: str, place: Place) -> str:
    """The words of a code of ours: of an answer, a choice, a practice."""
    ask = place.asks.get(place.key) if ".answers" in place.path else None
    if place.key == "country" and value in COUNTRY:
        return _(COUNTRY[value])
    if isinstance(ask, Item) and ask.asks_library and value in place.ticks:
        return place.ticks[value]
    options = getattr(ask, "options", ())
    words = next((option.words for option in options if option.code == value), "")
    words = words or ("" if ask else choices_of(place.key).get(value, "")) or place.names.get(value, "")
    return told(words) if words else ""


def _day_in(value: str) -> str:
    moment = parse_datetime(value) if len(value) > len("2026-01-01") and value[:2] == "20" and "T" in value else None
    return _day(moment) if moment else ""


def _theirs(value: str, place: Place) -> str:
    """In a language that nobody knows but whoever wrote it."""
    if value.replace(".", "").isdigit():
        return value
    return format_html('<span lang="">{}</span>', value.removeprefix(OWN)[:LONGEST])


def _day(moment: date) -> str:
    if isinstance(moment, datetime):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return date_format(moment, "DATE_FORMAT")
