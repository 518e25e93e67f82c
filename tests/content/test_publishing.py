from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from content.core.vocabulary import Change
from content.editing.history import latest_number, versions_of
from content.editing.publishing import (
    PublishingError,
    publish,
    publish_from_file,
    send_back,
    send_to_review,
    take_due,
    withdraw,
)
from content.editing.saving import edit
from content.models import Lesson, Tip
from tests.content.makers import NOW, a_lesson, a_reviewer, a_text_in_review, a_tip, a_writer, words

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft", "publish_at": None}
LATER = NOW + timedelta(hours=1)


def publish_now(text: Any, by: Any, **asked: Any) -> Any:
    publish(text, **{"by": by, "at": NOW, "start": NOW, "seen": latest_number(text)} | asked)
    text.refresh_from_db()
    return text


def changed_while_live(**values: Any) -> tuple[Any, Any, Any]:
    """A published tip whose change was written, and sent to review."""
    tip, writer, reviewer = a_text_in_review()
    publish_now(tip, reviewer)
    edit(tip, tip.authored_values() | {"title": "Eight soft breaths"} | values, by=writer, at=NOW)
    send_to_review(tip, by=writer, at=NOW)
    return Tip.objects.get(), writer, reviewer


def test_a_text_is_written_sent_reviewed_and_published() -> None:
    tip, _, reviewer = a_text_in_review()
    publish_now(tip, reviewer)
    assert tip.is_published(NOW)
    assert Tip.objects.published(NOW).get() == tip


def test_nobody_publishes_what_they_wrote() -> None:
    tip, _, _ = a_text_in_review()
    both = a_reviewer("both@example.org")
    edit(tip, tip.authored_values() | {"title": "Mine"}, by=both, at=NOW)
    with pytest.raises(PublishingError, match="you wrote in it, so somebody else has to review it"):
        publish_now(tip, both)


def test_not_even_with_every_right_there_is() -> None:
    tip, _, boss = a_text_in_review()
    boss.is_superuser = True
    boss.save()
    edit(tip, tip.authored_values() | {"title": "Mine"}, by=boss, at=NOW)
    with pytest.raises(PublishingError, match="you wrote in it"):
        publish_now(tip, boss)


def test_who_wrote_in_an_earlier_round_may_review_the_next() -> None:
    tip, writer, reviewer = a_text_in_review()
    publish_now(tip, reviewer)
    edit(tip, tip.authored_values() | {"title": "New words"}, by=reviewer, at=NOW)
    send_to_review(tip, by=reviewer, at=NOW)
    tip.refresh_from_db()
    other = a_reviewer("third@example.org")
    assert publish_now(tip, other).title == "New words"
    assert writer.pk


def test_a_writer_publishes_nothing() -> None:
    tip, _, _ = a_text_in_review()
    with pytest.raises(PublishingError, match="it takes the right to publish a tip"):
        publish_now(tip, a_writer("other@example.org"))


def test_a_draft_is_not_published_past_the_review() -> None:
    with pytest.raises(PublishingError, match="“Six soft breaths” cannot become “Published” from “Draft”"):
        publish_now(a_tip(**DRAFT), a_reviewer())


def test_a_text_with_an_error_is_not_sent_to_review() -> None:
    tip = a_tip(**DRAFT, body="Short [^gone99].")
    with pytest.raises(PublishingError, match="put right first"):
        send_to_review(tip, by=a_writer(), at=NOW)


def test_what_changed_after_the_reviewer_opened_it_must_be_read_again() -> None:
    tip, writer, reviewer = a_text_in_review()
    seen = latest_number(tip)
    edit(tip, tip.authored_values() | {"title": "Other"}, by=writer, at=NOW)
    with pytest.raises(PublishingError, match="it changed after you opened it"):
        publish_now(tip, reviewer, seen=seen)


def test_a_text_comes_back_with_a_note() -> None:
    tip, _, reviewer = a_text_in_review()
    send_back(tip, by=reviewer, at=NOW, note="Name the source of the last line.")
    tip.refresh_from_db()
    assert tip.status == "draft"
    version = versions_of(tip).last()
    assert (version.change, version.by, version.note) == (
        Change.SENT_BACK,
        reviewer,
        "Name the source of the last line.",
    )


def test_nothing_comes_back_without_a_word() -> None:
    tip, _, reviewer = a_text_in_review()
    with pytest.raises(PublishingError, match="say what should change"):
        send_back(tip, by=reviewer, at=NOW, note=" ")


def test_a_text_published_for_a_time_to_come_waits_for_it() -> None:
    tip, _, reviewer = a_text_in_review()
    publish_now(tip, reviewer, start=LATER)
    assert not Tip.objects.published(NOW).exists()
    assert Tip.objects.published(LATER).exists()


def test_a_time_that_is_gone_means_now() -> None:
    tip, _, reviewer = a_text_in_review()
    assert publish_now(tip, reviewer, start=NOW - timedelta(days=9)).publish_at == NOW


