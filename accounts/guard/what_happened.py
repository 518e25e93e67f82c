"""Lines of the log about who came in, who was refused, and what changed about an account: keyed hashes, never a name.

The account library tells of it by signals, which `accounts/apps.py` connects; second steps are in `factor_changes`.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from accounts.guard.marks import account_mark
from accounts.models import User

log = logging.getLogger("unloop.accounts")


def password_changed(sender: Any, *, user: User, **details: Any) -> None:
    log.info("Account %s has a new password.", account_mark(user.pk))


def address_changed(sender: Any, *, user: User, **details: Any) -> None:
    log.info("Account %s has a new address.", account_mark(user.pk))


def address_proved(sender: Any, *, email_address: Any, **details: Any) -> None:
    log.info("Account %s proved its address.", account_mark(email_address.user_id))


def code_refused(sender: Any, *, user: User, **details: Any) -> None:
    log.info("Account %s was sent a code, and another was typed.", account_mark(user.pk))


def logged_out(sender: Any, *, user: User | None, **details: Any) -> None:
    if user:
        log.info("Account %s logged out.", account_mark(user.pk))


def form_refused(request: HttpRequest, forms: Iterable[BaseForm]) -> None:
    """By the name of its page and of its fields: the address may hold a token, and a field what somebody wrote."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    fields = sorted({field for form in forms for field in form.errors})
    log.info("A form was refused: %s (%s).", page, ", ".join(fields))
