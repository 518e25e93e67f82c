"""What is asked with a practice: the one thing that its technique is judged by, in one or two taps.

Calming asks for tension and pain, before and after. Thinking asks how strong the worry or the thought is.
Moving asks how sure one feels, what was managed, and the next day for pain. Sleep skills ask for the night
before, and the next morning for the night after. Every tap may be left out, and taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from content.core.signals import Signal

TENSION_ENDS = (_("0: calm and loose"), _("10: as tense or worried as can be"))
PAIN_ENDS = (_("0: no pain"), _("10: as bad as can be"))
BELIEF_ENDS = (_("0: not at all"), _("10: I am sure it is so"))
CONFIDENCE_ENDS = (_("0: not at all sure"), _("10: quite sure"))
NIGHT_ENDS = (_("0: hardly slept"), _("10: slept well"))
MANAGED = (_("I thought of it"), _("A part of it"), _("What I planned"), _("More than that"))


TENTHS = [(str(number), str(number)) for number in range(11)]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Taps from 0 to 10 with words for both ends, or a few taps that are `words` themselves, counted from 0."""

    label: Any
    ends: tuple[Any, Any] = ("", "")
    words: tuple[Any, ...] = ()

    @property
    def choices(self) -> list[tuple[str, Any]]:
        taps = [(str(place), word) for place, word in enumerate(self.words)] if self.words else TENTHS
        return [*taps, ("", _("Skip"))]

    @cached_property
    def values(self) -> frozenset[str]:
        """What its taps are sent as."""
        return frozenset(value for value, _word in self.choices)


QUESTIONS: Mapping[str, Question] = {
    "tension_before": Question(label=_("Tension or worry, before"), ends=TENSION_ENDS),
    "tension_after": Question(label=_("Tension or worry, now"), ends=TENSION_ENDS),
    "belief_before": Question(label=_("How strong is the worry or the thought?"), ends=BELIEF_ENDS),
    "belief_after": Question(label=_("How strong is it now?"), ends=BELIEF_ENDS),
    "confidence_before": Question(label=_("How sure are you that you can do this today?"), ends=CONFIDENCE_ENDS),
    "managed": Question(label=_("What did you manage? Stopping early counts."), words=MANAGED),
    "confidence_after": Question(label=_("How sure are you now that you can do it again?"), ends=CONFIDENCE_ENDS),
    "night_before": Question(label=_("How was last night?"), ends=NIGHT_ENDS),
    "night_after": Question(label=_("How was the night after?"), ends=NIGHT_ENDS),
    "pain_before": Question(label=_("Pain, before"), ends=PAIN_ENDS),
    "pain_after": Question(label=_("Pain, now"), ends=PAIN_ENDS),
    "pain_next_day": Question(label=_("Pain today, the day after"), ends=PAIN_ENDS),
}

RATINGS = tuple(QUESTIONS)
"""The names of all taps: fields of a form, of a row, and of what a device sends."""

LATER = frozenset({"pain_next_day", "night_after"})
PAIN = frozenset({"pain_before", "pain_after", "pain_next_day"})


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The taps of one signal: before Start, after the practice, and the next day."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    later: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.before, *self.after, *filter(None, [self.later]))

    def without_pain(self) -> "Asking":
        return Asking(
            before=tuple(name for name in self.before if name not in PAIN),
            after=tuple(name for name in self.after if name not in PAIN),
            later="" if self.later in PAIN else self.later,
        )


ASKING: Mapping[Signal, Asking] = {
    Signal.TENSION: Asking(before=("tension_before", "pain_before"), after=("tension_after", "pain_after")),
    Signal.BELIEF: Asking(before=("belief_before",), after=("belief_after",)),
    Signal.CONFIDENCE: Asking(
        before=("confidence_before", "pain_before"), after=("managed", "confidence_after"), later="pain_next_day"
    ),
    Signal.NIGHT: Asking(before=("night_before",), later="night_after"),
    Signal.NONE: Asking(),
}


ALL = Asking(before=tuple(name for name in RATINGS if name not in LATER))
"""What a device may send: it was asked by an earlier page."""


def asking_of(signal: Signal | None, *, hides_pain: bool) -> Asking:
    """`signal` None: whatever it was."""
    asking = ASKING[signal] if signal else ALL
    return asking.without_pain() if hides_pain else asking
