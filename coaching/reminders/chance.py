"""Do reminders help this person? What their own slots show, for those who let half of them be left out by chance.

A slot counts once the time after it is over: a practice that was begun within 12 hours of it. What chance drew counts,
also where a reminder could not be delivered, so that a broken mailbox makes no difference look like one of reminders.
`coaching/core/findings/reminders.py` holds the estimate, its interval and the bound at which reminders stop.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import ReminderWish
from coaching.core.findings.reminders import LEAST_SLOTS, Effect, Slot, effect_of, is_time_to_look
from coaching.models import Practice, ReminderSlot

AFTER = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`sent` and `quiet` are (practised, of all) with a reminder and without; `effect` is None while they are few."""

    sent: tuple[int, int]
    quiet: tuple[int, int]
    effect: Effect | None

    @property
    def all(self) -> int:
        return self.sent[1] + self.quiet[1]


def slots_of(wish: ReminderWish, at: datetime) -> list[Slot]:
    """In their order, since the person agreed."""
    rows = list(_over(wish, at).order_by("due_at"))
    goes = _goes(wish, rows)
    return [
        Slot(was_sent=row.goes_out, probability=row.probability, was_practised=_is_any(goes, row.due_at))
        for row in rows
    ]


def _over(wish: ReminderWish, at: datetime) -> QuerySet[ReminderSlot]:
    drawn = ReminderSlot.objects.drawn_by_chance()
    if wish.chance_since is None:
        return drawn.none()
    return drawn.filter(user_id=wish.user_id, due_at__gte=wish.chance_since, due_at__lte=at - AFTER)


def _goes(wish: ReminderWish, rows: Sequence[ReminderSlot]) -> list[datetime]:
    if not rows:
        return []
    practices = Practice.objects.filter(person__user_id=wish.user_id, started_at__gte=rows[0].due_at)
    return sorted(practices.values_list("started_at", flat=True))


def _is_any(goes: Sequence[datetime], since: datetime) -> bool:
    place = bisect_left(goes, since)
    return place < len(goes) and goes[place] < since + AFTER


def shown_of(wish: ReminderWish, at: datetime) -> Shown:
    slots = slots_of(wish, at)
    return Shown(
        sent=_count(slot for slot in slots if slot.was_sent),
        quiet=_count(slot for slot in slots if not slot.was_sent),
        effect=effect_of(slots),
    )


def _count(slots: Iterable[Slot]) -> tuple[int, int]:
    several = list(slots)
    return sum(slot.was_practised for slot in several), len(several)


def is_harmful(wish: ReminderWish, at: datetime) -> bool:
    """Looked at after each fourteenth slot and no more often: each look more is a chance more to be wrong."""
    effect = effect_of(slots_of(wish, at)) if is_time_to_look(_over(wish, at).count()) else None
    return effect is not None and effect.must_stop


# --- In words, that claim no more than the numbers do -----------------------------------


@dataclass(frozen=True, kw_only=True)
class Words:
    first: str
    second: str


def words_of(shown: Shown, *, have_stopped: bool) -> Words:
    if shown.effect is None:
        return Words(first=_("It is too early to tell."), second=_still_to_come(shown))
    return Words(first=_verdict(shown.effect, have_stopped=have_stopped), second=_numbers(shown.effect))


def _still_to_come(shown: Shown) -> str:
    waits = LEAST_SLOTS - min(shown.sent[1], shown.quiet[1])
    return ngettext(
        "At least %(count)s more day of the rarer kind has to come first.",
        "At least %(count)s more days of the rarer kind have to come first.",
        waits,
    ) % {"count": waits}


def _verdict(effect: Effect, *, have_stopped: bool) -> str:
    if have_stopped:
        return _("On days with a reminder you practise less often. So they have stopped.")
    if effect.low > 0:
        return _("On days with a reminder you practise more often, by more than chance explains.")
    if effect.high < 0:
        return _("On days with a reminder you seem to practise less often. A few more days will tell.")
    return _("So far your days do not tell whether reminders help you. It may be chance.")


def _numbers(effect: Effect) -> str:
    told = {"more": _points(effect.more), "low": _points(effect.low), "high": _points(effect.high)}
    words = _(
        "Of 100 days, practice comes on %(more)s more with a reminder than without. Below 0 means fewer. A range made "
        "in this way holds the true number for 95 of 100 people; yours goes from %(low)s to %(high)s."
    )
    return words % told


def _points(share: float) -> str:
    return f"{round(100 * share)}".replace("-", "−")
