"""The blank form of a tool for a device without a network: made without the request, so it knows nobody.

It carries no token and no id: the page gives itself an id, and what is written there goes out with `practice_sync`, if
the person asks the device to keep it.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.tools.forms import Extras, ToolForm
from coaching.tools.pages import parts_of
from coaching.tools.rules import rule_of_copy


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def tool_copy(request: HttpRequest, slug: str) -> HttpResponse:
    tool = TOOL.get(slug)
    rule = rule_of_copy(tool) if tool else None
    if tool is None or rule is None:
        raise Http404("no such tool")
    form = ToolForm(tool, Extras(), given={}, entry={"client_id": ""})
    context = {"tool": tool, "form": form, "parts": parts_of(form, opens=frozenset()), "rule": rule, "is_copy": True}
    return HttpResponse(render_to_string("coaching/tools/form.html", context))
