"""What a summary says, in the language it was made in: written for whoever reads of somebody else.

Of a score it says what its own page says to the person (`coaching/progress/words.py`), in fewer words; the bounds are
the same.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coaching.core.learning.verdict import Judged, Verdict
from coaching.core.progress.judging import Direction
from coaching.core.summary.choice import Part
from coaching.core.summary.summary import Flagged, Noticed, Practised, Score, Treatment
from content.core.vocabulary import Level

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
PART_WORDS = {
    Part.SCORES: _("Scores over time"),
    Part.PAIN: _("Numbers of pain (the PEG scale)"),
    Part.PRACTISED: _("What was practised, and what the ratings say of it"),
    Part.DANGER: _("Danger signs that were ticked, with their days"),
    Part.UNWANTED: _("Unwanted effects"),
    Part.TREATMENTS: _("On how many days treatments were logged"),
    Part.NEXT: _("What matters, and the next step of the plan"),
    Part.GOAL_WORDS: _("The goal, in own words"),
    Part.TREATMENT_WORDS: _("What was written about treatments"),
    Part.STEP_WORDS: _("The small step, in own words"),
}
LEVEL_WORDS = {
    Level.NOW: _("asks for care now"),
    Level.TODAY: _("to be seen the same day"),
    Level.SOON: _("to be seen within days"),
    Level.VISIT: _("to be mentioned at a visit"),
}


def matters_of(codes: Iterable[object]) -> tuple[str, ...]:
    """In the order of the question, whatever the order of the taps."""
    ticked = set(codes)
    return tuple(str(words) for code, words in MATTERS_WORDS.items() if code in ticked)


def change_of(score: Score) -> str:
    """The change in points, with its sign as it is read off the scale; empty with one reading."""
    if score.judged.direction is Direction.FIRST:
        return ""
    change = score.judged.now - score.judged.start
    shown = score.scale.shown(round(abs(change), 1))
    return shown if float(shown) == 0 else f"{'+' if change > 0 else '−'}{shown}"


def matters_is_reached(score: Score) -> bool:
    important = score.scale.important
    return important is not None and abs(score.judged.gain) >= important


def reading_of(score: Score) -> str:
    """What the readings may be said to show. Better is said late, worse early."""
    match score.judged.direction:
        case Direction.FIRST:
            return _now("one reading, nothing to compare yet")
        case Direction.EARLY:
            return _now("too early to say")
        case Direction.BETTER:
            return _now("better, by more than readings swing")
        case Direction.WORSE:
            return _now("worse at the last two readings")
        case _same:
            return _same_words(score)


def _same_words(score: Score) -> str:
    if abs(score.judged.gain) < score.scale.step:
        return _now("about the same")
    if score.judged.gain > 0:
        return _now("may be better, may be the swing of single readings")
    return _now("not clear whether it is worse")


def important_of(score: Score) -> str:
    if score.scale.important is None:
        return ""
    return score.scale.shown(score.scale.important)


def verdict_of(one: Practised) -> str:
    if one.judged is None or one.judged.verdict is Verdict.UNRATED:
        return _now("not rated")
    return _verdict(one.judged)


def _verdict(judged: Judged) -> str:
    told: dict[str, object] = {"goes": judged.goes, "worse": judged.worse, "better": judged.better}
    told |= {"about": judged.of_about, "points": f"{abs(judged.mean):.1f}"}
    match judged.verdict:
        case Verdict.EARLY:
            return _now("too early to say, %(goes)s of about %(about)s rated goes") % told
        case Verdict.WORSE:
            return _now("rated worse after %(worse)s of %(goes)s goes") % told
        case Verdict.HELPS:
            return _now("likely helps: better after %(better)s of %(goes)s goes, by about %(points)s of 10") % told
        case Verdict.NOT_SO_FAR:
            return _now("no help so far, after %(goes)s rated goes") % told
        case _:
            return _now("unclear, after %(goes)s rated goes") % told


def goes_of(one: Practised) -> str:
    return ngettext("%(n)d go", "%(n)d goes", one.goes) % {"n": one.goes}


def level_of(one: Flagged) -> str:
    return str(LEVEL_WORDS[one.level])


def noticed_of(one: Noticed) -> str:
    """How often, how bad, and whether it is still there."""
    told = [ngettext("told once", "told %(n)d times", one.times) % {"n": one.times}]
    if one.is_bad:
        told.append(_now("a lot"))
    if one.still_there is not None:
        told.append(_now("still there when told") if one.still_there else _now("gone when told"))
    return ", ".join(told)


def days_of(one: Treatment) -> str:
    return ngettext("logged on %(n)d day", "logged on %(n)d days", one.days) % {"n": one.days}


def more_lines(count: int) -> str:
    return ngettext("%(n)d line more is not shown.", "%(n)d lines more are not shown.", count) % {"n": count}
