"""A mailbox that takes no mail for now: each report counts against the very mail that it names, of whatever kind."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.core.sending.bounces import Notice
from accounts.mail import outgoing
from accounts.mail.emails import Mail, post
from accounts.members.personal_data import erase
from accounts.models import Delivery, OutgoingMail, SoftBounce, Subscriber, Suppression, User
from accounts.newsletter import pruning, subscriptions
from accounts.sending import notices, returned
from coaching.models import ReminderSlot
from coaching.reminders import sweep
from tests.accounts.people import NOON, make_subscriber, make_user
from tests.accounts.returned_mail import report
from tests.accounts.rounds import Clock, make_edition, send_due, states
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish
from tests.mailbox_server import dovecot, open_mailbox
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db
WALTER = "walter@example.org"
A_DAY = timedelta(days=1)
FULL = "5.2.2"


@pytest.fixture(autouse=True)
def way_back(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.org"


def send_a_code(at: datetime) -> OutgoingMail:
    mail = post(Mail(to=WALTER, subject="Your code", text="1234-5678", html=""), at=at)
    outgoing.deliver(mail.pk, at=at)
    return mail


def remind(at: datetime) -> None:
    sweep.drain("a worker", clock=lambda: at, goes_on=lambda: True)


def comes_back(outbox: Outbox, at: datetime) -> Notice:
    """The mail that left last, to the return path it left with."""
    return returned.take(report(outbox.return_paths[-1], FULL), at=at)


def status() -> str:
    return Subscriber.objects.get().status


def is_closed() -> bool:
    return Suppression.objects.forbids(WALTER)


def test_a_code_that_came_back_is_not_taken_for_the_letter_that_arrived(outbox: Outbox) -> None:
    make_subscriber(WALTER)
    edition = make_edition()
    send_due(Clock())
    code = send_a_code(NOON)
    assert comes_back(outbox, NOON) == Notice.SOFT
    code.refresh_from_db()
    assert states(edition) == {"sent": 1}
    assert (code.status, code.error) == ("sent", "It came back: the mailbox did not take it this time.")


def test_of_two_letters_the_one_that_came_back_is_marked(outbox: Outbox) -> None:
    make_subscriber(WALTER)
    clock, editions = Clock(), []
    for slug in ("first", "second"):
        editions.append(make_edition(slug, started_at=clock(), resumed_at=clock()))
        send_due(clock)
        clock.move(days=7)
    returned.take(report(outbox.return_paths[0], FULL), at=clock())
    assert [states(each) for each in editions] == [{"bounced": 1}, {"sent": 1}]


def test_mail_of_every_kind_counts_and_on_the_third_day_all_of_it_stops_but_codes(
    client: Client, outbox: Outbox
) -> None:
    user, _ = make_user(WALTER), make_subscriber(WALTER)
    a_wish(user)
    edition = make_edition(started_at=SIX_IN_LISBON, resumed_at=SIX_IN_LISBON)
    send_due(Clock(SIX_IN_LISBON))
    comes_back(outbox, SIX_IN_LISBON)
    send_a_code(SIX_IN_LISBON + A_DAY)
    comes_back(outbox, SIX_IN_LISBON + A_DAY)
    assert (status(), is_closed()) == ("active", False)
    remind(SIX_IN_LISBON + 2 * A_DAY)
    comes_back(outbox, SIX_IN_LISBON + 2 * A_DAY)
    assert (status(), is_closed(), states(edition)) == ("bounced", True, {"bounced": 1})
    sent = len(outbox.letters)
    remind(SIX_IN_LISBON + 3 * A_DAY)
    assert (len(outbox.letters), ReminderSlot.objects.latest("due_at").state) == (sent, ReminderSlot.State.FAILED)
    client.post(reverse("account_reset_password"), {"email": WALTER})
    outgoing.send_due(clock=timezone.now, goes_on=lambda: True)
    assert len(outbox.letters) == sent + 1


@pytest.mark.skipif(dovecot() is None, reason="Dovecot is not installed; script/test installs it")
@pytest.mark.parametrize("kind", ["imaps", "pop3s"])
def test_reminders_that_come_back_to_a_real_mailbox_stop(
    kind: str, outbox: Outbox, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    a_wish(make_user(WALTER))
    edition = make_edition(started_at=SIX_IN_LISBON, resumed_at=SIX_IN_LISBON)
    make_subscriber(WALTER)
    send_due(Clock(SIX_IN_LISBON))
    with open_mailbox(certificate) as mailbox:
        for day in range(4):
            at = SIX_IN_LISBON + day * A_DAY
            remind(at)
            mailbox.deliver(report(outbox.return_paths[-1], FULL))
            assert returned.look_into(mailbox.url(kind), at=at) == 1
            assert (is_closed(), mailbox.count) == (day >= 2, 0)
    assert list(ReminderSlot.objects.order_by("due_at").values_list("state", flat=True)) == [*["sent"] * 3, "failed"]
    assert states(edition) == {"sent": 1}


def test_what_comes_back_on_one_day_counts_once(outbox: Outbox) -> None:
    make_subscriber(WALTER)
    for _ in range(4):
        send_a_code(NOON)
        comes_back(outbox, NOON)
    assert not is_closed()


def test_the_same_report_on_another_day_counts_once(outbox: Outbox) -> None:
    send_a_code(NOON)
    for day in range(4):
        comes_back(outbox, NOON + day * A_DAY)
    assert not is_closed()


def test_once_staff_write_there_again_it_is_counted_anew(outbox: Outbox) -> None:
    for day in range(3):
        send_a_code(NOON + day * A_DAY)
        comes_back(outbox, NOON + day * A_DAY)
    assert is_closed()
    Suppression.objects.all().delete()
    send_a_code(NOON + 4 * A_DAY)
    comes_back(outbox, NOON + 4 * A_DAY)
    assert not is_closed()


# --- A provider that posts it ------------------------------------------------------------------------


def tell(at: datetime, monkeypatch: pytest.MonkeyPatch, *, own_id: str = "", **event: Any) -> None:
    monkeypatch.setattr(notices.timezone, "now", lambda: at)
    told = {"event_type": "bounced", "reject_reason": "other", "recipient": WALTER, "message_id": own_id}
    notices.on_event(AnymailTrackingEvent(**told, esp_event=event), "A provider")


def test_a_notice_counts_against_the_mail_whose_message_id_stands_anywhere_in_it(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_subscriber(WALTER)
    edition = make_edition()
    send_due(Clock())
    letter = str(outbox.letters[0]["Message-ID"])
    code = send_a_code(NOON)
    tell(NOON, monkeypatch, own_id="1", mail={"headers": [{"name": "Message-ID", "value": code.message_id}]})
    assert states(edition) == {"sent": 1}
    tell(NOON, monkeypatch, own_id="2", mail={"commonHeaders": {"messageId": letter}})
    assert states(edition) == {"bounced": 1}


def test_a_notice_that_names_no_mail_of_ours_counts_for_the_address_and_marks_no_letter(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_subscriber(WALTER)
    edition = make_edition()
    send_due(Clock())
    for day in range(3):
        for _ in range(2):
            tell(NOON + day * A_DAY, monkeypatch, own_id=f"number-{day}", MessageID=day)
    assert (status(), states(edition)) == ("bounced", {"sent": 1})


@pytest.mark.parametrize(("provider", "header"), [("mailjet", "X-MJ-CustomID"), ("postmark", "X-PM-Metadata-mail")])
def test_a_provider_with_numbers_of_its_own_hands_the_name_back(
    provider: str, header: str, outbox: Outbox, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_PROVIDER, settings.BOUNCE_ADDRESS = provider, ""
    make_subscriber(WALTER)
    a_wish(make_user(WALTER))
    edition = make_edition(started_at=SIX_IN_LISBON, resumed_at=SIX_IN_LISBON)
    send_due(Clock(SIX_IN_LISBON))
    remind(SIX_IN_LISBON)
    send_a_code(SIX_IN_LISBON)
    letter, *others = [str(each[header]) for each in outbox.letters]
    assert [other[:2] for other in others] == ["+r", "+m"] and max(map(len, [letter, *others])) <= 80
    for number, name in enumerate(others):
        tell(SIX_IN_LISBON, monkeypatch, own_id=str(number), CustomID=name)
    assert states(edition) == {"sent": 1}
    tell(SIX_IN_LISBON, monkeypatch, own_id="3", Metadata={"mail": letter})
    assert states(edition) == {"bounced": 1}


def test_no_other_is_told_more_than_it_needs(outbox: Outbox) -> None:
    send_a_code(NOON)
    assert not [name for name in outbox.letters[0] if name.startswith("X-")]


def test_a_notice_about_one_mailbox_says_nothing_of_a_letter_to_another(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_subscriber("someone@example.org")
    edition = make_edition()
    send_due(Clock())
    tell(NOON, monkeypatch, message=str(outbox.letters[0]["Message-ID"]), sender=outbox.return_paths[0])
    assert states(edition) == {"sent": 1}


# --- What is kept of it ------------------------------------------------------------------------------


def test_it_is_kept_no_longer_than_it_counts_and_names_nobody(outbox: Outbox) -> None:
    send_a_code(NOON)
    comes_back(outbox, NOON)
    row = SoftBounce.objects.get()
    assert (len(row.address_hash), len(row.mail_hash)) == (64, 64)
    pruning.prune(at=NOON + 59 * A_DAY)
    assert SoftBounce.objects.exists()
    pruning.prune(at=NOON + 60 * A_DAY)
    assert not SoftBounce.objects.exists()


@pytest.mark.parametrize("whose", ["account", "subscription"])
def test_it_goes_with_whoever_is_erased(whose: str, outbox: Outbox) -> None:
    keeper: User | Subscriber = make_user(WALTER) if whose == "account" else make_subscriber(WALTER)
    send_a_code(NOON)
    comes_back(outbox, NOON)
    if isinstance(keeper, User):
        erase(keeper)
    else:
        subscriptions.erase(keeper)
    assert not SoftBounce.objects.exists() and not Delivery.objects.exists()
