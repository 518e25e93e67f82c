"""What the admin of every library row shares: where it stands against its file, and how to settle that."""

import json
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.admin import merging
from content.admin.forms import CHECK_ONLY, LinesField, RowForm, special_field
from content.admin.history import HistoryAdmin, who
from content.core.files.merge import RowState
from content.core.texts.checks import FINDINGS_OF
from content.editing.history import latest_number, versions_of
from content.editing.nouns import MODELS
from content.editing.publishing import may
from content.editing.saving import edit
from content.editing.settling import keep_ours, put_back
from content.models import Publishable, Row

LONGEST_SHOWN = 400
WAITS = "Readers still see the published text. Your changes wait until they are reviewed."
CHECKED_MODELS = {MODELS[noun] for noun in FINDINGS_OF}


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


class ReviewDueFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Due"), ("never", "Never reviewed by a clinician")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "due":
            return queryset.filter(next_review__lte=timezone.now().date())
        return queryset.filter(reviewed_by="") if self.value() == "never" else queryset


class RowAdmin(HistoryAdmin):
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

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if object_id is None or request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # Held, so that of two who save at once the second sees what the first said.
            self.model.objects.select_for_update().filter(pk=_as_pk(object_id)).first()
            row = self.get_object(request, object_id)
            if row is not None and self.has_change_permission(request, row):
                request.POST = merging.with_choices(request, self.get_form(request, row, change=True), row)  # type: ignore[assignment]
                if merges := self._said_by_others(request, row):
                    return self._ask_to_merge(request, row, merges)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _said_by_others(self, request: HttpRequest, row: Row) -> list[merging.FieldMerge]:
        # Taken first: a form that is checked writes into the row that it was made from.
        theirs = row.working_values()
        form = self.get_form(request, row, change=True)(request.POST, instance=row)
        if not merging.is_stale(request, row) or not form.is_valid():
            return []
        return merging.merges(cast(RowForm, form), row, theirs, merging.opened_from(request))

    def _ask_to_merge(self, request: HttpRequest, row: Row, merges: list[merging.FieldMerge]) -> HttpResponse:
        # The form wrote into the row that it checked; the heading names it as it is saved.
        context = self.context_of(request, self.model.objects.get(pk=row.pk), "Somebody else saved this too") | {
            "merges": merges,
            "sent": merging.typed_before(request),
            "opened_from": latest_number(row),
            "latest": versions_of(row).select_related("by").last(),
        }
        return render(request, "admin/content/merge.html", context, status=409)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        row = kwargs.get("obj")
        sent_from = request.POST.get("opened_from") if request.method == "POST" else None
        context |= {
            "opened_from": sent_from or (latest_number(row) if row else 0),
            "check_only": CHECK_ONLY,
            "has_checks": self.model in CHECKED_MODELS,
        }
        if context["adminform"].form.is_only_checked:
            # Nothing is wrong with what was typed, so nothing is shown as an error.
            context["errors"] = None
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        row = self.model.objects.get(pk=obj.pk) if change else obj
        if not change or form.plain != row.working_values():
            edit(row, form.plain, by=who(request), at=timezone.now())
        if isinstance(row, Publishable) and row.proposal:
            self.message_user(request, WAITS, messages.INFO)
        for finding in form.warnings:
            where = f"{finding.field}, line {finding.line}"
            self.message_user(request, f"{where}: this text {finding.message}.", messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """`editing.edit` wrote the relations with the rest, or keeps them for a review."""

    @admin.action(description="Put back the file's text", permissions=["change"])
    def put_back_file_text(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            if isinstance(row, Publishable) and row.is_live and not may(who(request), "publish", row):
                self.message_user(request, f"{row}: readers see this text, so a reviewer has to do it.", messages.ERROR)
            elif names := put_back(row, by=who(request), at=timezone.now()):
                self._tell(request, row, f"Put back from the file: {', '.join(names)}.")

    @admin.action(description="Keep ours where the file differs", permissions=["change"])
    def keep_our_text(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            if names := keep_ours(row, by=who(request), at=timezone.now()):
                self._tell(request, row, f"Kept ours against the file: {', '.join(names)}.")

    def _tell(self, request: HttpRequest, row: Row, message: str) -> None:
        self.log_change(request, row, message)
        self.message_user(request, f"{row}: {message}", messages.SUCCESS)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} …"


def _as_pk(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
