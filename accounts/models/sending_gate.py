"""What all workers share about the pace of mail: how fast it may go, and whether the mail server is there.

`all` is the site's own rate and the state of the mail server, `edition:PK` the rate of one
letter, `domain:NAME` that of the people at one mail domain. `next_at` is when the next letter
may pass; a worker takes turns by moving it on, so the rate holds for all workers together.
`returned` is the mailbox of returned mail: whether it could be read, and since when not.
`queue_until` is about when the last letter that waits for its domain may pass: an estimate, which keeps those that wait
from being looked at over and over. It gives nobody a turn.
"""

from django.db import models

MAIL_SERVER = "all"
RETURNED_MAIL = "returned"


class SendingGateQuerySet(models.QuerySet["SendingGate"]):
    def forget_queues(self) -> None:
        """Letters have left the queues: whoever comes next does not wait behind them."""
        self.exclude(queue_until=None).update(queue_until=None)


class SendingGate(models.Model):
    name = models.CharField(max_length=270, unique=True)
    next_at = models.DateTimeField(null=True, blank=True)
    queue_until = models.DateTimeField(null=True, blank=True, help_text="About when the queue before it ends.")
    closed_until = models.DateTimeField(null=True, blank=True, help_text="Nothing is tried before.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    failing_since = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = SendingGateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
