"""What workers do for accounts. Every task is thin and safe to run twice.

Rows of the queue, and of the repeated tasks, name a task by its module. One that moved is still found under its
old name for one release, by the rows that the release before queued.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from accounts.core.queues import AFTER_ALL_OTHERS, MAIL
from accounts.erasing import freed_pages, leaving
from accounts.guard import recovery_codes, typed_addresses
from accounts.importing.tasks import take_up_lists
from accounts.mail import outgoing
from accounts.mail.tasks import send_mail
from accounts.models import TypedAddress
from accounts.newsletter import pruning
from accounts.sending import alerts, gates, returned, series, wrong_clock
from accounts.work import lost_tasks, walks
from accounts.work.slices import delete_in_batches, for_a_slice

log = logging.getLogger("unloop.letters")
# Rows queued up to version 0.9.0 name it here. It goes with the release after the next.
__all__ = ["send_mail"]


@task(backend=MAIL, priority=AFTER_ALL_OTHERS)
def send_due_mail() -> None:
    """What a lost task or a dead worker left behind; meant to run every minute."""
    if outgoing.send_due(clock=timezone.now, goes_on=for_a_slice()):
        send_due_mail.enqueue()


@task()
def put_in_series_letters(turn: str = "") -> None:
    """The worker itself sends what is in the ledger: see `accounts/sending/drain.py`."""
    walks.do_a_slice(put_in_series_letters, turn, series.due_in_steps, timezone.now(), for_a_slice())


@task(priority=AFTER_ALL_OTHERS)
def put_in_series_letters_of_all(turn: str = "") -> None:
    """Meant to run once a day: it reads all people."""
    walks.do_a_slice(put_in_series_letters_of_all, turn, series.all_in_steps, timezone.now(), for_a_slice())


@task()
def tell_of_trouble() -> None:
    alerts.look(at=timezone.now())


@task()
def look_for_returned_mail() -> None:
    """A mailbox that does not answer is looked into again with the next beginning; one that never does is told."""
    if settings.BOUNCES_URL:
        try:
            returned.look_into(settings.BOUNCES_URL, at=timezone.now())
        except returned.Closed as error:
            log.warning("The mailbox of returned mail could not be read (%s).", error)
            gates.returned_mail_is_away(str(error), at=timezone.now())
        else:
            gates.returned_mail_works()


@task(priority=AFTER_ALL_OTHERS)
def prune_accounts() -> None:
    """Meant to run once a day."""
    goes_on = for_a_slice()
    pruning.prune(at=timezone.now(), goes_on=goes_on)
    if not goes_on():
        prune_accounts.enqueue()


@task()
def end_sessions(user_id: int, address: str = "", after: str = "") -> None:
    """Remove the sessions of an erased account from every device, and those in which its address was typed: of the
    sessions whose key comes after that one."""
    after = typed_addresses.end_sessions_of(user_id, address, after=after, goes_on=for_a_slice())
    if after:
        end_sessions.enqueue(user_id, address, after)
    freed_pages.clear()


@task()
def erase_who_left() -> None:
    """Meant to run every hour: whoever asked seven days ago."""
    goes_on = for_a_slice()
    if leaving.finish(at=timezone.now(), goes_on=goes_on) and not goes_on():
        erase_who_left.enqueue()


@task()
def return_lost_tasks() -> None:
    lost_tasks.return_lost_tasks(at=timezone.now())


@task()
def pull_back_from_a_wrong_clock() -> None:
    goes_on = for_a_slice()
    wrong_clock.pull_back(at=timezone.now(), goes_on=goes_on)
    if not goes_on():
        pull_back_from_a_wrong_clock.enqueue()


@task(priority=AFTER_ALL_OTHERS)
def forget_what_is_over() -> None:
    """Tasks that are done, sessions that have lapsed, the turns of mail domains, and recovery codes that were shown."""
    goes_on = for_a_slice()
    lost_tasks.forget_finished_tasks(at=timezone.now(), goes_on=goes_on)
    gates.forget_domains(at=timezone.now(), goes_on=goes_on)
    delete_in_batches(Session.objects.filter(expire_date__lt=timezone.now()), goes_on)
    recovery_codes.forget_what_was_shown(goes_on)
    session = Session.objects.filter(pk=OuterRef("session"))
    delete_in_batches(TypedAddress.objects.filter(~Exists(session)), goes_on)
    if not goes_on():
        forget_what_is_over.enqueue()
    freed_pages.clear()


@task(priority=AFTER_ALL_OTHERS)
def forget_typed_addresses(after: str = "") -> None:
    """Meant to run once a day: of the sessions whose key comes after that one."""
    after = typed_addresses.forget(at=timezone.now(), after=after, goes_on=for_a_slice())
    if after:
        forget_typed_addresses.enqueue(after)
    freed_pages.clear()


PERIODIC = [
    (send_due_mail, timedelta(minutes=1)),
    (put_in_series_letters, timedelta(minutes=1)),
    (return_lost_tasks, timedelta(minutes=1)),
    (pull_back_from_a_wrong_clock, timedelta(minutes=10)),
    (take_up_lists, timedelta(minutes=1)),
    (put_in_series_letters_of_all, timedelta(days=1)),
    (tell_of_trouble, timedelta(minutes=1)),
    (look_for_returned_mail, timedelta(minutes=5)),
    (prune_accounts, timedelta(days=1)),
    (forget_what_is_over, timedelta(days=1)),
    (forget_typed_addresses, timedelta(days=1)),
    (erase_who_left, timedelta(hours=1)),
]
