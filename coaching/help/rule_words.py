"""The rules' own sentences, in the language of the page. Cautions and conditions bring theirs from their rows."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from coaching.core.recommend.care import ADULTS_ONLY, IN_DANGER, NOT_GUIDED, NOT_THERE
from coaching.core.recommend.permit import AFTER_THE_CHECK, CHECK_FIRST, LEFT_OUT_WITH_CARE, UNKNOWN_IF_SAFE

OWN = frozenset(
    {
        CHECK_FIRST,
        AFTER_THE_CHECK,
        UNKNOWN_IF_SAFE,
        LEFT_OUT_WITH_CARE,
        ADULTS_ONLY,
        NOT_GUIDED,
        IN_DANGER.because,
        *NOT_THERE.reasons,
    }
)


def in_language(sentences: Iterable[str]) -> list[str]:
    return [_(sentence) if sentence in OWN else sentence for sentence in sentences]
