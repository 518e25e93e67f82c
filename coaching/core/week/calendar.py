"""Days of a week: when it begins, the day of looking back on which it ends, and which week a day belongs to.

Days are those of the person's own time zone, so one of them may come twice or not at all for somebody who travels. A
week is 4 to 10 days long and ends on the day that the person chose; every later one is 7 days long, unless they choose
another day or look back late. Eight weeks to the planned end are those of the courses that were studied (field notes).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST_DAYS = 4
WEEKS_TO_END = 8
ASTRAY = timedelta(days=2)
"""So far ahead may a week begin and still be meant: a clock that was wrong, or a flight to the west."""

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    begins: date
    ends: date

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.begins + DAY * number for number in range((self.ends - self.begins).days + 1))

    def holds(self, day: date) -> bool:
        return self.begins <= day <= self.ends


def span_from(begins: date, review_day: int) -> Span:
    """The week that begins on a day; `review_day` is 0 (Monday) to 6 (Sunday)."""
    least = begins + DAY * (FEWEST_DAYS - 1)
    return Span(begins=begins, ends=least + DAY * ((review_day - least.weekday()) % 7))


def span_after(before: Span | None, today: date, review_day: int) -> Span:
    """The next week: from the morning after the last one, or from today where that is past."""
    return span_from(max(before.ends + DAY, today) if before else today, review_day)


def planned_end(began: date) -> date:
    return began + timedelta(weeks=WEEKS_TO_END)


def number_of_week(began: date, day: date) -> int:
    """Which week it is since the beginning, from 1."""
    return max((day - began).days, 0) // 7 + 1


def place_of_current(spans: Sequence[Span], today: date) -> int | None:
    """Which of several weeks runs today; the newest of those that do, else one that a wrong clock put just ahead."""
    running = [place for place, span in enumerate(spans) if span.holds(today)]
    ahead = [place for place, span in enumerate(spans) if DAY <= span.begins - today <= ASTRAY]
    if running:
        return max(running, key=lambda place: spans[place].begins)
    return min(ahead, key=lambda place: spans[place].begins) if ahead else None


def is_review_due(span: Span, today: date) -> bool:
    """From the day of looking back on."""
    return today >= span.ends
