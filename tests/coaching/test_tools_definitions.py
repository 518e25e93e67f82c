"""What the tools say of themselves: sourced, plain to read, and put together without a slip."""

import tomllib
from itertools import chain
from pathlib import Path

import pytest

from coaching.core.tools.kinds.catalogue import TOOL, TOOLS, shelves
from coaching.core.tools.replying.words import WORDS
from coaching.core.tools.shapes import Ask, Depth, Kind, Rows, Tool
from content.core.texts.readability import grade_of
from tests.coaching.tool_makers import FILLED

LIBRARY = Path(__file__).resolve().parents[2] / "content" / "library"
REFERENCES = tomllib.loads((LIBRARY / "references.toml").read_text(encoding="utf-8"))
TECHNIQUES = tomllib.loads((LIBRARY / "techniques.toml").read_text(encoding="utf-8"))
AIM, SAFETY_AIM = 6.0, 5.0
every_tool = pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.slug)


def asks_of(tool: Tool) -> list[Ask]:
    return [*tool.asks, *chain.from_iterable(rows.asks for rows in tool.rows)]


def test_each_has_a_page_to_fill_and_stands_on_one_shelf() -> None:
    assert len(TOOLS) == len(TOOL)
    assert sorted(TOOL) == sorted(FILLED)
    assert sorted(tool.slug for _, tools in shelves() for tool in tools) == sorted(TOOL)


@every_tool
def test_every_source_is_one_of_the_library(tool: Tool) -> None:
    assert set(tool.sources) <= set(REFERENCES)


@every_tool
def test_a_tool_that_was_graded_names_its_sources(tool: Tool) -> None:
    assert tool.sources or tool.grade is None or "no study" in tool.how_sure


@every_tool
def test_technique_and_lesson_are_those_of_the_library(tool: Tool) -> None:
    assert {tool.technique, tool.minds} - {""} <= set(TECHNIQUES)
    assert not tool.lesson or (LIBRARY / "lessons" / f"{tool.lesson}.md").exists()


@every_tool
def test_no_question_has_the_id_of_another(tool: Tool) -> None:
    ids = [item.id for item in tool.items]
    ids += [f"{ask.id}-own" for ask in tool.asks if ask.own]

    assert len(ids) == len(set(ids))
    for rows in tool.rows:
        assert len({ask.id for ask in rows.asks}) == len(rows.asks)


@every_tool
def test_a_tool_opens_with_a_part_that_is_not_folded(tool: Tool) -> None:
    assert tool.parts[0].depth is Depth.FIRST


@every_tool
def test_whatever_points_to_another_question_points_to_one_that_is_there(tool: Tool) -> None:
    lists = {rows.id: rows for rows in tool.rows}
    names = {ask.id for ask in tool.asks}

    assert set(tool.title_from) <= names
    assert {ask.dropped_by for ask in tool.asks} - {""} <= names
    for ask in asks_of(tool):
        if ask.line_of:
            assert lists[ask.line_of].keyed and any(each.id == "words" for each in lists[ask.line_of].asks)
        if ask.kind in (Kind.CHOICE, Kind.TICKS):
            assert ask.options or ask.own or ask.line_of


@every_tool
def test_the_longest_page_fits_into_one_post(tool: Tool) -> None:
    fields = len(tool.asks) + sum(rows.most * (len(rows.asks) + rows.keyed) + 1 for rows in tool.rows)

    assert fields + 10 < 400


def words_of(tool: Tool) -> str:
    told = [tool.good_for, *tool.why, tool.how_sure, tool.stop, *tool.cautions]
    for part in tool.parts:
        told += [part.lead]
        for item in part.items:
            told += [item.hint] if isinstance(item, Rows) else [item.label, item.hint]
            told += chain.from_iterable((ask.label, ask.hint) for ask in item.asks) if isinstance(item, Rows) else []
    return " ".join(words if words.endswith((".", "?", "…")) else f"{words}." for words in told if words)


@every_tool
def test_the_words_of_a_tool_are_plain(tool: Tool) -> None:
    assert grade_of(words_of(tool)) <= AIM


@every_tool
def test_when_to_stop_and_what_to_mind_is_plainer_still(tool: Tool) -> None:
    assert grade_of(" ".join([tool.stop, *tool.cautions])) <= SAFETY_AIM


@pytest.mark.parametrize("of", WORDS)
def test_what_is_said_back_is_plain(of: str) -> None:
    said = " ".join(WORDS[of].values()).replace("{", "").replace("}", "")

    assert grade_of(said) <= AIM


BLAMING = (
    "catastroph",
    "in your head",
    "failed",
    "non-compliant",
    "crumbling",
    "worn out",
    "bad posture",
    "cure",
    "just panic",
)


@every_tool
def test_no_tool_blames_or_promises(tool: Tool) -> None:
    told = words_of(tool).lower()

    assert not [word for word in BLAMING if word in told]


def test_nothing_said_back_blames_diagnoses_or_shouts() -> None:
    told = " ".join(chain.from_iterable(words.values() for words in WORDS.values())).lower()

    assert not [word for word in (*BLAMING, "disorder", "you have anxiety", "depress", "!", "symptom") if word in told]
