"""A practice is drawn once for all who do it in the same way, and nothing that one person told is in what is kept."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.practice.shown import MOST_WAYS, GuideOnShelf, guide_called
from config.drawn import part
from config.drawn.shelf import Shelf
from content.editing.previews import preview_link
from content.models import Guide
from tests.coaching.shell_makers import a_plan, a_visitor, text
from tests.test_drawn_once import without_own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    own = Shelf()
    monkeypatch.setattr(part, "shelf", own)
    return own


def somebody(**told: Any) -> Client:
    client = Client()
    a_plan(a_visitor(client), **told)
    return client


def of(slug: str) -> GuideOnShelf:
    guide = guide_called(slug, timezone.now())
    assert guide is not None
    return guide


def test_it_is_drawn_once_for_all_who_choose_the_same(shelf: Shelf) -> None:
    one, other = somebody(), somebody()
    first = without_own(one.get("/practice/pmr/?size=4"))
    drawn = len(shelf)
    assert without_own(other.get("/practice/pmr/?size=4")) == first
    assert len(shelf) == drawn
    other.get("/practice/pmr/?size=12")
    assert len(shelf) > drawn


def test_what_a_caution_shuts_for_one_stays_open_for_another() -> None:
    with_lungs, without = somebody(conditions=["lung"]), somebody(conditions=["none"])
    for _ in range(2):
        pages = [client.get("/practice/breathing/") for client in (with_lungs, without)]
        holds = ['data-set="hold"' in text(page) for page in pages]
        rules = ["no_holds" in page.context["rule"].limits for page in pages]
        assert holds == [not rule for rule in rules]
        assert rules == [True, False]


def test_a_sore_part_is_in_nothing_that_is_kept(shelf: Shelf) -> None:
    client = somebody()
    client.get("/practice/pmr/?size=4")
    drawn, ways = set(map(str, shelf._parts)), set(of("pmr").ways)
    without_hands = text(client.post("/practice/pmr/?size=4", {"leave_out": ["hands"]}))
    assert set(of("pmr").ways) == ways
    assert set(map(str, shelf._parts)) == drawn
    assert without_hands.count('data-of="hands"') == 0
    assert text(client.get("/practice/pmr/?size=4")).count('data-of="hands"') > 0


def test_where_it_sits_is_in_nothing_that_is_kept() -> None:
    told, other = somebody(place=["neck"]), somebody()
    for _ in range(2):
        assert "back of your neck" in text(told.get("/practice/heat/"))
        assert "back of your neck" not in text(other.get("/practice/heat/"))
    assert not [key for key in of("heat").ways if "neck" in key]


def test_a_breath_that_somebody_named_is_on_their_own_page_alone() -> None:
    one, other = somebody(), somebody()
    one.post("/practice/breaths/keep/", {"guide": "breathing", "name": "Heron", "in": "4", "out": "7"})
    for _ in range(2):
        assert "Heron" in text(one.get("/practice/breathing/"))
        assert "Heron" not in text(other.get("/practice/breathing/"))


def test_each_go_has_a_number_of_its_own() -> None:
    client = somebody()
    numbers = [client.get("/practice/breathing/").context["form"].number for _ in range(2)]
    assert len(set(numbers)) == 2
    assert [number in text(client.get("/practice/breathing/")) for number in numbers] == [False, False]


def test_taps_that_were_refused_are_drawn_for_that_page_alone(shelf: Shelf) -> None:
    client = somebody()
    clean = without_own(client.get("/practice/breathing/"))
    refused = client.post("/practice/breathing/", {"client_id": "x", "tension_before": "7"})
    assert refused.status_code == 422
    assert 'value="7"' in text(refused)
    assert without_own(client.get("/practice/breathing/")) == clean


def test_many_lengths_do_not_fill_the_process() -> None:
    client = somebody()
    for minutes in range(1, 31):
        for out in (6, 7):
            client.get("/practice/breathing/", {"minutes": minutes, "in": 4, "out": out})
    ways = of("breathing").ways
    assert len(ways) == MOST_WAYS
    kept = list(ways)
    client.get("/practice/breathing/", {"minutes": 30, "in": 4, "out": 7})
    assert list(ways) == kept, "what is there already needs no room"


def test_a_guide_that_only_its_writer_sees_is_never_kept(shelf: Shelf) -> None:
    client = Client()
    guide = Guide.objects.get(slug="breathing")
    client.get(preview_link(guide), follow=True)
    assert not [key for key in map(str, shelf._parts) if "breathing" in key]


def test_a_change_of_the_guide_shows_at_once(shelf: Shelf) -> None:
    client = somebody()
    client.get("/practice/pmr/")
    guide = Guide.objects.get(slug="pmr")
    guide.summary = "Another summary"
    guide.save()
    assert "Another summary" in text(client.get("/practice/pmr/"))
    assert "Another summary" in text(client.get("/practice/"))
