"""What is asked the day after: how the night was, and how the pain is the day after a move.

Asked from the next morning on in the person's own time zone, for two days, once for each kind: of several practices
the newest. What was told stays in sight that day, so that it can be taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from coaching.core.practice.past import PastPractice
from coaching.core.recommend.options import Options
from coaching.kept import Kept
from coaching.models import Person
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan.plans import Coaching
from coaching.practice.questions import QUESTIONS, Question, asking_of

DAYS = 2


@dataclass(frozen=True, kw_only=True)
class Later:
    """One tap of the day after, by the name of what it asks; `told` is what was given already."""

    client_id: str
    technique: str
    name: str
    told: int | None

    @property
    def question(self) -> Question:
        return QUESTIONS[self.name]

    @property
    def own_drawn_by(self) -> tuple[str | int | None, ...]:
        return (self.client_id, self.technique, self.name, self.told)

    @property
    def label(self) -> Any:
        return self.question.label

    @property
    def taps(self) -> tuple[int, ...]:
        return tuple(range(11))


def later_for(request: HttpRequest, coaching: Coaching | None, at: datetime) -> list[Later]:
    """What is asked of the person of this request, once they have a plan."""
    if coaching is None:
        return []
    told = preferences_of(request)
    return later_of(person_of(request), coaching.options, at=at, zone=told.zone, hides_pain=told.hides_pain)


def later_of(person: Person | None, options: Options, *, at: datetime, zone: ZoneInfo, hides_pain: bool) -> list[Later]:
    if person is None:
        return []
    by_name: dict[str, Later] = {}
    for practice in _of_these_days(person, at=at, zone=zone):
        facts = options.by_slug.get(practice.technique_id)
        name = asking_of(facts.signal, hides_pain=hides_pain).later if facts else ""
        if facts and name and name not in by_name:
            by_name[name] = Later(
                client_id=practice.client_id,
                technique=facts.name,
                name=name,
                told=getattr(practice, name),
            )
    return list(by_name.values())


_kept: Kept[tuple[PastPractice, ...]] = Kept()
"""Those of the days before a day, by what stands for the practices that were looked through."""


def _of_these_days(person: Person, *, at: datetime, zone: ZoneInfo) -> tuple[PastPractice, ...]:
    practices, mark = person.newest_practices, person.mark_of_practices

    def look() -> tuple[PastPractice, ...]:
        return tuple(_of_the_days_before(practices, at=at, zone=zone))

    return _kept.of(None, [mark, str(zone), at.astimezone(zone).date().isoformat()], look) if mark else look()


def _of_the_days_before(
    newest_first: Iterable[PastPractice], *, at: datetime, zone: ZoneInfo
) -> Iterable[PastPractice]:
    today = at.astimezone(zone).date()
    for practice in newest_first:
        ago = (today - practice.started_at.astimezone(zone).date()).days
        if ago > DAYS + 1:
            # The rest is older still; where a clock was put back at midnight, by a day at most.
            return
        if 1 <= ago <= DAYS:
            yield practice
