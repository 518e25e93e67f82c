"""A guide is seen before its readers see it: with its player, in each size and on a phone, and nothing is kept."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import Client

from coaching.models import BreathPattern, Person, Practice
from content.editing.previews import LASTS, SALT, phone_link, preview_link
from content.editing.saving import edit
from content.models import Guide
from tests.content.makers import NOW, a_tip, a_writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
WORDS = "Let the shoulders be as heavy as wet sand."
STEPS = [
    {"words": WORDS, "seconds": 60, "cue": "rest", "sizes": ["1", "4", "12"]},
    {"words": "Stay a while.", "seconds": 180, "cue": "rest", "sizes": ["4", "12"]},
    {"words": "Stay long.", "seconds": 480, "cue": "rest", "sizes": ["12"]},
]


def a_draft(**fields: Any) -> Guide:
    defaults = {
        "title": "Heavy shoulders",
        "technique_id": "mindfulness",
        "skin": "steps",
        "summary": "Let two bags go.",
        "ready": "Sit down.",
        "stop": "If it hurts.",
        "steps": STEPS,
    }
    return Guide.objects.create(slug="heavy-shoulders", **defaults | fields)


def a_guide(slug: str) -> Guide:
    guide: Guide = Guide.objects.get(slug=slug)
    return guide


def page(client: Client, guide: Guide, **asked: str) -> str:
    response = client.get(preview_link(guide), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_a_draft_is_shown_with_its_player_under_a_band(client: Client) -> None:
    guide = a_draft()
    html = page(client, guide)
    assert "Readers do not see this page. Status: Draft." in html
    assert "<guide-player" in html
    assert "js/guide-player" in html
    assert WORDS in html
    assert client.get("/practice/heavy-shoulders/").status_code == 404


def test_a_step_of_one_second_is_said_as_one(client: Client) -> None:
    html = page(client, a_draft(steps=[{**STEPS[0], "seconds": 1}, *STEPS]))
    assert re.findall(r">(1|60) (seconds?)\s*<", " ".join(html.split())) == [("1", "second"), ("60", "seconds")]


@pytest.mark.parametrize(("size", "seconds"), [("1", [60]), ("4", [60, 180]), ("12", [60, 180, 480])])
def test_each_size_has_its_own_steps(client: Client, size: str, seconds: list[int]) -> None:
    response = client.get(preview_link(a_draft()), {"size": size})
    assert [step["seconds"] for step in response.context["shown"].player.script["steps"]] == seconds


def test_a_change_to_a_published_guide_is_shown_and_readers_see_none_of_it(client: Client) -> None:
    guide = a_guide("body-scan")
    edit(guide, guide.authored_values() | {"steps": STEPS}, by=a_writer(), at=NOW)
    html = page(client, guide)
    assert "Readers still see the published text." in html
    assert WORDS in html
    assert WORDS not in client.get("/practice/body-scan/").content.decode()


@pytest.mark.parametrize("slug", ["breathing", "pmr", "heat", "walking", "imagery", "gentle-moves", "sleep"])
@pytest.mark.parametrize("size", ["1", "12"])
def test_the_preview_of_a_guide_is_its_page(client: Client, slug: str, size: str) -> None:
    guide = a_guide(slug)
    shown = client.get(preview_link(guide), {"size": size}).context
    readers = client.get(guide.get_absolute_url(), {"size": size}).context
    for name in ("choices", "sore_parts", "own_walk", "rule"):
        assert shown[name] == readers[name], name
    for name in ("player", "figure"):
        assert getattr(shown["shown"], name) == getattr(readers["shown"], name), name


@pytest.mark.parametrize("skin", ["breath", "steps", "timer", "walk", "story"])
def test_an_unfinished_guide_can_be_seen(client: Client, skin: str) -> None:
    assert "Heavy shoulders" in page(client, a_draft(skin=skin, steps=[]), size="1")


def test_it_can_be_seen_as_wide_as_a_phone_in_each_size(client: Client) -> None:
    guide = a_draft()
    html = client.get(phone_link(guide), {"size": "12"}).content.decode()
    [frame] = re.findall(r'src="([^"]+)[?]size=12"', html)
    assert WORDS in client.get(frame, {"size": "12"}).content.decode()
    assert 'href="?size=1"' in html
    inside = client.get(preview_link(guide))
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]


def test_the_admin_leads_there(client: Client) -> None:
    guide = a_draft()
    client.force_login(get_user_model().objects.create(email="a@example.org", is_staff=True, is_superuser=True))
    html = client.get(f"/admin/content/guide/{guide.pk}/change/").content.decode()
    assert "Open the preview" in html
    assert "/practice/" in preview_link(guide)


def test_what_is_saved_there_is_kept_nowhere_and_the_page_says_so(client: Client) -> None:
    response = client.post(preview_link(a_draft()), {"client_id": "a-made-up-client-1", "tension_after": "3"})
    assert response.status_code == 200
    assert "A preview keeps nothing." in response.content.decode()
    assert not Practice.objects.exists()
    assert not Person.objects.exists()
    assert "sessionid" not in client.cookies


def test_a_form_that_is_wrong_is_answered_as_it_is_for_a_person(client: Client) -> None:
    response = client.post(preview_link(a_draft()), {"client_id": "a-made-up-client-1", "tension_after": "40"})
    assert response.status_code == 422
    assert "A preview keeps nothing." not in response.content.decode()


def test_sore_parts_are_left_out_there_too(client: Client) -> None:
    link = preview_link(a_guide("pmr"))
    response = client.post(link, {"leave_out": ["", "neck"]})
    assert "neck" not in {step.get("part") for step in response.context["shown"].player.script["steps"]}


def test_no_form_of_the_page_leads_to_where_something_is_kept(client: Client) -> None:
    html = page(client, a_guide("breathing"))
    assert "breaths/keep" not in html
    assert "js/practice-form" not in html
    assert "js/practice-preview" in html
    assert BreathPattern.objects.count() == 0


def test_answers_of_whoever_holds_the_link_change_nothing(client: Client) -> None:
    client.force_login(get_user_model().objects.create(email="a@example.org"))
    assert client.get(preview_link(a_draft())).context["rule"].may_start


def test_a_preview_is_kept_by_nobody_and_listed_nowhere(client: Client) -> None:
    response = client.get(preview_link(a_draft()))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_link_that_is_changed_old_gone_or_of_another_text_is_not_found(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = a_draft()
    link, token = preview_link(guide), preview_link(guide).split("/")[2]
    assert client.get(link.replace(token, f"{token[:-1]}x")).status_code == 404
    other = preview_link(a_tip("a-new-one")).split("/")[2]
    assert client.get(link.replace(token, other)).status_code == 404
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() - LASTS.total_seconds() - 60)
    old = signing.dumps(["guide", "heavy-shoulders"], salt=SALT)
    monkeypatch.undo()
    assert client.get(link.replace(token, old)).status_code == 404
    guide.delete()
    assert client.get(link).status_code == 404


def test_the_address_of_other_previews_leads_on_to_that_of_a_guide(client: Client) -> None:
    link = preview_link(a_draft())
    assert client.get(link.removesuffix("practice/")).headers["Location"] == link
