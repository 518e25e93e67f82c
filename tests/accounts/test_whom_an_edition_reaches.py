"""How many get an edition at the moment it leaves, why others do not, and what becomes of one that reaches nobody."""

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.admin.edition_reach import readers_of
from accounts.core.sending.reach import Alike, Fate, Mailing, Reach, reach_of
from accounts.letters import editions
from accounts.models import Edition, EditionStatus, Pace, Subscriber
from accounts.readers.audience import audience_of
from accounts.readers.reach import neighbours_of, people_of, reach_at
from tests.accounts.letters import a_guide, an_edition
from tests.accounts.people import NOON, make_subscriber, make_user
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due, states
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db

TOPICS = ["sleep", "flares", "movement"]
DAY = timedelta(days=1)


def scheduled(slug: str, at: datetime, **fields: Any) -> Edition:
    return make_edition(slug, status=EditionStatus.SCHEDULED, send_at=at, **fields)


def test_an_edition_scheduled_before_it_takes_its_readers(outbox: Outbox) -> None:
    make_subscribers(3)
    make_subscriber("monthly@example.org", pace=Pace.MONTHLY)
    make_subscriber("mateo@example.org", language="es")
    scheduled("first", NOON + DAY)
    after_a_week = scheduled("second", NOON + 8 * DAY)
    too_soon = scheduled("third", NOON + 10 * DAY)
    assert reach_at(after_a_week, leaves_at=NOON + 8 * DAY) == Reach(gets=3, had_one=1, other_language=1)
    assert reach_at(too_soon, leaves_at=NOON + 10 * DAY) == Reach(gets=0, had_one=4, other_language=1)


def test_a_break_that_ends_before_it_leaves_leaves_nobody_out() -> None:
    make_subscriber(paused_until=(NOON + 3 * DAY).date())
    edition = scheduled("first", NOON + DAY)
    assert reach_at(edition, leaves_at=NOON + DAY) == Reach(rests=1)
    assert reach_at(edition, leaves_at=NOON + 3 * DAY) == Reach(gets=1)


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "pace": st.sampled_from(Pace.values),
            "topics": st.lists(st.sampled_from(TOPICS), min_size=1, unique=True),
            "paused_until": st.sampled_from([None, *((NOON + days * DAY).date() for days in (2, 9, 30))]),
            "language": st.sampled_from(["en", "en", "es"]),
        }
    ),
    max_size=6,
)
WEEKS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from([[], ["sleep"], ["flares"]]), st.booleans()), min_size=1, max_size=4
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, weeks=WEEKS)
def test_the_count_before_is_how_many_got_it_after(
    outbox: Outbox, people: list[dict[str, Any]], weeks: list[tuple[int, list[str], bool]]
) -> None:
    Edition.objects.all().delete()
    Subscriber.objects.all().delete()
    for number, fields in enumerate(people):
        make_subscriber(f"reader{number}@example.org", **fields)
    those = [
        scheduled(f"number-{number}", NOON + day * DAY, topics=topics, is_correction=is_correction)
        for number, (day, topics, is_correction) in enumerate(sorted(weeks, key=lambda week: week[0]))
    ]
    counted = [reach_at(each, leaves_at=each.send_at or NOON).gets for each in those]
    for each in those:
        send_due(Clock(each.send_at or NOON))
    assert [each.deliveries.filter(state="sent").count() for each in those] == counted


def test_who_has_one_of_the_last_weeks_is_counted_as_such(outbox: Outbox) -> None:
    make_subscribers(3)
    make_edition("first")
    send_due(Clock())
    draft = make_edition("second", status=EditionStatus.DRAFT)
    assert reach_at(draft, leaves_at=NOON + 2 * DAY).had_one == 3
    assert reach_at(draft, leaves_at=NOON + 7 * DAY).gets == 3
    assert audience_of(draft, at=NOON + 2 * DAY).count() == 0


def test_a_cancelled_edition_takes_nobody_who_did_not_get_it(outbox: Outbox) -> None:
    make_subscribers(5)
    first, clock = make_edition("first"), Clock()
    send_due(clock, most=3)
    editions.cancel(first, at=NOON)
    got = len(outbox.letters)
    assert 0 < got < 5
    assert reach_at(make_edition("second", status="draft"), leaves_at=NOON) == Reach(gets=5 - got, had_one=got)


