"""The one door for what staff write in a row.

What no reader sees yet, and what is no text for readers, is changed at once. A published
text keeps its words: the change waits beside them as a proposal (`models/publishable.py`)
until it is reviewed and published. So does a change to a row on which safety rests, until
somebody else has confirmed it (`models/proposing.py`). Either way a version is kept.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from content.core.vocabulary import Change, Status
from content.editing.history import begin, remember
from content.editing.proposing import hold, proposal_of
from content.editing.settling import notice_agreement
from content.models import Confirmed, Publishable, Row, Version
from content.reading.rendering import render, render_what_shows


@transaction.atomic
def edit(row: Row, values: Mapping[str, Any], *, by: AbstractBaseUser, at: datetime) -> None:
    _take(row, values, by, at)
    remember(row, Change.EDITED, by=by, at=at)


@transaction.atomic
def restore(row: Row, version: Version, *, by: AbstractBaseUser, at: datetime) -> None:
    """The row says again what it said; what it said in between stays in its history."""
    known = {name: value for name, value in version.values.items() if name in row.AUTHORED}
    _take(row, known, by, at)
    remember(row, Change.RESTORED, by=by, at=at, note=f"Version {version.number}.")


def write(row: Row, values: Mapping[str, Any]) -> None:
    """Puts plain values into the columns, with all that follows from them."""
    row.assign(dict(values))
    render(row)
    row.save()
    row.assign_many(dict(values))
    render_what_shows(row)
    notice_agreement(row)


def _take(row: Row, values: Mapping[str, Any], by: AbstractBaseUser, at: datetime) -> None:
    if row.pk:
        begin(row, at)
    if isinstance(row, Publishable) and row.is_live:
        _propose(row, values)
    elif isinstance(row, Confirmed):
        if not row.pk:
            write(row, {**values, **row.BEGINS_AS})
        hold(row, values, by)
    else:
        write(row, values)


def _propose(text: Publishable, values: Mapping[str, Any]) -> None:
    text.proposal = proposal_of(text, values)
    text.proposal_at = None
    text.proposal_status = _stage_after_writing(text) if text.proposal else ""
    text.save(update_fields=["proposal", "proposal_status", "proposal_at", "updated"])


def _stage_after_writing(text: Publishable) -> str:
    """What was approved must be reviewed again; what is in review stays there, with one more writer."""
    in_review = Status.IN_REVIEW.value
    return in_review if text.proposal_status == in_review else Status.DRAFT.value
