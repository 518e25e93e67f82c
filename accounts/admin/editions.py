"""Letters for staff: written, checked, looked at, tried, scheduled, watched. The rules are in `accounts/letters/`."""

from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator

from accounts.admin import edition_moves, letters_calendar
from accounts.admin.edition_panel import MAY_SEND, moves_of, panel
from accounts.admin.edition_reach import nobody, readers_of
from accounts.admin.people import OnlyToLookAt
from accounts.forms.editions import PLACES, EditionForm, ScheduleForm
from accounts.letters import composing
from accounts.letters.checking import NotReadyError, said
from accounts.letters.parts import parts_of
from accounts.letters.progress import STOPPED_SOON
from accounts.members.requests import posted
from accounts.models import Delivery, Edition, EditionStatus, Series
from accounts.sending import series
from accounts.views.letters import page_context

ONLY_STYLES = csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "script-src": [NONE]})


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    form = EditionForm
    change_form_template = "admin/accounts/edition/change_form.html"
    list_display = ["subject", "kind", "status", "language", "send_at", "started_at", "finished_at"]
    list_filter = ["kind", "status", "language"]
    search_fields = ["subject", "words", "slug"]
    prepopulated_fields = {"slug": ["subject"]}

    def get_fieldsets(self, request: HttpRequest, obj: Edition | None = None) -> Any:
        tips = PLACES if self.has_change_permission(request, obj) else ("tips",)
        return [
            (None, {"fields": ["subject", "slug", "preheader"]}),
            ("What it says", {"fields": ["words", *tips, "practice"]}),
            ("For whom", {"fields": ["topics", "language", "is_correction"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[str]:
        """What is on its way stays as it was checked; its slug is an address that people hold."""
        return ["slug"] if obj and obj.is_series_letter else []

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        is_open = obj is None or obj.status == EditionStatus.DRAFT or obj.is_series_letter
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        """The ledger hangs on it: only what never left may go."""
        is_unsent = obj is None or (obj.status == EditionStatus.DRAFT and not obj.is_series_letter)
        return is_unsent and super().has_delete_permission(request, obj)

    def view_on_site(self, obj: Edition) -> str | None:
        return obj.get_absolute_url() if Edition.objects.in_archive().filter(pk=obj.pk).exists() else None

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Edition | None = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def save_model(self, request: HttpRequest, obj: Edition, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.author = obj.author or request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Edition, post_url_continue: str | None = None) -> HttpResponse:
        """On to the page with the checks and the buttons, as nothing can be done with it in the list."""
        return redirect("admin:accounts_edition_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Edition) -> HttpResponse:
        if "_save" in request.POST:
            messages.success(request, "Saved.")
            return redirect("admin:accounts_edition_change", obj.pk)
        return super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> HttpResponse:
        edition = more.get("obj")
        if edition is not None:
            context["panel"] = panel(request, edition, at=timezone.now())
        return super().render_change_form(request, context, *args, **more)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/schedule/", wrap(self.schedule), name="accounts_edition_schedule"),
            path("<int:pk>/preview/<str:form>/", wrap(self.preview), name="accounts_edition_preview"),
            path("<int:pk>/<str:move>/do/", wrap(self.move), name="accounts_edition_move"),
        ]
        return [*letters_calendar.addresses(self.admin_site), *own, *super().get_urls()]

    @method_decorator(ONLY_STYLES)
    def _as_mail(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        """A letter carries its own styles; this one page may use them, and may load or run nothing at all."""
        return HttpResponse(composing.for_anyone(parts_of(edition)).html)

    def preview(self, request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
        edition = self._seen(request, pk)
        if form == "html":
            return self._as_mail(request, edition)
        parts = composing.for_anyone(parts_of(edition))
        if form == "text":
            return HttpResponse(parts.text, content_type="text/plain; charset=utf-8")
        context = page_context(edition, parts.page, list(parts.notes))
        return TemplateResponse(request, "newsletter/letter.html", context)

    def schedule(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        edition = self._seen(request, pk)
        if not request.user.has_perm(MAY_SEND) or "schedule" not in moves_of(request, edition):
            raise PermissionDenied
        form = ScheduleForm(posted(request), instance=edition, at=timezone.now())
        is_valid = request.method == "POST" and form.is_valid()
        if is_valid and "count" not in request.POST and self._scheduled(request, form):
            return redirect("admin:accounts_edition_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Schedule “{edition.subject}”",
            "form": form,
            "edition": edition,
            "readers": readers_of(edition, at=timezone.now(), leaves_at=form.leaves_at),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/accounts/edition/schedule.html", context)

    def _scheduled(self, request: HttpRequest, form: ScheduleForm) -> bool:
        edition, send_at = form.instance, form.cleaned_data["send_at"]
        readers = readers_of(edition, at=timezone.now(), leaves_at=send_at)
        if not readers.gets:
            form.add_error(None, nobody(readers))
            return False
        try:
            if not composing.schedule(edition, send_at=send_at, not_after=form.not_after, at=timezone.now()):
                form.add_error(None, "Somebody else has sent or cancelled it meanwhile.")
                return False
        except NotReadyError as error:
            for finding in error.findings:
                form.add_error(None, said(finding))
            return False
        self.log_change(request, edition, f"Scheduled for {send_at:%Y-%m-%d %H:%M} UTC.")
        messages.success(request, "Scheduled. You can take it back until it goes out.")
        return True

    def move(self, request: HttpRequest, pk: int, move: str) -> HttpResponseBase:
        edition = self._seen(request, pk)
        if request.method != "POST" or move not in moves_of(request, edition):
            raise PermissionDenied
        answer = edition_moves.MOVES[move](request, edition)
        self.log_change(request, edition, answer.words)
        messages.add_message(request, answer.level, answer.words)
        return redirect(reverse("admin:accounts_edition_change", args=[answer.goes_to or pk]))

    def _seen(self, request: HttpRequest, pk: int) -> Edition:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Edition, pk=pk)


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    list_display = ["title", "begun_at"]
    readonly_fields = ["slug", "begun_at"]
    actions = ["begin", "end"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Series | None = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SEND)

    @admin.action(description="Begin: for whoever confirms from now on", permissions=["send"])
    def begin(self, request: HttpRequest, queryset: QuerySet[Series]) -> None:
        for each in queryset:
            series.begin(each, at=timezone.now())
        messages.success(request, "Begun.")

    @admin.action(description="End: nothing more of it is sent", permissions=["send"])
    def end(self, request: HttpRequest, queryset: QuerySet[Series]) -> None:
        for each in queryset:
            series.end(each)
        messages.success(request, "Ended.")


class StoppedFilter(admin.SimpleListFilter):
    title, parameter_name = "stopped within a week", "stopped"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Yes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        return queryset.filter(STOPPED_SOON) if self.value() else queryset


@admin.register(Delivery)
class DeliveryAdmin(OnlyToLookAt):
    """What became of each letter. The answers of mail servers are in plain words, without addresses."""

    list_display = ["edition", "state", "tries", "problem", "sent_at", "next_try_at"]
    # By when it ended: "since last time" leads here.
    list_filter = ["state", "edition", "closed_at", StoppedFilter]
    search_fields = ["subscriber__email"]
    list_select_related = ["edition"]
    fields = ["edition", "subscriber", "state", "tries", "problem", "next_try_at", "sent_at", "closed_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False
