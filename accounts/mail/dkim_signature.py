"""Signs our mail (DKIM, RFC 6376), for an operator whose mail server does not.

RFC 8058 wants the two headers of the one-click button signed, so they always are. Without DKIM_* settings
nothing is signed here.
"""

import dkim
from django.conf import settings

HEADERS = (
    b"From Sender Reply-To To Subject Date Message-ID MIME-Version Content-Type "
    b"List-Id List-Unsubscribe List-Unsubscribe-Post Auto-Submitted Precedence Feedback-ID"
).split()


def sign(content: bytes) -> bytes:
    if not settings.DKIM_KEY:
        return content
    head = content.partition(b"\r\n\r\n")[0].lower()
    present = [name.lower() for name in HEADERS if b"\r\n" + name.lower() + b":" in b"\r\n" + head]
    line = dkim.sign(
        content,
        settings.DKIM_SELECTOR.encode(),
        settings.DKIM_DOMAIN.encode(),
        settings.DKIM_KEY.encode(),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=present,
    )
    return line + content
