"""Which texts show which pictures: read from the texts, so that it can never be false."""

from collections.abc import Iterator, Mapping
from typing import Any

from content.core.texts import markup
from content.models import Lesson, LessonVariant, Publishable, Tip

SHOWING: tuple[type[Publishable], ...] = (Lesson, LessonVariant, Tip)
MARKDOWN = ("brief", "body", "deeper")


def pictures_for_readers() -> set[str]:
    """The names of all pictures in texts that readers see, or will at their time."""
    return {name for text in _texts() if text.is_live for name in _pictures_in(text.authored_values())}


def texts_with(picture: str) -> list[Publishable]:
    """Published or not, as readers know them or as staff are changing them."""
    return [
        text
        for text in _texts()
        if picture in {*_pictures_in(text.authored_values()), *_pictures_in(text.working_values())}
    ]


def _texts() -> Iterator[Publishable]:
    for model in SHOWING:
        yield from model.objects.with_relations()


def _pictures_in(values: Mapping[str, Any]) -> set[str]:
    sources = [values[name] for name in MARKDOWN if name in values]
    return {mark.what for source in sources for mark in markup.picture_marks(source)}
