"""A million people, 60,000 of them due in one hour, and killed workers: `script/benchmark reminders`.

On a PostgreSQL of its own, with a mail server that writes each letter down. First the look of a worker that finds
nobody due is timed. Then 60,000 become due; three workers send, and twenty times one of them is killed (SIGKILL). One
in 20 of those who are due has a plan with a week, whose step of the day is worked out as a page does it; how long one
such reminder takes is timed too. It ends with 1 when one is lost, when one leaves outside of its hour, when there are
more repeats than kills, or when an empty look takes more than 5 ms. One line of JSON comes last.

With `--few` there are 50,000 people and 1,500 due, to try the benchmark itself.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import django

from tests.benchmarks.storm import Crew, say
from tests.mail_server import MailServer
from tests.pgplugin import free_port, put_away, settings_for, start_postgresql

IS_FEW = "--few" in sys.argv
PEOPLE, DUE, KILLS = (50_000, 1_500, 5) if IS_FEW else (1_000_000, 60_000, 20)
PLANNED_EVERY, AT_ONCE, LOOKS, TIMED = 20, 2000, 300, 40
LONGEST_LOOK, LONGEST = 5.0, 3600
WHOLE_HOURS = ("UTC", "Asia/Kolkata", "Asia/Kathmandu")
"""Their hours begin at :00, :30 and :15 of the world's."""

