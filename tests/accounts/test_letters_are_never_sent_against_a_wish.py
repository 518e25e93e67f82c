"""Whatever the order of asking, confirming, stopping, bouncing and erasing."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.mail.links import Wish, wish_of
from accounts.models import OutgoingMail, Subscriber, Suppression
from accounts.newsletter import subscriptions
from tests.accounts.people import NOON, link_sent_to, mail_to

ADDRESS = "walter@example.org"
ACTS = ["ask", "confirm", "confirm with the first link", "unsubscribe", "bounce", "erase"]


class Story:
    """Plays acts on the site, and keeps in its own plain way what the person wants."""

    def __init__(self) -> None:
        self.at: datetime = NOON
        self.links: list[str] = []
        self.newest_link_is_fresh = False
        self.wants_letters = False
        self.has_bounced = False

    def play(self, act: str) -> None:
        self.at += timedelta(minutes=1)
        getattr(self, act.split()[0])(*act.split()[1:2])

    def ask(self) -> None:
        letters = len(mail_to(ADDRESS))
        subscriptions.ask(ADDRESS, language="en", at=self.at)
        if len(mail_to(ADDRESS)) > letters and not self.wants_letters:
            self.links.append(link_sent_to(ADDRESS, "confirm").split("/")[3])
            self.newest_link_is_fresh = True

    def confirm(self, which: str = "") -> None:
        wish = self.wish(0 if which else -1)
        if wish and subscriptions.confirm(wish, at=self.at):
            assert self.wants_letters or self.newest_link_is_fresh
            self.wants_letters = True

    def wish(self, index: int) -> Wish | None:
        return wish_of(self.links[index], at=self.at) if self.links else None

    def unsubscribe(self) -> None:
        for subscriber in Subscriber.objects.all():
            subscriptions.unsubscribe(subscriber, at=self.at)
        self.end()

    def bounce(self) -> None:
        for subscriber in Subscriber.objects.all():
            subscriptions.mark_bounced(subscriber, at=self.at)
            self.has_bounced = True
        self.end()

    def erase(self) -> None:
        for subscriber in Subscriber.objects.all():
            subscriptions.erase(subscriber)
        self.end()

    def end(self) -> None:
        self.wants_letters = self.newest_link_is_fresh = False


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ACTS), max_size=12))
@example(["ask", "bounce", "erase", "ask", "confirm"])
@example(["ask", "unsubscribe", "ask", "unsubscribe", "confirm"])
@example(["ask", "confirm", "unsubscribe", "confirm with the first link", "ask", "confirm"])
def test_whoever_stopped_bounced_or_was_erased_is_reached_by_no_letter(acts: list[str]) -> None:
    for model in (Subscriber, Suppression, OutgoingMail):
        model.objects.all().delete()
    story = Story()
    for act in acts:
        story.play(act)
        reachable = Subscriber.objects.reachable(story.at).exists()
        assert reachable == story.wants_letters
        assert not (reachable and story.has_bounced)
