"""The addresses under `tools/`, included by `coaching.urls`."""

from django.urls import path, re_path

from coaching.views import tools

ENTRY = r"^(?P<slug>[a-z-]+)/(?P<client_id>[A-Za-z0-9_-]{16,40})/"
KIND = r"(?P<kind>json|txt)"

urlpatterns = [
    path("", tools.tools, name="tools"),
    path("<slug:slug>/", tools.tool, name="tool"),
    path("<slug:slug>/new/", tools.tool_new, name="tool_new"),
    re_path(rf"^(?P<slug>[a-z-]+)/take/{KIND}/$", tools.tool_export_all, name="tool_export_all"),
    re_path(rf"{ENTRY}$", tools.tool_entry, name="tool_entry"),
    re_path(rf"{ENTRY}edit/$", tools.tool_edit, name="tool_edit"),
    re_path(rf"{ENTRY}delete/$", tools.tool_delete, name="tool_delete"),
    re_path(rf"{ENTRY}print/$", tools.tool_print, name="tool_print"),
    re_path(rf"{ENTRY}{KIND}/$", tools.tool_export, name="tool_export"),
]
