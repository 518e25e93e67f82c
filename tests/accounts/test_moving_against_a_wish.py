"""Whatever the order of subscribing, stopping, bouncing, erasing and moving between two mailboxes."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.mail.links import wish_of
from accounts.models import OutgoingMail, Subscriber, Suppression
from accounts.newsletter import moving, subscriptions
from tests.accounts.people import NOON, link_sent_to, mail_to

HOME, WORK = "walter@example.org", "walter@example.net"
OTHER = {HOME: WORK, WORK: HOME}
ACTS = st.tuples(st.sampled_from(["subscribe", "stop", "bounce", "erase", "move"]), st.sampled_from([HOME, WORK]))


class Story:
    """Plays acts on the site, and keeps in its own plain way which mailbox wants letters and which is closed."""

    def __init__(self) -> None:
        self.at: datetime = NOON
        self.wanted: set[str] = set()
        self.closed: set[str] = set()

    def play(self, act: str, address: str) -> None:
        self.at += timedelta(minutes=1)
        getattr(self, act)(address, Subscriber.objects.at_address(address).first())

    def subscribe(self, address: str, subscriber: Subscriber | None) -> None:
        letters = len(mail_to(address))
        subscriptions.ask(address, language="en", at=self.at)
        # A mailbox that was asked too often gets no further mail for a while, and so cannot confirm by it.
        if len(mail_to(address)) > letters and address not in self.wanted:
            wish = wish_of(link_sent_to(address, "confirm").split("/")[3], at=self.at)
            assert wish and subscriptions.confirm(wish, at=self.at)
            self.wanted.add(address)

    def stop(self, address: str, subscriber: Subscriber | None) -> None:
        if subscriber:
            subscriptions.unsubscribe(subscriber, at=self.at)
        self.wanted.discard(address)

    def bounce(self, address: str, subscriber: Subscriber | None) -> None:
        if subscriber:
            subscriptions.mark_bounced(subscriber, at=self.at)
            self.closed.add(address)
        self.wanted.discard(address)

    def erase(self, address: str, subscriber: Subscriber | None) -> None:
        if subscriber:
            subscriptions.erase(subscriber)
        self.wanted.discard(address)

    def move(self, address: str, subscriber: Subscriber | None) -> None:
        if subscriber is None or not subscriber.is_active:
            return
        moving.ask(subscriber, OTHER[address], at=self.at)
        moved = moving.move(subscriber, at=self.at)
        assert moved == (OTHER[address] not in self.closed)
        if moved:
            self.wanted = (self.wanted - {address}) | {OTHER[address]}


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=12))
@example([("subscribe", HOME), ("subscribe", WORK), ("bounce", WORK), ("move", HOME)])
@example([("subscribe", HOME), ("subscribe", WORK), ("stop", WORK), ("erase", WORK), ("move", HOME), ("stop", WORK)])
def test_letters_go_to_the_mailbox_that_wants_them_and_to_no_other(acts: list[tuple[str, str]]) -> None:
    for model in (Subscriber, Suppression, OutgoingMail):
        model.objects.all().delete()
    story = Story()
    for act, address in acts:
        story.play(act, address)
        reached = set(Subscriber.objects.reachable(story.at).values_list("email", flat=True))
        assert reached == story.wanted
        assert not reached & story.closed
