from django.db import models


class Tombstone(models.Model):
    """That somebody was erased: a keyed hash and a day, so that a backup from before erases them again.

    `accounts/erasing/tombstones.py` alone writes here. Nobody can be read from a mark, and it matches nobody who signs
    up later with the same address.
    """

    mark = models.CharField(max_length=64, unique=True)
    laid_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["-laid_on"]

    def __str__(self) -> str:
        return f"Erased on {self.laid_on:%d %B %Y}"
