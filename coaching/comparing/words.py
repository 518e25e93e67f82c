"""What is said of a comparison: what is settled before it begins, and what it showed, no more."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from coaching.core.findings.a_or_b import Answer, Finding
from coaching.models import Comparison

Outcome = Comparison.Outcome
OUTCOMES = {
    Outcome.PAIN: _lazy("Pain that day, on average"),
    Outcome.TENSION: _lazy("Tension or worry that day"),
    Outcome.SLEEP: _lazy("The night after that day"),
    Outcome.ABLE: _lazy("How much I could do that day"),
}
ENDS = {
    Outcome.PAIN: (_lazy("0: no pain"), _lazy("10: as bad as can be")),
    Outcome.TENSION: (_lazy("0: calm and loose"), _lazy("10: as tense or worried as can be")),
    Outcome.SLEEP: (_lazy("0: hardly slept"), _lazy("10: slept well")),
    Outcome.ABLE: (_lazy("0: nothing"), _lazy("10: all I wanted")),
}


def of_100(share: float) -> int:
    return round(100 * share)


def power_words(weeks: int, power: float) -> str:
    told = {"weeks": weeks, "seen": of_100(power)}
    return (
        _("%(weeks)s weeks: a true difference of one point of 10 is seen in about %(seen)s of 100 such tries.") % told
    )


def result_words(finding: Finding, first: str, second: str, power: float) -> str:
    if finding.answer is Answer.TOO_FEW or finding.difference is None or finding.low is None or finding.high is None:
        told = {"pairs": finding.pairs, "drawn": finding.pairs_drawn}
        return _("Too few days were rated to say anything: %(pairs)s of %(drawn)s pairs of days.") % told
    if finding.answer is Answer.NOT_SEEN:
        return _not_seen(finding.low, finding.high, first, second, power)
    is_first = finding.answer is Answer.FIRST
    edges = sorted((finding.low, finding.high) if is_first else (-finding.low, -finding.high))
    better, other = (first, second) if is_first else (second, first)
    return _better(better, other, points=abs(finding.difference), edges=edges, p=finding.p)


def _not_seen(low: float, high: float, first: str, second: str, power: float) -> str:
    told = {"first": first, "second": second, "low": f"{low:+.1f}", "high": f"{high:+.1f}", "seen": of_100(power)}
    return (
        _(
            "No clear difference between the two. For %(first)s against %(second)s it lies anywhere from %(low)s to "
            "%(high)s points. That is not proof that they are the same: a difference of one point is seen in about "
            "%(seen)s of 100 such tries."
        )
        % told
    )


def _better(better: str, other: str, *, points: float, edges: list[float], p: float) -> str:
    told = {"better": better, "other": other, "points": f"{points:.1f}", "chance": max(of_100(p), 1)}
    told |= {"low": f"{edges[0]:.1f}", "high": f"{edges[1]:.1f}"}
    return (
        _(
            "Days with %(better)s were better than days with %(other)s, by about %(points)s points of 10 (somewhere "
            "from %(low)s to %(high)s). Chance alone shows as much in about %(chance)s of 100 such tries."
        )
        % told
    )
