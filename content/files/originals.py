"""The picture files of the library: `pictures/<name>.webp` beside `pictures.toml`, which describes each.

Such a file is the original of a picture: upright, no wider than the widest that we show, and bare of all but
its points. It is kept to the byte, so that it goes out as it came in, and is never given to a browser: what
browsers get is drawn from it (`content/pictures/drawing.py`). Nothing here knows the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from content.core.files.webp import is_bare

FOLDER = "pictures"
NARROWEST, WIDEST, TALLEST = 320, 1600, 4800
ORIGINAL_AT_MOST = 2 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Original:
    """One file, read and judged; `fault` finishes the sentence "this file ...", and is empty when there is none."""

    path: Path
    digest: str = ""
    fault: str = ""


def original_of(folder: Path, name: str) -> Original:
    path = folder / file_of_picture(name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Original(path=path, fault="is missing")
    return Original(path=path, digest=digest_of(data), fault=fault_in(data))


def file_of_picture(name: str) -> str:
    return f"{FOLDER}/{name}.webp"


def undescribed(folder: Path, known: Iterable[str]) -> list[str]:
    """Files of pictures that no entry of `pictures.toml` speaks of."""
    wanted = {file_of_picture(name) for name in known}
    files = (path.relative_to(folder).as_posix() for path in (folder / FOLDER).glob("[!.]*"))
    return sorted(set(files) - wanted)


def digest_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def fault_in(data: bytes) -> str:
    if len(data) > ORIGINAL_AT_MOST:
        return f"is larger than {ORIGINAL_AT_MOST // (1024 * 1024)} MB"
    if not is_bare(data):
        return "must be a WebP with one picture and nothing else in it: upload it in the admin, then export it"
    return _fault_in_points(data)


def _fault_in_points(data: bytes) -> str:
    # Three megabytes with the libraries of each format, for the few who bring a picture.
    from PIL import Image  # noqa: PLC0415

    try:
        image = Image.open(BytesIO(data), formats=("WEBP",))
        if not NARROWEST <= image.width <= WIDEST or image.height > TALLEST:
            return f"must be {NARROWEST} to {WIDEST} points wide and {TALLEST} tall at most"
        image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "cannot be read as a picture"
    return ""
