"""What goes together, from what was told anyway: said only where it stands out, and named as chance where it may be."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from statistics import fmean

import pytest
from django.db.models.signals import post_init
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.core.progress.patterns import patterns
from coaching.models import LogEntry, Person, Practice, ToolEntry
from coaching.people.preferences import UTC
from coaching.progress.patterns import days_of
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.coaching.tool_makers import an_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGE = "/progress/patterns/"


@pytest.fixture
def person(client: Client) -> Person:
    return a_plan(a_member(client), at=timezone.now() - timedelta(days=90)).person


def lived(person: Person, days: int, *, nights_help: float) -> None:
    """A walk each day with pain and tension before it, and the night before told with it."""
    chance, now, night = Random(4), timezone.now(), 5  # noqa: S311 - made-up days
    rows = []
    for ago in range(days, 0, -1):
        night = chance.randint(1, 9)
        pain = round(min(10, max(0, 6 - nights_help * (night - 5) + chance.gauss(0, 0.7))))
        rows.append(
            Practice(
                person=person,
                technique_id="walking",
                client_id=f"walk-{ago}",
                started_at=now - timedelta(days=ago),
                seconds=60 * chance.randint(5, 20),
                pain_before=pain,
                tension_before=chance.randint(2, 8),
                night_before=night,
            )
        )
    Practice.objects.bulk_create(rows)


def page(client: Client) -> str:
    return text(client.get(PAGE))


def test_a_clear_pattern_is_said_with_its_interval(client: Client, person: Person) -> None:
    lived(person, 60, nights_help=0.6)
    found = page(client)
    assert "After better nights, pain the next day was lower, by about" in found
    assert found.count('class="reach"') == 3


def test_what_may_be_chance_is_called_so(client: Client, person: Person) -> None:
    lived(person, 60, nights_help=0)
    found = page(client)
    assert "What there is may be chance." in found
    assert "After better nights" not in found


def test_few_days_say_how_many_more(client: Client, person: Person) -> None:
    lived(person, 10, nights_help=1)
    assert "Too few days so far: 9 days with the day after them. We look from 28 on." in page(client)


def test_with_numbers_of_pain_off_it_is_about_tension(client: Client, person: Person) -> None:
    lived(person, 60, nights_help=0.6)
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})
    main = page(client).partition('<main id="main"')[2].partition("</main>")[0]
    assert "tension or worry the next day" in main
    assert "pain" not in main.lower()


def test_a_night_belongs_to_the_day_before_it(person: Person) -> None:
    now = timezone.now()
    an_entry(person, "sleep-diary", on=now.date().isoformat(), sleep=7)
    person.tool_entries.update(made_at=now)
    lived(person, 2, nights_help=0)
    person = Person.objects.get(pk=person.pk)
    _pain, factors = days_of(person, frozenset({"walking"}), UTC, outcome="pain")
    assert factors["sleep"][now.date() - timedelta(days=1)] == 7
    assert {now.date() - timedelta(days=ago) for ago in (1, 2)} <= set(factors["activity"])


def logged(person: Person, kind: str, *, ago: int, value: int | None = None, what: str = "") -> None:
    day = timezone.now() - timedelta(days=ago)
    entry = LogEntry(person=person, client_id=f"{kind}-{ago}", kind=kind, on=day.date(), at=day, value=value)
    entry.words = {"trigger": what}
    entry.save()


def test_what_was_logged_is_looked_at_too_by_whoever_keeps_a_log(client: Client, person: Person) -> None:
    lived(person, 60, nights_help=0)
    for ago in range(50, 0, -2):
        logged(person, "trigger", ago=ago, what="stress")
        Practice.objects.filter(client_id=f"walk-{ago - 1}").update(pain_before=8)
    found = page(client)
    assert "After days on which more turned it up, pain the next day was higher, by about" in found
    assert found.count('class="reach"') == 4


def test_before_the_first_trigger_was_tapped_a_day_counts_as_unknown(person: Person) -> None:
    lived(person, 9, nights_help=0)
    logged(person, "trigger", ago=5, what="stress")
    logged(person, "mood", ago=3, value=4)
    _pain, factors = days_of(Person.objects.get(pk=person.pk), frozenset({"walking"}), UTC, outcome="pain")
    today = timezone.now().date()
    assert factors["trigger"] == {today - timedelta(days=ago): float(ago == 5) for ago in range(1, 6)}
    assert factors["mood"] == {today - timedelta(days=3): 4}
    assert "active" not in factors


def lived_long(person: Person, days: int) -> None:
    """A walk on each day but those of the last and the first month, with a night and an entry of the log each day of
    all, told on the day itself or late, and nights that the diary has a second time."""
    chance, now = Random(8), timezone.now()  # noqa: S311 - made-up days
    lived(person, days, nights_help=0.3)
    shift = timedelta(days=30)
    for practice in Practice.objects.filter(person=person):
        practice.started_at -= shift
        practice.save()
    for ago in range(days + 60, 0, -1):
        on, sleep = now - timedelta(days=ago), chance.randint(0, 10)
        for late in (0, *([chance.randint(1, 40)] if ago % 7 == 0 else [])):
            told = min(on + timedelta(days=late), now)
            night = ToolEntry(person=person, tool="sleep-diary", client_id=f"night-{ago}-{late}", changed_at=told)
            night.made_at, night.answers = told, {"on": on.date().isoformat(), "sleep": sleep}
            night.save()
        logged(person, "mood", ago=ago, value=chance.randint(0, 4))
        if ago % 3 == 0 and ago < days + 45:
            logged(person, "trigger", ago=ago, what="stress")


def read_without_bounds(person: Person, outcome: Mapping[date, float]) -> dict[str, dict[date, float]]:
    """Every night and every entry of the log, with the nights that the practices told."""
    nights: dict[date, list[float]] = defaultdict(list)
    for practice in person.practices.all():
        nights[practice.started_at.date() - timedelta(days=1)].append(practice.night_before)
    for entry in person.tool_entries.of_tool("sleep-diary"):
        nights[date.fromisoformat(entry.answers["on"]) - timedelta(days=1)].append(entry.answers["sleep"])
    told = [(entry.kind, entry.on, entry.value) for entry in person.log.all()]
    moods = {on: float(value) for kind, on, value in told if kind == "mood"}
    tapped = {on for kind, on, _ in told if kind == "trigger"}
    triggers = {on: float(on in tapped) for on in outcome if on >= min(tapped)}
    return {"sleep": {on: fmean(values) for on, values in nights.items()}, "mood": moods, "trigger": triggers}


@pytest.mark.parametrize("outcome", ["pain", "tension"])
def test_what_is_said_is_the_same_as_from_every_night_and_every_entry(person: Person, outcome: str) -> None:
    lived_long(person, 120)
    days, factors = days_of(Person.objects.get(pk=person.pk), frozenset({"walking"}), UTC, outcome=outcome)
    said = patterns(days, factors)
    assert said == patterns(days, factors | read_without_bounds(person, days))
    assert {one.factor for one in said if one.pairs > 60} >= {"sleep", "mood", "trigger", "activity"}


def test_nights_and_entries_of_other_days_are_neither_read_nor_opened(person: Person) -> None:
    """They lie before the first day that can be paired: what is told of them is that the log was kept then."""
    lived(person, 40, nights_help=0)
    logged(person, "mood", ago=30, value=4)
    logged(person, "trigger", ago=300, what="stress")
    long_ago = timezone.now() - timedelta(days=300)
    told = {"person": person, "tool": "sleep-diary", "made_at": long_ago, "changed_at": long_ago}
    ToolEntry.objects.bulk_create(ToolEntry(**told, client_id=f"night-{number}") for number in range(50))
    tapped = {"person": person, "kind": "mood", "at": long_ago, "on": long_ago.date()}
    LogEntry.objects.bulk_create(LogEntry(**tapped, client_id=f"mood-of-{number}") for number in range(50))
    person, made = Person.objects.get(pk=person.pk), list[type]()

    def hear(sender: type, **told: object) -> None:
        made.append(sender)

    post_init.connect(hear)
    try:
        days, factors = days_of(person, frozenset({"walking"}), UTC, outcome="pain")
    finally:
        post_init.disconnect(hear)
    assert (made.count(ToolEntry), made.count(LogEntry)) == (0, 1)
    assert factors["trigger"] == dict.fromkeys(days, 0.0)


def test_whoever_told_nothing_is_led_to_the_questions(client: Client) -> None:
    assert client.get(PAGE).url == "/intake/"
