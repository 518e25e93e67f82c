"""The page of progress: each scale as a picture, words and a table; the loop then and now; what was managed."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import takewhile
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.core.practice.past import PastPractice
from coaching.core.progress.judging import Direction
from coaching.core.progress.judging import Step as Beside
from coaching.kept import Kept, OwnParts
from coaching.models import Person
from coaching.plan.knowledge import Knowledge
from coaching.progress.drawing import Row, day_in_full, day_in_words, rows_drawn
from coaching.progress.read import Drawn, Read, ThenAndNow
from coaching.progress.words import anyway_of, name_of, step_words, way_of, words_of

LATELY = timedelta(days=28)
AS_PLANNED = 2
"""Of what was managed with a move: what was planned, or more than that."""


_times: Kept[tuple[float, ...]] = Kept()
"""When each practice was begun, the newest first and counted backwards, by what stands for these practices."""


@dataclass(frozen=True)
class Measure:
    """One scale, as it is shown: worked out where a page has not drawn it yet."""

    drawn: Drawn

    @property
    def own_drawn_by(self) -> tuple[str]:
        """All of it follows from what was read."""
        return (self.slug,)

    @property
    def slug(self) -> str:
        return self.drawn.scale.slug

    @property
    def name(self) -> str:
        return name_of(self.drawn.scale)

    @property
    def top(self) -> int:
        return self.drawn.scale.top

    @property
    def way(self) -> str:
        return way_of(self.drawn.scale)

    @property
    def words(self) -> str:
        return words_of(self.drawn.scale, self.drawn.judged)

    @property
    def direction(self) -> Direction:
        return self.drawn.judged.direction

    @property
    def anyway(self) -> str:
        return anyway_of(self.drawn.scale)

    @property
    def lines(self) -> str:
        return step_words(self.drawn.scale)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The newest first."""
        scale, language, said = self.drawn.scale, get_language(), _beside_words()
        return tuple(
            Row(day=day_in_words(one.on, language), shown=scale.shown(one.total), words=said[beside])
            for one, beside in self.drawn.listed
        )

    @property
    def table(self) -> str:
        return rows_drawn(self.rows)


@dataclass(frozen=True)
class Given:
    """What was given over time, and what may be said of it: drawn once while nothing of it changes."""

    read: Read
    own_drawn_by = ("given",)
    """All of it follows from what was read."""

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(map(Measure, self.read.scales))

    @property
    def is_worse(self) -> bool:
        return any(one.direction == Direction.WORSE for one in self.measures)

    @property
    def loop(self) -> ThenAndNow | None:
        return self.read.loop

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Each line to oneself with its day in the language of the page."""
        return [(day_in_full(on, get_language()), note) for on, note in self.read.notes]


@dataclass(frozen=True, kw_only=True)
class Managed:
    """What was done in the last four weeks. `goes` are names and how often, the most frequent first."""

    own_drawn_by = ("managed",)
    """On the shelf that is kept with it."""

    days: int
    goes: tuple[tuple[str, int], ...]
    as_planned: int
    drawn: OwnParts = field(default_factory=OwnParts, compare=False, repr=False)


_kept: Kept[Managed] = Kept()


def _beside_words() -> dict[Beside, str]:
    return {
        Beside.WITHIN: _("within what matters"),
        Beside.BETTER: _("better than the start by what matters"),
        Beside.WORSE: _("worse than the start by what matters"),
    }


def managed_of(person: Person, knowledge: Knowledge, *, at: datetime, zone: ZoneInfo) -> Managed:
    practices, mark = person.newest_practices, person.mark_of_practices
    if not mark:
        return _managed(practices, knowledge, at=at, zone=zone)
    times = _times.of(None, [mark], lambda: tuple(-one.started_at.timestamp() for one in practices))
    # The newest first. As long as the same lie in these weeks, the same was managed in them.
    within = [bisect_left(times, -at.timestamp()), bisect_right(times, -(at - LATELY).timestamp())]
    return _kept.of(knowledge, [mark, str(zone), *within], lambda: _managed(practices, knowledge, at=at, zone=zone))


def _managed(practices: Iterable[PastPractice], knowledge: Knowledge, *, at: datetime, zone: ZoneInfo) -> Managed:
    since = takewhile(lambda one: at - LATELY <= one.started_at, practices)
    lately = [one for one in since if one.started_at <= at]
    names = knowledge.options.by_slug
    counts = Counter(names[one.technique_id].name for one in lately if one.technique_id in names)
    return Managed(
        days=len({one.started_at.astimezone(zone).date() for one in lately}),
        goes=tuple(counts.most_common()),
        as_planned=sum(1 for one in lately if (one.managed or 0) >= AS_PLANNED),
    )
