"""What every page says of the coach."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from coaching.offline.unsent import labels_of


def owner_label(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """Whose work this device keeps while it has no network. Worked out only by a page that says it."""
    return {"owner_label": lambda: labels_of(getattr(request, "user", AnonymousUser()))[0]}
