"""The library's knowledge: read in few queries, kept until a row changes, and asked about with two."""

from collections.abc import Iterator
from typing import Any

import pytest

from coaching.plan import knowledge as kept
from coaching.plan.knowledge import knowledge
from content.models import Caution, DemandCaution, Evidence, Reference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

READING = 20
"""One query a kind of row, however many rows there are, and how the library and the pool stand: for what is read, and
again for the words in which it is told: those in Spanish, and which lessons are. Here each of the four looks asks the
database, where a site asks once a second."""


@pytest.fixture(autouse=True)
def a_process_that_has_read_nothing() -> Iterator[None]:
    kept._kept.clear()
    yield
    kept._kept.clear()


def test_reading_it_takes_one_query_a_kind(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(READING):
        knowledge()


def test_whoever_asks_again_asks_only_whether_it_changed(django_assert_num_queries: Any) -> None:
    """Of the library, and of the pool."""
    first = knowledge()
    with django_assert_num_queries(2):
        assert knowledge() is first


def test_every_row_keeps_its_own_sources_in_their_order() -> None:
    options = knowledge().options
    rows = list(Evidence.objects.all())
    told = {(row.need.value, row.technique): row.sources for row in options.evidence}
    assert told == {(row.need, row.technique_id): tuple(one.slug for one in row.sources.all()) for row in rows}
    assert any(len(sources) > 1 for sources in told.values())


def test_every_caution_keeps_its_own_sources() -> None:
    options = knowledge().options
    own = {(row.technique, row.condition.value): row.source for row in options.cautions}
    assert own == {
        (row.technique_id, row.condition): ", ".join(one.slug for one in row.sources.all())
        for row in Caution.objects.all()
    }
    of_demands = {
        (row.condition, row.words): ", ".join(one.slug for one in row.sources.all())
        for row in DemandCaution.objects.all()
    }
    assert options.demand_cautions
    assert all(row.source == of_demands[row.condition.value, row.words] for row in options.demand_cautions)


def test_a_source_that_staff_add_is_told_from_the_next_request_on() -> None:
    knowledge()
    row = Caution.objects.filter(sources=None).first() or Caution.objects.all()[0]
    new = next(one for one in Reference.objects.all() if one not in row.sources.all())
    row.sources.add(new)
    row.save()
    found = next(
        one
        for one in knowledge().options.cautions
        if (one.technique, one.condition.value) == (row.technique_id, row.condition)
    )
    assert new.slug in found.source
