"""What keeps people safe, said in the language of the page.

Rules speak English: their words are kept, compared and explained in one language. At the edge, where a page
prints them, each sentence is looked up: a caution by its row, a condition's name by its text, the rest in the
catalogue. What is not there in the language is said in English, as it was: never left out.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.models import Caution, ConditionText, DemandCaution

FROM_ANSWERS = "From your answers: "


def in_language(sentences: Iterable[str]) -> list[str]:
    told = list(sentences)
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    if language == settings.LANGUAGE_CODE or not told:
        return told
    known = _known_in(language)
    return [_said(sentence, known) for sentence in told]


def _known_in(language: str) -> dict[str, str]:
    pairs = [
        *ConditionText.objects.values_list("label", f"label_{language}"),
        *Caution.objects.values_list("words", f"words_{language}"),
        *DemandCaution.objects.values_list("words", f"words_{language}"),
    ]
    return {own: said for own, said in pairs if said}


def _said(sentence: str, known: Mapping[str, str]) -> str:
    if sentence in known:
        return known[sentence]
    if sentence.startswith(FROM_ANSWERS):
        label = sentence.removeprefix(FROM_ANSWERS).removesuffix(".")
        return _("From your answers: %(condition)s.") % {"condition": known.get(label, label)}
    label, colon, words = sentence.partition(": ")
    if colon and label in known:
        return f"{known[label]}: {known.get(words, words)}"
    return _(sentence)
