"""What a person takes along is all that is kept of them: every model is walked, so that none can be forgotten."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from accounts.models import User
from coaching.belongings.my_data import export
from coaching.belongings.rows import rows_of
from coaching.belongings.tables import PERSON_COLUMNS, TABLES, told_name
from coaching.belongings.values import shape_checks
from coaching.models import Person
from coaching.models.sealed_parts import parts_of
from tests.accounts.people import make_user
from tests.coaching.whole_people import a_whole_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ELSEWHERE = {
    # The account: its own parts of the file tell of them (accounts/members/own_data.py).
    "account.emailaddress": "account",
    "mfa.authenticator": "account",
    "accounts.opensession": "account",
    "accounts.leaving": "account",
    "accounts.profile": "profile",
    "accounts.consent": "consents",
    "accounts.reminderwish": "reminders",
    **dict.fromkeys(("coaching.reminderslot", "coaching.pushdevice"), "reminders_sent"),
    "accounts.subscriber": "letters",
    "accounts.subscriptionevent": "letters",
    "accounts.delivery": "letters",
    "content.version": "writing",
}
"""Models that hold something of a person, and the part of the file in which it stands."""

OF_STAFF = {
    *("admin.logentry", "account.emailconfirmation", "accounts.edition", "accounts.seriesletter"),
    *("accounts.subscriberimport", "accounts.importchunk", "accounts.importrow"),
}
"""What staff did with the library, letters and lists; and codes that live for minutes."""


def leads_to(model: type[models.Model], target: type[models.Model], seen: frozenset[str] = frozenset()) -> bool:
    """Whether a row belongs to one of `target`: by a key that is its own, or that of what it is a part of."""
    keys = [one for one in model._meta.concrete_fields if one.is_relation and one.related_model is not model]
    ours = [one.related_model for one in keys if one.related_model._meta.label_lower not in seen]
    return any(one is target or leads_to(one, target, seen | {model._meta.label_lower}) for one in ours)


def test_every_model_of_a_person_is_in_the_file() -> None:
    of_people = {model for model in apps.get_models() if model is not Person and leads_to(model, Person)}
    rows = {table.model for table in TABLES}
    missing = {model._meta.label_lower for model in of_people - rows}
    assert missing == set(TOLD_WITHOUT_ROWS)
    person = a_whole_person(make_user())
    assert set(TOLD_WITHOUT_ROWS.values()) <= set(export(person.user))
    assert rows <= of_people


TOLD_WITHOUT_ROWS = {
    "coaching.researchshare": "research",
    # The newest practices once more: it holds nothing that their rows do not, and is made from them.
    "coaching.practicestore": "practices",
    # The address of a link leads to this site alone, and is kept nowhere.
    **dict.fromkeys(("coaching.sharedlink", "coaching.linkopening"), "shared_links"),
}
"""Models of a person that another part of the file tells of: they end with the account, and cannot be brought."""


def test_every_model_of_an_account_is_in_the_file_or_is_of_staff() -> None:
    of_users = {model for model in apps.get_models() if model is not User and leads_to(model, User)}
    names = {model._meta.label_lower for model in of_users if not leads_to(model, Person)} - {"coaching.person"}
    through = {name for name in names if name.startswith("accounts.user_")}
    assert names - through - OF_STAFF == set(ELSEWHERE)


def test_every_column_of_every_table_is_told_once() -> None:
    person = a_whole_person(make_user(), 1)
    told = rows_of(person)
    for table in TABLES:
        columns = [one for one in table.model._meta.concrete_fields if one.name not in ("id", "person")]
        names = {name for one in columns for name in told_names(table.model, one)}
        assert set(told[table.name][0]) == {"key", *names}, table.name
    kept = {one.name for one in Person._meta.concrete_fields} - {"id", "user", "seen_on", "letters_look_on"}
    assert kept == set(PERSON_COLUMNS)


def told_names(model: type[models.Model], column: Any) -> list[str]:
    """What stands in a column: of a seal that holds parts, each of them; and the one that stood there readable."""
    parts = [name for name, part in parts_of(model).items() if column.name in (part.of, part.plain)]
    return parts or [told_name(column)]


def test_every_value_that_the_database_does_not_look_into_is_checked_when_it_is_brought() -> None:
    checks = shape_checks(timezone.now())
    for table in TABLES:
        for column in table.columns:
            is_inside = isinstance(column, models.JSONField) or column.name.startswith("sealed_")
            if is_inside and table.name != "tool_entries":
                assert f"{table.name}.{told_name(column)}" in checks


def test_no_key_of_the_database_is_in_the_file() -> None:
    others = a_whole_person(make_user("walter@example.org"), 3)
    person = a_whole_person(make_user(), 2)
    told = rows_of(person)
    assert all(row["key"] == place for rows in told.values() for place, row in enumerate(rows, 1))
    assert person.pk not in str(told)
    assert others.pk not in str(told)
