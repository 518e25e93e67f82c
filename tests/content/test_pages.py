import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from content.core.vocabulary import Size
from content.models import Lesson
from content.reading.pages import LessonPage, lesson_page
from tests.content.makers import NOW, a_card, a_lesson, a_reference, words

pytestmark = pytest.mark.django_db


def page_of(lesson: Lesson, size: Size = Size.FOUR) -> LessonPage:
    return lesson_page(Lesson.objects.for_page().get(pk=lesson.pk), size, at=NOW)


def test_each_size_shows_its_own_text_and_the_longest_adds_to_the_middle() -> None:
    lesson = a_lesson(brief="Short.", body="Middle.", deeper="Long.")
    assert page_of(lesson, Size.ONE).html == '<p id="p1">Short.</p>\n'
    assert page_of(lesson, Size.FOUR).html == '<p id="p2">Middle.</p>\n'
    assert page_of(lesson, Size.TWELVE).html == '<p id="p2">Middle.</p>\n<p id="p3">Long.</p>\n'


def test_footnotes_are_those_of_the_size_in_their_order() -> None:
    a_reference("wood19")
    a_reference("ng59", title="A made-up guideline")
    lesson = a_lesson(brief="Short [^ng59].", body="Middle [^wood19].", deeper="Long [^ng59].")
    assert [note.key for note in page_of(lesson, Size.ONE).footnotes] == ["ng59"]
    notes = page_of(lesson, Size.TWELVE).footnotes
    assert [(note.number, note.key) for note in notes] == [(1, "wood19"), (2, "ng59")]


def test_a_source_that_is_gone_leaves_the_others_their_numbers() -> None:
    a_reference("wood19")
    notes = page_of(a_lesson(body="One [^gone99]. Two [^wood19].")).footnotes
    assert [(note.number, note.key) for note in notes] == [(2, "wood19")]


@pytest.mark.parametrize(
    ("verification", "is_likely", "trust"),
    [
        ("verified", False, "identifier checked"),
        ("seen", False, "work seen, identifier not checked"),
        ("memory", True, "likely source, not checked"),
    ],
)
def test_a_footnote_says_what_was_seen_of_its_source(verification: str, is_likely: bool, trust: str) -> None:  # noqa: FBT001
    a_reference(verification=verification)
    (note,) = page_of(a_lesson(body="Text [^wood19].")).footnotes
    assert (note.is_likely, note.trust) == (is_likely, trust)


@pytest.mark.parametrize(
    ("identifiers", "link"),
    [
        ({"doi": "10.1000/example", "pmid": "1"}, "https://doi.org/10.1000/example"),
        ({"pmid": "123"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"url": "https://example.org/guideline"}, "https://example.org/guideline"),
        ({}, ""),
    ],
    ids=["doi", "pmid", "url", "none"],
)
def test_a_source_is_linked_by_the_best_identifier_it_has(identifiers: dict[str, str], link: str) -> None:
    assert a_reference(**identifiers).link == link


def test_a_citation_leaves_out_what_is_not_known() -> None:
    assert a_reference(authors="", year=0, journal="").citation == "A made-up trial."
    assert a_reference("b").citation == "Example A, Sample B (2019). A made-up trial. Journal of Examples."


def test_each_source_of_a_card_stands_on_a_line_of_its_own(client: Client) -> None:
    card = a_card()
    card.sources.add(
        a_reference("fincham23", url="https://example.org/trial"), a_reference("wood19", verification="memory")
    )
    page = " ".join(client.get("/evidence/").content.decode().split())
    first, second = re.findall(r"<li> (?:<a[^>]*rel=.noreferrer.>)?([^<]*Example A[^<]*?)(?:</a>)? </li>", page)
    assert not first.startswith("Likely source")
    assert second.startswith("Likely source: ")


def test_the_card_brings_its_own_sources() -> None:
    card = a_card()
    card.sources.add(a_reference("fincham23"))
    a_reference("wood19")
    page = page_of(a_lesson(card=card, body="Text [^wood19]."))
    assert [note.key for note in page.card_sources] == ["fincham23"]
    assert [note.key for note in page.footnotes] == ["wood19"]


def test_a_lesson_of_the_course_knows_its_published_neighbours() -> None:
    first, second, third = (a_lesson(f"lesson-{place}", course=place) for place in (1, 2, 3))
    assert (page_of(second).previous, page_of(second).following) == (first, third)
    assert page_of(first).previous is None
    Lesson.objects.filter(pk=third.pk).update(status="withdrawn", publish_at=None)
    assert page_of(second).following is None


def test_related_lessons_are_the_published_ones() -> None:
    lesson = a_lesson()
    lesson.related.set([a_lesson("heat", course=None), a_lesson("cold", course=None, status="draft", publish_at=None)])
    assert [row.slug for row in page_of(lesson).related] == ["heat"]
    assert page_of(a_lesson("yoga", course=None)).previous is None


def test_a_page_takes_three_queries_however_many_sources_it_has(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    card = a_card()
    for number in range(12):
        card.sources.add(a_reference(f"ref{number}"))
    body = words(20) + "".join(f" [^ref{number}]" for number in range(12))
    lesson = a_lesson(card=card, body=body)
    with django_assert_num_queries(3):
        page = page_of(lesson, Size.TWELVE)
        assert page.card is not None
        assert len(page.footnotes) == len(page.card_sources) == 12
