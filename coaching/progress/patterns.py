"""A person's own days: what they told of sleep, moving and worry, and how the next day was, read for patterns.

Nothing is asked for it. It reads what was told with practices, in the sleep diary and in the log. The night that
counts for a day is the one after it, told the next morning.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from accounts.sealing import CannotOpen
from coaching.core.practice.past import PastPractice
from coaching.core.progress.patterns import LEAST_PAIRS, Found, Pattern, patterns
from coaching.models import LogEntry, Person, ToolEntry

DAY = timedelta(days=1)
MOST_NIGHTS = 1000
"""Of the sleep diary, the newest: twice as many as there are practices that a day may be told by."""

WIDTH, MIDDLE, POINT = 320, 160, 36
"""The drawing: no difference in the middle, one point so many units to both sides."""

Told = dict[date, list[float]]
MUCH = {
    "sleep": _lazy("better nights"),
    "activity": _lazy("days with more moving practice"),
    "worry": _lazy("days with more tension or worry"),
    "trigger": _lazy("days on which more turned it up"),
    "mood": _lazy("days in a better mood"),
    "active": _lazy("days that you logged as more active"),
}
NAMES = {
    "sleep": _lazy("Sleep"),
    "activity": _lazy("Moving"),
    "worry": _lazy("Tension or worry"),
    "trigger": _lazy("What turned it up"),
    "mood": _lazy("Mood"),
    "active": _lazy("How active"),
}
LOGGED = {LogEntry.Kind.MOOD: "mood", LogEntry.Kind.ACTIVITY: "active"}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One pattern in words. `x` and `width` draw its interval, `middle` its best guess; None without one."""

    slug: str
    name: str
    words: str
    is_clear: bool
    x: float | None = None
    width: float | None = None
    middle: float | None = None


def shown_patterns(
    person: Person, moving: Iterable[str], zone: ZoneInfo, *, hides_pain: bool
) -> tuple[tuple[Shown, ...], str]:
    """The patterns, and the name of what they are about. `moving` are the techniques that move the body."""
    outcome = "tension" if hides_pain else "pain"
    days, factors = days_of(person, frozenset(moving), zone, outcome=outcome)
    name = str(_lazy("tension or worry") if hides_pain else pgettext_lazy("on the next day", "pain"))
    return tuple(_shown(one, name) for one in patterns(days, factors)), name


def days_of(
    person: Person, moving: frozenset[str], zone: ZoneInfo, *, outcome: str
) -> tuple[dict[date, float], dict[str, dict[date, float]]]:
    told: Mapping[str, Told] = {name: defaultdict(list) for name in ("pain", "tension", "sleep", "activity")}
    for practice in person.newest_practices:
        _add(practice, practice.started_at.astimezone(zone).date(), moving, told)
    for entry in _nights(person, told[outcome]):
        _add_night(entry, told["sleep"])
    means = {name: {on: fmean(values) for on, values in days.items()} for name, days in told.items()}
    moved = {on: sum(values) for on, values in told["activity"].items()}
    factors = {"sleep": means["sleep"], "activity": moved}
    if outcome == "pain":
        factors["worry"] = means["tension"]
    return means[outcome], factors | logged(person, means[outcome])


def _nights(person: Person, days: Collection[date]) -> Iterable[ToolEntry]:
    """Those that may belong to `days`. Which day a night is of lies sealed, but none is told before it is over: by the
    clock of whoever is furthest ahead, that is half a day before it is so in UTC."""
    if not days:
        return ()
    since = datetime.combine(min(days), time(), UTC)
    return person.tool_entries.of_tool("sleep-diary").filter(made_at__gte=since).newest_first()[:MOST_NIGHTS]


