"""Reminders come in the hour a person chose, once a slot, with their own step, and say nothing of health."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.members import reminder_wishes
from accounts.models import MAIL_SERVER, Consent, ConsentKind, Profile, ReminderWish, SendingGate, User
from coaching import tasks
from coaching.models import Intake, Person, ReminderSlot, WeekStep
from coaching.reminders import ledger, sweep
from content.core.vocabulary import Level
from content.models import Technique
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish, last_mail, sweep_at, words_of
from tests.coaching.shell_makers import a_member, a_plan

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
State = ReminderSlot.State


def states() -> list[str]:
    return list(ReminderSlot.objects.order_by("pk").values_list("state", flat=True))


# --- When -------------------------------------------------------------------------------------------


def test_a_reminder_leaves_in_the_hour_that_was_chosen() -> None:
    a_wish()
    assert sweep_at(SIX_IN_LISBON) == 1
    assert states() == [State.SENT]
    assert (last_mail()["To"], ReminderSlot.objects.get().probability) == ("person0@example.org", 1)


@pytest.mark.parametrize("off", [-HOUR, HOUR, 5 * HOUR])
def test_outside_that_hour_nothing_leaves_not_even_late(off: timedelta) -> None:
    a_wish()
    assert sweep_at(SIX_IN_LISBON + off) == 0


def test_the_hour_is_that_of_the_persons_own_time_zone() -> None:
    a_wish(zone="America/Chicago", hour=12)
    assert sweep_at(SIX_IN_LISBON) == 1


def test_it_comes_on_the_chosen_days_alone() -> None:
    a_wish(days="02")
    found = [number for number in range(14) if sweep_at(SIX_IN_LISBON + DAY * number)]
    assert found == [0, 2, 7, 9]


def test_nobody_is_reminded_twice_a_day() -> None:
    a_wish()
    sweep_at(SIX_IN_LISBON)
    assert sweep_at(SIX_IN_LISBON + timedelta(minutes=15)) == 0
    assert sweep_at(SIX_IN_LISBON + DAY) == 1


def test_another_hour_chosen_on_the_same_day_brings_no_second_one() -> None:
    wish = a_wish()
    sweep_at(SIX_IN_LISBON)
    a_wish(wish.user, hour=20, at=SIX_IN_LISBON)
    assert sweep_at(SIX_IN_LISBON + 2 * HOUR) == 0
    assert sweep_at(SIX_IN_LISBON + DAY + 2 * HOUR) == 1


def test_a_slot_is_one_row_whoever_writes_it() -> None:
    wish = a_wish()
    told = {"user": wish.user, "day": date(2026, 11, 23), "due_at": SIX_IN_LISBON, "closes_at": SIX_IN_LISBON + HOUR}
    ReminderSlot.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderSlot.objects.create(**told)
    assert sweep_at(SIX_IN_LISBON) == 1


def test_whoever_wishes_none_gets_none_and_is_not_looked_at() -> None:
    wish = a_wish(way="none")
    assert wish.next_reminder_at is None
    assert not ledger.is_anything_to_do(SIX_IN_LISBON)
    assert sweep_at(SIX_IN_LISBON) == 0


def test_an_account_that_is_shut_gets_none_and_keeps_nobody_waiting() -> None:
    wish = a_wish()
    User.objects.filter(pk=wish.user_id).update(is_active=False)
    assert sweep_at(SIX_IN_LISBON) == 0
    assert ReminderWish.objects.filter(next_reminder_at__gt=SIX_IN_LISBON).exists()


def test_two_workers_send_one_reminder() -> None:
    a_wish()
    ledger.put_in_due(SIX_IN_LISBON)
    waiting = ledger.waiting_for(ReminderWish.Way.values, SIX_IN_LISBON)
    assert len(ledger.claim("one", waiting, 9, SIX_IN_LISBON)) == 1
    assert ledger.claim("two", waiting, 9, SIX_IN_LISBON) == []
    assert sweep_at(SIX_IN_LISBON, "two") == 0


def test_a_worker_that_died_leaves_its_reminder_to_the_next() -> None:
    a_wish()
    ledger.put_in_due(SIX_IN_LISBON)
    ledger.claim("dead", ledger.waiting_for(ReminderWish.Way.values, SIX_IN_LISBON), 9, SIX_IN_LISBON)
    assert sweep_at(SIX_IN_LISBON + ledger.LEASE - timedelta(seconds=1)) == 0
    assert sweep_at(SIX_IN_LISBON + ledger.LEASE) == 1


def test_a_worker_that_comes_back_to_life_sends_nothing_twice() -> None:
    a_wish()
    ledger.put_in_due(SIX_IN_LISBON)
    slot = ledger.claim("slow", ledger.waiting_for(ReminderWish.Way.values, SIX_IN_LISBON), 9, SIX_IN_LISBON)[0]
    assert sweep_at(SIX_IN_LISBON + ledger.LEASE, "next") == 1
    assert not ledger.begin(slot, "slow", SIX_IN_LISBON + ledger.LEASE)


def test_while_the_mail_server_is_away_it_waits_and_past_its_hour_it_is_missed() -> None:
    a_wish()
    gate = SendingGate.objects.create(name=MAIL_SERVER, closed_until=SIX_IN_LISBON + 2 * HOUR)
    assert sweep_at(SIX_IN_LISBON) == 0
    assert states() == [State.WAITING]
    SendingGate.objects.filter(pk=gate.pk).update(closed_until=None)
    assert sweep_at(SIX_IN_LISBON + HOUR) == 0
    assert states() == [State.MISSED]


def test_a_fault_in_the_rows_of_one_person_keeps_nobody_else_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    first = a_wish()
    a_wish()
    told_of = sweep.told_of

    def breaks(user: User, *args: Any) -> Any:
        if user.pk == first.user_id:
            raise KeyError("broken")
        return told_of(user, *args)

    monkeypatch.setattr(sweep, "told_of", breaks)
    for number in range(12):
        sweep_at(SIX_IN_LISBON + timedelta(minutes=3 * number))
    assert states() == [State.FAILED, State.SENT]


def test_a_time_zone_that_went_out_of_use_keeps_nobody_waiting() -> None:
    wish = a_wish(zone="Europe/Lisbon")
    Profile.objects.filter(user=wish.user).update(time_zone="Europe/Atlantis")
    a_wish()
    assert sweep_at(SIX_IN_LISBON) == 2


# --- Clocks and journeys ----------------------------------------------------------------------------


def test_whoever_travels_in_mid_week_is_reminded_by_the_new_clock_once_a_day(client: Client) -> None:
    person = a_member(client)
    wish = a_wish(person.user)
    sweep_at(SIX_IN_LISBON)
    Profile.objects.filter(user=wish.user).update(time_zone="Asia/Tokyo")
    reminder_wishes.follow_clock(User.objects.get(), SIX_IN_LISBON)
    found = [number for number in range(1, 73) if sweep_at(SIX_IN_LISBON + HOUR * number)]
    in_tokyo = [(SIX_IN_LISBON + HOUR * number).astimezone(ZoneInfo("Asia/Tokyo")) for number in found]
    assert [(at.day, at.hour) for at in in_tokyo] == [(24, 18), (25, 18), (26, 18)]


def test_a_flight_over_the_date_line_brings_no_second_one_on_the_same_day() -> None:
    wish = a_wish(zone="Pacific/Auckland")
    evening = datetime(2026, 11, 24, 18, 5, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert sweep_at(evening) == 1
    Profile.objects.filter(user=wish.user).update(time_zone="Pacific/Honolulu")
    reminder_wishes.follow_clock(User.objects.get(), evening)
    again = datetime(2026, 11, 24, 18, 5, tzinfo=ZoneInfo("Pacific/Honolulu"))
    assert sweep_at(again) == 0
    assert sweep_at(again + DAY) == 1


def test_the_profile_takes_the_hour_along(client: Client) -> None:
    person = a_member(client)
    a_wish(person.user, at=timezone.now())
    before = ReminderWish.objects.get().next_reminder_at
    client.post("/accounts/profile/", {"name": "", "time_zone": "Asia/Tokyo", "minutes_a_day": "20"})
    after = ReminderWish.objects.get().next_reminder_at
    assert before != after
    assert after.astimezone(ZoneInfo("Asia/Tokyo")).hour == 18


def test_a_clock_that_was_a_day_ahead_is_put_right_and_repeats_nothing() -> None:
    a_wish()
    assert sweep_at(SIX_IN_LISBON + DAY) == 1
    assert sweep_at(SIX_IN_LISBON - 3 * HOUR) == 0
    assert sweep_at(SIX_IN_LISBON) == 1
    assert sweep_at(SIX_IN_LISBON + DAY) == 0
    assert sweep_at(SIX_IN_LISBON + 2 * DAY) == 1


def test_a_clock_that_was_a_day_behind_brings_nothing_late_and_nothing_twice() -> None:
    a_wish(at=SIX_IN_LISBON - DAY)
    assert sweep_at(SIX_IN_LISBON - 2 * DAY) == 0
    assert sweep_at(SIX_IN_LISBON + 3 * HOUR) == 0
    assert sweep_at(SIX_IN_LISBON + DAY) == 1


# --- What it says -----------------------------------------------------------------------------------


@pytest.fixture
def person(client: Client, library: None, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody with a week, whose reminder is due now."""
    now = (timezone.now() + DAY).replace(hour=18, minute=5, second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: now)
    found = a_member(client)
    a_plan(found, at=now)
    client.post("/week/make/")
    a_wish(found.user, zone="UTC", at=now - 7 * DAY, names_step=True)
    WeekStep.objects.update(day=now.date() + DAY)
    first = WeekStep.objects.order_by("pk")[0]
    WeekStep.objects.filter(pk=first.pk).update(day=now.date(), minutes=2, at="18:30")
    return found


