"""How much a rung asks for, in words and in an address: said the same on every page and in every letter."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.core.vocabulary import Size
from content.models import Ladder


def amount_of(minutes: int, times: int) -> str:
    """`times` are goes a week."""
    length = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return _("%(length)s, %(often)s") % {"length": length, "often": often(times)}


def often(times: int) -> str:
    words = {7: _("once a day"), 14: _("twice a day"), 21: _("three times a day")}
    return words.get(times) or ngettext("%(n)d time a week", "%(n)d times a week", times) % {"n": times}


def length_query(minutes: int) -> str:
    """The address of a practice of that length: a size that guides are written in, else minutes of one's own."""
    name = "size" if str(minutes) in [size.value for size in Size] else "minutes"
    return f"?{name}={minutes}"


def first_rung(technique: str, at: datetime) -> dict[str, Any] | None:
    """Where anybody begins of whom nothing is known."""
    ladder = Ladder.objects.published(at).filter(technique=technique).only("rungs").first()
    return ladder.rungs[0] if ladder and ladder.rungs else None
