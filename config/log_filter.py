"""Keeps out of the log that somebody looked for a page of a person's own and was told there is none."""

import logging

OWN_PAGES = ("/tools/", "/practice/done/", "/practice/breaths/")
NOT_FOUND = 404


class WithoutOwnPages(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        is_missing = getattr(record, "status_code", None) == NOT_FOUND
        return not (is_missing and request is not None and request.path.startswith(OWN_PAGES))
