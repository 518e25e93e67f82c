"""The welcome series and people who came with a list: off unless chosen, and then so many a day, said beforehand."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.importing import lists, working
from accounts.importing.chunks import keep
from accounts.importing.looking import Choice
from accounts.models import Delivery, Series, SeriesLetter, Subscriber, SubscriberImport
from accounts.newsletter import subscriptions
from accounts.sending import series
from tests.accounts.letters import an_edition
from tests.accounts.people import link_sent_to, make_user

PLACES = {"email": 0, "consent_at": 1, "consent_how": 2, "consent_words": 3}
PROOF = "2026-03-14,Sheet at the clinic,Send me tips about my back by email"
pytestmark = pytest.mark.django_db


@pytest.fixture
def welcome() -> SeriesLetter:
    made = Series.objects.create(slug="welcome", title="Welcome")
    letter = SeriesLetter.objects.create(series=made, edition=an_edition(kind="series"), position=1)
    series.begin(made, at=timezone.now() - timedelta(days=1))
    return letter


def list_of(count: int, *, per_day: int, start: int = 0) -> SubscriberImport:
    """Looked at, and not taken in yet."""
    rows = "".join(f"p{number}@example.org,{PROOF}\n" for number in range(start, start + count))
    file = SimpleUploadedFile("list.csv", f"email,consent_at,consent_how,consent_words\n{rows}".encode())
    brought = keep(file, by=None, at=timezone.now())
    lists.choose(brought, Choice(places=PLACES, date_form="iso"), series_per_day=per_day, at=timezone.now())
    working.work(brought, seconds=60)
    return brought


def take_in(brought: SubscriberImport) -> None:
    lists.begin_taking(brought, at=timezone.now())
    working.work(brought, seconds=60)


def put_in_by(days: float) -> int:
    """With the look at all that is taken once a day, as days are skipped here."""
    assert sum(series.all_in_steps(timezone.now() + timedelta(days=days))) >= 0
    return Delivery.objects.count()


def test_a_list_gets_no_welcome_series_unless_that_is_chosen(welcome: SeriesLetter) -> None:
    take_in(list_of(30, per_day=0))
    assert put_in_by(300) == 0


def test_a_list_is_warmed_up_at_so_many_a_day(welcome: SeriesLetter) -> None:
    take_in(list_of(1200, per_day=100))
    assert put_in_by(0) <= 1
    assert put_in_by(1) in range(99, 103)
    assert put_in_by(5) in range(499, 503)
    assert put_in_by(12) == 1200


def test_a_second_list_waits_behind_the_first(welcome: SeriesLetter) -> None:
    take_in(list_of(100, per_day=100))
    take_in(list_of(100, per_day=100, start=500))
    assert put_in_by(1) in range(99, 103)
    assert put_in_by(2) in range(199, 201)


def test_whoever_signs_up_by_themselves_is_welcomed_at_once(welcome: SeriesLetter) -> None:
    take_in(list_of(1, per_day=0))
    one = Subscriber.objects.get()
    subscriptions.unsubscribe(one, at=timezone.now())
    subscriptions.ask(one.email, language="en", at=timezone.now() + timedelta(seconds=1))
    Client().post(link_sent_to(one.email, "confirm"))
    assert put_in_by(0.01) == 1


@pytest.mark.parametrize(
    ("per_day", "words"), [(0, "does not go to them"), (10, "10 new people a day: the last of them")]
)
def test_what_the_series_will_do_is_said_before_anybody_is_taken_in(client: Client, per_day: int, words: str) -> None:
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    brought = list_of(30, per_day=per_day)
    page = client.get(f"/admin/accounts/subscriber/import/{brought.pk}/").content.decode()
    assert "Take in 30" in page
    assert words in " ".join(page.split())
