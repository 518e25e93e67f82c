"""One mail of the site, sent by a worker. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from accounts.mail import outgoing


@task()
def send_mail(mail_id: int) -> None:
    due_at = outgoing.deliver(mail_id, at=timezone.now())
    if due_at:
        send_mail.using(run_after=due_at).enqueue(mail_id)
