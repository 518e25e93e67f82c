"""Unwanted effects: kept in one tap, answered at once with what to do, and told to staff as a number alone."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.members.extent import WHOLE, Extent
from coaching.core.intake.questionnaires import VERSION
from coaching.core.person.unwanted import Bad, Kind
from coaching.models import Person, UnwantedEffect

WHAT_TO_DO = {
    Kind.PAIN: _("Stop this one for today. Rest in a way that is easy, and keep what moves well moving a little."),
    Kind.DIZZY: _("Stop. Sit or lie down. Let your breath go back to its own pace, and look at one thing in the room."),
    Kind.FEAR: _("Stop. Open your eyes. Look around and name five things that you see. Feel your feet on the floor."),
    Kind.MEMORIES: _("Stop. Open your eyes and look around. You are here, and it is now. You need not go on with it."),
    Kind.LOW: _("Thank you for saying so. You need not carry it alone: below is who you can talk to."),
    Kind.SLEEP: _("Do it earlier in the day, or leave it out for a week and see how your nights are then."),
    Kind.SKIN: _(
        "Take it off the skin now. Leave it off until the skin is as it was, and ask a pharmacist if it stays."
    ),
    Kind.NUMB: _("Stop. Answer the danger signs now: they tell you whether this has to be looked at today."),
    Kind.CHEST: _("Stop. Answer the danger signs now. If it is strong or new, call for help first."),
    Kind.OTHER: _("Stop what brings it on. If it stays, or you are not sure, ask a doctor or a pharmacist."),
}
"""From the cautions of the library (evidence section 4), each in a sentence or two."""

MORE = (
    ("little-gone", _("A little, and it is gone")),
    ("little-here", _("A little, and still there")),
    ("very-gone", _("A lot, and it is gone")),
    ("very-here", _("A lot, and still there")),
)
"""How bad it is and whether it is still there, in one tap."""

WORDS = {
    Kind.PAIN: _("More pain than before"),
    Kind.DIZZY: _("Dizzy or light-headed"),
    Kind.FEAR: _("Fear, panic or unrest"),
    Kind.MEMORIES: _("Upsetting pictures or memories"),
    Kind.LOW: _("Low or hopeless"),
    Kind.SLEEP: _("Worse sleep"),
    Kind.SKIN: _("Sore, red or numb skin"),
    Kind.NUMB: _("Numb, weak, or trouble with the toilet"),
    Kind.CHEST: _("Chest pain or short of breath"),
    Kind.OTHER: _("Something else"),
}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What a page needs to ask for unwanted effects."""

    technique: str
    token: str
    kinds: tuple[tuple[str, Any], ...]


def asking_for(technique: str = "", token: str = "") -> Asking:
    """`token`: that of the practice; else one of this page."""
    kinds = tuple((kind.value, WORDS[kind]) for kind in Kind)
    return Asking(technique=technique, token=token or token_urlsafe(16), kinds=kinds)


def report(person: Person, kind: Kind, *, technique: str, token: str, at: datetime) -> UnwantedEffect:
    """One row for one press; a second press of the same button on the same page changes nothing."""
    key = sha256(f"{token}:{kind}".encode()).hexdigest()[:32]
    told = {"kind": kind.value, "technique_id": technique or None, "version": VERSION, "noticed_at": at}
    return UnwantedEffect.objects.get_or_create(person=person, client_id=key, defaults=told)[0]


def say_more(effect: UnwantedEffect, bad: Bad, *, still_there: bool) -> None:
    effect.bad, effect.still_there = bad.value, still_there
    effect.save(update_fields=["bad", "still_there"])


def hand_over_unwanted(waiting: Person, person: Person) -> None:
    known = person.unwanted_effects.values("client_id")
    waiting.unwanted_effects.exclude(client_id__in=known).update(person=person)


def export_unwanted(person: Person, extent: Extent = WHOLE) -> list[dict[str, Any]]:
    told = ("kind", "technique_id", "bad", "still_there", "noticed_at", "version")
    return extent.oldest_first(person.unwanted_effects.order_by("noticed_at", "id").values(*told))