def test_one_that_reaches_nobody_pauses_and_says_so(outbox: Outbox) -> None:
    make_subscribers(2)
    make_edition("first")
    send_due(Clock())
    second, clock = scheduled("second", NOON + 2 * DAY), Clock(NOON + 2 * DAY)
    send_due(clock)
    second.refresh_from_db()
    assert second.status == EditionStatus.PAUSED
    assert second.pause_reason.startswith("It reached nobody: ")
    clock.move(days=5)
    editions.resume(second, at=clock())
    send_due(clock)
    second.refresh_from_db()
    assert (second.status, states(second)) == (EditionStatus.FINISHED, {"sent": 2})


def test_a_correction_reaches_whoever_had_the_letter_and_takes_nothing_from_their_pace(outbox: Outbox) -> None:
    make_subscribers(2)
    make_edition("first")
    send_due(Clock())
    correction = scheduled("correction", NOON + DAY, is_correction=True)
    assert reach_at(correction, leaves_at=NOON + DAY).gets == 2
    send_due(Clock(NOON + DAY))
    assert states(correction) == {"sent": 2}
    next_one = scheduled("next", NOON + 7 * DAY)
    send_due(Clock(NOON + 7 * DAY))
    assert states(next_one) == {"sent": 2}


def test_neighbours_are_those_within_six_days_that_share_readers() -> None:
    edition = make_edition("this", status="draft", topics=["sleep"])
    scheduled("before", NOON - 5 * DAY, topics=[])
    scheduled("after", NOON + 5 * DAY, topics=["sleep", "flares"])
    scheduled("other-topic", NOON + 5 * DAY, topics=["flares"])
    scheduled("other-language", NOON + 5 * DAY, language="es")
    scheduled("a-correction", NOON + 5 * DAY, is_correction=True)
    scheduled("far", NOON + 6 * DAY)
    make_edition("draft", status="draft", send_at=NOON)
    assert [each.slug for each in neighbours_of(edition, leaves_at=NOON)] == ["before", "after"]


def test_the_words_name_each_reason() -> None:
    make_subscriber("nadia@example.org", topics=["sleep"], paused_until=(NOON + 9 * DAY).date())
    make_subscriber("walter@example.org", topics=["flares"])
    make_subscriber("ana@example.org", topics=["sleep"])
    readers = readers_of(make_edition("this", status="draft", topics=["sleep"]), at=NOON)
    assert readers.said == ["As things stand, 1 person would get it."]
    assert readers.why_fewer == "2 left out: 1 on a break, 1 with other topics."


def test_two_of_a_kind_are_counted_as_one_group() -> None:
    alike = Alike(how_many=2, pace="weekly", language="en", topics=frozenset())
    assert reach_of([alike], [Mailing(at=NOON, language="en")]) == Reach(gets=2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, weeks=WEEKS)
def test_behind_each_number_stand_so_many_people(
    people: list[dict[str, Any]], weeks: list[tuple[int, list[str], bool]]
) -> None:
    Edition.objects.all().delete()
    Subscriber.objects.all().delete()
    for number, fields in enumerate(people):
        make_subscriber(f"reader{number}@example.org", **fields)
    for number, (day, topics, is_correction) in enumerate(sorted(weeks, key=lambda week: week[0])):
        moment = NOON + day * DAY
        edition = scheduled(f"number-{number}", moment, topics=topics, is_correction=is_correction)
        reach = reach_at(edition, leaves_at=moment)
        rows = {fate: set(people_of(edition, fate, leaves_at=moment)) for fate in Fate}
        assert {fate.value: len(those) for fate, those in rows.items()} == asdict(reach)
        assert len(set().union(*rows.values())) == len(people), "everybody is behind one of them"


# --- On the pages -----------------------------------------------------------------------


@pytest.fixture
def staff(client: Client) -> Client:
    a_guide()
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    return client


def post_schedule(client: Client, edition: Edition, when: str, **more: str) -> Any:
    plan = {"when": when, "time_zone": "UTC", "hours_late": 24, "first_batch": 0, "pause_minutes": 30}
    return client.post(f"/admin/accounts/edition/{edition.pk}/schedule/", {**plan, "rate_per_minute": 0, **more})


def in_days(days: int) -> datetime:
    return datetime.now(tz=UTC).replace(second=0, microsecond=0) + days * DAY


