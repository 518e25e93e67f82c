"""Where it sits chooses the words of card, practice page, player and lesson, and never the cautions."""

import re
from html import unescape

import pytest
from django.test import Client

from coaching.core.person.told import WHERE_OF, Place, read_told, where_told
from coaching.models import Person
from coaching.plan.plans import pin
from coaching.plan.start_rules import rule_for
from coaching.practice.choices import choices_of
from coaching.practice.player import player_of
from content.core.demands import PLACES, demand_faults, shown_in_words
from content.core.vocabulary import Size
from content.core.ways import QUESTIONS, WHERE, place_faults
from content.models import Guide
from tests.coaching.shell_makers import a_plan, a_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

NECK = "Lay the wrapped pack over the back of your neck and shoulders"
LOW = "Put the wrapped pack behind your low back"
ANY = "Put the wrapped pack on the sore place"


def somebody(client: Client, *places: str) -> Person:
    person = a_visitor(client)
    plan = a_plan(person, place=list(places))
    pin(plan, "heat")
    return person


def page(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def played(client: Client, address: str) -> str:
    return " ".join(step["words"] for step in client.get(address).context["shown"].player.script["steps"])


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (["neck"], NECK),
        (["neck", "shoulders"], NECK),
        (["low_back", "legs"], LOW),
        (["upper_back"], "Put the wrapped pack at the middle of your back"),
        (["neck", "low_back"], ANY),
        ([], ANY),
    ],
)
def test_the_practice_and_its_player_speak_of_the_place_that_was_told(
    client: Client, places: list[str], words: str
) -> None:
    somebody(client, *places)
    for address in ("/practice/heat/", "/practice/heat/?size=1", "/practice/heat/?size=12"):
        assert words in played(client, address), address
        assert words in page(client, address), address


def test_the_card_and_the_lesson_say_it_too(client: Client) -> None:
    somebody(client, "neck")
    card = re.search(r'id="pick-heat".*?</article>', page(client, "/recommendations/"), re.DOTALL)
    assert card
    assert "For your neck and shoulders" in card[0]
    assert NECK in card[0]
    assert NECK in page(client, "/lessons/heat/")


def test_nobody_else_gets_words_for_one_place(client: Client) -> None:
    assert ANY in played(client, "/practice/heat/")
    assert NECK not in page(client, "/lessons/heat/")
    assert ANY in page(client, "/offline/practice/heat/?size=1")


def test_another_place_may_be_chosen_and_what_was_told_stands_in_no_address(client: Client) -> None:
    somebody(client, "neck")
    whole = page(client, "/practice/heat/?size=4")
    assert "where=neck" not in whole
    assert LOW in played(client, "/practice/heat/?size=4&where=low_back")
    assert ANY in played(client, "/practice/heat/?size=4&where=any")
    led = set(re.findall(r'href="([^"]*where=[^"]*)"', whole))
    assert {"?size=4&where=any", "?size=4&where=low_back", "?size=4&where=mid_back"} <= led
    assert "where=" not in page(client, "/recommendations/")


def test_every_place_of_the_picture_has_its_words() -> None:
    assert set(WHERE_OF) == set(Place)
    assert set(WHERE_OF.values()) == {place.value for place in PLACES}
    assert set(next(question.ways for question in QUESTIONS if question.name == WHERE)) == PLACES
    assert read_told({"place": ["hips"]}).where == "low_back"


@pytest.mark.parametrize("ticked", [[], ["hips"], ["hips", "legs"], ["hips", "neck"], ["neck", "no such place"], None])
def test_the_place_alone_is_read_as_with_all_that_is_told(ticked: list[str] | None) -> None:
    answers = {} if ticked is None else {"place": ticked, "triggers": ["sitting"]}
    assert where_told(answers) == read_told(answers).where


def guides_with_places() -> list[Guide]:
    return [
        guide for guide in Guide.objects.all() if any(way in PLACES for one in guide.timed_steps for way in one.instead)
    ]


def test_what_is_said_for_a_place_asks_of_the_body_only_what_the_guide_names() -> None:
    guides = guides_with_places()
    assert {guide.slug for guide in guides} == {"cold", "exposure", "gentle-moves", "heat", "yoga"}
    for guide in guides:
        for step in guide.timed_steps:
            for way in set(step.instead) & PLACES:
                assert {one.value for one in shown_in_words(step.instead[way].words)} <= set(guide.demands), guide.slug


@pytest.mark.parametrize("slug", ["heat", "exposure", "yoga"])
def test_the_cautions_are_the_same_whatever_the_place(client: Client, slug: str) -> None:
    guide = Guide.objects.get(slug=slug)
    rules = []
    for places in ([], ["neck"], ["low_back"], ["upper_back"]):
        person = Person.objects.create()
        a_plan(person, place=places, conditions=["osteo", "pregnancy"])
        rules.append(rule_for(person, slug, guide))
    assert all(rule == rules[0] for rule in rules)


def test_a_guide_that_asks_more_at_one_place_is_refused() -> None:
    guide = Guide.objects.get(slug="imagery")
    steps = [{**guide.steps[0], "instead": {"neck": {"words": "Stand and bend to one side."}}}, *guide.steps[1:]]
    values = {"skin": guide.skin, "ready": guide.ready, "demands": guide.demands, "steps": steps}
    assert any("standing, bending" in fault for fault in demand_faults(values))


def test_a_guide_that_forgets_a_place_or_a_size_is_refused() -> None:
    steps = Guide.objects.get(slug="heat").timed_steps
    assert list(place_faults(steps)) == []
    short = [step for step in steps if not step.instead or step.sizes == {Size.TWELVE.value}]
    assert list(place_faults(short)) == []
    one_place = [
        type(step)(**{**vars(step), "instead": {k: v for k, v in step.instead.items() if k == "neck"}})
        for step in steps
    ]
    assert "say nothing for low_back in size 1" in list(place_faults(one_place))


def test_sitting_down_comes_before_the_words_for_a_place() -> None:
    guide = Guide.objects.get(slug="gentle-moves")
    choices = choices_of(guide, {"size": "4"}, frozenset({"seated"}), where="low_back")
    words = " ".join(step["words"] for step in player_of(choices).script["steps"])
    assert "Sway gently" not in words
