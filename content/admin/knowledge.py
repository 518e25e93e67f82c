"""What the library knows: sources, techniques, evidence, cautions, and the texts of the safety step."""

from django.contrib import admin
from django.http import HttpRequest

from content.admin.confirming import ConfirmedAdmin, WaitingFilter
from content.admin.rows import ReviewDueFilter, RowAdmin, StateFilter
from content.models import (
    Caution,
    ConditionText,
    CrisisLine,
    DangerSign,
    DemandCaution,
    Evidence,
    EvidenceCard,
    Reference,
    Scale,
    StoryPerson,
    Technique,
)


@admin.register(Reference)
class ReferenceAdmin(RowAdmin):
    list_display = ["slug", "authors", "year", "title", "verification", "certainty", "standing"]
    list_filter = ["verification", "certainty", StateFilter]
    search_fields = ["slug", "authors", "title", "doi", "pmid", "finding"]


@admin.register(Technique)
class TechniqueAdmin(RowAdmin):
    list_display = ["name", "slug", "family", "minutes", "outcome", "fair_trial", "startable", "standing"]
    list_filter = ["family", "outcome", "startable", StateFilter]
    search_fields = ["name", "slug", "short", "summary"]
    autocomplete_fields = ["card"]


@admin.register(EvidenceCard)
class EvidenceCardAdmin(RowAdmin):
    list_display = ["title", "slug", "certainty", "reviewed_by", "next_review", "standing"]
    list_filter = [ReviewDueFilter, StateFilter]
    search_fields = ["title", "slug", "size"]
    autocomplete_fields = ["sources"]


@admin.register(Evidence)
class EvidenceAdmin(ConfirmedAdmin):
    list_display = ["technique", "need", "grade", "dose", "benefit", "standing", "waiting"]
    list_filter = ["need", "grade", "technique", StateFilter, WaitingFilter]
    list_select_related = ["technique"]
    search_fields = ["technique__name", "technique__slug", "need", "dose", "note"]
    autocomplete_fields = ["technique", "sources"]
    key_fields = ("technique", "need")


@admin.register(Caution)
class CautionAdmin(ConfirmedAdmin):
    list_display = ["technique", "condition", "action", "words", "verification", "standing", "waiting"]
    list_filter = ["action", "verification", "technique", "condition", StateFilter, WaitingFilter]
    list_select_related = ["technique"]
    search_fields = ["technique__name", "technique__slug", "condition", "words"]
    autocomplete_fields = ["technique", "sources"]
    key_fields = ("technique", "condition")


@admin.register(DemandCaution)
class DemandCautionAdmin(ConfirmedAdmin):
    list_display = ["demand", "condition", "action", "words", "verification", "standing", "waiting"]
    list_filter = ["action", "verification", "demand", "condition", StateFilter, WaitingFilter]
    search_fields = ["demand", "condition", "words"]
    autocomplete_fields = ["sources"]
    key_fields = ("demand", "condition")


@admin.register(ConditionText)
class ConditionTextAdmin(ConfirmedAdmin):
    list_display = ["label", "slug", "group", "asked", "standing", "waiting"]
    list_filter = ["asked", "group", StateFilter, WaitingFilter]
    search_fields = ["label", "slug", "help"]


@admin.register(DangerSign)
class DangerSignAdmin(ConfirmedAdmin):
    list_display = ["question", "level", "step", "worry", "verification", "standing", "waiting"]
    list_filter = ["level", "step", "verification", StateFilter, WaitingFilter]
    search_fields = ["question", "worry", "slug"]
    autocomplete_fields = ["sources"]


@admin.register(Scale)
class ScaleAdmin(ConfirmedAdmin):
    list_display = ["name", "slug", "important", "swing_tenths", "every", "verification", "standing", "waiting"]
    list_filter = [StateFilter, WaitingFilter]
    search_fields = ["name", "slug", "source_note"]
    autocomplete_fields = ["sources"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Which scales there are is written in the code, with their questions."""
        return False


@admin.register(CrisisLine)
class CrisisLineAdmin(RowAdmin):
    list_display = ["country", "code", "emergency", "checked_on", "standing"]
    list_filter = [("checked_on", admin.EmptyFieldListFilter), StateFilter]
    search_fields = ["country", "code"]


@admin.register(StoryPerson)
class StoryPersonAdmin(RowAdmin):
    list_display = ["name", "age", "about", "standing"]
    list_filter = [StateFilter]
    search_fields = ["name", "about"]
