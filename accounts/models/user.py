from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.core.addresses import normal_address
from accounts.models.open_session import OpenSession


class UserQuerySet(models.QuerySet["User"]):
    def never_verified(self, *, since: datetime) -> "UserQuerySet":
        """Accounts from before that moment that staff added, and whose address nobody ever confirmed."""
        return self.filter(date_joined__lt=since, last_login=None, is_staff=False).exclude(emailaddress__verified=True)

    def out_of_reach(self, *, since: datetime, at: datetime) -> "UserQuerySet":
        """Without a proved address an account opens in the browser that made it, and nowhere else: those from before
        `since` whose log-in there is over."""
        standing = OpenSession.objects.filter(session__expire_date__gt=at).values("user")
        return self.filter(email=None, date_joined__lt=since, is_staff=False).exclude(pk__in=standing)

    def who_own(self, address: str) -> "UserQuerySet":
        """The one account that this address belongs to, if there is one. A mere wish for it does not count."""
        return self.filter(email=normal_address(address))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("An account needs an email address.")
        user: User = self.model(email=normal_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=normal_address(email or ""))


class User(PermissionsMixin, AbstractBaseUser):
    """An account: an address to log in with, and nothing about the person.

    `email` is empty until its owner has proved it. What somebody typed at sign-up is a wish till then, kept in the
    account library's `EmailAddress`: any number of accounts may have the same wish, and none has the address.
    """

    email = models.EmailField("email address", max_length=254, unique=True, null=True, blank=True)
    is_staff = models.BooleanField("staff", default=False, help_text="Can log in to these staff pages.")
    is_active = models.BooleanField("active", default=True, help_text="Untick to lock the account without erasing it.")
    date_joined = models.DateTimeField("joined", default=timezone.now, editable=False)

    session_epoch = models.PositiveIntegerField(
        default=0, db_default=0, editable=False, help_text="Counted up to end all log-ins."
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["email"]
        permissions = [("take_away_second_step", "Can take away a second step that somebody lost")]
        constraints = [
            # In lower case alone, an address is unique however it was typed, and one index serves every look-up.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email or f"Not confirmed yet, no. {self.pk}"

    @property
    def is_proved(self) -> bool:
        return bool(self.email)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session has to match. Until the first time that all log-ins are ended, it is Django's own."""
        if not self.session_epoch:
            return super()._get_session_auth_hash(secret=secret)
        counted = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session_epoch", counted, secret=secret, algorithm="sha256").hexdigest()

    def get_short_name(self) -> str:
        return str(self)

    def clean(self) -> None:
        super().clean()
        self.email = normal_address(self.email) if self.email else None
