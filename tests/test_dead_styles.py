"""Every class of a style sheet is worn somewhere, and every script and export is asked for."""

from itertools import chain
from pathlib import Path

import django

from tests.dead_styles import (
    dead_classes,
    dressed,
    filled_in,
    texts,
    unasked_exports,
    unasked_scripts,
    words_of_code,
    words_of_script,
    worn_in_page,
)
from tests.imports import ROOT

CODE = [ROOT / app for app in ("accounts", "coaching", "config", "content")]
ADMIN = Path(django.__file__).parent / "contrib" / "admin"
SHEETS = texts(ROOT / "static" / "css", endings=[".css"])
SCRIPTS = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "static" / "js").glob("*.js")}
PAGES = texts(ROOT / "templates", endings=[".html", ".txt", ".js"])
SOURCES = texts(*CODE, endings=[".py"])


def test_a_class_that_nothing_wears_is_noticed() -> None:
    sheet = '/* .old */ @layer a { .card .dead:not(.x), .is-open > .cue-in { background: url("a.png") } }'
    page = '<p class="card{% if a == "b" %} x{% endif %} is-{{ state }}" id="dead">dead</p>'
    assert dressed(sheet) == {"card", "dead", "x", "is-open", "cue-in"}
    assert dead_classes([sheet], set(worn_in_page(page)), filled_in(page)) == {"dead", "cue-in"}


def test_a_script_and_an_export_that_nothing_asks_for_are_noticed() -> None:
    scripts = {
        "one.js": 'import { a } from "./two.js";\na();',
        "two.js": "export function a() {}\nexport const b = 1;",
        "three.js": "export class C {}",
    }
    assert unasked_scripts(scripts, "js/one.js") == {"three.js"}
    assert unasked_exports(scripts, "") == {"two.js: b", "three.js: C"}


def test_every_class_of_a_style_sheet_is_worn_by_a_page_a_script_or_a_form() -> None:
    of_admin = texts(ADMIN / "templates", ADMIN / "static" / "admin" / "js", endings=[".html", ".js"])
    of_admin += texts(ADMIN, endings=[".py"])
    used = set(
        chain(
            *map(worn_in_page, [*PAGES, *of_admin, *SCRIPTS.values(), *SOURCES]),
            *map(words_of_code, SOURCES),
            *map(words_of_script, [*SCRIPTS.values(), *of_admin]),
        )
    )
    built = set(chain(*map(filled_in, [*PAGES, *SCRIPTS.values(), *of_admin])))
    assert dead_classes(SHEETS, used, built) == set()


def test_every_script_is_asked_for_by_a_page_or_another_script() -> None:
    assert unasked_scripts(SCRIPTS, "\n".join([*PAGES, *SOURCES])) == set()


def test_every_export_is_taken_by_another_script() -> None:
    assert unasked_exports(SCRIPTS, "\n".join(PAGES)) == set()
