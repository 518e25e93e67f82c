"""What works for this person: each of their own goes drawn, then words that come from those goes alone.

What studies found, and what other people rated who agreed to share that, stands beside it, named as such.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from coaching.core.learning.norms import Norms, Pool
from coaching.core.learning.personalise import corrected_drops, grouped, own_noise
from coaching.core.learning.verdict import Judged, Verdict, judge
from coaching.core.recommend.options import EvidenceRow, Options
from coaching.core.recommend.suggestion import Outranked, Pick, Reason
from coaching.learning.goes import Go
from coaching.said import said
from content.core.signals import Signal
from content.core.vocabulary import Grade

WIDTH, HEIGHT, LEAST_EDGE = 320, 132, 4
"""The drawing, in units; its scale runs as far below zero as above it, to the largest change, at least 4 points."""

DRAWN = 20
"""The newest goes that are drawn."""

NAMES_OF_SIGNALS = {
    Signal.TENSION: _lazy("tension or worry"),
    Signal.BELIEF: _lazy("how strong the worry or the thought is"),
    Signal.CONFIDENCE: _lazy("how sure you are, and pain the next day"),
    Signal.NIGHT: _lazy("the night before and the night after"),
}


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One go: up from the middle where it was better after, down where it was worse, a dot where it was the same."""

    x: float
    y: float
    height: float
    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One technique, as this person did it. `instead` is what the plan has for the place, where a swap is offered."""

    technique: str
    name: str
    judged: Judged
    practised: int
    words: str
    measure: str
    bars: tuple[Bar, ...]
    edge: int = LEAST_EDGE
    studies: str = ""
    others: str = ""
    instead: str = ""
    instead_name: str = ""
    zero: float = field(default=HEIGHT / 2)

    @property
    def bar_width(self) -> float:
        return WIDTH / DRAWN - 4


def effects_of(
    goes: Sequence[Go], options: Options, *, pool: Pool, picks: Iterable[Pick] = (), hides_pain: bool = False
) -> tuple[Effect, ...]:
    """The techniques this person practised, those with the most goes first. `goes` are oldest first."""
    known = judged_goes(goes, options, pool=pool, hides_pain=hides_pain)
    in_plan = {pick.technique: pick for pick in picks}
    effects = [_effect(slug, own, options, pool, in_plan.get(slug)) for slug, own in known.items()]
    return tuple(sorted(effects, key=lambda one: (-one.judged.goes, -one.practised, one.technique)))


@dataclass(frozen=True, kw_only=True)
class OwnGoes:
    """What was done with one technique, and what may be said of it. `rated` are oldest first."""

    signal: Signal
    practised: int
    rated: tuple[Go, ...]
    judged: Judged


def judged_goes(
    goes: Sequence[Go], options: Options, *, pool: Pool, hides_pain: bool = False, drawn: int = DRAWN
) -> dict[str, OwnGoes]:
    """By technique. Of the goes that were rated the newest are kept, as many as are to be `drawn`."""
    shown = [go.without_pain() for go in goes] if hides_pain else list(goes)
    goes_with: dict[str, list[Go]] = {}
    for go in shown:
        goes_with.setdefault(go.practice.technique_id, []).append(go)
    known = {
        slug: own for slug, own in goes_with.items() if slug in options.by_slug and own[0].signal is not Signal.NONE
    }
    noises = _noises(shown, pool.norms)
    return {
        slug: _judged(own, options.by_slug[slug].fair_trial, pool.norms, noises[own[0].signal], drawn)
        for slug, own in known.items()
    }


def _judged(own: list[Go], fair_trial: int, norms: Norms, noise: float, drawn: int) -> OwnGoes:
    rated, signal = [go for go in own if go.is_rated], own[0].signal
    scale = norms.scale(signal)
    drops = [drop * scale.noise / norms.drop.noise for drop in corrected_drops([go.session for go in rated], norms)]
    judged = judge([go.gain for go in rated], drops, fair_trial=fair_trial, noise=noise)
    return OwnGoes(signal=signal, practised=len(own), rated=tuple(rated[max(len(rated) - drawn, 0) :]), judged=judged)


def _noises(goes: Iterable[Go], norms: Norms) -> Mapping[Signal, float]:
    """How much this person's ratings of one kind go up and down, in points of that very scale."""
    noises = {}
    for signal in Signal:
        rated = [go.session for go in goes if go.signal is signal and go.is_rated]
        scale = norms.scale(signal)
        drops = [drop * scale.noise / norms.drop.noise for drop in corrected_drops(rated, norms)]
        noises[signal] = own_noise(grouped([one.technique for one in rated], drops), scale.noise)
    return noises


