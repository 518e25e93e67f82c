"""Tasks whose worker died under them, which the queue itself would leave as running for ever.

A task that is being done is held by a lease, which its worker renews every few seconds (`lanes.py`), so however long
it takes it is done once. One whose lease has lapsed has lost its worker. It goes back into the queue; after MOST_TRIES
workers it is given up, for it may be what kills them. A mail may take as long as the last answer of a mail server may
(ten minutes): LEASE is longer, and nobody renews it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.work.slices import GoesOn, delete_in_batches, for_ever

LEASE = timedelta(minutes=15)
MOST_TRIES = 5
KEEP_FINISHED = timedelta(days=7)
GIVEN_UP = "accounts.lost_tasks.GivenUp"


def return_lost_tasks(*, at: datetime) -> None:
    for task in DBTaskResult.objects.running().filter(started_at__lt=at - LEASE):
        # Named again with its start, so that a worker that came back to life just now keeps it.
        still_lost = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) < MOST_TRIES:
            still_lost.update(status=TaskResultStatus.READY)
        else:
            still_lost.update(status=TaskResultStatus.FAILED, finished_at=at, exception_class_path=GIVEN_UP)


def renew(pk: UUID, *, at: datetime) -> None:
    """It is being done. From now on it may take another LEASE."""
    DBTaskResult.objects.running().filter(pk=pk).update(started_at=at)


def forget_finished_tasks(*, at: datetime, goes_on: GoesOn = for_ever) -> None:
    delete_in_batches(DBTaskResult.objects.finished().filter(finished_at__lt=at - KEEP_FINISHED), goes_on)
