"""Signed links that show an unpublished text to whoever holds them, for a week."""

from datetime import timedelta

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from content.models import Guide, Lesson, LessonVariant, Tip
from content.reading.rendering import render

Text = Lesson | LessonVariant | Guide | Tip

SALT = "content.preview"
LASTS = timedelta(days=7)
KINDS: dict[str, type[Text]] = {"lesson": Lesson, "lessonvariant": LessonVariant, "guide": Guide, "tip": Tip}


class NoPreviewError(Exception):
    """The link was changed, has expired, or names a text that is gone."""


def preview_link(text: Text) -> str:
    return link_with(text, _token(text))


def link_with(text: Text, token: str) -> str:
    """What a guide does for a person is the coach's to show."""
    return reverse("coaching:guide_preview" if isinstance(text, Guide) else "content:preview", args=[token])


def phone_link(text: Text) -> str:
    return reverse("content:preview_phone", args=[_token(text)])


def _token(text: Text) -> str:
    return signing.dumps([text._meta.model_name, text.slug], salt=SALT)


def previewed(token: str) -> Text:
    try:
        kind, slug = signing.loads(token, salt=SALT, max_age=LASTS)
        text = KINDS[kind].objects.get(slug=slug)
    except (signing.BadSignature, KeyError, ObjectDoesNotExist) as error:
        raise NoPreviewError from error
    # What staff are working on, rendered in memory: readers go on seeing what is published.
    text.assign(text.proposal.get("values", {}))
    render(text)
    return text
