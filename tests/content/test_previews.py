import re

import pytest
from django.core import signing
from django.test import Client

from content.editing.previews import LASTS, SALT, phone_link, preview_link
from content.editing.saving import edit
from tests.content.makers import NOW, a_card, a_lesson, a_reference, a_tip, a_writer, words

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft", "publish_at": None}


def test_a_published_text_is_previewed_as_what_it_is(client: Client) -> None:
    assert "Readers see this text as it stands." in client.get(preview_link(a_tip())).content.decode()


def test_a_draft_is_shown_as_a_reader_would_see_it_under_a_band(client: Client) -> None:
    a_reference()
    lesson = a_lesson(**DRAFT, card=a_card(), body=f"{words(20)} [^wood19]")
    html = client.get(preview_link(lesson)).content.decode()
    assert "Readers do not see this page. Status: Draft." in html
    assert lesson.body_html.strip() in html
    assert "A small help." in html
    assert "A made-up trial" in html
    assert "What can help?" in html


@pytest.mark.parametrize(("size", "shown"), [("1", "Short."), ("4", "Middle."), ("12", "Long."), ("7", "Middle.")])
def test_each_size_can_be_seen(client: Client, size: str, shown: str) -> None:
    lesson = a_lesson(**DRAFT, brief="Short.", body="Middle.", deeper="Long.")
    assert shown in client.get(preview_link(lesson), {"size": size}).content.decode()


def test_a_tip_can_be_seen_too(client: Client) -> None:
    assert "Six soft breaths" in client.get(preview_link(a_tip(**DRAFT))).content.decode()


def test_a_preview_is_kept_by_nobody_and_listed_nowhere(client: Client) -> None:
    response = client.get(preview_link(a_lesson(**DRAFT)))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_changed_link_is_not_found(client: Client) -> None:
    link = preview_link(a_lesson(**DRAFT))
    assert client.get(f"{link[:-2]}x/").status_code == 404


def test_a_link_to_a_text_that_is_gone_is_not_found(client: Client) -> None:
    lesson = a_lesson(**DRAFT)
    link = preview_link(lesson)
    lesson.delete()
    assert client.get(link).status_code == 404


def test_a_link_signed_for_something_else_is_not_found(client: Client) -> None:
    a_lesson(**DRAFT)
    token = signing.dumps(["lesson", "the-loop"], salt="newsletter.confirm")
    assert client.get(f"/preview/{token}/").status_code == 404


def test_a_link_expires_after_a_week(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    a_lesson(**DRAFT)
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() - LASTS.total_seconds() - 60)
    old = signing.dumps(["lesson", "the-loop"], salt=SALT)
    monkeypatch.undo()
    assert client.get(f"/preview/{old}/").status_code == 404


def test_the_changes_to_a_published_text_are_previewed_and_readers_see_none_of_them(client: Client) -> None:
    tip = a_tip()
    edit(tip, tip.authored_values() | {"body": "**Quite** new."}, by=a_writer(), at=NOW)
    html = client.get(preview_link(tip)).content.decode()
    assert "<strong>Quite</strong> new." in html
    assert "Readers still see the published text." in html
    assert "Quite" not in client.get("/tips/six-soft-breaths/").content.decode()


def test_a_text_can_be_seen_as_wide_as_a_phone_in_each_size(client: Client) -> None:
    lesson = a_lesson(**DRAFT)
    html = client.get(phone_link(lesson), {"size": "12"}).content.decode()
    [frame] = re.findall(r'src="([^"]+)[?]size=12"', html)
    assert client.get(frame, {"size": "12"}).context["text"] == lesson
    assert 'href="?size=1"' in html
    assert client.get(f"{phone_link(lesson)[:-8]}x/phone/").status_code == 404


def test_only_the_preview_may_stand_in_a_frame_and_only_in_one_of_ours(client: Client) -> None:
    lesson = a_lesson(**DRAFT)
    inside = client.get(preview_link(lesson))
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]
    around = client.get(phone_link(lesson))
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
