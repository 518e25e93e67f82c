"""Person: somebody being coached, with or without an account.

A random id that all coaching rows hang on. `user` is the one link between health answers
and an identity; taking it away leaves answers that belong to nobody.
"""

import secrets

from django.conf import settings
from django.db import models


def new_id() -> str:
    return secrets.token_urlsafe(18)


class Person(models.Model):
    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True)
    seen_on = models.DateField(auto_now=True)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"person {self.id[:6]}"
