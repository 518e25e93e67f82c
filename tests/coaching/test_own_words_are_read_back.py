"""What somebody wrote for their week comes back to them; a wish to die is answered, and never read back."""

import pytest
from django.test import Client
from django.utils import timezone

from coaching.models import LogEntry, WeekStep
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

WORDS = ("Two stairs with a bag", "I want to die")
PAGES = ("/today/", "/week/", "/log/", "/progress/", "/leaving/")


@pytest.fixture
def member(client: Client) -> Client:
    a_plan(a_member(client), at=timezone.now(), values=["family"])
    client.post("/week/make/")
    return client


def pages(client: Client) -> dict[str, str]:
    """Only what a page says: the form in which the words were written still holds them."""
    return {path: text(client.get(path)) for path in PAGES}


@pytest.mark.parametrize("words", WORDS)
def test_a_small_step_and_a_place(member: Client, words: str) -> None:
    member.post("/week/small-step/", {"words": words, "when": "After lunch", "where": words})
    for step in WeekStep.objects.select_related("week"):
        step.place = words
        step.save()
    said = {path for path, page in pages(member).items() if words in page}
    assert said == ({"/today/", "/week/"} if words == WORDS[0] else set())


@pytest.mark.parametrize("words", WORDS)
def test_what_was_managed_and_taken(member: Client, words: str) -> None:
    for kind, told in (("managed", {"what": words}), ("treatment", {"category": words})):
        member.post("/log/", {"kind": kind, "client_id": f"entry-of-{kind:>12}".replace(" ", "0"), **told})
    assert LogEntry.objects.count() == 2
    said = {path for path, page in pages(member).items() if words in page}
    assert said == ({"/log/", "/progress/", "/leaving/"} if words == WORDS[0] else set())


@pytest.mark.parametrize("words", WORDS)
def test_what_is_taken_along_when_leaving(member: Client, words: str) -> None:
    told = {"helped": words, "signs": words, "first": words, "people": words, "note": words}
    page = text(member.post("/leaving/", told, follow=True))
    assert "What I take along" in page
    assert page.count(words) == (5 if words == WORDS[0] else 0)


def test_today_says_what_it_is_for_beside_the_goal(client: Client) -> None:
    a_plan(a_member(client), at=timezone.now(), goal="Carry the shopping", values=["family"])
    page = text(client.get("/today/"))
    assert "Carry the shopping" in page
    assert "So that there is more room for time with family." in page