def logged(person: Person, days: Collection[date]) -> dict[str, dict[date, float]]:
    """What the log tells of whoever keeps one, by factor, from the first to the last of `days`: no other day pairs
    with them. From the first trigger that was tapped on, a day without one counts as none; before it nobody knows
    whether there was nothing, or no log."""
    kept = person.log.filter(kind__in=[*LOGGED, LogEntry.Kind.TRIGGER])
    firsts = dict(kept.order_by().values_list("kind").annotate(Min("on")))
    told: dict[str, Told] = {LOGGED[kind]: defaultdict(list) for kind in LOGGED if kind in firsts}
    triggers: dict[date, float] = defaultdict(float)
    among = kept.filter(on__range=(min(days), max(days))).defer("sealed_words") if days and firsts else ()
    for entry in among:
        if entry.kind == LogEntry.Kind.TRIGGER:
            triggers[entry.on] += 1
        else:
            _keep(told[LOGGED[LogEntry.Kind(entry.kind)]], entry.on, entry.value)
    by_factor = {name: {on: fmean(values) for on, values in days.items()} for name, days in told.items()}
    if first := firsts.get(LogEntry.Kind.TRIGGER):
        by_factor["trigger"] = {on: triggers.get(on, 0.0) for on in days if on >= first}
    return by_factor


def _add(practice: PastPractice, on: date, moving: frozenset[str], told: Mapping[str, Told]) -> None:
    """What one practice tells of its own day, of the night before it and after it, and of the day after."""
    _keep(told["pain"], on, practice.pain_before)
    _keep(told["pain"], on + DAY, practice.pain_next_day)
    _keep(told["tension"], on, practice.tension_before)
    _keep(told["sleep"], on - DAY, practice.night_before)
    _keep(told["sleep"], on, practice.night_after)
    _keep(told["activity"], on, practice.seconds / 60 if practice.technique_id in moving else 0)


def _keep(days: Told, on: date, value: float | None) -> None:
    if value is not None:
        days[on].append(float(value))


def _add_night(entry: ToolEntry, nights: Told) -> None:
    try:
        told = entry.answers
    except CannotOpen:
        return
    on, sleep = told.get("on"), told.get("sleep")
    if isinstance(on, str) and isinstance(sleep, int):
        nights[date.fromisoformat(on) - DAY].append(float(sleep))


def _shown(one: Pattern, outcome: str) -> Shown:
    name, is_clear = str(NAMES[one.factor]), one.found in (Found.HIGHER, Found.LOWER)
    words = _words(one, outcome)
    if one.difference is None or one.low is None or one.high is None:
        return Shown(slug=one.factor, name=name, words=words, is_clear=False)
    low, high = (min(max(MIDDLE + edge * POINT, 0), WIDTH) for edge in (one.low, one.high))
    middle = min(max(MIDDLE + one.difference * POINT, 0), WIDTH)
    return Shown(
        slug=one.factor,
        name=name,
        words=words,
        is_clear=is_clear,
        x=round(low, 1),
        width=round(max(high - low, 1), 1),
        middle=round(middle, 1),
    )


def _words(one: Pattern, outcome: str) -> str:
    told: dict[str, object] = {"pairs": one.pairs, "least": LEAST_PAIRS, "outcome": outcome}
    if one.difference is None or one.low is None or one.high is None:
        return _("Too few days so far: %(pairs)s days with the day after them. We look from %(least)s on.") % told
    edges = sorted(abs(edge) for edge in (one.low, one.high))
    told |= {"much": MUCH[one.factor], "points": f"{abs(one.difference):.1f}"}
    told |= {"low": f"{edges[0]:.1f}", "high": f"{edges[1]:.1f}"}
    if one.found is Found.HIGHER:
        words = _("After %(much)s, %(outcome)s the next day was higher, by about %(points)s (%(low)s to %(high)s).")
        return words % told
    if one.found is Found.LOWER:
        words = _("After %(much)s, %(outcome)s the next day was lower, by about %(points)s (%(low)s to %(high)s).")
        return words % told
    return _("Nothing that stands out, in %(pairs)s days. What there is may be chance.") % told
