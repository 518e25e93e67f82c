"""What waits for a person of the staff: texts to review, texts that came back, texts to look at again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from content.core.vocabulary import Status
from content.editing.confirming import CONFIRMED, may_change, wrote_in
from content.editing.history import writers_of
from content.editing.publishing import TEXTS, may
from content.models import EvidenceCard, Publishable, Row


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One row, and why it is on the desk."""

    row: Row
    why: str


def desk(person: AbstractBaseUser, on: date) -> list[Waiting]:
    return [*_to_confirm(person), *_to_review(person), *_to_go_on_with(person), *_review_due(person, on)]


def at_stage(stage: Status) -> Q:
    """Texts whose working copy stands there, beside a published text or alone."""
    return Q(proposal_status=stage.value) | Q(proposal_status="", status=stage.value)


def _to_confirm(person: AbstractBaseUser) -> list[Waiting]:
    # With what names a row: that of a caution, or of evidence, holds the name of its technique.
    waiting = [kind.objects.exclude(proposal={}).select_related() for kind in CONFIRMED if may_change(person, kind)]
    rows = [row for those in waiting for row in those]
    return [Waiting(row=row, why="your change waits" if wrote_in(row, person) else "to put in force") for row in rows]


def _to_review(person: AbstractBaseUser) -> list[Waiting]:
    texts = [text for text in _texts(at_stage(Status.IN_REVIEW)) if may(person, "review", text)]
    return [Waiting(row=text, why="to review") for text in texts if person.pk not in writers_of(text)]


def _to_go_on_with(person: AbstractBaseUser) -> list[Waiting]:
    drafts = _texts(at_stage(Status.DRAFT))
    return [Waiting(row=text, why="your draft") for text in drafts if person.pk in writers_of(text)]


def _review_due(person: AbstractBaseUser, on: date) -> list[Waiting]:
    due = Q(next_review__lte=on)
    has_perm: Any = person.has_perm  # type: ignore[attr-defined]
    cards = EvidenceCard.objects.filter(due).order_by("next_review") if has_perm("content.change_evidencecard") else []
    texts = [text for text in _texts(due) if has_perm(f"content.change_{text._meta.model_name}")]
    rows: list[Any] = sorted([*texts, *cards], key=lambda row: row.next_review)
    return [Waiting(row=row, why=f"to be looked at again by {row.next_review}") for row in rows]


def _texts(wanted: Q) -> list[Publishable]:
    return [text for model in TEXTS for text in model.objects.filter(wanted).defer("loaded", "proposal")]
