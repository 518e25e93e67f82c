"""Pages that stop at the first practice that is too old say what they would say after looking at every one."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coaching.core.practice.past import PastPractice
from coaching.core.practice.rung import tally_of
from coaching.core.week.ticks import Done, Meant, ticked
from coaching.kept import Kept
from coaching.models import Week, WeekStep
from coaching.plan.rungs import Goes
from coaching.practice import later
from coaching.practice.later import DAYS, _of_the_days_before, _of_these_days
from coaching.week import weeks
from coaching.week.weeks import _ticked

ZONES = [ZoneInfo(name) for name in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana")]
"""The last puts its clocks back at the turn of a day."""

TECHNIQUES = ["breathing", "walking", "sleep"]


def practices(chance: Random, at: datetime) -> list[PastPractice]:
    """Newest first, a few of them ahead of the clock, over six weeks."""
    times = sorted((at + timedelta(minutes=chance.randint(-60_000, 1_500)) for _ in range(150)), reverse=True)
    return [
        PastPractice(len(times) - place, chance.choice(TECHNIQUES), str(place), time, 60, 5, chance.randint(0, 9))
        for place, time in enumerate(times)
    ]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("mark", ["", "these very practices"])
def test_whatever_was_done_and_whenever(seed: int, zone: ZoneInfo, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (weeks, later):
        monkeypatch.setattr(room, "_kept", Kept())
    chance = Random(seed)  # noqa: S311 - made-up practices, no secret
    at = datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(hours=chance.randrange(-48, 48))
    newest_first = practices(chance, at)

    goes = Goes(newest_first)
    for technique in TECHNIQUES:
        since = at - timedelta(minutes=chance.randrange(40_000))
        assert tally_of(goes.since(technique, since), since).until(at) == tally_of(goes.at(technique), since).until(at)

    def day(one: PastPractice) -> date:
        return one.started_at.astimezone(zone).date()

    today = at.astimezone(zone).date()
    asked = [one for one in newest_first if 1 <= (today - day(one)).days <= DAYS]
    assert list(_of_the_days_before(newest_first, at=at, zone=zone)) == asked

    week = Week(pk=1, begins_on=today - timedelta(days=chance.randrange(30)))
    week.ends_on = week.begins_on + timedelta(days=6)
    days = [week.begins_on + timedelta(days=chance.randrange(7)) for _ in range(12)]
    steps = [WeekStep(pk=key, technique_id=chance.choice(TECHNIQUES), day=on) for key, on in enumerate(days)]
    meant = [Meant(key=step.pk, technique=step.technique_id, day=step.day) for step in steps]
    done = [Done(technique=one.technique_id, day=day(one)) for one in newest_first]
    inside = [one for one in done if week.begins_on <= one.day <= week.ends_on]
    person: Any = SimpleNamespace(newest_practices=newest_first, mark_of_practices=mark)
    for _ in range(2):
        assert _ticked(week, steps, person, zone) == ticked(meant, inside)
        assert list(_of_these_days(person, at=at, zone=zone)) == asked
