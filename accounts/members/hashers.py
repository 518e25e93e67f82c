"""Password hashing at the OWASP minimum for Argon2id: 19 MiB, two passes, one lane.

Django's own parameters take 100 MB for each login under way; eight at once would
take the memory of a small server.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LeanArgon2PasswordHasher(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
