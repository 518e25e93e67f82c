"""What the player of a guide needs, and the dials a person may turn.

Breath dials stay inside what is safe for anyone (`core/breath.py`): no fast breathing, no long
holds; and no pause at all where a caution says `no_holds`.
"""

from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.core.practice.breath import GENTLE, RANGES, Breath
from coaching.core.practice.pack import MOST_MINUTES
from coaching.practice.choices import Choices
from coaching.said import said
from content.core.steps import Step
from content.core.vocabulary import Skin

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
    seconds: int
    dials: tuple[Dial, ...]
    breath_dials: tuple[Dial, ...] = ()
    breath: Breath | None = None
    starts_at_once: bool = False

    @property
    def spoken_breath(self) -> tuple[tuple[str, str], ...]:
        """A phase and its words, for the breath that the style sheet paces."""
        words = {
            "in": _("In for %(n)d"),
            "hold": _("Pause for %(n)d"),
            "out": _("Out for %(n)d"),
            "rest": _("Rest for %(n)d"),
        }
        seconds = self.breath.seconds if self.breath else {}
        return tuple((name, words[name] % {"n": count}) for name, count in seconds.items() if count)

    @property
    def has_lengths(self) -> bool:
        return any(dial.name == "minutes" for dial in self.dials)

    @property
    def left(self) -> str:
        """What the player says of the time, before it begins."""
        return _("{} min left").format(max(1, ceil(self.seconds / 60)))

    @property
    def own_style(self) -> str:
        """Numbers that name the style sheet of a breath other than the one that every page has."""
        return "-".join(map(str, self.breath.seconds.values())) if self.breath and self.breath != GENTLE else ""


def player_of(choices: Choices) -> Player:
    guide = choices.guide
    if guide.skin == Skin.BREATH.value:
        return breath_player(
            choices.breath_now,
            minutes=choices.minutes or int(choices.size),
            has_no_pauses=choices.has_no_pauses,
            is_asked=choices.breath is not None,
        )
    steps = [_spoken(step) for step in choices.steps]
    script = {"skin": "steps", "steps": steps, "words": _words()}
    if guide.technique_id in MOST_MINUTES:
        script |= at_most(MOST_MINUTES[guide.technique_id])
    return Player(
        skin="steps", script=script, seconds=sum(step.seconds for step in choices.steps), dials=(_delay(), _bell())
    )


def _spoken(step: Step) -> dict[str, Any]:
    """What the script is told of a step."""
    return {"words": said(step.words), "seconds": step.seconds, "cue": step.cue, "part": step.part}


def at_most(minutes: int) -> dict[str, Any]:
    """A pack stays on the skin while the player is paused, so its longest time runs by the clock on the wall."""
    return {
        "most": minutes * 60,
        "off": ngettext(
            "%(n)d minute is over. Take the pack off now.", "%(n)d minutes are over. Take the pack off now.", minutes
        )
        % {"n": minutes},
    }


def breath_player(breath: Breath, *, minutes: int, has_no_pauses: bool, is_asked: bool = False) -> Player:
    """`is_asked`: the page names the breath, so what the device remembers does not change it."""
    names = [name for name in RANGES if name in ("in", "out") or not has_no_pauses]
    script = {"skin": "breath", "pattern": breath.seconds, "minutes": minutes, "words": _words()}
    return Player(
        skin="breath",
        script=script,
        seconds=minutes * 60,
        dials=(_delay(), _bell()),
        breath_dials=tuple(_seconds(name, breath, is_kept=not is_asked) for name in names),
        breath=breath,
    )


def with_lengths(player: Player) -> Player:
    """For a page that offers no other way to choose how long the breath goes on."""
    return replace(player, dials=(_length(player.seconds // 60), *player.dials))


def _seconds(name: str, breath: Breath, *, is_kept: bool) -> Dial:
    labels = {
        "in": _("In, seconds"),
        "hold": _("Pause, seconds"),
        "out": _("Out, seconds"),
        "rest": _("Rest, seconds"),
    }
    options = tuple((seconds, str(seconds)) for seconds in RANGES[name])
    return Dial(name=name, label=labels[name], options=options, value=breath.seconds[name], is_kept=is_kept)


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
