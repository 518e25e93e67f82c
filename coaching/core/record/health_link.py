"""A SMART Health Link as text (HL7, SMART Health Cards and Links, STU 1): what stands in it, and what it may be.

    viewer#shlink:/base64url of {"url": ..., "key": ..., "exp": ..., "flag": "P", "label": ...}

`url` answers to a POST with what there is to fetch; it has 128 letters at most and 256 bits of chance. `key` opens what
is fetched, and stands in no address that a browser sends: what follows `#` stays in it. `P`: a code is asked for.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass

SCHEME = "shlink:/"
LONGEST_URL, LONGEST_LABEL, KEY_LETTERS = 128, 80, 43


class NoHealthLink(ValueError):
    """It breaks a limit of the specification."""


@dataclass(frozen=True, kw_only=True)
class HealthLink:
    """`expires`: seconds since 1970, None where it has no end. `flag`: the letters L, P and U that hold, in order."""

    url: str
    key: str
    label: str = ""
    flag: str = ""
    expires: int | None = None

    def __post_init__(self) -> None:
        if len(self.url) > LONGEST_URL or len(self.label) > LONGEST_LABEL or len(self.key) != KEY_LETTERS:
            raise NoHealthLink("an address, a label or a key of another length than the specification takes")
        if list(self.flag) != sorted(set(self.flag)) or {"P", "U"} <= set(self.flag):
            raise NoHealthLink("flags stand once and in order, and P never with U")

    def written(self, viewer: str = "") -> str:
        """With the address of a page, a phone that knows nothing of such links opens that page."""
        told = {"url": self.url, "key": self.key, "exp": self.expires, "flag": self.flag, "label": self.label}
        payload = json.dumps({name: value for name, value in told.items() if value}, separators=(",", ":"))
        body = urlsafe_b64encode(payload.encode()).decode().rstrip("=")
        return f"{viewer}#{SCHEME}{body}" if viewer else f"{SCHEME}{body}"