def typed(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def test_nothing_is_scheduled_for_nobody(staff: Client) -> None:
    make_subscriber()
    scheduled("first", in_days(2), subject="The one before")
    edition = an_edition()
    answer = post_schedule(staff, edition, typed(in_days(4)))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nobody would get it then. 1 left out: 1 had a letter within their pace" in page
    assert "“The one before” leaves less than six days before it" in page
    assert Edition.objects.get(pk=edition.pk).status == EditionStatus.DRAFT
    assert post_schedule(staff, edition, typed(in_days(9))).status_code == 302


def test_it_is_counted_for_a_time_without_being_scheduled(staff: Client) -> None:
    make_subscriber()
    edition, when = an_edition(), in_days(3)
    answer = post_schedule(staff, edition, typed(when), count="1")
    assert f"On {when:%d %B %Y, %H:%M} (UTC), 1 person would get it." in answer.content.decode()
    assert Edition.objects.get(pk=edition.pk).status == EditionStatus.DRAFT


def test_a_language_that_nobody_reads_is_said(staff: Client) -> None:
    make_subscriber()
    edition = an_edition(language="es")
    page = staff.get(f"/admin/accounts/edition/{edition.pk}/change/").content.decode()
    assert "As things stand, 0 people would get it. 1 read letters in another language." in page
    assert "Nobody reads letters in this language yet." in page


def test_what_is_scheduled_is_counted_for_its_own_time(staff: Client) -> None:
    make_subscriber(paused_until=in_days(2).date())
    edition = an_edition()
    post_schedule(staff, edition, typed(in_days(4)))
    page = staff.get(f"/admin/accounts/edition/{edition.pk}/change/").content.decode()
    assert "(UTC), 1 person would get it." in page


@pytest.mark.parametrize(
    ("when", "words"),
    [("9999-12-31T23:59", "more than two years from now"), ("0001-01-01T00:00", "in the past")],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_a_year_at_the_end_of_the_calendar_is_refused_in_words(staff: Client, when: str, words: str, zone: str) -> None:
    make_subscriber()
    answer = post_schedule(staff, an_edition(), when, time_zone=zone)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def heading(client: Client, edition: Edition) -> str:
    page = client.get(f"/admin/accounts/edition/{edition.pk}/change/").content.decode()
    return page.split('<h2 id="panel-title">')[1].split("</h2>")[0]


def test_the_heading_puts_no_date_beside_a_state_that_it_does_not_belong_to(staff: Client) -> None:
    make_subscriber()
    edition = an_edition()
    post_schedule(staff, edition, typed(in_days(4)))
    assert heading(staff, edition).startswith("Scheduled for ")
    staff.post(f"/admin/accounts/edition/{edition.pk}/unschedule/do/")
    assert heading(staff, edition) == "Draft"
    Edition.objects.filter(pk=edition.pk).update(status="finished", finished_at=NOON)
    assert heading(staff, edition) == "Finished on 02 November 2026, 12:00 (UTC)"
    Edition.objects.filter(pk=edition.pk).update(status="cancelled", finished_at=NOON)
    assert heading(staff, edition) == "Cancelled on 02 November 2026, 12:00 (UTC)"
    Edition.objects.filter(pk=edition.pk).update(status="paused")
    assert heading(staff, edition) == "Paused"


def test_a_copy_has_no_date(staff: Client) -> None:
    edition = an_edition(send_at=NOON, not_after=NOON, started_at=NOON, finished_at=NOON, is_correction=True)
    staff.post(f"/admin/accounts/edition/{edition.pk}/copy/do/")
    copy = Edition.objects.exclude(pk=edition.pk).get()
    kept = (copy.send_at, copy.not_after, copy.started_at, copy.finished_at, copy.is_correction)
    assert kept == (None, None, None, None, False)
    assert heading(staff, copy) == "Draft"


def test_who_is_left_out_is_one_click_away(staff: Client) -> None:
    make_subscriber("nadia@example.org", topics=["sleep"])
    make_subscriber("walter@example.org", topics=["flares"])
    edition = an_edition(topics=["sleep"])
    page = staff.get(f"/admin/accounts/edition/{edition.pk}/change/").content.decode()
    [link] = re.findall(r'<a href="([^"]+)">1 with other topics</a>', page)
    rows = staff.get(unescape(link)).content.decode()
    assert ("walter@example.org" in rows, "nadia@example.org" in rows) == (True, False)


@pytest.mark.parametrize("wrong", ["", "1", "x,rests,2026-01-01", "0,rests,2026-01-01T00:00:00+00:00", "1,x,y"])
def test_a_broken_link_to_them_shows_nobody_and_no_error(staff: Client, wrong: str) -> None:
    answer = staff.get("/admin/accounts/subscriber/", {"left_out_of": wrong})
    assert answer.status_code == 200
