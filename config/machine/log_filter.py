"""What the log may not hold: the tokens of signed links, and that somebody looked for a page of a person's own.

`WithoutOwnPages` keeps out that such a page was asked for and is not there. `WithoutTracesOfRefusals` makes one line of
what was refused. `WithoutKnownTrouble` keeps a database that
is away from filling it with the same traceback for each visitor: that it is away is said once.
"""

import logging
import re

from django.db import Error

from config.machine.addresses import in_english
from config.machine.postgresql.away import breaker

OWN_PAGES = ("/tools/", "/practice/done/", "/practice/breaths/", "/summary/", "/shared/", "/record/")
NOT_FOUND, SERVER_ERROR = 404, 500
SIGNED_LINK = re.compile(
    r"(/(?:newsletter/(?:confirm|move|preferences|unsubscribe|why)|reminders/(?:stop|later|calendar)"
    r"|accounts/keep|preview|shared|shl(?:/file)?|u)/)[^/\s?\"']+"
)


class WithoutOwnPages(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        is_missing = getattr(record, "status_code", None) == NOT_FOUND
        return not (is_missing and request is not None and in_english(request.path).startswith(OWN_PAGES))


class WithoutTokens(logging.Filter):
    """Of a signed link the purpose stays, wherever an address is written down."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        if SIGNED_LINK.search(line):
            record.msg, record.args = SIGNED_LINK.sub(r"\1...", line), ()
        return True


class WithoutTracesOfRefusals(logging.Filter):
    """What was refused is one line: whoever sends a thousand malformed posts writes no thousand tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True


class WithoutKnownTrouble(logging.Filter):
    """A page that failed because the database is away is one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        if breaker.is_open and record.exc_info and isinstance(record.exc_info[1], Error):
            record.exc_info = record.exc_text = None
        return True
