"""The copy of a practice that a device keeps knows nobody, and so is careful for everybody."""

import pytest
from django.test import Client

from coaching import public_pages
from content.models import Caution, Guide
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def copy_of(slug: str, client: Client | None = None) -> str:
    return text((client or Client()).get(f"/offline/practice/{slug}/"))


def test_the_copy_is_the_same_whoever_asks(client: Client) -> None:
    before = copy_of("yoga")
    a_plan(a_visitor(client), conditions=["fracture"])
    member = Client()
    a_member(member)
    assert before == copy_of("yoga", client) == copy_of("yoga", member)


def test_the_copy_names_all_that_speaks_against_it(client: Client) -> None:
    for guide in Guide.objects.all():
        page = copy_of(guide.slug).replace("&#x27;", "'")
        words = Caution.objects.filter(technique=guide.technique_id).values_list("words", flat=True)
        assert [each for each in words if each not in page] == [], guide.slug


def test_what_excludes_stands_first(client: Client) -> None:
    page = copy_of("yoga")
    assert page.index("A broken bone or injury in the last 12 weeks: Wait") < page.index("Glaucoma: Keep your head")


def test_the_breath_of_a_copy_has_no_holds(client: Client) -> None:
    page = copy_of("breathing")
    assert 'data-set="in"' in page
    assert 'data-set="hold"' not in page


def test_a_copy_comes_in_three_sizes(client: Client) -> None:
    assert '?size=12" aria-current="true"' in text(client.get("/offline/practice/pmr/?size=12"))


def test_each_choice_of_a_page_has_a_copy_of_its_own(client: Client) -> None:
    def at(address: str) -> str:
        return text(client.get(f"/offline/practice/{address}"))

    assert at("breathing/?size=4&in=7&out=9") != at("breathing/?size=4") != at("breathing/?size=1")
    assert at("yoga/?size=4&moves=seated") != at("yoga/?size=4")


def test_a_copy_that_is_still_right_is_not_sent_again(client: Client) -> None:
    first = client.get("/offline/practice/pmr/")
    again = client.get("/offline/practice/pmr/", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_however_a_practice_is_asked_for_what_is_kept_of_it_has_its_limit(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_pages, "MOST_BYTES", 200_000)
    for number in range(3, 9):
        for size in (1, 4, 12):
            answer = client.get(f"/offline/practice/breathing/?size={size}&in={number}&out=9")
            assert answer.content == list(public_pages._kept.values())[-1].body
            assert sum(len(page.body) for page in public_pages._kept.values()) <= 200_000
    assert len(public_pages._kept) > 3


def test_what_is_not_published_has_no_copy(client: Client) -> None:
    Guide.objects.filter(slug="pmr").update(status="draft")
    assert client.get("/offline/practice/pmr/").status_code == 404
    assert "/practice/pmr/" not in text(client.get("/offline/"))


def test_the_page_for_no_network_leads_to_help_and_to_every_practice(client: Client) -> None:
    page = text(client.get("/offline/"))
    assert 'href="/help-now/"' in page
    assert [slug for slug in Guide.objects.values_list("slug", flat=True) if f"/practice/{slug}/" not in page] == []
