"""What a view knows of its request."""

from django.http import HttpRequest, QueryDict

from accounts.models import User


class OwnRequest(HttpRequest):
    """Behind `login_required`, for the type checker."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """What to bind a form to: all that was posted, even if that is nothing; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None
