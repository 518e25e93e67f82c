"""Every list of people's rows is asked for every field by every lookup, and answers only what it shows anyway."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Field, ForeignObjectRel, Model
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.admin.people import OfAPerson
from accounts.guard import audit
from accounts.models import CannotBeChanged, Profile, StaffAct, Subscriber, User
from coaching.models import Intake, Person, Plan, Practice, ToolEntry
from tests.accounts.people import NOON, make_subscriber, make_user

pytestmark = pytest.mark.django_db

DEEP = 3
NAMES_OF_PEOPLE = (User, Person, Subscriber)
ABOUT_STAFF = {"Edition", "DBTaskResult"}
"""Lists that name a person only as who wrote or works: an author is on the staff."""
PEOPLE = [each for each in admin.site._registry.values() if isinstance(each, OfAPerson)]


@pytest.fixture
def staff(client: Client) -> User:
    user = make_user("staff@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def paths(model: type[Model], depth: int = DEEP, before: str = "") -> Iterator[tuple[str, Field | ForeignObjectRel]]:
    for field in model._meta.get_fields():
        name = before + field.name
        yield name, field
        if depth > 1 and field.is_relation and field.related_model:
            yield from paths(field.related_model, depth - 1, name + "__")


def lookups(field: Any) -> set[str]:
    """As a field spells them, those of a date's parts, and a path that goes on into nothing."""
    column = field.target_field if field.is_relation and not field.auto_created else field
    known = column.get_lookups() if hasattr(column, "get_lookups") else {"exact": None, "in": None, "isnull": None}
    return {"", *(f"__{name}" for name in known), "__year__gte", "__date", "__nothing"}


def names_a_person(model: type[Model]) -> bool:
    related = {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete}
    columns = {field.name for field in model._meta.get_fields()}
    return model in NAMES_OF_PEOPLE or bool(related & set(NAMES_OF_PEOPLE)) or bool(columns & {"email", "to"})


def test_every_list_of_peoples_rows_is_held_by_the_same_rules() -> None:
    found = {each.model.__name__ for each in admin.site._registry.values() if names_a_person(each.model)}
    assert found - {each.model.__name__ for each in PEOPLE} <= ABOUT_STAFF
    assert {"User", "Subscriber", "Intake", "Plan", "Practice", "EmailAddress"} <= {p.model.__name__ for p in PEOPLE}


@pytest.mark.parametrize("rows", PEOPLE, ids=lambda rows: rows.model.__name__)
def test_no_lookup_tells_more_than_the_list_shows(rows: OfAPerson, staff: User, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = staff
    shown = {*rows.list_display, *(f for f in rows.list_filter if isinstance(f, str)), "withdrawn_at"}
    calendar = {f"{rows.date_hierarchy}__{part}" for part in ("year", "month", "day")}
    asked = 0
    for path, field in paths(rows.model):
        for lookup in lookups(field):
            asked += 1
            if rows.lookup_allowed(path + lookup, "1", request):
                assert path.removesuffix("__id") in shown or path + lookup in calendar, path + lookup
    assert asked > 50


def test_the_sweep_would_notice_an_open_list(staff: User, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = staff
    open_one = admin.ModelAdmin(Practice, admin.site)
    assert open_one.lookup_allowed("tension_before__gte", "7", request)
    assert open_one.lookup_allowed("person", "x", request)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("coaching/practice", {"person": "x", "tension_before__gte": "7"}),
        ("coaching/practice", {"tension_before__gte": "7"}),
        ("coaching/intake", {"safety_level": "now"}),
        ("coaching/intake", {"person": "x"}),
        ("coaching/plan", {"items__technique": "walking"}),
        ("coaching/person", {"user__email": "nadia@example.org"}),
        ("accounts/user", {"person": "x"}),
        ("accounts/user", {"password__startswith": "argon2"}),
        ("accounts/profile", {"hide_pain_numbers__exact": "1"}),
        ("accounts/subscriber", {"topics__contains": "sleep"}),
    ],
)
def test_such_an_address_is_refused(client: Client, staff: User, address: str, asked: dict[str, str]) -> None:
    assert client.get(f"/admin/{address}/", asked).status_code == 400


def test_what_a_list_offers_still_works(client: Client, staff: User) -> None:
    make_user()
    page = client.get(
        "/admin/accounts/user/", {"is_staff__exact": "1", "date_joined__gte": "2020-01-01 00:00:00+00:00"}
    )
    assert page.status_code == 200
    assert "nadia@example.org" not in page.content.decode()
    for each in PEOPLE:
        address = f"/admin/{each.model._meta.app_label}/{each.model._meta.model_name}/"
        assert client.get(address, {"_facets": "True", "o": "1.-2.99"}).status_code == 200, address


def test_a_search_looks_at_addresses_and_ids_alone() -> None:
    searched = {name.removeprefix("user__").removeprefix("subscriber__") for p in PEOPLE for name in p.search_fields}
    assert searched <= {"email", "to", "id"}


