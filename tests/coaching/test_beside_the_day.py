"""Whatever stands beside a day on Today is among what its part is found by."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from coaching.intake.rechecks import Why
from coaching.people.zones import ZoneOffer
from coaching.plan.changes import Told
from coaching.practice.beside import Beside
from coaching.practice.later import Later
from config.drawn.part import NO_KEY, own_key_of

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = Later(client_id="a-made-up-go", technique="Walking", name="pain_next_day", told=None)
CHANGE = Told(at=AT, words="Heat came in.", why="You asked for it.", taken="", given="heat", can_be_undone=False)
OFFER = ZoneOffer(zone="Asia/Tokyo", told="", at=AT)
VALUES: dict[str, list[Any]] = {
    "name": ["", "Ana", "Ben"],
    "hope": ["", "So that there is more room for work."],
    "recheck": [None, Why.TIME, Why.PAIN],
    "later": [
        (),
        (LATER,),
        *((replace(LATER, **told),) for told in ({"client_id": "b"}, {"name": "night_after"}, {"told": 0})),
        (LATER, replace(LATER, technique="Sleep")),
    ],
    "changes": [
        (),
        (CHANGE,),
        *((replace(CHANGE, **told),) for told in ({"words": "x"}, {"why": "x"}, {"taken": "x"}, {"given": "x"})),
        (replace(CHANGE, can_be_undone=True),),
        (replace(CHANGE, at=AT.replace(day=3)),),
    ],
    "zone_offer": [
        None,
        OFFER,
        *(replace(OFFER, **told) for told in ({"zone": ""}, {"told": "UTC"}, {"at": AT.replace(minute=31)})),
    ],
}


@pytest.mark.parametrize("name", [field.name for field in fields(Beside)])
def test_another_value_is_another_part(name: str) -> None:
    values = VALUES.get(name, [False, True])
    keys = [own_key_of(replace(Beside(), **{name: value})) for value in values]
    assert NO_KEY not in keys
    assert len(set(keys)) == len(values)


def test_the_second_on_a_clock_does_not_matter() -> None:
    assert own_key_of(OFFER) == own_key_of(replace(OFFER, at=AT.replace(second=59)))
