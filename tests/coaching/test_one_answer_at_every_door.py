"""Every technique and guide, with every condition, at every door: the same action, in the same words.

The doors are the card of the result page, Today, the page of a practice with its player, its copy for a device without
a network, the page and the form of a tool, what a lesson asks to try, a tip, a letter, and Help now. What is expected
is read from the rows alone: the strictest action of all that speak of a pair, and words of theirs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.letters.parts import fresh_parts
from accounts.models import Edition
from coaching.core.recommend.care import NOBODY, start_rule
from coaching.core.recommend.options import History
from coaching.core.recommend.permit import UNKNOWN_IF_SAFE
from coaching.core.recommend.sift import sift
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.plan.knowledge import knowledge
from coaching.plan.plans import coaching_of
from coaching.plan.start_rules import rule_for, snapshot_of
from content.core.vocabulary import Condition, Level
from content.models import Caution, DemandCaution, Guide, Lesson, Tip
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

CLOSED = "Not for you right now"
TOLD: dict[Condition, dict[str, Any]] = {
    Condition.PANIC: {"panic": "yes"},
    Condition.FLARE: {"duration": "under6"},
    Condition.LOW_MOOD: {"phq_1": 3, "phq_2": 3},
    Condition.CRISIS: {"extra_care": True},
    Condition.URGENT_SIGN: {"safety_now": ["fever"]},
    Condition.OPEN_SIGN: {"safety_soon": ["weight_loss"]},
    Condition.STIFF_MORNING: {"safety_soon": ["morning_stiffness"]},
    Condition.ANYONE: {},
}
"""How a person comes to a condition that is not ticked; any other is."""


@dataclass(frozen=True)
class Seen:
    """What a door says: whether it opens, and in which words of the library."""

    is_open: bool
    words: frozenset[str]


def told_of(condition: Condition) -> dict[str, Any]:
    return TOLD.get(condition, {"conditions": [condition.value]})


def rows_of(guide: Guide) -> list[Any]:
    """The technique's own rows, then those on what the guide asks, whatever they say."""
    own = Caution.objects.filter(technique=guide.technique_id)
    return [*own, *DemandCaution.objects.filter(demand__in=guide.demands)]


def conditions_of(guide: Guide) -> set[Condition]:
    return {Condition(row.condition) for row in rows_of(guide)}


def closing_words(guide: Guide, conditions: set[Condition]) -> set[str]:
    return {row.words for row in rows_of(guide) if row.action == "exclude" and Condition(row.condition) in conditions}


def squeezed(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(page))


def seen_on(page: str) -> Seen:
    page = squeezed(page)
    panels = re.findall(r'class="panel honey care-first">(.*?)</div>', page)
    lines = [line for panel in panels for line in re.findall(r"<li> ?(.*?) ?</li>", panel)]
    return Seen(is_open=CLOSED not in page, words=frozenset(lines))


def guides() -> list[Guide]:
    return list(Guide.objects.select_related("technique"))


def doors_of(guide: Guide) -> Iterator[tuple[str, str]]:
    """Where one may begin with a guide, or with the technique of which it is the first: one address a kind of door."""
    yield "practice", f"/practice/{guide.slug}/"
    if guide.slug != guide.technique_id:
        return
    for slug, tool in TOOL.items():
        if tool.technique == guide.slug and not tool.minds and not tool.may_always:
            yield f"tool {slug}", f"/tools/{slug}/"
            yield f"form of {slug}", f"/tools/{slug}/new/"
    for lesson in Lesson.objects.filter(task__technique=guide.slug).exclude(technique__family="reading")[:1]:
        yield f"lesson {lesson.slug}", f"/lessons/{lesson.slug}/"
    for tip in Tip.objects.filter(practice=guide.slug)[:1]:
        yield f"tip {tip.slug}", f"/tips/{tip.slug}/"
    if guide.slug == "breathing":
        yield "help now", "/help-now/"


def pages_of(client: Client, guide: Guide) -> Mapping[str, str]:
    return {door: squeezed(text(client.get(address))) for door, address in doors_of(guide)}


def walked(client: Client, guide: Guide) -> Mapping[str, Seen]:
    return {door: seen_on(page) for door, page in pages_of(client, guide).items()}


def is_shut(page: str, guide: Guide, closing: set[str]) -> bool:
    """Whether a page says why, has no player, and leads to the practice by no other way below that."""
    why = any(words in page for words in closing | {UNKNOWN_IF_SAFE})
    return why and "<guide-player" not in page and f'href="/practice/{guide.slug}/' not in page.partition(CLOSED)[2]


def a_letter(practice: str, tips: list[str]) -> Edition:
    return Edition(slug="one", subject="One", words="Softly.", practice=practice, tips=tips, language="en")


# --- Every pair, in the rules ----------------------------------------------------------------------


@pytest.mark.parametrize("condition", list(Condition), ids=str)
def test_the_card_and_the_practice_say_the_same_of_every_technique(client: Client, condition: Condition) -> None:
    person = a_visitor(client)
    a_plan(person, **told_of(condition))
    known = knowledge()
    sifted = sift(snapshot_of(person, known.levels), known.options, History())
    open_ones = {one.slug: {row.words for row in one.warnings} for one in sifted.candidates}
    left_out = {one.technique: one.words for one in sifted.exclusions}
    for guide in Guide.objects.filter(slug__in=known.options.by_slug):
        rule = rule_for(person, guide.slug)
        assert rule.may_start is (guide.slug in open_ones), guide.slug
        if rule.may_start:
            assert set(rule.warnings) == open_ones[guide.slug], guide.slug
        else:
            assert rule.reasons[0] in (left_out[guide.slug], UNKNOWN_IF_SAFE), guide.slug
        assert rule_for(person, guide.technique_id, guide) == rule, guide.slug


