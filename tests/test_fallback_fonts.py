"""Until our fonts are there a page is drawn in one of the device, at the same height and width: nothing jumps then."""

import re

import pytest
from fontTools.ttLib import TTFont

from tests.imports import ROOT

SHEET = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
REAL = {"Text": "atkinson-hyperlegible-next-latin-wght-normal", "Display": "fraunces-latin-600-normal"}
FALLBACKS = re.findall(r'@font-face \{\s*font-family: "((?:Text|Display) Fallback[\w ]*)";(.*?)\}', SHEET, re.DOTALL)


def percent(face: str, name: str) -> float:
    return float(re.findall(rf"{name}: ([\d.]+)%", face)[0])


@pytest.mark.parametrize(("name", "face"), FALLBACKS, ids=[name for name, _face in FALLBACKS])
def test_a_fallback_is_as_high_and_as_deep_as_the_face_it_stands_for(name: str, face: str) -> None:
    real = TTFont(ROOT / "static" / "fonts" / f"{REAL[name.split()[0]]}.woff2")
    for override, metric in (("ascent-override", real["hhea"].ascent), ("descent-override", -real["hhea"].descent)):
        drawn = percent(face, override) * percent(face, "size-adjust") / 100
        assert drawn == pytest.approx(metric / real["head"].unitsPerEm * 100, abs=0.3)


@pytest.mark.parametrize("kind", REAL)
def test_each_fallback_is_asked_for_and_none_is_asked_for_that_is_not_there(kind: str) -> None:
    [asked] = re.findall(rf"--{kind.lower()}:\s(.*?);", SHEET, re.DOTALL)
    named = {name for name, _face in FALLBACKS if name.startswith(kind)}
    assert len(named) == 3
    assert {name for name in re.findall(r'"([^"]+)"', asked) if "Fallback" in name} == named
