"""Accounts for staff: who can log in, and as what. Nothing here shows what anyone answered."""

from typing import Any

from allauth.account import admin as _address_pages  # noqa: F401 - so that they are there to be taken away
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _second_step_pages  # noqa: F401
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.admin.people import OfAPerson, OnlyToLookAt
from accounts.guard import audit, own_sessions
from accounts.members import lost_second_step, personal_data
from accounts.models import Consent, Profile, StaffAct, User

admin.site.unregister(Group)
# Its page would show the seed of somebody's second step in a box.
admin.site.unregister(Authenticator)
admin.site.unregister(EmailAddress)
ONE_AT_A_TIME = "One account at a time: for each, somebody checks who asks."


class AddUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class UserAdmin(OfAPerson, DjangoUserAdmin):
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
    actions = ["end_log_ins", "take_away_second_step"]
    filter_horizontal = ["groups", "user_permissions"]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Only an account whose owner has not proved an address may be kept without one."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "email" in form.base_fields:
            form.base_fields["email"].required = obj is None or obj.is_proved
        return form

    @admin.action(description="End all their log-ins", permissions=["change"])
    def end_log_ins(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        audit.note(request, "Ended all log-ins", queryset)
        for user in queryset:
            own_sessions.end_all(user)
        messages.success(request, "Logged out everywhere.")

    def has_take_away_second_step_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.take_away_second_step")

    @admin.action(description="Take away a second step that they lost", permissions=["take_away_second_step"])
    def take_away_second_step(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """One account at a time, and only once it is said that somebody checked who asks."""
        people, by = list(queryset[:2]), User.objects.get(pk=request.user.pk)
        refused = lost_second_step.why_not(people[0], by) if len(people) == 1 else ONE_AT_A_TIME
        if refused:
            messages.error(request, refused)
            return None
        if request.POST.get("checked") != "yes":
            return self._ask_whether_checked(request, people[0])
        audit.note(request, "Took away a second step", people)
        lost_second_step.take_away(people[0], at=timezone.now())
        messages.success(request, "The second step is gone, every log-in has ended, and a mail says so.")
        return None

    def _ask_whether_checked(self, request: HttpRequest, person: User) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "A second step that was lost",
            "person": person,
            "is_unchecked": "asked" in request.POST,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/accounts/user/second_step_lost.html", context)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """As when the person does it: everything that any app keeps goes with the account."""
        personal_data.erase(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            personal_data.erase(user)


@admin.register(Profile)
class ProfileAdmin(OnlyToLookAt):
    list_display = ["user", "country", "time_zone", "minutes_a_day"]
    list_filter = ["minutes_a_day", "country"]
    search_fields = ["user__email"]
    list_select_related = ["user"]
    fields = ["user", "country", "time_zone", "minutes_a_day"]


@admin.register(Consent)
class ConsentAdmin(OnlyToLookAt):
    list_display = ["user", "kind", "given_at", "withdrawn_at", "words_version"]
    list_filter = ["kind", "words_version", ("withdrawn_at", admin.EmptyFieldListFilter)]
    search_fields = ["user__email"]
    date_hierarchy = "given_at"
    list_select_related = ["user"]


@admin.register(EmailAddress)
class EmailAddressAdmin(OnlyToLookAt):
    """Whether an address is proved. Nobody but its owner proves it."""

    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["primary", "verified"]
    search_fields = ["email"]
    list_select_related = ["user"]
    fields = ["user", "email", "primary", "verified"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(StaffAct)
class StaffActAdmin(OnlyToLookAt):
    """Who looked at, changed, exported or erased whose rows. Nobody changes a line, also not here."""

    list_display = ["at", "by", "what", "whom"]
    list_filter = ["at", "by"]
    date_hierarchy = "at"

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
