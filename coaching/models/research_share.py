"""ResearchShare: somebody said yes to research. Taking it back removes the row, and they are in no export after that.

Its number is of chance and is given once: who says yes again is somebody new to a study. The days by which their dates
are moved are sealed, so that a copy of the database does not move them back.
"""

from django.db import models

from accounts.sealing import seal, unseal
from coaching.models.person import Person


class ResearchShare(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="research_share")
    number = models.CharField(max_length=12, unique=True)
    sealed_shift = models.TextField()
    agreed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"research number {self.number}"

    @property
    def _context(self) -> str:
        return f"coaching.research_share.shift:{self.number}"

    @property
    def shift(self) -> int:
        """Days, never 0."""
        return int(unseal(self.sealed_shift, self._context))

    @shift.setter
    def shift(self, days: int) -> None:
        self.sealed_shift = seal(days, self._context)
