"""The page with which staff take the whole library along as one zip, or bring one in.

Whoever brings a pack in is trusted like a release: its new texts are published at once. So it takes a
right of its own, which neither of the two groups has.
"""

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.loading.packs import PACK_AT_MOST, PackError, take_pack, write_pack

FILE_NAME = "unloop-library.zip"


class PackForm(forms.Form):
    pack = forms.FileField(label="A library as one zip file", help_text=f"{PACK_AT_MOST // (1024 * 1024)} MB at most.")


@never_cache
@permission_required("content.view_version", raise_exception=True)
def pack(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    may_bring = user.has_perm("content.load_pack")
    form = PackForm(request.POST, request.FILES) if request.method == "POST" and may_bring else PackForm()
    if form.is_valid():
        try:
            report = take_pack(form.cleaned_data["pack"].file, at=timezone.now(), by=user)
            messages.success(request, f"The pack is taken: {report.summary}.")
            return redirect("library_pack")
        except PackError as error:
            form.add_error("pack", str(error))
    context = {**admin.site.each_context(request), "title": "The library as one file", "form": form}
    context["may_bring"] = may_bring
    return render(request, "admin/content/pack.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@permission_required("content.view_version", raise_exception=True)
def download(request: HttpRequest) -> FileResponse:
    target = TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_pack(target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=FILE_NAME)
