"""What the player of a guide needs, and the dials a person may turn.

Breath dials stay inside what is safe for anyone: no fast breathing (a breath takes six
seconds or more), no long holds; and none at all where a caution says `no_holds`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.core.pack import MOST_MINUTES
from coaching.guide_choices import Choices
from content.core.vocabulary import Limit, Skin

GENTLE = {"in": 4, "hold": 0, "out": 6, "rest": 0}
SECONDS_IN = range(3, 8)
SECONDS_OUT = range(3, 10)
SECONDS_STILL = range(3)
MINUTES = (1, 2, 5, 10, 20)
DELAYS = (0, 5, 10, 30)
BELLS = (0, 1, 2, 5)


@dataclass(frozen=True, kw_only=True)
class Dial:
    """One switch of the player. The length is not kept: the page that was asked for decides it."""

    name: str
    label: str
    options: tuple[tuple[int, str], ...]
    value: int
    is_kept: bool = True


@dataclass(frozen=True, kw_only=True)
class Player:
    skin: str
    """`breath` or `steps`: what it draws."""

    script: dict[str, Any]
    dials: tuple[Dial, ...]
    starts_at_once: bool = False


def player_of(choices: Choices) -> Player:
    guide = choices.guide
    if guide.skin == Skin.BREATH.value:
        return breath_player(guide.pattern, minutes=int(choices.size), limits=choices.limits)
    script = {"skin": "steps", "steps": [_spoken(step) for step in choices.steps], "words": _words()}
    if guide.technique_id in MOST_MINUTES:
        script |= _at_most(MOST_MINUTES[guide.technique_id])
    return Player(skin="steps", script=script, dials=(_delay(), _bell()))


def _spoken(step: dict[str, Any]) -> dict[str, Any]:
    return {name: step[name] for name in ("words", "seconds", "cue", "part")}


def _at_most(minutes: int) -> dict[str, Any]:
    """A pack stays on the skin while the player is paused, so its longest time runs by the clock on the wall."""
    return {
        "most": minutes * 60,
        "off": ngettext(
            "%(n)d minute is over. Take the pack off now.", "%(n)d minutes are over. Take the pack off now.", minutes
        )
        % {"n": minutes},
    }


def breath_player(pattern: dict[str, int], *, minutes: int, limits: frozenset[str]) -> Player:
    holds = Limit.NO_HOLDS.value not in limits
    kept = {**GENTLE, **pattern} if holds else {**GENTLE, **pattern, "hold": 0, "rest": 0}
    dials = [_seconds("in", _("In, seconds"), SECONDS_IN, kept), _seconds("out", _("Out, seconds"), SECONDS_OUT, kept)]
    if holds:
        dials.insert(1, _seconds("hold", _("Pause, seconds"), SECONDS_STILL, kept))
        dials.append(_seconds("rest", _("Rest, seconds"), SECONDS_STILL, kept))
    script = {"skin": "breath", "pattern": kept, "words": _words()}
    return Player(skin="breath", script=script, dials=(*dials, _length(minutes), _delay(), _bell()))


def _seconds(name: str, label: str, values: range, pattern: dict[str, int]) -> Dial:
    return Dial(name=name, label=label, options=tuple((n, str(n)) for n in values), value=pattern[name])


def _length(minutes: int) -> Dial:
    options = tuple((n, ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}) for n in sorted({*MINUTES, minutes}))
    return Dial(name="minutes", label=_("Length"), options=options, value=minutes, is_kept=False)


def _delay() -> Dial:
    options = tuple((n, _("%(n)d seconds") % {"n": n} if n else _("At once")) for n in DELAYS)
    return Dial(name="delay", label=_("Begin"), options=options, value=0)


def _bell() -> Dial:
    words = {0: _("No bell"), 1: _("Every minute")}
    options = tuple((n, words.get(n) or _("Every %(n)d minutes") % {"n": n}) for n in BELLS)
    return Dial(name="bell", label=_("A bell"), options=options, value=0)


def _words() -> dict[str, str]:
    return {
        "in": _("Breathe in"),
        "hold": _("Pause"),
        "out": _("Breathe out, slowly"),
        "rest": _("Rest"),
        "pause": _("Pause"),
        "go_on": _("Go on"),
        "paused": _("Paused. Take your time."),
        "soon": _("It begins in a moment."),
        "done": _("Well done. Notice how you are now."),
        "again": _("Start again"),
        "left": _("{} min left"),
    }
