"""What people meant by the signs they typed or pasted, whatever keyboard, script or mail program these came through."""

import re
import unicodedata

from precis_i18n import get_profile

from content.core.reading_direction import apart, without_turns

OPAQUE = get_profile("OpaqueString")
NO_LETTERS = frozenset({"Cc", "Cs"})
UNSEEN_SPACE = re.compile("[\u180e\ufeff]")
"""Counted among spaces by some programs and not by others."""

DIRECTS_OR_JOINS = "Cf"
"""Unicode's category of signs that take no ink of their own: marks of direction, joiners, soft hyphens."""

HALF_A_LETTER = re.compile("[\ud800-\udfff]")
"""Half of a pair (a surrogate) that stands alone: JSON can spell one, and no file, page or database takes it."""

DASHES_AND_SPACES = frozenset({"Pc", "Pd", "Zs"})
AROUND = "<>()[]{}\"'“”‘’«»,;"


def without_unseen(text: str) -> str:
    """The same text without signs that nobody sees (`DIRECTS_OR_JOINS`), with full-width letters as plain ones (NFKC),
    trimmed. Control signs stay: nobody types them, and what holds one is refused.
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) != DIRECTS_OR_JOINS).strip()


def address_as_meant(text: str) -> str:
    """An email address without what came along: unseen signs anywhere, brackets, quotes, commas, spaces around it, and
    the `mailto:` of a copied link. Nothing that may stand in an address is taken out of it.
    """
    address = without_unseen(text).strip(AROUND).strip()
    if address[:7].lower() == "mailto:":
        address = address[7:].partition("?")[0].strip()
    return address


def code_as_meant(text: str) -> str:
    """A one-time code: digits of any script as 0 to 9, without spaces, dashes, unseen signs, a full stop behind it."""
    signs = without_unseen(text).strip(f"{AROUND}.:").strip()
    kept = (sign for sign in signs if unicodedata.category(sign) not in DASHES_AND_SPACES)
    return "".join(str(unicodedata.digit(sign, sign)) for sign in kept)


def name_apart(name: str) -> str:
    """A name within a sentence of plain text, as one line."""
    return apart(" ".join(without_turns(name).split()))


def one_line(text: str) -> str:
    """Words as one line: any space of any script as a plain one, and no control sign. Programs that read a record take
    no others.
    """
    plain = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in NO_LETTERS)
    return " ".join(UNSEEN_SPACE.sub(" ", plain).split())


def password_everywhere(password: str) -> str:
    """One password, however the system it was typed on writes its accents and spaces: OpaqueString of RFC 8265.

    What that profile refuses (an unassigned sign, a control sign) is a password all the same, only composed (NFC).
    """
    try:
        enforced: str = OPAQUE.enforce(password)
    except UnicodeEncodeError:
        return unicodedata.normalize("NFC", password)
    return enforced


def passwords_meant(password: str) -> list[str]:
    """Each form in which this password may have been kept, the likeliest first.

    Hashes from before version 0.10 hold it as it was typed: composed on most systems, decomposed on some.
    """
    forms = [
        password_everywhere(password),
        password,
        *(unicodedata.normalize(form, password) for form in ("NFC", "NFD")),
    ]
    return list(dict.fromkeys(forms))
