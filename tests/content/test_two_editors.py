"""Two people edit one row at once: the second is asked, and nothing of either is lost."""

from typing import Any

import pytest
from django.test import Client

from content.editing.history import latest_number, versions_of
from content.editing.saving import edit
from content.models import Lesson, Technique, Tip
from tests.content.makers import NOW, a_lesson, a_reference, a_reviewer, a_technique, a_tip, a_writer
from tests.content.test_admin import change_page, sent

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft", "publish_at": None}


@pytest.fixture
def mine(client: Client) -> Client:
    client.force_login(a_reviewer())
    return client


@pytest.fixture
def tip() -> Tip:
    a_reference()
    return a_tip(**DRAFT)


def they_save(row: Any, **values: Any) -> None:
    row = type(row).objects.get(pk=row.pk)
    edit(row, row.authored_values() | values, by=a_writer(), at=NOW)


def merging(response: Any) -> dict[str, Any]:
    assert response.status_code == 409
    return {merge.name: merge for merge in response.context["merges"]}


def chosen(response: Any, **choices: str) -> dict[str, Any]:
    """What the merge screen sends when these are chosen."""
    again: dict[str, Any] = {"opened_from": response.context["opened_from"]}
    for name, value in response.context["sent"]:
        again.setdefault(name, []).append(value)
    hidden = {f"choice-{merge.name}": "theirs" for merge in response.context["merges"] if not merge.is_conflict}
    return again | hidden | choices


def test_the_second_to_save_sees_both_and_the_base(mine: Client, tip: Tip) -> None:
    opened = sent(mine, tip, title="Mine")
    they_save(tip, title="Theirs")
    response = mine.post(change_page(tip), opened)
    merge = merging(response)["title"]
    assert (merge.base, merge.theirs, merge.mine, merge.is_conflict) == ("Six soft breaths", "Theirs", "Mine", True)
    assert "ines@example.org" in response.content.decode()
    assert Tip.objects.get().title == "Theirs"


@pytest.mark.parametrize(
    ("choices", "title"),
    [
        ({"choice-title": "mine"}, "Mine"),
        ({"choice-title": "theirs"}, "Theirs"),
        ({"choice-title": "typed", "typed-title": "Both"}, "Both"),
    ],
    ids=["keep", "take", "edit"],
)
def test_each_field_is_kept_taken_or_edited(mine: Client, tip: Tip, choices: dict[str, str], title: str) -> None:
    opened = sent(mine, tip, title="Mine")
    they_save(tip, title="Theirs")
    screen = mine.post(change_page(tip), opened)
    assert mine.post(change_page(tip), chosen(screen, **choices)).status_code == 302
    assert Tip.objects.get().title == title
    assert "Theirs" in [version.values["title"] for version in versions_of(tip)]


def test_what_only_one_of_them_changed_is_put_together(mine: Client, tip: Tip) -> None:
    opened = sent(mine, tip, title="Mine")
    they_save(tip, summary="Their summary.", topics=["sleep"])
    screen = mine.post(change_page(tip), opened)
    assert {name: merge.is_conflict for name, merge in merging(screen).items()} == {"summary": False, "topics": False}
    mine.post(change_page(tip), chosen(screen))
    row = Tip.objects.get()
    assert (row.title, row.summary, row.topics) == ("Mine", "Their summary.", ["sleep"])


def test_a_third_who_saved_meanwhile_is_seen_too(mine: Client, tip: Tip) -> None:
    opened = sent(mine, tip, title="Mine")
    they_save(tip, title="Theirs")
    screen = mine.post(change_page(tip), opened)
    edit(Tip.objects.get(), tip.authored_values() | {"title": "A third"}, by=a_writer("third@example.org"), at=NOW)
    again = mine.post(change_page(tip), chosen(screen, **{"choice-title": "mine"}))
    assert merging(again)["title"].theirs == "A third"
    assert Tip.objects.get().title == "A third"


def test_the_same_words_by_both_are_no_question(mine: Client, tip: Tip) -> None:
    opened = sent(mine, tip, title="The same")
    they_save(tip, title="The same")
    assert mine.post(change_page(tip), opened).status_code == 302
    assert Tip.objects.get().title == "The same"


def test_a_form_without_its_version_is_taken_for_an_old_one(mine: Client, tip: Tip) -> None:
    they_save(tip, title="Theirs")
    opened = sent(mine, tip, title="Mine") | {"opened_from": "nonsense"}
    assert "title" in merging(mine.post(change_page(tip), opened))


def test_two_proposals_to_one_published_text_meet_as_well(mine: Client) -> None:
    a_reference()
    lesson = a_lesson()
    opened = sent(mine, lesson, title="Mine")
    they_save(lesson, title="Theirs")
    screen = mine.post(change_page(lesson), opened)
    assert merging(screen)["title"].theirs == "Theirs"
    mine.post(change_page(lesson), chosen(screen, **{"choice-title": "mine"}))
    row = Lesson.objects.get()
    assert (row.title, row.working_values()["title"]) == ("The loop", "Mine")


def test_rows_of_knowledge_are_merged_too(mine: Client) -> None:
    technique = a_technique()
    opened = sent(mine, technique, name="Mine", minutes="7")
    they_save(technique, name="Theirs", startable=False)
    screen = mine.post(change_page(technique), opened)
    assert set(merging(screen)) == {"name", "startable"}
    mine.post(change_page(technique), chosen(screen, **{"choice-name": "theirs"}))
    row = Technique.objects.get()
    assert (row.name, row.minutes, row.startable) == ("Theirs", 7, False)


def test_saving_without_a_change_makes_no_version(mine: Client, tip: Tip) -> None:
    mine.post(change_page(tip), sent(mine, tip))
    assert latest_number(tip) == 0
