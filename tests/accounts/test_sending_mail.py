"""The site's own mail on its way: through Django's mail backend to a real SMTP server."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts import tasks
from accounts.core.sending.backoff import PAUSES
from accounts.mail import outgoing
from accounts.models import MailStatus, OutgoingMail, Subscriber
from tests.accounts.people import NOON
from tests.outbox import Outbox, open_mail_server, text_of
from tests.pgplugin import free_port

pytestmark = pytest.mark.django_db

BOTH = ["text/plain", "text/html"]


def use_server(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 60


@pytest.fixture
def outbox(settings: Any) -> Iterator[Outbox]:
    with open_mail_server() as (outbox, port):
        use_server(settings, port)
        yield outbox


def make_mail(**fields: Any) -> OutgoingMail:
    letter = {"to": "walter@example.org", "subject": "Hello", "text": "Words", "html": "<p>Words</p>"}
    ledger = {"message_id": "<1@example.org>", "due_at": NOON}
    return OutgoingMail.objects.create(**{**letter, **ledger, **fields})


def state(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.status


def ask_for_letters(client: Client) -> OutgoingMail:
    client.post("/newsletter/", {"email": "walter@example.org"})
    return OutgoingMail.objects.get()


def test_the_confirmation_arrives_in_two_forms_with_a_link_that_works(client: Client, outbox: Outbox) -> None:
    mail = ask_for_letters(client)
    outgoing.deliver(mail.pk, at=mail.due_at)
    [letter] = outbox.letters
    assert (str(letter["To"]), str(letter["From"])) == ("walter@example.org", "Unloop <hello@example.org>")
    assert [part.get_content_type() for part in letter.iter_parts()] == BOTH
    link = next(word for word in text_of(letter).split() if "/newsletter/confirm/" in word)
    client.post(link.removeprefix("http://localhost:8000"))
    assert Subscriber.objects.get().is_active


def test_a_mail_program_finds_the_button_to_stop(client: Client, outbox: Outbox) -> None:
    mail = ask_for_letters(client)
    outgoing.deliver(mail.pk, at=mail.due_at)
    [letter] = outbox.letters
    assert str(letter["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    address = str(letter["List-Unsubscribe"]).strip("<> ")
    assert address.startswith("http://localhost:8000/u/")
    client.post(address.removeprefix("http://localhost:8000"), {"List-Unsubscribe": "One-Click"})
    assert Subscriber.objects.get().status == "unsubscribed"


def test_no_letter_reports_back(client: Client, outbox: Outbox) -> None:
    mail = ask_for_letters(client)
    outgoing.deliver(mail.pk, at=mail.due_at)
    html = outbox.letters[0].get_body(("html",))
    assert html
    assert not any(word in html.get_content() for word in ("<img", "<script", "<link", "@import", "url("))


def test_a_mail_is_sent_once_however_often_it_is_tried(outbox: Outbox) -> None:
    mail = make_mail()
    for _ in range(3):
        outgoing.deliver(mail.pk, at=NOON)
    assert len(outbox.letters) == 1
    assert str(outbox.letters[0]["Message-ID"]) == "<1@example.org>"
    assert state(mail) == MailStatus.SENT


def test_what_was_sent_is_kept_without_its_words(outbox: Outbox) -> None:
    mail = make_mail(headers={"List-Unsubscribe": "<https://example.org/secret>"})
    outgoing.deliver(mail.pk, at=NOON)
    mail.refresh_from_db()
    assert (mail.text, mail.html, mail.headers) == ("", "", {})


def test_a_mail_that_is_not_due_waits(outbox: Outbox) -> None:
    mail = make_mail(due_at=NOON + timedelta(minutes=1))
    outgoing.deliver(mail.pk, at=NOON)
    assert not outbox.letters


def test_a_server_that_is_away_is_tried_again_later(settings: Any) -> None:
    use_server(settings, free_port())
    mail = make_mail()
    again_at = outgoing.deliver(mail.pk, at=NOON)
    assert again_at == NOON + timedelta(seconds=5)
    assert (state(mail), mail.error, mail.text) == (MailStatus.WAITING, "The mail server does not answer.", "Words")


def test_after_the_last_pause_a_mail_is_given_up(settings: Any) -> None:
    use_server(settings, free_port())
    mail, at = make_mail(), NOON
    while (again_at := outgoing.deliver(mail.pk, at=at)) is not None:
        at = again_at
    assert state(mail) == MailStatus.FAILED
    assert mail.attempts == len(PAUSES) + 1
    assert mail.text == ""


class Refusal:
    def __init__(self, answer: str) -> None:
        self.answer = answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return self.answer


@pytest.fixture
def refusing(settings: Any) -> Iterator[Any]:
    servers: list[Controller] = []

    def refuse_with(answer: str) -> None:
        port = free_port()
        servers.append(Controller(Refusal(answer), hostname="127.0.0.1", port=port))
        servers[-1].start()
        use_server(settings, port)

    yield refuse_with
    for server in servers:
        server.stop()


def test_a_refusal_for_good_ends_it_with_the_reason_and_without_the_address(refusing: Any) -> None:
    refusing("550 no such mailbox walter@example.org")
    mail = make_mail()
    assert outgoing.deliver(mail.pk, at=NOON) is None
    assert (state(mail), mail.error) == (MailStatus.FAILED, "The mail server did not take the address (550).")


def test_a_refusal_for_now_is_tried_again(refusing: Any) -> None:
    refusing("451 try later")
    mail = make_mail()
    assert outgoing.deliver(mail.pk, at=NOON) == NOON + timedelta(seconds=5)
    assert state(mail) == MailStatus.WAITING


def test_a_mail_whose_worker_died_is_sent_by_the_next(outbox: Outbox) -> None:
    mail = make_mail(status=MailStatus.SENDING, due_at=NOON + outgoing.LEASE)
    assert outgoing.due_mail(at=NOON) == []
    later = NOON + outgoing.LEASE
    assert outgoing.due_mail(at=later) == [mail.pk]
    outgoing.deliver(mail.pk, at=later)
    assert state(mail) == MailStatus.SENT


def test_the_sweep_sends_what_a_lost_task_left_behind(outbox: Outbox) -> None:
    make_mail()
    tasks.send_due_mail.call()
    assert len(outbox.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_a_page_wrote(client: Client, outbox: Outbox) -> None:
    client.post("/newsletter/", {"email": "walter@example.org"})
    assert "confirm" in str(outbox.newest_to("walter@example.org")["Subject"])


@pytest.mark.django_db(transaction=True)
def test_the_queue_holds_neither_address_nor_link(client: Client) -> None:
    ask_for_letters(client)
    assert [task.args_kwargs for task in DBTaskResult.objects.all()] == [
        {"args": [OutgoingMail.objects.get().pk], "kwargs": {}}
    ]
