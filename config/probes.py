"""Health probes come by whatever name a load balancer or a container knows: an address, `web`, nothing at all.

They are answered before the name is looked at, as they say nothing that depends on it. Every other page is refused to a
name that is not the site's own.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config import views

PROBES = {"/healthz": views.healthz, "/readyz": views.readyz}


def by_any_name(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info, get_response)
        return probe(request)

    return answer
