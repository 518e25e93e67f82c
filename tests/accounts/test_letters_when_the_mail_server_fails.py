"""A mail server that refuses, hangs, hangs up or dies, in each of the ways that are seen in the field."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from accounts.letters import editions
from accounts.letters.progress import problems_of, progress_of
from accounts.models import Delivery, Edition, SendingGate, Subscriber
from tests.accounts.people import NOON
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due, states
from tests.pgplugin import free_port

pytestmark = pytest.mark.django_db


class Moody:
    """Takes letters, and does to one or another what the test asks for. Everything it was ever given is in `taken`."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.at_mail: Callable[[SMTP], str] = lambda server: "250 OK"
        self.at_address: Callable[[str], str] = lambda address: "250 OK"
        self.at_words: Callable[[SMTP, str], str] = lambda server, address: "250 OK"
        self.slowness = 0.0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_mail(server)
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.slowness)
        answer = self.at_address(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message_id = envelope.content.partition(b"Message-ID: ")[2].split()[0].decode()
        self.taken.append((envelope.rcpt_tos[0], message_id))
        return self.at_words(server, envelope.rcpt_tos[0])


def hang_up(server: SMTP) -> str:
    assert server.transport
    server.transport.abort()
    return "250 OK"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Moody]:
    moody, port = Moody(), free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 60
    controller = Controller(moody, hostname="127.0.0.1", port=port)
    controller.start()
    yield moody
    controller.stop()


def got_it(mail_server: Moody) -> Counter[str]:
    return Counter(to for to, _ in mail_server.taken)