FOLDER = Path(tempfile.mkdtemp(prefix="unloop-reminders-"))
os.environ |= settings_for(FOLDER)
os.environ |= {"DATABASE_URL": start_postgresql(FOLDER), "DJANGO_SETTINGS_MODULE": "config.settings"}
os.environ |= {"EMAIL_URL": "dummy:", "LOG_LEVEL": "WARNING"}
Path(os.environ["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Max, Min  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Profile, ReminderWish, User  # noqa: E402
from coaching.models import Intake, Person, Plan, PlanItem, ReminderSlot, Rhythm, Week, WeekStep  # noqa: E402
from coaching.plan.plans import make_plan  # noqa: E402
from coaching.reminders import ledger, sweep  # noqa: E402
from coaching.reminders.steps import told_of  # noqa: E402
from tests.coaching.shell_makers import a_finished_intake  # noqa: E402

State = ReminderSlot.State
USERS = """
INSERT INTO accounts_user (password, last_login, is_superuser, email, is_staff, is_active, date_joined)
SELECT '', NULL, false, 'person' || n || '@example.org', false, true, now() FROM generate_series(1, %s) n
"""
PROFILES = """
INSERT INTO accounts_profile (user_id, name, country, time_zone, minutes_a_day, hide_pain_numbers)
SELECT id, '', '', 'UTC', 30, false FROM accounts_user
"""
WISHES = """
INSERT INTO accounts_reminderwish (user_id, public_id, calendar_id, days, hour, quiet_from, quiet_until, way,
    names_step, language, chance, stopped, changed_at, next_reminder_at, reckoned_at)
SELECT id, md5(id::text), '', '0123456', 12, 0, 0, 'mail', true, 'en', 1, '', now(),
    now() + interval '2 hours' + id % 20 * interval '1 hour', now() FROM accounts_user
"""


def main() -> None:
    try:
        figures = measure()
    finally:
        connection.close()
        put_away(FOLDER)
    say(json.dumps(figures))
    is_well = not figures["lost"] and not figures["outside"] and figures["repeats"] <= KILLS
    sys.exit(0 if is_well and figures["empty_look_ms"] <= LONGEST_LOOK else 1)


def measure() -> dict[str, Any]:
    make_crowd()
    empty = empty_look()
    say(f"an empty look: {empty:.2f} ms")
    opens = make_due()
    planned = planned_ms()
    say(f"one reminder with a plan and a week: {planned:.0f} ms")
    begun = time.monotonic()
    letters = send_all()
    figures = count_up(letters, opens)
    return {
        **figures,
        "empty_look_ms": round(empty, 2),
        "with_plan_ms": round(planned, 1),
        "seconds": round(time.monotonic() - begun),
    }


def newest_hour() -> str:
    """The zone whose hour began last, so that most of it is left."""
    now = timezone.now()
    return min(WHOLE_HOURS, key=lambda zone: now.astimezone(ZoneInfo(zone)).minute)


def make_crowd() -> None:
    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_library", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(USERS, [PEOPLE])
        cursor.execute(PROFILES)
        cursor.execute(WISHES)
        cursor.execute("ANALYZE")
    say(f"{PEOPLE} people in {time.monotonic() - begun:.0f} s")


def empty_look() -> float:
    """The median, in milliseconds."""
    found = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        assert not sweep.drain("nobody", clock=timezone.now, goes_on=lambda: True)
        found.append(1000 * (time.perf_counter() - begun))
    return median(found)


def make_due() -> datetime:
    """In the hour that has begun last somewhere. When it did, in the time of the world."""
    zone = newest_hour()
    there = timezone.now().astimezone(ZoneInfo(zone))
    opens = there.replace(minute=0, second=0, microsecond=0)
    step = PEOPLE // DUE
    keys = list(User.objects.order_by("pk").values_list("pk", flat=True)[::step][:DUE])
    give_plans(keys[::PLANNED_EVERY], there.date())
    Profile.objects.filter(user__in=keys).update(time_zone=zone)
    ReminderWish.objects.filter(user__in=keys).update(hour=there.hour, next_reminder_at=opens)
    return opens.astimezone(UTC)


def give_plans(users: list[int], today: date) -> None:
    """Copies of one person's answers, plan and week."""
    at = datetime.combine(today, datetime.min.time(), tzinfo=UTC) - timedelta(days=2)
    first = Person.objects.create(user_id=users[0])
    answers = a_finished_intake(first, at).answers
    plan = make_plan(first, first.intakes.get(), 30, at)
    items = list(plan.items.values("technique_id", "position", "state"))
    first.delete()
    for place in range(0, len(users), AT_ONCE):
        people = Person.objects.bulk_create(Person(user_id=user) for user in users[place : place + AT_ONCE])
        copy_plans(people, answers, items, today, at)


def copy_plans(
    people: list[Person], answers: dict[str, Any], items: list[dict[str, Any]], today: date, at: datetime
) -> None:
    intakes = [
        Intake(person=one, version="3", started_at=at, changed_at=at, finished_at=at, safety_at=at, safety_round=2)
        for one in people
    ]
    for intake in intakes:
        intake.answers = answers
    Intake.objects.bulk_create(intakes)
    plans = Plan.objects.bulk_create(
        Plan(person=one.person, intake=one, minutes_a_day=30, made_at=at) for one in intakes
    )
    PlanItem.objects.bulk_create(PlanItem(plan=plan, **item) for plan in plans for item in items)
    ends, week_long = today + timedelta(days=50), today + timedelta(days=4)
    Rhythm.objects.bulk_create(Rhythm(person=one, began_on=at.date(), ends_on=ends) for one in people)
    weeks = Week.objects.bulk_create(
        Week(person=one, begins_on=at.date(), ends_on=week_long, made_at=at) for one in people
    )
    technique = items[0]["technique_id"]
    WeekStep.objects.bulk_create(WeekStep(week=week, technique_id=technique, day=today, minutes=2) for week in weeks)


def planned_ms() -> float:
    found = []
    users = User.objects.filter(person__isnull=False).select_related("profile")[:TIMED]
    for user in users:
        begun = time.perf_counter()
        assert told_of(user, timezone.now())
        found.append(1000 * (time.perf_counter() - begun))
    return median(found)


def send_all() -> list[tuple[str, str]]:
    server, dice = MailServer(free_port(), FOLDER / "letters.txt"), random.Random(13)  # noqa: S311 (dice)
    crew, kills, deadline = Crew(server.port, FOLDER), 0, time.monotonic() + LONGEST
    try:
        while not is_over():
            if kills < KILLS and count(server) >= (kills + 1) * DUE // (KILLS + 2):
                crew.kill_one(dice)
                kills += 1
                say(f"{count(server):>6} letters, {kills} killed")
            if time.monotonic() > deadline:
                raise SystemExit("It took more than an hour.")
            time.sleep(0.2)
    finally:
        crew.dismiss()
        server.stop()
    assert kills == KILLS, kills
    return server.letters()


def count(server: MailServer) -> int:
    return server.file.read_bytes().count(b"\n")


def is_over() -> bool:
    if ReminderSlot.objects.count() < DUE or ledger.is_anything_to_do(timezone.now()):
        return False
    return not ReminderSlot.objects.filter(state__in=[State.WAITING, State.CLAIMED]).exists()


def count_up(letters: list[tuple[str, str]], opens: datetime) -> dict[str, Any]:
    """`outside`: those that were not closed as sent within their hour."""
    by_reader = Counter(to for to, _ in letters)
    times = ReminderSlot.objects.aggregate(first=Min("closed_at"), last=Max("closed_at"))
    sent = ReminderSlot.objects.filter(state=State.SENT, closed_at__gte=opens)
    within = sent.filter(closed_at__lt=opens + timedelta(hours=1)).count()
    return {
        "people": PEOPLE,
        "due": DUE,
        "with_plan": Person.objects.count(),
        "sent": len(letters),
        "lost": DUE - len(by_reader),
        "outside": DUE - within,
        "repeats": sum(times_sent - 1 for times_sent in by_reader.values()),
        "other_message_id": len(set(letters)) - len(by_reader),
        "killed": KILLS,
        "sent_over_seconds": round((times["last"] - times["first"]).total_seconds()),
    }


if __name__ == "__main__":
    main()
