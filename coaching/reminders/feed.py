"""The calendar of one person's reminders, for a calendar program that asks for it again and again (RFC 5545).

Each slot of the next four weeks is an event of its own, at a moment of the world's clock: so it stands right in every
program, also where an hour does not come, and a change shows with the next question. The day's step is named as far
ahead as the week goes, under the same rules as a page, and by its name only where the person chose that.

A program that asks each minute costs a small query or two: what was made is kept for some minutes by what it was made
from, and a program that has it already is told so (304).
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.core.reminding.slots import Moment, slots_between
from accounts.models import ReminderWish
from accounts.models.reminder_wish import profile_of
from accounts.sealing import CannotOpen
from coaching.intake.intakes import is_in_danger
from coaching.models import Person, WeekStep
from coaching.plan.plans import coaching_of
from coaching.reminders.links import page_link
from coaching.reminders.messages import step_words
from coaching.reminders.steps import Told
from coaching.week.today import Line, lines_of, stand

AHEAD = timedelta(days=28)
LASTS = timedelta(minutes=15)
KEPT, MOST_KEPT = timedelta(minutes=5), 500
Steps = dict[date, Told]


@dataclass(frozen=True, kw_only=True)
class Feed:
    body: bytes
    etag: str
    made_at: datetime


_kept: OrderedDict[tuple[object, ...], Feed] = OrderedDict()
_lock = Lock()


def feed_of(wish: ReminderWish, at: datetime) -> Feed:
    """As it was made some minutes ago, where nothing that it stands on changed since."""
    made_from = _made_from(wish, at)
    with _lock:
        kept = _kept.get(made_from)
    if kept and timedelta(0) <= at - kept.made_at < KEPT:
        return kept
    feed = _feed(wish, at)
    with _lock:
        _kept[made_from] = feed
        _kept.move_to_end(made_from)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return feed


def _made_from(wish: ReminderWish, at: datetime) -> tuple[object, ...]:
    """The wish, the clock, the day, and what was moved, ticked or taken out of the week. What else decides (answers,
    the library) is asked anew after some minutes."""
    profile = profile_of(wish.user)
    zone = wish.hours(profile).zone
    today = at.astimezone(zone).date()
    steps = WeekStep.objects.filter(week__person__user_id=wish.user_id, day__gte=today)
    told = steps.aggregate(all=Count("pk"), last=Max("pk"), done=Count("done_at"))
    changed = steps.aggregate(last=Max("week__changes__pk"))
    return (wish.pk, wish.calendar_id, wish.changed_at, str(zone), today, *told.values(), *changed.values())


def _feed(wish: ReminderWish, at: datetime) -> Feed:
    hours = wish.hours(profile_of(wish.user))
    steps = _steps(wish, at)
    with translation.override(wish.language):
        body = _calendar(wish, slots_between(at - timedelta(days=1), at + AHEAD, hours), steps).to_ical()
    return Feed(body=body, etag=f'"{sha256(body).hexdigest()[:32]}"', made_at=at)


def _calendar(wish: ReminderWish, slots: list[Moment], steps: Steps) -> Any:
    # Only who asks for a calendar needs it: four megabytes, and as many hundredths of a second of each start.
    from icalendar import Calendar  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//Unloop//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Unloop")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for slot in slots:
        calendar.add_component(_event(wish, slot, steps.get(slot.day)))
    return calendar


def _event(wish: ReminderWish, slot: Moment, told: Told | None) -> Any:
    """Its stamp is that of the slot, so that the same calendar is the same bytes."""
    from icalendar import Event  # noqa: PLC0415 - see above

    words = step_words(told, is_named=wish.names_step) if told else ""
    event = Event()
    event.add("uid", f"{slot.day:%Y%m%d}-{wish.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", slot.opens)
    event.add("dtstart", slot.opens)
    event.add("dtend", slot.opens + LASTS)
    event.add("summary", words or _("A few minutes for yourself"))
    event.add("description", _("If you like. Less counts too, and a missed day changes nothing."))
    event.add("url", page_link("today", wish.language))
    event.add("transp", "TRANSPARENT")
    return event


def _steps(wish: ReminderWish, at: datetime) -> Steps:
    """The first step of each day of the week that runs, as it may be said now; none while danger stands."""
    person = Person.objects.of_account(wish.user_id)
    if person is None or is_in_danger(person):
        return {}
    try:
        return _of_week(person, wish, at)
    except CannotOpen:
        return {}


def _of_week(person: Person, wish: ReminderWish, at: datetime) -> Steps:
    profile = profile_of(wish.user)
    coaching = coaching_of(person, profile.minutes_a_day if profile else None)
    if coaching is None or coaching.recommendation.blocked:
        return {}
    now = stand(person, coaching, wish.hours(profile).zone, at)
    if now.weeks.current is None or (now.rhythm and now.rhythm.left_at):
        return {}
    by_day: dict[date, Line] = {}
    for line in lines_of(now.weeks.current, coaching):
        if line.pick and not (line.is_done or line.is_paused or line.is_out):
            by_day.setdefault(line.row.day, line)
    return {day: Told(name=line.name, minutes=line.minutes, at=line.row.at) for day, line in by_day.items()}
