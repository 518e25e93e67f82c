"""Why each technique was picked, and why others of its place were not, in words and figures."""

from coaching.core.intake.needs import Snapshot
from coaching.core.person.told import Went
from coaching.core.recommend.care import cares
from coaching.core.recommend.choose import Placed
from coaching.core.recommend.merit import pull
from coaching.core.recommend.options import EvidenceRow
from coaching.core.recommend.outcome import Outcome
from coaching.core.recommend.suggestion import Outranked, Pick, Reason, Signpost
from coaching.core.recommend.weigh import POINTS, SIGNPOSTS, Weighed
from content.core.vocabulary import Family, Stage

STAGE_OF_FAMILY = {
    Family.CALMING: Stage.ALARM,
    Family.EASING: Stage.TENSION,
    Family.MOVING: Stage.WITHDRAWAL,
    Family.THINKING: Stage.ALARM,
    Family.SLEEPING: Stage.WITHDRAWAL,
}
"""Where a technique opens the loop when the person chose it and no need of theirs speaks for it."""


def picks(outcome: Outcome) -> tuple[Pick, ...]:
    return tuple(_pick(outcome, one, rank) for rank, one in enumerate(outcome.choice.picks, start=1))


def signposts(outcome: Outcome) -> tuple[Signpost, ...]:
    """What a therapist could do for a need that no self-guided technique should."""
    return tuple(
        Signpost(need=row.need, technique=row.technique, words=row.dose, note=row.note, sources=row.sources)
        for row in outcome.options.evidence
        if row.pair in SIGNPOSTS and row.need in outcome.snapshot.needs
    )


def _pick(outcome: Outcome, placed: Placed, rank: int) -> Pick:
    one = placed.weighed
    facts, slot = one.technique, one.technique.slot
    if slot is None:
        raise ValueError(f"{one.slug} has no place in a plan.")
    rows = _in_order(placed, outcome.snapshot)
    lead = rows[0] if rows else None
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
        minutes=placed.minutes,
        reasons=tuple([_reason(row, outcome.snapshot) for row in rows]),
        why=_why(one, rows, outcome),
        grade=lead.grade if lead else None,
        dose=lead.dose if lead else "",
        benefit=lead.benefit if lead else "",
        weeks=lead.weeks if lead else None,
        note=lead.note if lead else "",
        sources=lead.sources if lead else (),
        cautions=cares(one.warnings, outcome.snapshot),
        outranked=tuple([_outranked(outcome, placed, other) for other in _others(outcome, placed)]),
        place=lead.need.stage if lead else STAGE_OF_FAMILY[facts.family],
        role=placed.role,
        need=placed.need,
        instead=_outranked(outcome, placed, placed.instead) if placed.instead else None,
        is_begun_smaller=placed.minutes < one.minutes,
        is_pinned=facts.slug in outcome.wish.pinned,
        is_kept=facts.slug in outcome.history.active,
        is_worth_trying=facts.slug == outcome.choice.tries,
    )


def _in_order(placed: Placed, snapshot: Snapshot) -> tuple[EvidenceRow, ...]:
    """The matching rows: first that of the need it is there for, then those of the stronger needs."""
    return tuple(sorted(placed.weighed.rows, key=lambda row: (row.need is not placed.need, -snapshot.needs[row.need])))


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
    """The person's own answers that led here: what it is there for first, then the other needs, the stronger first."""
    snapshot = outcome.snapshot
    told = [snapshot.because.get(row.need, ()) for row in rows]
    lines = [words[0] for words in told[:1] if words]
    lines += [one.bent.words] if one.bent.words else []
    lines += _tried(one)
    lines += [words[0] for words in told[1:] if words]
    lines += [more for words in told for more in words[1:]]
    if one.technique.family is Family.MOVING and snapshot.inactive_words:
        lines.append(snapshot.inactive_words)
    if one.practices:
        lines.append(_rated(one))
    elif one.is_learned and outcome.options.is_pooled:
        lines.append("What people who shared their ratings told us counts here too.")
    if one.slug == outcome.choice.tries:
        lines.append("You have not tried it yet. We keep one place for something worth trying.")
    return tuple(dict.fromkeys(lines)) or ("You chose it.",)


def _tried(one: Weighed) -> list[str]:
    words = ["You told us that it helped before."] if one.bent.went is Went.HELPED else []
    return [*words, "You would rather do something like this."] if one.bent.is_rather else words


def _rated(one: Weighed) -> str:
    goes = "1 go" if one.practices == 1 else f"{one.practices:g} goes"
    return f"You rated {goes}. We now expect about {one.expected:.1f} points of ease out of 10."


def _others(outcome: Outcome, placed: Placed) -> list[Weighed]:
    """What else is of the same kind or serves the same need, and is not in the plan itself."""
    slot = placed.weighed.technique.slot
    return [
        other
        for other in outcome.sifted.candidates
        if other.slug not in outcome.picked
        and (other.rows or other.practices)
        and (other.technique.slot is slot or placed.need in other.served)
    ]


def _outranked(outcome: Outcome, placed: Placed, other: Weighed) -> Outranked:
    why = _why_not(outcome, placed, other)
    return Outranked(technique=other.slug, name=other.technique.name, expected=other.expected, why=why)


def _why_not(outcome: Outcome, placed: Placed, other: Weighed) -> str:
    return (
        _own_choice(outcome, placed, other)
        or _not_enough(other)
        or _less_for_it(placed, other)
        or _leads_less(outcome, placed, other)
    )


def _own_choice(outcome: Outcome, placed: Placed, other: Weighed) -> str:
    if other.slug in outcome.wish.refused:
        return "You asked us to leave it out."
    if other.slug in outcome.wish.pinned:
        return "You kept it too, but a plan has room for three."
    return "You chose another for this place." if placed.slug in outcome.wish.pinned else ""


def _not_enough(other: Weighed) -> str:
    if other.expected <= 0:
        return "Your own ratings show no gain from it so far."
    return "" if other.may_be_picked else "There is not enough evidence that it helps here."


def _less_for_it(placed: Placed, other: Weighed) -> str:
    """What the evidence says of both for the need that the place is for."""
    need = placed.need
    if need is None:
        return ""
    mine, theirs = placed.weighed.served.get(need), other.served.get(need)
    if theirs is None:
        return f"It does not serve {need.label}."
    if mine and POINTS[mine] > POINTS[theirs]:
        return f"For {need.label} the science says less of it: {theirs.label.lower()}."
    return ""


def _leads_less(outcome: Outcome, placed: Placed, other: Weighed) -> str:
    taken, name = placed.weighed, placed.weighed.technique.short_name
    if placed.slug == outcome.choice.tries:
        return "This time the place goes to something new."
    if other.technique.family.is_passive and not taken.technique.family.is_passive:
        return "It is done to you. What you do yourself comes first."
    if other.technique.family in {pick.family for pick in outcome.choice.picks} - {placed.family}:
        return "Your plan has something of this kind."
    if pull(other) < pull(taken):
        return f"Your answers lead more to {name}."
    if other.learned < taken.learned:
        return f"Your ratings so far speak more for {name}."
    shorter = "asks for fewer minutes" if taken.minutes < other.minutes else "comes first by name"
    return f"It may help as much; {name} {shorter}."
