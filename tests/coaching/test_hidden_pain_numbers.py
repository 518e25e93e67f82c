"""Whoever hides pain numbers meets none of theirs, on any page of the site.

A walk opens every page (`every_page`) for somebody who told much: answers, check-ins, goes with pain before, after and
the next day, worse ones and better ones. What counts is what a page says, shows and reads out.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.models import CheckIn, Person, Practice
from tests.coaching.every_page import MEMBER, VISITOR, Page, pages
from tests.coaching.shell_makers import a_finished_intake, a_member, a_plan, a_visitor, the_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PEG = {"peg_1": 9, "peg_2": 8, "peg_3": 9}
OTHER = {"tension": 6, "stuck_thoughts": 6, "avoid": 6, "sleep": 3, "active_days": 1}
NO_PAIN = "to|–|a|weeks?|minutes?|times|goes|semanas?|minutos?|veces"
FIGURE = re.compile(rf"(?<![\d.,–-])(?:8\.7|8,7|26|9|8)(?![\d.,]*\d)(?!\s*(?:{NO_PAIN})\b)")
"""What was told of pain, and the mean and the sum of it. No other answer or rating is one of these."""

OF_PAIN = re.compile(r"\bpain\b|\bPEG\b|\bsore\b|\bhurt|\bdolor", re.IGNORECASE)
ASKED_ANEW = {"coaching:intake_step", "coaching:check_in"}
"""The questions of pain are answered there, by the one who hides the numbers elsewhere."""


def a_life(person: Person) -> None:
    at = timezone.now()
    a_plan(person, at=at - timedelta(days=40), **PEG, **OTHER)
    a_finished_intake(person, at - timedelta(days=6), **PEG, **OTHER)
    for ago, peg in ((30, 26), (20, 24), (8, 26)):
        day = CheckIn(person=person, day=(at - timedelta(days=ago)).date(), version="1", given_at=at, changed_at=at)
        day.answers = {**PEG, "peg_2": peg - 18}
        day.save()
    Practice.objects.bulk_create(
        Practice(
            person=person,
            technique_id=("exposure", "walking", "heat", "breathing", "pmr", "sleep")[number % 6],
            client_id=f"a-made-up-go-{number}",
            started_at=at - timedelta(days=1 + number // 2, hours=number % 5),
            tension_before=5,
            tension_after=4,
            pain_before=9 if number % 2 else 8,
            pain_after=8 if number % 2 else 9,
            pain_next_day=9 if number > 4 else None,
            confidence_before=5,
            confidence_after=6,
            managed=2,
        )
        for number in range(36)
    )


def pieces_of(page: str) -> Iterator[str]:
    """What a page says, piece by piece: its texts, and what is read out of its pictures and fields."""
    whole = re.sub(r"<(script|style|noscript)\b.*?</\1>", " ", page, flags=re.DOTALL)
    yield from re.findall(r'(?:aria-label|aria-description|alt|title|data-[\w-]+)="([^"]*)"', whole)
    for piece in re.split(
        r"</?(?:p|li|h\d|tr|div|section|summary|figure|figcaption|label|br|ul|ol|option)\b[^>]*>|<dt\b[^>]*>", whole
    ):
        yield re.sub(r"<[^>]+>", " ", piece)


def spoken(page: str) -> set[str]:
    return {" ".join(unescape(piece).split()) for piece in pieces_of(page)}


def pain_figures(client: Client, walk: Iterable[Page]) -> set[tuple[str, str]]:
    """What is said of pain with a figure that was told; what a page says to everybody is no answer of theirs."""
    return {
        (page.path, piece)
        for page in walk
        if page.name not in ASKED_ANEW
        for piece in of_pain(client, page.path) - of_pain(Client(), page.path)
    }


def of_pain(client: Client, path: str) -> set[str]:
    said = spoken(client.get(path).content.decode())
    return {piece for piece in said if OF_PAIN.search(piece) and FIGURE.search(piece)}


def hide(client: Client, whose: str) -> None:
    if whose == MEMBER:
        Profile.objects.filter(user=the_user()).update(hide_pain_numbers=True)
    else:
        session = client.session
        session["hides_pain"] = True
        session.save()


@pytest.mark.parametrize("whose", [MEMBER, VISITOR])
def test_no_page_shows_a_pain_number_to_whoever_hides_them(client: Client, whose: str) -> None:
    person = {MEMBER: a_member, VISITOR: a_visitor}[whose](client)
    if whose == MEMBER:
        Profile.objects.of(the_user())
    a_life(person)
    walk = list(pages(person, whose))
    shown = pain_figures(client, walk)
    assert {path for path, _piece in shown} >= {"/recommendations/", "/progress/what-works/"}, (
        "the walk cannot see them"
    )
    hide(client, whose)
    assert pain_figures(client, walk) == set()
