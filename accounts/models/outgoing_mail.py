from django.db import models


class MailStatus(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up"


class OutgoingMail(models.Model):
    """One piece of the site's own mail, written with the change it reports and sent by a worker.

    The body may hold a code or a link, so it is emptied as soon as the mail has
    left or has been given up; the queue itself carries only the row's number.
    """

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=10, choices=MailStatus, default=MailStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="Not to be tried before.")
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, help_text="What the mail server said last.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "outgoing mail"
        verbose_name_plural = "outgoing mail"
        indexes = [models.Index(fields=["status", "due_at"], name="outgoing_mail_by_due_time")]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=MailStatus.values), name="outgoing_mail_status_known"),
        ]

    def __str__(self) -> str:
        return self.subject
