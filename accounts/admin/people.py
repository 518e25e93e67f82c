"""What holds for every list of people's rows in the admin: staff see what a list shows, and can ask for nothing else.

- A filter in the address is answered only where the list offers it: otherwise "?person=...&tension_before__gte=7"
  would read a rating without showing it.
- The page before erasing names the row alone, never what hangs on it: which tools somebody used is theirs.
- Staff's own history names a row by its number, never by an address, which would outlive it. Each look, each change,
  each export is a line in the log of staff's acts (`accounts/guard/audit.py`).
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from accounts.guard import audit

OFFERED = ("", "__exact", "__isnull", "__isempty", "__gte", "__lt", "__id__exact")
"""What Django's own filters of a list put into an address."""

CALENDAR = ("__year", "__month", "__day")


class OfAPerson(admin.ModelAdmin):
    delete_confirmation_template = "admin/erase_a_person.html"
    delete_selected_confirmation_template = "admin/erase_people.html"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in self.lookups_offered(request)

    def lookups_offered(self, request: HttpRequest | None) -> set[str]:
        filters = self.get_list_filter(request) if request else self.list_filter
        names = [_name_of(each) for each in filters]
        dated = [self.date_hierarchy + lookup for lookup in CALENDAR] if self.date_hierarchy else []
        own = [str(name) for each in filters if (name := getattr(each, "parameter_name", None))]
        return {name + lookup for name in names if name for lookup in OFFERED} | {*dated, *own}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list[str], dict[str, int], set[str], list]:
        return [str(each) for each in objs], {}, set(), []

    # --- What is written down ---

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method == "GET" and self.has_view_permission(request):
            audit.note(request, f"Opened the list of {self.opts.verbose_name_plural}")
        return super().changelist_view(request, extra_context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "GET":
            audit.note(request, "Opened a page", [row])
        return row

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        return self._write_down(request, [obj], ADDITION, message)[0]

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        return self._write_down(request, [obj], CHANGE, message)[0]

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> list[LogEntry]:
        return self._write_down(request, list(queryset), DELETION, "")

    def _write_down(self, request: HttpRequest, rows: list[Model], flag: int, message: Any) -> list[LogEntry]:
        audit.note(request, WHAT[flag], rows)
        return [
            LogEntry.objects.create(
                user_id=request.user.pk,
                content_type=get_content_type_for_model(row),
                object_id=row.pk,
                object_repr=f"{self.opts.verbose_name} {str(row.pk)[:6]}",
                action_flag=flag,
                change_message=message,
            )
            for row in rows
        ]


WHAT = {ADDITION: "Added", CHANGE: "Changed", DELETION: "Erased"}


class OnlyToLookAt(OfAPerson):
    """Rows that people make for themselves: staff see them, and change none."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def _name_of(each: Any) -> str:
    if isinstance(each, str):
        return each
    return str(each[0]) if isinstance(each, tuple | list) else ""
