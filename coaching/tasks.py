"""What workers do for the coach. Every task is thin and safe to run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from coaching import forgetting
from coaching.knowledge import knowledge
from coaching.learning import agreed_people, record_of
from coaching.plans import snapshot_of
from coaching.pools import refresh_pool


@task()
def refresh_what_people_teach() -> None:
    """The pool of those who agreed, made anew: who withdrew since is no longer in it. Meant to run once a day."""
    known = knowledge()
    records = [record_of(person, snapshot_of(person, known.levels), known.options) for person in agreed_people()]
    refresh_pool(records, at=timezone.now())


@task()
def forget_strangers() -> None:
    forgetting.forget_strangers(timezone.now())


PERIODIC = [(refresh_what_people_teach, timedelta(days=1)), (forget_strangers, timedelta(days=1))]
