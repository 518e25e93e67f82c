"""Whether mail leaves this machine: one mail to an address of one's own, and what the mail server said to it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.core.addresses import address_fault, normal_address
from accounts.mail.outgoing import unkept_parcel
from accounts.mail.sender import NotSent, Sender

SUBJECT = "Unloop can send mail"
WORDS = "This mail was sent by manage.py check_mail. It arrived, so sign-up codes and letters will leave too.\n"


class Command(BaseCommand):
    help = "Sends one mail to an address through EMAIL_URL, and says what happened."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="an address of your own")

    def handle(self, *, address: str, **options: Any) -> None:
        if fault := address_fault(address):
            raise CommandError(f"{address}: {fault}")
        parcel = unkept_parcel(to=normal_address(address), subject=SUBJECT, text=WORDS, at=timezone.now())
        try:
            with Sender() as sender:
                sender.send(parcel)
        except NotSent as refusal:
            raise CommandError(f"Not sent through {way()}. {refusal.judgement.problem}") from None
        self.stdout.write(f"Sent through {way()}. Look into the inbox of {normal_address(address)}, and into its spam.")


def way() -> str:
    """The mail server in words, without the name and the password."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return f"no mail server: EMAIL_URL is not set, and mails are kept in {settings.EMAIL_FILE_PATH}"
    spoken = "TLS" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else "no encryption"
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} with {spoken}"
