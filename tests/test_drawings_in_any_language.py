"""A drawing's numbers are for the browser, which knows one way to write them, whatever the language of the page."""

import re

import pytest
from django.test import Client

from tests.coaching.shell_makers import a_member, a_plan, text
from tests.imports import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
NUMBERS = re.compile(r"""[" ,(]\{\{ [\w.]+(\|add:[^}]+)? \}\}""")


def left_to_the_language(source: str) -> list[str]:
    """Drawings with a value of the page in them, outside of what no language changes."""
    outside = re.sub(r"\{% localize off %\}.*?\{% endlocalize %\}", "", source, flags=re.DOTALL)
    return [drawing for drawing in DRAWING.findall(outside) if NUMBERS.search(drawing)]


def test_a_drawing_left_to_the_language_would_be_found() -> None:
    drawn = '<svg viewBox="0 0 9 9"><circle cx="{{ mark.x }}"/></svg>'

    assert left_to_the_language(drawn) == [drawn]
    assert left_to_the_language("{% localize off %}" + drawn + "{% endlocalize %}") == []


def test_no_template_leaves_the_numbers_of_a_drawing_to_the_language() -> None:
    found = {str(path.relative_to(ROOT)): left_to_the_language(path.read_text()) for path in TEMPLATES}

    assert {name: drawings for name, drawings in found.items() if drawings} == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_the_progress_of_a_spanish_reader_is_drawn_like_that_of_an_english_one(client: Client) -> None:
    a_plan(a_member(client))

    english, spanish = (DRAWING.findall(text(client.get(at))) for at in ("/progress/", "/es/progress/"))

    readings = [[drawing for drawing in drawings if 'class="readings"' in drawing] for drawings in (english, spanish)]
    assert readings[0] == readings[1] != []
    assert re.search(r'cy="\d+\.\d', "".join(readings[0]))
