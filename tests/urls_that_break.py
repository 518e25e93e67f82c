"""The site's addresses, and some that go wrong on purpose."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path

from config import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def break_down(request: HttpRequest) -> NoReturn:
    raise RuntimeError("this address always breaks")


def forbid(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


urlpatterns = [path("break/", break_down), path("forbid/", forbid), *urls.urlpatterns]
