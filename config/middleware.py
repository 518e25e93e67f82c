"""What Django and the CSP library leave out: a number for each request, two headers, and an order in a third."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.chance import Heap, cut, random_bytes
from config.machine.logs import request_number

NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
"""What a proxy may have called a request. Anything else could write lines of its own into the log."""

POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=(), screen-wake-lock=(self), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
"""What a page may ask of the device."""

RESOURCES = "same-origin"
"""Who may take a page of ours, or what it loads, into one of theirs: nobody else."""


numbers = Heap(lambda count: cut(random_bytes(16 * count).hex(), 32))


def number_of(told: str) -> str:
    """`told` is what the request says of itself. Only a proxy of our own is believed."""
    is_believed = told and settings.ALLAUTH_TRUSTED_PROXY_COUNT and NUMBER.fullmatch(told)
    return told if is_believed else numbers.one()


def two_more_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def add_headers(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", RESOURCES)
        return response

    return add_headers


class PolicyInOrder(CSPMiddleware):
    """The library puts the parts of a policy in an order of its own in each process. A page would then never be the
    same after a start, and every device would ask anew for all that it keeps.

    It also puts them in words anew for each answer. Nearly all have those of the settings, which are put in words
    once; an answer with a policy of its own is left to the library.
    """

    usual: tuple[Any, str] = (None, "")

    def process_request(self, request: HttpRequest) -> None:
        """Nothing: the library gets a number ready for scripts inside a page, and our policy takes none of these."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if self._is_usual(request, response):
            policy, words = PolicyInOrder.usual
            if policy is not settings.CONTENT_SECURITY_POLICY:
                policy, words = PolicyInOrder.usual = (settings.CONTENT_SECURITY_POLICY, in_order(build_policy()))
            response.headers[HEADER] = words
            return response
        answer = super().process_response(request, response)
        if HEADER in answer.headers:
            answer.headers[HEADER] = in_order(answer.headers[HEADER])
        return answer

    def _is_usual(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        has_own = self.get_policy_parts(request, response) != PolicyParts() or hasattr(response, "_csp_exempt")
        others = settings.DEBUG or getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
        is_set = HEADER in response.headers or settings.CONTENT_SECURITY_POLICY.keys() != {"DIRECTIVES"}
        return not (has_own or others or is_set)


@lru_cache(maxsize=64)
def in_order(policy: str) -> str:
    return "; ".join(sorted(policy.split("; ")))


def a_number_for_each_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The log of this request can be told from others' by it. A proxy of our own may have given one already."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Not of `headers`, which are all put together for whoever asks for one; few pages ask for another.
        number = number_of(request.META.get("HTTP_X_REQUEST_ID", ""))
        mark = request_number.set(number)
        try:
            response = get_response(request)
        finally:
            request_number.reset(mark)
        response.headers["X-Request-ID"] = number
        return response

    return answer
