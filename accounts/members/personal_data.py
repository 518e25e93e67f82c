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
from accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Source:
    """One thing that is kept: its name in the export, plain words for the page, and how to get and erase it."""

    name: str
    words: str
    export: Callable[[User], dict[str, Any]]
    erase: Callable[[User], None]


log = logging.getLogger("unloop.accounts")
_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())


def export(user: User, *, at: datetime) -> dict[str, Any]:
    log.info("Account %s took its data along.", user.pk)
    return {"exported_at": at.isoformat(), **{source.name: source.export(user) for source in sources()}}


@transaction.atomic
def erase(user: User) -> None:
    for source in sources():
        source.erase(user)
    transaction.on_commit(partial(tasks.end_sessions.enqueue, user.pk))
    log.info("Account %s is erased.", user.pk)
    user.delete()
