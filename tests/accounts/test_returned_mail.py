"""Mail that came back to our own mailbox ends what it must, by IMAP, by POP3 and by a pipe; nobody can forge it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import tasks
from accounts.core.sending.bounces import Notice
from accounts.core.sending.returned_mail import Report
from accounts.letters.copies import copy_for, letter_of
from accounts.mail.links import stop_link
from accounts.mail.outgoing import as_parcel
from accounts.mail.sender_names import MailName
from accounts.models import (
    RETURNED_MAIL,
    Delivery,
    DeliveryState,
    OutgoingMail,
    SendingGate,
    Subscriber,
    SubscriberStatus,
    Suppression,
)
from accounts.sending import returned, whose
from tests.accounts.letters import an_edition
from tests.accounts.people import NOON, make_subscriber
from tests.accounts.returned_mail import complaint, exim, holiday, qmail, report
from tests.mailbox_server import dovecot, open_mailbox
from tests.plans import asked, look_by_index_alone, read_whole

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def way_back(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.org"


@pytest.fixture
def sent() -> Delivery:
    walter = make_subscriber()
    fields = {"state": DeliveryState.SENT, "sent_at": NOON, "next_try_at": NOON, "message_id": "<secret1@example.org>"}
    return Delivery.objects.create(edition=an_edition(practice=""), subscriber=walter, **fields)


def way_of(delivery: Delivery) -> str:
    walter = delivery.subscriber
    walter.subscriber_id = walter.pk
    return copy_for(letter_of(delivery.edition), walter, at=NOON).sender


def status() -> str:
    return Subscriber.objects.get().status


@pytest.mark.parametrize("code", ["5.1.1", "5.1.2", "5.1.10"])
def test_no_such_mailbox_ends_the_address(sent: Delivery, code: str) -> None:
    assert returned.take(report(way_of(sent), code), at=NOON) == Notice.HARD
    assert status() == SubscriberStatus.BOUNCED and Suppression.objects.exists()
    sent.refresh_from_db()
    assert sent.state == DeliveryState.BOUNCED


def test_a_server_that_knows_no_reports_is_understood_by_its_words(sent: Delivery) -> None:
    assert returned.take(qmail(way_of(sent)), at=NOON) == Notice.HARD
    assert status() == SubscriberStatus.BOUNCED


@pytest.mark.parametrize("code", ["5.2.2", "5.7.1"])
def test_a_full_mailbox_or_a_block_ends_nothing_at_once(sent: Delivery, code: str) -> None:
    assert returned.take(report(way_of(sent), code), at=NOON) == Notice.SOFT
    assert status() == SubscriberStatus.ACTIVE


def test_what_is_only_late_or_from_a_person_changes_nothing(sent: Delivery) -> None:
    for mail in (report(way_of(sent), "4.4.1", action="delayed"), holiday(way_of(sent)), b"", b"\xff\x00 no mail"):
        assert returned.take(mail, at=NOON) == Notice.NOTHING
    assert status() == SubscriberStatus.ACTIVE


def test_a_complaint_by_mail_stops_the_letters(sent: Delivery) -> None:
    assert returned.take(complaint("staff@example.org", "<secret1@example.org>"), at=NOON) == Notice.COMPLAINT
    assert status() == SubscriberStatus.UNSUBSCRIBED


def test_a_report_to_no_path_of_ours_counts_by_the_message_id_it_quotes(sent: Delivery) -> None:
    assert returned.take(report("tips@example.org", "5.1.1", quoted="<guess@example.org>"), at=NOON) == Notice.NOTHING
    assert returned.take(report("tips@example.org", "5.1.1", quoted="<secret1@example.org>"), at=NOON) == Notice.HARD


def test_nobody_ends_the_letters_of_another_by_a_forged_report(sent: Delivery) -> None:
    forged = way_of(sent).replace("+l", "+l9")
    for to in (forged, "bounces+l1-1-0123456789abcdef@example.org", "bounces@example.org"):
        assert returned.take(report(to, "5.1.1"), at=NOON) == Notice.NOTHING
    assert status() == SubscriberStatus.ACTIVE


def test_the_sites_own_mail_that_came_back_counts_too() -> None:
    make_subscriber(status=SubscriberStatus.PENDING)
    words = {"to": "walter@example.org", "subject": "Please confirm", "message_id": "<2@example.org>", "due_at": NOON}
    own = OutgoingMail.objects.create(text="Words", html="<p>Words</p>", **words)
    assert returned.take(report(as_parcel(own).sender, "5.1.1"), at=NOON) == Notice.HARD
    assert status() == SubscriberStatus.BOUNCED


@pytest.mark.parametrize(
    ("answer", "notice"),
    [("550 5.1.1 no such user", Notice.HARD), ("550 mailbox is full", Notice.SOFT), ("552 5.2.2 full", Notice.SOFT)],
)
def test_a_server_whose_own_status_says_nothing_is_read_by_the_answer_it_got(
    sent: Delivery, answer: str, notice: Notice
) -> None:
    assert returned.take(exim(way_of(sent), answer), at=NOON) == notice


@pytest.mark.parametrize("by", ["path", "message_id"])
def test_whoever_has_moved_is_not_taken_for_the_mailbox_they_left(sent: Delivery, by: str) -> None:
    way = way_of(sent) if by == "path" else "tips@example.org"
    Subscriber.objects.update(email="walter@elsewhere.example")
    assert returned.take(report(way, "5.1.1", quoted="<secret1@example.org>"), at=NOON) == Notice.NOTHING
    assert status() == SubscriberStatus.ACTIVE and not Suppression.objects.exists()


def test_a_path_that_stands_in_the_quoted_mail_alone_is_found(sent: Delivery) -> None:
    mail = report("tips@example.org", "5.1.1").replace(
        b"Subject: A minute", f"Return-Path: <{way_of(sent)}>\r\nX: A".encode()
    )
    assert returned.take(mail, at=NOON) == Notice.HARD


def test_a_complaint_in_which_the_reader_is_struck_out_counts_by_the_link_to_stop(sent: Delivery) -> None:
    def struck_out(link: str) -> bytes:
        return complaint("staff@example.org", "<none@example.org>", reader="redacted@example.net", stop=link)

    link = stop_link(sent.subscriber.public_id)
    assert returned.take(struck_out(link.replace("/u/", "/u/x")), at=NOON) == Notice.NOTHING
    assert returned.take(struck_out(link), at=NOON) == Notice.COMPLAINT
    assert status() == SubscriberStatus.UNSUBSCRIBED


def test_a_letter_is_found_without_going_through_all_of_them(sent: Delivery) -> None:
    look_by_index_alone()
    told = Report(notice=Notice.HARD, addresses=("walter@example.org",), message_ids=("<secret1@example.org>",))
    found: list[whose.Concerned | None] = []
    statements = asked(lambda: found.append(whose.concerned(told)))
    letter = MailName("l", sent.edition_id, sent.subscriber_id)
    assert found == [whose.Concerned(address="walter@example.org", mail=letter)]
    assert [sql for sql, _ in statements if "accounts_delivery" in sql]
    assert read_whole(statements) == []


HEADERS = ["Content-Type", "Content-Transfer-Encoding", "To", "From", "Subject", "Message-ID", "Status", "Action"]
HEADS = st.lists(
    st.tuples(
        st.sampled_from(HEADERS),
        st.text(max_size=40)
        | st.sampled_from(
            [
                "multipart/report; report-type=delivery-status; boundary=b1",
                "base64",
                "text/plain; charset=no-such",
                "failed",
            ]
        ),
    ),
    max_size=6,
)


@given(
    HEADS, st.binary(max_size=200) | st.sampled_from([report("a@example.org", "5.1.1"), b"--b1\r\n\r\nWords\r\n--b1"])
)
def test_no_mail_keeps_those_behind_it_from_being_read(heads: list[tuple[str, str]], rest: bytes) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in heads).encode("utf-8", "replace")
    assert returned.take(head + b"\n" + rest, at=NOON) in Notice


@pytest.mark.skipif(dovecot() is None, reason="Dovecot is not installed; script/test installs it")
@pytest.mark.parametrize("kind", ["imaps", "imap", "pop3s", "pop3"])
def test_a_real_mailbox_is_read_and_emptied(
    kind: str, sent: Delivery, certificate: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with open_mailbox(certificate) as mailbox:
        mailbox.deliver(report(way_of(sent), "5.1.1"), holiday(way_of(sent)))
        settings.BOUNCES_URL = mailbox.url(kind)
        tasks.look_for_returned_mail.call()
        assert (status(), mailbox.count) == (SubscriberStatus.BOUNCED, 0)
        assert returned.look_into(settings.BOUNCES_URL, at=NOON) == 0


@pytest.mark.skipif(dovecot() is None, reason="Dovecot is not installed; script/test installs it")
@pytest.mark.parametrize("kind", ["imaps", "imap", "pop3s", "pop3"])
def test_a_mailbox_whose_certificate_nobody_vouches_for_gets_no_password(kind: str, certificate: Path) -> None:
    with open_mailbox(certificate) as mailbox, pytest.raises(returned.Closed):
        returned.look_into(mailbox.url(kind), at=NOON)


def test_a_mailbox_that_does_not_answer_ends_no_worker(settings: Any) -> None:
    settings.BOUNCES_URL = "imaps://bounces:secret@127.0.0.1:1"
    tasks.look_for_returned_mail.call()
    away = SendingGate.objects.get(name=RETURNED_MAIL)
    assert (away.failures, away.problem) == (1, "ConnectionRefusedError")


def test_a_mail_server_can_pipe_it() -> None:
    """Its own process, as from an alias file; the database is empty there, so nothing is anybody's."""
    command = [sys.executable, "manage.py", "take_bounce"]
    answer = subprocess.run(
        command, input=holiday("bounces@example.org"), capture_output=True, check=False, timeout=120
    )
    assert (answer.returncode, answer.stdout) == (0, b"Taken as: nothing.\n"), answer.stderr
