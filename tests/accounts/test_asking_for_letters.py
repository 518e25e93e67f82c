from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail, Subscriber, SubscriberStatus, Suppression, SuppressionReason
from tests.accounts.people import link_sent_to, mail_to, make_subscriber

pytestmark = pytest.mark.django_db

NEWSLETTER = "/newsletter/"
RECEIVED = "/newsletter/received/"


@pytest.fixture
def visitor() -> Client:
    """A browser that checks CSRF tokens, as Django's test client otherwise does not."""
    return Client(enforce_csrf_checks=True)


def ask(client: Client, email: str = "walter@example.org", **headers: str) -> Any:
    return client.post(NEWSLETTER, {"email": email}, headers=headers)


def test_an_address_is_kept_as_pending_and_gets_one_letter(visitor: Client) -> None:
    assert ask(visitor).url == RECEIVED
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.status) == ("walter@example.org", SubscriberStatus.PENDING)
    assert [mail.subject for mail in mail_to("walter@example.org")] == ["Please confirm your tips by email"]


def test_the_page_that_says_thank_you_leads_on(visitor: Client, library: None) -> None:
    page = visitor.get(RECEIVED).content.decode()
    assert "we have it" in page
    assert reverse("coaching:practice", args=["breathing"]) in page


@pytest.mark.parametrize(
    "status",
    [None, SubscriberStatus.PENDING, SubscriberStatus.ACTIVE, SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.BOUNCED],
)
def test_the_answer_is_the_same_for_every_address(visitor: Client, status: SubscriberStatus | None) -> None:
    if status:
        make_subscriber(status=status)
    answer = ask(visitor)
    assert (answer.status_code, answer.url, answer.content, answer.cookies) == (302, RECEIVED, b"", {})


def test_a_subscriber_is_sent_the_links_to_change_or_stop(visitor: Client) -> None:
    make_subscriber()
    ask(visitor)
    assert visitor.get(link_sent_to("walter@example.org", "preferences")).status_code == 200
    assert Subscriber.objects.get().status == SubscriberStatus.ACTIVE


def test_someone_who_stopped_gets_a_fresh_confirmation_and_stays_stopped(visitor: Client) -> None:
    make_subscriber(status=SubscriberStatus.UNSUBSCRIBED)
    ask(visitor)
    assert "confirm" in mail_to("walter@example.org")[0].subject
    assert Subscriber.objects.get().status == SubscriberStatus.UNSUBSCRIBED


def test_nothing_is_sent_to_an_address_that_bounced(visitor: Client) -> None:
    make_subscriber(status=SubscriberStatus.BOUNCED)
    ask(visitor)
    assert not OutgoingMail.objects.exists()


def test_nothing_is_kept_or_sent_for_a_suppressed_address(visitor: Client) -> None:
    Suppression.objects.add_address("walter@example.org", SuppressionReason.COMPLAINED)
    assert ask(visitor, "Walter@Example.org").url == RECEIVED
    assert not OutgoingMail.objects.exists()
    assert not Subscriber.objects.exists()


def test_one_mailbox_is_one_subscriber_in_any_case_and_script(visitor: Client) -> None:
    for typed in ("walter@bücher.example", " Walter@BÜCHER.example", "walter@xn--bcher-kva.example"):
        ask(visitor, typed)
    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["walter@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    ("email", "word"),
    [
        ("", "Enter your email address"),
        ("walter", "such as name@example.org"),
        ("walter@localhost", "such as name@example.org"),
        ("walter@example.org\r\nBcc: nadia@example.org", "such as name@example.org"),
        ("walter@example.org,nadia@example.org", "such as name@example.org"),
        ('"walter smith"@example.org', "such as name@example.org"),
        ("walter@[127.0.0.1]", "such as name@example.org"),
        ("wälter@example.org", "before the @"),
        ("noreply@example.org", "mail system"),
        ("walter@mailinator.com", "gone soon"),
        ("w" * 65 + "@example.org", "longer than"),
        ("walter@" + "example." * 40 + "org", "longer than"),
    ],
)
def test_what_cannot_be_an_address_is_refused_with_its_reason(visitor: Client, email: str, word: str) -> None:
    answer = ask(visitor, email)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert word in page
    assert "Something went wrong" in page
    assert 'id="newsletter_email_error"' in page
    assert 'aria-invalid="true"' in page
    assert not Subscriber.objects.exists()


def test_a_refused_address_is_kept_in_its_field(visitor: Client) -> None:
    assert 'value="walter@"' in ask(visitor, "walter@").content.decode()


def test_a_post_without_the_field_is_refused(visitor: Client) -> None:
    assert visitor.post(NEWSLETTER, {}).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {},
    ],
)
def test_a_form_of_this_site_needs_no_token(visitor: Client, headers: dict[str, str]) -> None:
    assert ask(visitor, **headers).url == RECEIVED


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://testserver.example.com"},
    ],
)
def test_a_form_of_another_site_is_refused(visitor: Client, headers: dict[str, str]) -> None:
    answer = ask(visitor, **headers)
    assert answer.status_code == 403
    assert "another site" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_one_address_is_written_to_a_few_times_an_hour_at_most(visitor: Client) -> None:
    statuses = [ask(visitor, email).status_code for email in ("walter@example.org", "WALTER@example.org") * 2]
    assert statuses == [302, 302, 302, 429]
    assert len(mail_to("walter@example.org")) == 3


def test_one_visitor_can_ask_for_a_few_addresses_an_hour_at_most(visitor: Client) -> None:
    statuses = [ask(visitor, f"person{number}@example.org").status_code for number in range(21)]
    assert statuses == [302] * 20 + [429]


def test_the_page_asks_the_database_nothing(visitor: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert visitor.get(NEWSLETTER).status_code == 200


def test_the_page_sets_no_cookie(visitor: Client) -> None:
    assert not visitor.get(NEWSLETTER).cookies
    assert not ask(visitor).cookies


def test_no_page_waits_for_a_mail_server(visitor: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "a.backend.that.does.not.exist"
    assert ask(visitor).url == RECEIVED
