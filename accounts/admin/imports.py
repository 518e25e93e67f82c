"""The pages that take in a list of subscribers: the file, its columns, what would happen, and then it happens."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.core.importing.columns import columns_of
from accounts.core.importing.files import ALPHABETS, SEPARATORS, ImportFileError
from accounts.core.importing.rows import Verdict
from accounts.core.importing.standings import standing_of
from accounts.forms.imports import ColumnsForm, LayoutForm, ListForm
from accounts.guard import audit
from accounts.importing import chunks, lists
from accounts.members.requests import posted
from accounts.models import ImportState, SubscriberImport, User
from accounts.newsletter.subscriber_csv import in_pieces

SHOWN = 200
LOOK_AGAIN = 3
"""Seconds after which a page that shows progress asks again, without a script."""
MAY_IMPORT = "accounts.add_subscriber"
KEPT_NO_MORE = "That list is no longer kept. Bring it again."


def addresses(site: admin.AdminSite) -> list[URLPattern]:
    return [
        path("import/", site.admin_view(bring), name="accounts_subscriber_import"),
        path("import/<int:pk>/columns/", site.admin_view(columns), name="accounts_subscriber_import_columns"),
        path("import/<int:pk>/layout/", site.admin_view(layout), name="accounts_subscriber_import_layout"),
        path("import/<int:pk>/", site.admin_view(look), name="accounts_subscriber_import_look"),
        path("import/<int:pk>/report.csv", site.admin_view(report), name="accounts_subscriber_import_report"),
    ]


def bring(request: HttpRequest) -> HttpResponseBase:
    _refuse_strangers(request)
    form = ListForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by = request.user if isinstance(request.user, User) else None
        try:
            brought = chunks.keep(form.cleaned_data["file"], by=by, at=timezone.now())
            audit.note(request, "Brought a list", [brought])
            return redirect("admin:accounts_subscriber_import_columns", brought.pk)
        except ImportFileError as error:
            form.add_error("file", str(error))
    return _page(request, "import.html", "Bring in a list", {"form": form})


def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which column holds what: guessed, shown, and put right by whoever knows the list."""
    _refuse_strangers(request)
    brought = get_object_or_404(SubscriberImport, pk=pk)
    if brought.state not in lists.OPEN or not brought.chunks.exists():
        return redirect("admin:accounts_subscriber_import_look", pk)
    try:
        file_columns = columns_of(chunks.first_rows(brought), has_headings=brought.has_headings)
    except ImportFileError as error:
        messages.error(request, str(error))
        return redirect("admin:accounts_subscriber_import")
    form = ColumnsForm(posted(request), brought=brought, columns=file_columns)
    if request.method == "POST" and form.is_valid():
        if lists.choose(brought, form.choice, series_per_day=form.new_a_day, at=timezone.now()):
            lists.begin_work(brought)
        return redirect("admin:accounts_subscriber_import_look", pk)
    context = {
        "brought": brought,
        "form": form,
        "shown": form.signature(form.shown_now),
        "columns": file_columns,
        "alphabet": ALPHABETS.get(brought.encoding, brought.encoding),
        "separator": SEPARATORS[brought.separator],
        "layout": LayoutForm(layout=chunks.layout_now(brought)),
        "dates": form.dates_shown(),
        "standings": _standings(form),
        "has_series": lists.has_series(),
    }
    return _page(request, "import_columns.html", f"The columns of {brought.file_name}", context)


@require_POST
def layout(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read it in another alphabet, or with another separator. What does not fit changes nothing, and says why."""
    _refuse_strangers(request)
    brought = get_object_or_404(SubscriberImport, pk=pk)
    form = LayoutForm(request.POST, layout=chunks.layout_now(brought))
    try:
        if form.is_valid() and brought.chunks.exists():
            lists.read_anew(brought, form.layout, at=timezone.now())
    except ImportFileError as error:
        messages.error(request, str(error))
    return redirect("admin:accounts_subscriber_import_columns", pk)


def _standings(form: ColumnsForm) -> list[tuple[str, str, int, str]]:
    """Heading, word, how often it stands among the first rows, and what it is taken for."""
    chosen = (form.columns[at] for at in form.shown_now["left"] if at in form.columns)
    return [
        (column.heading, word[:40] or "nothing", count, standing_of(column.heading, word).value)
        for column in chosen
        for word, count in Counter(column.cells).most_common(8)
    ]


def look(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What would happen, row by row; a POST makes it happen."""
    _refuse_strangers(request)
    brought = get_object_or_404(SubscriberImport, pk=pk)
    if request.method == "POST":
        return _take_in(request, brought)
    if brought.state == ImportState.BROUGHT and brought.chunks.exists():
        return redirect("admin:accounts_subscriber_import_columns", pk)
    others = brought.rows.exclude(verdict=Verdict.NEW.value).order_by("pk")
    is_done = brought.state in (ImportState.LOOKED, ImportState.TAKEN)
    out = sum(count for verdict, count in brought.counts.items() if verdict != Verdict.NEW.value)
    context = {
        "brought": brought,
        "counts": {verdict.name.lower(): brought.counts.get(verdict.value, 0) for verdict in Verdict},
        "rows": others[:SHOWN] if is_done else [],
        "more": max(0, out - SHOWN),
        "is_kept": brought.rows.exists(),
        "is_readable": brought.chunks.exists(),
        "percent": _percent(brought),
        "series_ends": lists.series_ends(brought, at=timezone.now()) if brought.gets_series else None,
        "report_link": reverse("admin:accounts_subscriber_import_report", args=[pk]),
    }
    answer = _page(request, "import_look.html", f"What {brought.file_name} would bring", context)
    if brought.state in (ImportState.LOOKING, ImportState.TAKING):
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


def _percent(brought: SubscriberImport) -> int:
    if brought.state == ImportState.LOOKING:
        return min(99, 100 * brought.bytes_read // max(1, brought.size))
    acted_on = sum(brought.counts.get(verdict.value, 0) for verdict in (Verdict.NEW, Verdict.LEFT, Verdict.KEPT_AWAY))
    return min(99, 100 * brought.rows_done // max(1, acted_on))


def _take_in(request: HttpRequest, brought: SubscriberImport) -> HttpResponse:
    if not brought.rows.exists():
        messages.warning(request, KEPT_NO_MORE)
    elif lists.begin_taking(brought, at=timezone.now()):
        audit.note(request, "Took in a list", [brought])
        lists.begin_work(brought)
    return redirect("admin:accounts_subscriber_import_look", brought.pk)


def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every row, as CSV, before and for a day after it was taken in."""
    _refuse_strangers(request)
    brought = get_object_or_404(SubscriberImport, pk=pk)
    audit.note(request, "Downloaded the report of a list", [brought])
    headers = {"Content-Disposition": 'attachment; filename="import-report.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(_lines(brought), content_type="text/csv; charset=utf-8", headers=headers)


def _lines(brought: SubscriberImport) -> Iterator[str]:
    return in_pieces(chain([("line", "email", "verdict", "reason")], lists.report(brought)))


def _refuse_strangers(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY_IMPORT):
        raise PermissionDenied


def _page(request: HttpRequest, template: str, title: str, context: dict[str, object]) -> TemplateResponse:
    whole = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/accounts/subscriber/{template}", whole)
