"""All of one person that a summary may tell, read once, as plain values in the language of the summary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import override

from accounts.sealing import CannotOpen
from coaching.core.intake.groups import in_groups, signs_in
from coaching.core.intake.signs import level_of
from coaching.core.learning.verdict import Judged
from coaching.core.practice.past import PastPractice
from coaching.core.progress.scales import Scale
from coaching.core.questions.chapters import GROUPS
from coaching.core.summary.choice import Choice, Part
from coaching.core.summary.summary import (
    Flagged,
    Material,
    NextStep,
    Noticed,
    Practised,
    Summary,
    Told,
    Treated,
    summary_of,
)
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.intake.known import newest_known
from coaching.learning.effects import effects_of
from coaching.learning.goes import goes_of
from coaching.models import Intake, LogEntry, Person, UnwantedEffect
from coaching.plan.knowledge import Knowledge, knowledge
from coaching.plan.plans import coaching_of
from coaching.progress.history import series_of
from coaching.progress.unwanted import WORDS as UNWANTED_WORDS
from coaching.progress.words import name_of
from coaching.said import said
from coaching.summary.words import matters_of
from coaching.week.weeks import rhythm_of, today_in
from content.models import DangerSign, Technique


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whose it is, what the library knows, and when it is: all that the parts are read with."""

    person: Person
    known: Knowledge
    zone: ZoneInfo
    at: datetime

    @property
    def today(self) -> date:
        return today_in(self.zone, self.at)


def summary_for(person: Person, choice: Choice, *, zone: ZoneInfo, at: datetime) -> Summary:
    reader = Reader(person=person, known=knowledge(), zone=zone, at=at)
    with override(choice.language):
        return summary_of(material_of(reader, choice), choice, today=reader.today)


def material_of(reader: Reader, choice: Choice) -> Material:
    person, known = reader.person, reader.known
    told = _answers(person)
    series = series_of(person, reader.zone, known.scales)
    return Material(
        series={named(scale): readings for scale, readings in series.items()},
        practised=_practised(reader, choice),
        flagged=_flagged(reader),
        noticed=_noticed(reader, choice),
        treated=_treated(reader, choice),
        goal=never_as_a_wish(str(told.get("goal") or "")),
        matters=matters_of(told.get("values") or ()),
        next_step=_next_step(person),
        small_step=_small_step(person),
    )


def named(scale: Scale) -> Scale:
    """With its name in the language of the summary, and without texts that no summary shows."""
    return replace(scale, name=name_of(scale), name_es="", anyway="", anyway_es="")


def _answers(person: Person) -> Mapping[str, Any]:
    try:
        return newest_known(person) or {}
    except CannotOpen:
        return {}


def _practised(reader: Reader, choice: Choice) -> tuple[Practised, ...]:
    """Of the chosen weeks alone. What pain says of a go counts only where numbers of pain were ticked."""
    counted = [
        one for one in reader.person.newest_practices if choice.holds(_day(one.started_at, reader), reader.today)
    ]
    options, hides_pain = reader.known.options, not choice.has(Part.PAIN)
    effects = effects_of(goes_of(counted, options), options, pool=reader.known.pool, hides_pain=hides_pain)
    judged = {one.technique: one.judged for one in effects}
    done: dict[str, list[PastPractice]] = {}
    for one in counted:
        done.setdefault(one.technique_id, []).append(one)
    names = dict(Technique.objects.filter(slug__in=done).values_list("slug", "name"))
    return tuple(_of_technique(names[slug], several, judged.get(slug), reader) for slug, several in done.items())


def _of_technique(name: str, newest_first: list[PastPractice], judged: Judged | None, reader: Reader) -> Practised:
    last_on = _day(newest_first[0].started_at, reader)
    return Practised(name=said(name), goes=len(newest_first), last_on=last_on, judged=judged)


