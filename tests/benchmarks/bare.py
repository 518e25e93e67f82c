"""The least that Django can be: one view and no middleware. What other pages are measured by."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], SECRET_KEY="measured, and never served")


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain", headers={"Content-Length": "3"})


urlpatterns: list[Any] = [path("", bare)]
application = get_wsgi_application()
