"""What the rules say, in the language of the page.

The rules of `core` and the library know no language but English: they give whole sentences. Here each is looked up as
it stands, then by its form (`FORMS`: a sentence with room for a number, a name or a list), then sentence by sentence.
Both stand in the catalogue of `templates/locale`. Rows of the library may bring their own Spanish. What is found
nowhere, such as a text that staff have changed since, stays in English: `said` gives it back as it came, and a page
marks it as English.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import catalog

from content.models import Caution, DemandCaution, LessonVariant, Translation
from content.reading.once import readings

FORMS = (
    "Choose one whole number from %(n)s to %(m)s.",
    "Choose %(n)s at most.",
    "This is %(n)s characters long, and %(m)s fit. Nothing was cut off.",
    "Your pain and how much it gets in the way: %(x)s.",
    "Your seven answers on worry come to %(x)s.",
    "In the last 2 weeks you were on edge or could not stop worrying: %(x)s.",
    "Your muscles feel tight: %(x)s.",
    "Worries about your pain get stuck in your mind: %(x)s.",
    "You avoid moving because you fear harm: %(x)s.",
    "Your sleep over the last 7 nights: %(n)s of 10, where 10 is best.",
    "For your back you use %(list)s, and no movement, relaxation or talking therapy.",
    "You were active on %(x)s last week.",
    "You rated %(x)s.",
    "We now expect about %(n)s points of ease out of 10.",
    "It does not serve %(x)s.",
    "For %(x)s the science says less of it: %(y)s.",
    "Your answers lead more to %(x)s.",
    "Your ratings so far speak more for %(x)s.",
    "It may help as much; %(x)s asks for fewer minutes.",
    "It may help as much; %(x)s comes first by name.",
    "You begin with %(x)s.",
    "%(x)s is the strongest stage.",
    "%(list)s can open it.",
    "%(x)s is %(y)s, the strongest for you.",
    "%(x)s opens the loop between %(y)s and %(z)s.",
    "It drives %(x)s.",
    "So that there is more room for %(x)s and for %(y)s.",
    "So that there is more room for %(x)s.",
    "Without that we would suggest %(list)s.",
    "You kept %(x)s.",
    "You left out %(x)s.",
    "Now there is room for %(list)s.",
    "We could not keep %(x)s as well: a plan has room for three.",
    "We could not keep %(x)s: it is not something to practise here.",
    "We could not keep %(x)s.",
    "This fits %(n)s minutes a day.",
    "With %(n)s more there is room for %(list)s.",
    "What you kept takes %(n)s minutes a day: %(m)s more than you set.",
    "Not advised for %(x)s.",
    "No good reason to advise it for %(x)s.",
    "The first two minutes of it: %(own)s",
    "Begin with %(x)s, only the start of it",
    "%(n)s days",
    "%(n)s goes",
    "%(n)s of %(m)s",
    "%(n)s minutes",
    "%(x)s is %(y)s.",
)
"""The first that fits is taken, so a form with more fixed words stands before one with fewer."""

SENTENCE = re.compile(r"(?<=[.?]) (?=[A-Z])")
SAME_IN_BOTH = frozenset({"No"})
NUMBERS = ("n", "m")
OWN = "own"
"""Words of the person, which are theirs in any language."""

ANY_NUMBER = r"\d+(?:\.\d+)?"
Read = TypeVar("Read")
_rows: list[Mapping[str, str]] = [{}]
"""What the rows of the library say in Spanish, by their English, as they were read last."""
_lessons: list[frozenset[tuple[str, str]]] = [frozenset()]
"""Which lessons are there in another language than English: that language and the slug of each, as read last."""


def said(words: str) -> str:
    """In the language of the page, or as it came."""
    return _said(words) or words


def told(words: object) -> str:
    """In the language of the page; what is not written in it is marked as English."""
    text = str(words)
    in_language = _said(text)
    if in_language is None and text:
        return format_html('<span lang="en">{}</span>', text)
    return in_language or text


def learn() -> None:
    """What staff have written in Spanish since, before anything of it is told."""
    _rows[0] = readings.of("in Spanish", lambda _number: _read()) or {}
    _lessons[0] = readings.of("lessons besides English", lambda _number: _read_lessons()) or frozenset()


def read_once(key: Hashable, read: Callable[[int], Read | None]) -> Read | None:
    """As `readings` has it, after the words in which it is told: whatever is drawn of it is kept by its number."""

    def read_with_words(number: int) -> Read | None:
        learn()
        return read(number)

    return readings.of(key, read_with_words)


def _read() -> Mapping[str, str]:
    cautions = [dict(model.objects.values_list("words", "words_es")) for model in (Caution, DemandCaution)]
    own = {words: spanish for rows in cautions for words, spanish in rows.items() if spanish}
    return own | dict(Translation.objects.filter(language="es").values_list("english", "words"))


def _read_lessons() -> frozenset[tuple[str, str]]:
    return frozenset(LessonVariant.objects.published(timezone.now()).values_list("language", "lesson__slug"))


def is_lesson_said(slug: str) -> bool:
    """Whether a whole lesson can be read in the language of the page. `learn` reads which are there."""
    language = get_language() or settings.LANGUAGE_CODE
    return language == settings.LANGUAGE_CODE or (language, slug) in _lessons[0]


def is_said(words: str) -> bool:
    """Whether it can be told in the language of the page."""
    return not words or (get_language() or "") == settings.LANGUAGE_CODE or _said(words) is not None


def _said(words: str) -> str | None:
    if (get_language() or "") == settings.LANGUAGE_CODE:
        return words
    return _rows[0].get(words) or _whole(words) or _by_form(words) or _sentence_by_sentence(words)


def _whole(words: str) -> str | None:
    for asked, back in ((words, str), (_capital(words), _small), (_small(words), _capital)):
        known = catalog().gettext(asked) if asked else ""
        if known != asked or asked in SAME_IN_BOTH:
            return back(known)
    return None


def _by_form(words: str) -> str | None:
    for form, pattern in _patterns():
        if (fit := pattern.fullmatch(words)) is None:
            continue
        parts = {name: _part(name, part) for name, part in fit.groupdict().items()}
        if all(parts.values()):
            return _capital(gettext(form) % parts)
    return None


def _part(name: str, words: str) -> str | None:
    if name in (*NUMBERS, OWN):
        return words
    if name != "list":
        return _whole(words) or _by_form(words)
    names = [_whole(one) for one in re.split(r", | and ", words)]
    told = [one for one in names if one]
    return gettext(" and ").join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told) if all(names) else None


def _sentence_by_sentence(words: str) -> str | None:
    sentences = SENTENCE.split(words)
    told = [_whole(one) or _by_form(one) for one in sentences] if len(sentences) > 1 else [None]
    return " ".join(one for one in told if one) if all(told) else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, re.compile(_pattern(form))) for form in FORMS)


def _pattern(form: str) -> str:
    fixed = re.split(r"%\((\w+)\)s", form)
    named = [f"(?P<{part}>{ANY_NUMBER if part in NUMBERS else '.+?'})" for part in fixed[1::2]]
    return "".join(re.escape(part) + name for part, name in zip(fixed[::2], [*named, ""], strict=True))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
