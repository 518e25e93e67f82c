"""The two headers that neither Django nor the CSP library sends."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=(), screen-wake-lock=(self), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
"""What a page may ask of the device."""

RESOURCES = "same-origin"
"""Who may take a page of ours, or what it loads, into one of theirs: nobody else."""


def two_more_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def add_headers(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", RESOURCES)
        return response

    return add_headers
