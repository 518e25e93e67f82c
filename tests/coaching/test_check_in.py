"""A check-in: what was given on a day, once, with nothing copied from another."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.core.progress.scales import GAD7_ITEMS, PEG_ITEMS
from coaching.intake.rechecks import Why, recheck_due
from coaching.models import CheckIn, Person
from coaching.progress.check_ins import keep_check_in
from tests.coaching.shell_makers import a_finished_intake, a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGE = "/check-in/"
PEG_GIVEN = {"peg_1": "5", "peg_2": "4", "peg_3": "6"}


@pytest.fixture
def person(client: Client) -> Person:
    """Somebody who answered the questions three weeks ago, and the danger signs yesterday."""
    found = a_plan(a_member(client), at=timezone.now() - timedelta(days=21)).person
    found.intakes.update(safety_at=timezone.now() - timedelta(days=1))
    return found


def a_check_in(person: Person, days_ago: int, **given: Any) -> CheckIn:
    at = timezone.now() - timedelta(days=days_ago)
    return keep_check_in(person, given, day=at.date(), at=at)


def send(client: Client, **given: Any) -> Any:
    return client.post(PAGE, given)


# --- What is kept --------------------------------------------------------------------------------


def test_what_was_given_is_kept_sealed_and_nothing_else(client: Client, person: Person) -> None:
    answer = send(client, **PEG_GIVEN, note="The stairs went well")
    assert answer.url == "/progress/"
    row = person.check_ins.get()
    assert row.answers == {"peg_1": 5, "peg_2": 4, "peg_3": 6, "note": "The stairs went well"}
    assert "stairs" not in row.sealed_answers


def test_a_second_one_on_a_day_puts_the_first_right(client: Client, person: Person) -> None:
    send(client, function="4", confidence="5")
    assert "You checked in today already" in text(client.get(PAGE))
    send(client, function="6")
    assert person.check_ins.get().answers == {"function": 6, "confidence": 5}


def test_two_tabs_lose_nothing(client: Client, person: Person) -> None:
    for given in ({"function": "4"}, {"confidence": "7"}, {"function": "4"}):
        send(client, **given)
    assert person.check_ins.get().answers == {"function": 4, "confidence": 7}


def test_nothing_tapped_keeps_nothing(client: Client, person: Person) -> None:
    answer = send(client)
    assert answer.status_code == 422
    assert "Nothing was tapped yet." in text(answer)
    assert not person.check_ins.exists()


@pytest.mark.parametrize("given", [{"peg_1": "11"}, {"function": "-1"}, {"confidence": "4.5"}, {"gad_1": ["1", "2"]}])
def test_what_is_no_answer_is_refused_with_the_rest_kept_on_the_page(
    client: Client, person: Person, given: dict[str, Any]
) -> None:
    answer = send(client, note="Still here", **given)
    assert answer.status_code == 422
    assert "Still here" in text(answer)
    assert not person.check_ins.exists()


def test_a_day_cannot_be_chosen(client: Client, person: Person) -> None:
    send(client, function="4", day="2020-01-01", at="2031-01-01", given_at="2031-01-01")
    assert person.check_ins.get().day == timezone.now().date()


def test_the_day_is_that_of_the_persons_own_zone(client: Client, person: Person, monkeypatch: Any) -> None:
    Profile.objects.update_or_create(user=person.user, defaults={"time_zone": "Pacific/Auckland"})
    late = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    send(client, function="4")
    assert person.check_ins.get().day.isoformat() == "2026-12-02"


def test_today_can_be_taken_back_and_no_other_day(client: Client, person: Person) -> None:
    a_check_in(person, 8, function=3)
    send(client, function="4")
    client.post("/check-in/take-back/")
    assert [row.answers for row in person.check_ins.all()] == [{"function": 3}]


# --- What is asked -------------------------------------------------------------------------------


def test_nothing_comes_filled_in_from_another_day(client: Client, person: Person) -> None:
    a_check_in(person, 8, function=3, confidence=4, peg_1=5, peg_2=5, peg_3=5)
    assert " checked" not in text(client.get(PAGE))


@pytest.mark.parametrize(("days", "asks"), [(1, False), (6, False), (7, True), (30, True)])
def test_pain_is_asked_once_a_week_at_most(client: Client, person: Person, days: int, *, asks: bool) -> None:
    a_check_in(person, days, **dict.fromkeys(PEG_ITEMS, 5))
    assert ('name="peg_1"' in text(client.get(PAGE))) is asks


@pytest.mark.parametrize(("days", "asks"), [(7, False), (13, False), (14, True)])
def test_worry_is_asked_every_two_weeks_at_the_earliest(
    client: Client, person: Person, days: int, *, asks: bool
) -> None:
    a_check_in(person, days, **dict.fromkeys(GAD7_ITEMS, 1))
    assert ('name="gad_1"' in text(client.get(PAGE))) is asks


def test_what_is_not_asked_is_not_taken(client: Client, person: Person) -> None:
    a_check_in(person, 3, **dict.fromkeys(PEG_ITEMS, 5))
    send(client, function="4", **PEG_GIVEN)
    assert person.check_ins.last().answers == {"function": 4}


def test_a_day_to_come_from_a_wrong_clock_holds_nothing_up(client: Client, person: Person) -> None:
    a_check_in(person, -3, **dict.fromkeys(PEG_ITEMS, 5))
    assert 'name="peg_1"' in text(client.get(PAGE))


def test_a_flight_over_the_date_line_asks_nothing_anew_and_loses_nothing(
    client: Client, person: Person, monkeypatch: Any
) -> None:
    """From Kiribati to Samoa one lands on the day before."""
    profile, _ = Profile.objects.update_or_create(user=person.user, defaults={"time_zone": "Pacific/Kiritimati"})
    landed = datetime.combine(timezone.now().date(), time(10, 30), tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: landed)
    send(client, **PEG_GIVEN, function="4")
    Profile.objects.filter(pk=profile.pk).update(time_zone="Pacific/Pago_Pago")
    page = text(client.get(PAGE))
    assert 'name="peg_1"' not in page and 'name="function"' in page
    send(client, function="7")
    rows = list(person.check_ins.all())
    assert [row.answers.get("function") for row in rows] == [7, 4]
    assert (rows[1].day - rows[0].day).days == 2
    assert client.get("/progress/").status_code == 200


def test_half_of_a_scale_is_kept_and_is_no_reading(client: Client, person: Person) -> None:
    send(client, peg_1="9", function="3")
    assert person.check_ins.get().answers == {"peg_1": 9, "function": 3}
    measures = {one.slug: one for one in client.get("/progress/").context["given"].measures}
    assert [row.shown for row in measures["function"].rows] == ["3"]
    assert len(measures["peg"].rows) == 1, "that of the first questions alone"


def test_the_whole_worry_scale_is_asked_where_it_was_given_before(client: Client) -> None:
    a_finished_intake(a_visitor(client), timezone.now() - timedelta(days=21))
    page = text(client.get(PAGE))
    assert "Five more questions" not in page
    assert 'name="gad_7"' in page


def test_with_numbers_of_pain_off_none_is_asked(client: Client, person: Person) -> None:
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})
    page = text(client.get(PAGE))
    assert "peg_" not in page
    assert 'name="function"' in page
    assert 'name="gad_1"' in page


def test_a_stranger_is_led_to_the_questions(client: Client) -> None:
    assert client.get(PAGE).url == "/intake/"


# --- Danger --------------------------------------------------------------------------------------


def test_pain_up_by_two_asks_for_the_danger_signs_again(client: Client, person: Person) -> None:
    told = person.newest_finished
    assert told
    send(client, peg_1=str(told.answers["peg_1"] + 2), peg_2="6", peg_3="6")
    person = Person.objects.get(pk=person.pk)
    assert recheck_due(person, person.newest_finished, timezone.now()) is Why.PAIN
    assert "Your pain is up. Is anything new?" in text(client.get("/progress/"))


def test_after_two_weeks_the_signs_stand_before_the_questions(client: Client, person: Person) -> None:
    person.intakes.update(safety_at=timezone.now() - timedelta(days=15))
    page = text(client.get(PAGE))
    assert page.index("Two weeks have gone by.") < page.index('name="function"')


def test_a_wish_to_die_in_the_note_is_answered_and_never_read_back(client: Client, person: Person) -> None:
    send(client, note="I want to die")
    page = text(client.get("/progress/"))
    assert "If any of this is heavy right now, talk to someone." in page
    assert "I want to die" not in page


# --- When it is offered --------------------------------------------------------------------------


def offered(client: Client) -> bool:
    return "two minutes: how has it been lately?" in text(client.get("/today/"))


def test_today_offers_one_a_week_after_the_last(client: Client, person: Person) -> None:
    assert offered(client)
    a_check_in(person, 6, function=4)
    assert not offered(client)
    person.check_ins.all().delete()
    a_check_in(person, 7, function=4)
    assert offered(client)


@pytest.mark.parametrize("days", [60, 400])
def test_a_clock_that_was_wrong_takes_no_offer_away(client: Client, person: Person, days: int) -> None:
    a_check_in(person, -days, function=4)
    assert offered(client)


def test_a_clock_that_was_a_day_ahead_moves_the_offer_by_a_day(client: Client, person: Person) -> None:
    a_check_in(person, -1, function=4)
    assert not offered(client)
    person = Person.objects.get(pk=person.pk)
    assert person.check_in_from == timezone.now().date() + timedelta(days=8)


def test_where_all_is_steady_it_is_offered_every_four_weeks(client: Client, person: Person) -> None:
    person.intakes.all().update(sealed_answers="")
    for weeks in (4, 3, 2, 1):
        a_check_in(person, weeks * 7, function=5, confidence=6)
    assert not offered(client)
    a_check_in(person, 6, function=9)
    person = Person.objects.get(pk=person.pk)
    assert person.check_in_from
    assert (person.check_in_from - timezone.now().date()).days <= 1


def test_whoever_answered_yesterday_is_not_asked_today(client: Client) -> None:
    a_plan(a_member(client), at=timezone.now() - timedelta(days=1))
    assert not offered(client)
