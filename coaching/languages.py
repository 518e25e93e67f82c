"""Pages of the library in the language of the address: all of one is in that language, or it says that it is not."""

from collections.abc import Iterator
from copy import copy

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from coaching.said import is_said, learn, told
from content.models import EvidenceCard, Guide, LessonVariant

SAID_OF_A_CARD = ("title", "size", "certainty", "for_whom", "time", "harms", "cost")


def words_of(guide: Guide) -> Iterator[str]:
    """All that a reader or a listener of it may meet, in every way to do it."""
    yield from (guide.title, guide.summary, guide.ready, guide.stop)
    yield from (words for words in guide.own_length.values() if isinstance(words, str))
    for step in guide.timed_steps:
        yield step.words
        yield from (other.words for other in step.instead.values() if other.words)


def is_guide_said(guide: Guide) -> bool:
    """A voice of one language cannot read the words of another, and whoever follows it sees no page."""
    if get_language() == settings.LANGUAGE_CODE:
        return True
    learn()
    return all(map(is_said, words_of(guide)))


def said_card(card: EvidenceCard | None) -> EvidenceCard | None:
    """The evidence card of its technique, for showing."""
    if card is None:
        return None
    shown = copy(card)
    for name in SAID_OF_A_CARD:
        setattr(shown, name, told(getattr(card, name)))
    return shown


def in_english_alone(request: HttpRequest) -> HttpResponse:
    """Says in the language of the address that what stands there is not written in it, and leads to what is."""
    english = translate_url(request.get_full_path(), settings.LANGUAGE_CODE)
    lessons = LessonVariant.objects.published(timezone.now()).filter(language=get_language())
    response = render(request, "errors/not_in_language.html", {"english": english, "lessons": lessons})
    add_never_cache_headers(response)  # nor does a device keep it for the page itself
    return response
