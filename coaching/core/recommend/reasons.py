"""Why each technique was picked, and why others of its place were not, in words and figures."""

from collections.abc import Mapping, Sequence

from coaching.core.intake.needs import Snapshot
from coaching.core.recommend.care import cares
from coaching.core.recommend.options import EvidenceRow
from coaching.core.recommend.outcome import Outcome
from coaching.core.recommend.suggestion import Outranked, Pick, Reason, Signpost
from coaching.core.recommend.weigh import POINTS, SIGNPOSTS, Weighed
from content.core.vocabulary import Family, Need, Stage

STAGE_OF_FAMILY = {
    Family.CALMING: Stage.ALARM,
    Family.EASING: Stage.TENSION,
    Family.MOVING: Stage.WITHDRAWAL,
    Family.THINKING: Stage.ALARM,
    Family.SLEEPING: Stage.WITHDRAWAL,
}
"""Where a technique opens the loop when the person chose it and no need of theirs speaks for it."""


def picks(outcome: Outcome) -> tuple[Pick, ...]:
    best_for = _best_for(outcome.choice.picks)
    return tuple(
        _pick(outcome, one, _in_order(one, best_for), rank) for rank, one in enumerate(outcome.choice.picks, start=1)
    )


def signposts(outcome: Outcome) -> tuple[Signpost, ...]:
    """What a therapist could do for a need that no self-guided technique should."""
    return tuple(
        Signpost(need=row.need, technique=row.technique, words=row.dose, note=row.note, sources=row.sources)
        for row in outcome.options.evidence
        if row.pair in SIGNPOSTS and row.need in outcome.snapshot.needs
    )


def _pick(outcome: Outcome, one: Weighed, rows: tuple[EvidenceRow, ...], rank: int) -> Pick:
    facts, slot = one.technique, one.technique.slot
    if slot is None:
        raise ValueError(f"{one.slug} has no place in a plan.")
    lead = next((row for row in rows if row.minutes <= one.minutes), None)
    return Pick(
        technique=facts.slug,
        name=facts.name,
        short_name=facts.short_name,
        family=facts.family,
        slot=slot,
        rank=rank,
        expected=one.expected,
        prior=one.prior,
        practices=one.practices,
        minutes=one.minutes,
        reasons=tuple([_reason(row, outcome.snapshot) for row in rows]),
        why=_why(one, rows, outcome),
        grade=lead.grade if lead else None,
        dose=lead.dose if lead else "",
        benefit=lead.benefit if lead else "",
        weeks=lead.weeks if lead else None,
        note=lead.note if lead else "",
        sources=lead.sources if lead else (),
        cautions=cares(one.warnings, outcome.snapshot),
        outranked=tuple([_outranked(outcome, one, other) for other in _others(outcome, one)]),
        place=rows[0].need.stage if rows else STAGE_OF_FAMILY[facts.family],
        is_pinned=facts.slug in outcome.wish.pinned,
        is_kept=facts.slug in outcome.history.active,
        is_worth_trying=facts.slug == outcome.choice.tries,
    )


def _in_order(one: Weighed, best_for: Mapping[Need, str]) -> tuple[EvidenceRow, ...]:
    """The matching rows, first those of the needs for which this pick is the best of the plan.

    So each pick is shown with what it is there for, and stands on the loop where it is needed most.
    """
    slug = one.slug
    first = [row for row in one.rows if best_for[row.need] == slug]
    return (*first, *[row for row in one.rows if best_for[row.need] != slug])


def _best_for(picked: Sequence[Weighed]) -> dict[Need, str]:
    """For each need the pick with the best grade for it; of equals, the earlier in the plan."""
    found: dict[Need, tuple[float, str]] = {}
    for one in picked:
        for row in one.rows:
            if row.need not in found or POINTS[row.grade] > found[row.need][0]:
                found[row.need] = (POINTS[row.grade], one.slug)
    return {need: slug for need, (_, slug) in found.items()}


