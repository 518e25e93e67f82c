"""What counts as a change stands in rows: staff read it, and two of them change it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from coaching.core.progress.judging import Direction, judge
from coaching.core.progress.scales import SCALES
from coaching.plan.knowledge import knowledge
from coaching.progress.check_ins import keep_check_in
from content.editing.confirming import ConfirmingError, confirm
from content.editing.history import latest_number
from content.editing.saving import edit
from content.models import Scale
from tests.coaching.change_makers import readings
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.content.makers import NOW, a_reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def the_row(slug: str = "peg") -> Scale:
    return Scale.objects.get(slug=slug)


def propose(by: User, **fields: Any) -> Scale:
    row = the_row()
    edit(row, row.working_values() | fields, by=by, at=NOW)
    return the_row()


def in_force(slug: str = "peg") -> Any:
    return next(scale for scale in knowledge().scales if scale.slug == slug)


def test_the_rows_hold_the_numbers_that_the_rules_were_tried_with() -> None:
    for slug, scale in SCALES.items():
        row = in_force(slug)
        told = (row.important, row.swing, row.every, row.steady_every)
        assert told == (scale.important, scale.swing, scale.every, scale.steady_every), slug
        assert row.name
        assert row.name_es


def test_what_one_person_changes_waits() -> None:
    propose(a_reviewer(), important=9)
    assert in_force().important == 3


def test_nobody_confirms_what_they_wrote() -> None:
    eva = a_reviewer("eva@example.org")
    row = propose(eva, important=9)
    with pytest.raises(ConfirmingError):
        confirm(row, by=eva, at=NOW, seen=latest_number(row))
    assert in_force().important == 3


def test_with_a_second_person_it_holds_from_the_next_page_on() -> None:
    row = propose(a_reviewer("eva@example.org"), important=15)
    confirm(row, by=a_reviewer("omar@example.org"), at=NOW, seen=latest_number(row))
    person = readings(21, 21, 7, 7)
    before, after = judge(SCALES["peg"], person), judge(in_force(), person)
    assert before is not None
    assert after is not None
    assert (before.direction, after.direction) == (Direction.BETTER, Direction.SAME)


def test_the_page_says_the_words_of_the_row(client: Client) -> None:
    person = a_plan(a_member(client), at=timezone.now() - timedelta(weeks=3)).person
    at = timezone.now()
    keep_check_in(person, {"peg_1": 4, "peg_2": 4, "peg_3": 4}, day=at.date(), at=at)
    assert the_row().anyway in text(client.get("/progress/")).replace("&#x27;", "'")
    Scale.objects.filter(slug="peg").update(anyway="", name="Pain", updated=timezone.now())
    page = text(client.get("/progress/"))
    assert "RESOLVE" not in page
    assert ">Pain</h2>" in page


@pytest.mark.parametrize("fields", [{"swing_tenths": 0}, {"every": 1}])
def test_the_database_refuses_a_scale_that_makes_no_sense(fields: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Scale.objects.filter(slug="peg").update(**fields)


def test_no_scale_is_added_by_hand(client: Client) -> None:
    client.force_login(a_reviewer())
    assert client.get("/admin/content/scale/").status_code == 200
    assert client.get("/admin/content/scale/add/").status_code == 403
