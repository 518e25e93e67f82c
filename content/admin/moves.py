"""The way of a text to its readers, as buttons: one address a move. The rules: `content/editing/publishing.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.admin.history import HistoryAdmin, change_address, who
from content.core.texts.checks import Finding, SectionGrade, Severity, section_grades
from content.core.vocabulary import Change, Status
from content.editing.history import latest_number, versions_of, writers_of
from content.editing.publishing import PublishingError, may, publish, send_back, send_to_review, withdraw
from content.editing.row_checks import findings_of
from content.models import Publishable

MARKDOWN = ("brief", "body", "deeper")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What the page of a text says and offers above its form."""

    stage: str
    is_live: bool
    has_proposal: bool
    errors: list[Finding]
    warnings: list[Finding]
    grades: list[tuple[str, SectionGrade]]
    seen: int
    read_from: int
    sent_back: Any
    may_send: bool
    may_publish: bool
    may_send_back: bool
    may_withdraw: bool
    is_own_work: bool


def panel(request: HttpRequest, text: Publishable) -> Panel:
    user: Any = request.user
    findings = findings_of(text)
    stage = Status(text.stage)
    is_own_work = user.pk in writers_of(text)
    is_in_review = stage is Status.IN_REVIEW
    return Panel(
        stage=stage.label,
        is_live=text.is_live,
        has_proposal=bool(text.proposal),
        errors=[finding for finding in findings if finding.severity is Severity.ERROR],
        warnings=[finding for finding in findings if finding.severity is Severity.WARNING],
        grades=_grades(text),
        seen=latest_number(text),
        read_from=_last_settled(text),
        sent_back=_note_to_writer(text),
        may_send=stage in (Status.DRAFT, Status.WITHDRAWN),
        may_publish=is_in_review and may(user, "publish", text) and not is_own_work,
        may_send_back=is_in_review and may(user, "review", text),
        may_withdraw=text.is_live and may(user, "publish", text),
        is_own_work=is_in_review and is_own_work,
    )


class MovingAdmin(HistoryAdmin):
    def get_urls(self) -> list[URLPattern]:
        moves: dict[str, Callable[[HttpRequest, Any], str]] = {
            "send": _send,
            "publish": _publish,
            "send_back": _send_back,
            "withdraw": _withdraw,
        }
        return [*(self._address_of(name, act) for name, act in moves.items()), *super().get_urls()]

    def _address_of(self, name: str, act: Callable[[HttpRequest, Any], str]) -> URLPattern:
        def move(request: HttpRequest, object_id: str) -> HttpResponseRedirect:
            text = self.row_to_look_at(request, object_id)
            if not self.has_change_permission(request, text):
                raise PermissionDenied
            try:
                self.message_user(request, act(request, text), messages.SUCCESS)
                self.log_change(request, text, f"Moved: {name}.")
            except PublishingError as error:
                self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(change_address(text))

        view = self.admin_site.admin_view(require_POST(move))
        return path(f"<path:object_id>/{name}/", view, name=f"content_{self.model._meta.model_name}_{name}")


def move_address(text: Publishable, name: str) -> str:
    return reverse(f"admin:content_{text._meta.model_name}_{name}", args=[text.pk])


def _send(request: HttpRequest, text: Publishable) -> str:
    send_to_review(text, by=who(request), at=timezone.now())
    return f"{text} is in review. Somebody else reads it and publishes it, or sends it back with a note."


def _publish(request: HttpRequest, text: Publishable) -> str:
    now = timezone.now()
    start = _time_typed(request.POST.get("start", ""), now)
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0
    publish(text, by=who(request), at=now, start=start, seen=number)
    when = f" from {start:%Y-%m-%d %H:%M} UTC on" if start > now else ""
    return f"{text} is published: readers see it{when}."


def _send_back(request: HttpRequest, text: Publishable) -> str:
    send_back(text, by=who(request), at=timezone.now(), note=request.POST.get("note", ""))
    return f"{text} is back with its writer."


def _withdraw(request: HttpRequest, text: Publishable) -> str:
    withdraw(text, by=who(request), at=timezone.now())
    return f"{text} is withdrawn. Its address answers “not found” now."


def _time_typed(typed: str, now: datetime) -> datetime:
    """The browser's own form of a time, read as UTC like every time in these pages; nothing typed is now."""
    if not typed:
        return now
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=UTC)
    except ValueError:
        raise PublishingError(f"“{typed[:40]}” is no date and time. Write it as 2026-11-22T09:00.") from None


def _note_to_writer(text: Publishable) -> Any:
    """The last note with which a text came back, until it is sent again."""
    moves = [Change.SENT.value, Change.SENT_BACK.value, Change.PUBLISHED.value]
    last = versions_of(text).filter(change__in=moves).select_related("by").last()
    return last if last and last.change == Change.SENT_BACK.value else None


def _last_settled(text: Publishable) -> int:
    """The version that readers know, or that a file or the first day gave: what a reviewer compares with."""
    settled = [Change.BEGAN.value, Change.LOADED.value, Change.PUBLISHED.value]
    last = versions_of(text).filter(change__in=settled).last()
    return last.number if last else 0


def _grades(text: Publishable) -> list[tuple[str, SectionGrade]]:
    values = text.working_values()
    if values.get("language"):
        return []
    return [
        (str(text._meta.get_field(name).verbose_name), grade)  # type: ignore[union-attr]
        for name in MARKDOWN
        if name in values
        for grade in section_grades(values[name])
    ]
