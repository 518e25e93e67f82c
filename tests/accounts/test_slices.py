"""What goes over many rows works in slices: it stops when its time is over, goes on where it was, and skips nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import tasks
from accounts.guard import typed_addresses
from accounts.guard.marks import address_mark
from accounts.guard.session_store import SessionStore
from accounts.models import OutgoingMail
from accounts.work import slices
from accounts.work.slices import delete_in_batches, for_a_slice

pytestmark = pytest.mark.django_db


def times(number: int) -> Callable[[], bool]:
    """Yes that often, then no."""
    left = iter([True] * number)
    return lambda: next(left, False)


def old_mail(count: int) -> None:
    mail = [OutgoingMail(to="a@example.org", message_id=f"{one}", due_at=timezone.now()) for one in range(count)]
    OutgoingMail.objects.bulk_create(mail)
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=40))


def a_session(**held: Any) -> str:
    store = SessionStore()
    store.update(held)
    store.save()
    return str(store.session_key)


def test_a_slice_ends() -> None:
    assert not for_a_slice(0.0)()
    assert for_a_slice(60.0)()


def test_rows_go_by_the_batch_until_it_is_time_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "ROWS_AT_ONCE", 3)
    old_mail(10)
    assert delete_in_batches(OutgoingMail.objects.all(), times(2)) == 6
    assert delete_in_batches(OutgoingMail.objects.all()) == 4
    assert not OutgoingMail.objects.exists()


def test_rows_of_another_kind_stay() -> None:
    old_mail(4)
    kept = OutgoingMail.objects.order_by("pk")[0]
    assert delete_in_batches(OutgoingMail.objects.exclude(pk=kept.pk)) == 3
    assert list(OutgoingMail.objects.all()) == [kept]


@pytest.mark.parametrize(
    "task",
    [tasks.prune_accounts, tasks.forget_what_is_over],
)
def test_a_task_that_ran_out_of_time_queues_itself_again(task: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    old_mail(2)
    monkeypatch.setattr(tasks, "for_a_slice", lambda: times(0))
    task.func()
    assert DBTaskResult.objects.get().task_path == task.module_path
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(tasks, "for_a_slice", for_a_slice)
    task.func()
    assert not DBTaskResult.objects.exists()


def test_the_sessions_of_who_was_erased_end_slice_by_slice_and_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_addresses, "AT_ONCE", 2)
    others = {
        a_session(_auth_user_id="8"),
        a_session(place="here"),
        a_session(account_login={"email": "b@example.org"}),
    }
    theirs = {
        a_session(_auth_user_id="7"),
        a_session(account_login={"email": "a@example.org"}),
        a_session(_auth_user_id="7"),
    }
    mark, after, rounds = address_mark("a@example.org"), "", 0
    while after := typed_addresses.end_sessions_of(7, mark, after=after, goes_on=times(0)):
        rounds += 1
    # One of them was found by the line of its address, and not opened.
    assert rounds == len(others | theirs) - 1
    assert set(Session.objects.values_list("session_key", flat=True)) == others


def test_the_task_goes_on_where_its_slice_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = sorted([a_session(_auth_user_id="7"), a_session(_auth_user_id="7")])
    monkeypatch.setattr(tasks, "for_a_slice", lambda: times(0))
    tasks.end_sessions.func(7, "no-mark")
    assert list(Session.objects.values_list("session_key", flat=True)) == [second]
    assert DBTaskResult.objects.get().args_kwargs["args"] == [7, "no-mark", first]


def test_what_was_typed_and_left_is_forgotten_in_every_session_slice_by_slice() -> None:
    typed = {"email": "a@example.org", "at": 0}
    keys = [a_session(account_email_verification_code=typed, place="here") for _ in range(3)]
    after = ""
    while after := typed_addresses.forget(at=timezone.now(), after=after, goes_on=times(0)):
        pass
    held = [SessionStore(key).load() for key in keys]
    assert [one.get("place") for one in held] == ["here"] * 3
    assert "example.org" not in str(held)
