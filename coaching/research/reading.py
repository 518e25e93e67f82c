"""Whoever said yes, as a study sees them: their weeks, with the answers and goes of each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from accounts.sealing import CannotOpen
from coaching.core.intake.answers import AnswerError, whole_number
from coaching.core.intake.questionnaires import DURATIONS, ITEM
from coaching.core.record.codes import ITEM_CODES
from coaching.core.record.scales import ASKED_VERSIONS
from coaching.core.research.study import OWN, Study, Subject, Week, study_of
from coaching.models import Person, ResearchShare
from coaching.progress.given import days_of

HIGHEST = {**{name: ITEM[name].high for name in ITEM_CODES}, **dict.fromkeys(OWN, 10)}


def study_now(at: datetime) -> Study:
    """Of those whose yes stands at this moment."""
    return study_of([subject for share in _shares() for subject in _subject(share, at)])


def _shares() -> Iterator[ResearchShare]:
    """Nobody who is locked, or waits for being erased, is among them."""
    told = ResearchShare.objects.filter(person__user__is_active=True)
    return told.select_related("person").order_by("number").iterator(chunk_size=200)


def _subject(share: ResearchShare, at: datetime) -> Iterator[Subject]:
    """None where the shift cannot be opened: dates that cannot be moved are not told."""
    try:
        shift = share.shift
    except CannotOpen:
        return
    days = [
        (given.on, _numbers(given.answers)) for given in days_of(share.person, UTC) if given.version in ASKED_VERSIONS
    ]
    told = [(on, answers) for on, answers in days if answers and on <= at.date()]
    yield Subject(number=share.number, shift=shift, duration=_duration(share.person), weeks=_weeks(share.person, told))


def _weeks(person: Person, told: list[tuple[date, dict[str, int]]]) -> tuple[Week, ...]:
    if not told:
        return ()
    first = min(on for on, _answers in told)
    goes = Counter((row.date() - first).days // 7 for row in person.practices.values_list("started_at", flat=True))
    weeks: dict[int, Week] = {}
    for on, answers in told:
        number = (on - first).days // 7
        before: Mapping[str, int] = weeks[number].answers if number in weeks else {}
        weeks[number] = Week(number=number, on=on, answers={**before, **answers}, goes=min(goes[number], 500))
    return tuple(weeks[number] for number in sorted(weeks))


def _numbers(answers: Mapping[str, Any]) -> dict[str, int]:
    """Answers on scales, and nothing that was typed."""
    return {name: value for name in HIGHEST if (value := _number(name, answers.get(name))) is not None}


def _number(name: str, value: Any) -> int | None:
    try:
        return whole_number(name, value, 0, HIGHEST[name])
    except AnswerError:
        return None


def _duration(person: Person) -> str:
    for row in reversed(person.all_intakes):
        try:
            told = row.answers.get("duration", "")
        except CannotOpen:
            continue
        if told in DURATIONS:
            return str(told)
    return ""