def _reason(row: EvidenceRow, snapshot: Snapshot) -> Reason:
    level = snapshot.needs[row.need]
    return Reason(
        need=row.need,
        level=level,
        answers=snapshot.because.get(row.need, ()),
        grade=row.grade,
        points=round(POINTS[row.grade] * level, 4),
        note=row.note,
        sources=row.sources,
    )


def _why(one: Weighed, rows: tuple[EvidenceRow, ...], outcome: Outcome) -> tuple[str, ...]:
    """The person's own answers that led here, what it is there for first; then what their ratings say."""
    snapshot = outcome.snapshot
    found = [words for row in rows for words in snapshot.because.get(row.need, ())]
    if one.technique.family is Family.MOVING and snapshot.inactive_words:
        found.append(snapshot.inactive_words)
    if one.practices:
        found.append(_rated(one))
    elif one.is_learned:
        found.append("What people who shared their ratings told us counts here too.")
    if one.slug == outcome.choice.tries:
        found.append("You have not tried it yet. We keep one place for something worth trying.")
    return tuple(dict.fromkeys(found)) or ("You chose it.",)


def _rated(one: Weighed) -> str:
    goes = "1 go" if one.practices == 1 else f"{one.practices:g} goes"
    return f"You rated {goes}. We now expect about {one.expected:.1f} points of ease out of 10."


def _others(outcome: Outcome, one: Weighed) -> list[Weighed]:
    slot = one.technique.slot
    return [
        other
        for other in outcome.sifted.candidates
        if other.technique.slot is slot and other is not one and (other.rows or other.practices)
    ]


def _outranked(outcome: Outcome, taken: Weighed, other: Weighed) -> Outranked:
    why = _why_not(outcome, taken, other)
    return Outranked(technique=other.slug, name=other.technique.name, expected=other.expected, why=why)


def _why_not(outcome: Outcome, taken: Weighed, other: Weighed) -> str:
    return (
        _own_choice(outcome, taken, other)
        or _not_enough(other)
        or _no_room(outcome, taken, other)
        or _less(taken, other)
        or _rule(outcome, taken, other)
    )


def _own_choice(outcome: Outcome, taken: Weighed, other: Weighed) -> str:
    if other.slug in outcome.wish.refused:
        return "You asked us to leave it out."
    if other.slug in outcome.wish.pinned:
        return (
            f"You kept it too, but this place has room for one, and we expect more from {taken.technique.short_name}."
        )
    return "You chose another for this place." if taken.slug in outcome.wish.pinned else ""


def _not_enough(other: Weighed) -> str:
    if other.expected <= 0:
        return "Your own ratings show no gain from it so far."
    return "" if other.may_be_picked else "There is not enough evidence that it helps here."


def _no_room(outcome: Outcome, taken: Weighed, other: Weighed) -> str:
    room = outcome.minutes_left + taken.minutes
    return f"It asks for {other.minutes} minutes a day, and {room} are free." if other.minutes > room else ""


def _less(taken: Weighed, other: Weighed) -> str:
    if other.expected < taken.expected:
        return f"We expect less from it for you: {other.expected:.1f} of 10, against {taken.expected:.1f}."
    if other.expected > taken.expected:
        return ""
    shorter = "asks for fewer minutes" if taken.minutes < other.minutes else "comes first by name"
    return f"We expect as much from it; {taken.technique.short_name} {shorter}."


def _rule(outcome: Outcome, taken: Weighed, other: Weighed) -> str:
    strongest = outcome.snapshot.strongest
    if taken.slug == outcome.choice.tries:
        return "This time the place goes to something new."
    if strongest and strongest in taken.served and strongest not in other.served:
        return f"It does not serve {strongest.label}, which is strongest for you."
    if other.technique.family.is_passive and not taken.technique.family.is_passive:
        return "It is done to you. With pain that has stayed, what you do yourself comes first."
    return "With the other picks, this one covers more of your needs."
