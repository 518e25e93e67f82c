"""What was taken along comes back row for row, in a new account, and reaches nobody else's."""

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.members import personal_data
from accounts.models import Profile, User
from coaching.belongings.rows import rows_of
from coaching.belongings.tables import PERSON_COLUMNS, PROFILE_COLUMNS, TABLES
from coaching.belongings.taking_in import take_in
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Person
from tests.accounts.people import make_user
from tests.coaching.whole_people import a_whole_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


class Undo(Exception):
    """Ends an example, and with it all that it wrote."""


def the_file(user: User) -> bytes:
    """As My data hands it out."""
    export = personal_data.export(user, at=timezone.now())
    return json.dumps(export, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False).encode()


def columns_of(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def counted() -> dict[str, int]:
    return {table.name: table.model._default_manager.count() for table in TABLES}


def there_and_back(seed: int) -> None:
    other = a_whole_person(make_user("walter@example.org"), 7)
    others_rows, others_count = rows_of(other), counted()
    user = make_user()
    person = a_whole_person(user, seed)
    before, count = rows_of(person), counted()
    told = columns_of(Person.objects.get(pk=person.pk), PERSON_COLUMNS)
    profile = columns_of(Profile.objects.get(user=user), PROFILE_COLUMNS)
    raw = the_file(user)
    personal_data.erase(user)
    assert counted() == others_count

    again = make_user("nadia@elsewhere.example")
    taken = take_in(again, raw, at=timezone.now())
    back = Person.objects.get(user=again)
    assert rows_of(back) == before
    assert set(before) == {table.name for table in TABLES}
    assert {row["tool"] for row in before["tool_entries"] if row["answers"]} == set(TOOL)
    assert columns_of(back, PERSON_COLUMNS) == told
    assert columns_of(Profile.objects.get(user=again), PROFILE_COLUMNS) == profile
    assert (taken.rows, taken.left_out) == (sum(len(rows) for rows in before.values()), 0)
    assert rows_of(other) == others_rows
    assert counted() == count


def and_undone(seed: int) -> None:
    with transaction.atomic():
        there_and_back(seed)
        raise Undo


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_export_erase_and_import_give_back_the_same_rows_and_no_row_of_anybody_else(seed: int) -> None:
    with pytest.raises(Undo):
        and_undone(seed)
