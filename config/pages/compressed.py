"""What is the same for everybody, compressed once in each way that browsers take."""

import gzip
import re
from functools import lru_cache
from io import BytesIO

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

QUALITY = 9
"""Of brotli. More takes ten times as long for a twentieth less."""

LEVEL = 6
COMMON_CODINGS = re.compile(r"^[a-z, ]{1,60}$")
"""Names alone, without weights: what browsers send. Whoever weighs gets what needs no weighing."""


def compressed(body: bytes) -> dict[str, bytes]:
    """By the name of the way; the empty name is as it is."""
    zipped = BytesIO()
    with gzip.GzipFile(fileobj=zipped, mode="wb", compresslevel=LEVEL, mtime=0) as file:
        file.write(body)
    return {"": body, "gzip": zipped.getvalue(), "br": brotli.compress(body, quality=QUALITY)}


def answer_of(request: HttpRequest, bodies: dict[str, bytes], content_type: str) -> HttpResponse:
    """As small as this browser takes it. What is not kept as it is comes out of its gzip, for the few who take none."""
    way = coding_of(request.headers.get("Accept-Encoding", ""))
    body = bodies[way] if way in bodies else gzip.decompress(bodies["gzip"])
    response = HttpResponse(body, content_type=content_type)
    if way:
        response.headers["Content-Encoding"] = way
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=256)
def coding_of(accepted: str) -> str:
    """The smallest way that the header `Accept-Encoding` names; empty where it names none, or refuses some."""
    if not COMMON_CODINGS.match(accepted):
        return "gzip" if accepted.startswith("gzip,") else ""
    names = {name.strip() for name in accepted.split(",")}
    return next((name for name in ("br", "gzip") if name in names), "")
