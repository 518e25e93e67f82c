"""The house keeps its shape: who may import whom, and what a page may not hold.

The first test of each rule shows that the rule would be noticed broken.
"""

import re
from pathlib import Path

import pytest

from tests.imports import (
    ROOT,
    Import,
    cycle_in,
    imports_in,
    is_core,
    is_impure,
    modules,
    points_right,
    reads_the_world,
)
from tests.plain_names import empty_names
from tests.rooms import DRAWING, climbs, crowded, drawn, rooms_of
from tests.unused import unused

MODULES = modules()
SOURCES = {name: file.read_text(encoding="utf-8") for name, file in MODULES.items()}
IMPORTS = [each for name, source in SOURCES.items() for each in imports_in(name, source, MODULES)]
# 300 is the aim; the vocabulary is a list of words.
LONGEST_FILE = 340
LONGEST_LINE = 120


def the_import(by: str, source: str) -> Import:
    return next(imports_in(by, source, MODULES))


# --- Imports ----------------------------------------------------------------------------


def test_an_import_that_points_right_is_noticed() -> None:
    assert points_right(the_import("content.loader", "from accounts.models import User"))
    assert points_right(the_import("accounts.tasks", "def f():\n    import coaching.models"))
    assert not points_right(the_import("coaching.plans", "from content.models import Lesson"))


def test_imports_point_left() -> None:
    assert [str(each) for each in IMPORTS if points_right(each)] == []


@pytest.mark.parametrize(
    "line", ["from django.db import models", "import random", "from content.models import Lesson", "import time"]
)
def test_an_impure_import_is_noticed(line: str) -> None:
    assert is_impure(the_import("content.core.merge", line))


def test_core_imports_nothing_that_touches_the_world() -> None:
    assert [str(each) for each in IMPORTS if is_core(each.by) and is_impure(each)] == []


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "date.today()", "open('x')", "print(1)"])
def test_a_look_at_the_clock_or_a_file_is_noticed(line: str) -> None:
    assert reads_the_world(line) == [1]


def test_core_asks_neither_the_clock_nor_a_file() -> None:
    found = {name: reads_the_world(source) for name, source in SOURCES.items() if is_core(name)}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_cycle_is_noticed() -> None:
    assert cycle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert cycle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_no_modules_import_each_other() -> None:
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for each in IMPORTS:
        if each.of in MODULES and not each.is_for_types:
            graph[each.by].add(each.of)
    assert " -> ".join(cycle_in(graph)) == ""


# --- Rooms ------------------------------------------------------------------------------

ROOMS = rooms_of(MODULES)
FLOORS = drawn(DRAWING.read_text(encoding="utf-8"))


def test_an_import_that_climbs_is_noticed() -> None:
    rooms = {
        "coaching.plan.plans": "coaching.plan",
        "coaching.views.day": "coaching.views",
        "coaching.tasks": "coaching.tasks",
    }
    floors = {"coaching.plan": 1, "coaching.views": 2, "coaching.tasks": 2}
    down, up, beside = (
        Import(by=by, of=of, line=1)
        for by, of in [
            ("coaching.views.day", "coaching.plan.plans"),
            ("coaching.plan.plans", "coaching.views.day"),
            ("coaching.tasks", "coaching.views.day"),
        ]
    )
    assert [climbs(each, rooms, floors) for each in (down, up, beside)] == [False, True, True]


def test_the_picture_is_read_as_it_is_drawn() -> None:
    picture = "words\n```text\ncontent\n  10  urls  views\n   1  core.files\n\ncoaching\n   1  core\n```\n"
    assert drawn(picture) == {"content.urls": 10, "content.views": 10, "content.core.files": 1, "coaching.core": 1}


@pytest.mark.parametrize(
    ("module", "room"),
    [
        ("coaching.core.tools.kinds.ladder", "coaching.core.tools.kinds"),
        ("coaching.core.course", "coaching.core"),
        ("accounts.sealing", "accounts.sealing"),
        ("content.management.commands.load_library", "content.management"),
    ],
)
def test_a_module_belongs_to_the_room_it_lies_in(module: str, room: str) -> None:
    assert ROOMS[module] == room


