"""The long lists of danger signs are read in groups; no sign is lost, changed or said twice by it."""

import html
import re

import pytest
from django.test import Client

from coaching.core.intake.signs import GROUPS, LEAST_LEVEL, OTHER_SIGNS
from content.models import DangerSign
from tests.coaching.shell_makers import answer_up_to, open_page, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def the_lists(client: Client) -> str:
    answer_up_to(client, "goal")
    return text(open_page(client, "safety"))


def test_every_known_sign_stands_in_one_group() -> None:
    grouped = [sign for signs in GROUPS.values() for sign in signs]
    assert sorted(grouped) == sorted(LEAST_LEVEL)


def test_every_sign_of_the_library_is_asked_once_in_its_own_words(client: Client) -> None:
    page = html.unescape(the_lists(client))
    for sign in DangerSign.objects.all():
        assert page.count(f'value="{sign.slug}"') == 1, sign.slug
        assert page.count(f"<span>{sign.question}</span>") == 1, sign.slug


def test_each_group_is_named_once_above_its_signs(client: Client) -> None:
    page = the_lists(client)
    told = re.findall(r'<p class="group">([^<]+)</p>|value="(\w+)"', page)
    heading = ""
    found: dict[str, list[str]] = {}
    for words, sign in told:
        heading = words or heading
        if sign in LEAST_LEVEL:
            found.setdefault(heading, []).append(sign)
    assert {words: tuple(signs) for words, signs in found.items()} == GROUPS


def test_a_sign_that_only_the_library_knows_is_asked_too(client: Client) -> None:
    DangerSign.objects.create(
        slug="new_sign", question="A sign that was added", worry="", level="now", step="safety_now"
    )
    page = the_lists(client)
    assert 'value="new_sign"' in page
    assert f'<p class="group">{OTHER_SIGNS}</p>' in page


def test_none_of_these_comes_last_and_once_a_list(client: Client) -> None:
    page = the_lists(client)
    for name in ("safety_now", "safety_soon"):
        values = re.findall(rf'name="{name}" value="(\w+)"', page)
        assert values[-1] == "none"
        assert values.count("none") == 1
