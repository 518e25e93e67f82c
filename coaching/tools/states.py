"""The form of a tool in its four states: new, as stored, as sent, and as it stands while lines come and go."""

from django.http import HttpRequest
from django.utils import timezone

from coaching.core.tools.kinds.activities import ACTIVITIES
from coaching.core.tools.shapes import Tool
from coaching.models import ToolEntry
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.tools.entries import first_answers, local_day, matters_of, newest_answers, own_options
from coaching.tools.forms import Extras, ToolForm, as_typed, without_line


def page_action(request: HttpRequest) -> str:
    """What the pressed button asks for: "save", "add:steps", "drop:steps:2" or "draw:again"."""
    return request.POST.get("do", "save") if request.POST.get("do", "").count(":") else "save"


def blank_form(request: HttpRequest, tool: Tool, *, client_id: str) -> ToolForm:
    extras = extras_of(request, tool)
    last = newest_answers(person_of(request), tool, most=1) if any(ask.is_carried for ask in tool.asks) else []
    given = first_answers(tool, last[0] if last else None, extras.today)
    return ToolForm(tool, extras, given=given, entry={"client_id": client_id})


def stored_form(request: HttpRequest, tool: Tool, entry: ToolEntry) -> ToolForm:
    told = {"client_id": entry.client_id, "version": entry.version}
    return ToolForm(tool, extras_of(request, tool), given=entry.answers, entry=told)


def sent_form(request: HttpRequest, tool: Tool) -> ToolForm:
    return ToolForm(tool, extras_of(request, tool), data=request.POST)


def redrawn_form(request: HttpRequest, tool: Tool, *, version: int | None = None) -> ToolForm:
    """The page as it was sent, with a line more or less; `version` when it now stands on a newer entry."""
    verb, _, rest = page_action(request).partition(":")
    name, _, number = rest.partition(":")
    given, spare = as_typed(tool, request.POST), dict.fromkeys((rows.id for rows in tool.rows), 0)
    if verb == "add" and name in spare:
        spare[name] = 1
    if verb == "drop" and number.isdecimal() and len(number) < 4:
        given = without_line(given, name, int(number))
    told = {"client_id": request.POST.get("client_id"), "version": version or request.POST.get("version")}
    return ToolForm(tool, extras_of(request, tool), given=given, spare=spare, entry=told)


def extras_of(request: HttpRequest, tool: Tool) -> Extras:
    person = person_of(request)
    has_own = any(ask.own for ask in tool.asks)
    return Extras(
        own=own_options(tool, newest_answers(person, tool)) if has_own else {},
        matters=matters_of(person) if tool is ACTIVITIES else (),
        today=local_day(timezone.now(), preferences_of(request).zone),
    )
