"""What this app itself keeps about a person, as the registry of personal data wants it."""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict

from accounts import unproved
from accounts.erasing import traces
from accounts.mail import soft_bounces
from accounts.members.extent import Extent
from accounts.members.personal_data import Source
from accounts.models import (
    Consent,
    Delivery,
    Leaving,
    OpenSession,
    OutgoingMail,
    Profile,
    ReminderWish,
    Subscriber,
    SubscriptionEvent,
    User,
)
from accounts.newsletter import subscriptions
from content.models import Version


def subscribers_of(user: User) -> QuerySet[Subscriber]:
    at_address = Q(email=user.email) if user.email else Q(pk=None)
    return Subscriber.objects.filter(Q(user=user) | at_address)


def _export_account(user: User, extent: Extent) -> dict[str, Any]:
    return {
        "email": user.email,
        "joined": user.date_joined.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "addresses": extent.oldest_first(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "log_ins": extent.newest_first(OpenSession.objects.filter(user=user).values("began_at", "device")),
        "asked_to_be_erased": extent.oldest_first(Leaving.objects.filter(user=user).values("asked_at", "gone_at")),
        "second_steps": [each.get_type_display() for each in Authenticator.objects.filter(user=user)],
    }


def _erase_account(user: User) -> None:
    """Rows that name the account by its number or its address; the account itself goes last, by the registry."""
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    entries.delete()
    for address in unproved.addresses_to_forget(user):
        OutgoingMail.objects.filter(to=address).delete()
        soft_bounces.forget_address(address)
        traces.erase_address(address)
        transaction.on_commit(partial(traces.erase_files, address))


def _export_profile(user: User, extent: Extent) -> dict[str, Any]:
    return model_to_dict(Profile.objects.of(user), exclude=["id", "user"])


def _export_reminders(user: User, extent: Extent) -> dict[str, Any]:
    wish = ReminderWish.objects.filter(user=user).first()
    return model_to_dict(wish, exclude=["id", "user"]) if wish else {}


def _erase_reminders(user: User) -> None:
    ReminderWish.objects.filter(user=user).delete()


def _erase_profile(user: User) -> None:
    Profile.objects.filter(user=user).delete()


def _export_consents(user: User, extent: Extent) -> dict[str, Any]:
    given = Consent.objects.filter(user=user).values("kind", "words", "words_version", "given_at", "withdrawn_at")
    return {"consents": extent.newest_first(given)}


def _erase_consents(user: User) -> None:
    Consent.objects.filter(user=user).delete()


SUBSCRIBER_FIELDS = (
    "email status topics pace language paused_until time_zone letters_hour consent_words consent_way consent_note "
    "consent_at confirmed_at unsubscribed_at new_email moved_at"
).split()


def _export_letters(user: User, extent: Extent) -> dict[str, Any]:
    kept = subscribers_of(user)
    events = SubscriptionEvent.objects.filter(subscriber__in=kept).values("kind", "at", "way", "words")
    letters = Delivery.objects.filter(subscriber__in=kept).values("edition__subject", "state", "sent_at")
    return {
        "subscriptions": extent.newest_first(kept.values(*SUBSCRIBER_FIELDS)),
        "what_became_of_them": extent.oldest_first(events),
        "letters": extent.oldest_first(letters),
    }


def _erase_letters(user: User) -> None:
    for subscriber in subscribers_of(user):
        subscriptions.erase(subscriber)


def _export_writing(user: User, extent: Extent) -> dict[str, Any]:
    fields = ("noun", "key", "number", "change", "note", "at")
    return {"versions": extent.oldest_first(Version.objects.filter(by=user).order_by("at").values(*fields))}


def _erase_writing(user: User) -> None:
    """The library keeps its texts; that this account wrote them is forgotten."""
    Version.objects.filter(by=user).update(by=None)


OWN_SOURCES = [
    Source(
        name="account",
        words="Your account: your email address, a scrambled form of your password, when you joined and last came.",
        export=_export_account,
        erase=_erase_account,
    ),
    Source(
        name="profile",
        words="Your profile: the name, country, time zone and minutes you chose.",
        export=_export_profile,
        erase=_erase_profile,
    ),
    Source(
        name="reminders",
        words="Your reminders: the days, the hour and the way you chose, and when the next one comes.",
        export=_export_reminders,
        erase=_erase_reminders,
    ),
    Source(
        name="consents",
        words="What you agreed to: the words, and when.",
        export=_export_consents,
        erase=_erase_consents,
    ),
    Source(
        name="letters",
        words="Your letters: the address, topics and pace, when you said yes, and which letters went to you.",
        export=_export_letters,
        erase=_erase_letters,
    ),
    Source(
        name="writing",
        words="For staff: which texts of the library you changed, and when.",
        export=_export_writing,
        erase=_erase_writing,
    ),
]
