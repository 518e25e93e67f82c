"""The admin of rows on which safety rests: a change waits there until somebody else puts it in force."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.admin.history import change_address, who
from content.admin.rows import RowAdmin
from content.admin.shown import changes_between
from content.editing.confirming import ConfirmingError, confirm, turn_down, wrote_in
from content.editing.history import latest_number
from content.models import Confirmed

HELD = "Nothing has changed yet. Your change waits until somebody else puts it in force."
Act = Callable[[HttpRequest, Any], str]


class WaitingFilter(admin.SimpleListFilter):
    title = "what waits"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "A change waits")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.exclude(proposal={}) if self.value() == "yes" else queryset


class ConfirmedAdmin(RowAdmin):
    def get_urls(self) -> list[URLPattern]:
        acts: dict[str, Act] = {"confirm": _confirm, "turn_down": _turn_down}
        return [*(self._address_of(name, act) for name, act in acts.items()), *super().get_urls()]

    @admin.display(description="what waits")
    def waiting(self, row: Confirmed) -> str:
        return "A change waits" if row.proposal else ""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One person alone would take a safeguard away."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        request.is_held = self.model.objects.filter(pk=obj.pk).exclude(proposal={}).exists()  # type: ignore[attr-defined]

    def message_user(self, request: HttpRequest, message: Any, level: int | str = messages.INFO, **kwargs: Any) -> None:  # type: ignore[override]
        """Of every save Django says that it changed the row: of a change that waits, that is not so."""
        if level == messages.SUCCESS and getattr(request, "is_held", False):
            message, level = HELD, messages.WARNING
        super().message_user(request, message, level, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        # A form that was refused has written into its row: what is in force is asked for anew.
        row = self.model.objects.filter(pk=kwargs["obj"].pk).first() if kwargs.get("obj") else None
        if row is not None and row.proposal:
            context["held"] = _held(request, row)
        return super().render_change_form(request, context, **kwargs)

    def _address_of(self, name: str, act: Act) -> URLPattern:
        def move(request: HttpRequest, object_id: str) -> HttpResponseRedirect:
            row = self.row_to_look_at(request, object_id)
            try:
                said = act(request, row)
                self.log_change(request, row, said)
                self.message_user(request, said, messages.SUCCESS)
            except ConfirmingError as error:
                self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(change_address(row))

        view = self.admin_site.admin_view(require_POST(move))
        return path(f"<path:object_id>/{name}/", view, name=f"content_{self.model._meta.model_name}_{name}")


def _held(request: HttpRequest, row: Confirmed) -> dict[str, Any]:
    """What the page says of a change that waits."""
    writers = get_user_model()._default_manager.filter(pk__in=row.proposal["by"])
    return {
        "changes": changes_between(row, row.authored_values(), row.working_values()),
        "stale": row.stale_fields(),
        "writers": ", ".join(sorted(str(writer) for writer in writers)),
        "is_own": wrote_in(row, who(request)),
        "seen": latest_number(row),
        "address": change_address(row).removesuffix("change/"),
    }


def _confirm(request: HttpRequest, row: Confirmed) -> str:
    confirm(row, by=who(request), at=timezone.now(), seen=_seen(request))
    return f"The change to “{row}” is in force."


def _turn_down(request: HttpRequest, row: Confirmed) -> str:
    turn_down(row, by=who(request), at=timezone.now(), note=request.POST.get("note", ""), seen=_seen(request))
    return f"The change to “{row}” waits no more. It is kept in the history."


def _seen(request: HttpRequest) -> int:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