def _flagged(reader: Reader) -> tuple[Flagged, ...]:
    """Every sign that was ticked, with each day on which it was told. Nothing of the direct question is among them."""
    days: dict[str, list[Told]] = {}
    groups: dict[str, str] = {}
    for intake in reader.person.all_intakes:
        for group, sign in _signs_of(intake):
            days.setdefault(sign, []).append(_told_on(intake, reader))
            groups[sign] = group
    rows = (
        {row.slug: row for row in DangerSign.objects.filter(slug__in=days).defer("loaded", "conflicts")} if days else {}
    )
    return tuple(
        Flagged(
            words=rows[sign].said("question") if sign in rows else sign.replace("_", " "),
            level=level_of(sign, groups[sign], reader.known.levels),
            days=tuple(told),
        )
        for sign, told in days.items()
    )


def _told_on(intake: Intake, reader: Reader) -> Told:
    """A row that stood open over several days keeps no day for each answer, but the last on which any was told."""
    on = _day(intake.safety_at or intake.changed_at, reader)
    return Told(on=on, is_exact=_day(intake.started_at, reader) == on)


def _signs_of(intake: Intake) -> Iterable[tuple[str, str]]:
    try:
        answers = in_groups(intake.answers)
    except CannotOpen:
        return []
    return [(group, sign) for group in GROUPS for sign in sorted(signs_in(answers, group))]


def _noticed(reader: Reader, choice: Choice) -> tuple[Noticed, ...]:
    """Of the chosen weeks, by what it was and with what; the newest says whether it is still there."""
    told = reader.person.unwanted_effects.select_related("technique")
    counted = [one for one in told if choice.holds(_day(one.noticed_at, reader), reader.today)]
    alike: dict[tuple[str, str], list[UnwantedEffect]] = {}
    for one in counted:
        alike.setdefault((one.kind, one.technique.name if one.technique else ""), []).append(one)
    return tuple(_of_kind(kind, name, several, reader) for (kind, name), several in alike.items())


def _of_kind(kind: str, name: str, newest_first: list[UnwantedEffect], reader: Reader) -> Noticed:
    stays = (one.still_there for one in newest_first if one.still_there is not None)
    return Noticed(
        words=str(next((words for known, words in UNWANTED_WORDS.items() if known == kind), kind)),
        with_what=said(name) if name else "",
        times=len(newest_first),
        last_on=_day(newest_first[0].noticed_at, reader),
        is_bad=any(one.bad == "very" for one in newest_first),
        still_there=next(stays, None),
    )


def _treated(reader: Reader, choice: Choice) -> tuple[Treated, ...]:
    """Of the chosen weeks; no other entry is opened."""
    weeks = (choice.begins(reader.today), reader.today)
    told = reader.person.log.filter(kind=LogEntry.Kind.TREATMENT, on__range=weeks)
    return tuple(_treatment(entry) for entry in told)


def _treatment(entry: LogEntry) -> Treated:
    try:
        words = entry.words
    except CannotOpen:
        words = {}
    what = words.get("category") or words.get("what") or ""
    return Treated(on=entry.on, what=never_as_a_wish(what), amount=never_as_a_wish(words.get("amount", "")))


def _next_step(person: Person) -> NextStep | None:
    """The first of the plan as it stands; None under a sign that closes it, and without a plan."""
    try:
        coaching = coaching_of(person)
    except CannotOpen:
        return None
    if coaching is None or coaching.recommendation.blocked or not coaching.recommendation.picks:
        return None
    pick = coaching.recommendation.picks[0]
    step = coaching.steps.of(pick.technique)
    return NextStep(name=said(pick.name), amount=step.amount if step else "")


def _small_step(person: Person) -> str:
    rhythm = rhythm_of(person)
    try:
        step = rhythm.step if rhythm else {}
    except CannotOpen:
        return ""
    parts = (step.get(name, "") for name in ("words", "when", "where"))
    return never_as_a_wish(", ".join(filter(None, parts)))


def _day(at: datetime, reader: Reader) -> date:
    return today_in(reader.zone, at)
