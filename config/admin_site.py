"""The first page of staff: what waits for them, and the tables they may use, by what they are about.

Django sorts tables by the app that keeps them, which is a matter for developers: it shows two groups
called "Accounts" and one for each library. What none of the sections names is for the operator.
"""

from collections.abc import Callable
from functools import update_wrapper
from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import words_arrived
from accounts.sending import alerts
from coaching.voices.desk import count_silent
from config.version import VERSION
from content.editing.desk import desk

SECTIONS = {
    "What readers see": ["Lesson", "LessonVariant", "Tip", "Guide", "Ladder", "StepRule", "Picture"],
    "What it rests on": ["Reference", "EvidenceCard", "Evidence", "Technique", "Scale", "StoryPerson"],
    "What keeps people safe": ["DangerSign", "Caution", "DemandCaution", "ConditionText", "CrisisLine"],
    "Letters": ["Edition", "Series", "SeriesStep", "Delivery", "Subscriber", "Suppression", "OutgoingMail"],
    "People": ["User", "EmailAddress", "Profile", "Consent", "StaffAct", "Person", "Intake", "Plan", "Practice"],
}
REST = {"content": "What it rests on", "accounts": "Letters", "account": "People", "coaching": "People"}
OPERATOR = "For the operator"


class StaffSite(AdminSite):
    index_title = "Staff"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        told = alerts.standing() if request.user.has_perm("accounts.view_edition") else []
        return {**super().each_context(request), "site_version": VERSION, "alerts": told}

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """A page of staff leads on once it has what was written, and comes back while it has not."""
        guarded = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            response = guarded(request, *args, **kwargs)
            if request.method == "POST" and response.status_code == HTTPStatus.FOUND and self.has_permission(request):
                words_arrived(request)
            return response

        return update_wrapper(answer, view)

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        waiting = desk(request.user, timezone.now().date())  # type: ignore[arg-type]
        entries = [
            {"why": entry.why, "row": entry.row, "kind": entry.row._meta.verbose_name, "address": _address(entry.row)}
            for entry in waiting
        ]
        told = {"waiting": entries, "silent_lines": _silent_lines(request)}
        return super().index(request, {**told, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = [(_section(app["app_label"], model["object_name"]), model) for app in apps for model in app["models"]]
        titles = [*SECTIONS, OPERATOR]
        sections = [(title, [model for section, model in models if section == title]) for title in titles]
        return [_as_app(title, rows) for title, rows in sections if rows]


def _silent_lines(request: HttpRequest) -> int:
    """Counted for those alone who can do something about it."""
    return count_silent(timezone.now()) if request.user.has_perm("content.view_humanrecording") else 0


def _section(app_label: str, name: str) -> str:
    named = next((title for title, names in SECTIONS.items() if name in names), "")
    return named if app_label in REST and named else REST.get(app_label, OPERATOR)


def _as_app(title: str, models: list[Any]) -> dict[str, Any]:
    names = SECTIONS.get(title, [])
    models.sort(key=lambda model: names.index(model["object_name"]) if model["object_name"] in names else len(names))
    address = f"{reverse('admin:index')}#{_anchor(title)}"
    return {
        "name": title,
        "app_label": _anchor(title),
        "app_url": address,
        "has_module_perms": True,
        "models": models,
    }


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _address(row: Any) -> str:
    return reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk])
