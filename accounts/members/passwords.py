"""A password that a guesser would try early is refused: one from the lists of stolen ones, or little more than that.

zxcvbn brings the lists (30,000 passwords from breaches, and common words and names) and looks through the disguises
that people use: capitals, digits for letters, a year behind. The words of this site, which a guesser would try here
first, and the parts of the own address count as words of such a list. Nothing is asked of any other site.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User

LEAST_GUESSES = 10**9
"""What an attacker tries in some minutes on a stolen table of well-made hashes; at the log-in it takes ages."""

LOOKED_AT = 32
"""Signs of a password that are looked at: longer ones are not better known, and would take long to look at."""

DISGUISES, MOST_DISGUISES = frozenset("@({[<!|$+%"), 5
"""Signs that stand for letters. zxcvbn tries all that each could mean: with more of them than people use in a disguise
it is busy for seconds, and then finds no word."""

WORDS_OF_THE_SITE = (
    "unloop account password plan intake practice lesson lessons letter letters tool tools today coach coaching body "
    "back backpain pain pains flare anxiety anxious worry worries breathing breath calm relax relaxed stress sleep "
    "therapy health cuenta contraseña contrasena clave practica leccion lecciones carta cartas cuerpo espalda dolor "
    "brote ansiedad preocupacion respiracion respirar calma estres dormir terapia salud"
).split()

EASY = _("This one is on lists of stolen passwords, or close to one. A few words in a row work well.")


class NotOnTheLists(CommonPasswordValidator):
    """Django's list of 20,000 is asked too, by one answer for both: the same said twice helps nobody."""

    def validate(self, password: str, user: User | None = None) -> None:
        if password.lower().strip() in self.passwords:
            raise ValidationError(EASY, code="password_too_common")
        # Its lists take twelve megabytes, and most processes are never asked for a new password.
        from zxcvbn import zxcvbn  # noqa: PLC0415

        looked_at = password[:LOOKED_AT]
        if len(DISGUISES.intersection(looked_at)) > MOST_DISGUISES:
            return
        known = [*WORDS_OF_THE_SITE, *_parts(urlsplit(settings.SITE_URL).hostname or "")]
        if user and user.email:
            known += [user.email, *_parts(user.email)]
        if zxcvbn(looked_at, user_inputs=known)["guesses"] < LEAST_GUESSES:
            raise ValidationError(EASY, code="password_too_common")

    def get_help_text(self) -> str:
        return str(EASY)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"\W+", name) if len(part) > 2]
