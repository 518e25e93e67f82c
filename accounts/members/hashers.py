"""Password hashing at the OWASP minimum for Argon2id: 19 MiB, two passes, one lane.

Django's own parameters take 100 MB for each login under way; eight at once would
take the memory of a small server.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher

from accounts.core.typed import password_everywhere, passwords_meant


class LeanArgon2PasswordHasher(Argon2PasswordHasher):
    """Takes one password for one, on whatever system it was typed; every door hashes here, so every door does."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return super().encode(password_everywhere(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        """A password in ASCII has one form, so this costs one hash as before; others cost at most three."""
        return any(super(LeanArgon2PasswordHasher, self).verify(form, encoded) for form in passwords_meant(password))
