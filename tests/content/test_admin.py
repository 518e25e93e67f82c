import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from content.editing.nouns import MODELS
from content.models import Caution, CrisisLine, Evidence, Guide, Lesson, Picture, Row, Technique, Tip
from tests.content.makers import a_card, a_lesson, a_reference, a_technique, words

pytestmark = pytest.mark.django_db

QUESTION_TYPED = """question = "What can help?"

[[answers]]
words = "Bed rest"
right = false
feedback = "Many try this first."

[[answers]]
words = "A short walk"
right = true
feedback = "Yes."

[[answers]]
words = "Waiting"
right = false
feedback = "It may ease by itself."
"""


@pytest.fixture
def editor(client: Client) -> Client:
    user = get_user_model().objects.create(email="editor@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


def change_page(row: Row) -> str:
    return reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk])


def list_page(model: type[Row]) -> str:
    return reverse(f"admin:content_{model._meta.model_name}_changelist")


def typed(**fields: Any) -> dict[str, Any]:
    """What the form of a new lesson sends."""
    return {
        "title": "Heat",
        "slug": "heat",
        "summary": "Warmth can ease a sore back.",
        "course": "",
        "position": "10",
        "technique": "",
        "card": "",
        "brief": words(120),
        "body": f"{words(550)} [^wood19]",
        "deeper": words(1200),
        "check_question": QUESTION_TYPED,
        "task": 'words = "Try it once."',
        "reflection": "What did you notice?",
        "reviewed_by": "",
        "reviewed_on": "",
        "next_review": "",
        "changes": "",
        **fields,
    }


def sent(editor: Client, row: Row, **fields: Any) -> dict[str, Any]:
    """What the form of an existing row sends when only these fields are edited."""
    opened = editor.get(change_page(row)).context
    form = opened["adminform"].form
    initial = {name: form[name].value() for name in form.fields} | {"opened_from": opened["opened_from"]}
    return {name: "" if value is None else value for name, value in initial.items()} | fields


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


def act(editor: Client, model: type[Row], action: str, *rows: Row) -> str:
    picked = {"action": action, "_selected_action": [row.pk for row in rows]}
    return editor.post(list_page(model), picked, follow=True).content.decode()


def test_every_kind_of_row_has_a_list_that_can_be_searched_and_filtered(editor: Client, library: None) -> None:
    for model in MODELS.values():
        html = editor.get(list_page(model), {"q": "a"}).content.decode()
        assert "By its file" in html
        assert editor.get(list_page(model), {"state": "from_file"}).status_code == 200


def test_every_kind_of_row_has_a_form_that_saves_unchanged_rows_unchanged(editor: Client, library: None) -> None:
    for model in set(MODELS.values()) - {Picture}:
        row: Any = model.objects.first()
        response = editor.post(change_page(row), sent(editor, row))
        assert response.status_code == 302, (model, response.context["adminform"].form.errors)
        assert model.objects.get(pk=row.pk).state == "from file", model


@pytest.mark.parametrize("model", [Lesson, Evidence, Caution, Guide, Tip])
def test_the_queries_of_a_list_do_not_grow_with_its_rows(
    editor: Client, library: None, model: type[Row], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        editor.get(list_page(model))


def test_a_new_lesson_is_a_draft_with_its_page_rendered(editor: Client) -> None:
    a_reference()
    editor.post(reverse("admin:content_lesson_add"), typed(brief="**Warm** it."))
    lesson = Lesson.objects.get(slug="heat")
    assert lesson.status == "draft"
    assert lesson.brief_html == '<p id="p1"><strong>Warm</strong> it.</p>\n'
    assert lesson.check_question["answers"][1]["right"] is True
    assert lesson.task == {"words": "Try it once."}


def test_lines_typed_in_a_browser_are_kept_as_in_a_file(editor: Client) -> None:
    a_reference()
    editor.post(reverse("admin:content_lesson_add"), typed(brief="One.\r\n\r\nTwo."))
    assert Lesson.objects.get().brief == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("body", f"{words(550)} [^gone99]", "cites [^gone99], which is no known reference"),
        ("body", f"{words(550)} [^wood19] <b>x</b>", "holds raw HTML"),
        ("body", f"{words(550)} [^wood19] [x](javascript:alert(1))", "a link to an address that is not allowed"),
        ("deeper", f"{words(1200)} [x](/lessons/gone/)", "links to /lessons/gone/, which is no known page"),
        ("check_question", QUESTION_TYPED.replace("true", "false"), "must have exactly one right answer"),
        ("check_question", "question = ", "This is not written as in the example"),
        ("task", 'words = "Try"\ntechnique = "gone"', "names no known technique: gone"),
        ("changes", '[[changes]]\non = "soon"\nwhat = "First."', "number 1: on must be a date"),
        ("needs", ["gossip"], "gossip is not one of the available choices"),
    ],
)
def test_what_would_break_the_page_stops_even_a_draft(editor: Client, field: str, value: Any, message: str) -> None:
    a_reference()
    found = errors(editor.post(reverse("admin:content_lesson_add"), typed(**{field: value})))
    assert list(found) == [field]
    assert message in found[field][0]
    assert not Lesson.objects.exists()


