"""For someone close, and for clinics: how to help, one thing handed out without a score, and half a page of facts."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from coaching.models import Person, Rhythm, SharedLink
from coaching.summary import paper
from coaching.summary.qr import picture_of
from content.core.texts.readability import grade_of
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.coaching.tool_makers import an_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGE, SHARE = "/for-someone-close/", "/for-someone-close/share/"
FORM = re.compile(r'<form[^>]*action="/for-someone-close/share/"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'name="(kind|seen|page)" value="([^"]+)"')
PLAN = {
    "note": "Dear me, it ends",
    "first": [{"do": "Change position"}],
    "people": [{"who": "Omar", "how": "0171 555", "say": "Can you do pick-up?"}],
    "medicine": "Ibuprofen 400",
    "keep": "My tea",
}


@pytest.fixture
def person(client: Client) -> Person:
    found = a_plan(a_member(client), at=timezone.now()).person
    today = timezone.localdate()
    rhythm = Rhythm(person=found, began_on=today, ends_on=today + timedelta(days=56))
    rhythm.step = {"words": "Stand at the door", "when": "after lunch"}
    rhythm.save()
    an_entry(found, "flare-plan", **PLAN)
    return found


def hand_out(client: Client, kind: str) -> Any:
    forms = [dict(HIDDEN.findall(inner)) for inner in FORM.findall(text(client.get(PAGE)))]
    sent = next(form for form in forms if form["kind"] == kind)
    return client.post(SHARE, {**sent, "days": "7"})


def opened(answer: Any) -> str:
    address = re.search(r'href="[^"]*(/shared/[^"]+)"', text(answer))
    code = re.search(r'class="code-out">\s*(\d{3} \d{3})', text(answer))
    assert address
    assert code
    page = Client().post(address[1], {"code": code[1]})
    assert page.status_code == 200
    return text(page)


def test_anybody_can_read_how_to_help(client: Client) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "How to help without taking over" in text(page)
    assert "Hand them one thing" not in text(page)


def test_it_is_read_with_ease() -> None:
    page = Client().get(PAGE).content.decode().partition("<h1")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]+>", " ", re.sub(r"</(?:li|p|h1|h2)>", ". ", page))
    assert grade_of(" ".join(words.split())) <= 8


def test_the_step_of_the_week_is_handed_out_as_it_was_seen(client: Client, person: Person) -> None:
    page = opened(hand_out(client, "step"))
    assert "Stand at the door" in page
    assert "after lunch" in page
    assert "Change position" not in page


def test_the_flare_plan_is_handed_out_without_medicines_and_numbers_of_others(client: Client, person: Person) -> None:
    page = opened(hand_out(client, "flare_plan"))
    assert all(words in page for words in ("Change position", "My tea", "Can you do pick-up?"))
    assert not any(words in page for words in ("Ibuprofen", "0171", "Dear me", "PEG", "GAD"))


def test_nothing_leaves_that_does_not_stand_there_to_be_seen(client: Client, person: Person) -> None:
    seen = text(client.get(PAGE))
    for kind in ("step", "flare_plan"):
        hand_out(client, kind)
        for _title, lines in SharedLink.objects.first().content["told"]:
            assert all(line in seen for line in lines)


def test_what_changed_since_it_was_seen_is_shown_again_and_not_handed_out(client: Client, person: Person) -> None:
    forms = [dict(HIDDEN.findall(inner)) for inner in FORM.findall(text(client.get(PAGE)))]
    rhythm = Rhythm.objects.get()
    rhythm.step = {"words": "What nobody is to know", "when": "tonight"}
    rhythm.save()
    an_entry(person, "flare-plan", keep="What nobody is to know")
    for sent in forms:
        answer = client.post(SHARE, {**sent, "days": "7"})
        assert answer.status_code == 422
        assert "Something is different since you looked." in text(answer)
    assert len(forms) == 2
    assert not SharedLink.objects.exists()


def test_words_of_dying_are_handed_to_nobody(client: Client, person: Person) -> None:
    an_entry(person, "flare-plan", first=[{"do": "I want to die"}, {"do": "Sit"}])
    page = opened(hand_out(client, "flare_plan"))
    assert "to die" not in page
    assert "Sit" in page


@pytest.mark.parametrize("sent", [{}, {"kind": "summary"}, {"kind": "record"}, {"kind": "step", "page": "short"}])
def test_what_is_not_offered_is_not_handed_out(client: Client, person: Person, sent: dict[str, str]) -> None:
    assert client.post(SHARE, sent).status_code == 422
    assert not SharedLink.objects.exists()


def test_a_stranger_hands_out_nothing(client: Client) -> None:
    assert client.post(SHARE, {"kind": "step"}).url == PAGE


# --- For clinics ---------------------------------------------------------------------------------


def test_the_leaflet_names_its_evidence_and_that_this_site_has_none(client: Client) -> None:
    page = text(client.get("/for-clinics/"))
    assert "has not been tested in a trial" in page
    assert "selfBACK" in page


def test_the_picture_holds_the_address_alone(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://unloop.example"
    page = client.get("/for-clinics/").content.decode()
    assert f'd="{picture_of("https://unloop.example/").path}"' in page
    assert picture_of("https://unloop.example/?from=clinic").path not in page


def test_the_leaflet_on_paper_is_drawn_once_for_its_words(client: Client, settings: Any) -> None:
    before = paper._leaflet.cache_info()
    settings.SITE_URL = "https://elsewhere.example"
    first, again = (client.get("/for-clinics/paper/").content for _ in range(2))
    assert first == again
    assert "elsewhere.example" in "".join(PdfReader(BytesIO(first)).pages[0].extract_text().split())
    after = paper._leaflet.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 1)


def test_the_leaflet_on_paper_fills_half_a_page_and_is_tagged(client: Client) -> None:
    answer = client.get("/for-clinics/paper/")
    found = PdfReader(BytesIO(answer.content))
    root: Any = found.trailer["/Root"]
    [page] = found.pages
    heights: list[float] = []

    def note(words: str, turn: list[float], at: list[float], *_rest: Any) -> None:
        if words.strip():
            heights.append(at[4] * turn[1] + at[5] * turn[3] + turn[5])

    page.extract_text(visitor_text=note)
    assert min(heights) > float(page.mediabox.height) / 2
    assert root["/MarkInfo"]["/Marked"].value
