"""A page of the questions writes the columns that it may change, and these are all that it changes."""

from typing import Any

import pytest
from django.test import Client

from coaching.core.intake.safety import SIGN_LISTS
from coaching.models import Intake
from coaching.models.intake import IntakeQuerySet
from content.core.vocabulary import Level
from tests.accounts.people import NOON
from tests.coaching.shell_makers import answer_all, step_url, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

keep = IntakeQuerySet.keep


def columns(row: Intake) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Intake]:
    """All that was written; each is compared with what lies there then."""
    rows: list[Intake] = []

    def and_compare(rows_of: IntakeQuerySet, intake: Intake) -> None:
        keep(rows_of, intake)
        rows.append(intake)
        assert columns(Intake.objects.get(pk=intake.pk)) == columns(intake)

    monkeypatch.setattr(IntakeQuerySet, "keep", and_compare)
    return rows


def test_from_the_first_page_to_the_last(client: Client, written: list[Intake]) -> None:
    answer_all(client)
    assert len(written) > 10
    assert {row.safety_level for row in written} == {""}
    assert Intake.objects.get().finished_at


def test_a_sign_of_danger_and_what_is_tapped_before_next(client: Client, written: list[Intake]) -> None:
    client.post(step_url("goal"), {"adult": "yes", "so_far": "1"})
    tell(client, "chest_pain")
    told = Intake.objects.get()
    assert (told.safety_level, told.safety_round) == (Level.NOW, 2)
    assert written and any(told.answers.get(group) for group in SIGN_LISTS)


def test_answers_that_are_gone_are_not_kept() -> None:
    intake = Intake(pk=7, version="1", started_at=NOON, changed_at=NOON)
    with pytest.raises(Intake.DoesNotExist):
        Intake.objects.keep(intake)
