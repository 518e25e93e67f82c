"""My picture: what starts it, what keeps it going, where it can open. Three short lines by public rules.

    starts   what the person told us turns it up; without that a guess from what is strongest, said with "may"
    keeps    the strongest of what is known to keep pain and alarm going (`KEEPS`), always said with "may"
    opens    the stage at which their first technique acts

A guess can be wrong, and the person knows better. "That is not it" is kept among the answers as `not_it`, a list
of what was named. A trigger that is not it no longer leads anywhere; a need that is not it counts half. Then the
next likely guess is shown. Nothing here is a diagnosis, and no line is drawn from one answer against another's words.

Each line is explained by a lesson. Sources of the rules are those lessons' own; which comes first is our choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from coaching.core.person.told import Told, Trigger
from content.core.vocabulary import Need, Stage

NOT_IT = "not_it"
COUNTS = 0.5
"""What "that is not it" leaves of a need. The answer that raised it was given too, so it is not taken away."""

INACTIVE, OVERDOING = "inactive", Trigger.OVERDOING.value
STARTS: Mapping[Trigger, tuple[str, str]] = {
    Trigger.SITTING: ("Sitting for long turns it up.", "gentle-activity"),
    Trigger.BENDING: ("Bending or lifting turns it up.", "moving-again"),
    Trigger.BAD_NIGHT: ("A bad night turns it up.", "sleep"),
    Trigger.OVERDOING: ("Doing too much on a good day turns it up.", "flares-sleep-and-keeping-going"),
    Trigger.STRESS: ("Stress or conflict turns it up.", "the-loop"),
    Trigger.ALONE: ("Being alone with it turns it up.", "the-loop"),
    Trigger.MEANING: ("Worry about what it means turns it up.", "thoughts-and-worry"),
    Trigger.NOWHERE: ("It seems to come from nowhere. A jumpy alarm can do that.", "why-pain-stays-loud"),
}
MAY_START: Mapping[Need, tuple[str, str]] = {
    Need.SLEEP: ("A bad night may turn it up.", "sleep"),
    Need.PANIC: ("A sudden rush of fear may turn it up.", "panic"),
    Need.WORRY: ("A worry that gets stuck may turn it up.", "thoughts-and-worry"),
    Need.AROUSAL: ("An alarm that stays on may turn it up.", "the-loop"),
    Need.TENSION: ("Bracing your muscles may turn it up.", "muscle-tension"),
    Need.FEAR_AVOID: ("A move that you fear may turn it up.", "moving-again"),
}
KEEPS: Mapping[Need, tuple[str, str]] = {
    Need.FEAR_AVOID: ("Moving less, for fear of harm, may keep it going.", "moving-again"),
    Need.SLEEP: ("Short nights may keep the alarm on.", "sleep"),
    Need.WORRY: ("Worries that get stuck may keep the alarm on.", "thoughts-and-worry"),
    Need.AROUSAL: ("Being on edge most days may keep it going.", "the-loop"),
    Need.PANIC: ("Fear of the next rush may keep the alarm on.", "panic"),
    Need.TENSION: ("Muscles that stay braced may keep it going.", "muscle-tension"),
    Need.PASSIVE: ("Care that is done to you, with little that you do yourself, may keep it going.", "what-causes-it"),
}
KEEPS_BY_HABIT: Mapping[str, tuple[str, str]] = {
    OVERDOING: ("Too much on good days, and rest after, may keep it going.", "flares-sleep-and-keeping-going"),
    INACTIVE: ("Few active days may keep it going.", "gentle-activity"),
}
OVERDOING_COUNTS = 0.9
UNKNOWN_START = ("We cannot see yet what turns it up. Watch for it this week.", "what-causes-it")
UNKNOWN_KEEPS = ("We cannot see yet what keeps it going.", "why-pain-stays-loud")
OPENS: Mapping[Stage, str] = {
    Stage.ALARM: "It can open at the alarm",
    Stage.TENSION: "It can open at the tight muscles",
    Stage.PAIN: "It can open at the pain",
    Stage.WITHDRAWAL: "It can open at what you do and how you rest",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """`about` names what can be answered with "that is not it"; empty where there is nothing to take back."""

    words: str
    lesson: str
    about: str = ""
    is_guess: bool = False


def starts(told: Told, needs: Mapping[Need, float], not_it: frozenset[str], kept: Line) -> Line:
    """The first thing they told us; without that a guess, another than what keeps it going where there is one."""
    for trigger in told.triggers:
        if trigger.value not in not_it:
            words, lesson = STARTS[trigger]
            return Line(words=words, lesson=lesson, about=trigger.value)
    able = [need for need in MAY_START if needs.get(need) and need.value not in not_it]
    if not able:
        return Line(words=UNKNOWN_START[0], lesson=UNKNOWN_START[1], is_guess=True)
    guess = max(able, key=lambda need: (need.value != kept.about, needs[need]))
    words, lesson = MAY_START[guess]
    return Line(words=words, lesson=lesson, about=guess.value, is_guess=True)


def keeps(told: Told, needs: Mapping[Need, float], inactive: float, not_it: frozenset[str]) -> Line:
    """The strongest of what is known to keep it going; what is named as the start comes last."""
    named = next((trigger.value for trigger in told.triggers if trigger.value not in not_it), "")
    lines = {KEEPS[need]: (level, need.value) for need, level in needs.items() if need in KEEPS}
    habits = {INACTIVE: inactive, OVERDOING: OVERDOING_COUNTS if Trigger.OVERDOING in told.triggers else 0.0}
    lines |= {KEEPS_BY_HABIT[name]: (level, name) for name, level in habits.items() if level}
    left = {line: known for line, known in lines.items() if known[1] not in not_it}
    if not left:
        return Line(words=UNKNOWN_KEEPS[0], lesson=UNKNOWN_KEEPS[1], is_guess=True)
    (words, lesson), (_, about) = max(left.items(), key=lambda pair: (pair[1][1] != named, pair[1]))
    return Line(words=words, lesson=lesson, about=about, is_guess=True)


def opens(stage: Stage, technique: str, lesson: str) -> Line:
    return Line(words=f"{OPENS[stage]}. You begin with {technique}.", lesson=lesson)


def corrected(needs: Mapping[Need, float], not_it: frozenset[str]) -> dict[Need, float]:
    """Needs as they count once the person said what is not it."""
    return {need: level * COUNTS if need.value in not_it else level for need, level in needs.items()}


def without(told: Told, not_it: frozenset[str]) -> Told:
    left = tuple(trigger for trigger in told.triggers if trigger.value not in not_it)
    return Told(places=told.places, triggers=left, rather=told.rather, tried=told.tried)
