"""Somebody is told when letters stop, mail is stuck or an edition ended: once, and for as long as it lasts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.letters import editions
from accounts.models import Alert, MailStatus, OutgoingMail
from accounts.sending import alerts, gates
from tests.accounts.letters import an_edition, codings_of
from tests.accounts.people import NOON, mail_to, make_user
from tests.mail_server import keeping_server
from tests.outbox import open_mail_server, text_of

pytestmark = pytest.mark.django_db
STAFF = "staff@example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def to_staff(settings: Any) -> None:
    settings.ALERTS_TO = [STAFF]


def look(*, after: timedelta = timedelta(0)) -> list[str]:
    """What was told by now."""
    alerts.look(at=NOON + after)
    return [mail.text for mail in mail_to(STAFF)]


def pause(reason: str) -> None:
    edition = an_edition(status="sending", started_at=NOON, resumed_at=NOON)
    assert editions.pause(edition, reason)


def test_an_edition_that_paused_itself_is_told_once_with_its_reason_and_its_page() -> None:
    pause("12 of 100 letters were refused.")
    [text] = look()
    assert "paused itself. 12 of 100 letters were refused." in text
    assert "/admin/accounts/edition/" in text
    assert len(look(after=MINUTE)) == 1


def test_a_pause_of_staff_is_news_to_nobody() -> None:
    pause("Paused by editor@example.org.")
    assert look() == []


def test_a_second_pause_after_it_was_resumed_is_told_again() -> None:
    pause("Refused.")
    look()
    edition = editions.Edition.objects.get()
    editions.resume(edition, at=NOON + MINUTE)
    assert len(look(after=MINUTE)) == 1 and alerts.standing() == []
    editions.pause(edition, "Refused once more.")
    assert "once more" in look(after=2 * MINUTE)[1]


def test_an_edition_that_ended_is_told_once_and_stands_nowhere() -> None:
    an_edition(status="finished", started_at=NOON, finished_at=NOON)
    assert "has gone out: 0 letters" in look(after=MINUTE)[0]
    assert len(look(after=2 * MINUTE)) == 1 and alerts.standing() == []


def test_the_letters_of_an_edition_are_counted_for_the_mail_and_not_each_minute_after_it() -> None:
    an_edition(status="finished", finished_at=NOON)
    look(after=MINUTE)
    with CaptureQueriesContext(connection) as asked:
        look(after=2 * MINUTE)
    assert not [each for each in asked if "accounts_delivery" in each["sql"]]
    assert len(look(after=3 * MINUTE)) == 1


def test_a_mail_server_that_is_away_for_some_minutes_is_told_until_it_is_back() -> None:
    gates.close_mail_server("The mail server does not answer.", at=NOON)
    assert look(after=4 * MINUTE) == []
    assert "no letters since 02 November, 12:00 UTC. The mail server does not answer." in look(after=6 * MINUTE)[0]
    assert len(look(after=30 * MINUTE)) == 1 and len(alerts.standing()) == 1
    gates.mail_server_works()
    look(after=31 * MINUTE)
    assert alerts.standing() == []
    gates.close_mail_server("Away once more.", at=NOON + timedelta(hours=1))
    assert len(look(after=timedelta(hours=2))) == 2


def test_a_mailbox_of_returned_mail_that_nobody_can_read_is_told_until_it_can_be() -> None:
    for minutes in (0, 50):
        gates.returned_mail_is_away("TimeoutError", at=NOON + minutes * MINUTE)
    assert look(after=59 * MINUTE) == []
    assert "cannot be read since 02 November, 12:00 UTC (TimeoutError)" in look(after=61 * MINUTE)[0]
    assert len(look(after=90 * MINUTE)) == 1 and len(alerts.standing()) == 1
    gates.returned_mail_works()
    look(after=91 * MINUTE)
    assert alerts.standing() == []


@pytest.mark.parametrize("status", [MailStatus.WAITING, MailStatus.SENDING])
def test_mail_that_is_stuck_is_told_though_it_is_put_off_again_and_again(status: MailStatus) -> None:
    words = {"to": "walter@example.org", "subject": "Your code", "message_id": "<1@example.org>", "status": status}
    stuck = OutgoingMail.objects.create(due_at=NOON + timedelta(days=1), error="Not now (451).", **words)
    OutgoingMail.objects.filter(pk=stuck.pk).update(created_at=NOON)
    assert look(after=14 * MINUTE) == []
    assert "1 mail of the site waits since 02 November, 12:00 UTC" in look(after=16 * MINUTE)[0]


def test_two_workers_that_look_at_once_tell_once() -> None:
    pause("Refused.")
    alert = Alert(key="x", words="y", began_at=NOON)
    alert.save()
    twin = Alert.objects.get(key="x")
    alerts._tell(alert, at=NOON)
    alerts._tell(twin, at=NOON)
    assert len(mail_to(STAFF)) == 1


def another_way(settings: Any, port: int) -> None:
    settings.ALERTS_EMAIL = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
    settings.EMAIL_TIMEOUT = 60


def test_it_goes_by_another_way_where_there_is_one(settings: Any) -> None:
    with open_mail_server() as (outbox, port):
        another_way(settings, port)
        pause("Refused.")
        assert look() == []
        [letter] = outbox.letters
    assert letter["To"] == STAFF and "paused itself" in text_of(letter)


def test_the_other_way_gets_mail_as_it_should_be(settings: Any) -> None:
    """That server, too, may take no signs beyond ASCII, and no long lines."""
    with keeping_server() as (keeping, port):
        another_way(settings, port)
        pause("Réfusé “à la fin”.\nTwice. " + "Words " * 60)
        look()
        [content] = keeping.letters
    assert content.isascii() and max(map(len, content.split(b"\r\n"))) <= 998
    assert codings_of(content) <= {None, "7bit", "quoted-printable", "base64"}
    assert b"Auto-Submitted: auto-generated" in content


def test_another_way_that_is_broken_too_is_tried_again(settings: Any) -> None:
    another_way(settings, 1)
    pause("Refused.")
    look()
    with open_mail_server() as (outbox, port):
        another_way(settings, port)
        look(after=MINUTE)
        assert len(outbox.letters) == 1


def test_the_first_line_of_every_staff_page_says_it_to_whoever_sends_letters(client: Client) -> None:
    pause("12 of 100 letters were refused.")
    look()
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    for path in ("/admin/", "/admin/accounts/subscriber/", "/admin/content/tip/"):
        assert "12 of 100 letters were refused." in client.get(path).content.decode()
    client.force_login(make_user("helper@example.org", is_staff=True))
    assert "12 of 100" not in client.get("/admin/").content.decode()


def test_with_nobody_to_tell_the_page_says_it_all_the_same(settings: Any) -> None:
    settings.ALERTS_TO = []
    pause("Refused.")
    assert look() == []
    assert len(alerts.standing()) == 1
