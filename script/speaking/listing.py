"""The list of recordings, `manifest.json`, written from what lies there. A voice is in it once it says every guide."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from content.core.voices.manifest import Voice
from content.core.voices.names import key_of
from script.speaking.lines import Line, file_of
from script.speaking.measuring import faults, measured
from script.speaking.voices import VOICES


def write_list(folder: Path, lines: list[Line]) -> None:
    """What is not current is taken away: its words are spoken no more, or it is not as it should be."""
    recordings: dict[str, dict[str, Any]] = {}
    listed: list[Voice] = []
    current: set[str] = set()
    for voice in VOICES:
        told = {key_of(line.text, voice): line for line in lines if line.language == voice.language}
        entries = {key: entry for key, line in told.items() if (entry := _entry(file_of(line, voice, folder), line))}
        missing = [line for key, line in told.items() if key not in entries and not line.is_lesson]
        print(_report(voice, told, entries, missing))
        current |= set(entries)
        if not missing:
            listed.append(voice)
            recordings |= entries
    _take_away(folder, current)
    (folder / "manifest.json").write_text(_as_text(listed, recordings), encoding="utf-8")


def _entry(path: Path, line: Line) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    mp3 = path.read_bytes()
    measures = measured(mp3)
    wrong = faults(mp3)
    if line.seconds is not None and measures.seconds > line.seconds:
        wrong.append(f"lasts {measures.seconds:.2f} seconds, and its step {line.seconds}")
    if wrong:
        print(f"{path}: {'; '.join(wrong)}: {line.text}")
        return None
    return {"seconds": round(measures.seconds, 2), "bytes": len(mp3), "loudness": round(measures.loudness, 1)}


def _report(voice: Voice, told: dict[str, Line], entries: dict[str, Any], missing: list[Line]) -> str:
    of_guides = [key for key, line in told.items() if not line.is_lesson]
    size = sum(entries[key]["bytes"] for key in of_guides if key in entries)
    whole = sum(entry["bytes"] for entry in entries.values())
    said = f"{voice.key}: {len(entries)} of {len(told)} lines, {whole:,} bytes; guides and Help now"
    done = "complete" if not missing else f"{len(missing)} missing"
    return f"{said} {done} ({len(of_guides)} lines, {size:,} bytes)"


def _take_away(folder: Path, current: set[str]) -> None:
    for path in folder.rglob("*.mp3"):
        if path.relative_to(folder).with_suffix("").as_posix() not in current:
            path.unlink()


def _as_text(voices: Iterable[Voice], recordings: dict[str, dict[str, Any]]) -> str:
    """One voice and one recording a line, so that a change shows what changed."""
    told = ",\n".join(f"  {json.dumps(vars(voice), ensure_ascii=False, sort_keys=True)}" for voice in voices)
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(recordings[key])}" for key in sorted(recordings))
    return f'{{\n"voices": [\n{told}\n],\n"recordings": {{\n{lines}\n}}\n}}\n'
