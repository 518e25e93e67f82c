"""Keeps the HTML of a text beside the text, so that a page only reads. Loader and admin both come through here.

Blocks are numbered through all three sizes of a lesson, so that a place in the 4 minutes is
the same place in the 12. Footnotes are numbered by the page that shows them: the 1 minute
alone, the 4 minutes alone, and the 4 with the 12 after them.
"""

from collections.abc import Iterator

from content.core.texts import markup
from content.core.vocabulary import Size
from content.models import Lesson, LessonText, LessonVariant, Picture, Row, Tip
from content.pictures.drawing import draw_anew, shown
from content.pictures.uses import texts_with

RENDERED: dict[type[Row], tuple[str, ...]] = {
    Lesson: ("brief_html", "body_html", "deeper_html", "notes", "plain"),
    LessonVariant: LessonVariant.RENDERED,
    Tip: ("html", "notes", "plain"),
}


def render(row: Row) -> list[str]:
    """Renders what the row holds and returns the names of the fields that changed by it."""
    if isinstance(row, Picture):
        return draw_anew(row)
    names = RENDERED.get(type(row), ())
    before = {name: getattr(row, name) for name in names}
    if isinstance(row, Lesson):
        _render_parts(row)
        row.plain = _plain(row.brief, row.body, row.deeper)
    elif isinstance(row, LessonVariant):
        _render_parts(row)
    elif isinstance(row, Tip):
        _render_tip(row)
    return [name for name in names if getattr(row, name) != before[name]]


def render_what_shows(row: Row) -> None:
    """A picture that was drawn anew has files of other names: the texts that show it are rendered once more."""
    if not isinstance(row, Picture):
        return
    for text in texts_with(row.slug):
        if render(text):
            text.save()


def _render_parts(lesson: LessonText) -> None:
    pictures = _pictures(lesson.brief, lesson.body, lesson.deeper)
    brief = markup.render(lesson.brief, pictures=pictures)
    body = markup.render(lesson.body, first_block=brief.next_block, pictures=pictures)
    deeper = markup.render(lesson.deeper, first_block=body.next_block, notes=body.notes, pictures=pictures)
    lesson.brief_html, lesson.body_html, lesson.deeper_html = brief.html, body.html, deeper.html
    lesson.notes = {
        Size.ONE.value: list(brief.notes),
        Size.FOUR.value: list(body.notes),
        Size.TWELVE.value: list(deeper.notes),
    }


def _render_tip(tip: Tip) -> None:
    rendered = markup.render(tip.body, pictures=_pictures(tip.body))
    tip.html, tip.notes = rendered.html, list(rendered.notes)
    tip.plain = _plain(tip.body)


def _pictures(*sources: str) -> dict[str, markup.Shown]:
    """Asks the database only for a text that shows a picture."""
    return shown({mark.what for source in sources for mark in markup.picture_marks(source)})


def _plain(*sources: str) -> str:
    """What is said, without a sign of markup: what the search looks through, and quotes from."""
    parts = (
        f"{passage.heading}. {passage.text}" if passage.heading else passage.text for passage in _passages(sources)
    )
    return "\n".join(part for part in parts if part)


def _passages(sources: tuple[str, ...]) -> Iterator[markup.Passage]:
    for source in sources:
        yield from markup.passages(source)
