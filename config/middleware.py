"""The one header that neither Django nor the CSP library sends."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=(), screen-wake-lock=(self), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def add_header(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return add_header
