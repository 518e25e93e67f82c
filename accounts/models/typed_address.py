from django.contrib.sessions.models import Session
from django.db import models


class TypedAddress(models.Model):
    """That an address stands in a session: as a keyed hash, so that the session is found without opening any. It goes
    with its session."""

    # A process of the release before knows nothing of this table, and may end a session that has a line here.
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    mark = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["mark"], name="typed_address_by_mark")]
        constraints = [
            models.UniqueConstraint(fields=["session", "mark"], name="an_address_once_a_session"),
        ]

    def __str__(self) -> str:
        return "an address in a session"
