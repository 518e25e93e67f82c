"""A post that cannot be read, or is refused, writes no traceback; a fault of our own still does."""

import logging
from typing import Any

import pytest
from django.test import Client

from config.machine.log_filter import WithoutTracesOfRefusals

pytestmark = pytest.mark.django_db

MALFORMED = [
    ("multipart/form-data; boundary=x", b"no part at all"),
    ("multipart/form-data; boundary=", b"--x"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"),
    ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(500))),
    ("application/x-www-form-urlencoded", b"login=%00&password=%ff"),
]


@pytest.mark.parametrize(("kind", "body"), MALFORMED)
@pytest.mark.parametrize("path", ["/accounts/login/", "/newsletter/", "/intake/goal/"])
def test_a_malformed_post_writes_no_traceback(client: Client, path: str, kind: str, body: bytes, caplog: Any) -> None:
    answer = client.generic("POST", path, body, content_type=kind)
    assert answer.status_code < 500
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(("status", "stays"), [(400, False), (404, False), (413, False), (500, True), (503, True)])
def test_only_a_fault_of_our_own_keeps_its_traceback(status: int, *, stays: bool) -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "said", (), (ValueError, ValueError("x"), None))
    record.status_code = status
    assert WithoutTracesOfRefusals().filter(record)
    assert bool(record.exc_info) is stays
