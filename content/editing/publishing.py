"""The only place that changes a text's status, and the moves it may make.

    draft -> in review -> published -> withdrawn -> in review, and so on

A time to come schedules a text: `published(at)` compares `publish_at` with the time of the
question, so nothing has to happen at that time. Changes to a published text make the same
way beside it (`Publishable.proposal`); those that were approved for a time to come are
taken by `take_due`, which workers call every minute.

Who may do what is decided here, not in a page: only who holds `publish_...` publishes and
withdraws, only who holds `review_...` sends back, and nobody publishes what they wrote.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from content.core.vocabulary import Change, Status
from content.editing.history import begin, latest_number, remember, writers_of
from content.editing.row_checks import errors_of
from content.editing.saving import write
from content.models import Guide, Ladder, Lesson, LessonVariant, Publishable, StepRule, Tip

TEXTS: tuple[type[Publishable], ...] = (Lesson, LessonVariant, Guide, Ladder, StepRule, Tip)
COMES_FROM = {
    Status.IN_REVIEW: {Status.DRAFT.value, Status.WITHDRAWN.value},
    Status.PUBLISHED: {Status.IN_REVIEW.value},
    Status.DRAFT: {Status.IN_REVIEW.value},
}
NO_PROPOSAL: dict[str, Any] = {"proposal": {}, "proposal_status": "", "proposal_at": None}


class PublishingError(ValueError):
    """The text cannot make this move, or not by this person; the message says why."""


def publish_from_file(text: Publishable, at: datetime) -> None:
    """What stands in the files was reviewed there."""
    _set(text, status=Status.PUBLISHED.value, publish_at=at)


@transaction.atomic
def send_to_review(text: Publishable, *, by: AbstractBaseUser, at: datetime) -> None:
    """Refuses a text with an error in it; warnings are for the reviewer to weigh."""
    text = _locked(text)
    _refuse_unless_from(text, Status.IN_REVIEW)
    if errors := errors_of(text):
        first = f"{errors[0].field}, line {errors[0].line}: {errors[0].message}"
        raise PublishingError(f"“{text}” is not sent: {len(errors)} to put right first. {first}.")
    begin(text, at)
    _set_stage(text, Status.IN_REVIEW)
    remember(text, Change.SENT, by=by, at=at)


@transaction.atomic
def send_back(text: Publishable, *, by: AbstractBaseUser, at: datetime, note: str) -> None:
    text = _locked(text)
    _refuse_without(by, "review", text)
    _refuse_unless_from(text, Status.DRAFT)
    if not note.strip():
        raise PublishingError(f"“{text}” is not sent back: say what should change.")
    _set_stage(text, Status.DRAFT)
    remember(text, Change.SENT_BACK, by=by, at=at, note=note.strip())


@transaction.atomic
def publish(text: Publishable, *, by: AbstractBaseUser, at: datetime, start: datetime, seen: int) -> None:
    """Readers see it from `start` on. `seen` is the number of the version that the reviewer read."""
    text = _locked(text)
    _refuse_without(by, "publish", text)
    _refuse_unless_from(text, Status.PUBLISHED)
    _refuse_own_work(text, by)
    if seen != latest_number(text):
        raise PublishingError(f"“{text}” is not published: it changed after you opened it. Read it again.")
    if errors := errors_of(text):
        raise PublishingError(f"“{text}” is not published. {errors[0].field}: {errors[0].message}.")
    _let_readers_see(text, at=at, start=max(at, start))
    change = Change.APPROVED if text.proposal else Change.PUBLISHED
    remember(text, change, by=by, at=at, note=f"From {start:%Y-%m-%d %H:%M} UTC on." if start > at else "")


@transaction.atomic
def withdraw(text: Publishable, *, by: AbstractBaseUser, at: datetime) -> None:
    """What waited as a proposal is now what the text says: nobody reads it before its next review."""
    text = _locked(text)
    _refuse_without(by, "publish", text)
    if not text.is_live:
        raise PublishingError(f"“{text}” cannot be withdrawn: readers do not see it.")
    begin(text, at)
    write(text, text.proposal.get("values", {}))
    _set(text, status=Status.WITHDRAWN.value, publish_at=None, **NO_PROPOSAL)
    remember(text, Change.WITHDRAWN, by=by, at=at)


def take_due(at: datetime) -> int:
    """Takes every approved change whose time has come; those that no longer fit go back to their writer."""
    due = {"proposal_status": Status.PUBLISHED.value, "proposal_at__lte": at}
    waiting = [text for model in TEXTS for text in model.objects.filter(**due)]
    return sum(_take_if_due(text, at) for text in waiting)


@transaction.atomic
def _take_if_due(text: Publishable, at: datetime) -> bool:
    text = _locked(text)
    if text.proposal_status != Status.PUBLISHED.value or text.proposal_at is None or text.proposal_at > at:
        return False
    if stale := text.stale_fields():
        _set(text, proposal_status=Status.DRAFT.value, proposal_at=None)
        remember(text, Change.SENT_BACK, by=None, at=at, note=f"The published text changed too: {', '.join(stale)}.")
        return False
    _apply(text)
    remember(text, Change.PUBLISHED, by=None, at=at, note="Its time had come.")
    return True


def may(by: AbstractBaseUser, action: str, text: Publishable) -> bool:
    """Whether a person holds the right to `review` or to `publish` texts of this kind."""
    has_perm: Callable[[str], bool] = by.has_perm  # type: ignore[attr-defined]
    return has_perm(f"content.{action}_{text._meta.model_name}")


def _let_readers_see(text: Publishable, *, at: datetime, start: datetime) -> None:
    if not text.proposal:
        _set(text, status=Status.PUBLISHED.value, publish_at=start)
    elif stale := text.stale_fields():
        words = "changed in the published text too; save your text once more to keep yours"
        raise PublishingError(f"“{text}” is not published: {', '.join(stale)} {words}.")
    elif start > at:
        _set(text, proposal_status=Status.PUBLISHED.value, proposal_at=start)
    else:
        _apply(text)


def _apply(text: Publishable) -> None:
    values = text.proposal["values"]
    _set(text, **NO_PROPOSAL)
    write(text, values)


def _refuse_unless_from(text: Publishable, to: Status) -> None:
    if text.stage not in COMES_FROM[to]:
        raise PublishingError(f"“{text}” cannot become “{to.label}” from “{Status(text.stage).label}”.")


def _refuse_without(by: AbstractBaseUser, action: str, text: Publishable) -> None:
    if not may(by, action, text):
        raise PublishingError(f"You may not do this: it takes the right to {action} a {text._meta.verbose_name}.")


def _refuse_own_work(text: Publishable, by: AbstractBaseUser) -> None:
    if by.pk in writers_of(text):
        raise PublishingError(f"“{text}” is not published: you wrote in it, so somebody else has to review it.")


def _set_stage(text: Publishable, to: Status) -> None:
    _set(text, **{"proposal_status" if text.proposal else "status": to.value})


def _set(text: Publishable, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(text, name, value)
    text.save(update_fields=[*columns, "updated"])


def _locked(text: Publishable) -> Any:
    """The text as it stands now, held until the transaction ends: of two moves at once the second sees the first."""
    return type(text).objects.select_for_update().get(pk=text.pk)
