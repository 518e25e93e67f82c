"""Mail that a person waits for leaves while the worker is at something long, and before what nobody waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.core.queues import MAIL, USUAL
from accounts.mail import outgoing
from accounts.mail.emails import Mail, post, post_in_turn
from accounts.models import MailStatus, OutgoingMail
from accounts.tasks import send_due_mail
from accounts.work import clock
from accounts.work.lanes import MailLane, of_lane
from accounts.work.lost_tasks import LEASE
from tests.accounts import chores
from tests.processes import start, wait_for_line, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def a_code(to: str = "nadia@example.org") -> OutgoingMail:
    return post(Mail(to=to, subject="Your code", text="123456", html=""), at=timezone.now())


def state(mail: OutgoingMail) -> str:
    return OutgoingMail.objects.get(pk=mail.pk).status


def status_of(task_id: str) -> str:
    return DBTaskResult.objects.get(pk=task_id).status


@contextmanager
def a_lane() -> Iterator[MailLane]:
    lane = MailLane("one", schedule=[], interval=0.05, on_fault=lambda: None)
    lane.start()
    try:
        yield lane
    finally:
        lane.stop()
        lane.join()
    assert lane.fault is None


def test_the_lane_of_the_mail_sends_it_by_itself() -> None:
    with a_lane():
        code = a_code()
        wait_until(lambda: state(code) == MailStatus.SENT)


def test_the_lane_of_the_mail_does_nothing_else() -> None:
    chores.done.clear()
    chores.sweep.enqueue()
    many = post_in_turn(Mail(to="walter@example.org", subject="A look back", text="Hello.", html=""), at=timezone.now())
    with a_lane():
        code = a_code()
        wait_until(lambda: state(code) == MailStatus.SENT)
    assert chores.done == []
    assert state(many) == MailStatus.WAITING


def test_a_code_goes_before_the_sweep_of_what_was_left_behind() -> None:
    send_due_mail.enqueue()
    code = a_code()
    assert DBTaskResult.objects.ready().filter(backend_name=MAIL)[0].args_kwargs["args"] == [code.pk]


def test_the_sweep_ends_with_its_slice_and_says_that_there_is_more() -> None:
    due = [a_code(f"person{number}@example.org") for number in range(3)]
    left = iter([True, True, False])
    assert outgoing.send_due(clock=timezone.now, goes_on=lambda: next(left))
    assert [state(mail) for mail in due] == [MailStatus.SENT, MailStatus.SENT, MailStatus.WAITING]
    assert not outgoing.send_due(clock=timezone.now, goes_on=lambda: True)
    assert state(due[2]) == MailStatus.SENT


def test_the_sweep_goes_on_as_long_as_anything_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", 2)
    due = [a_code(f"person{number}@example.org") for number in range(5)]
    assert not outgoing.send_due(clock=timezone.now, goes_on=lambda: True)
    assert {state(mail) for mail in due} == {MailStatus.SENT}


def test_every_repeated_task_has_a_lane() -> None:
    schedule = clock.schedule()
    assert len(of_lane(schedule, MAIL)) == 1
    assert len(of_lane(schedule, MAIL)) + len(of_lane(schedule, USUAL)) == len(schedule)


def test_a_code_leaves_while_a_long_task_runs_and_the_task_stays_held(tmp_path: Path) -> None:
    """A real worker, which has one task at hand that does not end."""
    long = chores.dawdle.enqueue(str(tmp_path / "never"))
    process = start("worker", "--interval", "0.1")
    try:
        wait_for_line(process, "is running")
        wait_until(lambda: status_of(long.id) == TaskResultStatus.RUNNING)
        codes = [a_code(f"person{number}@example.org") for number in range(10)]
        wait_until(lambda: {state(code) for code in codes} == {MailStatus.SENT})
        assert status_of(long.id) == TaskResultStatus.RUNNING
        lapsed = timezone.now() - 2 * LEASE
        DBTaskResult.objects.filter(pk=long.id).update(started_at=lapsed)
        held = DBTaskResult.objects.filter(pk=long.id, started_at__gt=lapsed + LEASE + timedelta(minutes=1))
        wait_until(held.exists)
        assert status_of(long.id) == TaskResultStatus.RUNNING
        assert DBTaskResult.objects.get(pk=long.id).worker_ids[1:] == []
    finally:
        process.kill()
        process.wait()