def test_it_is_away(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    make_subscribers(3)
    edition = make_edition()
    send_due(Clock())
    assert states(edition) == {"queued": 3}
    assert set(Delivery.objects.values_list("tries", flat=True)) == {0}, "no letter loses a try"
    assert problems_of(edition, at=NOON) == [
        "The mail server does not answer. Since 02 November, 12:00 UTC; tried again at 12:00:01."
    ]


def test_it_is_away_for_an_hour_and_comes_back(mail_server: Moody, settings: Any) -> None:
    make_subscribers(3)
    edition, clock, port = make_edition(), Clock(), settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()
    for _ in range(60):
        send_due(clock)
        clock.move(minutes=1)
    assert SendingGate.objects.get(name="all").failures < 20, "it is asked less and less often"
    settings.EMAIL_PORT = port
    clock.move(minutes=5)
    send_due(clock)
    assert (len(mail_server.taken), problems_of(edition, at=clock())) == (3, [])


def test_it_refuses_our_own_address(mail_server: Moody) -> None:
    mail_server.at_mail = lambda server: "553 not you"
    make_subscribers(3)
    edition = make_edition()
    send_due(Clock())
    assert states(edition) == {"queued": 3}
    assert "The mail server refused our sender address (553)." in problems_of(edition, at=NOON)[0]


def test_it_refuses_one_address_for_good(mail_server: Moody) -> None:
    mail_server.at_address = lambda address: "554 no" if address == "reader1@example.org" else "250 OK"
    make_subscribers(5)
    edition = make_edition()
    send_due(Clock())
    edition.refresh_from_db()
    assert (states(edition), edition.status) == ({"sent": 4, "failed": 1}, "finished")
    assert problems_of(edition, at=NOON) == ["1 letters: The mail server did not take the address (554)."]


def test_it_says_that_there_is_no_such_mailbox(mail_server: Moody) -> None:
    mail_server.at_address = lambda address: "550 5.1.1 unknown" if address == "reader1@example.org" else "250 OK"
    make_subscribers(2)
    edition = make_edition()
    send_due(Clock())
    assert states(edition) == {"sent": 1, "bounced": 1}
    assert Subscriber.objects.get(email="reader1@example.org").status == "bounced"


def test_it_says_later_to_one_address(mail_server: Moody) -> None:
    mail_server.at_address = lambda address: "451 later" if address == "reader1@example.org" else "250 OK"
    make_subscribers(3)
    edition, clock = make_edition(), Clock()
    send_due(clock)
    waiting = Delivery.objects.get(subscriber__email="reader1@example.org")
    assert (waiting.tries, waiting.problem) == (1, "The mail server did not take the address (451).")
    mail_server.at_address = lambda address: "250 OK"
    send_due(clock)
    assert len(mail_server.taken) == 2, "not before its time"
    clock.move(seconds=5)
    send_due(clock)
    assert (len(mail_server.taken), states(edition)) == (3, {"sent": 3})


def test_an_address_that_is_put_off_for_ever_is_given_up_at_last(mail_server: Moody) -> None:
    mail_server.at_address = lambda address: "451 later"
    make_subscribers(1)
    edition, clock = make_edition(), Clock()
    for _ in range(10):
        send_due(clock)
        clock.move(hours=6)
    edition.refresh_from_db()
    assert (states(edition), edition.status) == ({"failed": 1}, "finished")


def test_it_puts_everybody_off(mail_server: Moody) -> None:
    """Then the fault lies with the server, and it is not asked a thousand times."""
    asked: list[str] = []
    mail_server.at_address = lambda address: asked.append(address) or "451 too busy"  # type: ignore[func-returns-value]
    make_subscribers(60)
    edition = make_edition()
    send_due(Clock())
    assert (len(asked), states(edition)) == (10, {"queued": 60})


def test_it_hangs_up_after_every_seventh_letter(mail_server: Moody) -> None:
    letters: Counter[SMTP] = Counter()  # by the connection itself: the number of one that is gone comes again

    def at_mail(server: SMTP) -> str:
        letters[server] += 1
        return hang_up(server) if letters[server] > 7 else "250 OK"

    mail_server.at_mail = at_mail
    make_subscribers(40)
    edition = make_edition()
    send_due(Clock())
    assert (set(got_it(mail_server).values()), states(edition)) == ({1}, {"sent": 40})


def test_it_closes_in_good_order_after_every_seventh_letter(mail_server: Moody) -> None:
    letters: Counter[SMTP] = Counter()  # by the connection itself: the number of one that is gone comes again

    def at_mail(server: SMTP) -> str:
        letters[server] += 1
        return "421 enough for one connection" if letters[server] > 7 else "250 OK"

    mail_server.at_mail = at_mail
    make_subscribers(40)
    edition = make_edition()
    send_due(Clock())
    assert (set(got_it(mail_server).values()), states(edition)) == ({1}, {"sent": 40})


def test_it_is_slow(mail_server: Moody) -> None:
    mail_server.slowness = 0.1
    make_subscribers(5)
    edition = make_edition()
    send_due()
    assert (len(mail_server.taken), states(edition)) == (5, {"sent": 5})


def test_it_does_not_answer_in_time(mail_server: Moody, settings: Any) -> None:
    settings.EMAIL_TIMEOUT, mail_server.slowness = 1, 600
    make_subscribers(1)
    edition = make_edition()
    send_due(Clock())
    waiting = Delivery.objects.get()
    assert (states(edition), waiting.problem) == ({"queued": 1}, "The mail server broke off.")


def test_it_takes_a_letter_and_dies_before_it_says_so(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: hang_up(server) if address == "reader1@example.org" else "250 OK"
    make_subscribers(3)
    edition, clock = make_edition(), Clock()
    send_due(clock)
    in_doubt = Delivery.objects.get(subscriber__email="reader1@example.org")
    assert in_doubt.problem == ("The mail server took the words and broke off before it said that it has them.")
    mail_server.at_words = lambda server, address: "250 OK"
    clock.move(minutes=59)
    send_due(clock)
    assert states(edition) == {"sent": 2, "queued": 1}, "a copy is not hurried"
    clock.move(minutes=1)
    send_due(clock)
    assert got_it(mail_server) == {"reader0@example.org": 1, "reader1@example.org": 2, "reader2@example.org": 1}
    assert len(set(mail_server.taken)) == 3, "the repeat has the Message-ID of the first"
    assert states(edition) == {"sent": 3}


def test_so_many_refusals_pause_the_edition_with_the_reason(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: "554 looks like spam" if address[6] in "123" else "250 OK"
    make_subscribers(100)
    edition = make_edition()
    send_due(Clock())
    edition.refresh_from_db()
    assert edition.status == "paused"
    assert edition.pause_reason.endswith("more than 1 in 10. Most often: The mail server did not take the words (554).")
    progress = progress_of([edition])[edition.pk]
    assert progress.failed >= 10 and progress.left > 0 and progress.total == 100


def test_after_staff_resumed_it_is_counted_afresh(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: "554 looks like spam"
    make_subscribers(30)
    edition: Edition = make_edition()
    clock = Clock()
    send_due(clock)
    mail_server.at_words = lambda server, address: "250 OK"
    clock.move(minutes=1)
    edition.refresh_from_db()
    assert editions.resume(edition, at=clock())
    send_due(clock)
    assert edition.deliveries.filter(state="sent").count() == 30 - edition.deliveries.filter(state="failed").count()


def test_it_takes_its_time_to_say_that_it_has_a_letter(mail_server: Moody, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 1

    def late(server: SMTP, address: str) -> str:
        time.sleep(2)
        return "250 OK"

    mail_server.at_words = late
    make_subscribers(1)
    edition = make_edition()
    send_due(Clock())
    assert (len(mail_server.taken), states(edition)) == (1, {"sent": 1})


def test_a_letter_that_may_have_arrived_is_repeated_twice_and_never_called_given_up(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: hang_up(server)
    make_subscribers(1)
    edition, clock = make_edition(), Clock()
    for _ in range(20):
        send_due(clock)
        clock.move(hours=1)
    assert (len(mail_server.taken), states(edition)) == (3, {"unsure": 1})
    assert progress_of([edition])[edition.pk].total == 1


def test_a_letter_that_may_have_arrived_and_is_refused_later_is_not_called_given_up(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: hang_up(server)
    make_subscribers(1)
    edition, clock = make_edition(), Clock()
    send_due(clock)
    mail_server.at_address = lambda address: "550 5.7.1 no"
    clock.move(hours=1)
    send_due(clock)
    assert states(edition) == {"unsure": 1}


def test_a_daily_limit_makes_all_letters_wait_and_ends_none(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: (
        "250 OK" if len(mail_server.taken) <= 5 else "550 5.4.5 Daily user sending limit exceeded"
    )
    people = make_subscribers(30)
    edition, clock = make_edition(), Clock()
    for _ in range(12):
        send_due(clock)
        clock.move(minutes=5)
    edition.refresh_from_db()
    assert (states(edition), edition.status) == ({"sent": 5, "queued": 25}, "sending")
    assert len(mail_server.taken) < 5 + 15, "it is not asked for each letter"
    assert not Subscriber.objects.filter(status="bounced").exists()
    assert "takes no more from us for now (550 5.4.5)" in problems_of(edition, at=clock())[0]
    mail_server.at_words = lambda server, address: "250 OK"
    clock.move(hours=12)
    send_due(clock)
    assert states(edition) == {"sent": len(people)}


def test_ten_refusals_in_a_row_pause_it_however_many_went_well(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: (
        "250 OK" if len(mail_server.taken) <= 150 else "554 5.7.1 looks like spam"
    )
    make_subscribers(190)
    edition = make_edition()
    send_due(Clock())
    edition.refresh_from_db()
    assert states(edition) == {"sent": 150, "failed": 10, "queued": 30}
    assert edition.pause_reason.startswith("10 letters one after the other were refused.")


def test_staff_send_again_to_those_who_were_given_up(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: "554 no" if address == "reader1@example.org" else "250 OK"
    make_subscribers(12)
    edition, clock = make_edition(), Clock()
    send_due(clock)
    edition.refresh_from_db()
    assert (edition.status, states(edition)) == ("finished", {"sent": 11, "failed": 1})
    mail_server.at_words = lambda server, address: "250 OK"
    clock.move(days=1)
    assert editions.send_again_to_failed(edition, at=clock()) == 1
    send_due(clock)
    edition.refresh_from_db()
    assert (edition.status, states(edition)) == ("finished", {"sent": 12})
    assert got_it(mail_server)["reader0@example.org"] == 1
    assert editions.send_again_to_failed(edition, at=clock()) == 0


def test_nothing_is_sent_again_of_what_was_cancelled(mail_server: Moody) -> None:
    mail_server.at_words = lambda server, address: "554 no"
    make_subscribers(2)
    edition = make_edition()
    send_due(Clock())
    edition.refresh_from_db()
    Edition.objects.filter(pk=edition.pk).update(status="cancelled")
    assert editions.send_again_to_failed(edition, at=NOON) == 0
