"""What is the same for everybody, compressed once in each way that browsers take."""

import gzip
from io import BytesIO

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

QUALITY = 9
"""Of brotli. More takes ten times as long for a twentieth less."""

LEVEL = 6
WAYS = ("br", "gzip")


def compressed(body: bytes) -> dict[str, bytes]:
    """By the name of the way; the empty name is as it is."""
    zipped = BytesIO()
    with gzip.GzipFile(fileobj=zipped, mode="wb", compresslevel=LEVEL, mtime=0) as file:
        file.write(body)
    return {"": body, "gzip": zipped.getvalue(), "br": brotli.compress(body, quality=QUALITY)}


def answer_of(request: HttpRequest, bodies: dict[str, bytes], content_type: str) -> HttpResponse:
    """As small as this browser takes it."""
    taken = request.headers.get("Accept-Encoding", "")
    way = next((way for way in WAYS if way in taken), "")
    response = HttpResponse(bodies[way], content_type=content_type)
    if way:
        response.headers["Content-Encoding"] = way
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
