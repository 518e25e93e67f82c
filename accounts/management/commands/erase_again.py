from django.core.management.base import BaseCommand

from accounts.erasing import tombstones


class Command(BaseCommand):
    help = "After a backup was restored: erase again whoever was erased since it was made."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"Erased again: {tombstones.erase_again()}.")
