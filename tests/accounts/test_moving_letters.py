"""Letters that go to another address, once its mailbox has answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.mail.links import Standing, standing_path
from accounts.models import EventKind, OutgoingMail, Subscriber, SubscriberStatus, Suppression, SuppressionReason
from accounts.newsletter import moving, subscriptions
from accounts.newsletter.pruning import prune
from tests.accounts.people import link_sent_to, log_in, mail_to, make_subscriber, make_user

pytestmark = pytest.mark.django_db

OLD, NEW = "walter@example.org", "walter.b@example.net"


def preferences() -> str:
    return standing_path(Subscriber.objects.get(email=OLD), Standing.PREFERENCES)


def ask(client: Client, email: str = NEW) -> Any:
    return client.post(f"{preferences()}address/", {"email": email}, follow=True)


def addresses() -> list[str]:
    return list(Subscriber.objects.values_list("email", flat=True))


def test_nothing_changes_until_the_new_mailbox_answers(client: Client) -> None:
    make_subscriber()
    page = ask(client).content.decode()
    assert "look in the new mailbox" in page and NEW in page
    assert addresses() == [OLD]
    link = link_sent_to(NEW, "/move/")
    assert "Send your letters here?" in client.get(link).content.decode()
    assert addresses() == [OLD]


def test_the_button_moves_the_letters_and_keeps_what_was_agreed(client: Client) -> None:
    before = make_subscriber()
    ask(client)
    page = client.post(link_sent_to(NEW, "/move/"), follow=True).content.decode()
    moved = Subscriber.objects.get()
    assert (moved.email, moved.status, moved.new_email) == (NEW, SubscriberStatus.ACTIVE, "")
    assert (moved.consent_at, moved.consent_words) == (before.consent_at, before.consent_words)
    assert [event.kind for event in moved.events.all()] == [EventKind.MOVED]
    assert "come to this address now" in page


def test_the_old_mailbox_is_told_and_learns_nothing_of_the_new_one(client: Client) -> None:
    make_subscriber()
    old_links = [standing_path(Subscriber.objects.get(), purpose) for purpose in Standing]
    ask(client)
    client.post(link_sent_to(NEW, "/move/"))
    [told] = mail_to(OLD)
    assert NEW not in told.text and NEW not in told.html
    assert {client.get(link).status_code for link in old_links} == {404}


def test_the_letter_to_the_new_mailbox_opens_no_page_of_the_subscriber(client: Client) -> None:
    make_subscriber()
    ask(client)
    [asked] = mail_to(NEW)
    assert not asked.headers
    assert OLD not in asked.text + asked.html
    assert "preferences" not in asked.text and "unsubscribe" not in asked.text


def test_a_link_is_good_once_and_only_the_newest_one(client: Client) -> None:
    make_subscriber()
    ask(client, "walter.c@example.net")
    ask(client)
    earlier, newest = link_sent_to("walter.c@example.net", "/move/"), link_sent_to(NEW, "/move/")
    assert client.post(earlier).status_code == 404
    assert client.post(newest).status_code == 302
    assert client.post(newest).status_code == 404
    assert addresses() == [NEW]


def test_a_link_works_for_two_weeks_and_the_wish_is_forgotten_then(client: Client) -> None:
    subscriber = make_subscriber()
    moving.ask(subscriber, NEW, at=timezone.now() - timedelta(days=14, seconds=1))
    assert client.post(link_sent_to(NEW, "/move/")).status_code == 404
    prune(at=timezone.now())
    assert Subscriber.objects.get().new_email == ""


def test_letters_that_were_stopped_meanwhile_do_not_move(client: Client) -> None:
    make_subscriber()
    ask(client)
    subscriptions.unsubscribe(Subscriber.objects.get(), at=timezone.now())
    assert client.post(link_sent_to(NEW, "/move/")).status_code == 404
    assert addresses() == [OLD]


@pytest.mark.parametrize("status", [SubscriberStatus.PENDING, SubscriberStatus.ACTIVE, SubscriberStatus.UNSUBSCRIBED])
def test_an_earlier_subscription_of_the_new_mailbox_ends_in_this_one(client: Client, status: str) -> None:
    make_subscriber()
    make_subscriber(NEW, status=status)
    ask(client)
    client.post(link_sent_to(NEW, "/move/"))
    assert addresses() == [NEW]
    assert Subscriber.objects.get().is_active


def close(address: str, how: str) -> None:
    if how == "bounced":
        make_subscriber(address, status=SubscriberStatus.BOUNCED)
    else:
        Suppression.objects.add_address(address, SuppressionReason.COMPLAINED)


@pytest.mark.parametrize("how", ["bounced", "complained"])
def test_a_closed_mailbox_is_not_written_to_and_the_answer_tells_nothing(client: Client, how: str) -> None:
    make_subscriber()
    close(NEW, how)
    answer = ask(client)
    assert "look in the new mailbox" in answer.content.decode()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("email", "words"),
    [("", "Enter your email"), ("walter", "such as name@"), (OLD.upper(), "go there already")],
)
def test_an_address_that_will_not_do_is_refused(client: Client, email: str, words: str) -> None:
    make_subscriber()
    answer = ask(client, email)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not OutgoingMail.objects.exists()


def test_one_mailbox_is_asked_a_few_times_an_hour_at_most(client: Client) -> None:
    make_subscriber()
    assert [ask(client).status_code for _ in range(4)][-1] == 429


def test_logging_in_does_not_take_back_an_address_of_its_own(client: Client) -> None:
    user = make_user("walter@example.org")
    make_subscriber(user=user)
    ask(client)
    client.post(link_sent_to(NEW, "/move/"))
    log_in(client, "walter@example.org")
    assert addresses() == [NEW]
    assert "/newsletter/preferences/" in client.get("/accounts/profile/").content.decode()


def test_erasing_takes_the_letter_to_the_new_mailbox_along(client: Client) -> None:
    make_subscriber()
    ask(client)
    subscriptions.erase(Subscriber.objects.get())
    assert not OutgoingMail.objects.exists()
    assert not Subscriber.objects.exists()


def test_who_gets_no_letters_has_nothing_to_move(client: Client) -> None:
    make_subscriber(status=SubscriberStatus.UNSUBSCRIBED)
    page = ask(client).content.decode()
    assert "You get no letters now" in page
    assert not OutgoingMail.objects.exists()
