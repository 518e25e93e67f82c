"""The page of reminders: what is chosen is kept, what cannot be is said, and whether they help is shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.members import personal_data, reminder_wishes
from accounts.models import Consent, ConsentKind, Profile, ReminderWish
from coaching.core.findings.reminders import LEAST_SLOTS, LOOK_EVERY
from coaching.core.simulator.made_up_reminders import stopped
from coaching.models import Person, Practice, PushDevice, ReminderSlot
from coaching.reminders import chance, ledger
from coaching.simulator.cohort_files import dice
from tests.coaching.reminder_makers import LONG_AGO, SIX_IN_LISBON, a_wish, sweep_at
from tests.coaching.shell_makers import a_member, text, the_user

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAGE = "/reminders/"
TOLD: dict[str, Any] = {
    "way": "mail",
    "days": ["0", "2"],
    "hour": "18",
    "time_zone": "Europe/Lisbon",
    "quiet_from": "22",
    "quiet_until": "7",
}


def send(client: Client, **told: Any) -> Any:
    return client.post(PAGE, {name: value for name, value in {**TOLD, **told}.items() if value is not None})


def test_what_is_chosen_is_kept_and_the_next_one_is_said(client: Client) -> None:
    a_member(client)
    page = text(client.post(PAGE, TOLD, follow=True))
    wish = ReminderWish.objects.get()
    assert "Saved." in page and "The next one:" in page and "18:00" in page
    assert (wish.days, wish.hour, wish.way, wish.chance, wish.names_step) == ("02", 18, "mail", 1, False)
    assert Profile.objects.get().time_zone == "Europe/Lisbon"
    assert wish.next_reminder_at is not None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": None}, "days"),
        ({"hour": "23"}, "hour"),
        ({"hour": "24"}, "hour"),
        ({"time_zone": ""}, "time_zone"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"quiet_from": "7", "quiet_until": "6", "hour": "6"}, "quiet_until"),
        ({"way": "pigeon"}, "way"),
        ({"way": "push"}, "way"),
        ({"days": ["9"]}, "days"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client: Client, wrong: dict[str, Any], field: str) -> None:
    a_member(client)
    answer = send(client, **wrong)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not ReminderWish.objects.exists()


def test_no_days_are_needed_for_the_calendar_alone(client: Client) -> None:
    a_member(client)
    assert send(client, way="none", days=None).status_code == 302


def test_chance_is_off_until_somebody_ticks_it_and_can_be_taken_back(client: Client) -> None:
    a_member(client)
    send(client)
    kinds = Consent.objects.standing().values_list("kind", flat=True)
    assert set(kinds) == {ConsentKind.REMINDERS}
    send(client, by_chance="on")
    wish = ReminderWish.objects.get()
    assert wish.chance == 0.5 and wish.chance_since
    assert ConsentKind.REMINDERS_BY_CHANCE in set(Consent.objects.standing().values_list("kind", flat=True))
    send(client)
    assert (ReminderWish.objects.get().chance, Consent.objects.standing().count()) == (1, 1)


def test_the_page_stops_them_and_begins_again(client: Client) -> None:
    a_member(client)
    send(client)
    assert "No reminders come now." in text(client.post("/reminders/off/", follow=True))
    send(client)
    assert ReminderWish.objects.get().stopped == ""


def test_a_break_is_ended_on_the_page(client: Client) -> None:
    a_member(client)
    send(client)
    reminder_wishes.pause(ReminderWish.objects.get(), timezone.now().date() + 30 * DAY, timezone.now())
    assert "End the break" in text(client.get(PAGE))
    client.post("/reminders/break/")
    assert ReminderWish.objects.get().paused_until is None


def test_the_page_is_there_in_spanish_and_sends_spanish_ones(client: Client) -> None:
    a_member(client)
    assert "¿Qué días?" in text(client.get("/es/reminders/"))
    client.post("/es/reminders/", TOLD)
    assert ReminderWish.objects.get().language == "es"


def test_the_pages_need_a_log_in_and_a_post(client: Client) -> None:
    for path in (PAGE, "/reminders/help/"):
        assert client.get(path).url.startswith("/accounts/login/")
    a_member(client)
    assert client.get("/reminders/off/").status_code == 405
    assert client.get("/reminders/help/").url == PAGE


@pytest.mark.parametrize("path", [PAGE, "/reminders/help/"])
def test_the_pages_ask_little_of_the_database(
    client: Client, library: None, path: str, django_assert_max_num_queries: Any
) -> None:
    a_member(client)
    wish = a_wish(the_user(), by_chance=True)
    days(wish, sent=(30, 40), quiet=(10, 40))
    client.get(path)
    with django_assert_max_num_queries(7):
        client.get(path)


# --- Left out by chance ------------------------------------------------------------------------------


def days(wish: ReminderWish, *, sent: tuple[int, int], quiet: tuple[int, int], state: str = "") -> None:
    """(practised, of all) of days with a reminder, and without; one day each, the last one a day before the slot."""
    person, _ = Person.objects.get_or_create(user=wish.user)
    told = [(True, place < sent[0]) for place in range(sent[1])] + [
        (False, place < quiet[0]) for place in range(quiet[1])
    ]
    start = SIX_IN_LISBON.replace(minute=0) - DAY * len(told)
    ReminderWish.objects.filter(pk=wish.pk).update(chance_since=start - DAY)
    for place, (goes_out, practised) in enumerate(told):
        at = start + DAY * place
        ReminderSlot.objects.create(
            user=wish.user,
            day=at.date(),
            due_at=at,
            closes_at=at + HOUR,
            probability=0.5,
            goes_out=goes_out,
            state=state or ("sent" if goes_out else "left_out"),
        )
        if practised:
            Practice.objects.create(
                person=person, technique_id="breathing", client_id=f"a-made-up-go-{place:06}", started_at=at + 2 * HOUR
            )


def fresh(wish: ReminderWish) -> ReminderWish:
    found = reminder_wishes.wish_of(wish.user)
    assert found
    return found


def test_half_are_left_out_and_each_draw_keeps_its_chance() -> None:
    a_wish(by_chance=True)
    luck = iter([0.49, 0.5, 0.0, 0.99])
    for number in range(4):
        ledger.put_in_due(SIX_IN_LISBON + DAY * number, luck=lambda: next(luck))
        sweep_at(SIX_IN_LISBON + DAY * number)
    slots = ReminderSlot.objects.order_by("day")
    assert [slot.state for slot in slots] == ["sent", "left_out", "sent", "left_out"]
    assert {slot.probability for slot in slots} == {0.5}


def test_the_chance_of_the_machine_is_even() -> None:
    drawn = [ledger.by_chance() < 0.5 for _ in range(4000)]
    assert 0.45 < sum(drawn) / len(drawn) < 0.55


def test_a_practice_counts_within_twelve_hours_and_what_was_certain_does_not(library: None) -> None:
    wish = a_wish(by_chance=True)
    days(wish, sent=(3, 4), quiet=(1, 3))
    ReminderSlot.objects.filter(goes_out=True).order_by("day").first().delete()
    Practice.objects.order_by("-started_at").update(started_at=SIX_IN_LISBON - 30 * DAY)
    shown = chance.shown_of(fresh(wish), SIX_IN_LISBON)
    assert (shown.sent, shown.quiet) == ((0, 3), (0, 3))
    ReminderSlot.objects.filter(goes_out=True).update(probability=1)
    assert chance.shown_of(fresh(wish), SIX_IN_LISBON).sent == (0, 0)


def test_what_was_seen_before_agreeing_is_not_counted(library: None) -> None:
    wish = a_wish(by_chance=True)
    days(wish, sent=(3, 4), quiet=(1, 3))
    ReminderWish.objects.update(chance_since=SIX_IN_LISBON)
    assert chance.shown_of(fresh(wish), SIX_IN_LISBON + DAY).all == 0


def test_the_effect_is_shown_with_how_sure_it_is(client: Client, library: None) -> None:
    a_member(client)
    wish = a_wish(the_user(), by_chance=True, at=LONG_AGO)
    days(wish, sent=(3, 5), quiet=(1, 5))
    ReminderWish.objects.update(chance_since=SIX_IN_LISBON - 300 * DAY)
    page = text(client.get("/reminders/help/"))
    assert "It is too early to tell." in page and f"At least {LEAST_SLOTS - 5} more days" in page


@pytest.mark.parametrize(
    ("sent", "quiet", "words"),
    [
        ((30, 40), (10, 40), "by more than chance explains"),
        ((20, 40), (18, 40), "It may be chance."),
        ((12, 40), (22, 40), "A few more days will tell."),
    ],
)
def test_the_words_claim_no_more_than_the_numbers(
    client: Client, library: None, sent: tuple[int, int], quiet: tuple[int, int], words: str
) -> None:
    a_member(client)
    days(a_wish(the_user(), by_chance=True), sent=sent, quiet=quiet)
    page = text(client.get("/reminders/help/"))
    assert words in page and "holds the true number for 95 of 100 people" in page


def test_reminders_that_do_harm_stop_at_the_next_look_and_say_so(client: Client, library: None) -> None:
    a_member(client)
    wish = a_wish(the_user(), by_chance=True)
    days(wish, sent=(2, 28), quiet=(26, 28))
    assert (28 + 28) % LOOK_EVERY == 0
    assert sweep_at(SIX_IN_LISBON) == 0
    stopped_wish = ReminderWish.objects.get()
    assert (stopped_wish.stopped, stopped_wish.next_reminder_at) == ("harm", None)
    assert not Consent.objects.standing().exists()
    page = text(client.get(PAGE))
    assert "have stopped by themselves" in page and "says nothing about you" in page


@pytest.mark.parametrize("quiet", [28, 27])
def test_between_two_looks_and_where_they_help_nothing_stops(library: None, quiet: int) -> None:
    wish = a_wish(by_chance=True)
    days(wish, sent=(27, 28) if quiet == 28 else (2, 28), quiet=(2, quiet) if quiet == 28 else (26, quiet))
    sweep_at(SIX_IN_LISBON)
    assert ReminderWish.objects.get().stopped == ""


def test_beginning_again_after_harm_counts_anew(client: Client, library: None) -> None:
    a_member(client)
    wish = a_wish(the_user(), by_chance=True)
    days(wish, sent=(2, 28), quiet=(26, 28))
    sweep_at(SIX_IN_LISBON)
    send(client, by_chance="on")
    again = fresh(wish)
    assert chance.shown_of(again, SIX_IN_LISBON + DAY).all == 0
    assert again.stopped == ""


def test_the_rule_that_was_tried_on_made_up_people_is_the_one_that_stops_reminders() -> None:
    """The simulator and the sweep look at the same times, by the same function."""
    assert (
        chance.effect_of.__module__ == "coaching.core.findings.reminders" == stopped.__globals__["effect_of"].__module__
    )
    assert chance.is_time_to_look is stopped.__globals__["is_time_to_look"]
    assert stopped(-0.45, 60, 56, 0.6, dice("the same rule")) > 0.5


# --- What is theirs ----------------------------------------------------------------------------------


def test_all_of_it_is_in_the_file_and_none_is_left_after_erasing(client: Client) -> None:
    a_member(client)
    wish = a_wish(the_user())
    PushDevice.objects.create(
        user=wish.user, endpoint="https://web.push.apple.com/abc", p256dh="k", auth="a", made_at=SIX_IN_LISBON
    )
    sweep_at(SIX_IN_LISBON)
    kept = personal_data.export(the_user(), at=datetime.now(tz=SIX_IN_LISBON.tzinfo))
    assert kept["reminders"]["days"] == "0123456"
    assert [row["state"] for row in kept["reminders_sent"]["days"]] == ["sent"]
    assert kept["reminders_sent"]["devices"][0]["endpoint"] == "https://web.push.apple.com/abc"
    personal_data.erase(the_user())
    for model in (ReminderWish, ReminderSlot, PushDevice):
        assert not model.objects.exists(), model
