"""What the admin of every library row shares: where it stands against its file, and how to settle that."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.admin.forms import LinesField, RowForm, special_field
from content.core.merge import RowState
from content.models import Row
from content.rendering import render
from content.settling import keep_ours, notice_agreement, put_back

LONGEST_SHOWN = 400


class StateFilter(admin.SimpleListFilter):
    title = "its file"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.name.lower(), state.value) for state in RowState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> QuerySet[Row]:
        wanted = RowState.__members__.get((self.value() or "").upper())
        if wanted is None:
            return queryset
        # A library has hundreds of rows, not millions; each is compared with what was loaded.
        rows = queryset.model.objects.with_relations()
        return queryset.filter(pk__in=[row.pk for row in rows if row.state is wanted])


class RowAdmin(admin.ModelAdmin):
    form = RowForm
    actions = ["put_back_file_text", "keep_our_text"]
    list_filter: Any = [StateFilter]
    list_per_page = 50
    save_on_top = True
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"form_class": LinesField, "widget": AdminTextareaWidget(attrs={"rows": 4})},
    }
    key_fields: tuple[str, ...] = ("slug",)

    @admin.display(description="against its file")
    def standing(self, row: Row) -> str:
        return row.state.value

    @admin.display(description="against its file")
    def against_its_file(self, row: Row) -> SafeString | str:
        """Each field that differs, with what the file says."""
        if row.pk is None or row.state is RowState.ONLY_HERE:
            return "In no file: it was written here."
        names = sorted({*row.edited_fields(), *row.conflicts})
        if not names:
            return "The same as its file."
        said = [(name, _shown(row.conflicts.get(name, row.loaded.get(name)))) for name in names]
        lines = format_html_join("", "<dt>{}</dt><dd>{}</dd>", said)
        return format_html("<p>{}. The file says:</p><dl>{}</dl>", row.state.value.capitalize(), lines)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(*self.model.many_fields())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [name for name in self.key_fields if obj is not None]
        return [*fixed, *super().get_readonly_fields(request, obj), "against_its_file"]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Rows of a file would come back with the next load; texts are withdrawn instead.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.loaded)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> forms.Field | None:
        return special_field(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[arg-type]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        render(obj)
        super().save_model(request, obj, form, change)
        for finding in form.warnings:
            where = f"{finding.field}, line {finding.line}"
            self.message_user(request, f"{where}: this text {finding.message}.", messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        notice_agreement(form.instance)

    @admin.action(description="Put back the file's text", permissions=["change"])
    def put_back_file_text(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            if names := put_back(row):
                self._tell(request, row, f"Put back from the file: {', '.join(names)}.")

    @admin.action(description="Keep ours where the file differs", permissions=["change"])
    def keep_our_text(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            if names := keep_ours(row):
                self._tell(request, row, f"Kept ours against the file: {', '.join(names)}.")

    def _tell(self, request: HttpRequest, row: Row, message: str) -> None:
        self.log_change(request, row, message)
        self.message_user(request, f"{row}: {message}", messages.SUCCESS)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} …"
