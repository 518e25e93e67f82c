"""A clock that was a year ahead for a minute holds nothing up for a year."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import MAIL_SERVER, MailStatus, OutgoingMail, PeriodicRun, SendingGate
from accounts.sending.wrong_clock import pull_back
from accounts.work import clock
from tests.accounts import chores

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
A_YEAR_LATER = NOON + timedelta(days=365)
MINUTE = timedelta(minutes=1)
SWEEPING: clock.Schedule = [(chores.sweep, MINUTE)]


def test_repeated_work_goes_on_within_its_period(caplog: pytest.LogCaptureFixture) -> None:
    clock.wind_up(SWEEPING, at=NOON)
    clock.tick(SWEEPING, at=A_YEAR_LATER)
    with caplog.at_level(logging.WARNING, "unloop.worker"):
        assert clock.tick(SWEEPING, at=NOON + timedelta(seconds=1)) == []
    assert "from a clock that was wrong" in caplog.text
    assert clock.tick(SWEEPING, at=NOON + MINUTE) == ["tests.accounts.chores.sweep"]


def test_a_turn_of_the_next_period_is_let_be(caplog: pytest.LogCaptureFixture) -> None:
    clock.wind_up(SWEEPING, at=NOON)
    clock.tick(SWEEPING, at=NOON)
    before = PeriodicRun.objects.get().due_at
    clock.tick(SWEEPING, at=NOON + timedelta(seconds=30))
    assert PeriodicRun.objects.get().due_at == before
    assert caplog.text == ""


def test_a_closed_gate_opens() -> None:
    SendingGate.objects.create(name=MAIL_SERVER, closed_until=A_YEAR_LATER, next_at=A_YEAR_LATER)
    assert pull_back(at=NOON) == 2
    gate = SendingGate.objects.get()
    assert (gate.closed_until, gate.next_at) == (NOON, NOON)


def test_mail_that_waits_is_due() -> None:
    told = {"to": "a@example.org", "subject": "Hello", "text": "Hello.", "status": MailStatus.SENDING}
    OutgoingMail.objects.create(**told, due_at=A_YEAR_LATER, message_id="<1@example.org>")
    OutgoingMail.objects.create(**told, due_at=NOON + timedelta(hours=6), message_id="<2@example.org>")
    pull_back(at=NOON)
    assert [mail.due_at for mail in OutgoingMail.objects.order_by("pk")] == [NOON, NOON + timedelta(hours=6)]


def test_a_task_that_began_in_the_future_is_lost_after_its_lease_and_no_later() -> None:
    chores.sweep.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=A_YEAR_LATER)
    pull_back(at=NOON)
    assert DBTaskResult.objects.get().started_at == NOON


def test_where_no_clock_was_wrong_nothing_is_touched(caplog: pytest.LogCaptureFixture) -> None:
    chores.sweep.enqueue()
    SendingGate.objects.create(name=MAIL_SERVER, closed_until=NOON + timedelta(minutes=5), next_at=NOON + MINUTE)
    assert pull_back(at=NOON) == 0
    assert caplog.text == ""