def _effect(slug: str, own: OwnGoes, options: Options, pool: Pool, pick: Pick | None) -> Effect:
    facts, signal, judged, drawn = options.by_slug[slug], own.signal, own.judged, own.rated
    edge = max([LEAST_EDGE, *(ceil(abs(go.gain)) for go in drawn)])
    instead = _other(pick) if pick and _may_be_swapped(judged) else None
    return Effect(
        technique=slug,
        name=facts.name,
        judged=judged,
        practised=own.practised,
        words=words_of(judged, own.practised),
        measure=str(NAMES_OF_SIGNALS[signal]),
        bars=tuple(_bar(place, go, edge) for place, go in enumerate(drawn)),
        edge=edge,
        studies=_studies(pick.reasons[0] if pick and pick.reasons else None, options.rows_of.get(slug, ())),
        others=_others(pool, slug, signal),
        instead=instead.technique if instead else "",
        instead_name=instead.name if instead else "",
    )


def _other(pick: Pick) -> Outranked | None:
    return pick.instead or next(iter(pick.outranked), None)


def _may_be_swapped(judged: Judged) -> bool:
    return judged.verdict in (Verdict.WORSE, Verdict.NOT_SO_FAR)


def words_of(judged: Judged, practised: int) -> str:
    told: dict[str, object] = {
        "goes": judged.goes,
        "worse": judged.worse,
        "better": judged.better,
        "about": judged.of_about,
    }
    told |= {"points": f"{abs(judged.mean):.1f}", "practised": practised}
    match judged.verdict:
        case Verdict.UNRATED:
            return ngettext("1 go, not rated yet.", "%(practised)s goes, none of them rated yet.", practised) % told
        case Verdict.EARLY:
            return _("Too early to say: %(goes)s of about %(about)s goes.") % told
        case Verdict.WORSE:
            return _("Made it worse %(worse)s of %(goes)s times. Let us swap it.") % told
        case Verdict.HELPS:
            return _("Likely helps you: better after %(better)s of %(goes)s goes, by about %(points)s points.") % told
        case Verdict.NOT_SO_FAR:
            return _("Has not helped so far, in %(goes)s goes. That is no fault of yours.") % told
        case _:
            return _("Unclear as yet, after %(goes)s goes.") % told


def _bar(place: int, go: Go, edge: int) -> Bar:
    height = abs(go.gain) / edge * (HEIGHT / 2 - 4)
    kind = "better" if go.gain > 0 else "worse" if go.gain < 0 else "same"
    y = HEIGHT / 2 - height if go.gain > 0 else HEIGHT / 2
    words = _("%(before)s before, %(after)s after") % {"before": _figure(go.before), "after": _figure(go.after)}
    if go.pain:
        words += "; " + _("pain %(before)s, the next day %(after)s") % {"before": go.pain[0], "after": go.pain[1]}
    if kind == "same":
        y, height = HEIGHT / 2 - 1.5, 3.0
    return Bar(x=place * (WIDTH / DRAWN) + 2, y=round(y, 1), height=round(height, 1), kind=kind, words=words)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _studies(reason: Reason | None, rows: Sequence[EvidenceRow]) -> str:
    """What studies found of it for what it is in the plan for; else the best that they found."""
    best = min(rows, key=lambda row: list(Grade).index(row.grade), default=None)
    if best is None:
        return ""
    row = next((row for row in rows if reason and row.need is reason.need), best)
    told = {"grade": said(row.grade.label.lower()), "need": said(row.need.label)}
    words = _("In studies: %(grade)s for %(need)s.") % told
    return f"{words} {said(row.benefit)}" if row.benefit else words


def _others(pool: Pool, slug: str, signal: Signal) -> str:
    """Only where people share their ratings, and enough of them. A pool counts in points of tension; what is said here
    is in points of the scale that stands above it."""
    cell = pool.cell.get((slug, ""))
    if cell is None:
        return ""
    points = round(cell.mean * pool.norms.scale(signal).noise / pool.norms.drop.noise, 1)
    told = {"people": cell.n, "points": f"{abs(points):.1f}"}
    if points > 0:
        return _("%(people)s people who share their ratings: about %(points)s points of 10 better after a go.") % told
    if points < 0:
        return _("%(people)s people who share their ratings: about %(points)s points of 10 worse after a go.") % told
    return _("%(people)s people who share their ratings: neither better nor worse after a go.") % told
