"""The words of an edition as the two parts of a letter, and as its page on the site.

Everything that is the same for all is written out once; what differs (the signed links)
stands as slots. What was scheduled is frozen: a tip that is edited later changes no
letter that is under way, and not the page in the archive either.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.core.letters.slots import PLACEHOLDERS, slot, with_slots, with_stand_ins
from accounts.models import Edition, SeriesLetter
from content.core.cautions import care_with, not_with
from content.core.texts import markup
from content.core.texts.plain_text import plain
from content.core.vocabulary import Status
from content.models import Guide, Lesson, Tip
from content.reading.cautions import Asked, asked_by_guide, asked_by_technique
from content.reading.pages import Footnote, footnotes_of


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Whole parts, with slots; `page` is the middle alone, without any link of one person's."""

    subject: str
    html: str
    text: str
    page: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Body:
    """The middle of a letter in its two forms, and the keys of its footnotes."""

    html: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CareLine:
    """One line by what a letter asks to try: with what it is left out, with what it asks for care, and where all is."""

    not_with: tuple[str, ...]
    care_with: tuple[str, ...]
    link: str

    @property
    def words(self) -> str:
        left_out = _("Not with: %(those)s.") % {"those": "; ".join(self.not_with)} if self.not_with else ""
        with_care = _("With care: %(those)s.") % {"those": "; ".join(self.care_with)} if self.care_with else ""
        return " ".join(filter(None, (left_out, with_care)))


def parts_of(edition: Edition) -> Parts:
    """The frozen parts of a scheduled letter, or fresh ones of a draft."""
    if edition.html_part:
        return Parts(
            subject=edition.subject,
            html=edition.html_part,
            text=edition.text_part,
            page=edition.page_html,
            notes=tuple(edition.page_notes),
        )
    return fresh_parts(edition)


def freeze(edition: Edition) -> None:
    parts = fresh_parts(edition)
    edition.html_part, edition.text_part = parts.html, parts.text
    edition.page_html, edition.page_notes = parts.page, list(parts.notes)
    edition.save(update_fields=["html_part", "text_part", "page_html", "page_notes"])


def fresh_parts(edition: Edition) -> Parts:
    with translation.override(edition.language):
        body = _body(edition)
        notes = footnotes_of(body.notes)
        context = _context(edition, body, notes)
        html, text = (render_to_string(f"newsletter/emails/letter.{kind}", context) for kind in ("html", "txt"))
    return Parts(
        subject=edition.subject,
        html=with_slots(html, site=settings.SITE_URL),
        text=with_slots(text, site=settings.SITE_URL),
        page=_for_everyone(body.html),
        notes=body.notes,
    )


def tips_of(edition: Edition) -> list[Tip]:
    """In the order in which the edition names them; those that are not there are left out."""
    tips = {tip.slug: tip for tip in Tip.objects.filter(slug__in=edition.tips)}
    return [tips[slug] for slug in edition.tips if slug in tips]


def _body(edition: Edition) -> Body:
    html: list[str] = []
    text: list[str] = []
    notes: tuple[str, ...] = ()
    block = 1
    for title, source, care in [("", edition.words, None), *map(_of_tip, tips_of(edition))]:
        source = with_stand_ins(source)
        rendered = markup.render(source, notes=notes, first_block=block)
        spoken = plain(source, site=settings.SITE_URL, notes=notes)
        html.append(_titled(title, rendered.html, care))
        text.append(_titled_text(title, spoken.text, care))
        notes, block = rendered.notes, rendered.next_block
    return Body(html="\n".join(html), text="\n\n".join(part for part in text if part), notes=notes)


def _of_tip(tip: Tip) -> tuple[str, str, CareLine | None]:
    path = reverse("content:tip", args=[tip.slug])
    care = care_line(asked_by_technique(tip.practice_id), path) if tip.practice_id else None
    return tip.title, tip.body, care


def _titled(title: str, html: str, care: CareLine | None) -> str:
    """A tip under its own heading, what it asks for care with above its action; headings inside it go one step down."""
    if not title:
        return html
    lower = html.replace("<h2", "<h3").replace("</h2>", "</h3>")
    line = f"<p><strong>{escape(care.words)}</strong></p>\n" if care else ""
    return f"<h2>{escape(title)}</h2>\n{line}{lower}"


def _titled_text(title: str, words: str, care: CareLine | None) -> str:
    if not title:
        return words
    return "\n\n".join(filter(None, (f"{title}\n{'=' * len(title)}", care.words if care else "", words)))


def _context(edition: Edition, body: Body, notes: tuple[Footnote, ...]) -> dict[str, Any]:
    site = settings.SITE_URL
    return {
        "edition": edition,
        "subject": edition.subject,
        "language": edition.language,
        "site_url": site,
        "body_html": mark_safe(body.html.replace('href="/', f'href="{site}/')),  # noqa: S308 (came through the one door)
        "body_text": body.text,
        "notes": notes,
        "lesson": lesson_of(edition),
        "practice": practice_of(edition),
        "page_link": site + edition.get_absolute_url() if not edition.is_series_letter else "",
        "postal_address": settings.LETTERS_POSTAL_ADDRESS,
        **{link: slot(link) for link in PLACEHOLDERS.values()},
    }


def practice_of(edition: Edition) -> dict[str, Any] | None:
    guide = Guide.objects.filter(slug=edition.practice, status=Status.PUBLISHED.value).first()
    if guide is None:
        return None
    path = reverse("coaching:practice", args=[guide.slug])
    return {
        "title": guide.title,
        "path": path,
        "link": settings.SITE_URL + path,
        "care": care_line(asked_by_guide(guide), path),
        "guide": guide,
        "technique": guide.technique_id,
    }


def care_line(asked: Asked | None, path: str) -> CareLine | None:
    """A letter knows nobody, so it names all that can speak against what it suggests."""
    rows = asked.cautions if asked else ()
    told = CareLine(not_with=not_with(rows), care_with=care_with(rows), link=settings.SITE_URL + path)
    return told if told.not_with or told.care_with else None


def lesson_of(edition: Edition) -> dict[str, Any] | None:
    """The lesson that a letter says is open: as it is called today, in one sentence, in two sizes."""
    place = SeriesLetter.objects.filter(edition=edition).first() if edition.pk else None
    lesson = (
        Lesson.objects.course().filter(course=place.lesson, status=Status.PUBLISHED.value).first() if place else None
    )
    if lesson is None:
        return None
    link = settings.SITE_URL + reverse("coaching:lesson", args=[lesson.slug])
    return {"title": lesson.title, "summary": lesson.summary, "link": link, "short_link": f"{link}?size=1"}


def _for_everyone(html: str) -> str:
    """The page in the archive is nobody's own: links to one's own choices lead to where anyone may begin."""
    open_to_all = with_slots(html.replace('href="/', 'href="@@site/'), site="@@site")
    for link in PLACEHOLDERS.values():
        open_to_all = open_to_all.replace(slot(link), reverse("accounts:newsletter"))
    return open_to_all.replace('href="@@site/', 'href="/')
