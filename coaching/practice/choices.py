"""What a person chose for one practice: its length and the ways to do it, and the steps that this leaves.

An address holds only the choices of a page (`?size=12&eyes=eyes_closed`). Which parts of the body
are sore is a health answer, so it stands in no address and is stored nowhere: without a script it is
sent by POST, the page is drawn without those parts, and it is gone with the page; with a script it
never leaves the page.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coaching.core.practice.breath import GENTLE, READY, Breath, read_breath
from coaching.core.practice.pack import PackWords, pack_steps
from coaching.core.practice.pack import choices_of as pack_choices
from coaching.core.practice.rung import SHORT_AT_MOST
from coaching.core.practice.walk import LEAST, MOST, WalkPlan, WalkWords, walk_plan
from coaching.practice.breaths import KeptBreath
from coaching.said import said
from content.core.steps import Step
from content.core.vocabulary import Limit, Size, Skin
from content.core.ways import WHERE, Option, Question, chosen, options_of, parts_of, sizes_open, steps_as
from content.models import Guide
from content.reading.amounts import length_query
from content.reading.pages import size_asked

ANY = "any"  # what an address says for words that speak of no one place
PART_WORDS = {
    "hands": gettext_lazy("Hands"),
    "forearms": gettext_lazy("Lower arms"),
    "upper_arms": gettext_lazy("Upper arms"),
    "shoulders": gettext_lazy("Shoulders"),
    "face": gettext_lazy("Face"),
    "jaw": gettext_lazy("Jaw"),
    "neck": gettext_lazy("Neck"),
    "chest": gettext_lazy("Chest"),
    "belly": gettext_lazy("Belly"),
    "back": gettext_lazy("Back"),
    "hips": gettext_lazy("Hips"),
    "thighs": gettext_lazy("Thighs"),
    "calves": gettext_lazy("Lower legs"),
    "feet": gettext_lazy("Feet"),
}


@dataclass(frozen=True, kw_only=True)
class Pick:
    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question of the page, answered by a tap; `name` tells rows apart for a screen reader."""

    name: str
    label: str
    picks: tuple[Pick, ...]


@dataclass(frozen=True, kw_only=True)
class Length:
    """How long a practice is, as an address names it."""

    name: str
    value: str


