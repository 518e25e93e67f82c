"""The browsers that a person lets show reminders."""

from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from accounts.guard.own_sessions import log_ins_ended
from accounts.models import User
from coaching.models import PushDevice
from coaching.models.push_device import MOST_DEVICES


def is_configured() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """What a browser binds its subscription to; empty where push is not set up."""
    return _public_key(settings.VAPID_PRIVATE_KEY) if is_configured() else ""


@lru_cache(maxsize=2)
def _public_key(private_key: str) -> str:
    key = Vapid02.from_string(private_key).public_key
    return str(b64urlencode(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)))


def may_be_posted_to(endpoint: str) -> bool:
    """Whether it is the address of a push service: a browser may be told to name any other."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    is_known = any(host == known or host.endswith(f".{known}") for known in settings.PUSH_HOSTS)
    return is_known and parts.scheme == "https" and parts.username is None


@transaction.atomic
def keep_device(user: User, *, endpoint: str, p256dh: str, auth: str, at: datetime) -> PushDevice:
    """A browser that somebody else used before is this person's now. The oldest make room."""
    told = {"user": user, "p256dh": p256dh, "auth": auth}
    device, _ = PushDevice.objects.update_or_create(
        endpoint=endpoint, defaults=told, create_defaults={**told, "made_at": at}
    )
    newest = PushDevice.objects.filter(user=user).order_by("-made_at", "-pk").values_list("pk", flat=True)
    PushDevice.objects.filter(pk__in=list(newest[MOST_DEVICES:])).delete()
    return device


def forget_device(user: User, key: int) -> None:
    PushDevice.objects.filter(user=user, pk=key).delete()


@receiver(log_ins_ended)
def forget_devices(user: User, **_told: object) -> None:
    """A notice is shown without a log-in: whoever ends those of a lost phone means its notices too."""
    PushDevice.objects.filter(user=user).delete()
