"""The pages that take in a list of subscribers: choose the file, look at what would happen, then take it in."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.core.import_rows import COLUMNS, MORE, ImportFileError, Judged, Verdict
from accounts.members.requests import posted
from accounts.models import SubscriberImport
from accounts.newsletter import importing
from accounts.newsletter.subscriber_csv import table

LARGEST_FILE = 5 * 1024 * 1024
SHOWN = 200
MAY_IMPORT = "accounts.add_subscriber"


class ImportForm(forms.Form):
    file = forms.FileField(
        label="The list, as CSV",
        help_text=f"With the columns {', '.join(COLUMNS)}, and if you like {', '.join(MORE)}.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    text = ""

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("The file is larger than 5 MB. Bring it in in parts.")
        try:
            self.text = file.read().decode("utf-8-sig")
            importing.examine(self.text, at=timezone.now())
        except UnicodeDecodeError:
            raise ValidationError("The file is not UTF-8 text. Save it as “CSV UTF-8”.") from None
        except ImportFileError as error:
            raise ValidationError(str(error)) from None
        return file


def addresses(site: admin.AdminSite) -> list[URLPattern]:
    return [
        path("import/", site.admin_view(bring), name="accounts_subscriber_import"),
        path("import/<int:pk>/", site.admin_view(look), name="accounts_subscriber_import_look"),
        path("import/<int:pk>/report.csv", site.admin_view(report), name="accounts_subscriber_import_report"),
    ]


def bring(request: HttpRequest) -> HttpResponse:
    _refuse_strangers(request)
    form = ImportForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name = str(form.cleaned_data["file"].name)[:200]
        by = request.user if request.user.is_authenticated else None
        brought = SubscriberImport.objects.create(file_name=name, text=form.text, made_by=by, made_at=timezone.now())
        return redirect("admin:accounts_subscriber_import_look", brought.pk)
    return _page(request, "import.html", "Bring in a list", {"form": form})


def look(request: HttpRequest, pk: int) -> HttpResponse:
    """What would happen, row by row; a POST makes it happen."""
    _refuse_strangers(request)
    brought = get_object_or_404(SubscriberImport, pk=pk)
    if request.method == "POST":
        return _take_in(request, brought)
    judged = importing.examine(brought.text, at=timezone.now()) if brought.text else []
    others = [row for row in judged if row.verdict is not Verdict.NEW]
    context = {
        "brought": brought,
        "counts": importing.counts_of(judged) if judged else brought.counts,
        "rows": others[:SHOWN],
        "more": max(0, len(others) - SHOWN),
        "report_link": reverse("admin:accounts_subscriber_import_report", args=[pk]),
    }
    return _page(request, "import_look.html", f"What {brought.file_name} would bring", context)


def _take_in(request: HttpRequest, brought: SubscriberImport) -> HttpResponseRedirect:
    judged = importing.take_in(brought, at=timezone.now()) if brought.text else []
    counts = importing.counts_of(judged)
    if judged:
        messages.success(
            request, f"{counts['new']} came in, {counts['skipped']} were skipped, {counts['refused']} refused."
        )
    else:
        messages.warning(request, "That list is no longer kept. If it was not taken in, bring it again.")
    return redirect("admin:accounts_subscriber_import_look", brought.pk)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, as CSV, for every row."""
    _refuse_strangers(request)
    brought = get_object_or_404(SubscriberImport.objects.exclude(text=""), pk=pk)
    lines = _lines(importing.examine(brought.text, at=timezone.now()))
    headers = {"Content-Disposition": 'attachment; filename="import-report.csv"', "Cache-Control": "no-store"}
    return HttpResponse(table(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _lines(judged: Iterable[Judged]) -> Iterable[list[object]]:
    yield ["line", "email", "verdict", "reason"]
    for row in judged:
        yield [row.line, row.email, row.verdict.value, row.reason]


def _refuse_strangers(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY_IMPORT):
        raise PermissionDenied


def _page(request: HttpRequest, template: str, title: str, context: dict[str, object]) -> TemplateResponse:
    whole = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/accounts/subscriber/{template}", whole)
