"""Whoever stands in danger is told so on every page there is, and no page asks them to begin what is shut to them.

A walk opens every page (`every_page`), in English and, where it is written in it, in Spanish: for a visitor and for a
member, with a sign of each level, and with an answer on self-harm that was a yes or not given. What may not be begun
is read from the rules (`rule_for`), never from a list.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.help.danger_standing import BESIDE_THE_PLAN
from coaching.help.flare import COOKIE
from coaching.models import Person
from coaching.plan.start_rules import rule_for
from content.core.vocabulary import Level
from content.models import DangerSign, Guide
from tests.coaching.every_page import (
    COPIES,
    LEADS_ON,
    LEFT_OUT,
    MEMBER,
    VISITOR,
    Page,
    all_names,
    copies,
    filled_in,
    pages,
)
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text
from tests.coaching.test_standing_danger import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

SIGNS = {Level.NOW: "chest_pain", Level.TODAY: "fever", Level.SOON: "night_pain"}
STANDS = [*SIGNS, None]
"""None: nothing of the body, and an answer on self-harm that was a yes or was not given."""

MAKERS = {VISITOR: a_visitor, MEMBER: a_member}
BANNER, BESIDE, PLAYER, CALL = 'id="standing"', 'id="people-title"', "<guide-player", "Please call now."
EMERGENCY = "/help-now/emergency/"
OWN_WORDS = {"coaching:emergency", "coaching:intake_step"}
"""The one says the sign itself; on the other it is answered anew."""

CALLS_FIRST = {"coaching:help_now"}
"""Its breath is there in danger too, below the call, and waits for a press."""

OF_A_PLAN = {
    *("coaching:recommendations", "coaching:plan", "coaching:today"),
    *("coaching:week", "coaching:week_step", "coaching:left", "coaching:booster"),
}
"""Here every link to a practice is a suggestion."""

TOOL_FORMS = {"coaching:tool_new", "coaching:tool_edit"}
SUGGESTS = {
    "heat": "A warm pack if you like heat and feel it well, wrapped, 15 minutes.",
    "gentle-moves": "Change your position. Rock a little. Sip some water.",
}
"""What the site says of itself, in passing, by the guide that shows it."""


@dataclass
class Walk:
    """Somebody with their browser, and what their answers shut to them."""

    client: Client
    person: Person
    level: Level | None

    @cached_property
    def shut(self) -> set[str]:
        """Guides that they may not begin."""
        guides = Guide.objects.select_related("technique")
        return {one.slug for one in guides if self.is_now or not self._may(one.technique_id, one)}

    @cached_property
    def shut_tools(self) -> set[str]:
        asked = [tool for tool in TOOL.values() if not tool.may_always]
        return {tool.slug for tool in asked if self.is_now or (tool.technique and not self._may(tool.technique))}

    @cached_property
    def sign(self) -> DangerSign | None:
        return DangerSign.objects.get(slug=SIGNS[self.level]) if self.level else None

    @property
    def is_now(self) -> bool:
        return self.level is Level.NOW

    def _may(self, technique: str, guide: Guide | None = None) -> bool:
        return rule_for(self.person, technique, guide).may_start


def a_walk(client: Client, whose: str, level: Level | None) -> Walk:
    person = MAKERS[whose](client)
    if level:
        told(person, SIGNS[level])
    else:
        a_plan(person, extra_care=True)
    return Walk(client, Person.objects.get(pk=person.pk), level)


# --- What is wrong with a page -------------------------------------------------------------------


def faults(walk: Walk, page: Page) -> Iterator[str]:
    answer = walk.client.get(page.path)
    emergency = f"/es{EMERGENCY}" if page.is_spanish else EMERGENCY
    if walk.is_now and answer.status_code == 302 and answer.headers["Location"] == emergency:
        return
    if answer.status_code != 200:
        yield f"answers {answer.status_code} {answer.headers.get('Location', '')}"
        return
    whole = unescape(text(answer))
    if page.is_spanish and '<html lang="es">' not in whole:
        yield "is not in Spanish"
    yield from faults_of_the_banner(walk, page, whole)
    yield from faults_of_the_panel(page, whole, needs_it=walk.level is None)
    yield from what_it_begins(walk, page, whole)
    yield from what_it_says_in_passing(walk, whole)


def faults_of_the_banner(walk: Walk, page: Page, whole: str) -> Iterator[str]:
    main = whole.partition('<main id="main"')[2]
    if walk.sign is None or page.name == "coaching:intake_step":
        if BANNER in whole:
            yield "says a sign that does not stand"
        return
    advice = walk.sign.advice_es if page.is_spanish else walk.sign.advice
    if page.name == "coaching:emergency":
        if walk.is_now and advice not in main:
            yield "does not say the sign"
        return
    banner = main.partition(BANNER)[2].partition("</section>")[0]
    if advice not in banner:
        yield "has no banner in the words of the sign"
    if any(mark in main.partition(BANNER)[0] for mark in ("<h1", "<article", PLAYER, "<form")):
        yield "says something else before the sign"
    if walk.is_now and in_language(page, CALL) not in banner:
        yield "does not ask to call"


def faults_of_the_panel(page: Page, whole: str, *, needs_it: bool) -> Iterator[str]:
    is_beside = page.name.partition(":")[2] in BESIDE_THE_PLAN
    if needs_it and is_beside and BESIDE not in whole:
        yield "has nobody to call beside the plan"
    if BESIDE in whole and not (needs_it and is_beside):
        yield "has people to call for somebody who did not need them"


def what_it_begins(walk: Walk, page: Page, whole: str) -> Iterator[str]:
    """A button, or of a plan any link, to what is shut; a player, a form or a wish for it; in danger any start."""
    tags = re.findall(r"<a [^>]*>", whole)
    loud = (
        tags if page.name in OF_A_PLAN else [tag for tag in tags if re.search(r'class="[^"]*(button|flare-big)', tag)]
    )
    for tag in loud:
        led = re.search(r'href="(?:/es)?/(practice|tools)/([\w-]+)/(new/)?', tag)
        if led and led[2] in (walk.shut if led[1] == "practice" else walk.shut_tools if led[3] else ()):
            yield f"leads to {led[2]}, which is shut"
    choices = "".join(re.findall(r'<select [^>]*name="instead">.*?</select>', whole))
    offered = re.findall(r'name="instead" value="([\w-]+)"', whole) + re.findall(r'value="([\w-]+)"', choices)
    yield from (f"offers {one}, which is shut" for one in offered if one in walk.shut)
    if page.name == "coaching:practice" and page.slug in walk.shut and (PLAYER in whole or 'id="practice"' in whole):
        yield "begins what is shut"
    if page.name in TOOL_FORMS and page.slug in walk.shut_tools and 'value="save"' in whole:
        yield "has the form of what is shut"
    if walk.is_now and (" autostart" in whole or (PLAYER in whole and page.name not in CALLS_FIRST)):
        yield "begins something while somebody has to call"


def what_it_says_in_passing(walk: Walk, whole: str) -> Iterator[str]:
    for guide in SUGGESTS.keys() & walk.shut:
        yield from (f"suggests {guide}, which is shut" for words in said(guide) if words in whole)


def said(guide: str) -> set[str]:
    with override("es"):
        return {SUGGESTS[guide], gettext(SUGGESTS[guide])}


def in_language(page: Page, words: str) -> str:
    with override("es" if page.is_spanish else "en"):
        return gettext(words)


def report(walk: Walk, walked: Iterable[Page]) -> str:
    return "\n".join(f"{page.path} {fault}" for page in walked for fault in faults(walk, page))


# --- The walks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
@pytest.mark.parametrize("level", STANDS)
def test_every_page_says_what_stands_and_begins_nothing_that_is_shut(
    client: Client, whose: str, level: Level | None
) -> None:
    walk = a_walk(client, whose, level)
    assert walk.shut or not level
    found = report(walk, pages(walk.person, whose))
    assert found == "", found


@pytest.mark.parametrize("level", STANDS)
def test_flare_mode_in_the_place_of_a_page_knows_it_too(client: Client, level: Level | None) -> None:
    walk = a_walk(client, VISITOR, level)
    client.cookies[COOKIE] = "on"
    places = [Page("coaching:lessons", "/lessons/"), Page("coaching:lesson", "/es/lessons/breathing/", "", True)]
    assert report(walk, places) == ""


def test_a_copy_for_a_device_says_nobodys_sign_and_begins_nothing_by_itself(client: Client) -> None:
    walk = a_walk(client, VISITOR, Level.NOW)
    for page in copies(walk.person):
        whole = text(client.get(page.path))
        assert BANNER not in whole, page
        assert " autostart" not in whole, page
        assert whole == text(Client().get(page.path)), page


# --- That the walks can fail ---------------------------------------------------------------------


def test_every_address_is_walked_or_left_out_by_its_name() -> None:
    """One that is new is walked; this fails where a name is left out that is no more."""
    assert (LEFT_OUT | COPIES | LEADS_ON[VISITOR] | LEADS_ON[MEMBER]) - all_names() == set()


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_what_leads_on_does_so(client: Client, whose: str) -> None:
    walk = a_walk(client, whose, Level.TODAY)
    filled_in(walk.person)
    for name in LEADS_ON[whose]:
        assert client.get(reverse(name)).status_code == 302, name


def test_somebody_safe_is_offered_what_the_walks_look_for(client: Client) -> None:
    a_plan(a_visitor(client))
    for path in ("/help-now/", "/es/help-now/"):
        whole = unescape(text(client.get(path)))
        assert all(any(words in whole for words in said(guide)) for guide in SUGGESTS), path
        assert " autostart" in whole
