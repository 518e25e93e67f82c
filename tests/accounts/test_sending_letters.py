"""An edition on its way to its readers, through a real SMTP server."""

import re
from email.utils import parsedate_to_datetime

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.models import Delivery, Subscriber
from tests.accounts.people import NOON, make_subscriber
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due, states
from tests.outbox import Outbox, text_of

pytestmark = pytest.mark.django_db


def test_everybody_gets_it_once(outbox: Outbox) -> None:
    make_subscribers(60)
    edition = make_edition()
    for _ in range(3):
        send_due(Clock())
    assert sorted(str(letter["To"]) for letter in outbox.letters) == sorted(
        Subscriber.objects.values_list("email", flat=True)
    )
    edition.refresh_from_db()
    assert (edition.status, states(edition)) == ("finished", {"sent": 60})


def test_the_headers_are_those_that_mail_providers_ask_for(outbox: Outbox) -> None:
    make_subscriber()
    make_edition(subject="Ein ruhigerer Rücken")
    send_due(Clock())
    [letter] = outbox.letters
    assert str(letter["Subject"]) == "Ein ruhigerer Rücken"
    assert str(letter["From"]) == "Unloop <hello@example.org>"
    assert str(letter["To"]) == "walter@example.org"
    assert parsedate_to_datetime(str(letter["Date"])) == NOON
    assert str(letter["List-Id"]) == "Unloop letters <letters.localhost>"
    assert str(letter["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/u/[\w.-]+/>", str(letter["List-Unsubscribe"]))
    assert str(letter["Auto-Submitted"]) == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{40}@localhost>", str(letter["Message-ID"]))
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


def test_the_address_to_stop_is_short_and_is_not_folded(outbox: Outbox) -> None:
    make_subscriber()
    make_edition()
    send_due(Clock())
    path = str(outbox.letters[0]["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost:8000")
    assert len(path) <= 55


def test_a_mail_provider_stops_the_letters_by_one_post(client: Client, outbox: Outbox) -> None:
    subscriber = make_subscriber()
    make_edition()
    send_due(Clock())
    address = str(outbox.letters[0]["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost:8000")
    provider = Client(enforce_csrf_checks=True)
    answer = provider.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    subscriber.refresh_from_db()
    assert (answer.status_code, subscriber.status) == (200, "unsubscribed")


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_cut_address_to_stop_says_nothing_and_stops_nothing(client: Client, outbox: Outbox, cut: int) -> None:
    subscriber = make_subscriber()
    make_edition()
    send_due(Clock())
    address = str(outbox.letters[0]["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost:8000")
    answer = client.post(f"{address.rstrip('/')[:-cut]}/", {"List-Unsubscribe": "One-Click"})
    subscriber.refresh_from_db()
    assert (answer.status_code, subscriber.status) == (404, "active")


def test_the_links_in_the_words_open(client: Client, outbox: Outbox) -> None:
    make_subscriber()
    make_edition()
    send_due(Clock())
    links = re.findall(r"http://localhost:8000(/\S*)", text_of(outbox.letters[0]))
    assert any("/preferences/" in link for link in links) and any(link.startswith("/u/") for link in links)
    for link in links:
        if link.startswith(("/u/", "/newsletter/")):
            assert client.get(link).status_code == 200


def test_a_repeat_has_the_message_id_of_the_first_try_and_each_reader_has_another(outbox: Outbox) -> None:
    make_subscribers(2)
    edition = make_edition()
    send_due(Clock())
    QuerySet(Delivery).update(state="queued")
    edition.__class__.objects.update(status="sending")
    send_due(Clock())
    pairs = {(str(letter["To"]), str(letter["Message-ID"])) for letter in outbox.letters}
    assert (len(outbox.letters), len(pairs)) == (4, 2)
