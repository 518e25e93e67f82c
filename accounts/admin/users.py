"""Accounts for staff: who can log in, and as what. Nothing here shows what anyone answered."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.members import personal_data
from accounts.models import Consent, Profile, User

admin.site.unregister(Group)


class AddUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = AddUserForm
    list_display = ["email", "is_active", "is_staff", "date_joined", "last_login"]
    list_filter = ["is_staff", "groups", "is_superuser", "is_active", "date_joined"]
    search_fields = ["email"]
    ordering = ["-date_joined"]
    date_hierarchy = "date_joined"
    readonly_fields = ["date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("What they may do", {"fields": ["is_active", "is_staff", "groups", "is_superuser", "user_permissions"]}),
        ("When", {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["email", "usable_password", "password1", "password2"]})]
    filter_horizontal = ["groups", "user_permissions"]

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """As when the person does it: everything that any app keeps goes with the account."""
        personal_data.erase(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            personal_data.erase(user)


class OnlyToLookAt(admin.ModelAdmin):
    """Rows that people make for themselves: staff see them, and change none."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Profile)
class ProfileAdmin(OnlyToLookAt):
    list_display = ["user", "country", "time_zone", "minutes_a_day", "reminder"]
    list_filter = ["reminder", "minutes_a_day", "country"]
    search_fields = ["user__email"]
    list_select_related = ["user"]
    fields = ["user", "country", "time_zone", "minutes_a_day", "reminder", "reminder_hour"]


@admin.register(Consent)
class ConsentAdmin(OnlyToLookAt):
    list_display = ["user", "kind", "given_at", "withdrawn_at", "words_version"]
    list_filter = ["kind", "words_version", ("withdrawn_at", admin.EmptyFieldListFilter)]
    search_fields = ["user__email"]
    date_hierarchy = "given_at"
    list_select_related = ["user"]
