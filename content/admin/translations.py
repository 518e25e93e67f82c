"""What staff write in Spanish, with a list of what is due: texts that are new, or were changed in English."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from content.models import Translation
from content.reading.due import due


@admin.register(Translation)
class TranslationAdmin(admin.ModelAdmin):
    change_list_template = "admin/content/translations.html"
    list_display = ["words", "english", "language", "updated"]
    search_fields = ["english", "words"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "due": due(timezone.now())})
