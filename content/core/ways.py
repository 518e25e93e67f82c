"""Ways to do a guide: what may be chosen, and the steps that a choice leaves.

The steps of a guide are its usual way. A step may carry two more things:

    instead   a way -> other words (and cue, and part) for the same seconds, so that every way
              lasts as long as its size says
    without   limits of a caution; where one of them holds, the step is left out, and the
              practice is that much shorter

A guide asks a question when one of its steps has something else to say for one of the question's
ways. What a limit closes is not offered, whatever an address asks for. Parts are the ids of body
parts in the steps; seconds are whole.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.core.steps import Step
from content.core.vocabulary import Cue, Limit, Size, Term


class Way(Term):
    """A way to do a guide other than the usual one; a step says what changes in it."""

    EYES_CLOSED = "eyes_closed", "Eyes closed"
    RELEASE = "release", "Only let go"
    EASIER = "easier", "Easier"
    SEATED = "seated", "All sitting down"
    SHORE = "shore", "A shore"
    FOREST = "forest", "A forest"
    HILL = "hill", "A hill"
    ROOM = "room", "A quiet room"
    NECK = "neck", "My neck and shoulders"
    MID_BACK = "mid_back", "The middle of my back"
    LOW_BACK = "low_back", "My low back"


@dataclass(frozen=True, kw_only=True, eq=False)
class Question:
    """`usual` names the steps as they stand. `closes` maps a limit to the ways it shuts; None is the usual one."""

    name: str
    label: str
    usual: str
    ways: tuple[Way, ...]
    closes: Mapping[Limit, frozenset[Way | None]]


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way that is open; the usual one has an empty value."""

    value: str
    label: str


WHERE = "where"
"""The question whose answer the person's own body picture gives, where they drew one."""

QUESTIONS = (
    Question(
        name=WHERE,
        label="Where it sits",
        usual="Any place",
        ways=(Way.NECK, Way.MID_BACK, Way.LOW_BACK),
        closes={},
    ),
    Question(
        name="place",
        label="Your place",
        usual="My own",
        ways=(Way.SHORE, Way.FOREST, Way.HILL, Way.ROOM),
        closes={},
    ),
    Question(
        name="eyes",
        label="Your eyes",
        usual="Eyes open",
        ways=(Way.EYES_CLOSED,),
        closes={Limit.EYES_OPEN: frozenset({Way.EYES_CLOSED})},
    ),
    Question(
        name="moves",
        label="How you move",
        usual="As usual",
        ways=(Way.EASIER, Way.SEATED),
        closes={Limit.SEATED: frozenset({None, Way.EASIER})},
    ),
    Question(
        name="muscles",
        label="How you let go",
        usual="Tense, then let go",
        ways=(Way.RELEASE,),
        closes={Limit.RELEASE_ONLY: frozenset({None})},
    ),
)


def questions_of(steps: Iterable[Step]) -> tuple[Question, ...]:
    """What a guide asks, in a fixed order."""
    told = {way for step in steps for way in step.instead}
    return tuple(question for question in QUESTIONS if told & set(question.ways))


def place_faults(steps: Sequence[Step]) -> Iterator[str]:
    """A guide that has words for one place of the body has some for each, in every size."""
    places = next(question.ways for question in QUESTIONS if question.name == WHERE)
    if any(place in step.instead for step in steps for place in places):
        for size in Size:
            in_size = [step for step in steps if size.value in step.sizes]
            lacking = [place for place in places if not any(place in step.instead for step in in_size)]
            yield from (f"say nothing for {place.value} in size {size.value}" for place in lacking)


def example_for(steps: Iterable[Step], place: str) -> str:
    """The first words that are of this place alone."""
    return next((step.instead[way].words for step in steps for way in step.instead if way == place), "")


def options_of(question: Question, limits: Collection[str]) -> tuple[Option, ...]:
    """The ways of a question that are open under the limits; there is always one."""
    shut = {way for limit, ways in question.closes.items() if limit in limits for way in ways}
    usual = (Option(value="", label=question.usual),) if None not in shut else ()
    return (*usual, *(Option(value=way.value, label=way.label) for way in question.ways if way not in shut))


def chosen(question: Question, asked: str, limits: Collection[str]) -> Option:
    """The option that is asked for if it is open, else the first that is."""
    options = options_of(question, limits)
    return next((option for option in options if option.value == asked), options[0])


def sizes_open(limits: Collection[str]) -> tuple[Size, ...]:
    """Where a caution says to keep it short, there is no long size."""
    return tuple(size for size in Size if size is not Size.TWELVE or Limit.SHORT not in limits)


def steps_as(
    steps: Iterable[Step],
    *,
    size: Size,
    ways: Collection[str] = (),
    limits: Collection[str] = (),
    sore: Collection[str] = (),
) -> list[Step]:
    """The steps of one size, in the ways chosen, without what a limit shuts or a sore part asks to skip."""
    return [
        step.said(ways)
        for step in steps
        if size.value in step.sizes and not step.without & set(limits) and (not step.part or step.part not in sore)
    ]


def parts_of(steps: Sequence[Step]) -> tuple[str, ...]:
    """The parts that are tensed, in the order of the steps, each once."""
    return tuple(dict.fromkeys(step.part for step in steps if step.cue == Cue.TENSE and step.part))
