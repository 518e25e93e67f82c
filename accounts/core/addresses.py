"""Email addresses: which are accepted, and the one form in which they are kept.

An address is kept in lower case, its domain in the ASCII form that mail servers
speak (punycode, by the rules of IDNA 2008, so that "straße" stays another domain
than "strasse"), so that one mailbox is one row however it was typed.

Refused are addresses that cannot be delivered to or that nobody reads: a local
part outside ASCII (most mail servers cannot take it), quoted and literal forms
(a way to smuggle headers, and in no honest use), mailboxes that belong to a mail
system, and, for letters, domains whose mailboxes vanish within the hour: those of
the package `disposable-email-domains`, which its community keeps, and of our own
list. The other lists are short on purpose: an address wrongly refused is a person
turned away, one wrongly accepted gets a single unanswered letter. Mailboxes that several people
read (`info@`) may ask for letters by themselves; a list that somebody brings may
not name them, as one person cannot have agreed for the others.

Bounds: 254 characters in all and 64 before the @ (RFC 5321, section 4.5.3.1).
"""

import re
from functools import cache

import idna

from accounts.core.typed import address_as_meant

MAX_LENGTH = 254
MAX_LOCAL_LENGTH = 64

LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(xn--[a-z0-9-]{2,59}|[a-z]{2,63})")

MAIL_SYSTEM_NAMES = frozenset(
    """
    abuse bounce bounces daemon devnull do-not-reply donotreply ftp hostmaster list mailer-daemon
    nobody no-reply noreply null postmaster root spam uucp usenet webmaster www
    """.split()
)
# Two that the package leaves out; one of them forwards to mailboxes of its own.
PASSING_TOO = ("spamgourmet.com", "tempmail.com")

SHARED_NAMES = frozenset(
    """
    accounts admin administrator all billing bookings careers compliance contact customerservice editor
    enquiries everyone feedback finance hello help helpdesk hr info information inquiries jobs legal mail
    marketing media news newsletter office orders press privacy reception sales security service staff
    subscribe support team unsubscribe
    """.split()
)

NOT_AN_ADDRESS = "Enter an email address such as name@example.org."
TOO_LONG = "That is longer than an email address can be. Check it and try again."
NOT_ASCII = "Most mail servers cannot reach an address with accents or other scripts before the @. Use another one."
MAIL_SYSTEM = "That mailbox belongs to a mail system, so nobody would read the letters. Use your own address."
PASSING = "That mailbox will be gone soon, so letters could not reach you. Use one that you keep."


def normal_address(address: str) -> str:
    """The form an address is kept in; what cannot be one comes back without unseen signs and in lower case only."""
    address = address_as_meant(address)
    local, at, domain = address.rpartition("@")
    try:
        domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return address.lower()
    return f"{local}{at}{domain}".lower()


def address_fault(address: str) -> str | None:
    """Why this cannot be anyone's address, in a sentence for the person who typed it."""
    if len(address_as_meant(address)) > MAX_LENGTH:
        return TOO_LONG
    local, _, domain = normal_address(address).rpartition("@")
    if not local.isascii():
        return NOT_ASCII
    if len(local) > MAX_LOCAL_LENGTH or len(domain) + len(local) >= MAX_LENGTH:
        return TOO_LONG
    if not (LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(domain)):
        return NOT_AN_ADDRESS
    return MAIL_SYSTEM if local in MAIL_SYSTEM_NAMES else None


def letter_address_fault(address: str) -> str | None:
    """Why letters would not reach anyone at this address."""
    return address_fault(address) or (PASSING if _is_passing(normal_address(address)) else None)


def is_shared(address: str) -> bool:
    """Whether this mailbox is, by its name, read by several people."""
    return normal_address(address).partition("@")[0] in SHARED_NAMES


def _is_passing(normal: str) -> bool:
    """These services hand out mailboxes under names of their own too, such as `mail.yopmail.com`."""
    parts = normal.rpartition("@")[2].split(".")
    passing = passing_domains()
    return any(".".join(parts[start:]) in passing for start in range(len(parts) - 1))


@cache
def passing_domains() -> frozenset[str]:
    """Domains of services whose mailboxes vanish within the hour."""
    # More than a megabyte, read with the first address that asks for letters.
    from disposable_email_domains import blocklist  # noqa: PLC0415

    return frozenset({*blocklist, *PASSING_TOO})
