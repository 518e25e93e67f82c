"""What a view behind `login_required` knows of its request, for the type checker."""

from django.http import HttpRequest

from accounts.models import User


class OwnRequest(HttpRequest):
    user: User
