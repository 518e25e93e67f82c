"""The summary on paper: one tagged page (PDF/UA) that a screen reader reads in order, in whatever script a name is.

It is drawn from the same template as the page on the screen, with letters that lie beside this module (Noto Sans,
`fonts/`). What is long is set smaller until it is one page; the lists of a summary are cut so that this ends. The
drawing library needs Pango on the machine and takes a second to load, so it is loaded with the first paper; where it
cannot be loaded there is no paper, and the page on the screen can be printed.
"""

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from django.template.loader import render_to_string

from coaching.summary.page import SummaryPage

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
SIZES = (9.5, 8.8, 8.1, 7.4, 6.8)
"""Of the letters, in points; the last is that of a package leaflet."""

FIRST = "latin"
_one_at_a_time = Lock()


class NoPaper(Exception):
    """This machine lacks what the drawing library needs."""


def paper_of(page: SummaryPage) -> bytes:
    """A PDF of one page. It is kept nowhere."""
    return _paper(render_to_string("coaching/summary_paper.html", {"page": page}))


def leaflet_of(context: dict[str, Any]) -> bytes:
    """The same for everybody who reads one language, so it is drawn once for its words, and anew when these change."""
    return _leaflet(render_to_string("coaching/clinics_paper.html", context))


@lru_cache(maxsize=8)
def _leaflet(html: str) -> bytes:
    return _paper(html)


def _paper(html: str) -> bytes:
    # The library of letters below it is not made for several threads.
    with _one_at_a_time:
        made: bytes = _fitted(html).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _fitted(html: str) -> Any:
    """In the largest letters in which it is one page."""
    tries = (_drawn(html, size) for size in SIZES)
    return next((drawn for drawn in tries if len(drawn.pages) == 1), None) or _drawn(html, SIZES[-1])


def _drawn(html: str, size: float) -> Any:
    tool, sheet, letters = _tool()
    own = tool.CSS(string=f"html {{ font-size: {size}pt }}")
    # Nothing is fetched for a page: no picture, no style, from nowhere.
    source = tool.HTML(string=html, url_fetcher=_nothing)
    return source.render(font_config=letters, stylesheets=[sheet, own])


def _nothing(url: str, *rest: Any, **more: Any) -> Any:
    del rest, more
    raise ValueError(f"A paper fetches nothing, and this one asked for {url[:40]}")


@lru_cache(maxsize=1)
def _tool() -> tuple[Any, Any, Any]:
    """The library, the style of a paper, and its letters: read once a process."""
    try:
        tool = import_module("weasyprint")
    except OSError as error:
        raise NoPaper from error
    letters = import_module("weasyprint.text.fonts").FontConfiguration()
    style = _faces() + (HERE / "paper.css").read_text(encoding="utf-8")
    return tool, tool.CSS(string=style, font_config=letters), letters


def _faces() -> str:
    """One family for each set of letters, the Latin one first; a letter is looked for in each of them."""
    files = sorted(FONTS.glob("*.woff2"), key=lambda file: (f"-{FIRST}-4" not in file.name, file.name))
    faces = [
        f"@font-face {{ font-family: '{_family(file)}'; font-weight: {file.name.split('-')[-2]};"
        f" src: url('{file.as_uri()}') }}\n"
        for file in files
    ]
    families = ", ".join(f"'{name}'" for name in dict.fromkeys(_family(file) for file in files))
    return "".join(faces) + f"html {{ font-family: {families}, sans-serif }}\n"


def _family(file: Path) -> str:
    return file.name.rsplit("-", 2)[0]


def letters_without_shape(words: str) -> str:
    """Letters that our own fonts do not hold, each once: on paper they may be missing."""
    return "".join(dict.fromkeys(sign for sign in words if not sign.isspace() and ord(sign) not in _held()))


@lru_cache(maxsize=1)
def _held() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - with the first paper, as all that draws one

    held: set[int] = set()
    for file in FONTS.glob("*-400-normal.woff2"):
        with TTFont(file, lazy=True) as font:
            held |= font.getBestCmap().keys()
    return frozenset(held) | UNSEEN


UNSEEN = frozenset({*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xAD, 0xFEFF})
"""Marks of direction, joiners and their like: they take no ink."""
