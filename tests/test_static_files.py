"""Our scripts are sent without the comments that have their lines for themselves, and with all else."""

import json
import re
from pathlib import Path

import pytest

from config.machine.static import A_COMMENT
from tests.processes import ROOT

SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("// why\nlet a = 1; // once\n  // more\n", "let a = 1; // once\n"),
        ("/* <x-y>: what\n   it does */\nlet b = 2;\n", "let b = 2;\n"),
        ("  /* one */\nlet c = 3;\n/* two */\n", "let c = 3;\n"),
        ('let d = "// no comment";\n', 'let d = "// no comment";\n'),
        ("let e = 1; /* here\nand there */ let f = 2;\n", "let e = 1; /* here\nand there */ let f = 2;\n"),
    ],
)
def test_a_comment_with_lines_for_itself_is_left_out(written: str, sent: str) -> None:
    assert A_COMMENT.sub("", written) == sent


@pytest.mark.parametrize("file", SCRIPTS, ids=[file.name for file in SCRIPTS])
def test_no_text_of_several_lines_is_taken_for_a_comment(file: Path) -> None:
    texts = re.findall(r"`(?:[^`\\]|\\.)*`", A_COMMENT.sub("", file.read_text(encoding="utf-8")), re.DOTALL)
    assert [text for text in texts if re.search(r"^\s*(?://|/\*)", text, re.MULTILINE)] == []


def test_what_is_collected_has_no_such_comment_and_every_other_line(collected_static: Path) -> None:
    names = json.loads((collected_static / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    for file in SCRIPTS:
        sent = (collected_static / names[f"js/{file.name}"]).read_text(encoding="utf-8")
        assert not A_COMMENT.search(sent), file.name
        assert sent.count("\n") == A_COMMENT.sub("", file.read_text(encoding="utf-8")).count("\n"), file.name
