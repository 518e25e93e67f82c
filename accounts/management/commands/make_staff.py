"""The first staff account, so that somebody can let the others in."""

import secrets
from argparse import ArgumentParser

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.core.addresses import address_fault, normal_address
from accounts.models import User


class Command(BaseCommand):
    help = "Make the first staff account, and print its address and password. Does nothing if there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default="staff@example.org", help="the address to log in with")

    def handle(self, *, email: str, **options: object) -> None:
        if User.objects.filter(is_superuser=True).exists():
            self.stdout.write("There is a staff account already. Nothing was changed.")
            return
        fault = address_fault(email)
        if fault:
            raise CommandError(f"--email {email}: {fault}")
        password = secrets.token_urlsafe(12)
        make_staff(normal_address(email), password)
        self.stdout.write(f"Staff account: {normal_address(email)}\nPassword:      {password}")


@transaction.atomic
def make_staff(email: str, password: str) -> None:
    if User.objects.filter(email=email).exists():
        raise CommandError(f"{email} has an account already. Choose another address with --email.")
    user = User.objects.create_superuser(email, password)
    # Whoever can run this command owns the site: no letter need prove the address.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
