"""The files of pictures. Each name is a digest of its bytes, so that it may be kept for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content.models import PictureFile

A_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    try:
        file = PictureFile.objects.get(name=name)
    except PictureFile.DoesNotExist:
        raise Http404("there is no such picture") from None
    return HttpResponse(bytes(file.data), content_type=PictureFile.FORMATS[file.kind])
