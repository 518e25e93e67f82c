"""What is younger than our oldest browsers is refused: an example of each kind, planted beside the real files."""

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

FLOOR = settings.BASE_DIR / "tests" / "floor"
TOOLS = FLOOR / "node_modules" / ".bin"
SCRIPTS = {
    "a static method": "fetch('/', { signal: AbortSignal.timeout(9) });",
    "a method of lists": "export const last = [1].findLast((one) => one);",
    "a method of texts": "export const whole = 'a'.isWellFormed();",
    "what a page can do": "document.startViewTransition(() => {});",
    "an interface": "export const pattern = new URLPattern('/');",
}
SYNTAX = {"a pattern of sets": "export const flags = /[a--b]/v;"}
SHEETS = {
    "a colour for day and night": "a { color: light-dark(red, blue); }",
    "a mixed colour": "a { color: color-mix(in oklab, red, blue); }",
    "a rule in a rule": "a { &:hover { color: red; } }",
    "has() without asking for it": "a:has(b) { color: red; }",
    "a box that asks for its own width": "@container (width > 1px) { a { color: red; } }",
    "heights of small screens": "a { block-size: 100dvh; }",
}


ALLOWED = {
    "js": "export const wait = () => new AbortController().signal;",
    "css": "@supports selector(:has(a)) { a:has(b) { color: red; } } @layer parts { a { color: red; } }",
}


def lines_refused(ending: str, words: list[str]) -> set[int]:
    """Which lines, from 1, either tool finds a fault in: in a file of this kind with these words, one kind a line."""
    assert TOOLS.exists(), "eslint and stylelint are not installed: script/check installs them."
    name = f"static/{ending}/planted.{ending}"
    by_eslint: list[str | Path] = [TOOLS / "eslint", "-c", FLOOR / "eslint.config.mjs", "--stdin", "--format", "json"]
    lines = found_by([*by_eslint, "--stdin-filename", name], words, "messages")
    if ending == "css":
        by_stylelint: list[str | Path] = [
            TOOLS / "stylelint",
            "--config",
            FLOOR / "stylelint.config.mjs",
            "--formatter",
            "json",
        ]
        lines |= found_by([*by_stylelint, "--stdin-filename", name], words, "warnings")
    return lines


def found_by(command: list[str | Path], words: list[str], what: str) -> set[int]:
    done = subprocess.run(
        command,
        input="\n".join(words),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    told = done.stdout or done.stderr
    return {message["line"] for message in json.loads(told)[0][what]}


@pytest.mark.parametrize(("ending", "planted"), [("js", SCRIPTS), ("js", SYNTAX), ("css", SHEETS)])
def test_what_old_browsers_do_not_know_is_refused(ending: str, planted: dict[str, str]) -> None:
    lines = lines_refused(ending, [*planted.values()])

    assert {kind for at, kind in enumerate(planted, start=1) if at not in lines} == set()


@pytest.mark.parametrize("ending", ALLOWED)
def test_what_they_know_and_what_is_asked_for_first_is_let_through(ending: str) -> None:
    assert lines_refused(ending, [ALLOWED[ending]]) == set()


def test_no_page_brings_a_script_or_a_style_that_these_tools_do_not_see() -> None:
    pages = [page for page in Path(settings.BASE_DIR / "templates").rglob("*.html") if "emails" not in page.parts]
    texts = {page.name: page.read_text(encoding="utf-8") for page in pages}
    assert len(texts) > 100
    inside = [name for name, text in texts.items() if "<style" in text]
    assert inside == []