def todays_step() -> WeekStep:
    return WeekStep.objects.select_related("technique").get(day=timezone.now().date())


def test_it_says_the_step_of_the_week_with_its_own_minutes_and_time(person: Person) -> None:
    sweep_at(timezone.now())
    words = words_of(last_mail())
    assert f"{todays_step().technique.name}, 2 minutes, planned for 18:30" in words


def test_the_name_is_said_only_to_whoever_chose_that(person: Person) -> None:
    a_wish(person.user, zone="UTC", at=timezone.now() - 7 * DAY)
    sweep_at(timezone.now())
    words = words_of(last_mail())
    assert todays_step().technique.name not in words
    assert "One small step, 2 minutes, planned for 18:30" in words


@pytest.mark.parametrize("done", ["ticked", "enough", "free", "paused"])
def test_where_nothing_is_to_be_done_none_comes(client: Client, person: Person, done: str) -> None:
    if done == "ticked":
        WeekStep.objects.update(done_at=timezone.now())
    elif done == "enough":
        client.post("/today/enough/")
    elif done == "free":
        WeekStep.objects.update(day=timezone.now().date() + DAY)
    else:
        WeekStep.objects.filter(pk=todays_step().pk).update(state=WeekStep.State.PAUSED)
    assert sweep_at(timezone.now()) == 0
    assert states() == [State.NOTHING]


