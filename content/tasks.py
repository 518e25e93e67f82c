"""What workers do for the library. Each task is safe to run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from content.editing import publishing


@task()
def take_due_changes() -> None:
    publishing.take_due(timezone.now())


PERIODIC = [(take_due_changes, timedelta(minutes=1))]
