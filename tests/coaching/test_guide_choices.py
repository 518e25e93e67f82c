"""What may be chosen for a practice: by address without a script, and a sore part by a form that leaves no trace."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from coaching.models import Person, Practice
from content.models import Guide
from tests.coaching.shell_makers import a_plan, a_visitor, text
from tests.coaching.tool_makers import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def steps(answer: Any) -> str:
    return text(answer).split('data-part="steps"')[1].split("</ol>")[0]


def offered(answer: Any, label: str) -> list[str]:
    row = re.search(rf'<nav class="pick-row" aria-label="{label}">(.*?)</nav>', text(answer), re.DOTALL)
    return re.findall(r"<(?:a|button) [^>]*>([^<]+)<", row[1]) if row else []


def test_the_place_that_is_chosen_is_the_place_that_is_told(client: Client) -> None:
    assert "Smell the salt" in steps(client.get("/practice/imagery/?size=4&place=shore"))
    assert "What can you smell" in steps(client.get("/practice/imagery/?size=4"))


def test_a_choice_goes_along_with_the_others(client: Client) -> None:
    page = text(client.get("/practice/imagery/?size=12&place=hill"))
    assert 'href="?size=12&amp;place=hill&amp;eyes=eyes_closed"' in page
    assert 'href="?size=1&amp;place=hill"' in page


@pytest.mark.parametrize("query", ["place=moon", "place=", "eyes=x&place=<script>", "moves=seated", "minutes=9"])
def test_a_choice_that_there_is_not_is_passed_over(client: Client, query: str) -> None:
    answer = client.get(f"/practice/imagery/?size=4&{query}")
    assert "What can you smell" in steps(answer)
    assert "moon" not in text(answer)


def test_letting_go_alone_may_be_chosen_and_is_all_there_is_in_a_flare(client: Client) -> None:
    assert "Make a soft fist" in steps(client.get("/practice/pmr/?size=4"))
    released = steps(client.get("/practice/pmr/?size=4&muscles=release"))
    assert "Make a soft fist" not in released
    assert "Think of your hands" in released
    a_plan(a_visitor(client), duration="comesgoes", flare_recent="yes")
    answer = client.get("/practice/pmr/?size=4")
    assert offered(answer, "How you let go") == []
    assert "Think of your hands" in steps(answer)


def test_a_caution_shuts_what_is_not_safe_for_this_person(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["trauma"])
    answer = client.get("/practice/mindfulness/?size=12&eyes=eyes_closed")
    assert offered(answer, "Your eyes") == []
    assert offered(answer, "Length") == ["1 minute", "4 minutes"]
    assert "let your eyes close" not in steps(answer)


def test_thin_bones_leave_the_bends_out_of_yoga(client: Client) -> None:
    assert "let your back round" in steps(client.get("/practice/yoga/?size=4")).casefold()
    a_plan(a_visitor(client), conditions=["osteo"])
    assert "let your back round" not in steps(client.get("/practice/yoga/?size=4")).casefold()


# --- Sore parts ----------------------------------------------------------------------------


def test_a_sore_part_is_left_out_and_nothing_is_kept_of_it(client: Client) -> None:
    answer = client.post("/practice/pmr/?size=4", {"leave_out": ["", "hands", "belly"]})
    assert answer.status_code == 200
    assert "Make a soft fist" not in steps(answer)
    assert "Draw your belly in" not in steps(answer)
    assert "Lift your shoulders" in steps(answer)
    assert (Person.objects.count(), Practice.objects.count(), Session.objects.count()) == (0, 0, 0)


def test_sore_parts_stand_in_no_address_of_the_page(client: Client) -> None:
    page = text(client.post("/practice/pmr/?size=4", {"leave_out": ["hands"]}))
    assert re.findall(r'(?:href|action)="[^"]*hands', page) == []
    assert '<button form="sore-form" formaction="?size=12"' in page


def test_the_ticks_stay_on_the_page_that_comes_back(client: Client) -> None:
    page = text(client.post("/practice/pmr/?size=4", {"leave_out": ["hands"]}))
    assert 'value="hands" checked' in page
    assert 'value="belly" checked' not in page


@pytest.mark.parametrize("told", [[""], ["moon"], ["<b>"], ["hands"] * 50, ["\x00"]])
def test_what_is_no_part_is_passed_over(client: Client, told: list[str]) -> None:
    assert client.post("/practice/pmr/", {"leave_out": told}).status_code == 200


def test_every_part_may_be_left_out(client: Client) -> None:
    parts = re.findall(r'name="leave_out" value="(\w+)"', text(client.get("/practice/pmr/?size=12")))
    answer = client.post("/practice/pmr/?size=12", {"leave_out": parts})
    assert len(parts) == 14
    assert "Sit or lie down" in steps(answer)
    assert "Curl your toes" not in steps(answer)


def test_a_practice_is_still_kept_after_parts_were_left_out(client: Client) -> None:
    client.post("/practice/pmr/", {"leave_out": ["hands"]})
    client.post("/practice/pmr/", {"client_id": "made-up-client-id-1", "tension_after": "3"})
    assert Practice.objects.get().tension_after == 3


# --- A walk, and a pack --------------------------------------------------------------------


def test_a_walk_of_ones_own_length_is_planned_in_spells(client: Client) -> None:
    page = text(client.get("/practice/walking/?minutes=10"))
    assert "Turn back here" in page
    assert "Week 8" in page


def test_a_pacing_plan_for_walking_says_how_long(client: Client) -> None:
    write(client, "pacing-planner")
    page = text(client.get("/practice/walking/"))
    assert "Your pacing plan says 8 this week." in page
    assert 'name="minutes" inputmode="numeric" min="2" max="30" value="8"' in page


@pytest.mark.parametrize("told", [{"activity": "Washing up"}, {"unit": "stairs"}])
def test_a_pacing_plan_for_something_else_says_nothing(client: Client, told: dict[str, str]) -> None:
    write(client, "pacing-planner", **told)
    assert "Your pacing plan says" not in text(client.get("/practice/walking/"))


@pytest.mark.parametrize("told", ["0", "1", "31", "-5", "x", "8.5", "٨", "9" * 400, ""])
def test_a_length_that_cannot_be_walked_leaves_the_usual_walk(client: Client, told: str) -> None:
    answer = client.get("/practice/walking/", {"minutes": told})
    assert answer.status_code == 200
    assert "Week 8" not in text(answer)


def test_a_pack_may_be_timed_and_never_for_too_long(client: Client) -> None:
    assert offered(client.get("/practice/cold/"), "Or just a timer, with skin checks") == ["5 minutes", "10 minutes"]
    assert "Time is up" in steps(client.get("/practice/cold/?minutes=10"))
    assert "Time is up" not in steps(client.get("/practice/cold/?minutes=20"))


@pytest.mark.parametrize(("slug", "minutes"), [("cold", "10"), ("walking", "10")])
def test_a_guide_without_words_for_a_time_of_ones_own_keeps_to_its_sizes(
    client: Client, slug: str, minutes: str
) -> None:
    Guide.objects.filter(slug=slug).update(own_length={})
    answer = client.get(f"/practice/{slug}/?minutes={minutes}")
    assert answer.status_code == 200
    assert offered(answer, "Or just a timer, with skin checks") == []
    assert 'name="minutes"' not in text(answer)
    assert Guide.objects.get(slug=slug).timed_steps[0].words in text(answer)


def test_what_a_writer_says_of_a_pack_is_what_is_said(client: Client) -> None:
    own = {**Guide.objects.get(slug="cold").own_length, "off": "That is enough. Take the pack off now."}
    Guide.objects.filter(slug="cold").update(own_length=own)
    assert "That is enough." in steps(client.get("/practice/cold/?minutes=10"))


def test_every_way_of_every_guide_can_be_opened(client: Client, subtests: pytest.Subtests) -> None:
    for guide in Guide.objects.all():
        page = text(client.get(f"/practice/{guide.slug}/"))
        for address in {found.replace("&amp;", "&") for found in re.findall(r'href="(\?[^"]+)"', page)}:
            with subtests.test(guide=guide.slug, address=address):
                assert "<guide-player" in text(client.get(f"/practice/{guide.slug}/{address}"))


def test_a_practice_has_one_control_for_its_length(client: Client) -> None:
    pages = {slug: text(client.get(f"/practice/{slug}/")) for slug in Guide.objects.values_list("slug", flat=True)}
    assert len(pages) > 12
    controls = {
        slug: (page.count('aria-label="Length"'), page.count('data-set="minutes"')) for slug, page in pages.items()
    }
    assert {slug: found for slug, found in controls.items() if found != (1, 0)} == {}
    assert not [slug for slug, page in pages.items() if "Length, sound, start" in page]
