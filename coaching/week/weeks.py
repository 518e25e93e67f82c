"""The weeks of one person: which one runs, and making the next from the rungs of the plan.

Making one twice makes it once. The rung of each practice in it is held from then on (`Plan.held`): up goes only what
the person decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model

from coaching.core.practice.rung import Since
from coaching.core.week.calendar import Span, is_review_due, place_of_current, planned_end, span_after
from coaching.core.week.laying import USUAL_TIME, Wish, lay_out
from coaching.core.week.ticks import Done, Meant, ticked
from coaching.kept import Kept
from coaching.models import Person, Plan, Rhythm, Week, WeekReview, WeekStep
from coaching.plan.plans import Coaching
from coaching.plan.rungs import Step
from content.reading.ready_made import ReadyMade

KEPT_IN_SIGHT = timedelta(days=21)
"""So long after its end a week can still be looked back on."""

State = WeekStep.State
DECIDED = (Since.CHOSEN_UP, Since.CHOSEN_DOWN, Since.DOWN, Since.BREAK)


@dataclass(frozen=True, kw_only=True)
class OneWeek:
    """A week with its steps in their order, and the day on which each was done."""

    week: Week
    steps: tuple[WeekStep, ...]
    done: Mapping[int, date]
    is_decided: bool = False
    """Whether it was looked back on, and what comes of it was decided."""

    @property
    def span(self) -> Span:
        return Span(begins=self.week.begins_on, ends=self.week.ends_on)

    @property
    def review(self) -> WeekReview | None:
        """Read by the page that asks what was said of the week, and by no other."""
        return getattr(self.week, "review", None)

    @property
    def planned(self) -> tuple[WeekStep, ...]:
        return tuple(step for step in self.steps if step.state == State.PLANNED)

    @property
    def count_done(self) -> int:
        return sum(step.pk in self.done for step in self.steps)

    def is_review_open(self, today: date) -> bool:
        return not self.is_decided and is_review_due(self.span, today)


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """`current` runs today; `last` is the newest that has ended. Either may be missing."""

    current: OneWeek | None = None
    last: OneWeek | None = None

    def to_review(self, today: date) -> OneWeek | None:
        """The one to look back on: that which ends today, else the one that ended."""
        several = (self.current, self.last)
        return next((week for week in several if week and week.is_review_open(today)), None)


def today_in(zone: ZoneInfo, at: datetime) -> date:
    return at.astimezone(zone).date()


def rhythm_of(person: Person | None) -> Rhythm | None:
    return getattr(person, "rhythm", None) if person else None


def weeks_of(person: Person, *, at: datetime, zone: ZoneInfo) -> Weeks:
    """In one query, beside the practices of the person."""
    today = today_in(zone, at)
    weeks = _by_week(STEPS.rows(person=person.pk, ends_from=today - KEPT_IN_SIGHT))
    spans = [Span(begins=rows[0][BEGINS_ON], ends=rows[0][ENDS_ON]) for rows in weeks]
    running = place_of_current(spans, today)
    ended = [place for place, span in enumerate(spans) if span.ends < today]
    last = max(ended, key=lambda place: spans[place].ends) if ended else None
    return Weeks(
        current=_one_of(weeks[running], person, zone) if running is not None else None,
        last=_one_of(weeks[last], person, zone) if last is not None else None,
    )


def _columns(model: type[Model]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]


OF_STEP, OF_WEEK = _columns(WeekStep), _columns(Week)
WEEK_FROM, WEEK_TO = len(OF_STEP), len(OF_STEP) + len(OF_WEEK)
BEGINS_ON, ENDS_ON = (WEEK_FROM + OF_WEEK.index(name) for name in ("begins_on", "ends_on"))
STEPS = ReadyMade(
    lambda person, ends_from: WeekStep.objects.filter(week__person=person, week__ends_on__gte=ends_from).values_list(
        *OF_STEP, *(f"week__{name}" for name in OF_WEEK), "week__review__decided"
    ),
    person=str,
    ends_from=date,
)
"""Each step with its week, and what was decided of it, None where nobody looked back on it yet. A week is made of a row
once, not for each step, and of a week that is not looked at nothing is."""


def _by_week(rows: Iterable[Sequence[Any]]) -> list[list[Sequence[Any]]]:
    by_key: dict[int, list[Sequence[Any]]] = {}
    for row in rows:
        by_key.setdefault(row[WEEK_FROM], []).append(row)
    return list(by_key.values())


def _one_of(rows: list[Sequence[Any]], person: Person, zone: ZoneInfo) -> OneWeek:
    week = _week_of(rows[0])
    steps = [WeekStep.from_db(DEFAULT_DB_ALIAS, OF_STEP, row[:WEEK_FROM]) for row in rows]
    for step in steps:
        step.week = week
    done = _ticked(week, steps, person, zone)
    return OneWeek(week=week, steps=tuple(steps), done=done, is_decided=bool(rows[0][WEEK_TO]))


def _week_of(row: Sequence[Any]) -> Week:
    week = Week.from_db(DEFAULT_DB_ALIAS, OF_WEEK, row[WEEK_FROM:WEEK_TO])
    if row[WEEK_TO] is None:
        # Known too, so that nobody asks the database again.
        Week._meta.get_field("review").set_cached_value(week, None)
    return week


DAY = timedelta(days=1)


def _ticked(week: Week, steps: list[WeekStep], person: Person, zone: ZoneInfo) -> Mapping[int, date]:
    meant = [
        Meant(key=step.pk, technique=step.technique_id, day=step.day, is_ticked=step.done_at is not None)
        for step in steps
        if step.state != State.TAKEN_OUT or step.done_at
    ]
    goes = _goes_in(Span(begins=week.begins_on, ends=week.ends_on), person, zone)
    return ticked(meant, goes)


_kept: Kept[tuple[Done, ...]] = Kept()
"""The goes of a week, by what stands for the practices that were looked through."""


def _goes_in(span: Span, person: Person, zone: ZoneInfo) -> tuple[Done, ...]:
    practices, mark = person.newest_practices, person.mark_of_practices

    def look() -> tuple[Done, ...]:
        # No zone is a day away from that of the servers, so none of its days is left out.
        earliest = datetime.combine(span.begins - DAY, time.min, UTC)
        lately = takewhile(lambda one: one.started_at >= earliest, practices)
        goes = (Done(technique=one.technique_id, day=one.started_at.astimezone(zone).date()) for one in lately)
        return tuple(go for go in goes if span.holds(go.day))

    told = [mark, str(zone), span.begins.isoformat(), span.ends.isoformat()]
    return _kept.of(None, told, look) if mark else look()


@transaction.atomic
def make_week(person: Person, coaching: Coaching, *, at: datetime, zone: ZoneInfo, after: Span | None = None) -> Week:
    """The week from today on, or the one after a week that has been looked back on; once, from whichever tab."""
    Person.objects.hold(person)
    today = today_in(zone, at)
    rhythm = begin(person, today)
    known = weeks_of(person, at=at, zone=zone)
    if known.current and (after is None or known.current.span.begins > after.ends):
        return known.current.week
    before = known.current or known.last
    span = span_after(after or (before.span if before else None), today, rhythm.review_day)
    ahead = person.weeks.filter(begins_on__gt=today).first() if after else None
    if ahead:
        return ahead
    told = {"ends_on": span.ends, "made_at": at}
    week, is_new = Week.objects.get_or_create(person=person, begins_on=span.begins, defaults=told)
    if not is_new:
        # One of which nothing could be laid out yet.
        return week
    _lay(week, coaching, span, _kept_from(before))
    hold_all(coaching, at)
    return week


def begin(person: Person, today: date) -> Rhythm:
    rhythm, _ = Rhythm.objects.get_or_create(person=person, defaults={"began_on": today, "ends_on": planned_end(today)})
    person.rhythm = rhythm
    return rhythm


def wishes_of(coaching: Coaching) -> tuple[Wish, ...]:
    """What the rungs of the plan ask for, in its order. What has no ladder is read, not practised."""
    practices = ((pick.technique, coaching.steps.of(pick.technique)) for pick in coaching.recommendation.picks)
    return tuple(
        Wish(technique=technique, minutes=step.minutes, times=step.standing.rung.times)
        for technique, step in practices
        if step
    )


def _lay(week: Week, coaching: Coaching, span: Span, kept: Mapping[str, tuple[time | None, str]]) -> None:
    steps = []
    for laid in lay_out(wishes_of(coaching), span.days, coaching.options.minutes_a_day):
        usual = USUAL_TIME.get(coaching.options.by_slug[laid.technique].family)
        at, place = kept.get(laid.technique, (usual, ""))
        steps.append(a_step(week, coaching, laid.technique, laid.day, minutes=laid.minutes, at=at, place=place))
    WeekStep.objects.bulk_create(steps)


def a_step(
    week: Week, coaching: Coaching, technique: str, day: date, *, minutes: int, at: time | None, place: str
) -> WeekStep:
    """Not saved yet."""
    step = coaching.steps.of(technique)
    rung = step.standing.place if step else 0
    row = WeekStep(week=week, technique_id=technique, day=day, at=at, minutes=minutes, rung=rung)
    row.place = place
    return row


def _kept_from(before: OneWeek | None) -> Mapping[str, tuple[time | None, str]]:
    """The time and the place that each practice had last."""
    return {step.technique_id: (step.at, step.place) for step in before.steps} if before else {}


def hold_all(coaching: Coaching, at: datetime) -> None:
    """Every practice of the plan stays on its rung, counted anew from now."""
    steps = {wish.technique: coaching.steps.of(wish.technique) for wish in wishes_of(coaching)}
    known = coaching.plan.held
    hold(coaching.plan, {slug: held_on(known.get(slug, {}), step, at) for slug, step in steps.items() if step})


def held_on(known: Mapping[str, Any], step: Step, at: datetime) -> dict[str, Any]:
    """What was decided at the review stays said for the week that follows, and no longer."""
    since = step.standing.since
    if not known or since in (Since.DOWN, Since.BREAK):
        why = since if known else Since.CHOSEN
        return {**known, "place": step.standing.place, "why": why.value, "at": at.isoformat()}
    is_told = known["why"] in DECIDED and not known.get("is_new")
    kept = {name: value for name, value in known.items() if name != "is_new"}
    return {**kept, "why": Since.CHOSEN.value if is_told else known["why"], "at": at.isoformat()}


@transaction.atomic
def hold(plan: Plan, held: Mapping[str, Mapping[str, object]]) -> None:
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    row.held = row.held | held
    row.save(update_fields=["held"])
    plan.held = row.held


def say_enough(rhythm: Rhythm, on: date | None) -> None:
    Rhythm.objects.filter(pk=rhythm.pk).update(enough_on=on)


def set_review_day(person: Person, review_day: int, *, today: date) -> None:
    """From the next week on; one that nobody looked back on yet ends on the new day where it still can."""
    Rhythm.objects.filter(person=person).update(review_day=review_day)
    week = person.weeks.filter(begins_on__lte=today, ends_on__gte=today, review=None).first()
    if week:
        ends = week.ends_on + timedelta(days=(review_day - week.ends_on.weekday()) % 7)
        span = Span(begins=week.begins_on, ends=ends)
        if len(span.days) > LONGEST and ends - timedelta(days=7) >= today:
            ends -= timedelta(days=7)
        Week.objects.filter(pk=week.pk).update(ends_on=ends)


LONGEST = 10