@dataclass(frozen=True)
class Choices:
    """`minutes` is a length of one's own, for a walk, a pack or a breath; else `size` decides."""

    guide: Guide
    limits: frozenset[str]
    size: Size
    minutes: int | None
    options: Mapping[Question, Option]
    sore: frozenset[str]
    breath: Breath | None = None
    """The breath that was asked for; else the guide's own."""

    kept: tuple[KeptBreath, ...] = ()
    is_usual: bool = False
    """Nobody asked for this length: it is that of the rung."""

    where: str = ""
    """The place of the body that the person told us."""

    asks_where: bool = True
    """A copy knows nobody and speaks for any place, so it does not ask for one."""

    @cached_property
    def steps(self) -> list[Step]:
        if self.walk:
            return list(self.walk.steps)
        words = words_of_own_length(self.guide)
        if self.minutes and isinstance(words, PackWords):
            return pack_steps(self.guide.technique_id, self.minutes, words)
        return self.steps_for(self.size)

    @property
    def walk(self) -> WalkPlan | None:
        words = words_of_own_length(self.guide)
        return walk_plan(self.minutes, words) if self.minutes and isinstance(words, WalkWords) else None

    @property
    def chosen(self) -> str:
        """In words, the length or the breath of one's own."""
        if self.minutes:
            return _minutes(self.minutes)
        return self.breath.short_name if self.breath else ""

    @property
    def place(self) -> str:
        return next((option.value for question, option in self.options.items() if question.name == "place"), "")

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that may be left out because they are sore."""
        return parts_of(steps_as(self.guide.timed_steps, size=self.size, limits=self.limits))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            row
            for row in (self._sizes(), *map(self._ways, self.options), self._packs(), self._breaths())
            if len(row.picks) > 1 and (self.asks_where or row.name != WHERE)
        )

    def steps_for(self, size: Size) -> list[Step]:
        ways = {option.value for option in self.options.values()}
        return steps_as(self.guide.timed_steps, size=size, ways=ways, limits=self.limits, sore=self.sore)

    def _sizes(self) -> Row:
        picks = (
            Pick(
                label=said(size.label),
                address=self._address(size=size.value),
                is_current=not self.minutes and size is self.size,
            )
            for size in sizes_open(self.limits)
        )
        return Row(name="size", label=_("Length"), picks=(*picks, *self._own_length()))

    def _own_length(self) -> Iterator[Pick]:
        """The length of a rung, where that is none of the sizes. A pack has a row of its own for these."""
        if self.minutes and self.guide.skin != Skin.TIMER:
            yield Pick(label=_minutes(self.minutes), address=self._address(minutes=str(self.minutes)), is_current=True)

    @property
    def length(self) -> Length:
        if self.minutes:
            return Length(name="minutes", value=str(self.minutes))
        return Length(name="size", value=self.size.value)

    def _ways(self, question: Question) -> Row:
        now = self.options[question]
        picks = (
            Pick(
                label=said(option.label),
                address=self._address(**{question.name: option.value}),
                is_current=option == now,
            )
            for option in options_of(question, self.limits)
        )
        return Row(name=question.name, label=said(question.label), picks=tuple(picks))

    def _packs(self) -> Row:
        if not isinstance(words_of_own_length(self.guide), PackWords):
            return Row(name="minutes", label="", picks=())
        times = pack_choices(self.guide.technique_id, is_short=Limit.SHORT in self.limits)
        picks = (
            Pick(label=_minutes(time), address=self._address(minutes=str(time)), is_current=time == self.minutes)
            for time in times
        )
        return Row(name="minutes", label=_("Or just a timer, with skin checks"), picks=tuple(picks))

    def _breaths(self) -> Row:
        if self.guide.skin != Skin.BREATH:
            return Row(name="breath", label="", picks=())
        named = [*((_(name), breath) for name, breath in READY.items()), *((own.name, own.breath) for own in self.kept)]
        open_ones = [(name, breath) for name, breath in named if not breath.has_pauses or not self.has_no_pauses]
        return Row(name="breath", label=_("Pattern"), picks=tuple(self._breath(*each) for each in open_ones))

    def _breath(self, name: str, breath: Breath) -> Pick:
        numbers = {name: str(seconds) for name, seconds in breath.seconds.items() if seconds}
        return Pick(
            label=name if name == breath.short_name else f"{name}: {breath.short_name}",
            address="?" + urlencode({self.length.name: self.length.value, **numbers}),
            is_current=breath == self.breath_now,
        )

    @property
    def breath_now(self) -> Breath:
        return self.breath or breath_of(self.guide.pattern, has_no_pauses=self.has_no_pauses)

    @property
    def has_no_pauses(self) -> bool:
        return Limit.NO_HOLDS in self.limits

    def _address(self, **changed: str) -> str:
        length = {self.length.name: self.length.value}
        length = {name: value for name, value in changed.items() if name in ("size", "minutes")} or length
        ways = {question.name: self._said(question.name, option.value) for question, option in self.options.items()}
        changed = {name: self._said(name, value) for name, value in changed.items()}
        if self.breath:
            ways |= {name: str(seconds) for name, seconds in self.breath.seconds.items() if seconds}
        return "?" + urlencode({name: value for name, value in {**length, **ways, **changed}.items() if value})

    def _said(self, name: str, value: str) -> str:
        """Where it sits is an answer: what the page knows by itself stands in no address."""
        if name != WHERE:
            return value
        return "" if value == self.where else value or ANY


def choices_of(
    guide: Guide,
    query: Mapping[str, str],
    limits: frozenset[str],
    *,
    sore: Collection[str] = (),
    kept: tuple[KeptBreath, ...] = (),
    usual: int | None = None,
    where: str = "",
) -> Choices:
    """What is asked for and open; anything else in the address is passed over.

    `where` is the place of the body that the person told us; an address may ask for another.

    `usual` is the length in minutes of a page whose address names none: the rung on which somebody stands.
    """
    is_usual = not {"size", "minutes"} & query.keys()
    if usual and is_usual:
        query = {**{name: query[name] for name in query}, **dict(parse_qsl(length_query(usual)[1:]))}
    asked = size_asked(query)
    choices = Choices(
        guide=guide,
        limits=limits,
        size=asked if asked in sizes_open(limits) else Size.FOUR,
        minutes=_length(guide, query.get("minutes", ""), limits),
        options={
            question: chosen(question, query.get(question.name, where if question.name == WHERE else ""), limits)
            for question in guide.asks
        },
        sore=frozenset(),
        breath=_breath_asked(guide, query, limits),
        kept=kept,
        is_usual=is_usual,
        where=where,
    )
    return replace(choices, sore=frozenset(sore) & set(choices.parts)) if sore else choices


def breath_of(pattern: Mapping[str, int], *, has_no_pauses: bool) -> Breath:
    """The breath of a guide, as it is written, but for the pauses where there may be none."""
    seconds = {**GENTLE.seconds, **pattern}
    breath = Breath(breathe_in=seconds["in"], hold=seconds["hold"], breathe_out=seconds["out"], rest=seconds["rest"])
    return breath.without_pauses() if has_no_pauses else breath


def _breath_asked(guide: Guide, query: Mapping[str, str], limits: frozenset[str]) -> Breath | None:
    breath = read_breath(query) if guide.skin == Skin.BREATH else None
    return breath.without_pauses() if breath and Limit.NO_HOLDS in limits else breath


def words_of_own_length(guide: Guide) -> WalkWords | PackWords | None:
    """None where a guide has none: then nobody can set a time of their own, and its sizes are all there is."""
    match guide.skin, guide.own_length:
        case Skin.WALK, {"spell": _}:
            return WalkWords(**guide.own_length)
        case Skin.TIMER, {"off": _}:
            return PackWords(**guide.own_length)
    return None


def _length(guide: Guide, told: str, limits: frozenset[str]) -> int | None:
    minutes = int(told) if told.isascii() and told.isdigit() and len(told) <= 2 else 0
    if guide.skin == Skin.BREATH:
        return minutes if 1 <= minutes <= most_minutes(limits) else None
    match words_of_own_length(guide):
        case WalkWords():
            return minutes if LEAST <= minutes <= most_minutes(limits) else None
        case PackWords():
            return minutes if minutes in pack_choices(guide.technique_id, is_short=Limit.SHORT in limits) else None
    return None


def most_minutes(limits: frozenset[str]) -> int:
    """Minutes of a length of one's own: where a caution says to keep it short, that holds here too."""
    return SHORT_AT_MOST if Limit.SHORT in limits else MOST


def _minutes(count: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", count) % {"n": count}


@dataclass(frozen=True, kw_only=True)
class SorePart:
    value: str
    label: str
    is_left_out: bool


def sore_parts(choices: Choices) -> tuple[SorePart, ...]:
    return tuple(
        SorePart(value=part, label=str(PART_WORDS.get(part, part)), is_left_out=part in choices.sore)
        for part in choices.parts
    )
