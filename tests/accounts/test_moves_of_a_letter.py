"""A row of the ledger goes from state to state by one table, and by one function."""

from itertools import product

import pytest
from django.db.models import QuerySet

from accounts.mail.sender_names import MailName
from accounts.models import Delivery, DeliveryState
from accounts.models.delivery import MAY_BECOME, OPEN_STATES, may_become
from accounts.sending import notices
from accounts.sending.notices import Notice
from tests.accounts.people import NOON, make_subscriber
from tests.accounts.rounds import make_edition

pytestmark = pytest.mark.django_db
LEASED = {"lease_until": NOON, "sent_at": NOON, "closed_at": NOON}


def a_row(state: str, **fields: object) -> Delivery:
    row = {"edition": make_edition(), "subscriber": make_subscriber(), "next_try_at": NOON}
    return Delivery.objects.create(state=state, **{**row, **LEASED, **fields})


@pytest.mark.parametrize(("state", "to"), list(product(DeliveryState, DeliveryState)))
def test_a_move_that_is_not_in_the_table_is_none(state: DeliveryState, to: DeliveryState) -> None:
    row = a_row(state)
    assert Delivery.objects.filter(pk=row.pk).move(to) == (to in MAY_BECOME[state])
    row.refresh_from_db()
    assert row.state == (to if to in MAY_BECOME[state] else state)


def test_every_state_is_in_the_table_and_each_open_one_can_end() -> None:
    assert set(MAY_BECOME) == set(DeliveryState)
    for state in OPEN_STATES:
        assert MAY_BECOME[state] - set(OPEN_STATES)
    assert may_become(DeliveryState.SKIPPED) == ["queued", "claimed"]


def test_a_state_is_changed_by_nothing_else() -> None:
    a_row("queued")
    with pytest.raises(TypeError, match="by `move` alone"):
        Delivery.objects.update(state="sent")
    QuerySet(Delivery).update(problem="What a test may do.")
    assert Delivery.objects.get().state == "queued"


def test_what_may_have_arrived_and_came_back_has_bounced() -> None:
    row = a_row("unsure", message_id="<1@example.org>", sent_at=None)
    letter = MailName("l", row.edition_id, row.subscriber_id)
    notices.take(row.subscriber.email, Notice.HARD, mail=letter, at=NOON)
    row.refresh_from_db()
    assert row.state == "bounced"
