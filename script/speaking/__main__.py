"""Run by `script/speak`, in an environment of its own."""

import argparse
import os
import sys
from pathlib import Path

from script.speaking.engine import Engine
from script.speaking.judge import judge, outliers
from script.speaking.lines import read_lines
from script.speaking.listing import write_list
from script.speaking.render import Renderer, render_all
from script.speaking.voices import VOICES


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/speak", description=__doc__)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=Path("content/library/voices"))
    parser.add_argument("--voice", action="append", choices=[voice.name for voice in VOICES], default=[])
    parser.add_argument("--part", default="0/1", help="such as 0/2 and 1/2: two processes share the lines")
    parser.add_argument("--judge", action="store_true", help="let DNSMOS judge each voice beside espeak-ng")
    parser.add_argument("--check", action="store_true", help="name lines that last oddly long or short")
    parser.add_argument("--list", action="store_true", help="only write the list of what is there")
    asked = parser.parse_args()
    lines = read_lines(asked.lines)
    if asked.judge:
        return 0 if judge(asked.folder, lines) else 1
    if asked.check:
        print(*outliers(asked.folder, lines), sep="\n")
        return 0
    if not asked.list:
        _render(asked)
    if asked.list or asked.part == "0/1":
        write_list(asked.folder, lines)
    return 0


def _render(asked: argparse.Namespace) -> None:
    os.nice(19)
    engine = Engine(asked.tools / "graphs", asked.tools / "package" / "voices")
    part, parts = map(int, asked.part.split("/"))
    wanted = [voice for voice in VOICES if not asked.voice or voice.name in asked.voice]
    renderer = Renderer(engine, asked.folder, asked.tools / "raw")
    render_all(renderer, read_lines(asked.lines), wanted, part, parts)


if __name__ == "__main__":
    sys.exit(main())
