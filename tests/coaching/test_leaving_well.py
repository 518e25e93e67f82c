"""Leaving well: what helped and what is kept, three letters and then silence, and one tap to come back."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import OutgoingMail, ReminderWish, Suppression, SuppressionReason
from coaching import tasks
from coaching.belongings.joining import bring_along
from coaching.belongings.my_data import erase, export, forget_strangers
from coaching.core.progress.scales import GAD7_ITEMS
from coaching.core.week.leaving import months_after
from coaching.models import Booster, Ending, LogEntry, Person, Rhythm, Week, WeekStep
from coaching.progress.check_ins import keep_check_in
from coaching.week import boosters
from tests.coaching.reminder_makers import a_wish
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text, the_user
from tests.coaching.tool_makers import an_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
DAY = timedelta(days=1)
TOLD = {"helped": "Slow breath", "kept": ["walking"], "signs": "Bad nights", "needs": "yes", "wants_letters": "on"}


@pytest.fixture
def person(client: Client) -> Person:
    found = a_member(client)
    a_plan(found, at=timezone.now(), triggers=["bad_night"])
    client.post("/week/make/")
    return found


def leave(client: Client, **told: Any) -> str:
    kept = Ending.objects.count() or TOLD
    given = {**(kept if isinstance(kept, dict) else TOLD), **told}
    page = client.get("/leaving/")
    practices = page.context["form"].fields["kept"].choices if page.context else []
    given["kept"] = [slug for slug, _ in practices][:1]
    return text(client.post("/leaving/", given, follow=True))


def due(ending: Ending) -> list[date]:
    return [one.due_on for one in ending.boosters.all()]


def sent_at(day: date) -> int:
    return boosters.send_due(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def test_the_page_begins_with_the_persons_own_data(client: Client, person: Person) -> None:
    an_entry(person, "flare-plan", first=[{"do": "Change position"}], people=[{"who": "Ada"}])
    page = text(client.get("/leaving/"))
    assert "A bad night turns it up." in page and "Change position" in page and "Ada" in page


def test_leaving_sooner_and_at_the_planned_end_are_told_apart(client: Client, person: Person) -> None:
    leave(client)
    client.post("/leaving/back/")
    today = timezone.now().date()
    Rhythm.objects.update(began_on=today - 56 * DAY, ends_on=today)
    client.post("/leaving/", {"needs": "yes"})
    assert [one.was_planned for one in Ending.objects.order_by("at")] == [False, True]


def test_what_is_left_with_is_kept_sealed_and_shown(client: Client, person: Person) -> None:
    page = leave(client)
    ending = Ending.objects.get()
    assert "You need this less. That is what it was for." in page
    assert "Slow breath" in page and "Bad nights" in page
    assert "Slow breath" not in ending.sealed_words
    assert ending.needs_it_less and ending.kept
    today = timezone.now().date()
    assert due(ending) == [months_after(today, month) for month in (1, 3, 6)]
    assert {one.probability for one in ending.boosters.all()} == {1}


def test_leaving_twice_is_leaving_once(client: Client, person: Person) -> None:
    leave(client)
    client.post("/leaving/", TOLD)
    assert (Ending.objects.count(), Booster.objects.count()) == (1, 3)


def test_reminders_stop_with_it(client: Client, person: Person) -> None:
    a_wish(person.user)
    leave(client)
    wish = ReminderWish.objects.get()
    assert (wish.stopped, wish.next_reminder_at) == ("left", None)
    assert Ending.objects.get().had_reminders == "mail"


def test_three_letters_leave_once_each_and_then_there_is_silence(client: Client, person: Person) -> None:
    leave(client)
    days = due(Ending.objects.get())
    start = days[0] - 40 * DAY
    sent = [start + DAY * number for number in range(400) if sent_at(start + DAY * number)]
    assert sent == days
    assert [sent_at(day) for day in days] == [0, 0, 0]
    letters = OutgoingMail.objects.order_by("pk")
    assert [row.to for row in letters] == ["nadia@example.org"] * 3
    assert "This was the last letter." in letters[2].text and "last letter" not in letters[0].text
    assert "Bad nights" not in "".join(row.text for row in letters)
    assert len(mail.outbox) <= 3


def test_a_letter_that_would_come_late_does_not_come(client: Client, person: Person) -> None:
    leave(client)
    assert sent_at(due(Ending.objects.get())[0] + 9 * DAY) == 0


def test_nobody_who_did_not_ask_gets_a_letter(client: Client, person: Person) -> None:
    leave(client, wants_letters="")
    assert [sent_at(day) for day in due(Ending.objects.get())] == [0, 0, 0]


def test_no_letter_goes_to_a_mailbox_that_sends_mail_back(client: Client, person: Person) -> None:
    leave(client)
    Suppression.objects.add_address(the_user().email, SuppressionReason.BOUNCED)
    assert [sent_at(day) for day in due(Ending.objects.get())] == [0, 0, 0]


def test_the_look_back_takes_three_taps_and_is_answered_once(client: Client, person: Person) -> None:
    leave(client)
    assert "There is nothing to look back on today." in text(client.get("/leaving/look/"))
    Booster.objects.filter(month=1).update(due_on=timezone.now().date())
    page = text(client.post("/leaving/look/", {"doing": "7", "calm": "6"}, follow=True))
    assert "There is nothing else to do." in page
    client.post("/leaving/look/", {"doing": "0"})
    one = Booster.objects.get(month=1)
    assert (one.doing, one.calm, one.confidence) == (7, 6, None)


def test_coming_back_is_one_tap_and_asks_only_what_may_have_changed(client: Client, person: Person) -> None:
    leave(client)
    days = due(Ending.objects.get())
    assert "You left, and that is the aim" in text(client.get("/today/"))
    answer = client.post("/leaving/back/")
    assert answer.url == "/intake/safety/"
    newest = person.intakes.order_by("-id")[0]
    assert newest.is_check_in
    ending, rhythm = Ending.objects.get(), Rhythm.objects.get()
    assert ending.returned_at and rhythm.left_at is None
    assert rhythm.ends_on - rhythm.began_on == timedelta(weeks=8)
    assert [sent_at(day) for day in days] == [0, 0, 0]
    leave(client)
    assert Ending.objects.count() == 2


def test_words_that_call_for_care_are_heard_when_leaving(client: Client, person: Person) -> None:
    assert "You do not have to carry this alone" in leave(client, note="I want to kill myself")


# --- The log ---------------------------------------------------------------------------------------


def tap(client: Client, kind: str, key: str = "a-page-of-the-log-1", **told: Any) -> Any:
    return client.post("/log/", {"client_id": key, "kind": kind, **told})


def test_each_is_one_tap_and_a_double_tap_is_one(client: Client, person: Person) -> None:
    tap(client, "mood", value="3")
    tap(client, "mood", value="3")
    tap(client, "activity", value="1")
    tap(client, "managed", what="Two stairs")
    tap(client, "treatment", category="Warm bath", amount="20 minutes")
    tap(client, "trigger", trigger="stress")
    page = text(client.get("/log/"))
    assert LogEntry.objects.count() == 5
    for words in (
        "It was turned up by: Stress or conflict",
        "Mood: Good",
        "Activity: A little",
        "Two stairs",
        "Warm bath, 20 minutes",
    ):
        assert words in page
    assert "Two stairs" not in LogEntry.objects.get(kind="managed").sealed_words


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("mood", {}),
        ("mood", {"value": "9"}),
        ("managed", {"what": ""}),
        ("luck", {}),
        ("treatment", {"amount": "2"}),
        ("trigger", {"trigger": "the moon"}),
    ],
)
def test_what_says_nothing_is_not_kept(client: Client, person: Person, kind: str, told: dict[str, str]) -> None:
    assert tap(client, kind, **told).status_code == 422
    assert not LogEntry.objects.exists()


def test_an_entry_is_deleted_by_its_owner_alone(client: Client, person: Person) -> None:
    tap(client, "mood", value="3")
    entry = LogEntry.objects.get()
    other = Client()
    a_plan(a_member(other, "walter@example.org"))
    other.post("/log/forget/", {"entry": entry.pk})
    assert LogEntry.objects.count() == 1
    client.post("/log/forget/", {"entry": entry.pk})
    assert not LogEntry.objects.exists()


def test_more_logging_with_a_lower_mood_is_named_with_an_offer_to_stop(client: Client, person: Person) -> None:
    now = timezone.now()
    for number in range(26):
        ago, mood = (number % 14, 0) if number < 20 else (15 + number % 6, 3)
        at = now - DAY * ago
        person.log.create(client_id=f"entry-{number:016}", kind="mood", on=at.date(), at=at, value=mood)
    page = text(client.get("/log/"))
    assert "You log more, and it has been harder" in page and "Let it rest" in page
    client.post("/log/stop/")
    page = text(client.get("/log/"))
    assert "The log rests" in page and "it has been harder" not in page
    assert LogEntry.objects.count() == 26
    client.post("/log/stop/", {"do": "again"})
    assert "What I managed" in text(client.get("/log/"))


def test_of_whoever_logs_little_no_check_in_is_read(client: Client, person: Person) -> None:
    at = timezone.now()
    for ago in range(20):
        day = at - DAY * ago
        keep_check_in(person, dict.fromkeys(GAD7_ITEMS, 2), day=day.date(), at=day)
    tap(client, "mood", value="3")
    client.get("/log/")
    with CaptureQueriesContext(connection) as queries:
        assert "Mood: Good" in text(client.get("/log/"))
    assert [one["sql"] for one in queries if "coaching_checkin" in one["sql"]] == []


def test_more_logging_with_more_worry_is_named_without_a_tap_on_mood(client: Client, person: Person) -> None:
    now = timezone.now()
    for number in range(20):
        at = now - DAY * (number % 14)
        person.log.create(client_id=f"entry-{number:016}", kind="activity", on=at.date(), at=at, value=2)
    person.intakes.update(finished_at=now - DAY * 40)
    for ago, each in ((20, 1), (2, 2)):
        at = now - DAY * ago
        keep_check_in(person, dict.fromkeys(GAD7_ITEMS, each), day=at.date(), at=at)
    assert "You log more, and it has been harder" in text(client.get("/log/"))


# --- What is theirs --------------------------------------------------------------------------------


def everything(client: Client, person: Person) -> None:
    step = WeekStep.objects.select_related("week").filter(week__person=person)[0]
    step.place = "Kitchen chair"
    step.save()
    client.post("/week/small-step/", {"words": "Two stairs"})
    tap(client, "managed", what="Sang a song")
    client.post("/week/easier/")
    client.post("/week/review/", {"confidence": "7", "in_the_way": ["time"]})


def test_all_of_it_is_in_the_file_and_none_is_left_after_erasing(client: Client, person: Person) -> None:
    everything(client, person)
    leave(client)
    kept = json.dumps(export(the_user()), default=str)
    for words in ("Kitchen chair", "Two stairs", "Sang a song", "too_much", "Slow breath", '"confidence": 7'):
        assert words in kept, words
    erase(the_user())
    for model in (Rhythm, Week, WeekStep, LogEntry, Ending, Booster):
        assert not model.objects.exists(), model


def test_a_week_made_before_logging_in_comes_along_and_opens(client: Client) -> None:
    waiting, member = a_visitor(client), a_member(Client(), "walter@example.org")
    a_plan(waiting, at=timezone.now())
    client.post("/week/make/")
    everything(client, waiting)
    bring_along(waiting, member, at=timezone.now())
    kept = json.dumps(export(the_user("walter@example.org")), default=str)
    for words in ("Kitchen chair", "Two stairs", "Sang a song"):
        assert words in kept, words


def test_the_accounts_own_weeks_stay_and_the_log_of_both_is_kept(client: Client, person: Person) -> None:
    own = Week.objects.get()
    browser = Client()
    waiting = a_visitor(browser)
    a_plan(waiting, at=timezone.now())
    browser.post("/week/make/")
    tap(browser, "managed", what="Sang a song")
    bring_along(waiting, person, at=timezone.now())
    assert Week.objects.get() == own
    assert LogEntry.objects.get().words == {"what": "Sang a song"}


def test_a_stranger_is_forgotten_with_their_weeks(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person, at=timezone.now())
    client.post("/week/make/")
    Person.objects.filter(pk=person.pk).update(seen_on=timezone.now().date() - 400 * DAY)
    assert forget_strangers(timezone.now())
    assert not Week.objects.exists()


def test_workers_send_the_letters(client: Client, person: Person) -> None:
    leave(client)
    Booster.objects.filter(month=1).update(due_on=timezone.now().date())
    tasks.send_boosters.call()
    assert OutgoingMail.objects.count() == 1
    assert tasks.send_boosters in [task for task, _ in tasks.PERIODIC]
