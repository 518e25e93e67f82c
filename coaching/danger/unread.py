"""A form that cannot be read: too long, too many fields, cut off, or broken on its way.

It is taken up after it is known who asks and before its token is looked for, so that no refusal comes first. What it
tells of danger is read as far as it can be, kept, and answered as from any other form; otherwise the page says that it
could not be read, and whom to call.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from coaching.core.questions.unread import answers_in
from coaching.danger.hearing import ASKED, UNREADABLE, answer_to_danger, is_of_staff
from coaching.help.crisis_lines import from_file, said_lines
from coaching.help.whom_to_call import whom_to_call

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""})
"""As a browser sends a form. "text/plain" is how no form of ours is sent, and a page that was tampered with is."""

BROKEN, TOO_LARGE = 400, 413
MOST_READ = 4_000_000
"""Bytes of a form that is too long which are searched for danger. Ours are shorter than a tenth of it."""

GetResponse = Callable[[HttpRequest], HttpResponse]


def unread_forms(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.content_type not in FORMS or is_of_staff(request):
            return get_response(request)
        try:
            # Kept whole, so that it can be read once more where the form cannot be.
            sent = request.body
            is_read = bool(request.POST) or not answers_in(sent, ASKED)
        except UNREADABLE as trouble:
            status = TOO_LARGE if isinstance(trouble, RequestDataTooBig) else BROKEN
            return _refused(request, _as_far_as_it_goes(request, trouble), status)
        return get_response(request) if is_read else _refused(request, sent, BROKEN)

    return answer


def _refused(request: HttpRequest, sent: bytes, status: int) -> HttpResponse:
    posted = QueryDict(urlencode(answers_in(sent, ASKED), doseq=True))
    response = answer_to_danger(request, posted) or _words(request)
    response.status_code = status
    add_never_cache_headers(response)
    return response


def _as_far_as_it_goes(request: HttpRequest, trouble: Exception) -> bytes:
    if isinstance(trouble, UnreadablePostError):
        return b""
    try:
        return request.read(MOST_READ) if isinstance(trouble, RequestDataTooBig) else request.body
    except UnreadablePostError:
        return b""


def _words(request: HttpRequest) -> HttpResponse:
    try:
        return render(request, "coaching/unread.html", whom_to_call(request))
    except Error:
        return HttpResponse(render_to_string("coaching/unread.html", {"lines": said_lines(from_file())}))
