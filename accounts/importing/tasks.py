"""A slice of work on a list that staff brought. Safe to run twice, and by two at once."""

from django.utils import timezone
from django_tasks import task

from accounts.importing import working
from accounts.models import SubscriberImport

SLICE = 20.0
"""Seconds. A worker that is told to stop finishes its task first, and letters and mail wait behind it."""


@task()
def go_on_with_list(pk: int) -> None:
    brought = SubscriberImport.objects.filter(pk=pk).first()
    if brought and not working.work(brought, seconds=SLICE):
        go_on_with_list.enqueue(pk)


@task()
def take_up_lists() -> None:
    """Meant to run every minute."""
    for pk in working.left_behind(at=timezone.now()):
        go_on_with_list.enqueue(pk)
