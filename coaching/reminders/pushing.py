"""Reminders to the browsers of a person (Web Push, RFC 8030, 8291 and 8292), by the library pywebpush.

The browser names the address that we are to post to, so only the push services that browsers use are posted to
(`PUSH_HOSTS`), over https, without following where they lead, and without saying who it is for. A service that answers
404 or 410 says that the browser is gone; its row goes too.
"""

import logging
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from py_vapid import Vapid02

from accounts.models import User
from coaching.models import PushDevice
from coaching.reminders.devices import may_be_posted_to

log = logging.getLogger("unloop.coaching")
GONE, BUSY, BROKEN = (404, 410), 429, 500
PATIENCE = 10
"""Seconds that a push service may take to answer."""


def push(user: User, notice: str, *, seconds: int, at: datetime) -> bool | None:
    """To each device. True when one took it, False when none can any more, None when it is worth another try.

    `seconds` is how long the service keeps it for a device that is off: until the hour is over.
    """
    results = [_push(device, notice, seconds=seconds, at=at) for device in PushDevice.objects.filter(user=user)]
    if True in results:
        return True
    return None if None in results else False


def _push(device: PushDevice, notice: str, *, seconds: int, at: datetime) -> bool | None:
    # Eleven megabytes, which a process that serves pages has no use for.
    from pywebpush import WebPushException  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    if not may_be_posted_to(device.endpoint):
        return False
    try:
        _post(device, notice, seconds=seconds)
    except WebPushException as refusal:
        return _refused(device, refusal.status_code)
    except RequestException as error:
        log.warning("A push service does not answer (%s).", type(error).__name__)
        return None
    except ValueError:
        # Keys that are none.
        device.delete()
        return False
    PushDevice.objects.filter(pk=device.pk).update(worked_at=at)
    return True


def _refused(device: PushDevice, status: int | None) -> bool | None:
    if status in GONE or status is None:
        # Without an answer, it was the library that refused: its keys are none.
        device.delete()
        return False
    log.warning("A push service refused a reminder (%s).", status)
    return None if status == BUSY or status >= BROKEN else False


def _post(device: PushDevice, notice: str, *, seconds: int) -> None:
    from pywebpush import webpush  # noqa: PLC0415 - see above

    keys = {"p256dh": device.p256dh, "auth": device.auth}
    with _session() as session:
        webpush(
            {"endpoint": device.endpoint, "keys": keys},
            notice,
            vapid_private_key=_vapid(settings.VAPID_PRIVATE_KEY),
            vapid_claims={"sub": settings.VAPID_SUBJECT},
            ttl=seconds,
            timeout=PATIENCE,
            requests_session=session,
        )


def _session() -> Any:
    """One that goes nowhere but to the address itself."""
    from requests import Session  # noqa: PLC0415 - see above

    session = Session()
    session.max_redirects = 0
    session.trust_env = False
    return session


@lru_cache(maxsize=2)
def _vapid(private_key: str) -> Any:
    return Vapid02.from_string(private_key)
