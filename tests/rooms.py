"""The rooms of the house, as `docs/architecture.md` draws them and as the code stands."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.imports import ROOMS as APPS
from tests.imports import ROOT, Import

DRAWING = ROOT / "docs" / "architecture.md"
# Django looks for these by name. They are one room each, whatever folders they hold.
BY_KIND = {"admin", "formats", "management", "models", "templatetags", "views"}
# One file for each noun, one for each page, and one for each tool.
MAY_BE_LARGE = {"models", "views", "kinds"}
MOST_MODULES = 12
FLOOR = re.compile(r" *(\d+)  (.+)")

Floors = Mapping[str, int]
"""The floor of each room, by a name such as "coaching.core.tools"."""


def drawn(text: str) -> dict[str, int]:
    """The picture, which is the first block of text in the page."""
    picture = text.split("```text\n")[1].split("```")[0]
    floors: dict[str, int] = {}
    app = ""
    for line in filter(None, picture.splitlines()):
        if match := FLOOR.fullmatch(line):
            floors |= {f"{app}.{room}": int(match[1]) for room in match[2].split()}
        else:
            app = line.strip()
    return floors


def room_of(module: str, file: Path) -> str:
    """The folder of a module, or the module itself where it lies at the top of its app."""
    app, *inner = module.split(".")
    if inner[:1] and inner[0] in BY_KIND:
        return f"{app}.{inner[0]}"
    folders = inner if file.name == "__init__.py" else inner[:-1]
    return ".".join([app, *(folders or inner)])


def rooms_of(modules: Mapping[str, Path]) -> dict[str, str]:
    """The room of each module. The app's own `__init__` is the house, and no room."""
    return {module: room_of(module, file) for module, file in modules.items() if module not in APPS}


def climbs(each: Import, rooms: Mapping[str, str], floors: Floors) -> bool:
    """Whether an import goes to another room of its app that does not stand below."""
    by, of = rooms.get(each.by), rooms.get(each.of)
    if by is None or of is None or by == of or by.split(".")[0] != of.split(".")[0]:
        return False
    return floors.get(of, 0) >= floors.get(by, 0)


def crowded(modules: Iterable[tuple[str, Path]]) -> dict[str, int]:
    """Folders with more modules than one can take in at a look. `__init__.py` says nothing and does not count."""
    folders = Counter(file.parent for _, file in modules if file.name != "__init__.py")
    named = {str(folder.relative_to(ROOT)): count for folder, count in folders.items()}
    return {name: count for name, count in named.items() if count > MOST_MODULES and not is_by_noun(name)}


def is_by_noun(folder: str) -> bool:
    return Path(folder).name in MAY_BE_LARGE