def test_no_column_of_a_list_is_about_health() -> None:
    rows_of_health = [page for page in PEOPLE if page.model in (Person, Intake, Plan, Practice)]
    shown = {str(name) for page in rows_of_health for name in page.list_display}
    assert shown <= {
        *("__str__", "made_at", "seen_on", "has_account", "version", "started_at", "finished_at"),
        *("kept_at", "ended_at", "minutes_a_day", "technique", "seconds"),
    }


def test_a_box_that_completes_tells_of_nobody_whom_a_list_does_not_show(client: Client, staff: User) -> None:
    make_user()
    asked = {"app_label": "coaching", "model_name": "intake", "field_name": "person", "term": "nadia"}
    answer = client.get("/admin/autocomplete/", asked)
    assert answer.status_code == 403 or b"nadia" not in answer.content


def test_the_page_before_erasing_names_nothing_that_hangs_on_the_row(client: Client, staff: User) -> None:
    nadia = make_user()
    Profile.objects.create(user=nadia)
    person = Person.objects.create(user=nadia)
    ToolEntry.objects.create(person=person, tool="worry-time", client_id="a", made_at=NOON, changed_at=NOON)
    chosen = {"action": "delete_selected", "_selected_action": [str(nadia.pk)]}
    one = client.get(f"/admin/accounts/user/{nadia.pk}/delete/").content.decode()
    many = client.post("/admin/accounts/user/", chosen).content.decode()
    for page in (one, many):
        assert "nadia@example.org" in page
        assert "worry" not in page.lower()
        assert f"/admin/coaching/person/{person.pk}" not in page
    assert client.post("/admin/accounts/user/", {**chosen, "post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=nadia.pk).exists()
    assert not Person.objects.exists()


def test_nobody_is_shown_the_seed_of_a_second_step(client: Client, staff: User) -> None:
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/admin/mfa/authenticator/").status_code == 404
    assert Authenticator not in admin.site._registry


def test_an_address_is_proved_by_its_owner_alone(client: Client, staff: User) -> None:
    row = EmailAddress.objects.get(user=staff)
    EmailAddress.objects.filter(pk=row.pk).update(verified=False)
    client.post(f"/admin/account/emailaddress/{row.pk}/change/", {"email": "other@example.org", "verified": "on"})
    client.post("/admin/account/emailaddress/", {"action": "make_verified", "_selected_action": [str(row.pk)]})
    row.refresh_from_db()
    assert (row.email, row.verified) == ("staff@example.org", False)


# --- What staff did is written down ---


def lines() -> list[tuple[str, str]]:
    return [(act.what, act.whom) for act in StaffAct.objects.order_by("pk")]


def test_every_look_change_export_and_erasing_leaves_a_line_without_an_address(client: Client, staff: User) -> None:
    nadia, walter = make_user(), make_subscriber()
    client.get("/admin/accounts/user/")
    client.get(f"/admin/accounts/user/{nadia.pk}/change/")
    client.post(f"/admin/accounts/user/{nadia.pk}/change/", {"email": "nadia@example.org", "is_active": ""})
    client.post("/admin/accounts/subscriber/", {"action": "export_csv", "_selected_action": [str(walter.pk)]})
    client.get("/admin/accounts/delivery/")
    client.post(f"/admin/accounts/user/{nadia.pk}/delete/", {"post": "yes"})
    assert lines() == [
        ("Opened the list of users", ""),
        ("Opened a page", f"user {nadia.pk}"),
        ("Changed", f"user {nadia.pk}"),
        ("Downloaded as CSV", f"subscriber {walter.pk}"),
        ("Opened the list of deliveries", ""),
        ("Erased", f"user {nadia.pk}"),
    ]
    assert {act.by for act in StaffAct.objects.all()} == {staff.pk}
    assert not LogEntry.objects.filter(object_repr__contains="@").exists()


def test_a_line_cannot_be_changed_or_taken_away(client: Client, staff: User) -> None:
    act = StaffAct.objects.create(by=staff.pk, what="Erased", whom="user 7")
    for forbidden in (act.save, act.delete, StaffAct.objects.all().delete, lambda: StaffAct.objects.update(by=1)):
        with pytest.raises(CannotBeChanged):
            forbidden()
    address = f"/admin/accounts/staffact/{act.pk}"
    assert client.post(f"{address}/change/", {"what": "Nothing"}).status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/accounts/staffact/").status_code == 200


def test_lines_go_after_two_years(staff: User) -> None:
    StaffAct.objects.create(by=staff.pk, what="Erased")
    audit.forget(at=timezone.now() + audit.KEPT - timedelta(days=1))
    assert StaffAct.objects.count() == 1
    audit.forget(at=timezone.now() + audit.KEPT + timedelta(days=1))
    assert not StaffAct.objects.exists()
