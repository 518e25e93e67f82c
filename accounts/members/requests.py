"""What a view knows of its request."""

from django.http import HttpRequest, QueryDict

from accounts.models import User


class OwnRequest(HttpRequest):
    """Behind `login_required`, for the type checker."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to, so that even an empty post is answered as one."""
    return request.POST if request.method == "POST" else None
