"""What is written down: one line for each thing that happened, with the number of the request it happened in.

Plain lines for a person, or a JSON object a line (LOG_JSON) for a program that collects them. Nothing of a person is in
either: no address, no words, no token of a link (`log_filter.py`).
"""

import json
import logging
from contextvars import ContextVar
from typing import Any

request_number: ContextVar[str] = ContextVar("request_number", default="-")


class WithRequestNumber(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_number = request_number.get()
        return True


class AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "of": record.name,
            "request": getattr(record, "request_number", "-"),
            "said": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def logs(level: str, *, as_json: bool) -> dict[str, Any]:
    """For `LOGGING`."""
    filters = ["with_request_number", "without_tokens"]
    handler = {"class": "logging.StreamHandler", "formatter": "json" if as_json else "line", "filters": filters}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(request_number)s %(name)s %(message)s"},
            "json": {"()": "config.machine.logs.AsJson"},
        },
        "filters": {
            "with_request_number": {"()": "config.machine.logs.WithRequestNumber"},
            "without_tokens": {"()": "config.machine.log_filter.WithoutTokens"},
            "without_own_pages": {"()": "config.machine.log_filter.WithoutOwnPages"},
            "without_traces": {"()": "config.machine.log_filter.WithoutTracesOfRefusals"},
            "without_known_trouble": {"()": "config.machine.log_filter.WithoutKnownTrouble"},
        },
        "handlers": {"stderr": handler},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "unloop": {"level": level},
            "django.request": {"filters": ["without_own_pages", "without_known_trouble", "without_traces"]},
            # Each try of a pool to come back; the breaker says it once.
            "psycopg.pool": {"level": "CRITICAL"},
        },
    }
