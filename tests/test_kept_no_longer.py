"""Whatever is kept of the library is made anew after the same few minutes, even if no row says that it changed."""

import itertools
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from coaching.plan.knowledge import knowledge
from coaching.public_pages import public_page
from config.ready.stamp import stamp as stamp_of_ready_pages
from content.reading import stamp
from content.reading.once import readings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


count = itertools.count()


def a_page() -> object:
    request = RequestFactory().get("/techniques/")
    return public_page(request, ("a page of this test",), (), lambda: HttpResponse(f"Drawn {next(count)}")).content


def a_reading() -> object:
    return readings.of("a key of this test", lambda number: number)


MADE: dict[str, Callable[[], object]] = {
    "a page for strangers": a_page,
    "what pages read": a_reading,
    "what plans are made of": lambda: knowledge().number,
    "the stamp of pages that lie ready": lambda: stamp_of_ready_pages(timezone.now())[0],
}


@pytest.mark.parametrize("what", MADE)
def test_it_is_made_anew_when_its_time_is_over_and_not_before(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "monotonic", lambda: 0.0)
    first = MADE[what]()
    monkeypatch.setattr(stamp, "monotonic", lambda: stamp.LONGEST_KEPT - 1.0)
    assert MADE[what]() == first
    monkeypatch.setattr(stamp, "monotonic", lambda: float(stamp.LONGEST_KEPT))
    assert MADE[what]() != first
