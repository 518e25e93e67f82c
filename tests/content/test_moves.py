"""The way of a text to its readers, through the pages of the admin."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from content.admin.moves import move_address
from content.editing.history import latest_number
from content.models import Lesson, Tip
from tests.content.makers import a_card, a_lesson, a_reference, a_reviewer, a_text_in_review, a_tip, a_writer, words
from tests.content.test_admin import change_page, sent, typed

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft", "publish_at": None}


def as_staff(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def move(user: Any, text: Any, name: str, **typed: Any) -> str:
    return as_staff(user).post(move_address(text, name), typed, follow=True).content.decode()


def test_publishing_shows_a_text_and_withdrawing_hides_it(client: Client) -> None:
    tip, _, reviewer = a_text_in_review()
    assert "is published" in move(reviewer, tip, "publish", seen=latest_number(tip))
    assert client.get("/tips/six-soft-breaths/").status_code == 200
    assert "is withdrawn" in move(reviewer, tip, "withdraw")
    assert client.get("/tips/six-soft-breaths/").status_code == 404
    assert LogEntry.objects.count() == 2


def test_the_page_offers_each_person_what_they_may_do() -> None:
    tip, writer, reviewer = a_text_in_review()
    theirs = as_staff(writer).get(change_page(tip)).content.decode()
    assert "somebody else has to review and publish it" in theirs
    assert ">Publish<" not in theirs
    other = as_staff(reviewer).get(change_page(tip)).content.decode()
    assert ">Publish<" in other
    assert "Send back with this note" in other


def test_what_the_page_does_not_offer_is_refused_all_the_same() -> None:
    tip, writer, _ = a_text_in_review()
    assert "it takes the right to publish a tip" in move(writer, tip, "publish", seen=latest_number(tip))
    assert Tip.objects.get().status == "in_review"


def test_a_text_is_published_for_a_time_to_come() -> None:
    tip, _, reviewer = a_text_in_review()
    html = move(reviewer, tip, "publish", seen=latest_number(tip), start="2050-01-01T08:00")
    assert "Scheduled for 2050-01-01 08:00 UTC" in html


def test_a_time_that_is_none_is_refused_in_words() -> None:
    tip, _, reviewer = a_text_in_review()
    html = move(reviewer, tip, "publish", seen=latest_number(tip), start="tomorrow")
    assert "“tomorrow” is no date and time" in html
    assert Tip.objects.get().status == "in_review"


def test_the_note_of_a_reviewer_stands_above_the_text() -> None:
    tip, writer, reviewer = a_text_in_review()
    move(reviewer, tip, "send_back", note="Name the trial.")
    html = as_staff(writer).get(change_page(tip)).content.decode()
    assert "Name the trial." in html
    assert "omar@example.org" in html


def test_an_error_keeps_a_text_from_its_review_and_is_named() -> None:
    tip = a_tip(**DRAFT, body="Short [^gone99].")
    html = move(a_writer(), tip, "send")
    assert "is not sent" in html
    assert "cites [^gone99], which is no known reference" in html
    assert Tip.objects.get().status == "draft"


def test_a_move_is_not_made_by_looking() -> None:
    tip, _, reviewer = a_text_in_review()
    assert as_staff(reviewer).get(move_address(tip, "publish")).status_code == 405


def test_staff_without_rights_move_nothing(client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create(email="new@example.org", is_staff=True)
    assert as_staff(user).post(move_address(a_tip(), "withdraw")).status_code == 403


def test_the_panel_lists_the_checks_and_the_grade_of_each_section() -> None:
    a_reference()
    lesson = a_lesson(**DRAFT, card=a_card(), brief="## A heading\n\nShort and sweet.")
    panel = as_staff(a_writer()).get(change_page(lesson)).context["panel"]
    assert "it promises 110 to 240" in panel.errors[0].message
    part, grade = panel.grades[0]
    assert (part, grade.heading, grade.words, grade.is_rough) == ("1 minute", "A heading", 3, True)


def test_a_text_can_be_checked_without_saving_it() -> None:
    a_reference()
    lesson = a_lesson(**DRAFT, card=a_card())
    writer = as_staff(a_writer())
    response = writer.post(change_page(lesson), sent(writer, lesson, brief="Just relax!") | {"_check": "1"})
    html = response.content.decode()
    assert "Nothing is saved yet" in html
    assert "says &quot;Just relax&quot;; say instead: Let the next out-breath be a little longer." in html
    assert "Just relax!</textarea>" in html
    assert Lesson.objects.get().brief == lesson.brief


def test_a_new_text_can_be_checked_before_it_is_there() -> None:
    a_reference()
    writer = as_staff(a_writer())
    html = writer.post("/admin/content/lesson/add/", typed(brief=words(120)) | {"_check": "1"}).content.decode()
    assert "Nothing is saved yet" in html
    assert not Lesson.objects.exists()


def test_a_writer_sees_what_a_reviewer_may_change_and_cannot_change_it(library: None) -> None:
    writer = as_staff(a_writer())
    for name in ("caution", "evidence", "dangersign", "technique", "crisisline"):
        assert writer.get(f"/admin/content/{name}/").status_code == 200
        assert writer.get(f"/admin/content/{name}/add/").status_code == 403
    reviewer = as_staff(a_reviewer())
    assert reviewer.get("/admin/content/caution/add/").status_code == 200
