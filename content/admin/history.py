"""The history of a row in the admin: its versions, two of them side by side, and the way back to one."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from content.admin.shown import changed_names, changes_between, label_of
from content.editing.history import versions_of
from content.editing.saving import restore
from content.models import Row, Version

ON_A_PAGE = 25


class HistoryAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        name = f"content_{self.model._meta.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/compare/", wrap(require_safe(self.compare_view)), name=f"{name}_compare"),
            path(
                "<path:object_id>/restore/<int:number>/",
                wrap(require_POST(self.restore_view)),
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.row_to_look_at(request, object_id)
        versions = versions_of(row).select_related("by").order_by("-number")
        page = Paginator(versions, ON_A_PAGE).get_page(request.GET.get("page"))
        context = {"page": page, "versions": self._with_changes(row, page), **self.context_of(request, row, "History")}
        return render(request, "admin/content/history.html", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.row_to_look_at(request, object_id)
        after = _version(row, request.GET.get("to", ""))
        before = versions_of(row).filter(number=_number(request.GET.get("from", ""))).first()
        changes = changes_between(row, before.values if before else {}, after.values)
        context = {"before": before, "after": after, "changes": changes}
        context |= self.context_of(request, row, "Two versions side by side")
        context["may_restore"] = self.has_change_permission(request, row)
        return render(request, "admin/content/compare.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        row = self.row_to_look_at(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        version = _version(row, str(number))
        restore(row, version, by=who(request), at=timezone.now())
        self.log_change(request, row, f"Restored version {number}.")
        words = f"{row} says again what it said in version {number}. What it said since is kept in its history."
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(change_address(row))

    def row_to_look_at(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404("there is no such row")
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def context_of(self, request: HttpRequest, row: Row, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": f"{title}: {row}",
            "opts": self.opts,
            "row": row,
            "change_address": change_address(row),
            "compare_address": compare_address(row),
            "has_view_permission": True,
        }

    def _with_changes(self, row: Row, page: Page[Version]) -> list[dict[str, Any]]:
        versions = list(page)
        before = versions_of(row).filter(number=versions[-1].number - 1).first() if versions else None
        pairs = zip(versions, [*versions[1:], before], strict=True)
        return [
            {
                "version": version,
                "before": older,
                "labels": [label_of(row, name) for name in changed_names(row, older.values, version.values)]
                if older
                else [],
            }
            for version, older in pairs
        ]


def who(request: HttpRequest) -> AbstractBaseUser:
    """The person at these pages; the admin lets nobody in without an account."""
    return cast(AbstractBaseUser, request.user)


def change_address(row: Row) -> str:
    return _address(row, "change")


def compare_address(row: Row) -> str:
    return _address(row, "compare")


def _address(row: Row, page: str) -> str:
    return reverse(f"admin:content_{row._meta.model_name}_{page}", args=[row.pk])


def _version(row: Row, number: str) -> Version:
    version: Version | None = versions_of(row).select_related("by").filter(number=_number(number)).first()
    if version is None:
        raise Http404("there is no such version")
    return version


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