def test_a_change_to_a_published_text_waits_beside_it() -> None:
    tip, _, _ = changed_while_live()
    assert tip.title == "Six soft breaths"
    assert tip.working_values()["title"] == "Eight soft breaths"
    assert tip.stage == "in_review"


def test_a_reviewed_change_takes_its_place_and_is_rendered() -> None:
    tip, _, reviewer = changed_while_live(body=f"New. {words(150)} [^wood19]")
    before = tip.publish_at
    publish_now(tip, reviewer)
    assert (tip.title, tip.proposal, tip.stage, tip.publish_at) == ("Eight soft breaths", {}, "published", before)
    assert "New." in tip.html


def test_a_change_may_wait_for_a_time_to_come() -> None:
    tip, _, reviewer = changed_while_live()
    publish_now(tip, reviewer, start=LATER)
    assert (take_due(NOW), Tip.objects.get().title) == (0, "Six soft breaths")
    assert (take_due(LATER), Tip.objects.get().title) == (1, "Eight soft breaths")
    assert take_due(LATER) == 0


def test_a_change_that_no_longer_fits_goes_back_to_its_writer() -> None:
    tip, _, reviewer = changed_while_live()
    publish_now(tip, reviewer, start=LATER)
    Tip.objects.update(title="From a new file")
    assert take_due(LATER) == 0
    tip.refresh_from_db()
    assert (tip.title, tip.stage) == ("From a new file", "draft")
    assert versions_of(tip).last().note == "The published text changed too: title."


def test_a_change_never_overwrites_words_its_writer_did_not_see() -> None:
    tip, _, reviewer = changed_while_live()
    Tip.objects.update(title="From a new file")
    with pytest.raises(PublishingError, match="title changed in the published text too"):
        publish_now(tip, reviewer)
    assert Tip.objects.get().title == "From a new file"


def test_who_edits_what_was_approved_starts_a_new_round() -> None:
    tip, writer, reviewer = changed_while_live()
    publish_now(tip, reviewer, start=LATER)
    edit(tip, tip.authored_values() | {"title": "Ten soft breaths"}, by=writer, at=NOW)
    assert Tip.objects.get().stage == "draft"
    assert take_due(LATER) == 0


def test_a_change_taken_back_by_its_writer_leaves_no_proposal() -> None:
    tip, writer, _ = changed_while_live()
    edit(tip, tip.authored_values(), by=writer, at=NOW)
    assert (Tip.objects.get().proposal, Tip.objects.get().stage) == ({}, "published")


def test_a_withdrawn_text_is_gone_for_readers_and_can_come_back() -> None:
    tip, writer, reviewer = a_text_in_review()
    publish_now(tip, reviewer)
    withdraw(tip, by=reviewer, at=NOW)
    assert not Tip.objects.published(NOW).exists()
    send_to_review(tip, by=writer, at=NOW)
    publish_now(tip, reviewer)
    assert Tip.objects.published(NOW).exists()


def test_a_writer_withdraws_nothing() -> None:
    with pytest.raises(PublishingError, match="it takes the right to publish"):
        withdraw(a_tip(), by=a_writer(), at=NOW)


def test_withdrawing_keeps_the_change_that_waited() -> None:
    tip, _, reviewer = changed_while_live()
    withdraw(tip, by=reviewer, at=NOW)
    tip.refresh_from_db()
    assert (tip.title, tip.proposal, tip.stage) == ("Eight soft breaths", {}, "withdrawn")


def test_of_two_who_withdraw_at_once_the_second_is_told() -> None:
    lesson, reviewer = a_lesson(), a_reviewer()
    same = Lesson.objects.get()
    withdraw(lesson, by=reviewer, at=NOW)
    with pytest.raises(PublishingError, match="readers do not see it"):
        withdraw(same, by=reviewer, at=NOW)


def test_who_did_what_is_remembered() -> None:
    tip, writer, reviewer = a_text_in_review()
    publish_now(tip, reviewer)
    assert [(version.change, version.by) for version in versions_of(tip)] == [
        (Change.BEGAN, None),
        (Change.EDITED, writer),
        (Change.SENT, writer),
        (Change.PUBLISHED, reviewer),
    ]


def test_what_comes_from_a_file_is_published_at_once() -> None:
    lesson = a_lesson(**DRAFT)
    publish_from_file(lesson, at=NOW)
    assert Lesson.objects.published(NOW).get() == lesson


@pytest.mark.parametrize("fields", [{"status": "lost"}, {"publish_at": None}], ids=["unknown status", "no time"])
def test_the_database_refuses_a_status_that_means_nothing(fields: dict[str, object]) -> None:
    a_lesson()
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.update(**fields)


def test_a_topic_finds_its_tips() -> None:
    a_tip("one", topics=["sleep", "anxiety"])
    a_tip("two", topics=["back-pain"])
    assert [tip.slug for tip in Tip.objects.on("sleep")] == ["one"]