# --- Every pair of which a row speaks, on the pages -------------------------------------------------


@pytest.mark.parametrize("condition", list(Condition), ids=str)
def test_every_door_says_the_same_with_a_condition(client: Client, condition: Condition) -> None:
    person = a_visitor(client)
    a_plan(person, **told_of(condition))
    snapshot = snapshot_of(person, knowledge().levels)
    present = set(snapshot.conditions)
    for guide in guides():
        if condition not in conditions_of(guide):
            continue
        pages = pages_of(client, guide)
        seen = {door: seen_on(page) for door, page in pages.items()}
        closing = closing_words(guide, present)
        assert {door: one.is_open for door, one in seen.items()} == dict.fromkeys(seen, not closing), guide.slug
        assert len(set(seen.values())) == 1, (guide.slug, seen)
        if closing:
            assert [door for door, page in pages.items() if not is_shut(page, guide, closing)] == [], guide.slug
        else:
            said = {row.words for row in rows_of(guide) if Condition(row.condition) in present}
            assert seen["practice"].words <= said and (not said or seen["practice"].words), guide.slug


# --- Rather not say, and nobody told -----------------------------------------------------------------


def test_rather_not_say_counts_as_every_condition_and_is_named_at_no_door(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person, conditions=["skip"])
    asked = {condition for condition in Condition if condition not in TOLD}
    for guide in guides():
        seen = walked(client, guide)
        closing = closing_words(guide, asked | {Condition.ANYONE})
        assert {one.is_open for one in seen.values()} == {not closing}, guide.slug
        assert len(set(seen.values())) == 1, (guide.slug, seen)
        if not closing:
            warned = {row.words for row in rows_of(guide) if Condition(row.condition) in asked and row.limits}
            assert not warned or seen["practice"].words, guide.slug
        named = " ".join(words for one in seen.values() for words in one.words)
        assert [one.label for one in asked if one.label in named] == [], guide.slug


def test_whoever_told_nothing_is_told_all_that_a_copy_and_a_letter_tell() -> None:
    for guide in guides():
        seen = walked(Client(), guide)
        copy = seen_on(text(Client().get(f"/offline/practice/{guide.slug}/")))
        assert set(seen.values()) == {copy}, (guide.slug, seen)
        assert copy.is_open
        named = " ".join(copy.words)
        for condition in conditions_of(guide):
            closing = closing_words(guide, {condition})
            assert not closing or any(words in named for words in closing), (guide.slug, condition)
        labels = {Condition(row.condition).label for row in rows_of(guide)} - {Condition.ANYONE.label}
        parts = fresh_parts(a_letter(guide.slug, []))
        for letter in (squeezed(parts.html), squeezed(parts.text)):
            assert [label for label in labels if label not in letter] == [], guide.slug
            assert f"/practice/{guide.slug}/" in letter


def test_a_letter_says_it_by_every_tip_before_the_words_of_the_tip() -> None:
    for tip in Tip.objects.exclude(practice=None).select_related("practice"):
        parts = fresh_parts(a_letter("breathing", [tip.slug]))
        guide = Guide.objects.get(slug=tip.practice_id)
        labels = [Condition(row.condition).label for row in rows_of(guide) if row.condition != "anyone"]
        for letter in (squeezed(parts.html), squeezed(parts.text)):
            own = letter.partition(tip.title)[2]
            action = own.find("In 60 seconds")
            assert all(-1 < own.find(label) < action for label in labels), tip.slug


# --- Cards, Today and what was pinned ------------------------------------------------------------------


@pytest.mark.parametrize("condition", list(Condition), ids=str)
def test_the_cards_and_today_show_the_words_of_each_pick(client: Client, condition: Condition) -> None:
    person = a_member(client)
    a_plan(person, **told_of(condition))
    found = coaching_of(person)
    assert found is not None
    result = squeezed(text(client.get("/recommendations/")))
    today, plan = (squeezed(text(client.get(address))) for address in ("/today/", "/plan/"))
    for place, pick in enumerate(found.recommendation.picks):
        words = rule_for(person, pick.technique).warnings
        card = result.partition(f'id="pick-{pick.technique}"')[2].partition("</article>")[0]
        assert [line for line in words if line not in card or line not in plan] == [], pick.technique
        assert place or [line for line in words if line not in today] == [], pick.technique


def test_all_that_speaks_against_anything_is_known_of_somebody_unknown() -> None:
    options = knowledge().options
    for slug, facts in options.by_slug.items():
        rows = options.cautions_of.get(slug, ())
        rule = start_rule(facts, NOBODY, rows)
        others = {row.named for row in rows if row.condition is not Condition.ANYONE}
        assert set(rule.untold) == others, slug
        assert set(rule.warnings) == {row.words for row in rows if row.condition is Condition.ANYONE}, slug


def test_a_sign_of_the_level_now_shuts_every_door(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person, safety_now=["chest_pain"])
    assert knowledge().levels["chest_pain"] is Level.NOW
    for guide in guides():
        assert not rule_for(person, guide.technique_id, guide).may_start, guide.slug
