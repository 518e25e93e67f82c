"""What staff see of the people being coached: that they are there, never what they said.

Answers are sealed, and no page here opens them. Rows can be erased, on a person's wish;
nothing can be added or changed by hand.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.people import OnlyToLookAt
from accounts.erasing import tombstones
from coaching.models import Intake, MistakeReport, Person, Plan, PlanItem, Practice


@admin.register(Person)
class PersonAdmin(OnlyToLookAt):
    list_display = ["__str__", "made_at", "seen_on", "has_account"]
    list_filter = ["seen_on"]
    search_fields = ["id"]
    fields = ["made_at", "seen_on"]
    date_hierarchy = "made_at"
    ordering = ["-made_at"]

    def delete_model(self, request: HttpRequest, obj: Person) -> None:
        tombstones.lay("person", obj)
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        for person in queryset:
            self.delete_model(request, person)

    @admin.display(boolean=True, description="has an account")
    def has_account(self, person: Person) -> bool:
        return person.user_id is not None


@admin.register(Intake)
class IntakeAdmin(OnlyToLookAt):
    list_display = ["__str__", "version", "started_at", "finished_at"]
    list_filter = ["version", "started_at"]
    fields = ["version", "started_at", "changed_at", "finished_at"]


class PlanItemInline(admin.TabularInline):
    model = PlanItem
    fields = ["technique", "state", "position"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Plan)
class PlanAdmin(OnlyToLookAt):
    list_display = ["__str__", "made_at", "kept_at", "ended_at", "minutes_a_day"]
    list_filter = ["made_at"]
    fields = ["made_at", "kept_at", "ended_at", "minutes_a_day"]
    inlines = [PlanItemInline]


@admin.register(Practice)
class PracticeAdmin(OnlyToLookAt):
    list_display = ["technique", "started_at", "seconds"]
    list_filter = ["technique", "started_at"]
    list_select_related = ["technique"]
    fields = ["technique", "guide", "started_at", "seconds"]


@admin.register(MistakeReport)
class MistakeReportAdmin(admin.ModelAdmin):
    """What readers found wrong in a lesson. Only where it stands can be changed."""

    list_display = ["lesson", "kind", "state", "made_at"]
    list_filter = ["state", "kind", "lesson"]
    list_select_related = ["lesson"]
    date_hierarchy = "made_at"
    fields = ["lesson", "size", "kind", "words", "made_at", "state"]
    readonly_fields = ["lesson", "size", "kind", "words", "made_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
