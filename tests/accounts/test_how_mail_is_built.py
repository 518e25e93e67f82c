"""The site's own mail is built as the letters are, whoever is written to and in which words."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.letters.copies import copy_for, letter_of
from accounts.mail import sender_names
from accounts.mail.outgoing import as_parcel
from accounts.models import OutgoingMail, Subscriber
from tests.accounts.letters import an_edition, codings_of
from tests.accounts.people import NOON, make_subscriber

pytestmark = pytest.mark.django_db
OF_BEFORE = "1740227f7c924d78"
"""As it was made without an address."""

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400)


def own_mail(**fields: Any) -> OutgoingMail:
    words = {"to": "walter@example.org", "subject": "Hello", "text": "Words", "html": "<p>Words</p>"}
    return OutgoingMail(pk=7, created_at=NOON, message_id="<1@example.org>", **{**words, **fields})


def lines_of(content: bytes) -> list[bytes]:
    return content.split(b"\r\n")


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@example("", "\U00078b40")  # whose letters in base64 are 8bitgA==
@given(WORDS, WORDS)
def test_whatever_the_words_they_leave_in_short_ascii_lines(text: str, subject: str) -> None:
    content = as_parcel(own_mail(text=text, html=f"<p>{text}</p>", subject=subject[:60])).content
    assert content.isascii() and b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines_of(content.partition(b"\r\n\r\n")[2]))) <= 78
    assert codings_of(content) <= {None, "7bit", "quoted-printable", "base64"}


def test_the_header_of_the_one_click_button_stands_on_one_line(client: Client) -> None:
    client.post("/newsletter/", {"email": "walter@example.org"})
    lines = lines_of(as_parcel(OutgoingMail.objects.get()).content)
    [header] = [number for number, line in enumerate(lines) if line.startswith(b"List-Unsubscribe: ")]
    assert lines[header].endswith(b">") and not lines[header + 1].startswith((b" ", b"\t"))


def test_a_sender_with_accents_keeps_its_address_readable(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Unloop für alle <hello@example.org>"
    parcel = as_parcel(own_mail())
    assert parcel.sender == "hello@example.org"
    assert b"<hello@example.org>" in next(line for line in lines_of(parcel.content) if line.startswith(b"From:"))


def letter_for_walter() -> Any:
    return copy_for(letter_of(an_edition(practice="")), _reader(make_subscriber()), at=NOON)


def _reader(subscriber: Subscriber) -> Any:
    subscriber.subscriber_id = subscriber.pk
    return subscriber


def test_an_answer_reaches_somebody_if_there_is_somebody(settings: Any) -> None:
    settings.REPLY_TO = "Staff <staff@example.org>"
    for content in (as_parcel(own_mail()).content, letter_for_walter().content):
        assert b"\r\nReply-To: Staff <staff@example.org>\r\n" in content
    settings.REPLY_TO = ""
    assert b"Reply-To" not in as_parcel(own_mail()).content


def test_a_letter_says_by_what_complaints_of_it_are_counted() -> None:
    content = letter_for_walter().content
    [line] = [line for line in lines_of(content) if line.startswith(b"Feedback-ID: ")]
    edition, kind, what, whose = line.removeprefix(b"Feedback-ID: ").decode().split(":")
    assert edition.isdigit() and (kind, what) == ("edition", "letters") and 5 <= len(whose) <= 15


def test_each_mail_has_a_way_back_of_its_own_that_nobody_else_can_make(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    letter, own = letter_for_walter(), as_parcel(own_mail())
    walter = Subscriber.objects.get()
    [named] = sender_names.returned(letter.sender.upper())
    assert (named.mail.kind, named.mail.second, named.is_signed_for(walter.email)) == ("l", walter.pk, True)
    [named] = sender_names.returned(own.sender)
    assert (named.mail.kind, named.mail.first, named.is_signed_for("walter@example.org")) == ("m", 7, True)
    assert len(letter.sender.partition("@")[0]) <= 64
    [forged] = sender_names.returned(own.sender.replace("m7-", "m8-"))
    assert not forged.is_signed_for("walter@example.org") and not named.is_signed_for("other@example.org")
    assert sender_names.returned("bounces@example.org") == []


def test_the_way_back_of_a_mail_of_the_release_before_is_still_known(settings: Any) -> None:
    settings.BOUNCE_ADDRESS, settings.SECRET_KEY = (
        "bounces@example.org",
        "a secret of fifty signs or so, which is of no use",
    )
    [named] = sender_names.returned("bounces+l3-4-" + OF_BEFORE + "@example.org")
    assert named.is_signed_for("walter@example.org")


def test_without_a_mailbox_for_it_mail_comes_back_to_its_sender() -> None:
    assert as_parcel(own_mail()).sender == "hello@example.org"


@pytest.mark.parametrize("end", ["/", ""])
def test_one_press_stops_the_letters_even_where_the_slash_was_cut(end: str) -> None:
    walter = make_subscriber()
    link = next(line for line in lines_of(letter_of_walter(walter)) if line.startswith(b"List-Unsubscribe: "))
    path = link.decode().split("/", 3)[3].rstrip(">").rstrip("/")
    answer = Client(enforce_csrf_checks=True).post(f"/{path}{end}", {"List-Unsubscribe": "One-Click"})
    walter.refresh_from_db()
    assert (answer.status_code < 400, walter.status) == (True, "unsubscribed")


def letter_of_walter(walter: Subscriber) -> bytes:
    content: bytes = copy_for(letter_of(an_edition(practice="")), _reader(walter), at=NOON).content
    return content
