"""A or B: days drawn by chance before the first, rated in a tap, and told in the end what they show."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.belongings.joining import bring_along
from coaching.belongings.my_data import export
from coaching.comparing.comparisons import POWER, Wish, begin, close_if_over, finding_of, rate, stop
from coaching.comparing.words import of_100, power_words, result_words
from coaching.core.findings.a_or_b import Answer, days_of
from coaching.core.findings.power import power
from coaching.models import Comparison, ComparisonDay, Person
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGE = "/a-or-b/"
ZONE = ZoneInfo("UTC")
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
WISH = {"first": "breathing", "second": "walking", "outcome": "tension", "weeks": "2"}


@pytest.fixture
def person(client: Client) -> Person:
    return a_plan(a_member(client)).person


def coins(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311 - made-up coins


def a_comparison(person: Person, at: datetime = NOON, **told: Any) -> Comparison:
    wish = Wish(**{"first": "breathing", "second": "walking", "outcome": "tension", "weeks": 2, **told})
    row = begin(person, wish, at=at, zone=ZONE, coins=coins())
    assert row is not None
    return row


def rated(row: Comparison, first: int, second: int) -> Comparison:
    """Every day of it, by what it had. Read anew, with all that belongs to it."""
    row.days.filter(is_first=True).update(rating=first)
    row.days.filter(is_first=False).update(rating=second)
    return Comparison.objects.select_related("first", "second").get(pk=row.pk)


def words(row: Comparison) -> str:
    return result_words(finding_of(row), "A", "B", row.power)


# --- Drawing -------------------------------------------------------------------------------------


def test_every_day_is_drawn_before_the_first_with_its_chance(client: Client, person: Person) -> None:
    client.post(PAGE, WISH)
    days = list(ComparisonDay.objects.all())
    assert [day.on for day in days] == [timezone.now().date() + timedelta(days=place) for place in range(14)]
    assert {day.probability for day in days} == {0.5}
    assert all(one.is_first is not other.is_first for one, other in zip(days[::2], days[1::2], strict=True))


def test_a_second_press_draws_nothing_anew(client: Client, person: Person) -> None:
    client.post(PAGE, WISH)
    before = list(ComparisonDay.objects.values_list("on", "is_first"))
    client.post(PAGE, WISH)
    assert Comparison.objects.count() == 1
    assert list(ComparisonDay.objects.values_list("on", "is_first")) == before


@pytest.mark.parametrize(
    "wrong", [{"second": "breathing"}, {"first": ""}, {"outcome": "luck"}, {"weeks": "9"}, {"first": "no-such"}]
)
def test_what_makes_no_comparison_is_refused(client: Client, person: Person, wrong: dict[str, str]) -> None:
    assert client.post(PAGE, WISH | wrong).status_code == 422
    assert not Comparison.objects.exists()


def test_the_power_is_said_before_it_begins_and_kept(client: Client, person: Person) -> None:
    page = text(client.get(PAGE))
    for weeks in (2, 3, 4):
        assert power_words(weeks, POWER[weeks]) in page
    client.post(PAGE, WISH)
    assert Comparison.objects.get().power == POWER[2]


@pytest.mark.parametrize("weeks", [2, 3, 4])
def test_the_power_that_is_said_is_within_three_points_of_the_simulated(weeks: int) -> None:
    assert abs(POWER[weeks] - power(days_of(weeks), coins(weeks), runs=4000)) <= 0.03


def test_with_numbers_of_pain_off_pain_is_no_outcome(client: Client, person: Person) -> None:
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})
    assert 'value="pain"' not in text(client.get(PAGE))
    assert client.post(PAGE, WISH | {"outcome": "pain"}).status_code == 422


def test_what_is_shut_to_somebody_cannot_be_compared(client: Client) -> None:
    a_plan(a_member(client), conditions=["fracture", "psychosis"])
    page = text(client.get(PAGE))
    assert 'value="imagery"' not in page
    assert client.post(PAGE, WISH | {"first": "imagery"}).status_code == 422


# --- Living it -----------------------------------------------------------------------------------


def test_the_page_says_what_today_has_and_takes_one_tap(client: Client, person: Person) -> None:
    client.post(PAGE, WISH)
    day = ComparisonDay.objects.first()
    assert day
    drawn = "breathing" if day.is_first else "walking"
    assert f'<a class="button first" href="/practice/{drawn}/">' in text(client.get(PAGE))
    client.post("/a-or-b/rate/", {"on": day.on.isoformat(), "rating": "4"})
    assert "You said 4 of 10" in text(client.get(PAGE))
    client.post("/a-or-b/rate/", {"on": day.on.isoformat(), "rating": ""})
    day.refresh_from_db()
    assert day.rating is None


def test_what_became_shut_is_left_out_that_day(client: Client, person: Person) -> None:
    client.post(PAGE, WISH)
    ComparisonDay.objects.update(is_first=False)
    newest = person.newest_finished
    assert newest
    newest.answers = newest.answers | {"safety_soon": ["night_pain"]}
    newest.safety_level = "soon"
    newest.save()
    page = text(client.get(PAGE))
    assert "It is not for you right now" in page
    assert 'href="/practice/walking/"' not in page


@pytest.mark.parametrize(("later", "may"), [(-1, False), (0, True), (1, True), (2, True), (3, False)])
def test_a_day_is_rated_on_it_or_soon_after(person: Person, later: int, *, may: bool) -> None:
    row = a_comparison(person)
    on = row.began_on + timedelta(days=4)
    assert rate(row, on, 5, today=on + timedelta(days=later)) is may


def test_a_night_is_rated_from_the_next_day_on(person: Person) -> None:
    row = a_comparison(person, outcome="sleep")
    assert not rate(row, row.began_on, 5, today=row.began_on)
    assert rate(row, row.began_on, 5, today=row.began_on + timedelta(days=1))


def test_no_other_day_and_no_other_figure_is_taken(client: Client, person: Person) -> None:
    client.post(PAGE, WISH)
    for told in ({"on": "2020-01-01", "rating": "4"}, {"on": "x", "rating": "4"}, {"on": "2026-11-28", "rating": "11"}):
        client.post("/a-or-b/rate/", told)
    assert all(day.rating is None for day in ComparisonDay.objects.all())


def test_nothing_is_told_while_it_runs(client: Client, person: Person) -> None:
    row = a_comparison(person, at=timezone.now())
    row.days.filter(on__gt=row.began_on).update(rating=3)
    page = text(client.get(PAGE))
    assert "told in the end" in page
    assert "points" not in page.partition("So far")[2]


# --- What it showed ------------------------------------------------------------------------------


def test_a_clear_difference_names_the_better_one_with_its_interval(person: Person) -> None:
    row = rated(a_comparison(person), 2, 6)
    assert finding_of(row).answer is Answer.FIRST
    assert words(row).startswith("Days with A were better than days with B, by about 4.0 points of 10")
    row = rated(row, 6, 2)
    assert words(row).startswith("Days with B were better than days with A, by about 4.0 points of 10")


def test_where_more_is_better_the_higher_one_is(person: Person) -> None:
    row = rated(a_comparison(person, outcome="able"), 2, 6)
    assert words(row).startswith("Days with B were better")


def test_no_difference_is_not_called_the_same(person: Person) -> None:
    row = rated(a_comparison(person), 4, 4)
    assert "That is not proof that they are the same" in words(row)
    assert f"about {of_100(row.power)} of 100 such tries" in words(row)


def test_few_days_say_nothing(person: Person) -> None:
    row = a_comparison(person)
    row.days.filter(on__lte=row.began_on + timedelta(days=4)).update(rating=3)
    assert words(row).startswith("Too few days were rated to say anything:")


def test_stopping_is_allowed_and_said(client: Client, person: Person) -> None:
    row = a_comparison(person, at=timezone.now() - timedelta(days=9))
    row.days.filter(on__lte=row.began_on + timedelta(days=8)).update(rating=3)
    client.post("/a-or-b/stop/")
    page = text(client.get(PAGE))
    assert "stopped before its last day" in page
    assert "Begin a comparison" in page
    assert Comparison.objects.get().was_stopped


def test_what_was_stopped_is_judged_more_strictly(person: Person) -> None:
    row = a_comparison(person)
    row.days.filter(is_first=True).update(rating=2)
    row.days.filter(is_first=False).update(rating=6)
    row.days.filter(on__gte=row.began_on + timedelta(days=12)).update(rating=None)
    assert finding_of(Comparison.objects.get(pk=row.pk)).answer is Answer.FIRST
    stop(row, NOON)
    assert finding_of(Comparison.objects.get(pk=row.pk)).answer is Answer.NOT_SEEN


def test_it_ends_by_itself_when_no_day_can_be_rated_any_more(person: Person) -> None:
    row = a_comparison(person)
    last = row.began_on + timedelta(days=13)
    assert close_if_over(row, today=last + timedelta(days=2), at=NOON).ended_at is None
    assert close_if_over(row, today=last + timedelta(days=3), at=NOON).ended_at == NOON
    assert not Comparison.objects.get().was_stopped


def test_the_picture_has_a_shape_for_each_and_the_list_says_the_same(client: Client, person: Person) -> None:
    row = rated(a_comparison(person, at=timezone.now() - timedelta(days=20)), 2, 6)
    page = text(client.get(PAGE))
    assert page.count('class="mark within"') == page.count('class="mark second"') == 7
    assert page.count("<li>", page.index("Each day")) >= row.days.count()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_rated_days_make_a_plain_picture_or_none(client: Client, person: Person, count: int) -> None:
    row = a_comparison(person, at=timezone.now() - timedelta(days=20))
    row.days.filter(pk__in=[day.pk for day in row.days.all()[:count]]).update(rating=5)
    page = text(client.get(PAGE))
    assert "Too few days were rated to say anything" in page
    assert page.count('class="mark') == count
    assert ('<svg class="readings"' in page) == bool(count)


# --- My data -------------------------------------------------------------------------------------


def test_it_is_taken_along_with_each_day_and_its_chance(person: Person) -> None:
    rated(a_comparison(person), 2, 6)
    assert person.user
    [kept] = export(person.user)["comparisons"]
    assert (kept["first"], kept["outcome"], len(kept["days"])) == ("breathing", "tension", 14)
    assert kept["days"][0]["probability"] == 0.5


def test_what_a_browser_held_is_brought_along_and_one_goes_on(person: Person) -> None:
    waiting = Person.objects.create()
    a_comparison(waiting)
    a_comparison(person)
    bring_along(waiting, person, at=NOON)
    assert person.comparisons.count() == 2
    assert person.comparisons.running().count() == 1
    assert date(2026, 11, 2) in person.comparisons.values_list("began_on", flat=True)
