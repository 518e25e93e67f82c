"""A practice is kept once, however it arrives, and stopping early counts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.models import Person, Practice
from content.models import Guide
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/practice/breathing/"
CLIENT_ID = "made-up-client-id-1"


def send(client: Client, path: str = PATH, **told: Any) -> Any:
    given = {"client_id": CLIENT_ID, "seconds": "240", **told}
    return client.post(path, {name: value for name, value in given.items() if value is not None})


def kept() -> Practice:
    return Practice.objects.get()


def is_about_now(moment: datetime) -> bool:
    return abs(timezone.now() - moment) < timedelta(minutes=5)


# --- Kept --------------------------------------------------------------------------------------


def test_a_practice_is_kept_with_its_ratings(client: Client) -> None:
    answer = send(client, tension_before="7", tension_after="4", pain_before="5", pain_after="5")
    assert answer.url == f"/practice/done/{CLIENT_ID}/"
    practice = kept()
    assert (practice.technique_id, practice.guide, practice.seconds) == ("breathing", "breathing", 240)
    assert (practice.tension_before, practice.tension_after) == (7, 4)
    page = text(client.get(answer.url))
    assert "That counts." in page
    assert "from 7 to 4" in page
    assert "5 before and after" in page


def test_it_can_be_kept_without_any_rating(client: Client) -> None:
    send(client)
    assert (kept().tension_before, kept().pain_after) == (None, None)


def test_nought_is_a_rating(client: Client) -> None:
    send(client, pain_before="0", pain_after="0")
    assert (kept().pain_before, kept().pain_after) == (0, 0)


@pytest.mark.parametrize(("seconds", "kept_as"), [("0", 0), (None, 0), ("5", 5), ("86400", 3 * 3600)])
def test_stopping_early_counts_and_a_forgotten_player_does_not_count_for_more(
    client: Client, seconds: str | None, kept_as: int
) -> None:
    answer = send(client, seconds=seconds)
    assert kept().seconds == kept_as
    assert "That counts." in text(client.get(answer.url))


def test_a_guide_of_another_name_counts_for_its_technique(client: Client) -> None:
    send(client, "/practice/body-scan/")
    assert (kept().technique_id, kept().guide) == ("mindfulness", "body-scan")


# --- Once ----------------------------------------------------------------------------------------


def test_sending_again_changes_nothing(client: Client) -> None:
    send(client, tension_after="4")
    answer = send(client, tension_after="9")
    assert answer.url == f"/practice/done/{CLIENT_ID}/"
    assert kept().tension_after == 4


def test_two_people_may_have_the_same_id(client: Client) -> None:
    for browser in (client, Client()):
        send(browser)
    assert Practice.objects.count() == 2


def test_the_page_gives_each_go_an_id_of_its_own(client: Client) -> None:
    ids = {text(client.get(PATH)).split('name="client_id" value="')[1].split('"')[0] for _ in range(5)}
    assert len(ids) == 5
    assert send(client, client_id=ids.pop()).status_code == 302


# --- The clock of the device -----------------------------------------------------------------------


def test_the_time_of_the_device_is_believed(client: Client) -> None:
    """Practised offline, sent the next day."""
    yesterday = (timezone.now() - timedelta(days=1)).replace(microsecond=0)
    send(client, started_at=yesterday.isoformat())
    assert kept().started_at == yesterday


def test_a_time_as_scripts_write_it_is_understood(client: Client) -> None:
    send(client, started_at="2026-03-01T08:30:00.123Z")
    told = datetime(2026, 3, 1, 8, 30, 0, 123000, tzinfo=UTC)
    assert kept().started_at == told if timezone.now() - told < timedelta(days=366) else is_about_now(kept().started_at)


GARBLED = ["", "yesterday", "2999-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59"]
GARBLED += ["9999-12-31T23:59:59-23:59", "2026-13-45", "\x00", "1e9", "x" * 5000, "2026-11-22T10:00:00+99:00"]


def test_a_clock_that_makes_no_sense_costs_nobody_their_practice(client: Client, subtests: pytest.Subtests) -> None:
    for number, told in enumerate(GARBLED):
        with subtests.test(told=told[:30]):
            assert send(client, started_at=told, client_id=f"made-up-client-id-{number}").status_code == 302
            assert is_about_now(Practice.objects.latest("pk").started_at)


# --- What no honest page sends ---------------------------------------------------------------------


NO_RATINGS: list[Any] = ["11", "-1", "5.5", "x", "05", "true", "3,4", ["3", "9"]]


@pytest.mark.parametrize("name", ["tension_before", "tension_after", "pain_before", "pain_after"])
def test_only_the_eleven_taps_are_ratings(client: Client, name: str, subtests: pytest.Subtests) -> None:
    for wrong in NO_RATINGS:
        with subtests.test(wrong=wrong):
            answer = send(client, **{name: wrong})
            assert answer.status_code == 422
            assert f'id="id_{name}_error"' in text(answer)
    assert not Practice.objects.exists()
    assert not Person.objects.exists()


def test_a_refused_rating_keeps_the_others_on_the_page(client: Client) -> None:
    page = text(send(client, tension_before="7", tension_after="99"))
    before = page.split('id="id_tension_before_group"')[1].split("</fieldset>")[0]
    assert 'value="7" form="practice" id="id_tension_before_7" checked' in before.replace(" required", "")


NO_IDS = [None, "", "short", "x" * 41, "with spaces in it!", "ünïcode-client-id-1", "a/b" * 6]


def test_an_id_that_no_page_made_is_refused(client: Client, subtests: pytest.Subtests) -> None:
    for wrong in NO_IDS:
        with subtests.test(wrong=wrong):
            assert send(client, client_id=wrong).status_code == 422
    assert not Practice.objects.exists()


def test_a_length_that_no_clock_made_is_refused(client: Client, subtests: pytest.Subtests) -> None:
    for wrong in ("-1", "86401", "x", "1.5", "9" * 30):
        with subtests.test(wrong=wrong):
            assert send(client, seconds=wrong).status_code == 422
    assert not Practice.objects.exists()


def test_a_practice_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/practice/levitation/").status_code == 404
    assert send(client, "/practice/levitation/").status_code == 404


def test_a_practice_that_is_not_published_is_not_found(client: Client) -> None:
    Guide.objects.filter(slug="breathing").update(status="draft")
    assert client.get(PATH).status_code == 404
    assert 'href="/practice/breathing/"' not in text(client.get("/practice/")).split("<main")[1].split("</main>")[0]


# --- Whose it is ------------------------------------------------------------------------------------


def test_the_practice_of_another_person_is_not_found(client: Client) -> None:
    done = send(client).url
    assert client.get(done).status_code == 200
    other = Client()
    assert other.get(done).status_code == 404
    a_member(other)
    assert other.get(done).status_code == 404


# --- Without pain numbers ------------------------------------------------------------------------------


@pytest.fixture
def hides_pain(client: Client) -> Client:
    Profile.objects.create(user=a_member(client).user, hide_pain_numbers=True)
    return client


def test_who_hides_pain_numbers_is_not_asked_for_one(hides_pain: Client) -> None:
    page = text(hides_pain.get(PATH))
    assert "tension_before" in page
    assert "pain_before" not in page


def test_a_pain_number_sent_all_the_same_is_not_kept(hides_pain: Client) -> None:
    send(hides_pain, pain_before="8", tension_before="5")
    assert (kept().pain_before, kept().tension_before) == (None, 5)


def test_pain_numbers_given_earlier_are_not_shown(hides_pain: Client) -> None:
    person = Person.objects.get()
    Practice.objects.create(
        person=person,
        technique_id="breathing",
        client_id=CLIENT_ID,
        started_at=timezone.now(),
        pain_before=8,
        pain_after=3,
    )
    assert "from 8 to 3" not in text(hides_pain.get(f"/practice/done/{CLIENT_ID}/"))


# --- What is safe for this person -------------------------------------------------------------------------


def test_a_caution_turns_holds_off_and_says_why(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["lung"])
    page = text(client.get(PATH))
    assert "Use your inhaler as usual" in page
    assert 'data-set="hold"' not in page
    assert 'data-set="rest"' not in page


def test_what_a_condition_excludes_cannot_be_started_or_sent(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["fracture"])
    page = text(client.get("/practice/yoga/"))
    assert "Not for you right now" in page
    assert "<guide-player" not in page
    send(client, "/practice/yoga/")
    assert not Practice.objects.exists()


def test_somebody_who_said_nothing_is_told_what_holds_for_anyone(client: Client) -> None:
    for guide in Guide.objects.all():
        page = text(client.get(f"/practice/{guide.slug}/"))
        assert "<guide-player" in page, guide.slug
        assert "When to stop" in page, guide.slug


@pytest.mark.parametrize("size", ["1", "4", "12"])
def test_a_practice_comes_in_three_sizes(client: Client, size: str) -> None:
    for slug in ("pmr", "breathing"):
        page = text(client.get(f"/practice/{slug}/?size={size}"))
        assert f'href="?size={size}" aria-current="true"' in page, slug


@pytest.mark.parametrize("size", ["", "2", "x", "1&size=99", "9" * 5000])
def test_a_size_that_does_not_exist_shows_the_middle_one(client: Client, size: str) -> None:
    assert 'href="?size=4" aria-current="true"' in text(client.get(f"/practice/pmr/?size={size}"))


def test_every_guide_stands_on_the_list(client: Client) -> None:
    page = text(client.get("/practice/"))
    assert [slug for slug in Guide.objects.values_list("slug", flat=True) if f"/practice/{slug}/" not in page] == []
