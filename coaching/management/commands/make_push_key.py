"""A key for reminders on devices, as VAPID_PRIVATE_KEY wants it."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management.base import BaseCommand
from py_vapid.utils import b64urlencode

KEY_BYTES = 32


class Command(BaseCommand):
    help = "Print a new key for reminders on devices (VAPID_PRIVATE_KEY)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        secret = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        self.stdout.write(f"VAPID_PRIVATE_KEY={b64urlencode(secret.to_bytes(KEY_BYTES, 'big'))}")
