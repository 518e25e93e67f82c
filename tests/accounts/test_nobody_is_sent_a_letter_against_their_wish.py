"""Whatever the order of asking, confirming, stopping, bouncing, complaining, erasing, queueing and sending."""

from typing import Any

import pytest
from django.core import mail
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.core.sending.bounces import Notice
from accounts.models import Edition, OutgoingMail, Subscriber, Suppression
from accounts.sending import ledger, notices
from tests.accounts.rounds import make_edition, send_due
from tests.accounts.test_letters_are_never_sent_against_a_wish import ACTS, ADDRESS, Story


class LongStory(Story):
    """And editions that are put into the ledger, or sent, in between."""

    editions = 0

    def complain(self) -> None:
        notices.take(ADDRESS, Notice.COMPLAINT, mail=None, at=self.at)
        self.end()

    def bounce(self) -> None:
        notices.take(ADDRESS, Notice.HARD, mail=None, at=self.at)
        self.has_bounced = self.has_bounced or Subscriber.objects.exists()
        self.end()

    def queue(self) -> None:
        self.editions += 1
        edition = make_edition(f"edition-{self.editions}", started_at=self.at, resumed_at=self.at)
        ledger.fill(edition, at=self.at)

    def send(self) -> None:
        mail.outbox.clear()
        send_due(lambda: self.at)
        assert not mail.outbox or self.wants_letters
        assert len(mail.outbox) <= 1 or self.editions > 1


@pytest.mark.django_db
@hypothesis_settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*ACTS, "complain", "queue", "send"]), max_size=14))
@example(["ask", "confirm", "queue", "unsubscribe", "send"])
@example(["ask", "confirm", "queue", "bounce", "send"])
@example(["ask", "confirm", "queue", "erase", "ask", "confirm", "send"])
@example(["ask", "confirm", "queue", "complain", "send"])
@example(["ask", "confirm", "complain", "erase", "ask", "confirm", "queue", "send"])
def test_whoever_stopped_bounced_or_was_erased_is_sent_nothing(settings: Any, acts: list[str]) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for model in (Subscriber, Suppression, OutgoingMail, Edition):
        model.objects.all().delete()
    story = LongStory()
    for act in [*acts, "send"]:
        story.play(act)


@pytest.mark.django_db
def test_who_wants_letters_does_get_them(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    story = LongStory()
    for act in ("ask", "confirm", "unsubscribe", "ask", "confirm", "queue", "send"):
        story.play(act)
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