def test_a_draft_that_is_too_short_is_saved_with_a_warning(editor: Client) -> None:
    a_reference()
    response = editor.post(reverse("admin:content_lesson_add"), typed(brief="Short."), follow=True)
    assert "has 1 words; it promises 110 to 240" in response.content.decode()
    assert Lesson.objects.exists()


def test_a_text_in_review_cannot_be_made_worse(editor: Client) -> None:
    a_reference()
    lesson = a_lesson(card=a_card(), status="in_review", publish_at=None)
    response = editor.post(change_page(lesson), sent(editor, lesson, brief="Short."))
    assert "it promises 110 to 240" in errors(response)["brief"][0]
    assert Lesson.objects.get().brief == lesson.brief


def test_a_staff_edit_of_a_published_text_waits_for_its_review(editor: Client) -> None:
    a_reference()
    lesson = a_lesson(card=a_card())
    html = editor.post(change_page(lesson), sent(editor, lesson, brief=f"Ours. {words(120)}"), follow=True)
    assert "Readers still see the published text." in html.content.decode()
    assert "Ours." not in Lesson.objects.get().brief_html
    assert LogEntry.objects.get().get_change_message() == "Changed 1 minute."
    assert "Ours." in editor.get(change_page(lesson)).context["adminform"].form["brief"].value()


def test_the_related_lessons_of_a_proposal_are_in_the_form_again(editor: Client) -> None:
    a_reference()
    other = a_lesson("panic", course=None, card=a_card())
    lesson = a_lesson()
    editor.post(change_page(lesson), sent(editor, lesson, related=[other.pk]))
    assert not lesson.related.exists()
    assert editor.get(change_page(lesson)).context["adminform"].form["related"].value() == [other.pk]


def test_a_draft_can_be_previewed_from_its_page(editor: Client) -> None:
    html = editor.get(change_page(a_lesson(status="draft", publish_at=None))).content.decode()
    link = re.search(r'href="(/preview/[^"]+)"', html)
    assert link is not None
    assert editor.get(link.group(1)).status_code == 200


def in_conflict() -> Technique:
    technique = a_technique(summary="Ours.")
    technique.loaded = technique.authored_values() | {"summary": "Old."}
    technique.conflicts = {"summary": "Theirs."}
    technique.save()
    return technique


def test_a_row_in_conflict_shows_what_the_file_says(editor: Client) -> None:
    technique = in_conflict()
    assert "Theirs." in editor.get(change_page(technique)).content.decode()
    assert "Slow breathing" in editor.get(list_page(Technique), {"state": "conflict"}).content.decode()


def test_the_files_text_can_be_put_back(editor: Client) -> None:
    assert "Put back from the file: summary." in act(editor, Technique, "put_back_file_text", in_conflict())
    assert Technique.objects.get().summary == "Theirs."


def test_ours_can_be_kept(editor: Client) -> None:
    assert "Kept ours against the file: summary." in act(editor, Technique, "keep_our_text", in_conflict())
    assert Technique.objects.get().state == "edited here"


def test_a_row_of_a_file_cannot_be_deleted_or_renamed(editor: Client) -> None:
    technique = in_conflict()
    assert editor.get(reverse("admin:content_technique_delete", args=[technique.pk])).status_code == 403
    editor.post(change_page(technique), sent(editor, technique) | {"slug": "renamed"})
    assert Technique.objects.get().slug == "breathing"
    assert "delete_selected" not in editor.get(list_page(Technique)).content.decode()


def test_a_crisis_line_keeps_its_list_of_numbers(editor: Client, library: None) -> None:
    row = CrisisLine.objects.get(slug="us")
    before = row.lines
    editor.post(change_page(row), sent(editor, row, urgent="Call your doctor"))
    row.refresh_from_db()
    assert (row.lines, row.urgent) == (before, "Call your doctor")


def test_staff_without_rights_see_nothing(client: Client) -> None:
    client.force_login(get_user_model().objects.create(email="new@example.org", is_staff=True))
    assert client.get(list_page(Lesson)).status_code == 403
