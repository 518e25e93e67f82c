"""What follows when somebody adds, changes or takes away a second step: every other log-in ends, and the log says it.

The account library tells of it by signals, which `accounts/apps.py` connects.
"""

import logging
from typing import Any

from django.http import HttpRequest

from accounts.guard.marks import account_mark
from accounts.guard.own_sessions import end_others
from accounts.models import User

log = logging.getLogger("unloop.accounts")


def factor_changed(sender: Any, *, request: HttpRequest, user: User, **details: Any) -> None:
    log.info("Account %s changed its second step.", account_mark(user.pk))
    end_others(request, user)


def factor_used(sender: Any, *, user: User, **details: Any) -> None:
    log.info("Account %s passed its second step.", account_mark(user.pk))


def factor_failed(sender: Any, *, user: User, **details: Any) -> None:
    log.info("Account %s did not pass its second step.", account_mark(user.pk))
