"""The tools: the list of them, one tool with what was written in it, and each entry.

Everything works as plain forms. Another person's entry does not exist: 404, whoever asks.
"""

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.drafts import words_arrived
from coaching.core.recommend.care import StartRule
from coaching.core.tools.crisis_words import asks_for_care
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.laid_out import plain_text
from coaching.core.tools.shapes import Depth, Tool
from coaching.models import ToolEntry
from coaching.people.preferences import preferences_of
from coaching.people.session import person_for, person_of
from coaching.tools.entries import export_entry, forget, local_day, matters_of, newest_answers, save_change, save_new
from coaching.tools.forms import ToolForm, typed_text
from coaching.tools.pages import EntryPage, entry_lines, entry_page, face_of, faces, overview, parts_of
from coaching.tools.rules import shut_tools, tool_rule
from coaching.tools.states import blank_form, page_action, redrawn_form, sent_form, stored_form

A_PAGE = 20
"""Entries on one page of a list."""

CHANGED_ELSEWHERE = gettext_lazy(
    "This was changed in another tab or on another device. Your words are still here. Save again to replace it."
)


@require_safe
@never_cache
def tools(request: HttpRequest) -> HttpResponse:
    shelves = faces(person_of(request), shut_tools(request))
    return render(request, "coaching/tools/tools.html", {"shelves": shelves})


