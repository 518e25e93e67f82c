from django.core.management.base import BaseCommand, CommandError

from accounts.erasing import tombstones


class Command(BaseCommand):
    help = "After a backup was restored: erase again whoever was erased since it was made."

    def handle(self, **options: object) -> None:
        erased = tombstones.erase_again()
        self.stdout.write(f"Erased again: {erased.gone}.")
        if erased.left:
            raise CommandError(f"{erased.left} could not be erased again. The log says why; then run it once more.")
