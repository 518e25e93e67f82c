"""What was managed in the last four weeks is counted once while the same practices lie in them."""

from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coaching.core.practice.past import PastPractice
from coaching.kept import Kept
from coaching.progress import page
from coaching.progress.page import LATELY, Managed, _managed, managed_of

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
ZONES = [ZoneInfo("UTC"), ZoneInfo("Pacific/Kiritimati")]
NAMES = {"breathing": SimpleNamespace(name="Breathing"), "walking": SimpleNamespace(name="Walking")}
KNOWN: Any = SimpleNamespace(options=SimpleNamespace(by_slug=NAMES))


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_kept", Kept())
    monkeypatch.setattr(page, "_times", Kept())


def somebody(seed: int, mark: str) -> Any:
    """Their newest practices, a few of them ahead of the clock, some begun in the same minute."""
    chance = Random(seed)  # noqa: S311 - made-up practices, no secret
    minutes = sorted((chance.randint(-120_000, 3_000) // 5 * 5 for _ in range(200)), reverse=True)
    practices = [
        PastPractice(n, chance.choice([*NAMES, "gone"]), str(n), AT + timedelta(minutes=one), 60, managed=n % 4)
        for n, one in enumerate(minutes)
    ]
    return SimpleNamespace(newest_practices=practices, mark_of_practices=mark)


@pytest.mark.parametrize("mark", ["", "these"])
@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_a_fresh_look_says_at_any_time_and_in_any_zone(seed: int, mark: str) -> None:
    person = somebody(seed, mark)
    edges = [one.started_at + span for one in person.newest_practices[::9] for span in (timedelta(0), LATELY)]
    moments = [edge + timedelta(microseconds=more) for edge in edges for more in (-1, 0, 1)]
    for at in moments:
        for zone in ZONES:
            fresh = _managed(person.newest_practices, KNOWN, at=at, zone=zone)
            assert managed_of(person, KNOWN, at=at, zone=zone) == fresh


def test_the_same_practices_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    person = somebody(1, "these")
    before = managed_of(person, KNOWN, at=AT, zone=ZONES[0])
    anew = Managed(days=99, goes=(), as_planned=0)
    monkeypatch.setattr(page, "_managed", lambda *told, **more: anew)
    assert managed_of(person, KNOWN, at=AT, zone=ZONES[0]) == before
    assert managed_of(person, KNOWN, at=AT, zone=ZONES[1]) == anew
    assert managed_of(somebody(1, "others"), KNOWN, at=AT, zone=ZONES[0]) == anew
