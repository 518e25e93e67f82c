"""Every pair of colours in use reaches WCAG AA, in light and in dark; running text aims at AAA."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "static" / "css"
A_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6}(?:[0-9a-f]{2})?);")
BY_DAY, BY_NIGHT = (
    (CSS / "tokens.css").read_text(encoding="utf-8").split("@media screen and (prefers-color-scheme: dark)")
)
TOKENS = dict(A_COLOUR.findall(BY_DAY))
DARK_TOKENS = dict(A_COLOUR.findall(BY_NIGHT))
AAA, AA, EDGE = 7.0, 4.5, 3.0
GROUNDS = ("paper", "raised", "sunken")
WASHES = ("lake-wash", "ember-wash", "moss-wash", "dusk-wash", "honey-wash")
PAIRS = [
    *(("ink", ground, AAA) for ground in (*GROUNDS, *WASHES)),
    *(("ink-soft", ground, AA) for ground in (*GROUNDS, *WASHES)),
    *((accent, ground, AA) for accent in ("lake", "ember", "moss", "dusk", "honey") for ground in GROUNDS),
    *((accent, f"{accent}-wash", AA) for accent in ("lake", "ember", "moss", "dusk", "honey")),
    ("lake-deep", "paper", AA),
    ("lake-deep", "lake-wash", AA),
    ("lake", "honey-wash", AA),
    ("lake", "ember-wash", AA),
    ("on-lake", "lake", AA),
    ("on-lake", "lake-deep", AA),
    ("on-ember", "ember", AA),
    ("on-night", "night", AAA),
    ("on-night-soft", "night", AA),
    ("night", "on-night", AA),
    ("paper", "ink", AAA),
    *(("edge", ground, EDGE) for ground in GROUNDS),
    *(("focus", ground, EDGE) for ground in (*GROUNDS, "lake-wash", "ember-wash")),
]


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_of_colours_can_be_told_apart(front: str, ground: str, least: float, scheme: str) -> None:
    tokens = TOKENS if scheme == "light" else DARK_TOKENS

    assert contrast(tokens[front], tokens[ground]) >= least


def test_every_colour_is_named_for_the_day_and_for_the_night() -> None:
    """Browsers before 2024 do not know light-dark(), so each stands twice."""
    assert len(TOKENS) > 40
    assert list(TOKENS) == list(DARK_TOKENS)


def test_flare_mode_is_the_night_of_every_page() -> None:
    flare = (CSS / "flare.css").read_text(encoding="utf-8").split("@layer parts")[0]

    assert dict(A_COLOUR.findall(flare)) == DARK_TOKENS


def colours_in(sheet: Path) -> list[str]:
    """But for flare.css's own list of tokens, which is held above."""
    words = sheet.read_text(encoding="utf-8")
    if sheet.name == "flare.css":
        words = words.split("@layer parts")[1]
    return re.findall(r"#[0-9a-fA-F]{3,8}\b", words)


def test_every_colour_outside_the_tokens_comes_from_the_tokens() -> None:
    strays = {
        path.name: found
        for path in CSS.glob("*.css")
        if path.name not in ("tokens.css", "admin.css")
        and (found := [colour for colour in colours_in(path) if colour.lower() not in PRINT])
    }

    assert strays == {}


PRINT = {"#fff", "#000", "#999"}
