"""E-mail addresses: what is accepted, and the one form in which they are kept.

An address is kept in lower case, its domain in the ASCII form that mail servers
speak (punycode), so that one mailbox is one row however it was typed. A local
part outside ASCII is refused: most mail servers cannot deliver to it, and a
person who never hears back is worse off than one who is told.
"""


def normal_address(address: str) -> str:
    """The form an address is kept in; what cannot be one comes back trimmed and lower-case only."""
    local, at, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return address.strip().lower()
    return f"{local}{at}{domain}".lower()
