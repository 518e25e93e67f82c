"""Every guide shows a drawing that holds what its steps name; every drawing is sound, small and styled from outside."""

import gzip
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from coaching.practice.figures import DIALS, Figure, Kind, figure_of
from content.core.steps import Step
from content.core.vocabulary import Size
from content.models import Guide
from tests.markup import squeezed

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "content" / "library" / "guides").glob("*.toml"))
FILES = sorted((ROOT / "templates" / "coaching" / "figures").glob("*.html"))
CSS = (ROOT / "static" / "css" / "figures.css").read_text()
MOST_BYTES = 6000
MOST_SENT = 9000
SVG = "{http://www.w3.org/2000/svg}"

every_guide = pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
every_size = pytest.mark.parametrize("size", list(Size))
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def guide(slug: str) -> Guide:
    text = tomllib.loads((ROOT / "content" / "library" / "guides" / f"{slug}.toml").read_text())
    return Guide(slug=slug, technique_id=text["technique"], steps=text["steps"])


def steps(of: Guide, size: Size) -> list[Step]:
    return [step for step in of.timed_steps if size.value in step.sizes]


def parts(of: Guide, size: Size) -> set[str]:
    return {step.part for step in steps(of, size)} - {""}


def figure(of: Guide, size: Size) -> Figure | None:
    return figure_of(of, steps(of, size))


def page(figure: Figure | None) -> str:
    return squeezed(render_to_string("coaching/_figure.html", {"figure": figure}))


def drawing(path: Path) -> ElementTree.Element:
    text = re.sub(r"{#.*?#}", "", path.read_text()).strip()
    named = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ElementTree.fromstring(named)  # noqa: S314 (our own files)


@every_size
@every_guide
def test_every_part_that_a_guide_names_is_in_the_drawing_it_shows(path: Path, size: Size) -> None:
    shown = guide(path.stem)

    drawn = set(re.findall(r'data-part-id="([a-z_]+)"', page(figure(shown, size))))

    assert parts(shown, size) <= drawn


@every_size
@pytest.mark.parametrize("slug", ["yoga", "gentle-moves"])
def test_only_the_moves_of_the_chosen_size_are_sent(slug: str, size: Size) -> None:
    shown = figure(guide(slug), size)

    assert shown
    assert shown.kind == Kind.POSES
    assert {each.part for each in shown.drawings if each.part} == parts(guide(slug), size)


@pytest.mark.parametrize("slug", ["yoga", "gentle-moves"])
def test_one_drawing_stands_for_the_steps_that_name_no_move(slug: str) -> None:
    shown = figure(guide(slug), Size.FOUR)

    assert shown
    assert [each.part for each in shown.drawings].count("") == 1


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("pmr", Kind.BODY),
        ("body-scan", Kind.BODY),
        ("mindfulness", Kind.SCENE),
        ("pacing", Kind.SCENE),
        ("sleep", Kind.SCENE),
        ("walking", Kind.SCENE),
        ("exposure", Kind.SCENE),
        ("imagery", Kind.PLACES),
        ("heat", Kind.DIAL),
        ("cold", Kind.DIAL),
        ("belly-breathing", Kind.BEFORE),
    ],
)
def test_a_guide_shows_its_kind_of_drawing(slug: str, kind: Kind) -> None:
    shown = figure(guide(slug), Size.FOUR)

    assert shown
    assert shown.kind == kind


def test_plain_breathing_shows_no_drawing() -> None:
    assert figure(guide("breathing"), Size.FOUR) is None
    assert page(None).strip() == ""


def test_a_guide_with_a_part_that_nobody_has_drawn_still_shows_the_others() -> None:
    steps = [
        {"words": "Move.", "seconds": 60, "cue": "move", "part": part, "sizes": ["4"]}
        for part in ("march", "handstand")
    ]

    shown = figure(Guide(slug="new", technique_id="yoga", steps=steps), Size.FOUR)

    assert shown
    assert [each.part for each in shown.drawings] == ["", "march"]


@pytest.mark.parametrize("slug", DIALS)
def test_the_longest_time_on_a_dial_is_the_one_that_the_guide_names(slug: str) -> None:
    path = ROOT / "content" / "library" / "guides" / f"{slug}.toml"
    minutes = re.match(r"\d+ minutes", str(DIALS[slug]))

    assert minutes
    assert f"{minutes[0]} " in tomllib.loads(path.read_text())["stop"]


def test_a_dial_keeps_its_longest_time_in_sight_while_a_move_is_shown() -> None:
    shown = figure(guide("heat"), Size.TWELVE)

    assert shown
    assert [each.file for each in shown.drawings] == ["heat", "pelvic_tilt"]
    assert f'<p class="caption">{DIALS["heat"]}</p>' in page(shown)


def test_places_are_chosen_by_a_link_with_a_name_and_a_picture() -> None:
    shown = page(figure(guide("imagery"), Size.FOUR))

    assert re.findall(r'href="\?place=(\w+)"', shown) == ["shore", "forest", "hill", "room"]
    assert "<span>Shore</span>" in shown


def test_the_place_that_was_chosen_stands_alone() -> None:
    shown = figure_of(guide("imagery"), guide("imagery").timed_steps, "hill")

    assert shown
    assert (shown.kind, [each.file for each in shown.drawings]) == (Kind.SCENE, ["hill"])


def test_the_body_map_says_in_words_what_it_is() -> None:
    assert 'role="img" aria-label="A body from the front' in page(figure(guide("pmr"), Size.FOUR))


@every_file
def test_a_drawing_is_sound_hidden_from_readers_and_has_no_style_of_its_own(path: Path) -> None:
    svg = drawing(path)

    assert svg.tag == f"{SVG}svg"
    assert (svg.get("aria-hidden"), svg.get("focusable")) == ("true", "false")
    assert {child.tag for child in svg} == {f"{SVG}path"}
    assert {name for child in svg for name in child.attrib} <= {"class", "d", "data-part-id"}


@every_file
def test_every_class_in_a_drawing_is_known_to_the_style_sheet(path: Path) -> None:
    used = {name for child in drawing(path) for name in (child.get("class") or "").split()}

    assert {name for name in used if not re.search(rf"\.{name}(?![\w-])", CSS)} == set()


@every_file
def test_a_drawing_is_small(path: Path) -> None:
    assert len(path.read_bytes()) <= MOST_BYTES


@every_size
@every_guide
def test_the_drawings_of_one_practice_leave_room_for_its_page(path: Path, size: Size) -> None:
    assert len(gzip.compress(page(figure(guide(path.stem), size)).encode())) <= MOST_SENT


def test_no_drawing_is_left_over() -> None:
    figures = [figure(guide(path.stem), size) for path in GUIDES for size in Size]

    used = {each.file for figure in figures if figure for each in figure.drawings}

    assert {path.stem for path in FILES} == used
