"""The weekly look at a plan: what would change, and why; the person keeps or swaps.

A technique is spoken of only after its own fair trial, or when it was worse each time. What takes weeks is not put
aside for a week without change, and what helps stays. Nothing is taken without something in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coaching.core.learning.verdict import Verdict
from coaching.core.recommend.options import History
from coaching.core.recommend.recommender import recommend
from coaching.kept import Kept
from coaching.learning.effects import OwnGoes, judged_goes, words_of
from coaching.learning.goes import goes_of
from coaching.plan.plans import Coaching

EVERY = timedelta(days=7)
MAY_GO = (Verdict.WORSE, Verdict.NOT_SO_FAR)
"""What a technique must have shown before it is spoken of, the plainest first."""


@dataclass(frozen=True, kw_only=True)
class Swap:
    """One change to think about. `why` are the words that the person's own goes earned."""

    technique: str
    name: str
    why: str
    instead: str
    instead_name: str


@dataclass(frozen=True, kw_only=True)
class Review:
    """`following` is when the next look is due. `is_open`: it is due, or was asked for."""

    is_open: bool
    following: datetime
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """A technique of the plan that is spoken of."""

    technique: str
    name: str
    own: OwnGoes

    @property
    def words(self) -> str:
        return words_of(self.own.judged, self.own.practised)


_kept: Kept[Mapping[str, OwnGoes]] = Kept()


def review_of(coaching: Coaching, at: datetime, *, is_asked: bool = False, hides_pain: bool = False) -> Review:
    following = max(coaching.plan.made_at, coaching.plan.looked_at or coaching.plan.made_at) + EVERY
    if not is_asked and at < following:
        return Review(is_open=False, following=following)
    return Review(is_open=True, following=following, swaps=_swaps(coaching, hides_pain=hides_pain))


def _swaps(coaching: Coaching, *, hides_pain: bool) -> tuple[Swap, ...]:
    leaving = _leaving(coaching, hides_pain=hides_pain)
    coming = _coming(coaching, frozenset(one.technique for one in leaving)) if leaving else ()
    return tuple(
        Swap(
            technique=out.technique,
            name=out.name,
            why=out.words,
            instead=slug,
            instead_name=name,
        )
        for out, (slug, name) in zip(leaving, coming, strict=False)
    )


def _leaving(coaching: Coaching, *, hides_pain: bool) -> list[Leaving]:
    known, names = _judged(coaching, hides_pain=hides_pain), coaching.options.by_slug
    in_plan = {pick.technique for pick in coaching.recommendation.picks if not pick.is_pinned}
    leaving = [
        Leaving(technique=slug, name=names[slug].name, own=own)
        for slug, own in known.items()
        if slug in in_plan and own.judged.verdict in MAY_GO
    ]
    return sorted(leaving, key=lambda one: (MAY_GO.index(one.own.judged.verdict), one.own.judged.mean, one.technique))


def _judged(coaching: Coaching, *, hides_pain: bool) -> Mapping[str, OwnGoes]:
    """Of goes and library alone, so it is worked out once while neither changes."""
    person, library = coaching.plan.person, coaching.knowledge.options

    def work() -> Mapping[str, OwnGoes]:
        goes = goes_of(practices, library)
        return judged_goes(goes, library, pool=coaching.knowledge.pool, hides_pain=hides_pain, drawn=0)

    practices = person.newest_practices
    if practices and not person.mark_of_practices:
        return work()
    return _kept.of(library, [person.mark_of_practices, hides_pain], work)


_kept_coming: Kept[tuple[tuple[str, str], ...]] = Kept()


def _coming(coaching: Coaching, leaving: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What would be suggested without them, the others staying: asked once, as a look is open for days."""
    options, suggested = coaching.options, coaching.recommendation.techniques

    def work() -> tuple[tuple[str, str], ...]:
        freed = replace(options, refused=options.refused | leaving, held=options.held - leaving)
        picks = recommend(coaching.snapshot, freed, History(estimates=coaching.estimates)).picks
        return tuple((pick.technique, pick.name) for pick in picks if pick.technique not in suggested)

    mark = coaching.plan.person.mark_of_practices
    if not mark:
        return work()
    wishes = (sorted(slugs) for slugs in (options.pinned, options.refused, options.held, leaving))
    told = [coaching.answers, mark, options.minutes_a_day, *wishes, list(suggested)]
    return _kept_coming.of(coaching.knowledge.options, told, work)
