"""One mail of the site, sent by a worker. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from accounts.core.queues import MAIL
from accounts.mail import outgoing


@task(backend=MAIL)
def send_mail(mail_id: int) -> None:
    """A person waits for it: it has a queue, and a lane of each worker, of its own."""
    due_at = outgoing.deliver(mail_id, at=timezone.now())
    if due_at:
        send_mail.using(run_after=due_at).enqueue(mail_id)


@task()
def send_mail_in_turn(mail_id: int) -> None:
    """One of many, for which nobody waits."""
    due_at = outgoing.deliver(mail_id, at=timezone.now())
    if due_at:
        send_mail_in_turn.using(run_after=due_at).enqueue(mail_id)
