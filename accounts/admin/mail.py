from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.people import OfAPerson
from accounts.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(OfAPerson):
    """Whether mail leaves. Bodies are not shown: they hold codes and links that are for one person."""

    list_display = ["subject", "to", "status", "attempts", "error", "created_at", "sent_at"]
    list_filter = ["status", "created_at"]
    search_fields = ["to"]
    fields = ["subject", "to", "status", "attempts", "error", "due_at", "created_at", "sent_at", "message_id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        return False
