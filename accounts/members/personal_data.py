"""Everything the site keeps about a person, by the app that keeps it: to show, to take along, to erase.

Each app registers its sources when it is ready. The account itself goes last. All of
it is one transaction: either everything is gone or nothing is.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from accounts import tasks
from accounts.erasing import tombstones
from accounts.guard import own_sessions
from accounts.guard.marks import account_mark, address_mark
from accounts.members.extent import WHOLE, Extent
from accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Source:
    """One thing that is kept: its name in the export, plain words for the page, and how to get and erase it."""

    name: str
    words: str
    export: Callable[[User, Extent], dict[str, Any]]
    erase: Callable[[User], None]


log = logging.getLogger("unloop.accounts")
_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())


def export(user: User, *, at: datetime) -> dict[str, Any]:
    log.info("Account %s took its data along.", account_mark(user.pk))
    return {"exported_at": at.isoformat(), **shown(user)}


def shown(user: User, extent: Extent = WHOLE, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the export holds, to be read on a page: of each list as much as `extent` says."""
    return {source.name: source.export(user, extent) for source in sources() if source.name not in without}


def who_can_be_erased() -> tombstones.Kind:
    """Accounts, for a restored backup. The number alone may be given to somebody else one day."""
    return tombstones.Kind(
        name="account",
        living=User.objects.iterator,
        named=lambda user: f"{user.pk}:{int(user.date_joined.timestamp())}",
        erase=erase,
    )


@transaction.atomic
def erase(user: User) -> None:
    tombstones.lay("account", user)
    own_sessions.end_all(user)
    for source in sources():
        source.erase(user)
    transaction.on_commit(partial(tasks.end_sessions.enqueue, user.pk, address_mark(user.email or "")))
    log.info("Account %s is erased.", account_mark(user.pk))
    user.delete()
