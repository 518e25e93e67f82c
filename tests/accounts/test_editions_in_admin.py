"""Staff write a letter, are stopped by a check, mend it, try it, schedule it, and watch it go."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.core.zoned import moment_in
from accounts.letters import editions
from accounts.models import Delivery, DeliveryState, Edition, EditionKind, EditionStatus, Subscriber, User
from content.models import Tip
from tests.accounts.letters import WORDS, a_guide, a_reference, a_tip, an_edition
from tests.accounts.people import NOON, mail_to, make_subscriber, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/edition/"


@pytest.fixture
def staff(client: Client) -> Client:
    a_guide()
    a_reference("wood19")
    a_tip()
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    return client


def page_of(edition: Edition) -> str:
    return f"{LIST}{edition.pk}/change/"


def shown(client: Client, edition: Edition) -> str:
    return client.get(page_of(edition)).content.decode()


def do(client: Client, edition: Edition, move: str, **fields: Any) -> Any:
    return client.post(f"{LIST}{edition.pk}/{move}/do/", fields, follow=True)


def schedule(client: Client, edition: Edition, **changed: Any) -> Any:
    """With somebody to read it, as nothing is scheduled for nobody."""
    if not Subscriber.objects.exists():
        make_subscriber("reader@example.org", language=edition.language)
    answers = {"when": "", "time_zone": "UTC", "hours_late": 24, "first_batch": 0, "pause_minutes": 30}
    return client.post(f"{LIST}{edition.pk}/schedule/", {**answers, "rate_per_minute": 0, **changed})


def status(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).status


TYPED = {
    "subject": "A minute of calm",
    "slug": "a-minute-of-calm",
    "preheader": "One small thing to try today.",
    "words": WORDS,
    "first_tip": "six-soft-breaths",
    "second_tip": "",
    "third_tip": "",
    "fourth_tip": "",
    "practice": "breathing",
    "topics": ["sleep"],
    "language": "en",
}


def test_a_letter_is_written_from_words_tips_and_a_practice(staff: Client) -> None:
    answer = staff.post(f"{LIST}add/", TYPED, follow=True)
    edition = Edition.objects.get()
    assert (edition.tips, edition.practice, edition.topics) == (["six-soft-breaths"], "breathing", ["sleep"])
    assert edition.author == User.objects.get()
    assert "The checks found no error" in answer.content.decode()


def test_the_tips_keep_their_order_and_none_is_chosen_twice(staff: Client) -> None:
    a_tip("a-second-tip", title="A second tip")
    staff.post(f"{LIST}add/", {**TYPED, "first_tip": "six-soft-breaths", "second_tip": "a-second-tip"})
    assert Edition.objects.get().tips == ["six-soft-breaths", "a-second-tip"]
    again = {**TYPED, "slug": "again", "second_tip": "six-soft-breaths"}
    assert "chosen twice" in staff.post(f"{LIST}add/", again).content.decode()


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"words": "Dear {{ name }}, hello."}, "broken placeholder: {{ name }}"),
        ({"subject": "Hello {{ name }}"}, "broken placeholder"),
        ({"subject": "x" * 79}, "78 at most"),
        ({"words": "Look: ![](/x.png)"}, "an image that is none of our pictures"),
        ({"words": "See [it](/nowhere/)."}, "no known page"),
        ({"tips": ["no-such-tip"]}, "no-such-tip"),
    ],
)
def test_a_letter_with_an_error_cannot_be_scheduled(staff: Client, broken: dict[str, Any], words: str) -> None:
    edition = an_edition(**broken)
    assert "before it can be scheduled" in shown(staff, edition)
    answer = schedule(staff, edition)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert status(edition) == EditionStatus.DRAFT


def test_a_warning_is_listed_and_stops_nothing(staff: Client) -> None:
    edition = an_edition(preheader="")
    assert "thing to look at" in shown(staff, edition)
    assert schedule(staff, edition).status_code == 302
    assert status(edition) == EditionStatus.SCHEDULED


def test_a_time_is_meant_in_its_zone(staff: Client) -> None:
    edition = an_edition()
    day = f"{timezone.now() + timedelta(days=400):%Y}-07-01"
    schedule(staff, edition, when=f"{day}T09:30", time_zone="Europe/Paris", first_batch=50, pause_minutes=45)
    kept = Edition.objects.get()
    assert kept.send_at == datetime.fromisoformat(f"{day}T07:30:00+00:00")
    assert kept.not_after == kept.send_at + timedelta(hours=24)
    assert (kept.time_zone, kept.first_batch, kept.first_batch_pause) == ("Europe/Paris", 50, timedelta(minutes=45))
    assert "09:30 (Europe/Paris)" in shown(staff, edition)


def test_hours_that_come_twice_or_never_are_known() -> None:
    typed = datetime.fromisoformat
    assert moment_in(typed("2026-03-29T02:30"), "Europe/Paris") is None
    assert moment_in(typed("2026-10-25T02:30"), "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_in(typed("2026-11-22T09:00"), "UTC") == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": "2001-01-01T10:00"},
        {"when": "soon"},
        {"time_zone": "Mars/Olympus"},
        {"hours_late": 0},
        {"first_batch": -1},
        {"pause_minutes": ""},
        {"rate_per_minute": "fast"},
    ],
)
def test_a_plan_that_will_not_do_is_refused(staff: Client, wrong: dict[str, Any]) -> None:
    edition = an_edition()
    assert schedule(staff, edition, **wrong).status_code == 422
    assert status(edition) == EditionStatus.DRAFT


def test_what_was_scheduled_is_frozen_and_can_be_taken_back(staff: Client) -> None:
    edition = an_edition(tips=["six-soft-breaths"])
    schedule(staff, edition)
    Tip.objects.update(title="Another title")
    assert "Six soft breaths" in staff.get(f"{LIST}{edition.pk}/preview/html/").content.decode()
    assert staff.post(page_of(edition), TYPED).status_code == 403
    do(staff, edition, "unschedule")
    assert status(edition) == EditionStatus.DRAFT
    assert "Another title" in staff.get(f"{LIST}{edition.pk}/preview/html/").content.decode()


def test_it_is_looked_at_as_mail_as_text_and_as_a_page(staff: Client) -> None:
    edition = an_edition(tips=["six-soft-breaths"], words="Hello. [Choose less]({{ preferences }}).")
    mail, text, page = (staff.get(f"{LIST}{edition.pk}/preview/{form}/") for form in ("html", "text", "page"))
    assert "'unsafe-inline'" in mail.headers["Content-Security-Policy"]
    assert "script-src 'none'" in mail.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]
    assert text.headers["Content-Type"].startswith("text/plain")
    for form in (mail, text, page):
        assert "Six soft breaths" in form.content.decode()
        assert "\ue000" not in form.content.decode()


def test_a_test_letter_goes_to_whoever_asked_and_to_nobody_else(staff: Client) -> None:
    make_subscriber()
    answer = do(staff, an_edition(), "test").content.decode()
    assert "on its way to editor@example.org" in answer
    [letter] = mail_to("editor@example.org")
    assert letter.subject == "[Test] A minute of calm"
    assert "\ue000" not in letter.text + letter.html
    assert not mail_to("walter@example.org") and not Delivery.objects.exists()


def test_the_audience_is_counted_by_topic_and_language(staff: Client) -> None:
    make_subscriber("nadia@example.org", topics=["sleep"])
    make_subscriber("mateo@example.org", topics=["sleep"], language="es")
    make_subscriber("walter@example.org", topics=["flares"])
    assert "1 person would get it" in shown(staff, an_edition(topics=["sleep"]))
    assert "2 people would get it" in shown(staff, an_edition("to-all", topics=[]))


def sending(**fields: Any) -> Edition:
    edition = an_edition(**fields)
    editions.schedule(edition, send_at=timezone.now(), not_after=None)
    editions.start(edition, at=timezone.now())
    return edition


def test_it_is_paused_resumed_and_cancelled_by_buttons(staff: Client) -> None:
    edition = sending()
    for move, then in (("pause", "paused"), ("resume", "sending"), ("pause", "paused"), ("cancel", "cancelled")):
        do(staff, edition, move)
        assert status(edition) == then
    assert do(staff, edition, "resume").status_code == 403


def test_a_pause_says_who_did_it(staff: Client) -> None:
    edition = sending()
    do(staff, edition, "pause")
    assert "Paused by editor@example.org" in shown(staff, edition)


def test_the_rate_is_changed_on_the_way(staff: Client) -> None:
    edition = sending()
    do(staff, edition, "rate", rate_per_minute=120)
    assert Edition.objects.get().rate_per_minute == 120
    assert "whole number" in do(staff, edition, "rate", rate_per_minute="fast").content.decode()


def test_progress_is_counted_and_problems_are_told_in_words(staff: Client) -> None:
    edition, at = sending(), timezone.now()
    for name, state in (
        ("nadia", DeliveryState.SENT),
        ("mateo", DeliveryState.FAILED),
        ("walter", DeliveryState.BOUNCED),
    ):
        Delivery.objects.create(
            edition=edition,
            subscriber=make_subscriber(f"{name}@example.org"),
            state=state,
            next_try_at=at,
            sent_at=at if state == DeliveryState.SENT else None,
            problem="" if state == DeliveryState.SENT else "The mailbox is full.",
        )
    page = shown(staff, edition)
    assert ">1 sent</a>" in page and ">1 bounced</a>" in page
    assert "2 letters: The mailbox is full." in page


def test_a_copy_is_a_draft_of_its_own(staff: Client) -> None:
    edition = an_edition(tips=["six-soft-breaths"])
    do(staff, edition, "copy")
    do(staff, edition, "copy")
    assert set(Edition.objects.values_list("slug", flat=True)) == {f"a-minute-of-calm{end}" for end in ("", "-2", "-3")}
    assert set(Edition.objects.values_list("status", flat=True)) == {EditionStatus.DRAFT}


def helper_who(*may: str) -> User:
    helper = make_user("helper@example.org", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=may))
    return helper


def test_a_test_letter_goes_to_any_address_that_staff_type(staff: Client) -> None:
    edition = an_edition()
    assert "on its way to proof@example.net" in do(staff, edition, "test", to=" Proof@Example.net ").content.decode()
    assert mail_to("proof@example.net")[0].subject == "[Test] A minute of calm"
    assert "Nothing was sent" in do(staff, edition, "test", to="no address").content.decode()
    assert not mail_to("editor@example.org")


def test_whoever_may_write_may_not_therefore_send(staff: Client) -> None:
    edition = an_edition()
    staff.force_login(helper_who("view_edition", "change_edition"))
    page = shown(staff, edition)
    assert "Send a test" in page and "/schedule/" not in page
    assert schedule(staff, edition).status_code == 403
    assert do(staff, edition, "cancel").status_code == 403
    assert status(edition) == EditionStatus.DRAFT


def test_whoever_may_only_look_changes_nothing(staff: Client) -> None:
    edition = sending()
    staff.force_login(helper_who("view_edition"))
    assert staff.get(page_of(edition)).status_code == 200
    assert do(staff, edition, "test").status_code == 403
    assert do(staff, edition, "pause").status_code == 403


def test_a_stranger_sees_no_preview(client: Client) -> None:
    edition = an_edition()
    assert client.get(f"{LIST}{edition.pk}/preview/html/").status_code == 302


def test_no_move_is_made_by_opening_an_address(staff: Client) -> None:
    edition = sending()
    assert staff.get(f"{LIST}{edition.pk}/pause/do/").status_code == 403
    assert status(edition) == EditionStatus.SENDING


def test_a_letter_of_a_series_may_be_mended_while_it_runs_but_never_broken(staff: Client) -> None:
    edition = an_edition("welcome-hello", kind=EditionKind.SERIES)
    editions.start(edition, at=timezone.now())
    better = {**TYPED, "slug": "welcome-hello", "words": "A better word. You can stop at any time."}
    assert staff.post(page_of(edition), better).status_code == 302
    broken = {**better, "words": "Dear {{ name }}."}
    assert "broken placeholder" in staff.post(page_of(edition), broken).content.decode()
    assert Edition.objects.get().words == "A better word. You can stop at any time."


def test_what_went_out_is_not_deleted(staff: Client) -> None:
    edition = sending()
    assert staff.post(f"{LIST}{edition.pk}/delete/", {"post": "yes"}).status_code == 403
    draft = an_edition("a-draft")
    assert staff.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Edition.objects.all()) == [edition]


def test_the_pages_of_letters_open(staff: Client) -> None:
    sending()
    for path in (LIST, f"{LIST}add/", "/admin/accounts/series/", "/admin/accounts/delivery/"):
        assert staff.get(path).status_code == 200, path


def test_who_was_given_up_gets_it_again_by_one_button(staff: Client) -> None:
    edition = an_edition(status=EditionStatus.FINISHED, started_at=NOON, resumed_at=NOON)
    page = reverse("admin:accounts_edition_change", args=[edition.pk])
    assert b"Send again" not in staff.get(page).content
    Delivery.objects.create(
        edition=edition, subscriber=make_subscriber(), state="failed", next_try_at=NOON, closed_at=NOON, tries=7
    )
    assert b"Send again to the 1 person who was given up" in staff.get(page).content
    do = reverse("admin:accounts_edition_move", args=[edition.pk, "again"])
    assert "It goes again to 1 person." in str(staff.post(do, follow=True).content)
    edition.refresh_from_db()
    assert (edition.status, edition.deliveries.get().state) == (EditionStatus.SENDING, "queued")
