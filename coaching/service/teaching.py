"""The pool of those who agreed, made anew person by person: who withdrew since is no longer in it."""

import logging
from collections.abc import Iterator
from datetime import datetime

from accounts.sealing import CannotOpen
from coaching.core.learning.personalise import Session
from coaching.core.learning.pooling import Record
from coaching.learning.agreed import MOST_PEOPLE, agreed_people, with_answers, with_practices
from coaching.learning.estimates import record_of, sessions_of
from coaching.learning.pools import refresh_pool
from coaching.models import Person
from coaching.plan.knowledge import Knowledge, knowledge
from coaching.plan.start_rules import snapshot_of

logger = logging.getLogger("unloop.coaching")


def steps(at: datetime) -> Iterator[None]:
    """It rests after each person; what they teach is kept by the last step."""
    records: list[Record] = []
    for record in _records():
        yield
        records += [record] if record else []
        if len(records) == MOST_PEOPLE:
            break
    yield from refresh_pool(records, at)


def _records() -> Iterator[Record | None]:
    """None for whoever rated nothing, and where of some hundred people nobody agreed."""
    known, alike = knowledge(), dict[Session, Session]()
    for people in agreed_people(with_practices, with_answers):
        if not people:
            yield None
        yield from (_record(person, known, alike) for person in people)


def _record(person: Person, known: Knowledge, alike: dict[Session, Session]) -> Record | None:
    """Of whoever rated something. One whose answers cannot be opened does not keep the others from teaching.

    There are few different sessions, so each is kept in memory once.
    """
    sessions = [alike.setdefault(one, one) for one in sessions_of(person, known.options)]
    if not any(session.is_rated for session in sessions):
        return None
    try:
        return record_of(sessions, snapshot_of(person, known.levels), known.options)
    except CannotOpen:
        logger.warning("The answers of one person cannot be opened; their ratings are left out of the pool.")
        return None
