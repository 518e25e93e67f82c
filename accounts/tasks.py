"""What workers do for accounts. Every task is thin and safe to run twice.

Rows of the queue, and of the repeated tasks, name a task by its module. One that moved is still found under its
old name for one release, by the rows that the release before queued.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task

from accounts.core.queues import AFTER_ALL_OTHERS, MAIL
from accounts.erasing import freed_pages, leaving
from accounts.guard import typed_addresses
from accounts.guard.typed_addresses import addresses_in
from accounts.importing.tasks import take_up_lists
from accounts.mail import outgoing
from accounts.mail.tasks import send_mail
from accounts.newsletter import pruning
from accounts.sending import alerts, gates, returned, series, wrong_clock
from accounts.work import lost_tasks
from accounts.work.slices import for_a_slice

log = logging.getLogger("unloop.letters")
# Rows queued up to version 0.9.0 name it here. It goes with the release after the next.
__all__ = ["send_mail"]


@task(backend=MAIL, priority=AFTER_ALL_OTHERS)
def send_due_mail() -> None:
    """What a lost task or a dead worker left behind; meant to run every minute."""
    if outgoing.send_due(clock=timezone.now, goes_on=for_a_slice()):
        send_due_mail.enqueue()


@task()
def put_in_series_letters() -> None:
    """The worker itself sends what is in the ledger: see `accounts/sending/drain.py`."""
    series.put_in_due(at=timezone.now())


@task()
def put_in_series_letters_of_all() -> None:
    """Meant to run once a day: it reads all people."""
    series.put_in_all(at=timezone.now())


@task()
def tell_of_trouble() -> None:
    alerts.look(at=timezone.now())


@task()
def look_for_returned_mail() -> None:
    """A mailbox that does not answer is looked into again with the next beginning; one that never does is told."""
    if settings.BOUNCES_URL:
        try:
            returned.look_into(settings.BOUNCES_URL, at=timezone.now())
        except returned.CANNOT as error:
            log.warning("The mailbox of returned mail could not be read (%s).", type(error).__name__)
            gates.returned_mail_is_away(type(error).__name__, at=timezone.now())
        else:
            gates.returned_mail_works()


@task()
def prune_accounts() -> None:
    """Meant to run once a day."""
    pruning.prune(at=timezone.now())


@task()
def end_sessions(user_id: int, address: str = "") -> None:
    """Remove the sessions of an erased account from every device, and those in which its address was typed."""
    for session in Session.objects.iterator():
        held = session.get_decoded()
        if held.get("_auth_user_id") == str(user_id) or address in addresses_in(held):
            session.delete()
    freed_pages.clear()


@task()
def erase_who_left() -> None:
    """Meant to run every hour: whoever asked seven days ago."""
    leaving.finish(at=timezone.now())


@task()
def return_lost_tasks() -> None:
    lost_tasks.return_lost_tasks(at=timezone.now())


@task()
def pull_back_from_a_wrong_clock() -> None:
    wrong_clock.pull_back(at=timezone.now())


@task()
def forget_what_is_over() -> None:
    """Tasks that are done, sessions that have lapsed, and the turns of mail domains."""
    lost_tasks.forget_finished_tasks(at=timezone.now())
    gates.forget_domains(at=timezone.now())
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    typed_addresses.forget(at=timezone.now())
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
    (erase_who_left, timedelta(hours=1)),
]
