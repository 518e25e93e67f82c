"""What stands beside the lines of a day on Today: said to whoever it is for, or asked of them."""

from dataclasses import dataclass
from typing import Any

from coaching.intake.rechecks import Why
from coaching.people.zones import ZoneOffer
from coaching.plan.changes import Told
from coaching.practice.later import Later


@dataclass(frozen=True, kw_only=True)
class Beside:
    name: str = ""
    hope: str = ""
    has_left: bool = False
    had_a_week: bool = False
    is_review_due: bool = False
    has_swaps: bool = False
    offers_check_in: bool = False
    recheck: Why | None = None
    later: tuple[Later, ...] = ()
    changes: tuple[Told, ...] = ()
    zone_offer: ZoneOffer | None = None

    @property
    def own_drawn_by(self) -> tuple[Any, ...]:
        """All of it, so that nothing is left out."""
        return tuple(vars(self).values())
