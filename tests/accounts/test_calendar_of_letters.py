"""The week of an editor: what leaves when and to how many, what happened since, and a letter of tips in one step."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from accounts.admin import letters_calendar
from accounts.models import Delivery, Edition, EditionKind, Series, SeriesLetter, StaffAct, Subscriber, User
from tests.accounts.letters import a_guide, a_tip
from tests.accounts.people import make_subscriber, make_user
from tests.accounts.rounds import make_edition
from tests.accounts.test_editions_in_admin import helper_who

pytestmark = pytest.mark.django_db

PAGE = "/admin/accounts/edition/calendar/"
DAY = timedelta(days=1)


@pytest.fixture
def staff(client: Client) -> Client:
    a_guide()
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    return client


def now() -> datetime:
    return timezone.now()


def a_delivery(edition: Edition, email: str, state: str, **fields: Any) -> Delivery:
    at = now()
    sent = {"sent_at": at} if state == "sent" else {}
    person = Subscriber.objects.filter(email=email).first() or make_subscriber(email)
    defaults = {"next_try_at": at, "closed_at": at, **sent}
    return Delivery.objects.create(edition=edition, subscriber=person, state=state, **{**defaults, **fields})


def shown(client: Client) -> str:
    return client.get(PAGE).content.decode()


def link_to(page: str, words: str) -> str:
    found = re.search(rf'<a href="([^"]*)">{re.escape(words)}</a>', page)
    assert found, words
    return found.group(1).replace("&amp;", "&")


def rows_behind(client: Client, page: str, words: str) -> int:
    answer = client.get(link_to(page, words))
    assert answer.status_code == 200, link_to(page, words)
    return len(answer.context["cl"].result_list)


def test_what_is_to_leave_stands_with_its_day_and_its_readers(staff: Client) -> None:
    make_subscriber()
    first = now().replace(minute=0) + 2 * DAY
    make_edition("first", status="scheduled", send_at=first, subject="The first", time_zone="Asia/Tokyo")
    make_edition("second", status="scheduled", send_at=first + DAY, subject="The second")
    page = shown(staff)
    tokyo = first + timedelta(hours=9)
    assert f"{tokyo:%a %d %B, %H:%M} (Asia/Tokyo)" in page
    assert "1 person will get it." in page
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "0 people will get it. Who is left out: 1 had a letter within their pace" in words
    assert page.count("had a letter within their pace") == 1
    assert page.index("The first") < page.index("The second")


def test_what_left_stands_with_what_became_of_it_and_each_number_leads_to_its_rows(staff: Client) -> None:
    edition = make_edition("first", started_at=now() - DAY, resumed_at=now() - DAY)
    other = make_edition("other", started_at=now() - DAY, resumed_at=now() - DAY)
    for number, state in enumerate(["sent", "sent", "sent", "bounced", "failed"]):
        a_delivery(edition, f"reader{number}@example.org", state)
    a_delivery(other, "reader0@example.org", "sent")
    page = shown(staff)
    assert rows_behind(staff, page, "3 sent") == 3
    assert rows_behind(staff, page, "1 bounced") == 1
    assert rows_behind(staff, page, "1 given up") == 1


def test_the_panel_of_an_edition_leads_to_its_rows_too(staff: Client) -> None:
    edition = make_edition("first")
    for number, state in enumerate(["sent", "sent", "skipped"]):
        a_delivery(edition, f"reader{number}@example.org", state)
    Subscriber.objects.filter(email="reader1@example.org").update(unsubscribed_at=now() + DAY)
    page = staff.get(f"/admin/accounts/edition/{edition.pk}/change/").content.decode()
    assert rows_behind(staff, page, "2 sent") == 2
    assert rows_behind(staff, page, "1 not sent any more") == 1
    [stopped] = re.findall(r'href="([^"]*stopped=1)"', page)
    assert len(staff.get(stopped.replace("&amp;", "&")).context["cl"].result_list) == 1


def looked(*moments: datetime) -> None:
    """As if the editor had looked at these, and at no others."""
    of_editor = {"by": User.objects.get(email="editor@example.org").pk, "what": letters_calendar.A_LOOK}
    StaffAct.objects.all().forget_before(now() + DAY)
    for moment in moments:
        act = StaffAct.objects.create(**of_editor)
        QuerySet(StaffAct).filter(pk=act.pk).update(at=moment)


def test_since_last_time_counts_what_was_sent_bounced_and_left(staff: Client) -> None:
    edition, seen = make_edition("first", started_at=now() - 3 * DAY), now() - 2 * DAY
    looked(seen)
    a_delivery(edition, "old@example.org", "sent", closed_at=seen - DAY)
    a_delivery(edition, "new@example.org", "sent")
    a_delivery(edition, "gone@example.org", "bounced")
    Subscriber.objects.update(confirmed_at=seen - 9 * DAY)
    Subscriber.objects.filter(email="old@example.org").update(unsubscribed_at=now(), status="unsubscribed")
    make_subscriber("fresh@example.org", confirmed_at=now())
    page = shown(staff)
    assert f"Since {seen.day} {seen:%B}, {seen:%H:%M} UTC" in page
    news = page.split('id="news-title"')[1].split("</section>")[0]
    assert re.findall(r">(\d+ [a-z ]+)</a>", news) == [
        "1 sent",
        "1 bounced",
        "0 given up",
        "1 came",
        "1 left",
    ]
    assert rows_behind(staff, news, "1 sent") == 1
    assert rows_behind(staff, news, "1 came") == 1
    assert rows_behind(staff, news, "1 left") == 1


def test_looking_twice_within_the_hour_is_one_visit(staff: Client) -> None:
    seen = now() - 2 * DAY
    looked(seen - DAY, seen)
    shown(staff)
    assert f"Since {seen.day} {seen:%B}, {seen:%H:%M} UTC" in shown(staff)
    looked(seen, now() - timedelta(hours=2))
    assert f"Since {seen.day} {seen:%B}, {seen:%H:%M} UTC" not in shown(staff)


def test_since_last_time_is_known_after_a_log_out_and_on_another_device(staff: Client) -> None:
    seen = now() - 12 * DAY
    looked(seen)
    staff.post("/accounts/logout/")
    other = Client()
    other.force_login(User.objects.get(email="editor@example.org"))
    assert f"Since {seen.day} {seen:%B}, {seen:%H:%M} UTC" in shown(other)
    colleague = Client()
    colleague.force_login(make_user("colleague@example.org", is_staff=True, is_superuser=True))
    assert f"Since {seen.day} {seen:%B}" not in shown(colleague)


def test_letters_of_a_series_are_counted_for_a_week(staff: Client) -> None:
    welcome = Series.objects.create(slug="welcome", title="Welcome", begun_at=datetime(2026, 1, 1, tzinfo=UTC))
    hello = make_edition("hello", kind=EditionKind.SERIES, subject="Hello there")
    SeriesLetter.objects.create(series=welcome, edition=hello, position=1)
    a_delivery(hello, "walter@example.org", "sent")
    a_delivery(hello, "nadia@example.org", "sent", closed_at=now() - 8 * DAY)
    page = shown(staff)
    assert "Hello there" in page
    assert rows_behind(staff, page, "1 in the last seven days") == 1


def test_a_letter_is_made_of_tips_in_one_step(staff: Client) -> None:
    a_tip()
    a_tip("a-second-tip", title="A second tip")
    assert "A second tip (not sent yet)" in shown(staff)
    answer = staff.post(PAGE, {"tips": ["a-second-tip", "six-soft-breaths"]}, follow=True)
    edition = Edition.objects.get()
    assert edition.tips == ["a-second-tip", "six-soft-breaths"]
    assert (edition.status, edition.subject, edition.language) == ("draft", "A second tip", "en")
    assert edition.author and edition.author.email == "editor@example.org"
    assert "The checks found no error" in answer.content.decode()
    staff.post(PAGE, {"tips": ["a-second-tip"]})
    assert Edition.objects.count() == 2


def test_no_tip_or_too_many_make_no_letter(staff: Client) -> None:
    for number in range(13):
        a_tip(f"tip-{number}", title=f"Tip {number}")
    assert "This field is required" in staff.post(PAGE, {}).content.decode()
    too_many = staff.post(PAGE, {"tips": [f"tip-{number}" for number in range(13)]}).content.decode()
    assert "12 tips at most" in too_many
    assert not Edition.objects.exists()


def test_tips_that_readers_had_longest_ago_come_first(staff: Client) -> None:
    a_tip("had-lately", title="Had lately")
    a_tip("never-had", title="Never had")
    make_edition("first", tips=["had-lately"], page_html="x", started_at=now() - DAY)
    page = shown(staff)
    assert page.index("Never had (not sent yet)") < page.index(f"Had lately (last sent {now() - DAY:%d %B %Y})")


def test_whoever_may_not_write_makes_no_letter(staff: Client) -> None:
    a_tip()
    staff.force_login(helper_who("view_edition"))
    assert "Make a letter" not in shown(staff)
    staff.post(PAGE, {"tips": ["six-soft-breaths"]})
    assert not Edition.objects.exists()
    staff.force_login(make_user("other@example.org", is_staff=True))
    assert staff.get(PAGE).status_code == 403
