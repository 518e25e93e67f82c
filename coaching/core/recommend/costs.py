"""What the person's own wishes cost, and what the plan could not do: in words and points."""

from dataclasses import replace

from coaching.core.recommend.choose import Choice, Wish, choose
from coaching.core.recommend.outcome import Outcome
from coaching.core.recommend.permit import UNKNOWN_IF_SAFE
from coaching.core.recommend.suggestion import Cost, Wished
from content.core.vocabulary import Slot

NEGLIGIBLE = 0.05
"""Below this a difference would be shown as 0.0 points, so it is called none."""

PLENTY = 24 * 60


def costs(outcome: Outcome) -> tuple[Cost, ...]:
    """One for each pin and each refusal, compared with the plan without that one wish."""
    pinned = [_of_pin(outcome, slug) for slug in sorted(outcome.wish.pinned)]
    return (*pinned, *(_of_refusal(outcome, slug) for slug in sorted(outcome.wish.refused)))


def notes(outcome: Outcome) -> tuple[str, ...]:
    found = (_nothing(outcome), _minutes(outcome), _over(outcome), _strongest(outcome), _undisclosed(outcome))
    support = "It may help to talk to a doctor or therapist as well." if outcome.snapshot.advises_support else ""
    return tuple(note for note in (*found, support) if note)


def _of_pin(outcome: Outcome, slug: str) -> Cost:
    facts = outcome.options.by_slug.get(slug)
    name = facts.short_name if facts else slug
    if slug not in outcome.picked:
        return _cost(Wished.PINNED, outcome, slug, 0.0, (), _why_not_granted(outcome, slug, name))
    free = _without(outcome, replace(outcome.wish, pinned=outcome.wish.pinned - {slug}))
    points, instead = _difference(outcome, free)
    given = f"You kept {name}. "
    if not instead and points < NEGLIGIBLE:
        return _cost(Wished.PINNED, outcome, slug, 0.0, (), f"{given}It costs nothing: we would suggest it too.")
    return _cost(Wished.PINNED, outcome, slug, points, instead, given + _price(outcome, points, instead))


def _of_refusal(outcome: Outcome, slug: str) -> Cost:
    facts = outcome.options.by_slug.get(slug)
    name = facts.short_name if facts else slug
    free = _without(outcome, replace(outcome.wish, refused=outcome.wish.refused - {slug}))
    points, _ = _difference(outcome, free)
    if slug not in {pick.slug for pick in free.picks}:
        words = f"You left out {name}. It costs nothing: it was not among our picks."
        return _cost(Wished.REFUSED, outcome, slug, 0.0, (), words)
    return _cost(Wished.REFUSED, outcome, slug, points, (slug,), f"You left out {name}. {_price(outcome, points, ())}")


def _cost(wish: Wished, outcome: Outcome, slug: str, points: float, instead: tuple[str, ...], words: str) -> Cost:
    facts = outcome.options.by_slug.get(slug)
    granted = (slug in outcome.picked) is (wish is Wished.PINNED)
    return Cost(
        wish=wish,
        technique=slug,
        name=facts.name if facts else slug,
        points=points,
        instead_of=instead,
        was_granted=granted,
        words=words,
    )


def _without(outcome: Outcome, wish: Wish) -> Choice:
    return choose(outcome.sifted.candidates, outcome.snapshot, wish)


def _difference(outcome: Outcome, free: Choice) -> tuple[float, tuple[str, ...]]:
    """Points the plan has less than the free one, and the picks that only the free one has."""
    points = max(0.0, free.worth - outcome.choice.worth)
    return round(points, 2), tuple(pick.slug for pick in free.picks if pick.slug not in outcome.picked)


def _price(outcome: Outcome, points: float, instead: tuple[str, ...]) -> str:
    names = " and ".join(outcome.options.by_slug[slug].short_name for slug in instead)
    would = f"Without that we would suggest {names}. " if names else ""
    if points < NEGLIGIBLE:
        return f"{would}We expect about the same help."
    return f"{would}We expect about {points:.1f} points less ease out of 10."


def _why_not_granted(outcome: Outcome, slug: str, name: str) -> str:
    left = next((one for one in outcome.sifted.exclusions if one.technique == slug), None)
    if left and left.is_hidden:
        return f"We could not keep {name}. {UNKNOWN_IF_SAFE}"
    if left:
        return f"We could not keep {name}. It is left out for your safety. {left.words}"
    if outcome.candidate(slug) is None:
        return f"We could not keep {name}: it is not something to practise here."
    return f"We could not keep {name} as well: each place has room for one."


def _nothing(outcome: Outcome) -> str:
    if outcome.choice.picks:
        return ""
    if not outcome.snapshot.needs:
        return "Nothing stands out in your answers. The first lesson and slow breathing are good places to begin."
    return "There is nothing we can suggest with these answers and choices. The lessons are open to you."


def _minutes(outcome: Outcome) -> str:
    """Said when more minutes a day would fill a place that is empty now."""
    filled = {pick.technique.slot for pick in outcome.choice.picks}
    if len(filled) == len(Slot):
        return ""
    roomy = _without(outcome, replace(outcome.wish, minutes=PLENTY))
    more = [pick for pick in roomy.picks if pick.technique.slot not in filled]
    if not more:
        return ""
    needed = min(pick.minutes for pick in more) - outcome.minutes_left
    names = " or ".join(pick.technique.short_name for pick in more)
    extra = f"With {needed} more there is room for {names}." if needed > 0 else f"With more there is room for {names}."
    return f"This fits {outcome.wish.minutes} minutes a day. {extra}"


def _over(outcome: Outcome) -> str:
    over = outcome.choice.minutes - outcome.wish.minutes
    if over <= 0:
        return ""
    return f"What you kept takes {outcome.choice.minutes} minutes a day: {over} more than you set."


def _strongest(outcome: Outcome) -> str:
    strongest = outcome.snapshot.strongest
    if strongest is None or not outcome.choice.picks:
        return ""
    if any(strongest in pick.served for pick in outcome.choice.picks):
        return ""
    able = [one for one in outcome.sifted.candidates if strongest in one.served and one.may_be_picked]
    reason = "with these choices and minutes" if able else "that is safe for you"
    return (
        f"Nothing here {reason} serves {strongest.label}, which is strongest for you. A doctor or therapist may help."
    )


def _undisclosed(outcome: Outcome) -> str:
    if not any(one.is_hidden and one.is_relevant for one in outcome.sifted.exclusions):
        return ""
    return "Some techniques are left out because we do not know if they are safe for you. Answer more to see them."
