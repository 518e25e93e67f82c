"""The only place that changes a text's status, and the moves it may make.

    draft -> in review -> published -> withdrawn -> (draft, or published again)

A time to come in `at` schedules a text: readers see it from then on.
"""

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from content.core.vocabulary import Status
from content.models import Publishable

COMES_FROM = {
    Status.IN_REVIEW: {Status.DRAFT, Status.WITHDRAWN},
    Status.PUBLISHED: {Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN},
    Status.WITHDRAWN: {Status.PUBLISHED},
    Status.DRAFT: {Status.IN_REVIEW, Status.WITHDRAWN},
}


class PublishingError(ValueError):
    """The text cannot make this move from where it stands now."""


def publish(text: Publishable, by: AbstractBaseUser | None, at: datetime) -> None:
    _move(text, Status.PUBLISHED, by, publish_at=at)


def withdraw(text: Publishable, by: AbstractBaseUser | None) -> None:
    _move(text, Status.WITHDRAWN, by, publish_at=None)


def send_to_review(text: Publishable, by: AbstractBaseUser | None) -> None:
    _move(text, Status.IN_REVIEW, by, publish_at=None)


def send_back(text: Publishable, by: AbstractBaseUser | None) -> None:
    _move(text, Status.DRAFT, by, publish_at=None)


@transaction.atomic
def _move(text: Publishable, to: Status, by: AbstractBaseUser | None, publish_at: datetime | None) -> None:
    sources = [status.value for status in COMES_FROM[to]]
    moved = type(text).objects.filter(pk=text.pk, status__in=sources).update(status=to.value, publish_at=publish_at)
    if not moved:
        raise PublishingError(f"“{text}” cannot become “{to.label}” from where it stands.")
    text.status, text.publish_at = to.value, publish_at
    if by is not None:
        _remember(text, to, by)


def _remember(text: Publishable, to: Status, by: AbstractBaseUser) -> None:
    when = f", readers see it from {text.publish_at:%Y-%m-%d %H:%M}" if text.publish_at else ""
    LogEntry.objects.log_actions(by.pk, [text], CHANGE, f"{to.label}{when}.", single_object=True)
