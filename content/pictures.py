"""Takes a picture from a stranger's file: read by what it holds, made anew in our sizes, and kept.

Nothing of the uploaded bytes is passed on. The file is opened only as one of the formats that we know, its
size in pixels is judged before they are unpacked, and what browsers get was drawn afresh from the pixels:
so no place, camera or name of the photographer is left in it, and nothing can hide behind the image.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO

from django.db import transaction
from django.db.models import Prefetch
from PIL import Image, ImageOps

from content.core.markup import Shown
from content.models import Picture, PictureFile

BYTES_AT_MOST = 10 * 1024 * 1024
PIXELS_AT_MOST = 40_000_000
SMALLEST = 320
WIDTHS = (480, 800, 1200, 1600)
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


def draw(upload: IO[bytes], size: int) -> Drawn:
    """Raises PictureError. `size` is how many bytes the upload has."""
    if size > BYTES_AT_MOST:
        raise PictureError(f"This file has {_megabytes(size)}; a picture may have {_megabytes(BYTES_AT_MOST)} at most.")
    image = _opened(upload)
    widths = sorted({min(width, image.width) for width in WIDTHS})
    resized = [(width, image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)) for width in widths]
    files = tuple((kind, width, _encoded(small, kind)) for width, small in resized for kind in QUALITY)
    return Drawn(width=image.width, height=image.height, files=files)


@transaction.atomic
def keep(picture: Picture, drawn: Drawn) -> None:
    picture.width, picture.height = drawn.width, drawn.height
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


def _opened(upload: IO[bytes]) -> Image.Image:
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


def _refuse_by_pixels(image: Image.Image) -> None:
    if image.width * image.height > PIXELS_AT_MOST:
        millions = PIXELS_AT_MOST // 1_000_000
        words = f"{image.width} by {image.height} points are too many; {millions} million at most"
        raise PictureError(f"This picture is too large: {words}.")
    if image.width < SMALLEST:
        raise PictureError(f"This picture is too small: {image.width} points wide; {SMALLEST} at least.")


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _height(image: Image.Image, width: int) -> int:
    return max(1, round(image.height * width / image.width))


def _encoded(image: Image.Image, kind: str) -> bytes:
    target = BytesIO()
    image.save(target, format=kind.upper(), **QUALITY[kind])
    return target.getvalue()


def _name(picture: Picture, kind: str, width: int, data: bytes) -> str:
    digest = sha256(f"{picture.pk}/{width}/".encode() + data).hexdigest()[:32]
    return f"{digest}.{kind}"


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.0f} MB"
