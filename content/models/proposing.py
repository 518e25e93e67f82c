from typing import Any, ClassVar

from django.db import models

from content.models.row import Row


class Proposing(Row):
    """A row that goes on saying what it says while a change to it waits for somebody else.

    `base` in the proposal holds what each changed field said when the change was written, `values` what it shall say.
    """

    proposal = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def working_values(self) -> dict[str, Any]:
        """What the row says, but for what waits."""
        return self.authored_values() | self.proposal.get("values", {})

    def stale_fields(self) -> list[str]:
        """Fields that say neither what the writer of the change saw nor what is proposed."""
        base, wanted = self.proposal["base"], self.proposal["values"]
        return [name for name, was in base.items() if self.authored_value(name) not in (was, wanted[name])]


class Confirmed(Proposing):
    """A row on which somebody's safety rests: `content/editing/confirming.py` alone puts a change to it in force.

    `by` in the proposal names the accounts of all who wrote in it. A new row is in force at once, where it can only
    add care; what else it would say waits, and until then it says what `BEGINS_AS` holds.
    """

    BEGINS_AS: ClassVar[dict[str, Any]] = {}

    class Meta:
        abstract = True