def test_while_danger_stands_none_comes(person: Person) -> None:
    Intake.objects.update(safety_level=Level.NOW, safety_at=timezone.now())
    assert sweep_at(timezone.now()) == 0
    assert states() == [State.NOTHING]


def test_a_technique_that_was_withdrawn_is_not_named_and_the_week_stays_whole(person: Person) -> None:
    gone = todays_step().technique
    Technique.objects.filter(pk=gone.pk).update(startable=False, updated=timezone.now() + 2 * DAY)
    sweep_at(timezone.now())
    assert gone.name not in "".join(words_of(one.message()) for one in mail.outbox)
    assert WeekStep.objects.filter(day=timezone.now().date()).exclude(technique=gone).exists()
    assert states() == [State.SENT]


def test_whoever_has_no_plan_is_reminded_that_there_is_something(library: None) -> None:
    a_wish()
    sweep_at(SIX_IN_LISBON)
    assert "One small thing is waiting for you" in words_of(last_mail())


def test_a_reminder_says_nothing_of_health_and_how_to_stop_it() -> None:
    a_wish()
    sweep_at(SIX_IN_LISBON)
    letter = last_mail()
    words = (str(letter["Subject"]) + words_of(letter)).lower()
    assert "/reminders/stop/" in words and "/reminders/later/" in words
    assert not any(word in words for word in ("pain", "anxi", "worry"))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_speaks_the_language_in_which_it_was_asked_for() -> None:
    a_wish(language="es")
    sweep_at(SIX_IN_LISBON)
    assert "/es/reminders/stop/" in words_of(last_mail())
    assert "Pediste este recordatorio" in words_of(last_mail())


# --- Wishes and workers -----------------------------------------------------------------------------


def test_a_wish_is_a_consent_and_a_stop_takes_it_back() -> None:
    wish = a_wish(by_chance=True)
    given = Consent.objects.standing().values_list("kind", flat=True)
    assert set(given) == {ConsentKind.REMINDERS, ConsentKind.REMINDERS_BY_CHANCE}
    reminder_wishes.stop(wish, ReminderWish.Stopped.ASKED, SIX_IN_LISBON)
    assert not Consent.objects.standing().exists()
    assert sweep_at(SIX_IN_LISBON) == 0


def test_one_reminder_is_never_one_task() -> None:
    for _ in range(3):
        a_wish()
    sweep_at(SIX_IN_LISBON)
    assert not DBTaskResult.objects.exists()
    assert sweep.drain in tasks.BATCHES


def test_the_database_refuses_a_reminder_for_whoever_wants_none() -> None:
    wish = a_wish()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderWish.objects.filter(pk=wish.pk).update(stopped="asked")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderWish.objects.filter(pk=wish.pk).update(days="")


def test_what_proves_nothing_any_more_is_forgotten() -> None:
    a_wish()
    sweep_at(SIX_IN_LISBON)
    assert ledger.forget_old(SIX_IN_LISBON + 399 * DAY) == 0
    assert ledger.forget_old(SIX_IN_LISBON + 402 * DAY) == 1


def test_a_look_that_finds_nobody_is_one_query(django_assert_num_queries: Any) -> None:
    a_wish(at=SIX_IN_LISBON - HOUR)
    with django_assert_num_queries(1):
        assert sweep_at(SIX_IN_LISBON - HOUR / 2) == 0
