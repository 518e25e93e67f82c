"""What a summary says, in the language it was made in: written for whoever reads of somebody else."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

MATTERS_WORDS = {
    "family": _("Time with family"),
    "friends": _("Friends and company"),
    "work": _("Work or study"),
    "home": _("Home and daily tasks"),
    "body": _("Moving and being outdoors"),
    "play": _("Hobbies and fun"),
    "rest": _("Rest and good sleep"),
    "faith": _("Faith or spirit"),
    "learning": _("Learning and making things"),
    "giving": _("Helping others"),
}


def matters_of(codes: Iterable[object]) -> tuple[str, ...]:
    """In the order of the question, whatever the order of the taps."""
    ticked = set(codes)
    return tuple(str(words) for code, words in MATTERS_WORDS.items() if code in ticked)
