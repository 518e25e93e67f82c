"""What staff do with an edition before it goes: schedule it, take it back, copy it, try it out."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.core.letters.slots import PLACEHOLDERS, filled
from accounts.letters import editions
from accounts.letters.checking import make_sure_it_is_ready
from accounts.letters.parts import Parts, freeze, fresh_parts
from accounts.mail import emails
from accounts.models import Edition, User

PACING = ("first_batch", "first_batch_pause", "rate_per_minute", "time_zone", "any_hour")
COPIED = ("subject", "preheader", "words", "tips", "practice", "topics", "language", *PACING)
LONGEST_SLUG, LONGEST_SUBJECT = 80, 78


@transaction.atomic
def schedule(edition: Edition, *, send_at: datetime, not_after: datetime | None, at: datetime) -> bool:
    """Raises NotReadyError when a check stops it. What goes out is what was checked, to the letter."""
    make_sure_it_is_ready(edition, at=at)
    pacing = {name: getattr(edition, name) for name in PACING}
    if not editions.schedule(edition, send_at=send_at, not_after=not_after):
        return False
    Edition.objects.filter(pk=edition.pk).update(**pacing)
    freeze(edition)
    return True


@transaction.atomic
def take_back(edition: Edition) -> bool:
    """To a draft again; its words may change, so what was frozen is let go."""
    if not editions.unschedule(edition):
        return False
    Edition.objects.filter(pk=edition.pk).update(html_part="", text_part="", page_html="", page_notes=[])
    edition.refresh_from_db()
    return True


def copy(edition: Edition, *, by: User) -> Edition:
    fields = {name: getattr(edition, name) for name in COPIED}
    return Edition.objects.create(slug=_free_slug(edition.slug), author=by, **fields)


def from_tips(slugs: list[str], *, subject: str, by: User) -> Edition:
    """A draft whose subject is a first guess."""
    slug = _free_slug(f"letter-{slugs[0]}") if Edition.objects.filter(slug=slugs[0]).exists() else slugs[0]
    return Edition.objects.create(slug=slug, author=by, subject=subject[:LONGEST_SUBJECT], tips=slugs)


def _free_slug(slug: str) -> str:
    taken = set(Edition.objects.filter(slug__startswith=slug[: LONGEST_SLUG - 4]).values_list("slug", flat=True))
    numbered = (f"{slug[: LONGEST_SLUG - 4]}-{number}" for number in range(2, 1000))
    return next(each for each in numbered if each not in taken)


def send_test(edition: Edition, to: str, *, at: datetime) -> None:
    """The letter as it is now, by the same path as all mail; its links lead to where anyone may begin."""
    parts = for_anyone(fresh_parts(edition))
    subject = f"[Test] {edition.subject}"
    emails.post(emails.Mail(to=to, subject=subject, text=parts.text, html=parts.html), at=at)


def for_anyone(parts: Parts) -> Parts:
    links = dict.fromkeys(PLACEHOLDERS.values(), settings.SITE_URL + reverse("accounts:newsletter"))
    return Parts(
        subject=parts.subject,
        html=filled(parts.html, links),
        text=filled(parts.text, links),
        page=parts.page,
        notes=parts.notes,
    )
