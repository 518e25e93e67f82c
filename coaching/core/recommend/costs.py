"""What the person's own wishes cost, and what the plan could not do: in words and points."""

from collections.abc import Iterable
from dataclasses import replace

from coaching.core.recommend.choose import AMPLE, BEGIN_WITH, PLACES, Choice, Wish, choose
from coaching.core.recommend.outcome import Outcome
from coaching.core.recommend.permit import UNKNOWN_IF_SAFE
from coaching.core.recommend.suggestion import Cost, Wished


def costs(outcome: Outcome) -> tuple[Cost, ...]:
    """One for each pin and each refusal, compared with the plan without that one wish."""
    pinned = [_of_pin(outcome, slug) for slug in sorted(outcome.wish.pinned)]
    return (*pinned, *(_of_refusal(outcome, slug) for slug in sorted(outcome.wish.refused)))


def notes(outcome: Outcome) -> tuple[str, ...]:
    sentences = (_nothing(outcome), _minutes(outcome), _over(outcome), _strongest(outcome), _undisclosed(outcome))
    return tuple(note for note in sentences if note)


def _of_pin(outcome: Outcome, slug: str) -> Cost:
    name = _name(outcome, slug)
    if slug not in outcome.picked:
        return _cost(Wished.PINNED, outcome, slug, 0.0, (), _why_not_granted(outcome, slug, name))
    free = _without(outcome, replace(outcome.wish, pinned=outcome.wish.pinned - {slug}))
    points, instead = _difference(outcome, free)
    would = f"Without that we would suggest {_names(outcome, instead)}." if instead else "We would suggest it too."
    return _cost(Wished.PINNED, outcome, slug, points, instead, f"You kept {name}. {would}")


def _of_refusal(outcome: Outcome, slug: str) -> Cost:
    """What was left out is never held against the person: told is what has its place."""
    name = _name(outcome, slug)
    free = _without(outcome, replace(outcome.wish, refused=outcome.wish.refused - {slug}))
    if slug not in {pick.slug for pick in free.picks}:
        words = f"You left out {name}. It was not among our picks."
        return _cost(Wished.REFUSED, outcome, slug, 0.0, (), words)
    points, _ = _difference(outcome, free)
    came = [pick.slug for pick in outcome.choice.picks if pick.slug not in {one.slug for one in free.picks}]
    instead = f" Now there is room for {_names(outcome, came)}." if came else ""
    return _cost(Wished.REFUSED, outcome, slug, points, (slug,), f"You left out {name}.{instead}")


def _name(outcome: Outcome, slug: str) -> str:
    facts = outcome.options.by_slug.get(slug)
    return facts.short_name if facts else slug


def _names(outcome: Outcome, slugs: Iterable[str]) -> str:
    return " and ".join(_name(outcome, slug) for slug in slugs)


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


def _why_not_granted(outcome: Outcome, slug: str, name: str) -> str:
    left = next((one for one in outcome.sifted.exclusions if one.technique == slug), None)
    if left and left.is_hidden:
        return f"We could not keep {name}. {UNKNOWN_IF_SAFE}"
    if left:
        return f"We could not keep {name}. It is left out for your safety. {left.words}"
    if outcome.candidate(slug) is None:
        return f"We could not keep {name}: it is not something to practise here."
    return f"We could not keep {name} as well: a plan has room for three."


def _nothing(outcome: Outcome) -> str:
    if outcome.choice.picks:
        return ""
    if not outcome.snapshot.needs:
        return "Nothing stands out in your answers. The first lesson and slow breathing are good places to begin."
    return "There is nothing we can suggest with these answers and choices. The lessons are open to you."


def _minutes(outcome: Outcome) -> str:
    """Said when more minutes a day would fill a place that is empty now."""
    picks = outcome.choice.picks
    if len(picks) == PLACES:
        return ""
    roomy = _without(outcome, replace(outcome.wish, minutes=AMPLE))
    more = [pick for pick in roomy.picks if pick.slug not in outcome.picked]
    if len(roomy.picks) <= len(picks) or not more:
        return ""
    needed = max(1, BEGIN_WITH - outcome.minutes_left)
    names = " or ".join(pick.weighed.technique.short_name for pick in more)
    counted = "1 more" if needed == 1 else f"{needed} more"
    return f"This fits {outcome.wish.minutes} minutes a day. With {counted} there is room for {names}."


def _over(outcome: Outcome) -> str:
    over = outcome.choice.minutes - outcome.wish.minutes
    if over <= 0:
        return ""
    return f"What you kept takes {outcome.choice.minutes} minutes a day: {over} more than you set."


def _strongest(outcome: Outcome) -> str:
    strongest = outcome.snapshot.strongest
    if strongest is None or not outcome.choice.picks:
        return ""
    if any(strongest in pick.weighed.served for pick in outcome.choice.picks):
        return ""
    able = [one for one in outcome.sifted.candidates if strongest in one.served and one.may_be_picked]
    reason = "with these choices and minutes" if able else "that is safe for you"
    unserved = f"Nothing here {reason} serves {strongest.label}, which is strongest for you."
    # Whoever is far from well is told so on a panel of its own.
    return unserved if outcome.snapshot.advises_support else f"{unserved} A doctor or therapist may help."


def _undisclosed(outcome: Outcome) -> str:
    if not any(one.is_hidden and one.is_relevant for one in outcome.sifted.exclusions):
        return ""
    return "Some techniques are left out because we do not know if they are safe for you."
