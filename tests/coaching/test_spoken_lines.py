"""Every line that is spoken has its place in the list of lines: neither one more nor one less than the player says."""

import json
from collections.abc import Iterator
from io import StringIO
from urllib.parse import parse_qsl

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from coaching.practice.choices import choices_of
from coaching.practice.player import player_of
from coaching.voices.lines import LETTING_GO, Line, flare_lines, guide_lines, help_lines
from coaching.voices.maps import left_out_with
from coaching.voices.of_files import guide_of, joined, spoken_lines
from content.core.vocabulary import Limit, Skin
from content.core.voices.names import as_spoken
from content.core.voices.sentences import spoken_sentences
from content.core.ways import Way
from content.files.library import read_library
from content.models import Guide

LIBRARY = read_library()
GUIDES = {slug: guide_of(entry) for slug, entry in LIBRARY.of("guide").items()}
LANGUAGES = ("en", "es")


def addresses(guide: Guide) -> Iterator[dict[str, str]]:
    """Every choice that taps lead to, and every length of one's own."""
    start = "?size=4"
    ahead = [start, *(f"?minutes={minutes}" for minutes in range(1, 31))]
    known = {*ahead}
    for address in ahead:
        query = dict(parse_qsl(address[1:]))
        yield query
        for pick in (pick for row in choices_of(guide, query, frozenset()).rows for pick in row.picks):
            if pick.address not in known:
                known.add(pick.address)
                ahead.append(pick.address)


def said_by_the_player(guide: Guide) -> dict[str, float]:
    """Each text with the shortest seconds for it; a call that ends the practice has all the time there is."""
    said: dict[str, float] = {}
    for query in addresses(guide):
        for limits in (frozenset(), frozenset({Limit.SEATED.value, Limit.RELEASE_ONLY.value, Limit.SHORT.value})):
            script = player_of(choices_of(guide, query, limits)).script
            steps = [(step["words"], step["seconds"]) for step in script["steps"] if step["seconds"] > 0]
            for words, seconds in [*steps, *([(script["off"], float("inf"))] if "off" in script else [])]:
                text = as_spoken(words)
                said[text] = min(seconds, said.get(text, float("inf")))
    return said


def as_seconds(lines: Iterator[Line]) -> dict[str, float]:
    return {line.text: float("inf") if line.seconds is None else line.seconds for line in joined(lines)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [slug for slug, guide in GUIDES.items() if guide.skin != Skin.BREATH])
def test_a_guide_has_exactly_the_lines_that_its_player_is_given(slug: str, language: str) -> None:
    with override(language):
        assert as_seconds(guide_lines(GUIDES[slug])) == said_by_the_player(GUIDES[slug])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [slug for slug, guide in GUIDES.items() if guide.skin == Skin.BREATH])
def test_a_breath_is_led_by_its_phases_each_as_short_as_the_dials_can_make_it(slug: str, language: str) -> None:
    with override(language):
        words = player_of(choices_of(GUIDES[slug], {}, frozenset())).script["words"]
        lines = as_seconds(guide_lines(GUIDES[slug]))
    assert lines == {words["in"]: 3, words["hold"]: 1, words["out"]: 3, words["rest"]: 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_now_says_its_breath_and_its_three_steps_for_those_too_who_should_not_move(language: str) -> None:
    with override(language):
        said = as_seconds(help_lines())
    english = ["Breathe in", "Let your weight down.", "Change your position.", "Rest in the way that hurts least."]
    spanish = ["Toma aire", "Deja caer tu peso.", "Cambia de postura.", "Descansa como menos te duela."]
    assert {*(english if language == "en" else spanish)} <= said.keys()
    assert [words for words, seconds in said.items() if seconds == 3] == list(said)[:2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_now_says_with_what_to_leave_the_warm_pack_out_as_its_page_does(
    client: Client, library: None, language: str
) -> None:
    page = client.get("/help-now/" if language == "en" else "/es/help-now/").content.decode()
    steps = page[page.index('<ol class="stack">') :]
    shown = spoken_sentences(steps[: steps.index("</ol>") + len("</ol>")])
    assert len(shown) > 20
    assert {*shown} <= {line.text for line in spoken_lines(LIBRARY, language)}
    with override(language):
        assert {*left_out_with()} <= {*shown}


def test_flare_mode_says_what_its_buttons_lead_to_and_nothing_that_tenses() -> None:
    said = as_seconds(flare_lines(GUIDES[LETTING_GO]))
    player = player_of(choices_of(GUIDES[LETTING_GO], {"size": "4", "muscles": Way.RELEASE.value}, frozenset()))
    assert said.keys() == as_seconds(help_lines()).keys() | {
        as_spoken(step["words"]) for step in player.script["steps"]
    }
    assert "Make a soft fist" not in " ".join(said)
    assert as_seconds(flare_lines(None)) == as_seconds(help_lines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_a_language_holds_each_text_once_with_all_its_places(language: str) -> None:
    lines = spoken_lines(LIBRARY, language)
    texts = [line.text for line in lines]
    assert len(texts) == len(set(texts)) > 350
    assert all(text == as_spoken(text) != "" for text in texts)
    for slug, guide in GUIDES.items():
        with override(language):
            assert {line.text for line in guide_lines(guide)} <= {*texts}, slug


def test_lessons_are_spoken_in_the_languages_in_which_they_are_written() -> None:
    places = {
        language: {place for line in spoken_lines(LIBRARY, language) for place in line.places} for language in LANGUAGES
    }
    lessons = {language: {place for place in told if place.startswith("lesson ")} for language, told in places.items()}
    assert lessons["en"] == {f"lesson {slug}, 1 minute" for slug in LIBRARY.of("lesson")}
    assert lessons["es"] == {"lesson breathing, 1 minute"}


def test_the_shortest_step_that_says_a_text_decides_how_long_it_may_take() -> None:
    one, two = (Line(text="Rest.", place=place, seconds=seconds) for place, seconds in (("a", 9), ("b", 4)))
    line, read = joined([one, two, Line(text="Rest.", place="c"), Line(text="Read.", place="c")])
    assert (line.seconds, line.places) == (4, ("a", "b", "c"))
    assert read.seconds is None


def test_a_command_hands_the_lines_to_whoever_makes_recordings() -> None:
    written = StringIO()
    call_command("spoken_lines", language="es", stdout=written)
    rows = [json.loads(row) for row in written.getvalue().splitlines()]
    assert [row["text"] for row in rows] == [line.text for line in spoken_lines(LIBRARY, "es")]
    assert rows[0] == {"language": "es", "text": "Toma aire", "places": rows[0]["places"], "seconds": 3}
