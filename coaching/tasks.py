"""What workers do for the coach. Every task is thin and safe to run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from accounts.core.queues import AFTER_ALL_OTHERS
from accounts.work import walks
from accounts.work.slices import for_a_slice
from coaching import resealing
from coaching.belongings import my_data
from coaching.lessons import mistakes
from coaching.reminders import ledger, sweep
from coaching.service import counting, teaching
from coaching.sharing import keeping
from coaching.week import boosters

# Rows queued up to version 0.9.0 name it here. It goes with the release after the next.
__all__ = ["send_reminders"]


@task(priority=AFTER_ALL_OTHERS)
def refresh_what_people_teach(turn: str = "") -> None:
    """Meant to run once a day."""
    walks.do_a_slice(refresh_what_people_teach, turn, teaching.steps, timezone.now(), for_a_slice())


@task(priority=AFTER_ALL_OTHERS)
def forget_strangers() -> None:
    goes_on = for_a_slice()
    my_data.forget_strangers(timezone.now(), goes_on)
    if not goes_on():
        forget_strangers.enqueue()


@task()
def forget_settled_mistakes() -> None:
    goes_on = for_a_slice()
    mistakes.forget_settled(timezone.now(), goes_on)
    if not goes_on():
        forget_settled_mistakes.enqueue()


@task()
def send_reminders() -> None:
    """Workers do this by themselves now."""


@task(priority=AFTER_ALL_OTHERS)
def forget_old_reminders() -> None:
    """Meant to run once a day."""
    goes_on = for_a_slice()
    ledger.forget_old(timezone.now(), goes_on)
    if not goes_on():
        forget_old_reminders.enqueue()


@task(priority=AFTER_ALL_OTHERS)
def count_service(turn: str = "") -> None:
    """How the service does, for staff. Meant to run once a day."""
    walks.do_a_slice(count_service, turn, counting.steps, timezone.now(), for_a_slice())


@task()
def send_boosters(turn: str = "") -> None:
    """Meant to run a few times a day: each letter after an ending leaves once, in the week of its day or not at all."""
    walks.do_a_slice(send_boosters, turn, boosters.due_in_steps, timezone.now(), for_a_slice())


@task()
def forget_ended_links() -> None:
    """What a link showed whose time is over. Nobody can open it any more; this takes its words away too."""
    goes_on = for_a_slice()
    keeping.forget_ended(timezone.now(), goes_on)
    if not goes_on():
        forget_ended_links.enqueue()


@task(priority=AFTER_ALL_OTHERS)
def seal_what_stands_open(turn: str = "") -> None:
    """What a release from before kept readable. Meant to run every hour, and to go with the columns it stood in."""
    walks.do_a_slice(seal_what_stands_open, turn, lambda _at: resealing.look_again(), timezone.now(), for_a_slice())


PERIODIC = [
    (count_service, timedelta(days=1)),
    (refresh_what_people_teach, timedelta(days=1)),
    (forget_strangers, timedelta(days=1)),
    (forget_settled_mistakes, timedelta(days=1)),
    (forget_old_reminders, timedelta(days=1)),
    (send_boosters, timedelta(hours=6)),
    (forget_ended_links, timedelta(hours=1)),
    (seal_what_stands_open, timedelta(hours=1)),
]
BATCHES = [sweep.drain]
"""What every worker does by itself, over and over."""
