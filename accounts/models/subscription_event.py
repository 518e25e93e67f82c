from django.db import models

from accounts.models.subscriber import ConsentWay, Subscriber


class EventKind(models.TextChoices):
    AGREED = "agreed", "Letters began"
    STOPPED = "stopped", "Letters stopped"
    BOUNCED = "bounced", "Letters came back"
    MOVED = "moved", "Another address"


class SubscriptionEvent(models.Model):
    """What became of a subscription, line by line: the row itself holds only the latest consent. Append only."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    at = models.DateTimeField()
    way = models.CharField(max_length=20, choices=ConsentWay, blank=True)
    words = models.TextField(blank=True, help_text="The words the person agreed to.")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="subscription_event_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%d %B %Y}"
