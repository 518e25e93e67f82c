"""What a process that serves pages holds at its start: nothing that only a worker, or one page in a thousand, needs."""

import os
import subprocess
import sys

import pytest

from tests.imports import ROOT

LATER = {
    "aiohttp": "with pywebpush",
    "charset_normalizer": "lists that somebody brings",
    "dkim": "a site that signs its mail itself",
    "fontTools": "a paper",
    "icalendar": "a calendar of reminders",
    "pywebpush": "the worker",
    "requests": "the worker, and what a mail provider reports",
    "weasyprint": "a paper",
    "zxcvbn": "a new password",
}
"""Each takes megabytes and hundredths of a second, and by what it is asked for."""

START = """
import sys, django
django.setup()
import config.urls, django.core.handlers.wsgi
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.long
def test_no_process_that_serves_pages_loads_what_it_may_never_need() -> None:
    wanted = {"DJANGO_SETTINGS_MODULE": "config.settings", "MAIL_PROVIDER": "", "MAIL_WEBHOOK_SECRET": ""}
    started = subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env={**os.environ, **wanted, "MAIL_WEBHOOK_KEY": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(started.stdout.split())
    assert {"django", "coaching", "accounts"} <= loaded
    assert {name: LATER[name] for name in LATER.keys() & loaded} == {}
