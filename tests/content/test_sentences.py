"""A lesson is cut into the same sentences by the page and by the site, so that each finds its recording."""

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from content.core.texts.markup import render
from content.core.voices.names import as_spoken
from content.core.voices.sentences import sentences, spoken_sentences
from content.files.library import read_library

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "sentences.js"
ODD = [
    "",
    "   ",
    "No end",
    "One. Two? Three! Four… Five",
    'He said: "Go on." Then he went. (It rained.) It stopped.',
    "Take 1.5 metres, i.e. not much. 2 more e.g. later.",
    "Wait... what? Yes.\n\n Next\tline.\u00a0Hard space.",
    "¿Qué notas? ¡Nada! Así está bien. él sigue. Él sigue.",
    "a.b.c! d? E.",
    "Ends with space. ",
]


@cache
def briefs() -> list[str]:
    library = read_library()
    entries = [*library.of("lesson").values(), *library.of("variant").values()]
    return [entry.values["brief"] for entry in entries]


def cut_by_the_page(texts: list[str]) -> list[list[str]]:
    """By the script itself, in a browser's language without a browser."""
    code = SCRIPT.read_text() + (
        'const read = (await import("node:fs")).readFileSync(0, "utf8");'
        "const said = JSON.parse(read).map((text) => cut(text).map((one) => one.words));"
        "process.stdout.write(JSON.stringify(said));"
    )
    command = ["node", "--input-type=module", "--eval", code]
    answer = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return [[as_spoken(words) for words in said if words.strip()] for said in json.loads(answer.stdout)]


def test_page_and_site_cut_every_lesson_and_every_oddity_alike() -> None:
    texts = [*ODD, *briefs()]
    assert len(texts) > 25
    assert [list(sentences(text)) for text in texts] == cut_by_the_page(texts)


def test_nothing_is_lost_or_said_twice_by_the_cutting() -> None:
    for brief in briefs():
        assert " ".join(sentences(brief)) == as_spoken(brief)


def test_blocks_are_spoken_in_order_and_footnotes_are_not() -> None:
    html = render(
        "## First\n\nOne is so.[^a] Two *is* so.\n\n- An item\n- Another. With more.\n\n> **Ana.** Hers."
    ).html
    said = ["First", "One is so.", "Two is so.", "An item", "Another.", "With more.", "Ana.", "Hers."]
    assert list(spoken_sentences(html)) == said


def test_an_item_of_several_paragraphs_is_spoken_by_them() -> None:
    assert spoken_sentences("<ol><li><p>One.</p><p>Two.</p></li><li>Three &amp; four.</li></ol>") == (
        "One.",
        "Two.",
        "Three & four.",
    )


@pytest.mark.parametrize("text", ["Dr. no", "a. b. c."])
def test_a_stop_before_a_small_letter_ends_nothing(text: str) -> None:
    assert list(sentences(text)) == [text]
