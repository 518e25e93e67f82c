"""Takes a picture from a stranger's file: read by what it holds, made anew in our sizes, and kept.

Nothing of the uploaded bytes is passed on. The file is opened only as one of the formats that we know, its
size in pixels is judged before they are unpacked, and an original is made afresh from the pixels: so no
place, camera or name of the photographer is left in it, and nothing can hide behind the image. What browsers
get is drawn from the original. The library's files hold the same originals (`content/files/originals.py`), so that
a picture which travels is drawn as it was where it came from.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Prefetch

from content.core.texts.markup import Shown
from content.files.originals import NARROWEST, TALLEST, WIDEST, digest_of, fault_in
from content.models import Picture, PictureFile, PictureOriginal

if TYPE_CHECKING:
    from PIL.Image import Image

BYTES_AT_MOST = 10 * 1024 * 1024
PIXELS_AT_MOST = 40_000_000
WIDTHS = (480, 800, 1200, WIDEST)
ORIGINAL: dict[str, Any] = {"format": "WEBP", "quality": 90, "method": 4}
READ = ("JPEG", "PNG", "WEBP", "AVIF")
QUALITY = {"avif": {"quality": 55, "speed": 8}, "webp": {"quality": 78, "method": 4}}
SIZES = "(min-width: 46rem) 42rem, 92vw"


class PictureError(ValueError):
    """Why a file is not taken, in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A picture in all its widths and formats, not kept yet."""

    width: int
    height: int
    files: tuple[tuple[str, int, bytes], ...]


def original_from(upload: IO[bytes], size: int) -> bytes:
    """What an upload shows, as a file of ours. Raises PictureError. `size` is how many bytes the upload has."""
    if size > BYTES_AT_MOST:
        raise PictureError(f"This file has {_megabytes(size)}; a picture may have {_megabytes(BYTES_AT_MOST)} at most.")
    image = _opened(upload)
    if _is_one_of_ours(upload):
        upload.seek(0)
        return upload.read()
    width = min(WIDEST, image.width)
    if _height(image, width) > TALLEST:
        raise PictureError(f"This picture is too tall: {TALLEST // WIDEST} times its width at most.")
    original = _bytes_of(_resized(image, width), ORIGINAL)
    if fault_in(original):
        raise PictureError("This picture has too many details to be kept: send it smaller.")
    return original


def _is_one_of_ours(upload: IO[bytes]) -> bool:
    """The original of a picture of ours, brought from another place, stays as it is: it would only grow worse."""
    upload.seek(0)
    return not fault_in(upload.read())


def draw(original: bytes) -> Drawn:
    from PIL import Image  # noqa: PLC0415 (three megabytes, for the few who bring a picture)

    image = Image.open(BytesIO(original), formats=("WEBP",))
    widths = sorted({min(width, image.width) for width in WIDTHS})
    resized = [(width, _resized(image, width)) for width in widths]
    files = tuple((kind, width, _encoded(small, kind)) for width, small in resized for kind in QUALITY)
    return Drawn(width=image.width, height=image.height, files=files)


def keep_original(data: bytes) -> str:
    """Keeps the bytes once, whoever shows them, and returns their digest."""
    digest = digest_of(data)
    PictureOriginal.objects.get_or_create(digest=digest, defaults={"data": data})
    return digest


def draw_anew(picture: Picture) -> list[str]:
    """Has a picture show the original that it names; returns the names of the columns that changed by it."""
    if picture.drawn_from == picture.digest:
        return []
    keep(picture, draw(bytes(PictureOriginal.objects.get(digest=picture.digest).data)))
    return ["width", "height", "drawn_from"]


@transaction.atomic
def keep(picture: Picture, drawn: Drawn) -> None:
    picture.width, picture.height, picture.drawn_from = drawn.width, drawn.height, picture.digest
    picture.save()
    PictureFile.objects.filter(picture=picture).delete()
    PictureFile.objects.bulk_create(
        PictureFile(picture=picture, kind=kind, width=width, data=data, name=_name(picture, kind, width, data))
        for kind, width, data in drawn.files
    )


def shown(slugs: Iterable[str]) -> dict[str, Shown]:
    """What a text needs to show these pictures: two queries, and none of the bytes."""
    wanted = set(slugs)
    if not wanted:
        return {}
    files = Prefetch("files", PictureFile.objects.without_bytes().order_by("width"))
    pictures = Picture.objects.filter(slug__in=wanted).prefetch_related(files)
    return {picture.slug: _shown(picture, list(picture.files.all())) for picture in pictures}


def _shown(picture: Picture, files: list[PictureFile]) -> Shown:
    sources = tuple((PictureFile.FORMATS[kind], _srcset(files, kind)) for kind in QUALITY)
    plain = [file for file in files if file.kind == "webp"]
    return Shown(
        sources=sources,
        source=plain[min(1, len(plain) - 1)].get_absolute_url(),
        sizes=SIZES,
        width=picture.width,
        height=picture.height,
        description=picture.description,
    )


def _srcset(files: list[PictureFile], kind: str) -> str:
    return ", ".join(f"{file.get_absolute_url()} {file.width}w" for file in files if file.kind == kind)


def _opened(upload: IO[bytes]) -> "Image":
    from PIL import Image, ImageOps  # noqa: PLC0415 - see above

    try:
        with warnings.catch_warnings():
            # Our own bound is far below the one at which the library would warn.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=READ)
        _refuse_by_pixels(image)
        upright = ImageOps.exif_transpose(image)
        return upright.convert("RGBA" if _is_see_through(image) else "RGB")
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError("This picture is too large: it has far more points than any screen.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError("This is no picture that can be read: send a JPEG, PNG, WebP or AVIF.") from error


def _refuse_by_pixels(image: "Image") -> None:
    if image.width * image.height > PIXELS_AT_MOST:
        millions = PIXELS_AT_MOST // 1_000_000
        words = f"{image.width} by {image.height} points are too many; {millions} million at most"
        raise PictureError(f"This picture is too large: {words}.")
    if image.width < NARROWEST:
        raise PictureError(f"This picture is too small: {image.width} points wide; {NARROWEST} at least.")


def _is_see_through(image: "Image") -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _resized(image: "Image", width: int) -> "Image":
    from PIL.Image import Resampling  # noqa: PLC0415 - see above

    return image.resize((width, _height(image, width)), Resampling.LANCZOS)


def _height(image: "Image", width: int) -> int:
    return max(1, round(image.height * width / image.width))


def _encoded(image: "Image", kind: str) -> bytes:
    return _bytes_of(image, {"format": kind.upper(), **QUALITY[kind]})


def _bytes_of(image: "Image", options: dict[str, Any]) -> bytes:
    target = BytesIO()
    image.save(target, **options)
    return target.getvalue()


def _name(picture: Picture, kind: str, width: int, data: bytes) -> str:
    """The same on every site that shows the same picture under the same name."""
    digest = sha256(f"{picture.slug}/{width}/".encode() + data).hexdigest()[:32]
    return f"{digest}.{kind}"


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.0f} MB"
