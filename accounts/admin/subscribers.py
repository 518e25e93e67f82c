"""Subscribers for staff. A status changes by the same functions as on the site, never by hand:
nobody can be signed up, or brought back, by anyone but themselves."""

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.admin import imports
from accounts.admin.edition_reach import LeftOutFilter
from accounts.admin.people import OfAPerson
from accounts.core.consent_words import newsletter_version
from accounts.guard import audit
from accounts.mail import emails
from accounts.models import Subscriber, SubscriberStatus, Suppression
from accounts.newsletter import subscriptions
from accounts.newsletter.subscriber_csv import as_csv
from content.admin.fields import TermsField
from content.core.vocabulary import Topic

FILE_NAME = "unloop-subscribers.csv"


WHEN = ["paused_until", "time_zone", "letters_hour"]


class SubscriberForm(forms.ModelForm):
    topics = TermsField(Topic, help_text="What this subscriber chose to read about.")


@admin.register(Subscriber)
class SubscriberAdmin(OfAPerson):
    form = SubscriberForm
    list_display = ["email", "status", "pace", "language", "confirmed_at", "paused_until"]
    list_filter = ["status", "pace", "language", "confirmed_at", "unsubscribed_at", LeftOutFilter]
    search_fields = ["email"]
    date_hierarchy = "created_at"
    actions = ["send_confirmation_again", "unsubscribe", "export_csv"]
    readonly_fields = [
        "email",
        "status",
        "user",
        "time_zone",
        "letters_hour",
        "consent_words",
        "consent_version",
        "consent_way",
        "consent_note",
        "consent_at",
        "asked_at",
        "confirmed_at",
        "unsubscribed_at",
        "bounced_at",
        "created_at",
        "history",
    ]
    fieldsets = [
        (None, {"fields": ["email", "status", "user"]}),
        (
            "What they asked for",
            {"fields": ["topics", "pace", "language", *WHEN]},
        ),
        (
            "The proof",
            {
                "fields": [
                    "consent_words",
                    "consent_version",
                    "consent_way",
                    "consent_note",
                    "consent_at",
                    "asked_at",
                    "confirmed_at",
                ]
            },
        ),
        ("What happened since", {"fields": ["history", "unsubscribed_at", "bounced_at", "created_at"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        return [*imports.addresses(self.admin_site), *super().get_urls()]

    @admin.display(description="Line by line")
    def history(self, subscriber: Subscriber) -> SafeString:
        lines = ((f"{event.at:%Y-%m-%d %H:%M}", event.get_kind_display()) for event in subscriber.events.all())
        return format_html_join("", "<p>{}: {}</p>", lines)

    def delete_model(self, request: HttpRequest, obj: Subscriber) -> None:
        subscriptions.erase(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        for subscriber in queryset:
            subscriptions.erase(subscriber)

    @admin.action(description="Send the confirmation letter again", permissions=["change"])
    def send_confirmation_again(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        waiting = queryset.filter(status=SubscriberStatus.PENDING)
        audit.note(request, "Sent the confirmation letter again", waiting)
        for subscriber in waiting:
            emails.post_confirmation(subscriber, newsletter_version(subscriber.language), at=timezone.now())
        messages.success(request, f"Sent to {len(waiting)}. Only those still waiting for confirmation get it.")

    @admin.action(description="Unsubscribe", permissions=["change"])
    def unsubscribe(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        audit.note(request, "Unsubscribed", queryset)
        for subscriber in queryset:
            subscriptions.unsubscribe(subscriber, at=timezone.now())
        messages.success(request, f"No more letters to {len(queryset)}.")

    @admin.action(description="Download as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> HttpResponseBase:
        audit.note(request, "Downloaded as CSV", queryset)
        headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"}
        lines = as_csv(queryset.iterator(chunk_size=2000))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@admin.register(Suppression)
class SuppressionAdmin(OfAPerson):
    list_display = ["reason", "created_at"]
    list_filter = ["reason", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False
