"""A restored database knows neither what left since it was saved nor who stopped it: nothing leaves a second time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.backups import settling
from accounts.erasing import leaving
from accounts.letters import editions
from accounts.mail import outgoing
from accounts.models import (
    Delivery,
    DeliveryState,
    Edition,
    EditionStatus,
    Leaving,
    MailStatus,
    OutgoingMail,
    ReminderWish,
    Series,
)
from accounts.sending import alerts, series
from coaching.models import Booster, Ending, Person, ReminderSlot
from coaching.week import boosters
from tests.accounts.people import NOON, make_subscriber, make_user
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due
from tests.accounts.test_series_of_letters import make_series
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish, sweep_at
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def restored(at: Any = NOON + A_DAY) -> str:
    """Saved at noon, put in a day later."""
    return "\n".join(settling.settle_all(made_at=NOON, at=at))


def as_they_were_saved(**fields: Any) -> None:
    """Before they left. The site itself makes no such move; a restore brings the rows."""
    for row in Delivery.objects.all():
        for name, value in {"sent_at": None, "closed_at": None, **fields}.items():
            setattr(row, name, value)
        row.save()


def test_no_letter_of_an_edition_leaves_again(outbox: Outbox) -> None:
    make_subscribers(3)
    edition = make_edition()
    clock = Clock()
    send_due(clock)
    assert len(outbox.letters) == 3
    as_they_were_saved(state=DeliveryState.QUEUED)
    Edition.objects.update(status=EditionStatus.SENDING, finished_at=None)
    told = restored()
    clock.move(days=1)
    send_due(clock)
    assert len(outbox.letters) == 3
    edition.refresh_from_db()
    assert edition.status == EditionStatus.PAUSED
    assert "02 November 2026, 12:00 UTC" in edition.pause_reason
    assert "1 editions and letters of series are paused" in told
    assert "3 letters that were due count as sent, as they may have arrived" in told
    assert "Whoever stopped the letters after 02 November 2026, 12:00 UTC gets them again" in told


def test_resumed_it_goes_to_whom_it_had_not_met_and_to_nobody_twice(outbox: Outbox) -> None:
    make_subscribers(2)
    edition = make_edition()
    clock = Clock()
    send_due(clock)
    as_they_were_saved(state=DeliveryState.CLAIMED, claimed_by="a", lease_until=NOON)
    Edition.objects.update(status=EditionStatus.SENDING, finished_at=None, filled_at=None)
    restored()
    make_subscriber("new@example.org")
    clock.move(days=1)
    editions.resume(edition, at=clock())
    send_due(clock)
    assert [str(letter["To"]) for letter in outbox.letters[2:]] == ["new@example.org"]
    assert send_again(edition, clock) == 0


def send_again(edition: Edition, clock: Clock) -> int:
    return editions.send_again_to_failed(edition, at=clock())


def test_what_was_planned_for_before_waits_and_for_later_leaves_in_its_time() -> None:
    before = make_edition("before", status=EditionStatus.SCHEDULED, send_at=NOON + A_DAY / 2)
    later = make_edition("later", status=EditionStatus.SCHEDULED, send_at=NOON + 2 * A_DAY)
    draft = make_edition("draft", status=EditionStatus.DRAFT)
    restored()
    found = {each.slug: each.status for each in Edition.objects.all()}
    assert found == {
        before.slug: EditionStatus.PAUSED,
        later.slug: EditionStatus.SCHEDULED,
        draft.slug: EditionStatus.DRAFT,
    }


def test_whoever_restores_knows_and_is_not_written_to_for_each_letter(settings: Any) -> None:
    settings.ALERTS_TO = ["staff@example.org"]
    make_series(0, 2, 3)
    restored()
    alerts.look(at=NOON + A_DAY)
    assert mail.outbox == []


def test_a_series_waits_and_then_goes_on_with_the_next_letter(outbox: Outbox) -> None:
    made = make_series(0, 2)
    make_subscriber()
    series.put_in_due(at=NOON)
    assert Delivery.objects.get().state == DeliveryState.QUEUED
    restored()
    clock = Clock(NOON + A_DAY)
    send_due(clock)
    assert outbox.letters == []
    series.begin(Series.objects.get(pk=made.pk), at=clock())
    for _ in range(4):
        series.put_in_due(at=clock())
        send_due(clock)
        clock.move(days=1)
    assert [str(letter["Subject"]) for letter in outbox.letters] == ["Letter 2"]


@pytest.mark.parametrize("status", [MailStatus.WAITING, MailStatus.SENDING])
def test_mail_that_was_due_is_closed_with_the_codes_in_it(status: str) -> None:
    told = {"to": "a@example.org", "subject": "A code", "text": "1234-5678", "status": status}
    due = OutgoingMail.objects.create(message_id="a", due_at=NOON, **told)
    later = OutgoingMail.objects.create(message_id="b", due_at=NOON + 2 * A_DAY, **{**told, "status": "waiting"})
    assert "1 mails that were due were not sent" in restored()
    for row in (due, later):
        row.refresh_from_db()
    assert (due.status, due.text, later.status) == (MailStatus.FAILED, "", MailStatus.WAITING)
    assert outgoing.due_mail(at=NOON + A_DAY) == []


def test_nobody_is_reminded_twice_in_an_hour_and_tomorrow_they_are_again() -> None:
    wish = a_wish()
    assert sweep_at(SIX_IN_LISBON) == 1
    ReminderSlot.objects.all().delete()
    ReminderWish.objects.update(next_reminder_at=SIX_IN_LISBON, reckoned_at=SIX_IN_LISBON - A_DAY)
    settling.settle_all(made_at=SIX_IN_LISBON - A_DAY, at=SIX_IN_LISBON + timedelta(minutes=20))
    assert sweep_at(SIX_IN_LISBON + timedelta(minutes=21)) == 0
    wish.refresh_from_db()
    assert wish.next_reminder_at == SIX_IN_LISBON.replace(minute=0) + A_DAY
    assert sweep_at(SIX_IN_LISBON + A_DAY) == 1


def test_a_reminder_that_was_open_proves_nothing() -> None:
    wish = a_wish()
    ReminderSlot.objects.create(
        user=wish.user, day=NOON.date(), due_at=NOON, closes_at=NOON + timedelta(hours=1), probability=0.5
    )
    restored()
    assert ReminderSlot.objects.get().state == ReminderSlot.State.NOTHING
    assert not ReminderSlot.objects.drawn_by_chance().exists()


def test_a_letter_after_an_ending_that_was_due_is_not_sent_again() -> None:
    ending = Ending.objects.create(person=Person.objects.create(user=make_user()), at=NOON, wants_letters=True)
    for month, days in ((1, 1), (3, 90)):
        Booster.objects.create(ending=ending, month=month, due_on=(NOON + days * A_DAY).date())
    assert "1 letters after an ending count as sent" in restored()
    assert boosters.send_due(NOON + A_DAY) == 0
    assert boosters.send_due(NOON + 90 * A_DAY) == 1


def test_whoever_was_leaving_has_seven_days_once_more() -> None:
    """They may have taken it back since: then erasing them could not be."""
    Leaving.objects.create(user=make_user(is_active=False), asked_at=NOON - 6 * A_DAY, gone_at=NOON + A_DAY)
    assert "1 who had asked to be erased have seven days from now" in restored(NOON + 3 * A_DAY)
    assert leaving.finish(at=NOON + 4 * A_DAY) == 0
    assert leaving.finish(at=NOON + 10 * A_DAY) == 1


def test_a_backup_from_a_clock_that_was_ahead_counts_as_made_now() -> None:
    told = settling.settle_all(made_at=NOON + 400 * A_DAY, at=NOON)
    assert all("2027" not in words for words in told)
    assert any("02 November 2026" in words for words in told)
