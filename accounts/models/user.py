from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.core.addresses import normal_address
from accounts.managers import UserManager


class User(PermissionsMixin, AbstractBaseUser):
    """An account: an address to log in with, and nothing about the person."""

    email = models.EmailField("email address", max_length=254, unique=True)
    is_staff = models.BooleanField("staff", default=False, help_text="Can log in to these staff pages.")
    is_active = models.BooleanField("active", default=True, help_text="Untick to lock the account without erasing it.")
    date_joined = models.DateTimeField("joined", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["email"]
        constraints = [
            # With this, unique means unique in any case, and one index answers both questions.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email

    def get_short_name(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = normal_address(self.email)
