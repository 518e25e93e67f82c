from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from content.models import Lesson, Tip
from content.publishing import PublishingError, publish, send_back, send_to_review, withdraw
from tests.content.makers import NOW, a_lesson, a_tip

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft", "publish_at": None}


def test_a_draft_can_be_published() -> None:
    lesson = a_lesson(**DRAFT)
    publish(lesson, by=None, at=NOW)
    assert Lesson.objects.published(NOW).get() == lesson
    assert lesson.is_published(NOW)


def test_a_text_published_for_a_time_to_come_waits_for_it() -> None:
    lesson = a_lesson(**DRAFT)
    publish(lesson, by=None, at=NOW + timedelta(hours=1))
    assert not Lesson.objects.published(NOW).exists()
    assert Lesson.objects.published(NOW + timedelta(hours=1)).exists()


def test_a_withdrawn_text_is_gone_for_readers_and_can_come_back() -> None:
    lesson = a_lesson()
    withdraw(lesson, by=None)
    assert not Lesson.objects.published(NOW).exists()
    publish(lesson, by=None, at=NOW)
    assert Lesson.objects.published(NOW).exists()


def test_a_text_goes_to_review_and_back() -> None:
    lesson = a_lesson(**DRAFT)
    send_to_review(lesson, by=None)
    assert lesson.status == "in_review"
    send_back(lesson, by=None)
    assert lesson.status == "draft"


def test_a_move_that_is_not_allowed_is_refused_in_words() -> None:
    with pytest.raises(PublishingError, match="“The loop” cannot become “Withdrawn”"):
        withdraw(a_lesson(**DRAFT), by=None)


def test_of_two_who_withdraw_at_once_the_second_is_told() -> None:
    lesson = a_lesson()
    same = Lesson.objects.get()
    withdraw(lesson, by=None)
    with pytest.raises(PublishingError):
        withdraw(same, by=None)


def test_who_published_is_remembered() -> None:
    editor = get_user_model().objects.create(email="editor@example.org", is_staff=True)
    publish(a_lesson(**DRAFT), by=editor, at=NOW)
    entry = LogEntry.objects.get()
    assert entry.user == editor
    assert entry.get_change_message() == "Published, readers see it from 2026-11-22 09:00."


@pytest.mark.parametrize("fields", [{"status": "lost"}, {"publish_at": None}], ids=["unknown status", "no time"])
def test_the_database_refuses_a_status_that_means_nothing(fields: dict[str, object]) -> None:
    a_lesson()
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.update(**fields)


def test_a_topic_finds_its_tips() -> None:
    a_tip("one", topics=["sleep", "anxiety"])
    a_tip("two", topics=["back-pain"])
    assert [tip.slug for tip in Tip.objects.on("sleep")] == ["one"]