def test_each_room_is_drawn_and_each_drawn_room_is_there() -> None:
    """A new room goes into the picture of docs/architecture.md, on the lowest floor above all that it imports."""
    there = set(ROOMS.values())
    assert {"not drawn": there - set(FLOORS), "not there": set(FLOORS) - there} == {
        "not drawn": set(),
        "not there": set(),
    }


def test_imports_go_down_the_stairs() -> None:
    assert [str(each) for each in IMPORTS if not each.is_for_types and climbs(each, ROOMS, FLOORS)] == []


def test_a_crowded_folder_is_noticed() -> None:
    many = [(f"coaching.plan.m{number}", ROOT / f"coaching/plan/m{number}.py") for number in range(13)]
    assert crowded(many) == {"coaching/plan": 13}
    assert crowded(many[:12]) == {}


def test_no_folder_holds_more_than_one_can_take_in() -> None:
    assert crowded(MODULES.items()) == {}


# --- Functions and files ----------------------------------------------------------------


def test_an_import_inside_a_function_is_noticed() -> None:
    assert the_import("accounts.tasks", "def f():\n    from accounts import clock").is_inside_function
    assert not the_import("accounts.tasks", "from accounts import clock").is_inside_function


def test_no_import_hides_inside_a_function() -> None:
    """Such an import is how a cycle is patched. Django's `ready` alone has to wait with its imports."""
    hidden = [each for each in IMPORTS if each.is_inside_function and each.is_ours]
    assert [str(each) for each in hidden if not each.by.endswith(".apps")] == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Else tests/coaching would be taken for the app of that name."""
    folders = {file.parent for file in files("tests", ".py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_file_grew_too_long_to_read() -> None:
    lengths = {name: source.count("\n") for name, source in SOURCES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_name_that_nothing_says_again_is_noticed() -> None:
    source = "LEFT_OVER = 1\nSAID_AGAIN = 2\n\ndef idle_one():\n    return SAID_AGAIN\n"
    assert unused({"accounts.sealing": source}) == ["accounts.sealing: LEFT_OVER", "accounts.sealing: idle_one"]


def test_no_name_is_left_over() -> None:
    """A test alone keeps nothing alive."""
    assert unused(SOURCES) == []


def test_a_name_that_says_nothing_is_noticed() -> None:
    locals_of = "def f(found):\n    g = [found for found in x]\n    if found := y: pass\n    return lambda found: 1\n"
    assert empty_names(locals_of) == [f"line {line}: found" for line in (1, 2, 3, 4)]
    assert empty_names("class A:\n    found: int\n    def _told(self): return f(found=self.found)\n") == [
        "line 3: _told()"
    ]


def test_every_name_says_what_it_is() -> None:
    names = {module: empty_names(source) for module, source in SOURCES.items()}
    assert {module: empty for module, empty in names.items() if empty} == {}


# --- Pages ------------------------------------------------------------------------------

SCRIPT = r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']?application/(?:ld\+)?json)"
INLINE = re.compile(rf"{SCRIPT}|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio|use|object|embed|form)\b[^>]*"
    r"\b(?:src|href|srcset|action|data|poster)\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\"'`(](?:https?:|wss?:)?//(?!www\.w3\.org/)[a-z]", re.IGNORECASE)


def files(folder: str, *endings: str) -> list[Path]:
    own = (file for file in sorted((ROOT / folder).rglob("*")) if "node_modules" not in file.parts)
    return [file for file in own if file.suffix in endings]


def pages() -> list[Path]:
    """All templates but those of letters: a mail program knows no other style than the inline one."""
    return [file for file in files("templates", ".html", ".svg") if not {"email", "emails"} & set(file.parts)]


def finds(pattern: re.Pattern[str], among: list[Path]) -> list[str]:
    texts = [(file, file.read_text(encoding="utf-8")) for file in among]
    return [f"{file.relative_to(ROOT)}: {found[0]}" for file, text in texts for found in pattern.finditer(text)]


@pytest.mark.parametrize(
    "markup",
    ["<script>x()</script>", '<p style="color:red">', "<style>", '<a onclick="x()">', '<a href="javascript:x()">'],
)
def test_something_inline_is_noticed(markup: str) -> None:
    assert INLINE.search(markup)


@pytest.mark.parametrize(
    "markup",
    ['<script type="module" src="a.js">', '<script id="x" type="application/json">', '<link rel="stylesheet">'],
)
def test_what_is_not_inline_is_let_be(markup: str) -> None:
    assert not INLINE.search(markup)


def test_no_page_holds_a_script_or_a_style() -> None:
    assert finds(INLINE, pages()) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://elsewhere.example/x.png">',
        '<script async src="//elsewhere.example/x.js">',
        "src: url(https://elsewhere.example/x.woff2)",
        '@import "//elsewhere.example/x.css"',
    ],
)
def test_something_from_elsewhere_is_noticed(markup: str) -> None:
    assert ELSEWHERE.search(markup)


def test_a_link_to_elsewhere_is_no_request() -> None:
    assert not ELSEWHERE.search('<a href="https://doi.org/10.1000/1">')


def test_no_page_and_no_stylesheet_asks_another_origin() -> None:
    assert finds(ELSEWHERE, [*pages(), *files("static", ".css", ".svg", ".webmanifest")]) == []


def test_an_address_in_a_script_is_noticed() -> None:
    assert ADDRESS.search('fetch("https://elsewhere.example/x")')
    assert not ADDRESS.search('const NS = "http://www.w3.org/2000/svg"')


def test_no_script_knows_another_origin() -> None:
    assert finds(ADDRESS, files("static", ".js")) == []


# --- Sheets that can be read ------------------------------------------------------------


def too_long(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [f"{file.name}:{at} ({len(line)})" for at, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]


def test_a_line_that_runs_off_the_screen_is_noticed(tmp_path: Path) -> None:
    sheet = tmp_path / "page.html"
    sheet.write_text(f"{'x' * LONGEST_LINE}\n{'x' * (LONGEST_LINE + 1)}\n", encoding="utf-8")
    assert too_long(sheet) == ["page.html:2 (121)"]


def test_every_line_of_a_template_fits_on_a_screen() -> None:
    """A safety word at column 900 is a word that no reviewer reads."""
    sheets = files("templates", ".html", ".svg", ".txt")
    assert len(sheets) > 200
    assert [line for sheet in sheets for line in too_long(sheet)] == []


def test_every_line_of_a_style_sheet_and_of_a_script_fits_on_a_screen() -> None:
    sheets = [*files("static", ".css", ".js"), *files("tests", ".js")]
    assert len(sheets) > 40
    assert [line for sheet in sheets for line in too_long(sheet)] == []


LAYER = re.compile(r"^@layer (\w+) \{", re.MULTILINE)


def opened_twice(sheet: str) -> list[str]:
    layers = LAYER.findall(sheet)
    return sorted({layer for layer in layers if layers.count(layer) > 1})


def test_a_layer_that_is_opened_twice_is_noticed() -> None:
    assert opened_twice("@layer parts {\n}\n\n@layer modes {\n}\n\n@layer parts {\n}\n") == ["parts"]


def test_a_style_sheet_is_of_one_part_and_opens_each_layer_once() -> None:
    twice = {file.name: opened_twice(file.read_text(encoding="utf-8")) for file in files("static", ".css")}
    assert {name: layers for name, layers in twice.items() if layers} == {}


def test_no_style_sheet_and_no_script_grew_too_long_to_read() -> None:
    """The drawings are one set: that one may be longer."""
    lengths = {file.name: file.read_text(encoding="utf-8").count("\n") for file in files("static", ".css", ".js")}
    longer = {"figures.css": 440}
    assert {name: count for name, count in lengths.items() if count > longer.get(name, LONGEST_FILE)} == {}


def test_every_style_sheet_of_the_pages_is_part_of_the_one_that_they_load() -> None:
    """Such a file would be kept, reviewed and sent to nobody."""
    whole = (ROOT / "static" / "css" / "site.css").read_text(encoding="utf-8")
    staff = {"admin.css", "studio.css", "service.css", "simulator.css", "voice-desk.css"}
    alone = {"site.css", "flare.css", "my-data-file.css", *staff}
    names = {file.name for file in files("static/css", ".css")}
    assert set(re.findall(r'^@import "([\w-]+\.css)";$', whole, re.MULTILINE)) == names - alone
