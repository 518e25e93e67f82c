"""The database itself keeps a line of *Acts of staff* as it was written, whoever asks and by which way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.guard import audit
from accounts.models import StaffAct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

BY_SQL = (
    "UPDATE accounts_staffact SET what = 'Nothing'",
    "UPDATE accounts_staffact SET at = '2001-01-01 00:00:00'",
    "DELETE FROM accounts_staffact",
    "INSERT INTO accounts_staffact (id, at, by, what, whom) SELECT id, at, 99, what, whom FROM accounts_staffact"
    " WHERE true ON CONFLICT (id) DO UPDATE SET by = 99",
)
OF_ONE_KIND = {
    "sqlite": "REPLACE INTO accounts_staffact (id, at, by, what, whom) SELECT id, at, 9, '', '' FROM accounts_staffact",
    "postgresql": "TRUNCATE accounts_staffact",
}


@pytest.fixture
def act() -> StaffAct:
    return StaffAct.objects.create(by=7, what="Erased", whom="user 7")


def ask(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def told() -> list[tuple[Any, ...]]:
    return list(StaffAct.objects.values_list("by", "what", "whom"))


@pytest.mark.parametrize("statement", [*BY_SQL, "of its kind"])
def test_no_statement_changes_it(act: StaffAct, statement: str) -> None:
    with pytest.raises(IntegrityError, match="a line of the acts of staff stays as it was written"):
        ask(OF_ONE_KIND[connection.vendor] if statement == "of its kind" else statement)
    assert told() == [(7, "Erased", "user 7")]


def test_a_query_that_goes_round_the_model_does_not_either(act: StaffAct) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffAct.objects.all()._raw_delete("default")
    assert told() == [(7, "Erased", "user 7")]


def test_after_two_years_it_goes(act: StaffAct) -> None:
    long_ago = connection.ops.adapt_datetimefield_value(timezone.now() - audit.KEPT - timedelta(hours=1))
    ask("INSERT INTO accounts_staffact (at, by, what, whom) VALUES (%s, 7, 'Opened', '')", long_ago)
    assert StaffAct.objects.count() == 2
    audit.forget(at=timezone.now())
    assert told() == [(7, "Erased", "user 7")]


def test_a_clock_that_is_a_year_ahead_forgets_nothing(act: StaffAct) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        audit.forget(at=timezone.now() + audit.KEPT + timedelta(days=1))
    assert StaffAct.objects.exists()
