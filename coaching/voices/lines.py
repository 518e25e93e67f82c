"""Every line that a voice may have to say, in the language that is active: exactly what the player is given to speak.

The player speaks the words of a step when it begins, the phases of a breath, and the end of a pack that must come off.
The three steps of Help now and the one minute of a lesson are read sentence by sentence. What is said once in a while
and read on the screen alone (that it begins soon, that it is over) is no line.

`seconds` is the shortest time that a step leaves for its line, in whichever length and way of the practice; a text that
is read at the reader's pace has none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.template.loader import render_to_string

from coaching.core.practice.breath import GENTLE, RANGES
from coaching.core.practice.pack import CHOICES, MOST_MINUTES, PackWords, pack_steps
from coaching.core.practice.walk import LEAST, MOST, WalkWords, walk_plan
from coaching.practice.choices import words_of_own_length
from coaching.practice.player import at_most, breath_player
from coaching.said import said
from content.core.steps import Step
from content.core.vocabulary import Size, Skin
from content.core.voices.names import as_spoken
from content.core.voices.sentences import spoken_sentences
from content.core.ways import Way, steps_as
from content.models import Guide

HELP, FLARE = "help-now", "flare"
LETTING_GO = "pmr"
"""The guide that one of the buttons of flare mode leads to, in 4 minutes, where nothing is tensed."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """`place` says where it is spoken, in words for staff and for whoever makes recordings."""

    text: str
    place: str
    seconds: int | None = None


def guide_lines(guide: Guide) -> Iterator[Line]:
    if guide.skin == Skin.BREATH:
        yield from _breath_lines(guide.slug, has_no_pauses=False)
        return
    for size in Size:
        in_size = [step for step in guide.timed_steps if size.value in step.sizes]
        yield from _of_steps(f"{guide.slug}, {size.label}", chain.from_iterable(map(_in_every_way, in_size)))
    yield from _own_length_lines(guide)
    if guide.technique_id in MOST_MINUTES:
        yield Line(text=at_most(MOST_MINUTES[guide.technique_id])["off"], place=f"{guide.slug}, when time is up")


def _in_every_way(step: Step) -> Iterator[Step]:
    yield step
    yield from (replace(step, words=other.words) for other in step.instead.values())


def _own_length_lines(guide: Guide) -> Iterator[Line]:
    match words_of_own_length(guide):
        case WalkWords() as words:
            for minutes in range(LEAST, MOST + 1):
                yield from _of_steps(f"{guide.slug}, {minutes} minutes", walk_plan(minutes, words).steps)
        case PackWords() as words:
            for minutes in CHOICES.get(guide.technique_id, ()):
                steps = pack_steps(guide.technique_id, minutes, words)
                yield from _of_steps(f"{guide.slug}, {minutes} minutes", steps)


def _of_steps(place: str, steps: Iterable[Step]) -> Iterator[Line]:
    yield from (Line(text=as_spoken(said(step.words)), place=place, seconds=step.seconds) for step in steps)


def _breath_lines(place: str, *, has_no_pauses: bool) -> Iterator[Line]:
    """The dials may make each phase as short as its range goes; one of no seconds is not spoken."""
    player = breath_player(GENTLE, minutes=1, has_no_pauses=has_no_pauses)
    for dial in player.breath_dials:
        seconds = min(filter(None, RANGES[dial.name]))
        yield Line(text=player.script["words"][dial.name], place=f"{place}, the breath", seconds=seconds)


def help_lines(left_out_with: Sequence[str] = ()) -> Iterator[Line]:
    """`left_out_with`: every condition with which somebody may be told to leave the warm pack out."""
    yield from _breath_lines(HELP, has_no_pauses=True)
    for text in dict.fromkeys(chain.from_iterable(map(spoken_sentences, _three_steps(left_out_with)))):
        yield Line(text=text, place=f"{HELP}, three steps")


def _three_steps(left_out_with: Sequence[str]) -> Iterator[str]:
    """As it is shown to anybody, and to somebody who should not move much."""
    for is_held in (False, True):
        warmth = {"may_start": not is_held, "not_with": left_out_with}
        yield render_to_string("coaching/_three_steps.html", {"danger": {"holds_physical": is_held}, "warmth": warmth})


def flare_lines(letting_go: Guide | None, left_out_with: Sequence[str] = ()) -> Iterator[Line]:
    """What can be heard behind the buttons of flare mode. Without the guide there is only the breath."""
    yield from help_lines(left_out_with)
    if letting_go is not None:
        steps = steps_as(letting_go.timed_steps, size=Size.FOUR, ways={Way.RELEASE.value})
        yield from _of_steps(f"{letting_go.slug}, {Size.FOUR.label}", steps)


def lesson_lines(slug: str, brief_html: str) -> Iterator[Line]:
    """`brief_html` is the one minute, as its page shows it."""
    yield from (Line(text=text, place=f"lesson {slug}, 1 minute") for text in spoken_sentences(brief_html))
