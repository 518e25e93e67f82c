"""Staff see how the service does, and nobody in it."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, ConsentKind
from coaching.core.progress.scales import SCALES
from coaching.models import Ending, Intake, Person, Practice, ServiceFigures, UnwantedEffect
from coaching.service import counting, some
from coaching.service.change import LEAST_PEOPLE, spread_of
from coaching.service.counting import count_service
from coaching.tasks import count_service as nightly
from tests.accounts.people import make_user
from tests.coaching.shell_makers import a_finished_intake, post, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

LAST_WEEK = timedelta(days=7)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user("staff@example.org", is_staff=True))
    return client


def people(count: int) -> list[Person]:
    return [Person.objects.create() for _ in range(count)]


def table(slug: str) -> dict[str, Any]:
    count_service(timezone.now())
    return next(one for one in ServiceFigures.objects.get().tables if one["slug"] == slug)


def last(slug: str) -> list[Any]:
    """The last row, which is that of all weeks, or of the last one."""
    return table(slug)["rows"][-1][1]


def practise(person: Person, technique: str = "breathing") -> None:
    at = timezone.now() - LAST_WEEK
    Practice.objects.create(person=person, technique_id=technique, client_id=f"go-{person.pk}", started_at=at)


def tell(person: Person, **told: Any) -> None:
    given = {"technique_id": "breathing", "kind": "dizzy", "version": "3", "client_id": f"told-{person.pk}"}
    UnwantedEffect.objects.create(person=person, noticed_at=timezone.now() - LAST_WEEK, **{**given, **told})


def begin(person: Person, reached: str = "pain") -> None:
    at = timezone.now() - LAST_WEEK
    Intake.objects.create(person=person, version="3", started_at=at, changed_at=at, reached=reached)


def test_it_is_for_staff_alone(client: Client) -> None:
    for path in ("/admin/service/", "/admin/service/figures.csv"):
        assert client.get(path).status_code == 302
        client.force_login(make_user(f"{len(path)}@example.org"))
        assert client.get(path).status_code == 302


def test_an_empty_site_has_a_page(staff: Client) -> None:
    page = text(staff.get("/admin/service/"))
    assert "Starts, and where people stop" in page
    assert "Nothing to count yet." in page
    assert 'viewBox="0 0 600' not in page, "a picture of nothing is white room"


def test_drop_off_is_counted_by_the_step_that_was_reached_last() -> None:
    for person in people(12):
        begin(person)
    for person in people(11):
        a_finished_intake(person, timezone.now() - LAST_WEEK)
    found = table("starts")
    assert found["columns"] == ["finished", "pain", "began"]
    assert found["rows"][-1] == ["all weeks", [10, 10, 25]]


def test_one_who_stopped_is_hidden_and_cannot_be_subtracted() -> None:
    begin(Person.objects.create())
    for person in people(30):
        a_finished_intake(person, timezone.now() - LAST_WEEK)
    assert last("starts")[:2] == [None, None]


def test_the_step_is_kept_as_it_is_answered(client: Client) -> None:
    post(client, "goal")
    assert Intake.objects.get().reached == "goal"


def test_practices_are_counted_where_ten_people_did_any() -> None:
    group = people(10)
    for person in group[:9]:
        practise(person)
    assert last("weeks")[0] is None
    assert last("weeks")[-1] is None
    practise(group[9])
    assert last("weeks")[0] == 10
    assert last("weeks")[-1] == 10


def left(count: int, **told: Any) -> list[Person]:
    gone = people(count)
    for person in gone:
        Ending.objects.create(person=person, at=timezone.now() - LAST_WEEK, **told)
    return gone


def test_who_needs_it_less_at_the_planned_end_is_counted_apart() -> None:
    left(20, needs_it_less=True, was_planned=True)
    left(15, needs_it_less=True)
    left(10, needs_it_less=False, was_planned=True)
    left(10)
    found = table("endings")
    assert found["columns"] == [
        *("need it less, at the planned end", "need it less, sooner"),
        *("other, at the planned end", "other, sooner", "left"),
    ]
    assert found["rows"][-1] == ["all weeks", [20, 15, 10, 10, 55]]


def test_few_who_say_so_are_hidden_with_enough_that_nobody_subtracts_them() -> None:
    left(1, needs_it_less=True, was_planned=True)
    left(30)
    for _name, cells in table("endings")["rows"][-2:]:
        assert cells[0] is None and cells[3] is None


def test_endings_are_told_of_in_one_table_alone() -> None:
    """The same people cut in two ways could be subtracted."""
    left(20, needs_it_less=True)
    count_service(timezone.now())
    others = [one for one in ServiceFigures.objects.get().tables if one["slug"] != "endings"]
    assert not [cell for one in others for _name, cells in one["rows"] for cell in cells if cell]


def test_who_left_twice_in_a_week_is_one_and_the_last_word_counts() -> None:
    for person in left(20, returned_at=timezone.now(), needs_it_less=False):
        Ending.objects.create(person=person, at=timezone.now() - LAST_WEEK + timedelta(minutes=1), needs_it_less=True)
    assert last("endings") == [0, 20, 0, 0, 20]


def test_every_number_of_people_is_rounded() -> None:
    for person in people(43):
        begin(person)
        practise(person)
        tell(person)
    count_service(timezone.now())
    tables = ServiceFigures.objects.get().tables
    told = [cell for one in tables for _name, cells in one["rows"] for cell in cells if isinstance(cell, int)]
    assert max(told) == 45
    assert not [cell for cell in told if cell % 5]


def test_unwanted_effects_are_counted_by_technique_week_version_and_kind() -> None:
    group = people(25)
    for person in group:
        practise(person)
    for person in group[:12]:
        tell(person)
    assert table("unwanted-by-technique")["rows"] == [["breathing", [10, 15, 25]]]
    assert last("unwanted-by-week") == [10]
    assert table("unwanted-by-version")["rows"] == [["3", [10]]]
    assert table("unwanted-by-kind")["rows"] == [["dizzy", [10]]]


def test_few_who_told_are_hidden_with_those_who_did_not() -> None:
    group = people(25)
    for person in group:
        practise(person)
    tell(group[0])
    [[_name, figures]] = table("unwanted-by-technique")["rows"]
    assert figures == [None, None, 25]


def test_one_person_who_tells_often_is_one() -> None:
    person = Person.objects.create()
    for number in range(20):
        tell(person, client_id=f"told-{number}")
    assert last("unwanted-by-week") == [None]


def test_change_is_told_of_twenty_or_more_who_agreed() -> None:
    person = Person.objects.create(user=make_user())
    Consent.objects.give(person.user, ConsentKind.POOLING, words="Yes", words_version="1", at=timezone.now())
    a_finished_intake(person, timezone.now() - timedelta(weeks=6), peg_1=7, peg_2=7, peg_3=7)
    a_finished_intake(person, timezone.now(), peg_1=4, peg_2=4, peg_3=4)
    assert dict(table("change")["rows"])["peg"] == [None, None, None, None]


def test_the_spread_is_in_points_that_a_reader_knows() -> None:
    few = spread_of(SCALES["peg"], [3.0] * (LEAST_PEOPLE - 1))
    assert (few.people, few.middle) == (None, None)
    many = spread_of(SCALES["peg"], [float(one) for one in range(0, 3 * LEAST_PEOPLE, 3)])
    assert many.people == LEAST_PEOPLE
    assert many.lower == pytest.approx(4.2, abs=0.1)
    assert many.middle == pytest.approx(9.5)
    assert many.upper == pytest.approx(14.8, abs=0.1)


def test_the_file_says_what_the_page_says(staff: Client) -> None:
    for person in people(14):
        practise(person)
    page = text(staff.get("/admin/service/"))
    answer = staff.get("/admin/service/figures.csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert {"table": "weeks", "row": rows[-1]["row"], "column": "practised", "figure": "15"} not in rows[-1:]
    assert any(row["column"] == "practised" and row["figure"] == "15" for row in rows)
    assert "<td>15</td>" in page
    assert 'filename="unloop-service.csv"' in answer["Content-Disposition"]


def test_the_night_counts_anew_in_place_of_the_last() -> None:
    nightly.call()
    nightly.call()
    assert ServiceFigures.objects.count() == 1


def test_people_are_counted_by_the_thousand_and_the_sums_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    group = people(43)
    for number, person in enumerate(group):
        begin(person, reached=("pain", "mood")[number % 2])
        practise(person, ("breathing", "walking")[number % 2])
        Practice.objects.create(
            person=person, technique_id="heat", client_id="more", started_at=timezone.now() - LAST_WEEK
        )
        tell(person)
    left(30, needs_it_less=True)
    at = timezone.now()
    at_once = count_service(at).tables
    monkeypatch.setattr(some, "AT_ONCE", 4)
    assert count_service(at).tables == at_once
    assert dict({one["slug"]: one["rows"] for one in at_once}["unwanted-by-technique"])["heat"] == [0, 45, 45]


def test_counting_rests_between_the_thousands_and_keeps_nothing_before_it_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(some, "AT_ONCE", 4)
    people(12)
    rests = [ServiceFigures.objects.exists() for _ in counting.steps(timezone.now())]
    assert len(rests) > 12
    assert not any(rests)
    assert ServiceFigures.objects.exists()
