"""Forms on pages that are the same for everyone, and so can hold no token of one visitor.

What the browser says of the page that posted takes the token's place. The session cookie is
SameSite=Lax, so a post from elsewhere would come without the visitor's session as well.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def is_from_this_site(request: HttpRequest) -> bool:
    """What the browser says of the page that posted. Without a word from it, this is no
    browser of today, and so no visitor whom another site could have led here."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def own_forms_only(view: View) -> View:
    """A post that another site's page sent is refused with 403; no token is asked for."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not is_from_this_site(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