@require_safe
@never_cache
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    asked_for, person = _tool(slug), person_of(request)
    entries = person.tool_entries.of_tool(slug).newest_first() if person else ToolEntry.objects.none()
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "face": face_of(asked_for),
        "tool": asked_for,
        "rule": tool_rule(request, asked_for),
        "page": page,
        "entries": entry_lines(list(page), preferences_of(request).zone),
        "overview": overview(asked_for, newest_answers(person, asked_for)),
    }
    return render(request, "coaching/tools/tool.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tool_new(request: HttpRequest, slug: str) -> HttpResponse:
    asked_for = _tool(slug)
    rule = tool_rule(request, asked_for)
    if not rule.may_start:
        return _closed(request, asked_for, rule)
    if request.method != "POST":
        form = blank_form(request, asked_for, client_id=secrets.token_urlsafe(16))
        opens = frozenset(Depth if "full" in request.GET else ())
        return _form_page(request, asked_for, form, rule, opens=opens)
    if page_action(request) != "save":
        return _form_page(request, asked_for, redrawn_form(request, asked_for), rule)
    form = sent_form(request, asked_for)
    if not form.is_valid():
        return _form_page(request, asked_for, form, rule, status=422)
    saved = save_new(person_for(request), asked_for, form.cleaned_data["client_id"], form.answers(), timezone.now())
    return _clash(request, saved.entry, form, rule) if saved.is_clash else _kept(request, saved.entry, form)


@require_safe
@never_cache
def tool_entry(request: HttpRequest, slug: str, client_id: str) -> HttpResponse:
    entry = _entry(request, slug, client_id)
    return render(request, "coaching/tools/entry.html", {"page": _page(request, entry), "rule": _rule(request, slug)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tool_edit(request: HttpRequest, slug: str, client_id: str) -> HttpResponse:
    entry = _entry(request, slug, client_id)
    rule = _rule(request, slug)
    if not rule.may_start:
        return _closed(request, _tool(slug), rule)
    if request.method != "POST":
        form = stored_form(request, _tool(slug), entry)
        return _form_page(request, _tool(slug), form, rule, entry=entry, opens=frozenset({Depth.LATER}))
    if page_action(request) != "save":
        return _form_page(request, _tool(slug), redrawn_form(request, _tool(slug)), rule, entry=entry)
    form = sent_form(request, _tool(slug))
    if not form.is_valid():
        return _form_page(request, _tool(slug), form, rule, entry=entry, status=422)
    if not save_change(entry, form.cleaned_data["version"] or 0, form.answers(), timezone.now()):
        return _clash(request, entry, form, rule)
    return _kept(request, entry, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tool_delete(request: HttpRequest, slug: str, client_id: str) -> HttpResponse:
    entry = _entry(request, slug, client_id)
    if request.method == "POST":
        forget(entry)
        messages.success(request, _("Deleted. It is gone from here for good."))
        return redirect("coaching:tool", slug)
    [line] = entry_lines([entry], preferences_of(request).zone)
    return render(request, "coaching/tools/delete.html", {"tool": _tool(slug), "line": line})


@require_safe
@never_cache
def tool_print(request: HttpRequest, slug: str, client_id: str) -> HttpResponse:
    page = _page(request, _entry(request, slug, client_id))
    return render(request, "coaching/tools/print.html", {"page": page})


@require_safe
@never_cache
def tool_export(request: HttpRequest, slug: str, client_id: str, kind: str) -> HttpResponse:
    return _file(request, _tool(slug), [_entry(request, slug, client_id)], kind)


@require_safe
@never_cache
def tool_export_all(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    person = person_of(request)
    entries = list(person.tool_entries.of_tool(slug).newest_first()) if person else []
    if not entries:
        raise Http404("nothing to take along")
    return _file(request, _tool(slug), entries, kind)


def _tool(slug: str) -> Tool:
    if slug not in TOOL:
        raise Http404("no such tool")
    return TOOL[slug]


def _entry(request: HttpRequest, slug: str, client_id: str) -> ToolEntry:
    person = person_of(request)
    entry = person and person.tool_entries.of_tool(_tool(slug).slug).filter(client_id=client_id).first()
    if not entry:
        raise Http404("no such entry")
    return entry


def _rule(request: HttpRequest, slug: str) -> StartRule:
    return tool_rule(request, _tool(slug))


def _page(request: HttpRequest, entry: ToolEntry) -> EntryPage:
    matters = matters_of(person_of(request)) if entry.tool == "activities" else ()
    return entry_page(entry, zone=preferences_of(request).zone, matters=matters)


def _form_page(
    request: HttpRequest,
    asked_for: Tool,
    form: ToolForm,
    rule: StartRule,
    *,
    entry: ToolEntry | None = None,
    opens: frozenset[Depth] = frozenset(),
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "tool": asked_for,
        "form": form,
        "parts": parts_of(form, opens=opens),
        "rule": rule,
        "entry": entry,
        "notice": notice,
    }
    return render(request, "coaching/tools/form.html", context, status=status)


def _kept(request: HttpRequest, entry: ToolEntry, form: ToolForm) -> HttpResponse:
    words_arrived(request)
    if asks_for_care(form.written()) and not asks_for_care(entry.answers):
        # The words were let go, so nothing later could know that help should be shown: this answer shows it.
        context = {"page": _page(request, entry), "rule": _rule(request, entry.tool)}
        return render(request, "coaching/tools/entry.html", context)
    messages.success(request, _("Saved."))
    return redirect("coaching:tool_entry", entry.tool, entry.client_id)


def _clash(request: HttpRequest, entry: ToolEntry, form: ToolForm, rule: StartRule) -> HttpResponse:
    """The words stay on the page, which now speaks of the entry as it stands: saving once more replaces it."""
    asked_for = TOOL[entry.tool]
    if asked_for is not form.tool:
        raise Http404("this id belongs to another tool")
    again = redrawn_form(request, asked_for, version=entry.version)
    return _form_page(request, asked_for, again, rule, entry=entry, notice=str(CHANGED_ELSEWHERE), status=409)


def _closed(request: HttpRequest, asked_for: Tool, rule: StartRule) -> HttpResponse:
    """Not for this person now. What was typed is shown, so that it can be taken along."""
    context = {"tool": asked_for, "rule": rule, "typed": typed_text(asked_for, request.POST)}
    return render(request, "coaching/tools/closed.html", context, status=409 if request.method == "POST" else 200)


def _file(request: HttpRequest, asked_for: Tool, entries: list[ToolEntry], kind: str) -> HttpResponse:
    zone = preferences_of(request).zone
    name = f"unloop-{asked_for.slug}-{local_day(timezone.now(), zone)}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "json":
        told = {"entries": [export_entry(entry) for entry in entries]}
        return JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False}, headers=headers)
    text = "\n\n\n".join(plain_text(asked_for, entry.answers, local_day(entry.made_at, zone)) for entry in entries)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
