"""No such mailbox, by whichever way it is told, for whichever mail: nothing more goes there by itself."""

from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client
from django.utils import timezone

from accounts.core.sending.bounces import Notice
from accounts.mail import outgoing
from accounts.models import MailStatus, OutgoingMail, ReminderWish, Subscriber, Suppression, SuppressionReason
from accounts.sending import returned
from coaching.models import ReminderSlot
from coaching.reminders.messages import parcel_of
from coaching.reminders.steps import SOMETHING
from tests.accounts.people import NOON, make_subscriber
from tests.accounts.returned_mail import complaint, report
from tests.accounts.rounds import Clock, make_edition, send_due
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish, last_mail, sweep_at
from tests.coaching.shell_makers import a_member, text, the_user
from tests.pgplugin import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def way_back(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.org"


def reasons(address: str) -> list[str]:
    return list(Suppression.objects.of(address).values_list("reason", flat=True))


def sent_reminder() -> tuple[ReminderWish, str, str]:
    """The wish, the return path and the Message-ID of what left."""
    wish = a_wish()
    assert sweep_at(SIX_IN_LISBON) == 1
    slot = ReminderSlot.objects.select_related("user__reminder_wish").get()
    return wish, parcel_of(wish, slot, SOMETHING).sender, str(last_mail()["Message-ID"])


def about(address: str, to: str, quoted: str = "<none@example.org>") -> bytes:
    return report(to, "5.1.1", quoted=quoted).replace(b"walter@example.org", address.encode())


def test_a_reminder_that_came_back_by_its_own_path_ends_the_mailbox() -> None:
    wish, path, _ = sent_reminder()
    assert path.startswith(f"bounces+r{wish.pk}-")
    assert returned.take(about(wish.user.email, path), at=NOON) == Notice.HARD
    assert reasons(wish.user.email) == [SuppressionReason.BOUNCED]


def test_and_by_the_message_id_that_is_quoted() -> None:
    wish, _, message_id = sent_reminder()
    assert returned.take(about(wish.user.email, "hello@example.org", message_id), at=NOON) == Notice.HARD
    assert reasons(wish.user.email) == [SuppressionReason.BOUNCED]


def test_a_complaint_about_a_reminder_is_kept_as_one() -> None:
    wish, _, message_id = sent_reminder()
    mail = complaint("hello@example.org", message_id, reader=wish.user.email)
    assert returned.take(mail, at=NOON) == Notice.COMPLAINT
    assert reasons(wish.user.email) == [SuppressionReason.COMPLAINED]


@pytest.mark.parametrize("by", ["path", "message_id"])
def test_whoever_has_another_address_by_now_is_reminded_there(by: str) -> None:
    wish, path, message_id = sent_reminder()
    left, wish.user.email = wish.user.email, "moved@example.org"
    wish.user.save()
    mail = about(left, path) if by == "path" else about(left, "hello@example.org", message_id)
    assert returned.take(mail, at=NOON) == Notice.NOTHING
    assert not Suppression.objects.exists()


def test_a_forged_path_ends_nobodys_reminders() -> None:
    wish, path, message_id = sent_reminder()
    for forged in (path.replace("+r", "+r9"), f"bounces+r{wish.pk}-1-0123456789abcdef@example.org"):
        assert returned.take(about(wish.user.email, forged), at=NOON) == Notice.NOTHING
    guessed = message_id.replace(wish.public_id, "guessed")
    assert returned.take(about(wish.user.email, "hello@example.org", guessed), at=NOON) == Notice.NOTHING


def test_the_page_of_reminders_promises_none_that_will_not_come(client: Client) -> None:
    a_member(client)
    a_wish(the_user(), at=timezone.now())
    assert "The next one" in text(client.get("/reminders/"))
    Suppression.objects.add_address(the_user().email, SuppressionReason.BOUNCED)
    page = text(client.get("/reminders/"))
    assert "no reminder comes by email" in page and "The next one" not in page and "Stop all reminders" in page
    assert "no llega ningún recordatorio por correo" in text(client.get("/es/reminders/"))


# --- Told by the mail server itself -----------------------------------------------------------------


class NoMailbox:
    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return "550 5.1.1 no such mailbox"


@pytest.fixture
def strict(settings: Any) -> Any:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 60
    controller = Controller(NoMailbox(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield
    controller.stop()


def test_a_reminder_to_no_mailbox(strict: None) -> None:
    wish = a_wish()
    sweep_at(SIX_IN_LISBON)
    assert ReminderSlot.objects.get().state == ReminderSlot.State.FAILED
    assert reasons(wish.user.email) == [SuppressionReason.BOUNCED]


def test_a_letter_to_no_mailbox(strict: None) -> None:
    make_subscriber("gone@example.org")
    make_edition()
    send_due(Clock())
    assert Subscriber.objects.get().status == "bounced"
    assert reasons("gone@example.org") == [SuppressionReason.BOUNCED]


def test_a_mail_of_the_site_to_no_mailbox(strict: None) -> None:
    words = {"subject": "Your code", "text": "Words", "html": "<p>Words</p>", "message_id": "<3@example.org>"}
    mail = OutgoingMail.objects.create(to="gone@example.org", due_at=NOON, **words)
    outgoing.deliver(mail.pk, at=NOON)
    mail.refresh_from_db()
    assert mail.status == MailStatus.FAILED
    assert reasons("gone@example.org") == [SuppressionReason.BOUNCED]
